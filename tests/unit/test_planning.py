"""Jobs that run by themselves: from their definitions to runs at their times."""

from __future__ import annotations

from pathlib import Path

import pytest

from jams.scheduler.planning import passes
from jams.scheduler.planning.rules import rules
from tests.support.planning import scheduled, world


def test_a_job_on_workdays_runs_by_itself(place: Path | str) -> None:
    with world(place, "2026-11-26 07:00") as w:
        w.job(r"\T\LOAD", scheduled("WORKDAYS", "08:30"))
        w.job(r"\T\OLD", ScheduledDate="FRIDAYS", ScheduledTime="09:00")
        assert w.waiting("LOAD") == ["11-26 08:30"]
        w.until("2026-12-01 09:00")
        assert w.starts("LOAD") == ["11-26 08:30", "11-27 08:30", "11-30 08:30", "12-01 08:30"]
        assert w.starts("OLD") == ["11-27 09:00"]
        first = w.entries("LOAD")[-1]
        assert (first.todays_date, first.submitted_by) == ("2026-12-02", "JAMS")
        assert first.original_hold_time_utc == first.hold_time_utc == w.moment("2026-12-02 08:30")


def test_the_schedule_is_extended_every_schedule_interval(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(place, "2027-03-08 09:00") as w:
        w.setting("ScheduleInterval", "0.00:05")
        found = w.desk.read(rules)
    clock = [1000.0]
    monkeypatch.setattr(passes.time, "monotonic", lambda: clock[0])
    planner = passes.Planner()
    assert planner.begin()
    planner.done(passes.Pass(False, found))
    assert (planner.begin(), planner.seconds) == (False, 300.0)
    clock[0] += 300.0
    assert planner.begin()
    planner.done(passes.Pass(True, found))
    assert planner.seconds == 0.0


def test_the_schedule_reaches_schedule_advance_ahead(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        w.job(r"\T\A", *(scheduled("DAILY", time) for time in ("10:00", "12:00")))
        assert w.waiting("A") == ["03-08 10:00", "03-08 12:00"]
        w.setting("ScheduleAdvance", "1.02:00")
        assert w.waiting("A") == ["03-08 10:00", "03-08 12:00", "03-09 10:00"]
        w.until("2027-03-08 10:30")
        assert w.waiting("A") == ["03-08 12:00", "03-09 10:00", "03-09 12:00"]
