"""What members of setups and sequences are given, and what is refused of their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.database import jobs
from jams.objects.definitions import Job, Variable
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.errors import CircularDependency, InvalidArgument, JAMSError, NotSupported
from jams.objects.parts import ParamDef
from jams.objects.patch import patch_of
from jams.objects.schedule import Release
from jams.scheduler import actions, deletion
from tests.support.containers import member, named, sequence, setup, task
from tests.support.engine import World, element, values, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "jams.db") as made:
        for name in "abc":
            made.job(f"\\{name}")
        yield made


def test_parameters_come_from_the_submission_then_the_member_then_the_setup(w: World) -> None:
    parameters = [ParamDef(param_name=name, default_value=f"job {name}") for name in ("P", "Q", "R", "T")]
    w.job("\\p", parameters=parameters)
    own = [ParamDef(param_name=name, default_value=f"setup {name}") for name in ("P", "Q", "R")]
    setup(
        w,
        "\\s",
        member("\\p", 1, uid="m"),
        task("JobParameter", above="m", ParameterName="P", Value="member P"),
        task("JobParameter", above="m", ParameterName="Q", Value="member Q"),
        parameters=own,
    )
    w.submit("s", parameters={"P": "given P"})
    w.turns()
    given = {each.param_name: each.value for each in w.entry(named(w, "p")).parameters}
    assert given == {"P": "given P", "Q": "member Q", "R": "setup R", "T": "job T"}


def test_a_member_takes_dates_of_the_day_of_its_setup_and_values_of_variables(w: World) -> None:
    from jams.database import variables
    from jams.objects.enums import DataType

    w.job(
        "\\p",
        parameters=[ParamDef(param_name="DAY", data_type=DataType.DATE), ParamDef(param_name="V")],
    )
    w.write(lambda c: variables.create(c, Variable(variable_name="v", value="seven"), user="ada"))
    setup(
        w,
        "\\s",
        member("\\p", 1, uid="m"),
        task("JobParameter", above="m", ParameterName="DAY", Value="YESTERDAY"),
        task("JobParameter", above="m", ParameterName="V", VariableName="\\v"),
    )
    w.submit("s")
    w.turns()
    given = {each.param_name: each.value for each in w.entry(named(w, "p")).parameters}
    assert given == {"DAY": "2027-02-28", "V": "seven"}


def test_a_member_waits_in_the_queue_that_its_setup_says(w: World) -> None:
    w.queue("Q", 0)
    setup(w, "\\s", member("\\a", 1, BatchQueueName="Q"))
    w.submit("s")
    w.turns()
    assert w.state(named(w, "a")) is EntryState.RESOURCE_WAIT
    assert "Queue Q" in w.told(named(w, "a"))


def test_a_member_is_submitted_on_its_days_alone(w: World) -> None:
    """2027-03-01 is a Monday."""
    setup(
        w,
        "\\s",
        member("\\a", 1, OnlySubmitOn="TUESDAY"),
        member("\\b", 1, ExceptForDate="MONDAY"),
        member("\\c", 2, OnlySubmitOn="MONDAY"),
    )
    number = w.submit("s")
    w.after(minutes=3)
    assert [run.job for run in w.runs] == ["c"]
    assert w.entry(number).final_severity is Severity.SUCCESS


def test_a_member_for_another_day_waits_for_it(w: World) -> None:
    setup(w, "\\s", member("\\a", 1, ScheduleForDate="TOMORROW", ScheduledTime="03:30"))
    w.submit("s")
    w.turns()
    entry = w.entry(named(w, "a"))
    assert entry.current_state is EntryState.TIMED
    assert entry.todays_date == "2027-03-02"


def test_s13_a_member_whose_job_goes_halts_its_step_and_not_the_one_before(w: World) -> None:
    """The setup halts with that reason, and passes nothing over in silence."""
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    number = w.submit("s")
    w.turns()

    def gone(c: Any) -> None:
        id = jobs.find(c, name="b")
        deletion.end_waiting(c, id, "ada")
        jobs.delete(c, id, force=True)

    w.write(gone)
    w.turns()
    assert not w.entry(number).halted
    w.after(minutes=3)
    whole = w.entry(number)
    assert (whole.halted, whole.current_step) == (True, 2)
    b = w.entry(named(w, "b"))
    assert (b.final_severity, b.final_status) == (Severity.ERROR, "Its job was deleted.")
    assert "b (entry" in w.told(number)


def test_a_member_whose_job_is_gone_before_ends_with_the_reason_at_its_turn(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    number = w.submit("s", hold=True)
    w.write(lambda c: jobs.delete(c, jobs.find(c, name="b"), force=True))
    w.act(actions.release, number, Release())
    w.turns()
    assert w.state(named(w, "b")) is EntryState.STEP_WAIT
    w.after(minutes=3)
    b = w.entry(named(w, "b"))
    assert (b.final_severity, b.final_status) == (Severity.FATAL, "There is no job \\b.")
    assert w.entry(number).halted
    w.act(actions.release, number, Release(release_types=[ReleaseType.HALTED_SETUP]))
    w.after(minutes=3)
    assert w.entry(number).final_severity is Severity.FATAL


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ([member("\\a")], "needs the property Step"),
        ([member("\\a", 1, uid="x"), member("\\b", 2, uid="X")], "Two tasks have the elementUid"),
        ([task("SequenceTask", "x")], "A setup has steps"),
        ([member("\\a", 1), task("JobParameter", ParameterName="P", Value="x")], "says no task"),
        (
            [member("\\a", 1, uid="x"), task("JobParameter", above="x", ParameterName="P")],
            "by Value or by VariableName",
        ),
        ([member("\\a", 1, ParentTaskID="y")], "lies in no other task"),
    ],
)
def test_a_setup_that_does_not_fit_together_is_refused(w: World, elements: Any, message: str) -> None:
    with pytest.raises(InvalidArgument, match=message) as caught:
        setup(w, "\\s", *elements)
    assert caught.value.member == "sourceElements"


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ([member("\\a", 1)], "steps belong to setups"),
        ([member("\\a", ParentTaskID="nowhere")], "a task that is not there: nowhere"),
        ([member("\\a", uid="x"), member("\\b", ParentTaskID="x")], "cannot lie in a SubmitJobTask"),
        (
            [task("SequenceTask", "x", "y"), task("ParallelTask", "y", "x")],
            "at most 50 deep, and none in itself",
        ),
    ],
)
def test_a_sequence_that_does_not_fit_together_is_refused(w: World, elements: Any, message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        sequence(w, "\\s", *elements)


@pytest.mark.parametrize(
    ("property_name", "value"), [("BatchQueue", "Q"), ("Agent", "localhost"), ("RetryCount", 2)]
)
def test_what_only_a_run_can_obey_is_refused_of_a_setup(w: World, property_name: str, value: Any) -> None:
    w.queue("Q", 1)
    with pytest.raises(NotSupported, match="say it of its members"):
        setup(w, "\\s", member("\\a", 1), properties=values(**{property_name: value}))


def test_tasks_of_a_job_that_is_no_sequence_are_refused(w: World) -> None:
    with pytest.raises(NotSupported, match="Tasks are run by jobs of the methods Sequence and Setup"):
        w.job("\\j", source_elements=[member("\\a")])


def test_a_setup_has_no_source(w: World) -> None:
    with pytest.raises(InvalidArgument, match="no source"):
        w.job("\\s", "echo", method_name="Setup", source_elements=[member("\\a", 1)])


def test_a_setup_in_itself_is_refused_with_the_way(w: World) -> None:
    with pytest.raises(CircularDependency, match=r"\\s → \\s"):
        setup(w, "\\s", member("\\s", 1))
    setup(w, "\\inner", member("\\a", 1))
    setup(w, "\\outer", member("\\inner", 1))
    with pytest.raises(CircularDependency, match=r"\\inner → \\outer → \\inner"):
        patch = patch_of(Job)(source_elements=[member("\\outer", 1)])
        w.write(lambda c: jobs.change(c, patch, name="\\inner", user="ada"))


def test_a_job_that_would_wait_for_the_setup_of_which_it_is_a_member_is_refused(w: World) -> None:
    """S17 (d): Y depends on X, the setup S has Y, and X is to depend on S."""
    w.job("\\x")
    w.job("\\y", elements=[element("JobDependency", DependsOnJob="\\x")])
    setup(w, "\\s", member("\\y", 1))
    with pytest.raises(CircularDependency, match=r"\\x → \\s → \\y → \\x"):
        patch = patch_of(Job)(elements=[element("JobDependency", DependsOnJob="\\s")])
        w.write(lambda c: jobs.change(c, patch, name="\\x", user="ada"))


def test_a_setup_that_was_kept_in_itself_halts_rather_than_grow(w: World) -> None:
    setup(w, "\\s", member("\\a", 1))
    patch = patch_of(Job)(source_elements=[member("\\s", 1)])
    w.write(lambda c: jobs.change(c, patch, name="\\s", user="ada", lenient=True))
    number = w.submit("s")
    w.after(minutes=5)
    assert w.entry(number).halted
    assert w.numbers("s") == [number, number + 1]
    assert w.entry(number + 1).final_status == "\\s contains itself."


def test_a_member_in_use_is_not_deleted(w: World) -> None:
    setup(w, "\\s", member("\\a", 1))
    with pytest.raises(JAMSError, match=r"is used by setup \\s"):
        w.write(lambda c: jobs.delete(c, jobs.find(c, name="a")))
