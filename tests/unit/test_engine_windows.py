"""Windows that close before an entry has started, or while it runs (semantics 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.objects.enums import EntryState, Severity
from jams.objects.schedule import Release, Restart
from jams.scheduler import actions
from tests.support import databases
from tests.support.engine import World, element, values, world

NIGHT = {"FromTime": "22:00", "ToTime": "02:00"}


@pytest.fixture(params=databases.KINDS)
def w(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.database(request.param, tmp_path) as where, world(where) as made:
        yield made


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def night(w: World, action: str, **more: object) -> None:
    properties = values(TimeZone="UTC", **more)
    w.job(
        "\\j", elements=[element("ScheduleWindow", MissedWindowAction=action, **NIGHT)], properties=properties
    )


def test_an_entry_that_waits_is_cancelled_when_its_window_closes(w: World) -> None:
    w.job("\\up")
    gate = element("JobDependency", DependsOnJob="\\up")
    window = element("ScheduleWindow", MissedWindowAction="Abort", **NIGHT)
    w.job("\\j", elements=[gate, window], properties=values(TimeZone="UTC"))
    number = w.submit("j", after=on(1, 23))
    w.at(on(2, 2))
    assert w.entry(number).final_status == "Its window has closed before it started."
    assert w.entry(number).completion_time_utc == on(2, 2)


@pytest.mark.parametrize(("action", "began"), [("Abort", 1), ("Restart", 2), ("NoAction", 1)])
def test_a_run_when_its_window_closes(w: World, action: str, began: int) -> None:
    night(w, action)
    w.lasts["j"] = timedelta(hours=4)
    number = w.submit("j", after=on(2, 1))
    w.at(on(2, 3))
    assert bool(w.alive) is (action == "NoAction")
    w.at(on(3, 6))
    assert len(w.began(number)) == began
    good = w.entry(number).final_severity is Severity.SUCCESS
    assert good is (action != "Abort")


def test_a_run_that_is_ended_says_that_its_window_has_closed_though_it_runs_away_as_well(w: World) -> None:
    night(w, "Abort", RunawayElapsed="00:30")
    w.lasts["j"] = timedelta(hours=4)
    number = w.submit("j", after=on(2, 1))
    w.at(on(2, 3))
    ended = w.entry(number)
    assert ended.runaway
    assert ended.final_status == "Cancelled by the scheduler, as its window has closed."


@pytest.mark.parametrize("after", [None, on(1, 23)])
def test_what_was_held_is_judged_at_its_release_whether_or_not_a_time_was_said(
    w: World, after: datetime | None
) -> None:
    night(w, "Abort")
    w.at(on(1, 23))
    number = w.submit("j", after=after, hold=True)
    w.at(on(2, 6))
    assert w.state(number) is EntryState.HELD
    w.act(actions.release, number, Release())
    w.turns()
    assert w.entry(number).final_status == "Its window has closed before it started."


def test_who_runs_it_again_or_submits_it_outside_of_its_window_waits_for_the_next(w: World) -> None:
    night(w, "Abort")
    w.at(on(1, 23))
    number = w.submit("j")
    w.at(on(2, 6))
    w.act(actions.restart, number, Restart())
    late = w.submit("j")
    w.turns()
    assert [w.state(each) for each in (number, late)] == [EntryState.TIMED] * 2
    w.at(on(2, 23))
    assert [len(w.began(each)) for each in (number, late)] == [2, 1]
