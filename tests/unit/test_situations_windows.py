"""Situations from the field: windows and holds (docs/situations.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.errors import WrongState
from jams.objects.parts import Element
from jams.objects.schedule import Comment, Release
from jams.objects.waits import WaitKind
from jams.scheduler import actions
from tests.support.engine import element
from tests.support.field import Field, Play, field
from tests.support.planning import scheduled


def window(start: str, end: str, action: str) -> Element:
    return element("ScheduleWindow", FromTime=start, ToTime=end, MissedWindowAction=action)


def test_s09_a_window_across_midnight(place: Path | str) -> None:
    """The rule for 02:00:00 itself: the window is closed then; it is open at 22:00:00."""
    with field(place, "2027-03-08 12:00") as w:
        w.queue("Q", 1)
        w.job(r"\T\PLUG", BatchQueue="Q")
        w.job(
            r"\T\NIGHT",
            "true",
            scheduled("DAILY", "23:50"),
            window("22:00", "02:00", "Reschedule"),
            BatchQueue="Q",
        )
        w.plays |= {"PLUG": [Play(50), Play(160)], "NIGHT": [Play(5)] * 9}
        w.until("2027-03-08 23:40")
        w.submit("PLUG")
        w.until("2027-03-09 01:00")
        assert w.starts("NIGHT") == ["03-09 00:30"]
        w.until("2027-03-09 23:40")
        w.submit("PLUG")
        w.until("2027-03-10 01:59:59")
        tuesdays = w.of("NIGHT")[1].jams_entry
        assert w.state(tuesdays) is EntryState.RESOURCE_WAIT and "Queue Q" in w.told(tuesdays)
        w.until("2027-03-10 02:00")
        assert w.state(tuesdays) is EntryState.TIMED
        at_two = w.submit("NIGHT")
        w.turns()
        for number in (tuesdays, at_two):
            assert w.state(number) is EntryState.TIMED
            (why,) = [wait for wait in w.why(number) if wait.kind is WaitKind.WINDOW]
            assert "window opens at 2027-03-10 21:00 UTC" in why.message
            assert why.opens_utc == w.moment("2027-03-10 22:00")
        w.write(lambda c: actions.cancel(c, at_two, "ada", actions.Cancel()))
        moved = w.entry(tuesdays)
        assert moved.original_hold_time_utc == w.moment("2027-03-09 23:50")
        assert moved.hold_time_utc == w.moment("2027-03-10 22:00")
        w.until("2027-03-10 21:00")
        by_hand = w.submit("NIGHT")
        w.until("2027-03-10 21:59:59")
        assert w.state(by_hand) is EntryState.TIMED and "window opens at 2027-03-10 21:00" in w.told(by_hand)
        w.until("2027-03-11 01:54:30")
        late = w.submit("NIGHT")
        w.until("2027-03-11 12:00")
        assert w.starts("NIGHT")[1:] == ["03-10 22:00", "03-10 22:05", "03-10 23:50", "03-11 01:54:30"]
        assert w.began(tuesdays) == [w.moment("2027-03-10 22:00")]
        assert w.began(by_hand) == [w.moment("2027-03-10 22:05")] and len(w.began(late)) == 1
        w.holds()


def reorg(w: Field, action: str) -> int:
    """Monday's entry, held by an operator at 22:10 and not released before Tuesday 09:00."""
    w.job(r"\T\REORG", "true", scheduled("DAILY", "22:30"), window("22:00", "05:00", action))
    w.plays["REORG"] = [Play(30)] * 5
    w.until("2027-03-08 22:10")
    (number,) = [entry.jams_entry for entry in w.of("REORG")]
    w.act(actions.hold, number, Comment())
    w.until("2027-03-09 09:00")
    assert w.state(number) is EntryState.HELD and not w.runs
    return number


@pytest.mark.parametrize("action", ["NoAction", "Reschedule"])
def test_s10_a_held_entry_is_released_in_the_middle_of_the_day(place: Path | str, action: str) -> None:
    with field(place, "2027-03-08 12:00") as w:
        mondays = reorg(w, action)
        w.act(actions.release, mondays, Release())
        w.turns()
        assert w.state(mondays) is EntryState.TIMED
        assert "window opens at 2027-03-09 21:00 UTC" in w.told(mondays)
        w.until("2027-03-09 23:59")
        assert w.began(mondays) == [w.moment("2027-03-09 22:00")]
        # Tuesday's own runs beside it.
        assert w.starts("REORG") == ["03-09 22:00", "03-09 22:30"] and w.most_alive == 1
        w.holds()


@pytest.mark.parametrize("action", ["NoAction", "Reschedule", "Abort"])
def test_s10_who_releases_it_from_its_window_too_starts_it(place: Path | str, action: str) -> None:
    with field(place, "2027-03-08 12:00") as w:
        mondays = reorg(w, action)
        kinds = [ReleaseType.MANUAL_HOLD, ReleaseType.TIME_SLOT_WAIT]
        w.write(lambda c: actions.release(c, mondays, "bob", Release(release_types=kinds)))
        w.turns()
        assert w.began(mondays) == [w.moment("2027-03-09 09:00")]
        told = w.why(mondays)[-1]
        assert told.opened_by == "bob" and "ManualHold, TimeSlotWait" in told.message
        w.holds()


def test_s10_with_abort_it_is_judged_when_the_hold_is_gone(place: Path | str) -> None:
    """The rule: the window that closes leaves what is held to the person who holds it, up to his release."""
    with field(place, "2027-03-08 12:00") as w:
        mondays = reorg(w, "Abort")
        w.act(actions.release, mondays, Release())
        w.turns()
        ended = w.entry(mondays)
        assert ended.final_status == "Its window has closed before it started."
        assert ended.final_severity is Severity.ERROR and not w.runs
        with pytest.raises(WrongState):
            w.act(actions.release, mondays, Release())
        w.until("2027-03-09 23:59")
        assert w.starts("REORG") == ["03-09 22:30"]
        w.holds()
