"""Windows that close before an entry has started, or while it runs (semantics 3.6; situations S09, S10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.schedule import Comment, Release
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


def test_s09_it_is_moved_to_the_next_opening(w: World) -> None:
    w.queue("Q", 1)
    w.job("\\plug", properties=values(BatchQueue="Q"))
    w.lasts["plug"] = timedelta(hours=3)
    night(w, "Reschedule", BatchQueue="Q")
    w.at(on(1, 23, 40))
    w.submit("plug")
    number = w.submit("j", after=on(1, 23, 50))
    w.at(on(2, 1, 59))
    assert w.state(number) is EntryState.RESOURCE_WAIT
    w.at(on(2, 2))
    assert w.state(number) is EntryState.TIMED and "2027-03-02 22:00" in w.told(number)
    assert w.entry(number).original_hold_time_utc == on(1, 23, 50)
    w.at(on(3, 0))
    assert w.began(number) == [on(2, 22)]


@pytest.mark.parametrize("action", ["NoAction", "Reschedule", "Abort"])
def test_s10_a_held_entry_is_released_by_day(w: World, action: str) -> None:
    night(w, action)
    number = w.submit("j", after=on(1, 22, 30))
    w.at(on(1, 22, 10))
    w.act(actions.hold, number, Comment())
    w.at(on(2, 9))
    w.act(actions.release, number, Release())
    w.turns()
    if action == "Abort":
        assert w.entry(number).final_status == "Its window has closed before it started."
        assert w.entry(number).final_severity is Severity.ERROR
        return
    assert w.state(number) is EntryState.TIMED
    w.at(on(3, 0))
    assert w.began(number) == [on(2, 22)]


def test_a_release_from_the_window_starts_it_by_day(w: World) -> None:
    night(w, "NoAction")
    number = w.submit("j", hold=True)
    w.turns()
    kinds = [ReleaseType.MANUAL_HOLD, ReleaseType.TIME_SLOT_WAIT]
    w.act(actions.release, number, Release(release_types=kinds))
    w.turns()
    assert w.began(number) == [w.now]


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
