"""Situations from the field: runs that were missed (docs/situations.md)."""

from __future__ import annotations

from pathlib import Path

from jams.objects.enums import DataType, EntryState
from jams.objects.parts import ParamDef
from jams.objects.schedule import Restart
from jams.scheduler import actions
from tests.support.field import Play, field
from tests.support.planning import scheduled


def test_s02_each_caught_up_run_works_for_its_own_day(place: Path | str) -> None:
    """What ``<<DAY>>`` shows in the log is the parameter that the run is given."""
    with field(place, "2027-03-05 12:00") as w:
        w.setting("ScheduleMaxDowntime", "240")
        day = ParamDef(param_name="DAY", data_type=DataType.DATE, default_value="YESTERDAY")
        id = w.job(
            r"\T\DAYLOAD",
            'echo "$DAY"',
            scheduled("DAILY", "02:00"),
            parameters=[day],
            SingleInstanceAction="Wait",
            CatchUp="All",
            CatchUpWithin="7.00:00",
            RetryCount=1,
            RetryInterval="1.00:00",
        )
        w.plays["DAYLOAD"] = [Play(20), Play(20, code=1), Play(20)]
        w.until("2027-03-05 20:00")
        w.dies("2027-03-08 09:00")
        w.until("2027-03-08 12:00")
        assert w.starts("DAYLOAD") == ["03-08 09:00", "03-08 09:20", "03-08 09:40"]
        assert w.missed(id) == []
        three = w.of("DAYLOAD")[:3]
        assert [entry.todays_date for entry in three] == ["2027-03-06", "2027-03-07", "2027-03-08"]
        points = [w.local(entry.original_hold_time_utc) for entry in three if entry.original_hold_time_utc]
        assert points == ["03-06 02:00", "03-07 02:00", "03-08 02:00"]
        assert w.waiting("DAYLOAD") == ["03-09 09:40", "03-09 02:00"]
        # On the 9th the second is tried again by itself, and somebody restarts the first.
        first, second, third = (entry.jams_entry for entry in three)
        w.until("2027-03-09 08:00")
        w.act(actions.restart, first, Restart())
        w.until("2027-03-09 12:00")
        assert w.parameter(first, "DAY") == ["2027-03-05", "2027-03-05"]
        assert w.parameter(second, "DAY") == ["2027-03-06", "2027-03-06"]
        assert w.parameter(third, "DAY") == ["2027-03-07"]
        again = [w.entry(number) for number in (first, second)]
        assert [entry.todays_date for entry in again] == ["2027-03-06", "2027-03-07"]
        points = [w.local(entry.original_hold_time_utc) for entry in again if entry.original_hold_time_utc]
        assert points == ["03-06 02:00", "03-07 02:00"]
        assert all(entry.current_state is EntryState.COMPLETE for entry in again)
        w.holds()


def test_s03_time_spent_disabled_is_not_downtime(place: Path | str) -> None:
    """The rule: points that pass while a job is disabled leave no trace.

    Half of the 288 points of PULSE come from its folder, as a definition may have 250 elements.
    """
    times = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60, 5)]
    with field(place, "2027-03-08 09:50") as w:
        report = w.job(r"\T\REPORT", "true", scheduled("DAILY", "06:00"), CatchUp="Latest")
        w.folder(r"\T\P", elements=[scheduled("DAILY", time) for time in times[::2]])
        pulse = w.job(
            r"\T\P\PULSE", "true", *(scheduled("DAILY", time) for time in times[1::2]), CatchUp="Latest"
        )
        w.until("2027-03-08 09:59")
        assert w.starts("PULSE") == ["03-08 09:55"]
        (tuesdays,) = [entry.jams_entry for entry in w.of("REPORT")]
        w.edit(report, Enabled=False, CatchUp="Latest")
        w.edit(pulse, Enabled=False, CatchUp="Latest")
        w.until("2027-03-08 10:00")
        assert w.of("REPORT") == [] and w.waiting("PULSE") == []
        assert w.audit(tuesdays)[-1] == f"Entry {tuesdays} left the schedule: its definition is disabled."
        w.until("2027-03-11 15:01")
        w.edit(report, CatchUp="Latest")
        before = w.taken
        w.edit(pulse, CatchUp="Latest")
        w.turns()
        # Each turn makes twenty entries: what takes time is what is to come, not what has passed.
        assert w.taken - before <= 20
        assert [*w.starts("REPORT"), *w.starts("PULSE")] == ["03-08 09:55"]
        assert w.waiting("REPORT") == ["03-12 06:00"]
        w.until("2027-03-11 15:06")
        assert w.starts("PULSE")[1:] == ["03-11 15:05"]
        w.edit(pulse, Enabled=False)
        w.until("2027-03-12 07:00")
        assert w.starts("REPORT") == ["03-12 06:00"]
        assert w.missed(pulse) == w.missed(report) == []
        w.holds()
