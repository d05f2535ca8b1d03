"""Encrypted variables: used by runs, with a right of its own, and shown to nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from jams.database import tables
from jams.objects.definitions import Folder, Job, Variable
from jams.objects.enums import ObjectType, Severity
from jams.objects.errors import (
    AccessDenied,
    ConfigurationInvalid,
    InUse,
    InvalidArgument,
    InvalidParameter,
    MissingArgument,
    UnreadableDefinitions,
)
from jams.objects.methods import ExecutionMethod
from jams.objects.patch import patch_of
from jams.objects.run import RunRequest
from jams.objects.setups import Setup
from jams.objects.triggers import Trigger
from jams.security import keys
from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl, VariableDefinitions
from jams.security.vault import Vault
from tests.support.rest_script import Script
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

MARK = "Mark-5f1e77ab"
KEY = "\\Open\\Key"
DOCUMENTS: dict[str, Any] = {
    "folder": Folder,
    "job": Job,
    "method": ExecutionMethod,
    "setup": Setup,
    "trigger": Trigger,
    "variable": Variable,
}


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("boss")
        made.admit("ann", ALL_RIGHTS - {VariableDefinitions.DECRYPT, AccessControl.CHANGE})
        made.desk.folder("\\Open")
        yield made


def make(t: Town, noun: str, document: dict[str, Any], who: str = "boss") -> None:
    """Create what a document says, which is as REST has it."""
    t.call(f"create_{noun}", who, **{noun: msgspec.convert(document, DOCUMENTS[noun])})


def change(t: Town, noun: str, name: str, members: dict[str, Any], who: str = "boss") -> None:
    t.call(f"change_{noun}", who, name=name, **{noun: msgspec.convert(members, patch_of(DOCUMENTS[noun]))})


def key(t: Town, value: str = MARK, **members: Any) -> int:
    document = {"variableName": "Key", "parentFolderName": "\\Open", "encryptionFlag": True, **members}
    make(t, "variable", {**document, "newEncryptedValue": value})
    found: int = t.call("get_variable", "boss", name=KEY).variable_id
    return found


def job(source: str = "true", method: str = "Command", **members: Any) -> dict[str, Any]:
    return {
        "jobName": "J",
        "parentFolderName": "\\Open",
        "methodName": method,
        "source": source,
        "parameters": [{"paramName": "Token", "variableName": KEY}],
        **members,
    }


def made(t: Town, **members: Any) -> None:
    make(t, "job", job(**members))


def asked(t: Town, **submission: Any) -> RunRequest:
    """What the executor is asked for when the job is submitted."""
    number = t.call("submit_job", "boss", name="\\Open\\J", **submission).jams_entry
    token = t.executing(number)
    return next(each for each in t.runner.requests if each.token == token)


def everything(t: Town) -> str:
    """All that lies in the database, as text."""
    found: list[str] = []
    for table in tables.metadata.sorted_tables:
        query = table.select()
        found += t.desk.read(lambda c, query=query: [str(tuple(row)) for row in c.execute(query)])
    return "\n".join(found)


def test_the_value_comes_back_nowhere(t: Town) -> None:
    key(t)
    change(t, "variable", KEY, {"newEncryptedValue": f"{MARK}-2", "description": "A key."})
    t.call("set_variable_value", "boss", name=KEY, value=f"{MARK}-3")
    made(t)
    boss = Script(t, "boss")
    said = [
        boss.done("GET", target)
        for target in (
            f"/variable?name={KEY}",
            "/variable?recursive=true",
            "/xml?folder=\\Open",
            f"/revision/Variable?name={KEY}",
            "/audittrail",
            "/audittrail/export",
            "/event?after=0",
            "/job?name=\\Open\\J",
            "/submit?name=\\Open\\J",
        )
    ]
    assert said[0]["encryptionFlag"] and said[0]["value"] is None and said[0]["currentLength"] == 0
    assert MARK not in json.dumps(said) and MARK not in everything(t)
    changes = [each for record in said[4] for each in record["changes"] if each["objectType"] == "Variable"]
    assert len(changes) == 3 and all("********" in each["after"] for each in changes)


def test_a_run_has_it_by_a_parameter_alone_and_the_audit_trail_tells_so(t: Town) -> None:
    key(t)
    made(t)
    request = asked(t)
    assert request.secrets == {"Token": MARK} and "Token" not in request.parameters
    assert MARK not in repr(request) and MARK not in request.source
    entry = t.desk.entry(request.jams_entry)
    assert [(each.value, each.encryption_id is not None) for each in entry.parameters] == [(None, True)]
    used = [each for each in t.call("get_audit_trail", "boss") if each.operation == "use_variable"]
    assert [(each.user_name, each.target, each.object_type) for each in used] == [("boss", KEY, "Variable")]
    assert MARK not in everything(t)


def test_another_value_is_what_the_next_run_has(t: Town) -> None:
    key(t)
    made(t)
    assert asked(t).secrets["Token"] == MARK
    t.call("set_variable_value", "boss", name=KEY, new_encrypted_value="another")
    assert asked(t).secrets["Token"] == "another"


def test_a_source_that_is_not_written_down_gets_it_inserted(t: Town) -> None:
    key(t)
    made(t, method="HTTP", source="GET http://localhost/\nX-Token: <<Token>>\n")
    request = asked(t)
    ((standing, inserted),) = request.inserted.items()
    assert inserted == MARK and f"X-Token: {standing}" in request.source and MARK not in request.source


def test_a_secret_does_not_break_a_line_of_a_request(t: Town) -> None:
    key(t, "one\nX-Other: two")
    made(t, method="HTTP", source="GET http://localhost/\nX-Token: <<Token>>\n")
    number = t.call("submit_job", "boss", name="\\Open\\J").jams_entry
    t.over(number)
    said = t.desk.entry(number).final_status or ""
    assert "more than one line" in said and "X-Other" not in said


@pytest.mark.parametrize("source", ["echo <<Token>>", f"echo <<{KEY}>>", "echo <<Key>>"])
def test_a_script_that_would_be_written_down_with_it_is_refused_when_saved(t: Town, source: str) -> None:
    key(t)
    with pytest.raises(InvalidArgument, match="encrypted variable"):
        made(t, source=source, method="Parsed")


def test_what_becomes_a_secret_afterwards_is_refused_at_the_start(t: Town) -> None:
    make(t, "variable", {"variableName": "Key", "parentFolderName": "\\Open", "value": MARK})
    made(t, source="echo <<Token>>", method="Parsed")
    change(t, "variable", KEY, {"encryptionFlag": True})
    number = t.call("submit_job", "boss", name="\\Open\\J").jams_entry
    t.over(number)
    entry = t.desk.entry(number)
    assert entry.final_severity is not Severity.SUCCESS and "environment variable Token" in (
        entry.final_status or ""
    )


COMPARED = {
    "elementName": "v",
    "elementTypeName": "VariableDependency",
    "properties": [
        {"propertyName": "Variable", "currentValue": KEY},
        {"propertyName": "Value", "currentValue": "x"},
    ],
}


@pytest.mark.parametrize("kind", ["VariableDependency", "VariableTrigger"])
def test_nothing_looks_at_its_value(t: Town, kind: str) -> None:
    document = job(elements=[{**COMPARED, "elementTypeName": kind}], parameters=[])
    key(t)
    with pytest.raises(InvalidArgument, match="is encrypted"):
        make(t, "job", document)
    t.call("delete_variable", "boss", name=KEY)
    make(t, "variable", {"variableName": "Key", "parentFolderName": "\\Open", "value": "x"})
    make(t, "job", document)
    with pytest.raises(InUse, match=r"job \\Open\\J"):
        change(t, "variable", KEY, {"encryptionFlag": True})


def test_a_trigger_does_not_wait_for_it_but_may_hand_it_on(t: Town) -> None:
    key(t)
    made(t, parameters=[{"paramName": "Token"}])
    event = {"eventType": "Variable", "variableName": KEY, "value": "x"}
    action = {"jobName": "\\Open\\J", "parameters": [{"paramName": "Token", "variableName": KEY}]}
    trigger = {"triggerName": "T", "parentFolderName": "\\Open", "events": [event], "actions": [action]}
    with pytest.raises(InvalidArgument, match="is encrypted"):
        make(t, "trigger", trigger)
    make(t, "variable", {"variableName": "Gate", "parentFolderName": "\\Open", "value": "shut"})
    trigger["events"] = [{**event, "variableName": "\\Open\\Gate", "value": "open"}]
    with pytest.raises(AccessDenied, match="Decrypt"):
        make(t, "trigger", trigger, "ann")
    make(t, "trigger", trigger)
    t.call("set_variable_value", "boss", name="\\Open\\Gate", value="open")
    assert first_request(t).secrets == {"Token": MARK}


def test_a_setup_hands_it_on(t: Town) -> None:
    key(t)
    made(t, parameters=[{"paramName": "Token"}])
    member = {"jobName": "\\Open\\J", "step": 1, "parameters": [{"paramName": "Token", "variableName": KEY}]}
    setup = {"setupName": "S", "parentFolderName": "\\Open", "jobs": [member]}
    with pytest.raises(AccessDenied, match="Decrypt"):
        make(t, "setup", setup, "ann")
    make(t, "setup", setup)
    t.call("submit_job", "boss", name="\\Open\\S")
    assert first_request(t).secrets == {"Token": MARK}
    assert MARK not in everything(t)


def first_request(t: Town) -> RunRequest:
    """What the executor is asked for first."""
    number = 1
    while not t.runner.requests:
        t.scheduler.wait_for_change(number, 1.0)
    return t.runner.requests[0]


def test_who_lacks_decrypt_neither_submits_nor_makes_nor_changes_what_has_it(t: Town) -> None:
    key(t)
    made(t)
    for doing in (
        lambda: t.call("submit_job", "ann", name="\\Open\\J"),
        lambda: make(t, "job", {**job(), "jobName": "K"}, "ann"),
        lambda: change(t, "job", "\\Open\\J", {"source": "echo $Token"}, "ann"),
        lambda: change(t, "folder", "\\Open", {"description": "mine"}, "ann"),
        lambda: change(t, "method", "Command", {"description": "mine"}, "ann"),
    ):
        with pytest.raises(AccessDenied, match="Decrypt"):
            doing()
    change(t, "variable", KEY, {"description": "hers"}, "ann")


def test_its_own_access_list_decides_as_well(t: Town) -> None:
    key(t, acl={"genericACL": [{"identifier": "*", "accessList": ["Inquire", "Change"]}]})
    t.admit("root", passes=True)
    make(t, "job", job(), "root")
    with pytest.raises(AccessDenied, match="Decrypt"):
        t.call("submit_job", "boss", name="\\Open\\J")
    with pytest.raises(AccessDenied, match="Decrypt"):
        change(t, "job", "\\Open\\J", {"source": "env"})


def test_another_value_is_not_given_where_it_would_be_shown(t: Town) -> None:
    key(t)
    made(t)
    with pytest.raises(InvalidParameter, match="encrypted variable"):
        t.call("submit_job", "boss", name="\\Open\\J", parameters={"Token": "mine"})
    number = t.call("submit_job", "boss", name="\\Open\\J", hold=True).jams_entry
    with pytest.raises(InvalidParameter, match="encrypted variable"):
        t.call("set_entry_parameter", "boss", id=number, param_name="Token", param_value="mine")


def test_the_values_of_before_leave_the_revisions(t: Town) -> None:
    make(t, "variable", {"variableName": "Key", "parentFolderName": "\\Open", "value": MARK})
    t.call("set_variable_value", "boss", name=KEY, value=f"{MARK}-2")
    first = t.call("list_revisions", "boss", object_type=ObjectType.VARIABLE, name=KEY)[-1].version
    change(t, "variable", KEY, {"encryptionFlag": True})
    of_it = tables.revision.select().where(tables.revision.c.kind == "variable")
    assert MARK not in t.desk.read(lambda c: str(c.execute(of_it).all()))
    made(t)
    assert asked(t).secrets["Token"] == f"{MARK}-2"  # what it had is what was sealed
    with pytest.raises(MissingArgument, match="to be encrypted no more"):
        t.call("restore_revision", "boss", object_type=ObjectType.VARIABLE, name=KEY, version=first)


def test_it_is_shown_again_with_a_value_of_its_own_alone(t: Town) -> None:
    key(t)
    for members in ({"encryptionFlag": False}, {"dataType": "Integer"}):
        with pytest.raises(MissingArgument):
            change(t, "variable", KEY, members)
    change(t, "variable", KEY, {"encryptionFlag": False, "value": "plain"})
    assert t.call("get_variable", "boss", name=KEY).value == "plain"
    change(t, "variable", KEY, {"encryptionFlag": True, "newEncryptedValue": MARK})
    assert t.call("get_variable", "boss", name=KEY).value is None


def test_what_is_wrong_with_a_value_is_told_without_it(t: Town) -> None:
    with pytest.raises(InvalidArgument) as refused:
        key(t, MARK, dataType="Integer")
    said = [refused.value.message]
    key(t, "7", dataType="Integer")
    for doing in (
        lambda: change(t, "variable", KEY, {"newEncryptedValue": MARK}),
        lambda: t.call("set_variable_value", "boss", name=KEY, value=MARK),
    ):
        with pytest.raises(InvalidArgument) as refused:
            doing()
        said.append(refused.value.message)
    assert len(said) == 3 and not any(MARK in each for each in said)


def test_a_row_opens_its_own_secret_alone_and_keeps_it_when_it_moves(t: Town) -> None:
    id = key(t)
    change(t, "variable", KEY, {"variableName": "Lock", "parentFolderName": "\\"})
    store = t.services.credentials.variables
    assert t.desk.read(lambda c: store.open(c, id)) == MARK
    other = key(t, "other")
    copy = text("UPDATE variable SET secret = (SELECT secret FROM variable WHERE id = :a) WHERE id = :b")
    t.desk.write(lambda c: c.execute(copy, {"a": id, "b": other}))
    with pytest.raises(ConfigurationInvalid, match="damaged or moved"):
        t.desk.read(lambda c: store.open(c, other))


def test_another_key_seals_it_too(t: Town, tmp_path: Path) -> None:
    id = key(t)
    before = t.desk.read(lambda c: c.execute(tables.variable.select()).one().secret)
    vault = Vault(tmp_path / "secret.key")
    keys.generate(t.desk.database, vault)
    after = t.desk.read(lambda c: c.execute(tables.variable.select()).one().secret)
    assert before.split(":")[1] != after.split(":")[1] and len(vault.keys()) == 1
    assert t.desk.read(lambda c: t.services.credentials.variables.open(c, id)) == MARK


def test_an_export_brings_it_without_its_value_and_keeps_the_one_that_is_there(t: Town) -> None:
    id = key(t)
    told = t.call("export_xml", "boss", folder="\\Open")
    assert "ncryptionFlag" in told and MARK not in told
    t.call("import_xml", "boss", text=told)
    assert t.desk.read(lambda c: t.services.credentials.variables.open(c, id)) == MARK
    t.desk.folder("\\New")
    t.call("import_xml", "boss", text=told, target_folder="\\New")
    new = t.call("get_variable", "boss", name="\\New\\Open\\Key")
    assert new.encryption_flag and new.value is None
    made(t, parameters=[{"paramName": "Token", "variableName": "\\New\\Open\\Key"}])
    number = t.call("submit_job", "boss", name="\\Open\\J").jams_entry
    t.over(number)
    assert "newEncryptedValue" in (t.desk.entry(number).final_status or "")


@pytest.mark.parametrize("stands", [None, "plain", "secret"])
@pytest.mark.parametrize("member", ["value", "newEncryptedValue"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_that_brings_a_value_tells_it_nobody(
    t: Town, stands: str | None, member: str, dry_run: bool
) -> None:
    if stands == "secret":
        key(t, "other")
    elif stands == "plain":
        make(t, "variable", {"variableName": "Key", "parentFolderName": "\\Open", "value": "other"})
    text = (
        '<JAMSObjects from="\\"><variable name="Key" folder="Open">'
        f'<encryptionFlag type="boolean">true</encryptionFlag><{member}>{MARK}</{member}>'
        "</variable></JAMSObjects>"
    )
    found = t.call("import_xml", "boss", text=text, dry_run=dry_run)
    told = {each.member: (each.before, each.after) for each in found.changes[0].differences}
    assert told[member][1] == "********" and MARK not in repr(found)
    t.services.refusals.flush()
    assert MARK not in everything(t)
    broken = text.replace("</JAMSObjects>", "")
    with pytest.raises(UnreadableDefinitions):
        t.call("import_xml", "boss", text=broken)
    t.services.refusals.flush()
    assert MARK not in everything(t)
    if not dry_run:
        made(t)
        assert asked(t).secrets["Token"] == MARK
