"""Every member of a submission is obeyed, or refused where it demands what this server does not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from jams.database import entries, jobs, named_times, queues
from jams.database.sight import Sight
from jams.objects.base import NEVER, Duration, read_only_members, snake_name, wire_name
from jams.objects.calendars import NamedTime
from jams.objects.capacity import BatchQueue
from jams.objects.enums import (
    DataType,
    EntryState,
    MissedWindowAction,
    ParameterOrigin,
    RetainOption,
    Severity,
    ValidationType,
)
from jams.objects.errors import (
    AgentNotFound,
    InvalidArgument,
    InvalidProperty,
    JobNotFound,
    MissingArgument,
    NamedTimeNotFound,
    NotSupported,
    QueueNotFound,
    UnknownElementType,
    UnknownProperty,
    WrongState,
)
from jams.objects.parts import Element, ParamDef, PropertyValue, Tag
from jams.objects.run import RunEnded, RunOutcome
from jams.objects.schedule import Entry, Restart, SubmitInfo, SubmitParam, SubmitResult
from jams.registry import JOB_PROPERTIES, Place
from jams.scheduler import actions, settlement, submission, submission_documents
from jams.scheduler.submission import Submitter
from jams.scheduler.submission_members import MEMBERS
from tests.support.schedule import USER, Desk, desk

LATER = datetime(2999, 1, 1, tzinfo=UTC)
REMOTE = Element(
    element_name="Tell",
    element_type_name="RemoteJobDependency",
    properties=[
        PropertyValue(property_name="Server", current_value="far"),
        PropertyValue(property_name="DependsOnJob", current_value="\\there"),
    ],
)
SILENT_REMOTE = replace(
    REMOTE, properties=[*REMOTE.properties, PropertyValue(property_name="Enabled", current_value=False)]
)


def own(name: str, value: Any) -> PropertyValue:
    return PropertyValue(property_name=name, current_value=value)


REFUSED: dict[str, list[Any]] = {
    "submitted_by": ["somebody"],
    "properties": [
        [own("executionpriority", 3)],
        [own("Executionpriority", 4)],
        [own("ExecutionPriority", 5)],
    ],
    "parameters": [
        [SubmitParam(param_name="day", **said)]
        for said in (
            {"data_type": DataType.INTEGER},
            {"length": 3},
            {"required": True},
            {"must_fill": True},
            {"allow_entry": False},
            {"hide": True},
            {"uppercase": True},
            {"validation_type": ValidationType.REGEX},
            {"validation_data": ".*"},
        )
    ],
    "elements": [[REMOTE]],
    "source_elements": [[Element(element_name="S", element_type_name="SequenceTask")]],
    "log_filename": ["mine.log"],
    "timestamp_logs": [False],
    "batch_queue_id": [1],
    "batch_queue_name": ["Night"],
    "user_id": [1],
    "schedule_window_id": [1],
    "schedule_from_time": ["08:00", {"totalSeconds": 0}, 3600],
    "schedule_to_time": ["3:30PM", {"totalSeconds": 3600}],
    "missed_window_action": [MissedWindowAction.CONTINUE],
    "notify_of_missed_window": [True],
    "precheck_job_id": [1],
    "precheck_interval": [60, {"totalSeconds": 60}, "0.00:10"],
    "runaway_elapsed": [60],
    "short_elapsed": [60],
    "fail_short": [True],
    "stalled_time": [60],
    "suppress_notify": [True],
    "set_symbols": [True],
    "use_symbols": [True],
}
"""Values that demand something, of the members that this server does not obey, or not in every case.

A member that stands for a property is refused as long as the registry says that this is not obeyed.
"""

NAMED: dict[str, Callable[[Any], str]] = {
    "properties": lambda value: JOB_PROPERTIES[value[0].property_name].name,
    "parameters": lambda value: f"{_declared(value[0])} of parameter day",
    "elements": lambda value: "RemoteJobDependency Tell",
    "source_elements": lambda value: "SequenceTask S",
}
"""What is named of a member that holds several things."""


def _declared(item: SubmitParam) -> str:
    """The member in which a parameter is declared otherwise than by default, by its published name."""
    plain = SubmitParam(param_name=item.param_name)
    (name,) = (f for f in SubmitParam.__struct_fields__ if getattr(item, f) != getattr(plain, f))
    return wire_name(name)


NOTHING: dict[str, list[Any]] = {
    "submit_id": [0],
    "folder_id": [0],
    "folder_name": ["", "\\"],
    "submitted_by": ["", USER, USER.upper()],
    "properties": [
        [own("RetryCount", 0)],
        [own("RetryCount", None), own("ExecuteAs", ""), own("BatchQueue", {"queueID": 0, "queueName": None})],
        [own("RetryInterval", {"totalSeconds": -1})],
        [PropertyValue(property_name="GoodPattern", property_id=7)],
    ],
    "parameters": [[SubmitParam(param_name="day", param_id=9, prompt="When?", length=0)]],
    "elements": [[], [SILENT_REMOTE]],
    "after_time_utc": [NEVER],
    "log_filename": ["", " "],
    "log_location": [""],
    "retain_time": [0, -1],
    "batch_queue_id": [0, -1],
    "batch_queue_name": [""],
    "user_id": [0],
    "schedule_window_id": [0],
    "schedule_from_time": ["", -1, {"totalSeconds": -1}],
    "schedule_to_time": ["", 0, {"totalSeconds": -1}],
    "precheck_job_id": [0],
    "precheck_interval": [0, {"totalSeconds": -1}],
    "runaway_elapsed": [0, -1, {"totalSeconds": -1}, {"totalSeconds": 0}],
    "short_elapsed": [0, -1],
    "stalled_time": [0, {"totalSeconds": -1}],
    "tags": [[]],
    "tag_ids": [[]],
}
"""Values that demand nothing, as clients send them with whole documents."""

TOLD: dict[str, Any] = {
    "allow_edit_source": True,
    "manage_access": False,
    "submit_is_simple": False,
    "jams_entry": 77,
    "ron": 77,
    "result_text": "It was submitted.",
    "inherited_tag_ids": [1],
    "edit_assembly_name": "Editor",
    "edit_class_name": "Editor",
    "extension": "ps1",
    "not_obeyed": ["KeepLogs: no."],
}
"""What only the server says: sent back, it has no effect."""

OBEYED = {
    "name": "test_every_member_that_names_the_job_is_read",
    "submit_id": "test_every_member_that_names_the_job_is_read",
    "folder_id": "test_every_member_that_names_the_job_is_read",
    "folder_name": "test_every_member_that_names_the_job_is_read",
    "parameters": "test_what_is_said_of_the_entry_is_shown_there",
    "properties": "test_a_property_stands_in_for_the_jobs",
    "after_time_utc": "test_when_it_starts",
    "hold": "test_when_it_starts",
    "override_name": "test_what_is_said_of_the_entry_is_shown_there",
    "description": "test_what_is_said_of_the_entry_is_shown_there",
    "note": "test_what_is_said_of_the_entry_is_shown_there",
    "debug_mode": "test_what_is_said_of_the_entry_is_shown_there",
    "jams_id": "test_what_is_said_of_the_entry_is_shown_there",
    "tag_ids": "test_what_is_said_of_the_entry_is_shown_there",
    "tags": "test_what_is_said_of_the_entry_is_shown_there",
    "scheduling_priority": "test_a_member_stands_for_a_property",
    "log_location": "test_a_member_stands_for_a_property",
    "restartable": "test_whether_it_may_be_restarted",
    "retain_option": "test_how_long_it_stays",
    "retain_time": "test_how_long_it_stays",
    "source": "test_nobody_brings_another_source",
    "test_submit": "test_a_dry_run_tells_what_would_not_be_obeyed",
}
"""The test that shows how a member is obeyed."""


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j", source="echo", parameters=[ParamDef(param_name="day", default_value="monday")])
        made.credential("ada")
        night = Duration(total_seconds=3600)
        window = NamedTime(time_name="Night", start_time=night, end_time=Duration(total_seconds=7200))
        made.write(lambda c: named_times.create(c, window, user=USER))
        made.write(lambda c: queues.create(c, BatchQueue(queue_name="Night"), user=USER))
        yield made


def fill(d: Desk, name: str = "j") -> SubmitInfo:
    return d.read(lambda c: submission_documents.fill(c, jobs.find(c, name=name)))


def enter(d: Desk, info: SubmitInfo, *, lenient: bool = False) -> SubmitResult:
    return d.write(lambda c: submission.enter(c, info, Submitter(USER, lenient=lenient)))


def entered(d: Desk, *, lenient: bool = False, **members: Any) -> Entry:
    return d.entry(enter(d, SubmitInfo(**{"name": "\\j", **members}), lenient=lenient).jams_entry)


def nothing_is_there(d: Desk) -> bool:
    return d.read(entries.find) == []


def test_every_member_is_one_or_the_other() -> None:
    members = set(SubmitInfo.__struct_fields__)
    assert set(OBEYED) | set(REFUSED) | set(TOLD) == members
    assert set(TOLD) == read_only_members(SubmitInfo)
    assert all(callable(globals()[test]) for test in OBEYED.values())


@pytest.mark.parametrize("member", REFUSED)
def test_what_is_not_obeyed_is_refused_or_kept_and_named(d: Desk, member: str) -> None:
    got = fill(d)
    means = MEMBERS[member].means
    obeyed = bool(means) and not JOB_PROPERTIES[means].refusal(Place.SUBMISSION)
    for value in REFUSED[member]:
        for info in (SubmitInfo(name="j", **{member: value}), replace(got, **{member: value})):
            if obeyed:
                entry = d.entry(enter(d, info).jams_entry)
                assert ([p.property_name for p in entry.properties], entry.not_obeyed) == ([means], ())
                continue
            with pytest.raises(NotSupported) as refused:
                enter(d, info)
            assert "is not supported here" in refused.value.message
            before = d.read(entries.find)
            result = enter(d, info, lenient=True)
            assert [e.jams_entry for e in before] == list(range(1, result.jams_entry))
            entry = d.entry(result.jams_entry)
            assert len(entry.not_obeyed) == 1
            assert result.not_obeyed == entry.not_obeyed
            named = entry.not_obeyed[0].partition(":")[0]
            assert named in result.result_text
            assert named == NAMED.get(member, lambda value, member=member: wire_name(member))(value)


def test_what_says_nothing_demands_nothing(d: Desk) -> None:
    got = fill(d)
    for member, values in NOTHING.items():
        for value in values:
            for info in (SubmitInfo(**{"name": "j", member: value}), replace(got, **{member: value})):
                entry = d.entry(enter(d, info).jams_entry)
                assert (entry.not_obeyed, entry.current_state) == ((), EntryState.PENDING), (member, value)


def test_what_the_server_says_has_no_effect_when_it_is_sent_back(d: Desk) -> None:
    plain = entered(d)
    told = entered(d, **TOLD)
    same = ("jams_entry", "ron", "scheduled_time_utc")
    assert replace(told, **{name: getattr(plain, name) for name in same}) == plain


def test_what_is_left_at_its_default_demands_nothing(d: Desk) -> None:
    """Clients send every member, those that they do not know of as null, empty or 0."""
    whole = msgspec.to_builtins(SubmitInfo(name="j"))
    for spans in ({"totalSeconds": -1}, -1, 0, ""):
        times = ("scheduleFromTime", "scheduleToTime", "precheckInterval", "runawayElapsed", "stalledTime")
        info = msgspec.convert({**whole, **dict.fromkeys(times, spans)}, SubmitInfo)
        assert d.entry(enter(d, info).jams_entry).not_obeyed == ()


def test_what_was_got_can_be_sent_back(d: Desk) -> None:
    d.folder("\\f", properties=[own("ExecutionPriority", 2), own("LogLocation", "/l")], lenient=True)
    d.job(
        "\\f\\k",
        lenient=True,
        parameters=[ParamDef(param_name="n", data_type=DataType.INTEGER, length=4, required=True,
                             default_value="1", prompt="N?", validation_data="1..9",
                             validation_type=ValidationType.RANGE)],
        properties=[own("KeepLogs", False), own("RunawayElapsed", "0.00:10"), own("RetainOption", "Timed"),
                    own("RetainTime", "0.00:01"), own("Restartable", False),
                    own("SchedulingPriority", 3), own("Agent", "localhost")],
        elements=[REMOTE],
        tags=[Tag(tag_name="t")],
    )  # fmt: skip
    info = fill(d, "k")
    assert (info.retain_option, info.retain_time, info.restartable) == (RetainOption.TIMED, 60, False)
    entry = d.entry(enter(d, info).jams_entry)
    short = d.entry(d.submit("k"))
    apart = ("jams_entry", "ron", "scheduled_time_utc", "parameters")
    assert replace(short, **{name: getattr(entry, name) for name in apart}) == entry
    assert [p.value for p in short.parameters] == [p.value for p in entry.parameters] == ["1"]
    again = msgspec.json.decode(msgspec.json.encode(info), type=SubmitInfo)
    assert d.entry(enter(d, again).jams_entry).not_obeyed == entry.not_obeyed


def test_what_of_the_definition_is_not_obeyed_is_told(d: Desk) -> None:
    d.folder("\\f", properties=[own("ExecutionPriority", 2)], elements=[REMOTE], lenient=True)
    d.job("\\f\\k", properties=[own("KeepLogs", False)], lenient=True)
    named = ["ExecutionPriority", "KeepLogs", "RemoteJobDependency Tell"]
    assert sorted(each.partition(":")[0] for each in fill(d, "k").not_obeyed) == named
    result = enter(d, SubmitInfo(name="k"))
    entry = d.entry(result.jams_entry)
    assert sorted(each.partition(":")[0] for each in entry.not_obeyed) == named
    assert result.not_obeyed == entry.not_obeyed
    assert all(each in result.result_text for each in named)
    hidden = d.write(lambda c: submission.enter(c, SubmitInfo(name="k"), Submitter(USER, sees=False)))
    told = hidden.result_text + "".join(hidden.not_obeyed)
    assert len(hidden.not_obeyed) == 1
    assert not any(each in told for each in named)
    sight = Sight(definitions=False)
    (shown,) = d.read(lambda c: entries.as_seen(c, [entry], sight))
    assert shown.not_obeyed == hidden.not_obeyed


def test_every_member_that_names_the_job_is_read(d: Desk) -> None:
    d.folder("\\f")
    first = d.read(lambda c: jobs.find(c, name="\\j"))
    other = d.job("\\f\\j")
    folder = d.read(lambda c: jobs.row(c, other)).folder_id
    for members in (
        {"name": "\\F\\J"},
        {"name": "f\\j"},
        {"name": "J", "folder_name": "\\f"},
        {"name": "j", "folder_name": "F"},
        {"submit_id": other},
        {"submit_id": other, "name": "j", "folder_id": folder},
        {"submit_id": other, "name": "\\f\\j", "folder_name": "\\f", "folder_id": folder},
    ):
        assert d.entry(enter(d, SubmitInfo(**members)).jams_entry).job_id == other
    for member, members in (
        ("name", {"submit_id": first, "name": "\\f\\j"}),
        ("name", {"submit_id": first, "name": "k"}),
        ("folderName", {"submit_id": first, "folder_name": "\\f"}),
        ("folderName", {"name": "\\f\\j", "folder_name": "\\"}),
        ("folderID", {"name": "\\f\\j", "folder_id": 1}),
    ):
        with pytest.raises(InvalidArgument) as refused:
            enter(d, SubmitInfo(**members))
        assert refused.value.member == member
    with pytest.raises(JobNotFound):
        enter(d, SubmitInfo(name="k", folder_name="\\f"))


def test_what_is_said_of_the_entry_is_shown_there(d: Desk) -> None:
    said: dict[str, Any] = {
        "description": "This time.",
        "note": "Why.",
        "jams_id": "5c6c1f0e-0000-4000-8000-000000000000",
        "tag_ids": [3],
        "tags": [Tag(tag_id=3, tag_name="t")],
    }
    given = [SubmitParam(param_name="DAY", param_value="friday")]
    entry = entered(d, override_name="Other", debug_mode=True, parameters=given, **said)
    assert (entry.display_name, entry.debug) == ("Other", True)
    assert [(p.param_name, p.value, p.parameter_origin) for p in entry.parameters] == [
        ("day", "friday", ParameterOrigin.JOB)
    ]
    shown = {name: getattr(entry, name) for name in said}
    assert shown == {**said, "tag_ids": (3,), "tags": (Tag(tag_id=3, tag_name="t"),)}


def test_when_it_starts(d: Desk) -> None:
    assert entered(d, hold=True).current_state is EntryState.HELD
    entry = entered(d, after_time_utc=LATER)
    assert (entry.current_state, entry.hold_time_utc) == (EntryState.TIMED, LATER)


def test_a_property_stands_in_for_the_jobs(d: Desk) -> None:
    number = entered(d, properties=[own("homedirectory", "/h"), own("RetainOption", "always")]).jams_entry
    row = d.write(lambda c: entries.locked(c, number))
    assert (row.rest.home_directory, row.rest.retain_option) == ("/h", RetainOption.ALWAYS)
    for wrong, error in (
        ([own("Bogus", 1)], UnknownProperty),
        ([own("GoodPattern", "x")], UnknownProperty),
        ([own("RetainOption", "Sometimes")], InvalidProperty),
        ([own("HomeDirectory", "/"), own("HOMEDIRECTORY", "/")], InvalidProperty),
    ):
        for lenient in (False, True):
            with pytest.raises(error):
                entered(d, properties=wrong, lenient=lenient)


def test_a_member_stands_for_a_property(d: Desk) -> None:
    d.job("\\k", properties=[own("LogLocation", "/l"), own("SchedulingPriority", 5)])

    def made(**members: Any) -> tuple[str | None, int]:
        number = enter(d, replace(fill(d, "k"), **members)).jams_entry
        row = d.write(lambda c: entries.locked(c, number))
        return row.rest.log_location, row.priority

    assert made() == ("/l", 5)
    assert made(log_location="/m", scheduling_priority=7) == ("/m", 7)
    assert made(properties=[own("LogLocation", "/m"), own("SchedulingPriority", 7)]) == ("/m", 7), (
        "a member that was filled in does not undo what was set as a property"
    )
    assert made(log_location="/m", properties=[own("LogLocation", "/l")]) == ("/m", 5)
    assert made(log_location="/m", properties=[own("LogLocation", "/m")]) == ("/m", 5)
    with pytest.raises(InvalidArgument) as refused:
        made(log_location="/m", properties=[own("LogLocation", "/n")])
    assert refused.value.member == "logLocation"


def ended(d: Desk, entry: Entry, code: int = 0) -> timedelta | None:
    """Let the entry have run; how long it stays in the monitor from its end."""
    token = f"t{entry.jams_entry}"
    d.claim(entry.jams_entry, token)
    now = datetime(2026, 11, 28, tzinfo=UTC)
    end = RunEnded(
        token=token,
        jams_entry=entry.jams_entry,
        outcome=RunOutcome.EXITED,
        completion_time_utc=now,
        exit_code=code,
    )
    d.write(lambda c: settlement.settle(c, [end], {}, keep=timedelta(hours=1)))
    until = d.write(lambda c: entries.locked(c, entry.jams_entry)).retain_until
    return None if until is None else until - now


def test_whether_it_may_be_restarted(d: Desk) -> None:
    d.job("\\once", properties=[own("Restartable", False)])
    cases = (("j", None, True), ("j", False, False), ("once", None, False), ("once", True, True))
    for name, said, may in cases:
        entry = entered(d, name=name, restartable=said)
        ended(d, entry)
        restart = lambda c, entry=entry: actions.restart(c, entry.jams_entry, USER, Restart())  # noqa: E731
        if may:
            d.write(restart)
        else:
            with pytest.raises(WrongState):
                d.write(restart)


def test_how_long_it_stays(d: Desk) -> None:
    d.job("\\timed", properties=[own("RetainOption", "Timed"), own("RetainTime", "0.00:01")])
    for name, members, code, stays in (
        ("j", {}, 0, timedelta(hours=1)),
        ("j", {"retain_option": RetainOption.TIMED, "retain_time": 5}, 0, timedelta(seconds=5)),
        ("j", {"retain_option": RetainOption.TIMED, "retain_time": 0}, 0, timedelta()),
        ("j", {"retain_option": RetainOption.NEVER}, 0, timedelta()),
        ("j", {"retain_option": RetainOption.ALWAYS}, 0, None),
        ("j", {"retain_option": RetainOption.ERROR}, 0, timedelta()),
        ("j", {"retain_option": RetainOption.ERROR}, 1, None),
        ("timed", {}, 0, timedelta(minutes=1)),
        ("timed", {"retain_time": 5}, 0, timedelta(seconds=5)),
        ("timed", {"retain_option": RetainOption.ALWAYS}, 0, None),
        ("timed", {"properties": [own("RetainTime", {"totalSeconds": 9})]}, 0, timedelta(seconds=9)),
    ):
        entry = entered(d, name=name, **members)
        assert entry.retain_time == (members.get("retain_time") or entry.retain_time)
        assert ended(d, entry, code) == stays, (name, members)
        assert d.entry(entry.jams_entry).final_severity is (Severity.ERROR if code else Severity.SUCCESS)
    d.job("\\warns", properties=[own("ExitCodeHandling", "MessageCode"), own("RetainOption", "Error")])
    warns = entered(d, name="warns")
    assert ended(d, warns, -(1 << 31)) is None
    assert d.entry(warns.jams_entry).final_severity is Severity.WARNING
    with pytest.raises(MissingArgument):
        entered(d, retain_option=RetainOption.TIMED)
    with pytest.raises(InvalidArgument):
        entered(d, retain_time=5)
    with pytest.raises(InvalidArgument):
        entered(d, name="timed", retain_option=RetainOption.NEVER, retain_time=5)


def test_nobody_brings_another_source(d: Desk) -> None:
    assert entered(d, source="echo").source == "echo"
    for lenient in (False, True):
        with pytest.raises(InvalidArgument):
            entered(d, source="rm", lenient=lenient)


def test_a_dry_run_tells_what_would_not_be_obeyed(d: Desk) -> None:
    info = SubmitInfo(name="j", test_submit=True, use_symbols=True)
    with pytest.raises(NotSupported):
        enter(d, info)
    result = enter(d, info, lenient=True)
    assert (result.jams_entry, len(result.not_obeyed)) == (0, 1)
    assert nothing_is_there(d)


@pytest.mark.parametrize("member", ["elements", "source_elements"])
def test_elements_are_of_known_types(d: Desk, member: str) -> None:
    for lenient in (False, True):
        with pytest.raises(UnknownElementType):
            entered(d, lenient=lenient, **{member: [Element(element_name="e", element_type_name="Sendmail")]})
        with pytest.raises(MissingArgument):
            entered(d, lenient=lenient, **{member: [Element(element_name="e")]})


def test_a_span_that_is_none_is_refused(d: Desk) -> None:
    for value in ("8:3x", {"totalSeconds": "soon"}, {"seconds": 5}):
        with pytest.raises(InvalidArgument) as refused:
            entered(d, schedule_from_time=value, lenient=True)
        assert refused.value.member == "scheduleFromTime"


def test_members_of_a_parameter_are_one_or_the_other() -> None:
    """What declares a parameter is the job's to say; see REFUSED."""
    told = read_only_members(SubmitParam)
    refused = {snake_name(_declared(item)) for (item,) in REFUSED["parameters"]}
    assert told | refused | {"param_name", "param_value"} == set(SubmitParam.__struct_fields__)


def test_what_is_named_is_there(d: Desk) -> None:
    """An entry would wait for ever for a queue that there is not."""
    for members, error in (
        ({"batch_queue_name": "Nowhere"}, QueueNotFound),
        ({"batch_queue_id": 77}, QueueNotFound),
        ({"properties": [own("BatchQueue", {"queueName": "Nowhere"})]}, QueueNotFound),
        ({"schedule_window_id": 77}, NamedTimeNotFound),
        ({"precheck_job_id": 77}, JobNotFound),
        ({"properties": [own("Agent", "nowhere")]}, AgentNotFound),
    ):
        with pytest.raises(error):
            entered(d, **members)
    assert nothing_is_there(d)
