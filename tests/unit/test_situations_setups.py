"""Situations from the field about setups, each by its name (engine-situations.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.database import tables
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.errors import WrongState
from jams.objects.schedule import Comment, Release
from jams.scheduler import actions, transitions
from jams.scheduler.transitions import Event
from tests.support import databases
from tests.support.containers import member, named, setup
from tests.support.engine import World, element, world

AGAIN = Release(release_types=[ReleaseType.RUN_AGAIN])


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2027, 3, 2, hour, minute, second, tzinfo=UTC)


def jobs_of(w: World, **minutes: int) -> None:
    for name, lasts in minutes.items():
        w.job(f"\\{name}")
        w.lasts[name] = timedelta(minutes=lasts)


def began(w: World, job: str) -> list[datetime]:
    return [run.began for run in w.runs if run.job == job]


def test_s27_a_member_between_two_attempts_has_not_ended(w: World) -> None:
    jobs_of(w, E=1)
    retried = member("x", RetryCount="2", RetryInterval="0:10").properties[1:]
    w.job("\\FEED", properties=[*retried])
    w.lasts["FEED"] = timedelta(minutes=1)
    setup(w, "\\S", member("\\FEED", 1, CompletionSeverity="Warning"), member("\\E", 2))
    w.exits["FEED"] = [1, 1, 0, 1, 1, 1]
    w.at(at(1, 0))
    whole = w.submit("S")
    for minutes in (5, 16):
        w.at(at(1, minutes))
        entry = w.entry(whole)
        assert (entry.current_state, entry.halted) == (EntryState.EXECUTING, False)
    w.at(at(1, 40))
    assert began(w, "FEED") == [at(1, 0), at(1, 11), at(1, 22)]
    assert began(w, "E") == [at(1, 23)]
    assert w.entry(whole).final_severity is Severity.SUCCESS
    # All three fail: it halts at the third.
    w.at(at(2, 0))
    whole = w.submit("S")
    for minutes, halted in ((16, False), (22, False), (24, True)):
        w.at(at(2, minutes))
        assert w.entry(whole).halted is halted
    assert len(began(w, "FEED")) == 6 and len(began(w, "E")) == 1


def test_s28_resumed_twice_seen_from_outside(w: World) -> None:
    jobs_of(w, A=10, B=10, C=5, D=5, E=10)
    good = {"CompletionSeverity": "Success"}
    setup(
        w,
        "\\NIGHTLY",
        *(member(f"\\{job}", 10, **good) for job in "AB"),
        *(member(f"\\{job}", 20, **good) for job in "CD"),
        member("\\E", 30, **good),
    )
    w.job("\\OUT", elements=[element("JobDependency", DependsOnJob="\\NIGHTLY", SinceJob="\\OUT")])
    w.exits["C"] = [1, 1]
    w.at(at(1, 0))
    whole, out = w.submit("NIGHTLY"), w.submit("OUT")
    w.at(at(1, 16))
    for resumed in (at(2, 0), at(2, 30)):
        entry = w.entry(whole)
        shown = (entry.current_state, entry.halted, entry.current_step)
        assert shown == (EntryState.EXECUTING, True, 20)
        assert "C (entry" in w.told(named(w, "E"))
        w.at(resumed)
        w.act(actions.release, named(w, "C"), AGAIN)
        w.turns()
        assert not w.entry(whole).halted
        w.at(resumed + timedelta(minutes=6))
    w.at(at(3, 0))
    assert {job: len(began(w, job)) for job in "ABCDE"} == {"A": 1, "B": 1, "C": 3, "D": 1, "E": 1}
    assert began(w, "E") == [at(2, 35)]
    entry = w.entry(whole)
    assert (entry.completion_time_utc, entry.final_severity) == (at(2, 45), Severity.SUCCESS)
    assert began(w, "OUT") == [at(2, 45)] and w.state(out) is EntryState.COMPLETE
    assert {w.entry(named(w, job)).master_ron for job in "ABCDE"} == {entry.ron}


def test_s28_what_is_submitted_anew_is_outside(w: World) -> None:
    jobs_of(w, C=5, E=10)
    setup(w, "\\NIGHTLY", member("\\C", 20), member("\\E", 30))
    w.exits["C"] = [1]
    whole = w.submit("NIGHTLY")
    w.after(minutes=10)
    anew = w.submit("C")
    w.after(minutes=30)
    assert w.entry(anew).final_severity is Severity.SUCCESS
    assert w.entry(anew).master_entry is None
    assert w.entry(whole).halted and began(w, "E") == []


def test_s29_one_branch_fails_its_sister_still_works(w: World) -> None:
    """F, whose turn had come, is not kept back by the halt; Halted is shown at once."""
    jobs_of(w, C=1, D=10, F=3, E=1, X=4)
    w.queue("Q", 1)
    w.job("\\PLUG", properties=[*member("x", BatchQueue="Q").properties[1:]])
    w.lasts["PLUG"] = timedelta(minutes=4)
    setup(
        w, "\\S", member("\\C", 1), member("\\D", 1), member("\\F", 1, BatchQueueName="Q"), member("\\E", 2)
    )
    w.exits["C"] = [1]
    w.at(at(0, 0))
    w.submit("PLUG")
    w.turns()
    whole = w.submit("S")
    w.at(at(0, 2))
    assert w.entry(whole).halted
    w.at(at(0, 20))
    assert w.entry(named(w, "D")).completion_time_utc == at(0, 10)
    assert w.entry(named(w, "D")).final_severity is Severity.SUCCESS
    assert began(w, "F") == [at(0, 4)]
    assert began(w, "E") == [] and w.state(whole) is EntryState.EXECUTING
    w.act(actions.release, named(w, "C"), AGAIN)
    w.at(at(0, 30))
    assert began(w, "E") == [at(0, 21)]
    entry = w.entry(whole)
    assert (entry.completion_time_utc, entry.final_severity) == (at(0, 22), Severity.SUCCESS)


def test_s31_held_members_and_a_held_setup(w: World) -> None:
    """Q, released by itself, runs although the setup is held; V waits for both."""
    jobs_of(w, P=5, Q=5, R=5, V=1)
    queue = w.queue("Q", 0)
    members = (member("\\P", 1), member("\\Q", 1, BatchQueueName="Q"), member("\\R", 1))
    setup(w, "\\S", *members, member("\\V", 2))
    w.at(at(0, 0))
    whole = w.submit("S")
    w.turns()
    w.act(actions.hold, named(w, "Q"), Comment())
    w.change(tables.queue, queue, job_limit=1)
    w.at(at(0, 2))
    with pytest.raises(WrongState, match="has started"):
        w.act(actions.hold, named(w, "P"), Comment())
    assert w.state(named(w, "P")) is EntryState.EXECUTING
    assert Event.HOLD not in transitions.actions(EntryState.EXECUTING)
    w.at(at(0, 6))
    entry = w.entry(whole)
    assert (entry.current_state, entry.current_step) == (EntryState.EXECUTING, 1)
    assert f"Q (entry {named(w, 'Q')}) is held by ada since 2027-03-02 00:00:00 UTC." in w.told(whole)
    w.at(at(0, 10))
    w.act(actions.hold, whole, Comment())
    w.at(at(0, 12))
    w.act(actions.release, named(w, "Q"), Release())
    w.at(at(0, 18))
    assert began(w, "Q") == [at(0, 12)]
    assert began(w, "V") == [] and w.state(named(w, "V")) is EntryState.STEP_WAIT
    assert "its setup, is held" in w.told(named(w, "V"))
    w.at(at(0, 30))
    w.act(actions.release, whole, Release())
    w.at(at(0, 40))
    assert began(w, "V") == [at(0, 30)]
    assert w.entry(whole).final_severity is Severity.SUCCESS


def test_s31_nothing_stalls_that_waits_for_its_turn(w: World) -> None:
    jobs_of(w, P=30, V=1)
    w.job("\\late", properties=[*member("x", StalledTime="0:05").properties[1:]])
    setup(w, "\\S", member("\\P", 1), member("\\late", 2))
    w.submit("S")
    w.after(minutes=20)
    assert (w.state(named(w, "late")), w.entry(named(w, "late")).stalled) == (EntryState.STEP_WAIT, False)


def test_s31_a_simple_setup_is_held_before_its_time_and_released(w: World) -> None:
    jobs_of(w, W=5)
    setup(w, "\\ONE", member("\\W", 1))
    number = w.submit("ONE", hold=True)
    w.after(minutes=5)
    assert began(w, "W") == []
    w.act(actions.release, number, Release())
    w.after(minutes=6)
    assert w.entry(number).final_severity is Severity.SUCCESS
    assert w.entry(named(w, "W")).final_severity is Severity.SUCCESS
