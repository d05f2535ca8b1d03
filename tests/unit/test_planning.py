"""Jobs that run by themselves: from their definitions to runs at their times."""

from __future__ import annotations

from pathlib import Path

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
