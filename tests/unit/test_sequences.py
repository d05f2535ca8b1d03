"""Sequences: tasks after and beside each other, nested, with failure actions (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jams.objects.enums import EntryState, InitiatorType, ReleaseType, Severity
from jams.objects.schedule import Cancel, Release
from jams.scheduler import actions
from tests.support.containers import member, named, sequence, setup, task
from tests.support.engine import World, element, values, world

AGAIN = Release(release_types=[ReleaseType.RUN_AGAIN])


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path / "jams.db") as made:
        for name in "abcdef":
            made.job(f"\\{name}")
        yield made


def ran(w: World) -> list[str]:
    return [run.job for run in w.runs]


def test_tasks_run_one_after_the_other_in_their_order(w: World) -> None:
    sequence(w, "\\s", member("\\c"), member("\\a"), member("\\b"))
    number = w.submit("s")
    w.after(minutes=5)
    assert ran(w) == ["c", "a", "b"]
    assert w.entry(named(w, "a")).initiator_type is InitiatorType.SEQUENCE
    assert w.entry(number).final_severity is Severity.SUCCESS


def test_containers_nest(w: World) -> None:
    """a, then beside each other (b, c) and d, then e."""
    sequence(
        w,
        "\\s",
        task("SequenceTask", "master"),
        member("\\a", ParentTaskID="master"),
        task("ParallelTask", "p", "master"),
        task("SequenceTask", "q", "p"),
        member("\\b", ParentTaskID="q"),
        member("\\c", ParentTaskID="q"),
        member("\\d", ParentTaskID="p"),
        member("\\e", ParentTaskID="master"),
    )
    w.lasts["d"] = timedelta(minutes=3)
    begin = w.now
    w.submit("s")
    w.after(minutes=10)
    began = {run.job: (run.began - begin).seconds // 60 for run in w.runs}
    assert began == {"a": 0, "b": 1, "d": 1, "c": 2, "e": 4}


def test_the_zero_guid_is_no_container(w: World) -> None:
    sequence(w, "\\s", member("\\a", ParentTaskID="00000000-0000-0000-0000-000000000000"))
    w.submit("s")
    w.after(minutes=5)
    assert ran(w) == ["a"]


def test_a_disabled_container_does_nothing_and_nor_does_what_lies_in_it(w: World) -> None:
    sequence(
        w,
        "\\s",
        task("ParallelTask", "p", Enabled=False),
        member("\\a", ParentTaskID="p"),
        member("\\b", Enabled=False),
        member("\\c"),
    )
    w.submit("s")
    w.after(minutes=5)
    assert ran(w) == ["c"]


def test_continue_goes_on_and_ends_well(w: World) -> None:
    sequence(
        w,
        "\\s",
        task("FailureActionTask", "f", FailureAction="Continue"),
        member("\\a", ParentTaskID="f"),
        member("\\b"),
    )
    w.exits["a"] = [1]
    number = w.submit("s")
    w.after(minutes=5)
    assert ran(w) == ["a", "b"]
    assert w.entry(named(w, "a")).final_severity is Severity.ERROR
    assert w.entry(number).final_severity is Severity.SUCCESS


def test_fail_starts_nothing_more_and_fails_the_whole(w: World) -> None:
    w.queue("Q", 0)
    sequence(
        w,
        "\\s",
        task("FailureActionTask", "f", FailureAction="Fail"),
        task("ParallelTask", "p", "f"),
        member("\\a", ParentTaskID="p"),
        member("\\b", ParentTaskID="p"),
        member("\\c", ParentTaskID="p", BatchQueueName="Q"),
        member("\\d"),
    )
    w.exits["a"] = [1]
    w.lasts["b"] = timedelta(minutes=5)
    number = w.submit("s")
    w.after(minutes=2)
    assert w.state(number) is EntryState.EXECUTING and not w.entry(number).halted
    assert w.state(named(w, "b")) is EntryState.EXECUTING
    assert w.entry(named(w, "d")).final_status == f"Cancelled with entry {number}, which has failed."
    w.after(minutes=4)
    whole = w.entry(number)
    assert (whole.final_severity, whole.final_status) == (Severity.ERROR, "a ended Error.")
    assert ran(w) == ["a", "b"]
    w.act(actions.release, number, AGAIN)
    w.after(minutes=2)
    assert ran(w) == ["a", "b", "a"]


def test_the_nearest_failure_action_counts(w: World) -> None:
    sequence(
        w,
        "\\s",
        task("FailureActionTask", "outer", FailureAction="Fail"),
        task("FailureActionTask", "inner", "outer", FailureAction="Continue"),
        member("\\a", ParentTaskID="inner"),
        member("\\b", ParentTaskID="outer", FailureAction="Halt"),
    )
    w.exits |= {"a": [1], "b": [1]}
    number = w.submit("s")
    w.after(minutes=5)
    assert ran(w) == ["a", "b"]
    assert w.entry(number).halted


def test_a_halt_in_one_branch_lets_nothing_more_go_in_another(w: World) -> None:
    sequence(
        w,
        "\\s",
        task("ParallelTask", "p"),
        task("SequenceTask", "x", "p"),
        task("SequenceTask", "y", "p"),
        member("\\a", ParentTaskID="x"),
        member("\\b", ParentTaskID="x"),
        member("\\c", ParentTaskID="y"),
        member("\\d", ParentTaskID="y"),
    )
    w.exits["a"] = [1]
    w.lasts["c"] = timedelta(minutes=2)
    number = w.submit("s")
    w.after(minutes=10)
    assert ran(w) == ["a", "c"]
    beside = named(w, "c")
    assert f"entry {beside}" not in w.told(named(w, "b")), "what lies beside does not come before"
    w.act(actions.release, number, AGAIN)
    w.after(minutes=10)
    assert sorted(ran(w)) == ["a", "a", "b", "c", "d"]


def test_a_minimum_severity_is_that_of_the_task_else_of_the_job(w: World) -> None:
    w.job("\\lax", properties=values(MinimumCompletionSeverity="Fatal"))
    w.exits |= {"lax": [1, 1], "a": [1]}
    sequence(w, "\\s", member("\\lax"), member("\\a", CompletionSeverity="Error"), member("\\b"))
    first = w.submit("s")
    w.after(minutes=5)
    assert (ran(w), w.entry(first).final_severity) == (["lax", "a", "b"], Severity.SUCCESS)
    sequence(w, "\\t", member("\\lax", CompletionSeverity="Warning"), member("\\b"))
    second = w.submit("t")
    w.after(minutes=5)
    assert w.entry(second).halted


def test_nothing_waits_for_a_member_that_is_not_waited_for(w: World) -> None:
    setup(w, "\\s", member("\\a", 1, WaitFor=False), member("\\b", 1), member("\\c", 2))
    w.lasts["a"] = timedelta(minutes=9)
    number = w.submit("s")
    w.after(minutes=3)
    assert ran(w) == ["a", "b", "c"]
    assert w.state(number) is EntryState.EXECUTING
    w.after(minutes=7)
    assert w.state(number) is EntryState.COMPLETE


def test_a_setup_in_a_setup_ends_with_its_members_and_is_resumed(w: World) -> None:
    setup(w, "\\inner", member("\\a", 1), member("\\b", 2))
    setup(w, "\\outer", member("\\inner", 1), member("\\c", 2))
    w.exits["b"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    inner = named(w, "inner")
    assert w.entry(inner).halted and not w.entry(number).halted
    w.act(actions.release, inner, AGAIN)
    w.after(minutes=5)
    assert ran(w) == ["a", "b", "b", "c"]
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert w.entry(inner).master_entry == number


def test_cancelling_goes_down_through_setups(w: World) -> None:
    setup(w, "\\inner", member("\\a", 1), member("\\b", 2))
    setup(w, "\\outer", member("\\inner", 1), member("\\c", 2))
    number = w.submit("outer")
    w.turns()
    w.act(actions.cancel, number, Cancel())
    w.after(seconds=5)
    assert w.live() == 0 and not w.alive
    w.act(actions.release, number, AGAIN)
    w.after(minutes=5)
    assert ran(w) == ["a", "a", "b", "c"]
    assert w.entry(number).final_severity is Severity.SUCCESS


def test_a_failed_inner_setup_runs_again_without_its_good_members(w: World) -> None:
    setup(w, "\\inner", member("\\a", 1), member("\\b", 2, FailureAction="Fail"))
    setup(w, "\\outer", member("\\inner", 1), member("\\c", 2))
    w.exits["b"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    assert w.entry(number).halted
    w.act(actions.release, number, AGAIN)
    w.after(minutes=5)
    assert ran(w) == ["a", "b", "b", "c"]


def test_a_setup_waits_for_a_job_and_a_job_for_a_setup(w: World) -> None:
    setup(
        w,
        "\\s",
        member("\\b", 1),
        elements=[element("JobDependency", DependsOnJob="\\a")],
    )
    w.job("\\after", elements=[element("JobDependency", DependsOnJob="\\s")])
    number, after = w.submit("s"), w.submit("after")
    w.after(minutes=1)
    assert w.state(number) is EntryState.DEPENDENCY_WAIT and w.numbers("b") == []
    w.submit("a")
    w.after(minutes=10)
    assert ran(w) == ["a", "b", "after"]
    assert w.state(after) is EntryState.COMPLETE


def test_one_entry_of_a_setup_waits_for_another_where_it_is_said_so(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), properties=values(SingleInstanceAction="Wait"))
    first, second = w.submit("s"), w.submit("s")
    w.turns()
    assert (w.state(first), w.state(second)) == (EntryState.EXECUTING, EntryState.DEPENDENCY_WAIT)
    assert "Another entry of its job is running." in w.told(second)
    w.after(minutes=3)
    assert w.state(second) is EntryState.COMPLETE
    setup(w, "\\t", member("\\a", 1), properties=values(SingleInstanceAction="Cancel"))
    w.submit("t")
    w.turns()
    other = w.submit("t")
    w.turns()
    assert w.entry(other).final_severity is Severity.ERROR


def test_a_setup_runs_by_itself_and_each_run_is_a_new_one(w: World) -> None:
    setup(
        w,
        "\\s",
        member("\\a", 1),
        elements=[element("ScheduleTrigger", ScheduledDate="DAILY", ScheduledTime="12:00")],
        properties=values(TimeZone="UTC"),
    )
    w.plan()
    (number,) = w.numbers("s")
    assert w.state(number) is EntryState.TIMED
    w.after(hours=7)
    assert (ran(w), w.state(number)) == (["a"], EntryState.COMPLETE)


def test_a_setup_that_recurs_runs_all_of_it_each_time(w: World) -> None:
    setup(
        w,
        "\\s",
        member("\\a", 1),
        member("\\b", 2),
        elements=[
            element("ScheduleTrigger", ScheduledDate="DAILY", ScheduledTime="12:00"),
            element("Recurrence", Delay="0:10", EndTime="12:25"),
        ],
        properties=values(TimeZone="UTC"),
    )
    w.plan()
    (number,) = w.numbers("s")
    w.after(hours=8)
    assert ran(w) == ["a", "b"] * 3
    assert w.entry(number).final_severity is Severity.SUCCESS


def test_members_leave_the_monitor_with_their_setup_and_not_before(w: World) -> None:
    from jams.scheduler.sweep import sweep

    w.job("\\never", properties=values(RetainOption="Never"))
    setup(w, "\\s", member("\\never", 1), member("\\a", 2))
    w.exits["a"] = [1]
    number = w.submit("s")
    w.after(days=3)
    sweep(w.database, w.now)
    assert w.entry(named(w, "never")).current_state is EntryState.COMPLETE
    w.act(actions.release, number, AGAIN)
    w.after(minutes=5)
    w.after(days=2)
    sweep(w.database, w.now)
    assert [w.numbers(job) for job in ("s", "never", "a")] == [[], [], []]
