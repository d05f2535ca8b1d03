"""Setups and sequences in each other, three deep: hold, release, cancel and restart, of whole and parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.parts import Element
from jams.objects.schedule import Cancel, Comment, Release, Restart
from jams.scheduler import actions
from tests.support.containers import member, named, sequence, setup, task
from tests.support.engine import World, world

AGAIN = Release(release_types=[ReleaseType.RUN_AGAIN])
ON = Release(release_types=[ReleaseType.MANUAL_HOLD])
KINDS = [*product(("Setup", "Sequence"), repeat=3)]
"""What the outer, the middle and the inner one is."""


@pytest.fixture(params=KINDS, ids="-".join)
def w(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """outer: middle, then f; middle: inner and d beside each other, then e; inner: a and b, then c."""
    with world(tmp_path / "jams.db") as made:
        for name in "abcdef":
            made.job(f"\\{name}")
        outer, middle, inner = request.param
        _define(made, inner, "\\inner", ["\\a", "\\b"], "\\c")
        _define(made, middle, "\\middle", ["\\inner", "\\d"], "\\e")
        _define(made, outer, "\\outer", ["\\middle"], "\\f")
        yield made


def _define(w: World, kind: str, path: str, beside: list[str], then: str, **more: Any) -> None:
    if kind == "Setup":
        setup(w, path, *(member(job, 1) for job in beside), member(then, 2), **more)
        return
    inside: list[Element] = [member(job, ParentTaskID="p") for job in beside]
    sequence(w, path, task("ParallelTask", "p"), *inside, member(then), **more)


def ran(w: World) -> str:
    return "".join(run.job for run in w.runs)


def states(w: World, *jobs: str) -> list[EntryState]:
    return [w.state(named(w, job)) for job in jobs]


def ends_well(w: World, number: int) -> None:
    w.after(minutes=15)
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert w.live() == 0 and not w.alive


def test_each_runs_in_its_turn_and_knows_to_what_it_belongs(w: World) -> None:
    number = w.submit("outer")
    ends_well(w, number)
    assert (sorted(ran(w)[:3]), ran(w)[3:]) == (["a", "b", "d"], "cef")
    for job, above in (("middle", number), ("inner", named(w, "middle")), ("c", named(w, "inner"))):
        entry = w.entry(named(w, job))
        assert (entry.initiator_id, entry.master_ron) == (above, w.entry(above).ron), job


def test_what_fails_deep_halts_its_own_alone_and_is_resumed_there(w: World) -> None:
    w.exits["c"] = [1, 1]
    number = w.submit("outer")
    for runs in ("c", "cc"):
        w.after(minutes=5)
        assert [w.entry(named(w, job)).halted for job in ("inner", "middle", "outer")] == [True, False, False]
        assert sorted(ran(w)) == sorted(f"abd{runs}")
        w.act(actions.release, named(w, "inner"), AGAIN)
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("abdcccef")


def test_the_failed_member_itself_is_released_to_run_again(w: World) -> None:
    w.exits["a"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    assert w.entry(named(w, "inner")).halted and sorted(ran(w)) == ["a", "b", "d"]
    w.act(actions.release, named(w, "a"), AGAIN)
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("aabdcef")


def test_what_is_held_goes_no_further_and_what_is_in_it_does(w: World) -> None:
    number = w.submit("outer")
    w.turns()
    w.act(actions.hold, number, Comment())
    w.after(minutes=10)
    assert sorted(ran(w)) == sorted("abdce") and w.state(number) is EntryState.EXECUTING
    assert states(w, "middle", "f") == [EntryState.COMPLETE, EntryState.STEP_WAIT]
    w.act(actions.release, number, ON)
    ends_well(w, number)
    assert ran(w).endswith("f")


def test_the_inner_one_is_held(w: World) -> None:
    number = w.submit("outer")
    w.turns()
    inner = named(w, "inner")
    w.act(actions.hold, inner, Comment())
    w.after(minutes=10)
    assert sorted(ran(w)) == ["a", "b", "d"] and states(w, "c", "e") == [EntryState.STEP_WAIT] * 2
    w.act(actions.release, inner, ON)
    ends_well(w, number)


def test_a_part_is_held_before_its_turn(w: World) -> None:
    number = w.submit("outer")
    w.turns()
    for job in ("c", "e", "f"):
        w.act(actions.hold, named(w, job), Comment())
    for job, before in (("c", "abd"), ("e", "abcd"), ("f", "abcde")):
        w.after(minutes=5)
        assert w.state(named(w, job)) is EntryState.HELD
        assert sorted(ran(w)) == sorted(before)
        w.act(actions.release, named(w, job), ON)
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("abcdef")


@pytest.mark.parametrize("cancelled", ["outer", "middle", "inner"])
def test_what_is_cancelled_is_taken_up_again_without_what_was_good(w: World, cancelled: str) -> None:
    w.lasts["b"] = timedelta(minutes=30)
    number = w.submit("outer")
    w.after(minutes=5)
    assert sorted(ran(w)) == ["a", "b", "d"]
    w.act(actions.cancel, named(w, cancelled), Cancel())
    w.after(minutes=5)
    assert not w.alive and not any(state is EntryState.EXECUTING for state in states(w, cancelled, "inner"))
    if cancelled == "outer":
        assert w.state(number) is EntryState.COMPLETE and w.live() == 0
        w.act(actions.release, number, AGAIN)
    else:
        above = {"middle": "outer", "inner": "middle"}[cancelled]
        assert w.entry(named(w, above)).halted and w.state(number) is EntryState.EXECUTING
        w.act(actions.release, named(w, cancelled), AGAIN)
    w.lasts["b"] = timedelta(minutes=1)
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("abdbcef")


@pytest.mark.parametrize("above", ["outer", "middle"])
def test_a_halted_one_lets_what_halts_it_run_again(w: World, above: str) -> None:
    """What was cancelled is whole: it is what runs again of the one above it."""
    w.lasts["b"] = timedelta(minutes=30)
    number = w.submit("outer")
    w.after(minutes=5)
    w.act(actions.cancel, named(w, {"outer": "middle", "middle": "inner"}[above]), Cancel())
    w.lasts["b"] = timedelta(minutes=1)
    w.after(minutes=5)
    w.act(actions.release, named(w, above), AGAIN)
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("abdbcef")


def test_the_whole_is_restarted(w: World) -> None:
    w.exits["c"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    w.act(actions.restart, number, Restart())
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("abdc" + "abdcef")


@pytest.mark.parametrize("part", ["inner", "middle"])
def test_a_part_that_runs_is_restarted(w: World, part: str) -> None:
    w.exits["c"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    w.act(actions.restart, named(w, part), Restart())
    ends_well(w, number)
    again = {"inner": "abc", "middle": "abdc"}[part]
    assert sorted(ran(w)) == sorted("abdc" + again + "ef")


def test_a_part_that_has_ended_is_restarted_while_the_whole_goes_on(w: World) -> None:
    w.lasts["d"] = timedelta(minutes=30)
    number = w.submit("outer")
    w.after(minutes=10)
    assert states(w, "inner", "middle") == [EntryState.COMPLETE, EntryState.EXECUTING]
    w.act(actions.restart, named(w, "inner"), Restart())
    w.after(minutes=10)
    assert ran(w).count("c") == 2 and w.state(named(w, "middle")) is EntryState.EXECUTING
    w.after(minutes=20)
    ends_well(w, number)
    assert sorted(ran(w)) == sorted("abdc" + "abc" + "ef")


def test_who_passes_over_what_failed_deep_is_told_at_each_end_above(w: World) -> None:
    w.exits["c"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    w.act(actions.release, named(w, "inner"), Release(release_types=[ReleaseType.HALTED_SETUP]))
    w.after(minutes=5)
    # The inner one has ended with Error: that halts the one above it, and so on.
    for above in ("middle", "outer"):
        assert w.entry(named(w, above)).halted
        w.act(actions.release, named(w, above), Release(release_types=[ReleaseType.HALTED_SETUP]))
        w.after(minutes=5)
    w.after(minutes=5)
    assert [w.entry(named(w, job)).final_severity for job in ("inner", "middle")] == [Severity.ERROR] * 2
    assert w.entry(number).final_severity is Severity.ERROR
    assert [w.entry(named(w, job)).setup_ok for job in ("c", "inner", "middle", "f")] == [False] * 3 + [True]
    assert sorted(ran(w)) == sorted("abdcef")


def test_the_whole_tells_what_is_halted_deep_in_it(w: World) -> None:
    w.exits["c"] = [1]
    number = w.submit("outer")
    w.after(minutes=5)
    inner = named(w, "inner")
    assert f"inner (entry {inner}) in it is halted." in w.told(number)
    assert f"inner (entry {inner}) is halted." in w.told(named(w, "middle"))
    assert f"inner (entry {inner}), which comes before it, is halted." in w.told(named(w, "e"))
    w.act(actions.release, inner, AGAIN)
    assert "halted" not in w.told(number)
    ends_well(w, number)
