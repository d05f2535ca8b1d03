"""Edits while entries wait, in a small world: what is planned anew, and what stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from jams.database import calendars, date_types, folders, jobs, schedule_triggers
from jams.dates import schedule, zones
from jams.objects.calendars import Calendar, Date, DateType, WorkDay
from jams.objects.definitions import Folder
from jams.objects.enums import EntryState
from jams.objects.patch import patch_of
from jams.objects.schedule import Comment, Reschedule
from jams.scheduler import actions
from jams.scheduler.planning import passes, placing
from jams.scheduler.planning.points import Point
from tests.support.planning import bag, part, scheduled, world

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


def test_what_somebody_has_touched_stays(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        id = w.job(
            r"\T\A", scheduled("DAILY", "10:00"), scheduled("DAILY", "11:00"), scheduled("DAILY", "12:00")
        )
        held, moved, _ = w.entries("A")
        w.desk.write(lambda c: actions.hold(c, held.jams_entry, "bob", Comment()))
        later = Reschedule(hold_time=w.moment("2027-03-08 15:00"))
        w.desk.write(lambda c: actions.reschedule(c, moved.jams_entry, "bob", later))
        w.change(id, scheduled("DAILY", "10:30"))
        assert w.waiting("A") == ["03-08 10:00", "03-08 15:00", "03-08 10:30"]
        # Back again: what was held stands for its point, which is not made a second time.
        w.change(id, scheduled("DAILY", "10:00"), scheduled("DAILY", "12:00"))
        assert w.waiting("A") == ["03-08 10:00", "03-08 15:00", "03-08 12:00"]
        w.until("2027-03-08 20:00")
        assert w.starts("A") == ["03-08 12:00", "03-08 15:00"]
        assert w.state(held.jams_entry) is EntryState.HELD


def test_a_change_elsewhere_in_the_job_renews_its_entries_in_place(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"))
        (before,) = w.entries("A")
        w.change(id, SchedulingPriority=7)
        (after,) = w.entries("A")
        assert (after.jams_entry, after.scheduling_priority) == (before.jams_entry, 7)
        assert after.hold_time_utc == before.hold_time_utc
        w.change(id, SubmitOnHold=True)
        assert [entry.current_state for entry in w.entries("A")] == [EntryState.HELD]
        w.change(id)
        assert [entry.current_state for entry in w.entries("A")] == [EntryState.TIMED]


def test_folders_bring_schedules_to_the_jobs_below(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        w.job(r"\T\A")
        w.job(r"\T\B", scheduled("DAILY", "11:00"))
        patch = patch_of(Folder)(elements=[scheduled("DAILY", "10:00")])
        w.edit(lambda c: folders.change(c, patch, name=r"\T", user="ada"))
        assert (w.waiting("A"), w.waiting("B")) == (["03-08 10:00"], ["03-08 11:00", "03-08 10:00"])
        w.edit(lambda c: folders.change(c, patch_of(Folder)(elements=[]), name=r"\T", user="ada"))
        assert (w.waiting("A"), w.waiting("B")) == ([], ["03-08 11:00"])


def test_a_job_with_planned_entries_can_be_deleted(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"))
        (entry,) = w.entries("A")
        w.edit(lambda c: jobs.delete(c, id))
        assert w.entries("A") == []
        assert w.audit(entry.jams_entry)[-1].endswith("left the schedule: its definition was deleted.")
        w.until("2027-03-10 09:00")
        assert w.starts("A") == []


def test_a_broken_definition_stops_itself_alone(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        broken = w.desk.stored_before(r"\T\BAD", elements=[scheduled("DAILY", "25:00")])
        mars = bag({"Calendar": "Mars"})
        w.desk.stored_before(r"\T\NOWHERE", elements=[scheduled("DAILY", "10:00")], properties=mars)
        w.job(r"\T\GOOD", scheduled("DAILY", "10:00"))
        w.until("2027-03-09 11:00")
        assert w.starts("GOOD") == ["03-08 10:00", "03-09 10:00"]
        assert w.starts("BAD") == w.starts("NOWHERE") == []
        w.change(broken, scheduled("DAILY", "12:00"))
        w.until("2027-03-09 13:00")
        assert w.starts("BAD") == ["03-09 12:00"]


def test_calendars_and_settings_plan_those_anew_that_use_them(place: Path | str) -> None:
    with world(place, "2027-03-09 09:00") as w:
        w.edit(lambda c: calendars.create(c, Calendar(calendar_name="Bank"), user="ada"))
        w.job(r"\T\OURS", scheduled("WORKDAYS", "08:00"))
        w.job(r"\T\THEIRS", scheduled("WORKDAYS", "08:00"), Calendar="Bank")
        w.job(r"\T\ABROAD", scheduled("WORKDAYS", "08:00", TimeZone="America/New_York"))
        assert w.waiting("OURS") == w.waiting("THEIRS") == ["03-10 08:00"]
        closed = DateType(
            date_type_type="CLOSED",
            calendar_name="Bank",
            dates=[Date(start_date=date(2027, 3, 10), work_day=WorkDay.FALSE)],
        )
        ours = w.entries("OURS")
        w.edit(lambda c: date_types.create(c, closed, user="ada"))
        assert (w.waiting("THEIRS"), w.entries("OURS")) == ([], ours)
        w.setting("TimeZone", "Europe/London")
        assert w.waiting("OURS") == ["03-10 09:00"]
        assert w.waiting("ABROAD") == ["03-09 14:00"]
        w.setting("Work_WED", "False")
        assert w.waiting("OURS") == []
        w.setting("Work_WED", "True")
        assert w.waiting("OURS") == ["03-10 09:00"]
        w.setting("Work_WED", "False")
        assert w.waiting("OURS") == []
        w.until("2027-03-12 12:00")
        assert w.starts("OURS") == ["03-11 09:00", "03-12 09:00"]
        assert w.starts("THEIRS") == ["03-11 09:00", "03-12 09:00"]


def test_what_fails_in_a_way_that_nobody_foresaw_stops_itself_alone(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(place, "2027-03-08 09:00") as w:
        bad = w.job(r"\T\BAD", scheduled("DAILY", "10:00"))
        w.job(r"\T\GOOD", scheduled("DAILY", "10:00"))
        content = placing.content

        def failing(c: Connection, stamp: int, job_id: int, point: Point, *, held: bool) -> dict[str, Any]:
            if job_id == bad:
                raise ZeroDivisionError("nobody foresaw it")
            return content(c, stamp, job_id, point, held=held)

        monkeypatch.setattr(placing, "content", failing)
        w.until("2027-03-09 12:00")
        assert w.starts("GOOD") == ["03-08 10:00", "03-09 10:00"]
        assert w.starts("BAD") == ["03-08 10:00"]
        assert w.missed(bad) == [("03-09 10:00", "NotMade")]
        monkeypatch.undo()
        w.until("2027-03-10 12:00")
        assert w.starts("BAD") == ["03-08 10:00", "03-10 10:00"]


def test_a_job_that_is_not_submitted_by_itself_any_more(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        id = w.job(r"\T\A", scheduled("DAILY", "10:00"))
        w.change(id, AutoSubmit=False)
        assert w.waiting("A") == []
        w.until("2027-03-09 12:00")
        assert w.begun == []


def test_intervals_count_from_the_day_on_which_they_were_defined(place: Path | str) -> None:
    with world(place, "2027-03-08 09:00") as w:
        id = w.job(r"\T\A", scheduled("EVERY 3 DAYS", "10:00"))
        w.until("2027-03-15 12:00")
        assert w.starts("A") == ["03-08 10:00", "03-11 10:00", "03-14 10:00"]
        w.change(id, scheduled("EVERY 3 DAYS", "10:00"), SchedulingPriority=1)
        w.until("2027-03-21 12:00")
        assert w.starts("A")[3:] == ["03-17 10:00", "03-20 10:00"]


def test_who_is_due_is_planned_anew_first(place: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with many jobs changes: what is due does not wait until all of them were looked at."""
    with world(place, "2027-03-08 09:00") as w:
        for number in range(10):
            w.job(rf"\T\J{number}", scheduled("DAILY", f"1{number}:00"))
        w.until("2027-03-08 18:59:59")
        w.begun.clear()
        w.now = w.moment("2027-03-08 19:00")
        monkeypatch.setattr(passes, "MOST_JOBS", 1)
        patch = patch_of(Folder)(description="Other than before.")
        w.edit(lambda c: folders.change(c, patch, name=r"\T", user="ada"), turn=False)
        w.desk.write(lambda c: part(c, w.now))
        left = {job.job_id for job in w.desk.read(lambda c: schedule_triggers.to_plan(c, 20))}
        assert len(left) == 9
        assert w.entries("J9")[0].job_id not in left
        w.turn()
        assert w.starts("J9") == ["03-08 19:00"]


def test_other_data_on_time_zones_plan_the_schedule_anew(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zone gets another offset by law; the server is started again with the new data."""
    with world(place, "2027-03-08 07:00") as w:
        w.job(r"\T\A", scheduled("DAILY", "12:00", TimeZone="America/New_York"))
        w.job(r"\T\B", scheduled("DAILY", "12:00", TimeZone="Europe/Berlin"))
        assert (w.waiting("A"), w.waiting("B")) == (["03-08 18:00"], ["03-08 12:00"])
        before = w.entries("B")
        w.away("2027-03-08 07:01")
        w.turn()
        assert w.waiting("A") == ["03-08 18:00"]
        real = zones.time_zone
        lawful = {"America/New_York": "America/Halifax"}
        monkeypatch.setattr(schedule, "time_zone", lambda name: real(lawful.get(name, name)))
        monkeypatch.setattr(zones, "zone_data", lambda: "2027a")
        schedule._clock.cache_clear()
        w.away("2027-03-08 07:02")
        w.turn()
        schedule._clock.cache_clear()
        assert (w.waiting("A"), w.entries("B")) == (["03-08 17:00"], before)
