"""Definitions to and from XML, asked of the operations themselves on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from jams.database import accounts as account_rows
from jams.objects.calendars import Calendar, Date, DateType, WorkDay
from jams.objects.definitions import Folder, Job, Variable
from jams.objects.errors import (
    AccessDenied,
    AccountNotFound,
    CircularDependency,
    JAMSError,
    UnreadableDefinitions,
)
from jams.objects.exchange import DefinitionImport
from jams.objects.parts import ACE, ACL, ParamDef, PropertyValue
from jams.objects.patch import patch_of
from jams.objects.setups import Setup, SetupJob
from jams.objects.triggers import Trigger, TriggerAction, TriggerEvent, TriggerEventType
from jams.operations.definition_documents import plain
from jams.operations.exchange import XmlImport
from jams.security.rights import (
    AccessControl,
    AgentDefinitions,
    CalendarDefinitions,
    FolderDefinitions,
    JobDefinitions,
    NamedTimeDefinitions,
    QueueDefinitions,
    ResourceDefinitions,
    TriggerDefinitions,
    VariableDefinitions,
)
from tests.support.operations import ask
from tests.support.schedule import Desk, desk

pytestmark = pytest.mark.unit

ALL = (
    *(*AgentDefinitions, *CalendarDefinitions, *FolderDefinitions, *JobDefinitions, *NamedTimeDefinitions),
    AccessControl.CHANGE,
    *(*QueueDefinitions, *ResourceDefinitions, *TriggerDefinitions, *VariableDefinitions),
)
SOURCE = 'echo "<day> & $day"\r\nexit 0\n\x1b[0m ]]>\n'


@pytest.fixture
def d(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "jams.db") as made:
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "other.db") as made:
        yield made


def own(**values: Any) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in values.items()]


def fill(d: Desk) -> None:
    r"""\A\Sales with something of everything in it, and a folder below."""

    def make(called: str, **inputs: Any) -> None:
        ask(d, called, *ALL, **inputs)

    make("create_folder", folder=Folder(folder_name="A"))
    make(
        "create_folder",
        folder=Folder(folder_name="Sales", parent_folder_name=r"\A", description="Sold & <told>"),
    )
    make("create_folder", folder=Folder(folder_name="Deep", parent_folder_name=r"\A\Sales"))
    make(
        "create_variable",
        variable=Variable(variable_name="Region", parent_folder_name=r"\A\Sales", value="EU"),
    )
    make(
        "create_job",
        job=Job(
            job_name="Load",
            parent_folder_name=r"\A\Sales\Deep",
            method_name="Command",
            source=SOURCE,
            schedule="WORKDAYS",
            at="08:30",
            parameters=[ParamDef(param_name="day", default_value="today")],
            properties=own(RetryCount=3),
        ),
    )
    make(
        "create_job",
        job=Job(job_name="Tell", parent_folder_name=r"\A\Sales", method_name="Command", source="echo"),
    )
    make(
        "create_setup",
        setup=Setup(
            setup_name="Nightly",
            parent_folder_name=r"\A\Sales",
            jobs=[SetupJob(job_name=r"\A\Sales\Deep\Load"), SetupJob(job_name=r"\A\Sales\Tell", step=1)],
        ),
    )
    make(
        "create_trigger",
        trigger=Trigger(
            trigger_name="Arrived",
            parent_folder_name=r"\A\Sales",
            events=[TriggerEvent(event_type=TriggerEventType.FILE, file_name="/in/*.csv")],
            actions=[TriggerAction(job_name=r"\A\Sales\Deep\Load")],
        ),
    )
    dates = [Date(start_date=date(2027, 1, 1), description="Year", work_day=WorkDay.FALSE)]
    make("create_calendar", calendar=Calendar(calendar_name="Plant"))
    make("create_date_type", date_type=DateType(date_type_type="SHUT", calendar_name="Plant", dates=dates))


def export(d: Desk, **inputs: Any) -> str:
    found = ask(d, "export_xml", *ALL, **inputs)
    assert isinstance(found, str)
    return found


def take(d: Desk, text: str, **inputs: Any) -> DefinitionImport:
    found = ask(d, "import_xml", *ALL, body=XmlImport(text=text, **inputs))
    assert isinstance(found, DefinitionImport)
    return found


def told(found: DefinitionImport) -> list[tuple[str, str, str]]:
    return [(each.action.value, each.type, each.name) for each in found.changes]


def test_an_export_makes_the_same_elsewhere(d: Desk, other: Desk) -> None:
    fill(d)
    text = export(d, folder=r"\A\Sales")
    ask(other, "create_folder", *ALL, folder=Folder(folder_name="A"))
    assert {(action, kind) for action, kind, _ in told(take(other, text))} == {
        ("Add", kind) for kind in ("folder", "variable", "job", "setup", "trigger")
    }
    assert export(other, folder=r"\A\Sales") == text
    load = ask(other, "get_job", *ALL, name=r"\A\Sales\Deep\Load")
    assert (load.source, load.schedule, load.at) == (SOURCE, "WORKDAYS", "08:30")
    again = take(other, text)
    assert (again.added, again.changed, again.same) == (0, 0, 7)


def test_everything_goes_and_the_order_does_not_matter(d: Desk, other: Desk) -> None:
    fill(d)
    text = export(d, everything=True)
    root = ElementTree.fromstring(text.encode())
    root[:] = reversed(root)
    take(other, ElementTree.tostring(root, encoding="unicode"))
    assert export(other, everything=True) == text
    assert take(other, text).changed == 0


def test_what_goes_elsewhere_names_what_went_with_it(d: Desk) -> None:
    fill(d)
    ask(d, "create_folder", *ALL, folder=Folder(folder_name="B"))
    found = take(d, export(d, folder=r"\A\Sales"), target_folder=r"\B")
    assert ("Add", "job", r"\B\Sales\Deep\Load") in told(found)
    nightly = ask(d, "get_setup", *ALL, name=r"\B\Sales\Nightly")
    assert [each.job_name for each in nightly.jobs] == [r"\B\Sales\Deep\Load", r"\B\Sales\Tell"]


def test_a_dry_run_tells_the_difference_and_writes_nothing(d: Desk) -> None:
    fill(d)
    text = export(d, folder=r"\A\Sales")
    changed = text.replace(
        'name="RetryCount" typename="System.Int32" value="3"', 'name="RetryCount" value="4"'
    )
    changed = changed.replace("<value>EU</value>", "").replace('"08:30"', '"09:00"')
    assert changed != text
    found = take(d, changed, dry_run=True)
    assert (found.dry_run, found.added, found.changed, found.same) == (True, 0, 2, 5)
    differing = {
        (change.name.rpartition("\\")[2], each.member, each.before, each.after)
        for change in found.changes
        for each in change.differences
    }
    assert ("Region", "value", "EU", None) in differing
    assert ("Load", "properties RetryCount", "3", "4") in differing
    assert export(d, folder=r"\A\Sales") == text
    take(d, changed)
    assert ask(d, "get_job", *ALL, name=r"\A\Sales\Deep\Load").at == "09:00"
    assert not ask(d, "get_variable", *ALL, name=r"\A\Sales\Region").value


def test_one_job_and_one_calendar(d: Desk, other: Desk) -> None:
    fill(d)
    take(other, export(d, job=r"\A\Sales\Deep\Load"), target_folder="\\")
    assert ask(other, "get_job", *ALL, name=r"\Load").source == SOURCE
    take(other, export(d, calendar="Plant"))
    assert [each.start_date for each in ask(other, "get_date_type", *ALL, name="SHUT").dates] == [
        date(2027, 1, 1)
    ]


def test_all_or_nothing(d: Desk, other: Desk) -> None:
    fill(d)
    text = export(d, folder=r"\A\Sales").replace('name="RetryCount"', 'name="RetryCnt"')
    ask(other, "create_folder", *ALL, folder=Folder(folder_name="A"))
    with pytest.raises(JAMSError, match="RetryCnt") as caught:
        take(other, text)
    assert caught.value.message.startswith("The job \\A\\Sales\\Deep\\Load: ")
    assert [each.qualified_name for each in ask(other, "find_jobs", *ALL)] == []


def contains(d: Desk, setup: str, job: str) -> None:
    made = Setup(
        setup_name=setup, parent_folder_name=r"\A\Sales", jobs=[SetupJob(job_name=rf"\A\Sales\{job}")]
    )
    ask(d, "create_setup", *ALL, setup=made)


def test_an_import_that_closes_a_circle_of_setups_is_refused_with_the_way(d: Desk, other: Desk) -> None:
    for each in (d, other):
        fill(each)
    contains(d, "One", "Tell"), contains(d, "Two", "One"), contains(d, "Three", "Two")
    contains(other, "Two", "Tell"), contains(other, "Three", "Two"), contains(other, "One", "Three")
    before = export(other, everything=True)
    text = export(d, job=r"\A\Sales\Two")
    way = r"\A\Sales\Two → \A\Sales\One → \A\Sales\Three → \A\Sales\Two"
    for only_try in (True, False):
        with pytest.raises(CircularDependency) as caught:
            take(other, text, dry_run=only_try)
        assert way in caught.value.message and r"\A\Sales\Two" in caught.value.message
        assert export(other, everything=True) == before
    # One text may bring the whole circle.
    both = export(d, folder=r"\A\Sales")
    at = both.index("Tell", both.index('name="One"') if 'name="One"' in both else both.index("One"))
    round_about = both[:at] + "Three" + both[at + len("Tell") :]
    with pytest.raises(CircularDependency, match="→"):
        take(other, round_about)
    assert export(other, everything=True) == before


def test_an_import_takes_the_rights_of_what_it_does(d: Desk, other: Desk) -> None:
    fill(d)
    text = export(d, everything=True)
    lacking = [each for each in ALL if each is not VariableDefinitions.ADD]
    with pytest.raises(AccessDenied, match="VariableDefinitions"):
        ask(other, "import_xml", *lacking, body=XmlImport(text=text))
    with pytest.raises(AccessDenied, match="to export a trigger"):
        ask(d, "export_xml", FolderDefinitions.INQUIRE, VariableDefinitions.INQUIRE, JobDefinitions.INQUIRE,
            folder=r"\A")  # fmt: skip
    assert [each.folder_name for each in ask(other, "get_folder_children", *ALL)] == []


PUBLISHED = """<?xml version="1.0"?>
<JAMSObjects>
  <folder name="Sales" tags="one, two"><description><![CDATA[Sold]]></description>
    <properties /><elements /><acl>
      <ace identifier="*" inheritcontainer="True" inheritobject="True" inheritonly="False"
        access="Inquire,Change" />
    </acl></folder>
  <job name="Load" method="Command">
    <description><![CDATA[Loads & tells]]></description>
    <source><![CDATA[echo <day>]]></source>
    <properties><property name="RetryCount" typename="System.Int32" value="2" />
      <property name="Calendar" typename="MVPSI.JAMS.CalendarReference" value="Default" /></properties>
    <elements />
    <parameters>
      <parameter name="day" dataType="Date" length="8" inherited="False"><properties>
        <property name="DefaultValue" typename="System.String" value="TODAY" />
        <property name="Required" typename="System.Boolean" value="true" /></properties></parameter>
      <parameter name="trace" dataType="Text" length="20" inherited="True" />
    </parameters>
  </job>
</JAMSObjects>"""

SIX = """<Jobs xmlns="http://jams.mvpsi.com/v1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Job name="Load"><Description>Loads</Description><MethodName>Command</MethodName>
    <Source>echo</Source><RetryCount>2</RetryCount><Dependencies><Dependency /></Dependencies></Job>
  <Job name="Shell"><MethodName>Command</MethodName></Job>
</Jobs>"""


def test_the_published_form(d: Desk) -> None:
    with pytest.raises(AccountNotFound, match="x"):
        take(d, PUBLISHED.replace('identifier="*"', 'identifier="x"'))
    found = take(d, PUBLISHED)
    assert told(found) == [("Add", "folder", r"\Sales"), ("Add", "job", r"\Load")] and found.remarks == ()
    (line,) = ask(d, "get_folder", *ALL, name=r"\Sales").acl.generic_acl
    assert (line.identifier, line.access_list, line.flags) == ("*", ["Inquire", "Change"], 3)
    load = ask(d, "get_job", *ALL, name=r"\Load")
    assert (load.source, load.description) == ("echo <day>", "Loads & tells")
    [day] = load.parameters
    assert (day.param_name, day.default_value, day.required) == ("day", "TODAY", True)
    assert {each.property_name: each.current_value for each in load.properties}["RetryCount"] == 2
    assert take(d, PUBLISHED, ignore_acl=True).remarks == ()


def test_the_form_of_version_6(d: Desk) -> None:
    ask(d, "create_folder", *ALL, folder=Folder(folder_name="Old"))
    found = take(d, SIX, target_folder=r"\Old")
    assert told(found) == [("Add", "job", r"\Old\Load"), ("Add", "job", r"\Old\Shell")]
    assert found.remarks == ("Dependencies of job Load is not known here, and was left out.",)
    mixed = (
        SIX.replace("<Job ", '<anyType xsi:type="Job" ')
        .replace("</Job>", "</anyType>")
        .replace("Jobs", "JAMSObjects")
    )
    assert take(d, mixed, target_folder=r"\Old").same == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<JAMSObjects><job name='x'></JAMSObjects>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><JAMSObjects><job name='&b;' /></JAMSObjects>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><JAMSObjects />",
        "<html />",
        "<JAMSObjects><credential name='x' /></JAMSObjects>",
        "<JAMSObjects><job /></JAMSObjects>",
        "<JAMSObjects><job name='x'><nothing>1</nothing></job></JAMSObjects>",
        "<JAMSObjects><job name='x' /><job name='X' /></JAMSObjects>",
        "<JAMSObjects><job name='x'><properties><property name='RetryCount' typename='System.Int32' "
        "value='x' />"
        "</properties></job></JAMSObjects>",
        "<JAMSObjects>" + "<job name='x' />" * 2001 + "</JAMSObjects>",
    ],
)
def test_texts_that_are_refused(d: Desk, text: str) -> None:
    with pytest.raises(UnreadableDefinitions):
        take(d, text)
    assert ask(d, "find_jobs", *ALL) == []


def test_no_secret_is_told() -> None:
    parameter = ParamDef(
        param_name="word", encrypt=True, default_value="hidden", new_encrypted_value="hidden"
    )
    assert "hidden" not in str(plain(Job(job_name="x", parameters=[parameter])))


def listed(d: Desk, *names: str) -> None:
    r"""Some accounts and a group, and lists that name them on \A\Sales, its variable and the job below."""
    for name in names:
        d.write(partial(account_rows.create, name=name))

    def change(noun: str, document: Any, path: str, *lines: ACE) -> None:
        patch = patch_of(document)(acl=ACL(generic_acl=list(lines)))
        ask(d, f"change_{noun}", *ALL, name=path, **{noun: patch})

    everything = [
        "Inquire",
        "Change",
        "Control",
        "Delete",
        "AddJobs",
        "ChangeJobs",
        "InquireJobs",
        "DeleteJobs",
        "Submit",
    ]
    for_all = ACE(identifier="*", access_list=everything, flags="ThisFolderSubfoldersAndJobs")
    change("folder", Folder, r"\A\Sales", ACE(identifier="ann", access_list=["Inquire", "Control"]), for_all)
    change("variable", Variable, r"\A\Sales\Region", ACE(identifier="Developers+ann", access_list=["Change"]))
    change("job", Job, r"\A\Sales\Deep\Load", ACE(identifier=r"CORP\ops", access_list=["Submit", "Inquire"]))


def lists(d: Desk) -> list[Any]:
    """The access lists of those three."""
    found = [
        ask(d, "get_folder", *ALL, name=r"\A\Sales"),
        ask(d, "get_variable", *ALL, name=r"\A\Sales\Region"),
        ask(d, "get_job", *ALL, name=r"\A\Sales\Deep\Load"),
    ]
    return [
        each.acl and [(line.identifier, line.access_list) for line in each.acl.generic_acl] for each in found
    ]


def test_access_lists_go_along(d: Desk, other: Desk) -> None:
    fill(d)
    listed(d, "ann")
    text = export(d, folder=r"\A\Sales")
    other.write(lambda c: account_rows.create(c, "ann"))
    ask(other, "create_folder", *ALL, folder=Folder(folder_name="A"))
    take(other, text)
    assert lists(other) == lists(d) and lists(d)[1] == [("Developers+ann", ["Change"])]
    assert take(other, text).changed == 0 and export(other, folder=r"\A\Sales") == text
    plain_text = text.replace(text[text.index("<acl") : text.index("</acl>") + len("</acl>")], "")
    changed = [each for each in take(other, plain_text).changes if each.action.value == "Change"]
    assert [(each.name, each.differences[0].member) for each in changed] == [(r"\A\Sales", "acl")]
    assert ask(other, "get_folder", *ALL, name=r"\A\Sales").acl is None


def test_access_lists_stay_where_they_are_ignored(d: Desk, other: Desk) -> None:
    fill(d)
    listed(d, "ann")
    before, text = lists(d), export(d, folder=r"\A\Sales")
    without = export(d, folder=r"\A\Sales", ignore_acl=True)
    assert "ann" not in without and "acl" not in without.casefold().replace("accesslists", "")
    ask(other, "create_folder", *ALL, folder=Folder(folder_name="A"))
    take(other, without)
    take(other, text, ignore_acl=True)
    assert lists(other) == [None, None, None]
    for given, said in ((without, {}), (export(other, folder=r"\A\Sales"), {"ignore_acl": True})):
        assert take(d, given, **said).changed == 0 and lists(d) == before


def test_an_access_list_is_imported_by_who_has_control(d: Desk, other: Desk) -> None:
    fill(d)
    listed(d, "ann")
    other.write(lambda c: account_rows.create(c, "ann"))
    ask(other, "create_folder", *ALL, folder=Folder(folder_name="A"))
    lacking = [each for each in ALL if each not in (AccessControl.CHANGE, FolderDefinitions.CONTROL)]
    body = XmlImport(text=export(d, folder=r"\A\Sales"), target_folder=r"\A")
    with pytest.raises(AccessDenied, match="Control on") as refused:
        ask(other, "import_xml", *lacking, body=body)
    assert "ignoreAcl" in refused.value.message
    ask(other, "import_xml", *lacking, body=replace(body, ignore_acl=True))
    assert lists(other) == [None, None, None]


def test_who_is_nobody_here_is_told_and_refused(d: Desk, other: Desk) -> None:
    fill(d)
    listed(d, "ann")
    text = export(d, folder=r"\A\Sales")
    ask(other, "create_folder", *ALL, folder=Folder(folder_name="A"))
    (remark,) = take(other, text, dry_run=True).remarks
    assert (
        r"ann (of \A\Sales, \A\Sales\Region)" in remark
        and "CORP" not in remark
        and "Developers" not in remark
    )
    with pytest.raises(AccountNotFound, match="ann"):
        take(other, text)
    assert [each.folder_name for each in ask(other, "get_folder_children", *ALL, qualified_name=r"\A")] == []
