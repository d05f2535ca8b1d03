"""Setups: their members run step by step, as the published rules say (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from jams.objects.enums import EntryState, InitiatorType, ReleaseType, Severity
from jams.objects.errors import WrongState
from jams.objects.schedule import Cancel, Comment, Release, Restart
from jams.scheduler import actions
from tests.support import databases
from tests.support.containers import member, named, setup
from tests.support.engine import World, world

AGAIN = Release(release_types=[ReleaseType.RUN_AGAIN])


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        for name in "abcde":
            made.job(f"\\{name}")
        yield made


def test_steps_run_one_after_the_other_and_the_members_of_one_together(w: World) -> None:
    setup(w, "\\s", member("\\a", 10), member("\\b", 10), member("\\c", 20))
    number = w.submit("s")
    w.turns()
    a, b, c = (named(w, name) for name in "abc")
    assert (w.state(number), w.state(a), w.state(b)) == (EntryState.EXECUTING,) * 3
    assert w.state(c) is EntryState.STEP_WAIT
    assert (w.entry(number).current_step, w.entry(number).halted) == (10, False)
    w.after(minutes=1)
    assert (w.state(c), w.entry(number).current_step) == (EntryState.EXECUTING, 20)
    w.after(minutes=1)
    ended = w.entry(number)
    assert (ended.current_state, ended.final_severity) == (EntryState.COMPLETE, Severity.SUCCESS)
    assert ended.completion_time_utc == w.entry(c).completion_time_utc


def test_members_name_their_setup(w: World) -> None:
    setup(w, "\\s", member("\\a", 1))
    number = w.submit("s")
    w.turns()
    whole, part = w.entry(number), w.entry(named(w, "a"))
    assert (part.initiator_type, part.initiator_id) == (InitiatorType.SETUP, number)
    assert (part.master_entry, part.master_ron, part.step) == (number, whole.ron, 1)
    assert (whole.master_ron, whole.master_entry) == (whole.ron, None)


def test_a_failed_member_halts_and_is_resumed_without_the_good_ones(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2), member("\\c", 3))
    w.exits["b"] = [1]
    number = w.submit("s")
    w.after(minutes=10)
    whole = w.entry(number)
    assert (whole.current_state, whole.halted, whole.current_step) == (EntryState.EXECUTING, True, 2)
    b, c = named(w, "b"), named(w, "c")
    assert "b (entry" in w.told(c) and "ended Error" in w.told(c)
    assert "ended Error" in w.told(number)
    w.act(actions.release, b, AGAIN)
    w.turns()
    assert not w.entry(number).halted
    w.after(minutes=10)
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert [run.job for run in w.runs] == ["a", "b", "b", "c"]


def test_what_halts_a_setup_runs_again_when_the_setup_is_released_to(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 1), member("\\c", 1), member("\\d", 2))
    w.exits |= {"a": [1], "b": [1]}
    number = w.submit("s")
    w.after(minutes=10)
    w.act(actions.release, number, AGAIN)
    w.after(minutes=10)
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert sorted(run.job for run in w.runs) == ["a", "a", "b", "b", "c", "d"]


def test_a_halted_setup_is_released_past_what_halts_it_and_tells_so_at_its_end(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    w.exits["a"] = [1]
    number = w.submit("s")
    w.after(minutes=5)
    w.act(actions.release, number, Release(release_types=[ReleaseType.HALTED_SETUP]))
    w.after(minutes=5)
    assert [run.job for run in w.runs] == ["a", "b"]
    assert w.entry(number).final_severity is Severity.ERROR
    assert not w.entry(named(w, "a")).setup_ok and w.entry(named(w, "b")).setup_ok


def test_cancelling_a_setup_ends_its_members_and_then_itself(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 1), member("\\c", 2))
    number = w.submit("s")
    w.turns()
    w.act(actions.cancel, number, Cancel(severity=Severity.WARNING))
    w.after(seconds=5)
    whole = w.entry(number)
    assert (whole.current_state, whole.final_severity) == (EntryState.COMPLETE, Severity.WARNING)
    assert whole.final_status == "Cancelled by ada."
    assert {w.state(named(w, name)) for name in "abc"} == {EntryState.COMPLETE}
    assert [run.job for run in w.runs] == ["a", "b"]
    with pytest.raises(WrongState, match="which has ended"):
        w.act(actions.release, named(w, "a"), AGAIN)


def test_a_cancelled_setup_is_taken_up_again_where_it_was(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2), member("\\c", 3))
    number = w.submit("s")
    w.after(seconds=90)
    w.act(actions.cancel, number, Cancel())
    w.after(minutes=5)
    first = w.entry(number).ron
    w.act(actions.release, number, AGAIN)
    w.after(minutes=5)
    assert [run.job for run in w.runs] == ["a", "b", "b", "c"]
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert w.entry(number).ron != first


def test_a_restarted_setup_runs_all_of_it(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    number = w.submit("s")
    w.after(minutes=5)
    from jams.objects.schedule import Restart

    w.act(actions.restart, number, Restart())
    w.after(seconds=30)
    w.act(actions.restart, number, Restart())
    w.after(minutes=5)
    assert [run.job for run in w.runs] == ["a", "b", "a", "a", "b"]
    assert w.entry(number).final_severity is Severity.SUCCESS


def test_what_is_held_goes_no_further(w: World) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    number = w.submit("s", hold=True)
    w.after(minutes=5)
    assert (w.state(number), w.numbers("a")) == (EntryState.HELD, [])
    w.act(actions.release, number, Release())
    w.turns()
    w.act(actions.hold, number, Comment())
    w.after(minutes=5)
    assert (w.state(number), w.state(named(w, "b"))) == (EntryState.EXECUTING, EntryState.STEP_WAIT)
    assert "held by ada since" in w.told(number)
    w.act(actions.release, number, Release())
    w.after(minutes=5)
    assert w.state(number) is EntryState.COMPLETE


@pytest.mark.parametrize("kind", [ReleaseType.RUN_AGAIN, ReleaseType.HALTED_SETUP])
def test_a_release_of_what_is_halted_takes_nothing_out_of_its_turn(w: World, kind: ReleaseType) -> None:
    """A member of a later step that was cancelled does not halt the setup yet, and is not let go with it."""
    setup(w, "\\s", member("\\a", 1), member("\\b", 2), member("\\c", 3))
    w.exits["a"] = [1]
    number = w.submit("s")
    w.after(minutes=2)
    c = named(w, "c")
    w.act(actions.cancel, c, Cancel())
    w.turns()
    w.act(actions.release, number, Release(release_types=[kind]))
    w.turns()
    assert (w.state(c), w.began(c)) == (EntryState.COMPLETE, [])
    w.after(minutes=5)
    assert w.entry(number).halted and w.entry(number).current_step == 3
    w.act(actions.release, number, Release(release_types=[ReleaseType.RUN_AGAIN]))
    w.after(minutes=5)
    assert w.entry(number).current_state is EntryState.COMPLETE
    assert [run.job for run in w.runs] == ["a", *(["a"] if kind is ReleaseType.RUN_AGAIN else []), "b", "c"]


@pytest.mark.parametrize("by", ["restart", "release"])
def test_a_member_that_was_cancelled_before_its_turn_and_is_to_run_again_waits_for_it(
    w: World, by: str
) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    number = w.submit("s")
    w.turns()
    b = named(w, "b")
    w.act(actions.cancel, b, Cancel())
    w.turns()
    if by == "restart":
        w.act(actions.restart, b, Restart())
    else:
        w.act(actions.release, b, Release(release_types=[ReleaseType.RUN_AGAIN]))
    w.turns()
    assert w.state(b) is EntryState.STEP_WAIT
    w.after(minutes=5)
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert [run.job for run in w.runs] == ["a", "b"]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("by", ["member", "setup"])
def test_a_member_of_a_held_setup_whose_turn_comes_while_it_is_over_waits_for_the_release(
    w: World, by: str, times: int
) -> None:
    setup(w, "\\s", member("\\a", 1), member("\\b", 2))
    number = w.submit("s")
    w.turns()
    b = named(w, "b")
    w.act(actions.hold, number, Comment())
    for _ in range(times):
        w.act(actions.cancel, b, Cancel())
        w.after(minutes=2)
        assert w.state(named(w, "a")) is EntryState.COMPLETE
        if by == "member":
            w.act(actions.restart, b, Restart())
        else:
            w.act(actions.release, number, AGAIN)
        w.turns()
        assert w.state(b) is EntryState.STEP_WAIT
    w.act(actions.release, number, Release(release_types=[ReleaseType.MANUAL_HOLD]))
    w.after(minutes=2)
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert [run.job for run in w.runs] == ["a", "b"]


def test_what_halts_a_setup_is_told_first_however_many_run_beside_it(w: World) -> None:
    w.job("\\slow")
    w.job("\\bad")
    w.exits["bad"] = [1]
    w.lasts["slow"] = timedelta(hours=9)
    setup(w, "\\s", *(member("\\slow", 1) for _ in range(12)), member("\\bad", 1), member("\\slow", 2))
    number = w.submit("s")
    w.after(minutes=5)
    bad = named(w, "bad")
    assert f"bad (entry {bad}) ended Error." in w.told(number)
    assert f"bad (entry {bad}), which comes before it, ended Error." in w.told(named(w, "slow"))
