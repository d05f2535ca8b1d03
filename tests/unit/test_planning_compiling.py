"""What of a job's definition says when it runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jams.database import properties
from jams.database.folders import FolderRecord, FolderRest
from jams.dates import (
    BaseTime,
    InvalidSchedule,
    InvalidTime,
    NonWorkdayRule,
    Recurrence,
    Schedule,
    UnknownTimeZone,
)
from jams.objects.definitions import Job
from jams.objects.parts import Element, PropertyValue
from jams.registry import Reference
from jams.scheduler.planning.compiling import JobSchedules, said_by, schedules_of


def bag(values: dict[str, Any]) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in values.items()]


def element(kind: str, **values: Any) -> Element:
    return Element(element_name=kind, element_type_name=kind, properties=bag(values))


def told(job: Job, zone: str = "UTC", above: FolderRecord | None = None) -> JobSchedules:
    return schedules_of(said_by(job, above), zone)


def schedules(*elements: Element, **own: Any) -> tuple[Schedule, ...]:
    job = Job(job_name="Load", elements=list(elements), properties=bag(own))
    return told(job, "Europe/Berlin").schedules


def test_a_job_without_schedule() -> None:
    assert told(Job(job_name="Load")) == JobSchedules()


def test_triggers() -> None:
    first = element(
        "ScheduleTrigger",
        ScheduledDate="3rd workday of month",
        ScheduledTime="3:30PM",
        ExceptForDate="HOLIDAY",
        ScheduledStartDate="2026-01-31T00:00:00Z",
        NonWorkdayScheduling="precedingworkday",
        TimeZone="America/New_York",
    )
    second = element("scheduletrigger", scheduleddate="DAILY", ScheduledTime={"totalSeconds": 30600})
    disabled = element("ScheduleTrigger", ScheduledDate="FRIDAYS", Enabled=False)
    other = element("FileTrigger", ScheduledDate="FRIDAYS")
    assert schedules(first, second, disabled, other, ScheduledDate="MONDAYS") == (
        Schedule(
            dates="3rd workday of month",
            times=("15:30",),
            except_for="HOLIDAY",
            non_workday=NonWorkdayRule.PRECEDING,
            start_date=date(2026, 1, 31),
            time_zone="America/New_York",
        ),
        Schedule(dates="DAILY", times=("08:30",), time_zone="Europe/Berlin"),
    )


def test_properties_of_the_job_itself() -> None:
    found = schedules(
        ScheduledDate="WORKDAYS",
        ScheduledTime="09:00",
        ExceptForDate="",
        NonWorkdayScheduling="Ignore",
        ScheduledStartDate="0001-01-01T00:00:00Z",
        ResubmitDelay={"$type": "DeltaTime", "totalSeconds": 3600},
        ResubmitEnd="17:00",
        ResubmitBase="EndTime",
    )
    again = Recurrence(delay="01:00", until="17:00", base_time=BaseTime.END_TIME)
    assert found == (
        Schedule(dates="WORKDAYS", times=("09:00",), time_zone="Europe/Berlin", recurrence=again),
    )


def test_a_recurrence_counts_for_every_trigger() -> None:
    again = element("Recurrence", Delay="0.00:30", EndTime={"totalSeconds": 61200})
    triggers = [element("ScheduleTrigger", ScheduledDate=text) for text in ("MONDAYS", "FRIDAYS")]
    expected = Recurrence(delay="00:30", until="17:00")
    assert [each.recurrence for each in schedules(again, *triggers)] == [expected, expected]
    none = element("RecurrenceNewEntry", Delay={"totalSeconds": -1})
    assert schedules(none, triggers[0])[0].recurrence is None


def test_the_last_submission_is_a_day_of_the_zone() -> None:
    job = Job(
        job_name="Load",
        elements=[element("ScheduleTrigger", ScheduledDate="EVERY OTHER DAY", TimeZone="Asia/Tokyo")],
        last_autosubmit_utc=datetime(2026, 11, 24, 20, tzinfo=UTC),
    )
    assert told(job).schedules[0].last_submitted == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Bank", Reference(name="Bank")),
        ({"calendarID": 7, "calendarName": "Bank"}, Reference(7, "Bank")),
        ({"calendarID": 0, "calendarName": "Bank"}, Reference(name="Bank")),
        ({"calendarID": None, "calendarName": None}, None),
        ("", None),
    ],
)
def test_the_calendar_of_a_job(value: Any, expected: Reference | None) -> None:
    assert told(Job(job_name="X", properties=bag({"Calendar": value}))).calendar == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(False, False), ("FALSE", False), (None, True), (True, True)]
)
def test_switches(value: Any, expected: bool) -> None:
    found = told(Job(job_name="X", properties=bag({"AutoSubmit": value, "Enabled": value})))
    assert (found.auto_submit, found.enabled) == (expected, expected)


def test_what_comes_down_from_the_folders() -> None:
    """Elements of folders count beside those of the job; a property of its own stands for the folder's."""
    above = FolderRecord(
        2,
        r"\Sales",
        FolderRest(),
        passed_on=properties.inherit(
            {},
            2,
            r"\Sales",
            bag({"ScheduledTime": "07:00", "ExceptForDate": "HOLIDAY", "SubmitOnHold": True}),
        ),
        passed_elements=(element("ScheduleTrigger", ScheduledDate="MONDAYS"),),
    )
    both = Job(job_name="X", elements=[element("ScheduleTrigger", ScheduledDate="FRIDAYS")])
    assert [each.dates for each in told(both, above=above).schedules] == ["MONDAYS", "FRIDAYS"]
    assert told(both, above=above).on_hold
    plain = replace(above, passed_elements=())
    own = Job(job_name="X", properties=bag({"ScheduledDate": "DAILY", "ScheduledTime": "08:00"}))
    (found,) = told(own, above=plain).schedules
    assert (found.dates, found.times, found.except_for) == ("DAILY", ("08:00",), "HOLIDAY")


def test_an_inherited_switch() -> None:
    inherited = PropertyValue(property_name="Enabled", default_value=False)
    assert not told(Job(job_name="X", properties=[inherited])).enabled


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"ScheduledDate": 5},
        {"ScheduledDate": "DAILY", "ScheduledTime": 5},
        {"ScheduledDate": "DAILY", "ScheduledTime": {"totalSeconds": 86400}},
        {"ScheduledDate": "DAILY", "ScheduledStartDate": "soon"},
        {"ScheduledDate": "DAILY", "NonWorkdayScheduling": "Perhaps"},
        {"ScheduledDate": "DAILY", "TimeZone": {"timeZoneID": 3}},
        {"ScheduledDate": "DAILY", "ScheduledTime": "25:00"},
        {"ScheduledDate": "DAILY", "TimeZone": "Mars/Base"},
    ],
)
def test_what_no_schedule_can_be_made_of(values: dict[str, Any]) -> None:
    with pytest.raises((InvalidSchedule, InvalidTime, UnknownTimeZone)):
        schedules(element("ScheduleTrigger", **values))
