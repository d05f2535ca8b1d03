from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from jams.database import definition_stamps, entries, folders, jobs, variables
from jams.objects.base import NEVER
from jams.objects.definitions import Variable
from jams.objects.enums import (
    DataType,
    EntryState,
    InheritedFromType,
    ParameterOrigin,
    RetainOption,
    ValidationType,
)
from jams.objects.errors import (
    Conflict,
    InvalidArgument,
    InvalidName,
    InvalidParameter,
    JAMSError,
    JobNotFound,
    MissingArgument,
    WrongState,
)
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.patch import stated
from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitParam
from jams.scheduler import submission, submission_documents
from tests.support.schedule import USER, Desk


def fill(d: Desk, name: str) -> SubmitInfo:
    return d.read(lambda c: submission_documents.fill(c, jobs.find(c, name=name)))


def values(d: Desk, number: int) -> dict[str, str | None]:
    return {p.param_name: p.value for p in d.entry(number).parameters}


def own(name: str, value: Any) -> PropertyValue:
    return PropertyValue(property_name=name, current_value=value)


def test_the_filled_in_document_can_be_sent_back(d: Desk) -> None:
    d.folder("\\Sales", properties=[own("SchedulingPriority", 3)], parameters=[ParamDef(param_name="region")])
    d.job(
        "\\Sales\\Load",
        source="echo",
        description="Loads",
        parameters=[ParamDef(param_name="day", default_value="monday", required=True)],
        properties=[own("SchedulingPriority", 4), own("LogLocation", "/logs")],
    )
    info = fill(d, "Load")
    assert (info.name, info.source, info.description) == ("\\Sales\\Load", "echo", "Loads")
    assert (info.scheduling_priority, info.log_location) == (7, "/logs")
    assert [(p.param_name, p.param_value, p.parameter_origin) for p in info.parameters] == [
        ("region", None, ParameterOrigin.FOLDER),
        ("day", "monday", ParameterOrigin.JOB),
    ]
    entry = d.entry(d.enter(lambda c: info))
    assert (entry.name, entry.scheduling_priority) == ("\\Sales\\Load", 7)
    assert {p.param_name: p.value for p in entry.parameters} == {"region": None, "day": "monday"}


def test_documents_handed_out_are_copies(d: Desk) -> None:
    d.job("\\j", parameters=[ParamDef(param_name="p", default_value="1")])
    info = fill(d, "j")
    info.parameters[0].param_value = "2"
    info.parameters[0].required = True
    assert fill(d, "j").parameters[0].param_value == "1"
    assert values(d, d.submit("j")) == {"p": "1"}


def test_short_form(d: Desk) -> None:
    d.job("\\j", parameters=[ParamDef(param_name="n", data_type=DataType.INTEGER), ParamDef(param_name="b")])
    later = datetime.now(UTC) + timedelta(hours=1)
    number = d.submit(
        "j", parameters={"N": 5, "b": None}, after=later, override_name="Now", note="why", priority=-2
    )
    entry = d.entry(number)
    assert {p.param_name: (p.value, p.loaded_from) for p in entry.parameters} == {
        "n": ("5", "Submit"),
        "b": (None, "Default"),
    }
    assert (entry.display_name, entry.note, entry.scheduling_priority) == ("Now", "why", -2)
    assert (entry.current_state, entry.hold_time_utc, entry.scheduled_time_utc) == (
        EntryState.TIMED,
        later,
        later,
    )


def test_numbers_grow(d: Desk) -> None:
    d.job("\\j")
    results = [
        d.write(lambda c: submission.enter(c, SubmitInfo(name="j"), submission.Submitter(USER)))
        for _ in range(3)
    ]
    assert [(r.jams_entry, r.ron) for r in results] == [(1, 1), (2, 2), (3, 3)]
    assert results[0].result_text == "\\j was submitted as entry 1."


@pytest.mark.parametrize(
    ("members", "state"),
    [
        ({}, EntryState.PENDING),
        ({"hold": True}, EntryState.HELD),
        ({"after_time_utc": datetime(2020, 1, 1, tzinfo=UTC)}, EntryState.PENDING),
        ({"after_time_utc": NEVER}, EntryState.PENDING),
        ({"after_time_utc": datetime(2999, 1, 1, tzinfo=UTC)}, EntryState.TIMED),
        ({"after_time_utc": datetime(2999, 1, 1, tzinfo=UTC), "hold": True}, EntryState.HELD),
    ],
)
def test_first_state(d: Desk, members: dict[str, Any], state: EntryState) -> None:
    d.job("\\j")
    assert d.entry(d.enter(lambda c: SubmitInfo(name="j", **members))).current_state is state


@pytest.mark.parametrize(
    ("document", "error", "member"),
    [
        (SubmitInfo(), MissingArgument, "name"),
        (SubmitInfo(name="none"), JobNotFound, None),
        (SubmitInfo(submit_id=99), JobNotFound, None),
        (SubmitInfo(name="two"), Conflict, None),
        (SubmitInfo(name="off"), WrongState, None),
        (SubmitInfo(name="j", source="rm -rf /"), InvalidArgument, "source"),
        (SubmitInfo(name="j", override_name="a\\b"), InvalidName, "overrideName"),
        (SubmitInfo(name="j", parameters=[SubmitParam(param_name="other")]), InvalidParameter, "other"),
        (SubmitInfo(name="j", parameters=[SubmitParam(param_name=n) for n in "pP"]), InvalidParameter, "P"),
        (
            SubmitInfo(name="j", properties=[own("SchedulingPriority", "high")]),
            InvalidArgument,
            "properties",
        ),
        (SubmitInfo(name="j", scheduling_priority=2**31), InvalidArgument, "schedulingPriority"),
        (SubmitInfo(name="needs"), MissingArgument, "r"),
        (
            SubmitInfo(name="needs", parameters=[SubmitParam(param_name="r", param_value="")]),
            MissingArgument,
            "r",
        ),
    ],
)
def test_what_cannot_be_submitted(
    d: Desk, document: SubmitInfo, error: type[JAMSError], member: str | None
) -> None:
    d.folder("\\f")
    d.job("\\two")
    d.job("\\f\\two")
    d.job("\\off", properties=[own("Enabled", False)])
    d.job("\\needs", parameters=[ParamDef(param_name="r", required=True)])
    d.job("\\j", parameters=[ParamDef(param_name="p")])
    with pytest.raises(error) as caught:
        d.enter(lambda c: document)
    if member is not None:
        assert caught.value.member == member
    assert d.read(entries.find) == []
    assert d.submit("j") == 1, "a refused submission uses no number"


def test_a_disabled_folder_disables_unless_the_job_or_the_submission_says_otherwise(d: Desk) -> None:
    d.folder("\\f", properties=[own("Enabled", False)])
    d.job("\\f\\a")
    d.job("\\f\\b", properties=[own("Enabled", True)])
    with pytest.raises(WrongState):
        d.submit("a")
    d.submit("b")
    d.enter(lambda c: SubmitInfo(name="a", properties=[own("Enabled", True)]))


def test_properties_that_count(d: Desk) -> None:
    d.folder("\\f", properties=[own("HomeDirectory", "/f"), own("LogLocation", "/lf")])
    d.job("\\f\\j", properties=[own("HomeDirectory", "/j"), own("SchedulingPriority", 5)])

    def rest(**members: Any) -> tuple[str | None, str | None, int]:
        number = d.enter(lambda c: SubmitInfo(name="j", **members))
        row = d.write(lambda c: entries.locked(c, number))
        found = row.rest
        return found.home_directory, found.log_location, row.priority

    assert rest() == ("/j", "/lf", 5)
    assert rest(log_location="/s", scheduling_priority=9) == ("/j", "/s", 9)
    assert rest(properties=[own("HomeDirectory", "/p"), own("SchedulingPriority", 0)]) == ("/p", "/lf", 0)


def test_parameters_come_down_from_folders(d: Desk) -> None:
    d.folder(
        "\\f",
        parameters=[ParamDef(param_name="a", default_value="f"), ParamDef(param_name="b", default_value="f")],
    )
    d.folder("\\f\\g", parameters=[ParamDef(param_name="B", default_value="g")])
    d.job("\\f\\g\\j", parameters=[ParamDef(param_name="c", default_value="j")])
    assert values(d, d.submit("j")) == {"a": "f", "B": "g", "c": "j"}
    assert values(d, d.submit("j", parameters={"A": "s", "C": "s"})) == {"a": "s", "B": "g", "c": "s"}


def test_a_linked_variable_replaces_the_default(d: Desk) -> None:
    d.folder("\\f")
    made = d.write(
        lambda c: variables.create(
            c, Variable(variable_name="v", parent_folder_name="\\f", value="1"), user=USER
        )
    )
    link = ParamDef(param_name="p", default_value="0", variable_name="v", variable_name_is_relative=True)
    d.job("\\f\\j", parameters=[link])
    assert values(d, d.submit("j")) == {"p": "1"}
    d.write(lambda c: variables.set_value(c, made.variable_id or 0, "2", user=USER))
    assert values(d, d.submit("j")) == {"p": "2"}


def test_every_change_of_a_definition_is_seen_at_once(d: Desk) -> None:
    """Submissions keep what they derive; a change, also one that is undone, must not be mistaken for it."""
    d.folder("\\f")
    id = d.job("\\f\\j", source="1")
    assert d.entry(d.submit("j")).source == "1"

    def change(source: str) -> None:
        document = d.read(lambda c: jobs.get(c, id))
        d.write(lambda c: jobs.change(c, stated(replace(document, source=source)), user=USER))

    def change_and_fail(c: Any) -> None:
        jobs.change(c, stated(replace(jobs.get(c, id), source="undone")), user=USER)
        submission.enter(c, SubmitInfo(name="j"), submission.Submitter(USER))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        d.write(change_and_fail)
    assert d.entry(d.submit("j")).source == "1"
    change("2")
    assert d.entry(d.submit("j")).source == "2"
    folder = d.read(lambda c: folders.get(c, folders.find(c, name="\\f")))
    d.write(lambda c: folders.change(c, stated(replace(folder, folder_name="g")), user=USER))
    assert d.entry(d.submit("j")).name == "\\g\\j"
    with pytest.raises(JobNotFound):
        d.submit("\\f\\j")
    d.job("\\j", source="3")
    with pytest.raises(Conflict):
        d.submit("j")


def test_stamps_never_repeat(d: Desk) -> None:
    stamps = []
    for _ in range(3):
        d.write(definition_stamps.changed)
        stamps.append(d.read(definition_stamps.stamp))
    assert len(set(stamps)) == 3


def test_test_submit_checks_and_makes_nothing(d: Desk) -> None:
    d.job("\\j", parameters=[ParamDef(param_name="r", required=True)])
    good = SubmitInfo(name="j", test_submit=True, parameters=[SubmitParam(param_name="r", param_value="1")])
    result = d.write(lambda c: submission.enter(c, good, submission.Submitter(USER)))
    assert (result.jams_entry, result.result_text) == (0, "\\j can be submitted so.")
    with pytest.raises(MissingArgument):
        d.enter(lambda c: SubmitInfo(name="j", test_submit=True))
    with pytest.raises(InvalidArgument):
        d.enter(lambda c: replace(good, scheduling_priority=2**40))
    assert d.read(entries.find) == []
    made = d.write(
        lambda c: submission.enter(c, replace(good, test_submit=False), submission.Submitter(USER))
    )
    assert (made.jams_entry, made.ron) == (1, 1), "a dry run uses up no number"


def param(kind: DataType = DataType.TEXT, **members: Any) -> ParamDef:
    return ParamDef(param_name="p", data_type=kind, **members)


SELECT = {"validation_type": ValidationType.SELECT, "validation_data": "Red, Green ,Blue"}
RANGE = {"validation_type": ValidationType.RANGE}
REGEX = {"validation_type": ValidationType.REGEX}


@pytest.mark.parametrize(
    ("definition", "given", "kept"),
    [
        (param(DataType.INTEGER), "07", "7"),
        (param(DataType.BOOLEAN), "no", "False"),
        (param(DataType.DATE), "2026-12-31", "2026-12-31"),
        (param(uppercase=True), "abc", "ABC"),
        (param(length=3), "abc", "abc"),
        (param(length=3, must_fill=True), "abc", "abc"),
        (param(length=3, must_fill=True), "", ""),
        (param(**SELECT), "green", "Green"),
        (param(DataType.INTEGER, validation_data="1..10", **RANGE), "10", "10"),
        (param(DataType.INTEGER, validation_data="-5 - 5", **RANGE), "-5", "-5"),
        (param(DataType.DATE, validation_data="2026-01-01,2026-12-31", **RANGE), "2026-06-01", "2026-06-01"),
        (param(validation_data="a..m", **RANGE), "K", "K"),
        (param(validation_data=r"\d{3}", **REGEX), "123", "123"),
    ],
)
def test_values_that_are_allowed(d: Desk, definition: ParamDef, given: str, kept: str) -> None:
    d.job("\\j", parameters=[definition])
    assert values(d, d.submit("j", parameters={"p": given})) == {"p": kept}


@pytest.mark.parametrize(
    ("definition", "given"),
    [
        (param(DataType.INTEGER), "x"),
        (param(DataType.INTEGER), "1_0"),
        (param(DataType.INTEGER), "9" * 5000),
        (param(DataType.FLOAT), "x"),
        (param(DataType.BOOLEAN), "x"),
        (param(DataType.DATE), "32.12.2026"),
        (param(length=3), "abcd"),
        (param(length=3, must_fill=True), "ab"),
        (param(), "a\0b"),
        (param(**SELECT), "Yellow"),
        (param(DataType.INTEGER, validation_data="1..10", **RANGE), "11"),
        (param(DataType.DATE, validation_data="2026-01-01..2026-12-31", **RANGE), "2027-01-01"),
        (
            param(DataType.DATE_TIME, validation_data="2026-01-01..2026-12-31", **RANGE),
            "2027-01-01T00:00:00Z",
        ),
        (param(validation_data=r"\d{3}", **REGEX), "1234"),
        (param(validation_data=r"(a+)+$", **REGEX), "a" * 60 + "b"),
    ],
)
def test_values_that_are_not(d: Desk, definition: ParamDef, given: str) -> None:
    d.job("\\j", parameters=[definition])
    with pytest.raises(InvalidParameter) as caught:
        d.submit("j", parameters={"p": given})
    assert caught.value.member == "p"
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    "definition",
    [
        param(validation_data="(", **REGEX),
        param(validation_data="", **RANGE),
        param(DataType.INTEGER, validation_data="a..b", **RANGE),
        param(validation_type=ValidationType.SELECT),
        param(DataType.INTEGER, default_value="x"),
        param(default_value="Yellow", **SELECT),
    ],
)
def test_definitions_that_cannot_be_kept(d: Desk, definition: ParamDef) -> None:
    with pytest.raises(InvalidParameter):
        d.job("\\j", parameters=[definition])


def test_retain_options_are_kept(d: Desk) -> None:
    d.job("\\j")
    number = d.enter(lambda c: SubmitInfo(name="j", retain_option=RetainOption.TIMED, retain_time=60))
    assert d.entry(number).retain_time == 60


def test_short_form_in_a_document(d: Desk) -> None:
    short = SubmitJob(name="j", parameters={"a": True, "b": 1.5})
    info = submission_documents.from_short(short)
    assert [(p.param_name, p.param_value) for p in info.parameters] == [("a", "True"), ("b", "1.5")]
    short = SubmitJob(name="j", priority=0, agent="win1")
    info = submission_documents.from_short(short)
    given = {p.property_name: p.current_value for p in info.properties}
    assert given == {"SchedulingPriority": 0, "Agent": "win1"}


def test_properties_are_offered_with_their_origin(d: Desk) -> None:
    d.job("\\j", properties=[own("HomeDirectory", "/srv")])
    offered = {p.property_name: p for p in fill(d, "j").properties}
    home = offered["HomeDirectory"]
    assert (home.current_value, home.default_value) == (None, "/srv")
    assert (home.inherited_from_type, home.inherited_from_name) == (InheritedFromType.JOB, "\\j")
