"""Situations from the field: clocks that change, and zones (docs/situations.md)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jams.objects.enums import EntryState
from jams.objects.parts import Element
from tests.support.engine import element
from tests.support.field import Field, field
from tests.support.planning import scheduled

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


def utc(w: Field, job: str) -> list[str]:
    """When runs of a job have begun."""
    return [f"{run.began:%H:%M}" for run in w.runs if run.job == job]


@pytest.mark.parametrize(
    ("eve", "day", "beats", "fixed"),
    [
        ("2027-11-06", "2027-11-07", 100, ["05:00", "05:30", "07:00", "07:30", "08:00"]),
        ("2027-03-13", "2027-03-14", 92, ["06:00", "06:30", "07:00", "07:00", "07:00"]),
    ],
)
def test_s05_the_day_of_25_hours_and_the_day_of_23(
    place: Path | str, eve: str, day: str, beats: int, fixed: list[str]
) -> None:
    """The rule for March: what the clocks skip starts at the first moment after."""
    with field(place, f"{eve} 23:40", NEW_YORK) as w:
        w.job(r"\T\BEAT", "true", element("IntervalTrigger", Interval="0:15", StartTime="00:00"))
        times = ("01:00", "01:30", "02:00", "02:30", "03:00")
        fix = w.job(r"\T\FIX", "true", *(scheduled("DAILY", time) for time in times))
        turns = []
        hour = w.moment(f"{day} 00:00")
        end = w.moment(f"{day} 23:59:59")
        while hour < end:
            before = w.taken
            hour = min(hour + timedelta(hours=1), end)
            w.at(hour - timedelta(seconds=1))
            turns.append(w.taken - before)
        begun = [run.began for run in w.runs if run.job == "BEAT"]
        assert len(begun) == beats
        assert {later - earlier for earlier, later in pairwise(begun)} == {timedelta(minutes=15)}
        changed = datetime.fromisoformat(f"{day}T05:45").replace(tzinfo=UTC)
        assert {changed + timedelta(minutes=15 * n) for n in range(5)} <= set(begun)
        assert utc(w, "FIX") == fixed
        assert len(w.history(fix)) == 5
        # The hours in which FIX runs have the turns of its runs besides; none of them has more.
        assert max(turns) <= min(turns) + 2 * 5
        # Every listing tells the two 01:30 apart: documents have UTC, tables of the command line the offset
        # (test_webclient_typing.py).
        starts = [record.start_time_utc for record in w.history(fix)]
        assert len({f"{start:%H:%M}" for start in starts if start}) == len(set(fixed))
        w.holds()


def test_s07_or_within_the_last_hour_counts_hours_that_passed(place: Path | str) -> None:
    """The clock of New York goes back at 06:00Z: what its face shows is 20 minutes, what passed is 80."""
    with field(place, "2027-11-06 22:00", NEW_YORK) as w:
        w.job(r"\T\UP")
        for name, time in (("D1", "01:30"), ("D2", "02:10")):
            gate = element("JobDependency", DependsOnJob=r"\T\UP", WithinTime="1:00")
            w.job(rf"\T\{name}", "true", gate, scheduled("DAILY", time))
        for end in ("04:40", "05:50"):
            w.at(_at(end) - timedelta(minutes=1))
            w.submit("UP")
        w.at(_at("07:15"))
        assert utc(w, "D1") == ["05:30"] and utc(w, "D2") == []
        (second,) = [e for e in w.of("D2") if e.current_state is EntryState.DEPENDENCY_WAIT]
        (why,) = w.why(second.jams_entry)
        assert why.name == r"\T\UP"
        assert "within the last 60 min (it last did 2027-11-07 05:50:00 UTC)" in why.message
        w.at(_at("07:19"))
        w.submit("UP")
        w.at(_at("08:30"))
        assert utc(w, "D2") == ["07:20"]
        assert any(
            "ended Success at 2027-11-07 07:20:00 UTC" in told.message for told in w.why(second.jams_entry)
        )
        w.holds()


def _at(time: str) -> datetime:
    return datetime.fromisoformat(f"2027-11-07T{time}").replace(tzinfo=UTC)


def test_s08_the_zone_of_a_job_is_changed_while_its_entry_waits(place: Path | str) -> None:
    """The rule: a point that a change puts into the future is due, also on a day on which the job has run."""

    def nine(zone: str) -> Element:
        return scheduled("DAILY", "09:00", TimeZone=zone)

    def others(w: Field) -> list[object]:
        return [w.of(f"J{number}") for number in range(40)]

    with field(place, "2027-01-12 12:00", LONDON) as w:
        nines = w.job(r"\T\NINE", "true", nine("Europe/London"))
        for number in range(40):
            w.job(rf"\T\J{number}", "true", scheduled("DAILY", f"{number % 24:02}:30"))
        changes = [("08:00", "America/New_York"), ("08:30", "Europe/London"), ("10:00", "America/New_York")]
        stand = []
        for time, zone in changes:
            w.until(f"2027-01-13 {time}")
            before, runs = others(w), len(w.runs)
            w.edit(nines, nine(zone))
            w.turns()
            assert others(w) == before and len(w.runs) == runs
            stand.append(w.waiting("NINE"))
        assert stand == [["01-13 14:00"], ["01-13 09:00"], ["01-13 14:00"]]
        assert w.starts("NINE") == ["01-13 09:00"]
        afternoon = w.of("NINE")[-1].jams_entry
        morning = w.of("NINE")[-2].jams_entry
        rule = f"Entry {morning} was for the same day, by a schedule that was changed since"
        assert rule in w.told(afternoon) and "DAILY at 09:00, America/New_York" in w.told(afternoon)
        w.until("2027-01-14 13:00")
        assert rule in w.told(afternoon)
        assert "same day" not in w.told(w.of("NINE")[-1].jams_entry)
        w.until("2027-01-14 20:00")
        assert w.starts("NINE") == ["01-13 09:00", "01-13 14:00", "01-14 14:00"]
        assert w.starts("J8") == ["01-13 08:30", "01-14 08:30"]
        w.holds()
