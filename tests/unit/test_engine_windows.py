"""Windows that close before an entry has started, or while it runs (semantics 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.database import named_times
from jams.objects.base import Duration
from jams.objects.calendars import NamedTime
from jams.objects.enums import EntryState, Severity
from jams.objects.parts import Element
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


STANDS: dict[str, tuple[list[Element], dict[str, object]]] = {
    "queue": ([], {"BatchQueue": "Q"}),
    "resource": ([element("ResourceRequirement", Resource="R", Quantity=1)], {}),
    "instance": ([], {"SingleInstanceAction": "Wait"}),
    "dependency": ([element("JobDependency", DependsOnJob="\\other")], {}),
}


@pytest.mark.parametrize("action", ["NoAction", "Continue"])
@pytest.mark.parametrize("what", STANDS)
def test_who_waits_when_his_window_closes_starts_at_its_next_opening(
    w: World, action: str, what: str
) -> None:
    needs, says = STANDS[what]
    w.queue("Q", 1)
    w.resource("R", 1)
    w.job("\\other", elements=[] if what == "dependency" else needs, properties=values(**says))
    window = element("ScheduleWindow", MissedWindowAction=action, **NIGHT)
    w.job("\\j", elements=[window, *needs], properties=values(TimeZone="UTC", **says))
    w.lasts["other"] = w.lasts["j"] = timedelta(hours=3)
    w.at(on(2, 1))
    before = w.submit("j" if what == "instance" else "other")
    w.turns()
    number = w.submit("j")
    w.at(on(2, 1, 30))
    assert not w.began(number) and w.state(number) is not EntryState.TIMED
    w.at(on(2, 3))
    assert w.state(number) is EntryState.TIMED
    assert "window opens at 2027-03-02 22:00" in w.told(number)
    w.at(on(2, 12))
    assert w.entry(before).final_severity is Severity.SUCCESS and not w.began(number)
    w.at(on(2, 23))
    assert w.began(number) == [on(2, 22)]


def test_who_stands_in_a_line_does_not_start_when_somebody_closes_his_window(w: World) -> None:
    midnight = Duration(total_seconds=0)
    hours = NamedTime(time_name="Night", start_time=midnight, end_time=midnight)
    id = w.write(lambda c: named_times.create(c, hours, user="ada")).time_id or 0
    w.queue("Q", 1)
    w.job("\\j", properties=values(TimeZone="UTC", ScheduleWindow="Night", BatchQueue="Q"))
    w.job("\\other", properties=values(BatchQueue="Q"))
    w.lasts["other"] = timedelta(hours=1)
    w.submit("other")
    w.turns()
    first, behind = w.submit("j"), w.submit("other")
    w.turns()
    w.write(lambda c: named_times.set_enabled(c, id, enabled=False, user="ada"))
    w.after(hours=3)
    assert not w.began(first) and len(w.began(behind)) == 1
    assert "The named time Night is disabled." in w.told(first)
    w.write(lambda c: named_times.set_enabled(c, id, enabled=True, user="ada"))
    w.turns()
    assert len(w.began(first)) == 1
