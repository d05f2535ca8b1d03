"""Execution methods as definitions: what they say, who uses them, and what comes down from them to jobs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jams.database import credentials, entries, jobs, method_definitions, stored_settings, tables
from jams.objects.enums import InheritedFromType, ParameterOrigin
from jams.objects.errors import Conflict, InUse, InvalidArgument, MethodUnavailable, NotSupported
from jams.objects.methods import ExecutionMethod
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.patch import patch_of
from jams.registry.execution_methods import BaseMethod
from jams.scheduler import preparing
from jams.scheduler.remotes import no_logon
from jams.scheduler.sources.macros import Macros
from jams.scheduler.starts import Start
from tests.support.schedule import USER, Desk, desk

pytestmark = pytest.mark.unit


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


def make(
    d: Desk, name: str = "Script", type: str = "Parsed", *, lenient: bool = False, **members: Any
) -> int:
    document = ExecutionMethod(method_name=name, method_type_name=type, **members)
    made = d.write(lambda c: method_definitions.create(c, document, user=USER, lenient=lenient))
    assert made.method_id is not None
    return made.method_id


def values(**given: Any) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in given.items()]


def test_an_entry_of_a_made_method_runs_as_the_delivered_one(d: Desk) -> None:
    make(
        d,
        template="set -e\n<<JAMS.Source>>\n",
        parameters=[ParamDef(param_name="day", default_value="Monday")],
    )
    d.job("\\j", "echo <<day>> <<JAMS.Job.Name>>", method_name="script")
    number = d.submit("\\j")
    row = d.read(lambda c: entries.row(c, number))
    assert (row.rest.method_name, row.rest.method_type) == ("Script", "Parsed")
    start = Start("t", row, 1)
    request = preparing.prepare(start, d.database.read, logon_of=no_logon, macros=Macros()).request
    assert request.method == "Command"
    assert request.source == "set -e\necho Monday j\n"
    assert request.parameters == {"day": "Monday"}
    assert d.entry(number).parameters[0].parameter_origin is ParameterOrigin.METHOD


def test_a_job_without_a_source_runs_the_template(d: Desk) -> None:
    make(d, "Hello", "Command", template="echo hello\n")
    d.job("\\j", "", method_name="Hello")
    assert d.entry(d.submit("\\j")).source == "echo hello\n"
    d.job("\\k", "echo k", method_name="Hello")
    assert d.entry(d.submit("\\k")).source == "echo k"


def test_what_a_method_says_counts_where_neither_folder_nor_job_say_it(d: Desk) -> None:
    make(
        d,
        "M",
        "Command",
        properties=values(RetryCount=1),
        job_properties=values(HomeDirectory="/m", RetryCount=3),
    )
    d.folder("\\f", properties=values(HomeDirectory="/f"))
    id = d.job("\\f\\j", method_name="M")
    shown = {item.property_name: item for item in d.read(lambda c: jobs.get(c, id)).properties}
    assert shown["RetryCount"].default_value == 3
    assert shown["RetryCount"].inherited_from_type is InheritedFromType.METHOD
    assert shown["HomeDirectory"].default_value == "/f"
    row = d.read(lambda c: entries.row(c, d.submit("\\f\\j")))
    assert row.rest.retry is not None and row.rest.retry.count == 3
    assert row.rest.home_directory == "/f"


def test_entries_keep_what_their_method_said_when_they_were_submitted(d: Desk) -> None:
    id = make(d, "M", "Command", template="echo first")
    d.job("\\j", "", method_name="M")
    number = d.submit("\\j")
    patch = patch_of(ExecutionMethod)(template="echo second", method_type_name="Python")
    d.write(lambda c: method_definitions.change(c, patch, id=id, user=USER))
    assert d.entry(number).source == "echo first"
    assert d.read(lambda c: entries.row(c, number)).rest.method_type == "Command"
    assert d.entry(d.submit("\\j")).source == "echo second"


def test_a_method_in_use_is_not_deleted_and_its_users_are_named(d: Desk) -> None:
    id = make(d)
    job = d.job("\\j", method_name="Script")
    with pytest.raises(InUse, match=r"is used by \\j"):
        d.write(lambda c: method_definitions.delete(c, id))
    number = d.submit("\\j")
    patch = patch_of(jobs.Job)(method_name="Command")
    d.write(lambda c: jobs.change(c, patch, id=job, user=USER))
    with pytest.raises(InUse, match="has not ended"):
        d.write(lambda c: method_definitions.delete(c, id))
    d.finish(number)
    assert d.write(lambda c: method_definitions.delete(c, id)) == "Script"


def test_a_delivered_method_stays_and_may_say_more(d: Desk) -> None:
    with pytest.raises(Conflict, match="delivered"):
        d.write(lambda c: method_definitions.delete(c, 1))
    patch = patch_of(ExecutionMethod)(job_properties=values(RetryCount=1))
    changed = d.write(lambda c: method_definitions.change(c, patch, name="command", user=USER))
    assert changed.method_name == "Command" and changed.last_changed_by == USER


def test_a_job_whose_method_cannot_be_run_is_refused_unless_it_runs_elsewhere(d: Desk) -> None:
    def lacks(base: BaseMethod) -> str:
        return "Install it." if base.name == "PowerShell" else ""

    def save(**members: Any) -> Any:
        document = jobs.Job(job_name="j", method_name="PowerShell", **members)
        return d.write(lambda c: jobs.create(c, document, user=USER, lacks=lacks))

    with pytest.raises(MethodUnavailable, match="Install it"):
        save()
    with pytest.raises(MethodUnavailable, match="programs of Windows"):
        d.job("\\v", method_name="VBS")
    kept = d.job("\\v", method_name="VBS", lenient=True)
    assert "methodName: " in d.read(lambda c: jobs.get(c, kept)).not_obeyed[0]


class Logon(NamedTuple):
    user_name: str
    password: str
    private_key: str | None = None


def account_of(d: Desk, number: int) -> Any:
    start = Start("t", d.read(lambda c: entries.row(c, number)), 1)
    asked: list[str] = []

    def logon_of(c: Any, name: str) -> Logon:
        asked.append(name)
        return Logon("ann", "hunter2")

    request = preparing.prepare(start, d.database.read, logon_of=logon_of, macros=Macros()).request
    assert "hunter2" not in repr(request)
    return asked, request.account


def test_a_run_logs_on_with_the_credential_that_its_method_names(d: Desk) -> None:
    d.credential("Bank")
    make(d, "M", "SQLCommand", properties=values(ConnectionCredential="Bank"))
    d.job("\\j", "select 1", method_name="M")
    asked, account = account_of(d, d.submit("\\j"))
    assert asked == ["Bank"] and (account.user_name, account.password) == ("ann", "hunter2")
    with pytest.raises(InUse, match="method M"):
        d.write(lambda c: credentials.delete(c, "Bank"))
    named = {"credentialID": d.read(lambda c: c.execute(tables.credential.select()).one()).id}
    d.job("\\k", "load", method_name="SQLStoredProc", properties=values(ConnectionCredential=named))
    assert account_of(d, d.submit("\\k"))[0] == ["Bank"]


@pytest.mark.parametrize(
    ("method", "property"), [("Command", "ConnectionCredential"), ("Python", "MacroFile")]
)
def test_what_a_method_does_not_look_at_is_refused(d: Desk, method: str, property: str) -> None:
    d.credential("Bank")
    with pytest.raises(NotSupported, match=property):
        d.job("\\j", method_name=method, properties=values(**{property: "Bank"}))
    with pytest.raises(NotSupported, match=property):
        make(d, "M", method, properties=values(**{property: "Bank"}))


def test_a_value_breaks_no_line_of_the_head_of_a_request(d: Desk) -> None:
    free = [ParamDef(param_name="free")]
    d.job("\\j", "POST https://host/\nX-Free: <<free>>\n\n<<free>>", method_name="HTTP", parameters=free)

    def request(value: str) -> Any:
        start = Start("t", d.read(lambda c: entries.row(c, d.submit("\\j", parameters={"free": value}))), 1)
        return preparing.prepare(start, d.database.read, logon_of=no_logon, macros=Macros()).request

    assert request("a b").source == "POST https://host/\nX-Free: a b\n\na b"
    with pytest.raises(InvalidArgument, match="more than one line"):
        request("a\nHost: evil")


def test_a_mail_is_told_the_server_of_the_settings(d: Desk) -> None:
    to = [ParamDef(param_name="to", default_value="ann@x.org")]
    d.job("\\j", "To: <<to>>\nSubject: x\n\n<<JAMS.JobName>>", method_name="Mail", parameters=to)
    number = d.submit("\\j")

    def request() -> Any:
        start = Start("t", d.read(lambda c: entries.row(c, number)), 1)
        return preparing.prepare(start, d.database.read, logon_of=no_logon, macros=Macros()).request

    with pytest.raises(InvalidArgument, match="SMTPServer is empty"):
        request()
    d.write(lambda c: stored_settings.put(c, "SMTPServer", "mail.x.org:2525", user=USER))
    told = request()
    assert told.method == "Mail" and told.source == "To: ann@x.org\nSubject: x\n\nj"
    assert (told.parameters["SMTPServer"], told.parameters["SMTPPort"]) == ("mail.x.org", "2525")
