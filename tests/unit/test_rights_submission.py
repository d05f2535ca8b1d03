"""At submission only what the job leaves open, or what the caller could change in the job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jams.database import agents
from jams.objects.base import read_only_members
from jams.objects.definitions import Agent, Folder, Job
from jams.objects.enums import AgentType, RetainOption
from jams.objects.errors import AccessDenied, InvalidArgument
from jams.objects.parts import Element, ParamDef, PropertyValue
from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitParam
from jams.scheduler.submission_members import MEMBERS, Kind
from jams.security.rights import AreaRight, JobDefinitions, Monitor
from tests.support.town import Town, town

SUBMITTER = {Monitor.EXECUTE, Monitor.SEE_OWN}
LATER = datetime(2999, 1, 1, tzinfo=UTC)


def own(name: str, value: Any) -> PropertyValue:
    return PropertyValue(property_name=name, current_value=value)


def given(name: str, value: str | None) -> SubmitParam:
    return SubmitParam(param_name=name, param_value=value)


@pytest.fixture
def t(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        made.admit("boss")
        made.admit("submitter", SUBMITTER)
        made.admit("operator", {*SUBMITTER, Monitor.MANAGE})
        made.admit("developer", {*SUBMITTER, JobDefinitions.CHANGE})
        made.admit("reader", {*SUBMITTER, JobDefinitions.INQUIRE})
        made.desk.write(
            lambda c: agents.create(
                c,
                Agent(agent_name="far", agent_type=AgentType.WIN_RM, properties=[own("Address", "far")]),
                user="boss",
            )
        )
        made.desk.job(
            "\\j",
            source="echo",
            parameters=[
                ParamDef(param_name="open", default_value="o"),
                ParamDef(param_name="hidden", default_value="h", hide=True),
                ParamDef(param_name="fixed", default_value="f", allow_entry=False),
            ],
            properties=[
                own("HomeDirectory", "/tmp"),
                own("LogLocation", ""),
                own("SchedulingPriority", 10),
            ],
        )
        yield made


def submit(t: Town, caller: str, **members: Any) -> None:
    t.call("submit", caller, submit_info=SubmitInfo(name="j", test_submit=True, **members))


BEYOND = [
    ("source", "rm", {"source": "rm"}),
    ("logLocation", "log", {"log_location": "/etc"}),
    ("logFilename", "log", {"log_filename": "/etc/passwd"}),
    ("timestampLogs", "log", {"timestamp_logs": False}),
    ("elements", "el", {"elements": [Element(element_name="e")]}),
    ("sourceElements", "el", {"source_elements": [Element(element_name="e")]}),
    ("batchQueueName", "q", {"batch_queue_name": "q"}),
    ("userID", "user", {"user_id": 1}),
    *(
        (name, "property", {"properties": [own(said, value)]})
        for name, said, value in (
            ("HomeDirectory", "HomeDirectory", "/home/mallory"),
            ("HomeDirectory", "homedirectory", "/home/mallory"),
            ("LogLocation", "LogLocation", "/etc"),
            ("Agent", "Agent", "far"),
            ("Agent", "AGENT", {"agentName": "far"}),
            ("Agent", "Agent", "unknown"),
            ("ExecuteAs", "ExecuteAs", "root"),
            ("Enabled", "Enabled", False),
            ("RetryCount", "RetryCount", 3),
            ("NotifyEMail", "NotifyEMail", "a@b"),
        )
    ),
    ("hidden", "parameter", {"parameters": [given("hidden", "x")]}),
    ("hidden", "parameter", {"parameters": [given("HIDDEN", "x")]}),
    ("hidden", "parameter", {"parameters": [given("hidden", "")]}),
    ("fixed", "parameter", {"parameters": [given("fixed", "x")]}),
]


@pytest.mark.parametrize(("name", "members"), [(name, members) for name, _, members in BEYOND])
@pytest.mark.parametrize("caller", ["submitter", "operator", "reader"])
def test_what_the_job_does_not_leave_open_takes_the_right_to_change_it(
    t: Town, caller: str, name: str, members: dict[str, Any]
) -> None:
    with pytest.raises(AccessDenied) as refused:
        submit(t, caller, **members)
    assert (refused.value.member, refused.value.target) == (name, "JobDefinitions.Change")
    assert name in refused.value.message and caller in refused.value.message
    assert t.call("find_entries", "boss") == []


@pytest.mark.parametrize(
    "members",
    [
        {"properties": [own("HomeDirectory", "/")]},
        {"properties": [own("Agent", "far")]},
        {"log_location": "logs/somewhere"},
        {"parameters": [given("hidden", "x"), given("fixed", "y")]},
        {"properties": [own("SchedulingPriority", 11)]},
    ],
)
def test_who_may_change_the_job_may_submit_it_so(t: Town, members: dict[str, Any]) -> None:
    submit(t, "developer", **members)


@pytest.mark.parametrize(
    "members",
    [
        {"after_time_utc": LATER, "hold": True, "override_name": "x", "note": "y"},
        {"retain_option": RetainOption.ALWAYS, "restartable": False, "debug_mode": True, "tag_ids": [1]},
        {"parameters": [given("open", "x"), given("hidden", "h"), given("fixed", "f")]},
        {"source": "echo", "properties": [own("HomeDirectory", "/tmp"), own("Agent", "localhost")]},
        {"scheduling_priority": 10},
        {"scheduling_priority": -5},
        {"properties": [own("SchedulingPriority", 9)]},
        {"properties": [own("HomeDirectory", None)]},
    ],
)  # fmt: skip
def test_what_the_job_leaves_open_or_says_itself_takes_nothing_more(t: Town, members: dict[str, Any]) -> None:
    submit(t, "submitter", **members)


@pytest.mark.parametrize("caller", ["submitter", "reader"])
@pytest.mark.parametrize(
    "members", [{"scheduling_priority": 11}, {"properties": [own("schedulingpriority", "11")]}]
)
def test_to_go_before_others_takes_the_right_to_steer(t: Town, caller: str, members: dict[str, Any]) -> None:
    with pytest.raises(AccessDenied) as refused:
        submit(t, caller, **members)
    assert (refused.value.member, refused.value.target) == ("schedulingPriority", "Monitor.Manage")
    submit(t, "operator", **members)
    submit(t, "developer", **members)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("Agent", {"agent": "far"}),
        ("ExecuteAs", {"user_name": "svc"}),
        ("schedulingPriority", {"priority": 11}),
        ("hidden", {"parameters": {"hidden": "x"}}),
        ("fixed", {"parameters": {"FIXED": 5}}),
    ],
)
def test_the_short_form_goes_no_further(t: Town, name: str, members: dict[str, Any]) -> None:
    with pytest.raises(AccessDenied) as refused:
        t.call("submit_job", "submitter", name="j", **members)
    assert refused.value.member == name
    t.call("submit_job", "submitter", name="j", hold=True, agent="localhost", priority=10)


def test_a_disabled_job_is_not_enabled_by_who_may_only_submit(t: Town) -> None:
    t.desk.job("\\off", properties=[own("Enabled", False)])
    info = SubmitInfo(name="off", test_submit=True, properties=[own("Enabled", True)])
    with pytest.raises(AccessDenied):
        t.call("submit", "submitter", submit_info=info)
    t.call("submit", "developer", submit_info=info)


NOWHERE = ["/etc", "/proc/self/fd", "/dev", "..", "logs/..", "logs/../secret", "relative", "/{3}", "C:\\Logs"]


@pytest.mark.parametrize("where", NOWHERE)
def test_logs_lie_below_configured_places(t: Town, where: str) -> None:
    said = [own("loglocation", where)]
    for operation, document in (
        ("create_job", {"job": Job(job_name="new", properties=said)}),
        ("change_job", {"job": Job(job_name="j", properties=said)}),
        ("create_folder", {"folder": Folder(folder_name="new", properties=said)}),
        ("change_folder", {"folder": Folder(folder_name="\\", folder_id=1, properties=said)}),
        ("submit", {"submit_info": SubmitInfo(name="j", properties=said)}),
        ("submit", {"submit_info": SubmitInfo(name="j", log_location=where)}),
    ):
        with pytest.raises(InvalidArgument) as refused:
            t.call(operation, "boss", **document)
        assert refused.value.target == "LogLocation"
        assert "AllowedLogLocations" in refused.value.message
    assert [job.job_name for job in t.call("find_jobs", "boss")] == ["j"]
    assert t.call("find_entries", "boss") == []


@pytest.mark.parametrize("where", ["logs", "logs/{3}/{8:d4}", "./logs//x", "logs/x/../y"])
def test_a_location_may_lie_below_them(t: Town, where: str) -> None:
    t.call("create_job", "boss", job=Job(job_name="new", properties=[own("LogLocation", where)]))
    assert t.call("submit_job", "submitter", name="new").jams_entry == 1


def test_a_format_that_cannot_be_read_is_refused_when_it_is_saved(t: Town) -> None:
    with pytest.raises(InvalidArgument):
        t.call("create_job", "boss", job=Job(job_name="new", properties=[own("LogLocation", "logs/{99}")]))


def test_to_change_a_job_that_does_not_exist_takes_the_right_to_create_it(t: Town) -> None:
    with pytest.raises(AccessDenied) as refused:
        t.call("change_job", "developer", job=Job(job_name="new"))
    assert refused.value.target == "JobDefinitions.Add"
    assert [job.job_name for job in t.call("find_jobs", "boss")] == ["j"]


def test_nobody_brings_a_source(t: Town) -> None:
    with pytest.raises(InvalidArgument):
        submit(t, "developer", source="rm")


def test_every_member_is_in_the_table() -> None:
    told = read_only_members(SubmitInfo)
    assert not told & set(MEMBERS)
    assert set(MEMBERS) | told == set(SubmitInfo.__struct_fields__)
    assert set(SubmitJob.__struct_fields__) - set(MEMBERS) == {"after", "priority", "agent", "user_name"}
    beyond = {name for name, member in MEMBERS.items() if member.kind is Kind.DEFINITION}
    assert {name for name, _, members in BEYOND for name in members} - beyond == {"properties", "parameters"}


@pytest.mark.parametrize("caller", ["submitter", "operator", "reader", "developer", "boss"])
def test_what_was_got_can_be_sent_back_by_whoever_has_got_it(t: Town, caller: str) -> None:
    info = t.call("get_submit_info", caller, name="j")
    assert t.call("submit", caller, submit_info=info).jams_entry == 1
    (entry,) = t.call("find_entries", "boss")
    assert [p.value for p in entry.parameters] == ["o", "h", "f"]
    assert entry.scheduling_priority == 10


SECRET = "from the definition"


@pytest.mark.parametrize(
    ("rights", "shown"),
    [
        (SUBMITTER, False),
        ({*SUBMITTER, Monitor.MANAGE, Monitor.SEE_ALL}, False),
        ({*SUBMITTER, JobDefinitions.CHANGE}, False),
        ({*SUBMITTER, JobDefinitions.INQUIRE}, True),
    ],
)
def test_the_definition_is_shown_to_who_may_look_at_definitions(
    t: Town, rights: set[AreaRight], shown: bool
) -> None:
    t.desk.job(
        "\\k",
        source=SECRET,
        parameters=[ParamDef(param_name="p", default_value=SECRET, hide=True), ParamDef(param_name="q")],
        properties=[own("HomeDirectory", SECRET)],
        lenient=True,
        elements=[Element(element_name=SECRET, element_type_name="Documentation")],
        source_elements=[Element(element_name=SECRET, element_type_name="SequenceTask")],
    )
    t.admit("somebody", rights)
    info = t.call("get_submit_info", "somebody", name="k")
    assert [p.param_name for p in info.parameters] == ["p", "q"]
    assert (SECRET.encode() in msgspec.json.encode(info)) is shown


def test_a_parameter_of_an_entry_is_set_as_far_as_at_submission(t: Town) -> None:
    number = t.call("submit_job", "operator", name="j", hold=True).jams_entry
    t.call("set_entry_parameter", "operator", id=number, param_name="open", param_value="x")
    for name, same in (("hidden", "h"), ("fixed", "f")):
        with pytest.raises(AccessDenied) as refused:
            t.call("set_entry_parameter", "operator", id=number, param_name=name, param_value="x")
        assert refused.value.member == name
        t.call("set_entry_parameter", "operator", id=number, param_name=name, param_value=same)
        t.call("set_entry_parameter", "boss", id=number, param_name=name, param_value="theirs")
    trail = t.call("get_entry_audit", "operator", id=number)
    assert [line.details for line in trail if line.details] == [
        "open: 'o' became 'x'",
        "fixed: 'f' became 'f'",
        "fixed: 'f' became 'theirs'",
    ]
