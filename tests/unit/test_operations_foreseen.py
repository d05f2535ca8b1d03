"""What is foreseen of jobs and schedules, asked of the operations themselves on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from jams.database import calendar_imports, calendars, date_types, definition_stamps, tables
from jams.dates import DatesNotDefined, InvalidSchedule
from jams.objects.calendars import Calendar, Date, DateType, WorkDay
from jams.objects.errors import AccessDenied, InvalidArgument, ServerBusy
from jams.objects.parts import Element, PropertyValue
from jams.objects.schedule_rows import ScheduleReason
from jams.operations import schedule
from jams.operations.calendar_imports import CsvImport
from jams.security.rights import CalendarDefinitions
from tests.support.operations import START, ask
from tests.support.planning import part
from tests.support.schedule import USER, Desk, desk


@pytest.fixture
def d(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "jams.db") as made:
        yield made


def trigger(text: str, **values: Any) -> Element:
    given = {"ScheduledDate": text, "TimeZone": "UTC", **values}
    bag = [PropertyValue(property_name=name, current_value=value) for name, value in given.items()]
    return Element(element_name=text, element_type_name="ScheduleTrigger", properties=bag)


def own(**values: Any) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in values.items()]


def feasts(d: Desk, calendar: str, *days: str) -> None:
    if calendar != "Default":
        d.write(lambda c: calendars.create(c, Calendar(calendar_name=calendar), user=USER))
    dates = [Date(start_date=date.fromisoformat(day), work_day=WorkDay.FALSE) for day in days]
    document = DateType(date_type_type="FEAST", calendar_name=calendar, dates=dates)
    d.write(lambda c: date_types.create(c, document, user=USER))


def rows(d: Desk, **inputs: Any) -> list[tuple[str, str]]:
    found = ask(d, "get_schedule", start=START, end=START + timedelta(days=3), **inputs)
    return [
        (row.job_name, f"{row.scheduled_time:%d %H:%M}" if row.error is None else row.error.code)
        for row in found
    ]


def test_the_projected_schedule(d: Desk) -> None:
    d.folder(r"\Sales")
    feasts(d, "Default", "2026-11-23", "2026-11-25", "2027-01-01")
    feasts(d, "Bank", "2026-11-23", "2026-11-26", "2027-01-01")
    d.job(
        r"\Sales\Daily", lenient=True, elements=[trigger("DAILY", ScheduledTime="08:00"), trigger("FRIDAYS")]
    )
    d.job(r"\Sales\Ours", lenient=True, elements=[trigger("FEAST", ScheduledTime="09:00")])
    d.job(
        r"\Theirs",
        lenient=True,
        elements=[trigger("FEAST", ScheduledTime="10:00")],
        properties=own(Calendar="bank"),
    )
    d.stored_before(r"\Nowhere", elements=[trigger("DAILY")], properties=own(Calendar="Mars"))
    d.stored_before(r"\Broken", elements=[trigger("DAILY", ScheduledTime="25:00")])
    d.stored_before(r"\Odd", elements=[trigger("DAILY", ScheduledTime=8)])
    d.job(r"\Off", lenient=True, elements=[trigger("DAILY")], properties=own(Enabled=False))
    d.job(r"\Plain")
    assert rows(d) == [
        ("Broken", "InvalidTime"),
        ("Odd", "InvalidSchedule"),
        ("Nowhere", "CalendarNotFound"),
        ("Daily", "24 08:00"),
        ("Daily", "25 08:00"),
        ("Ours", "25 09:00"),
        ("Daily", "26 08:00"),
        ("Theirs", "26 10:00"),
        ("Daily", "27 00:00"),
    ]
    assert rows(d, folder=r"\Sales", job_name="O*") == [("Ours", "25 09:00")]
    assert rows(d, folder=r"\Sales", limit=2) == [("Daily", "24 08:00"), ("Daily", "25 08:00")]


def test_jobs_that_are_not_submitted_by_themselves_are_planned(d: Desk) -> None:
    d.job(r"\Load", lenient=True, elements=[trigger("DAILY")], properties=own(AutoSubmit="false"))
    found = ask(d, "get_schedule", start=START)
    assert [(row.reason, row.auto_submit) for row in found] == [(ScheduleReason.PLANNED, False)]


def test_dates_that_end_are_told_in_their_place(d: Desk) -> None:
    feasts(d, "Default", "2026-11-23", "2026-11-24", "2026-11-25")
    d.job(r"\Ours", lenient=True, elements=[trigger("FEAST", ScheduledTime="09:00")])
    d.job(r"\Daily", lenient=True, elements=[trigger("DAILY", ScheduledTime="10:00")])
    assert rows(d) == [
        ("Ours", "24 09:00"),
        ("Ours", "DATESNSU"),
        ("Daily", "24 10:00"),
        ("Daily", "25 10:00"),
        ("Daily", "26 10:00"),
    ]


def test_occurrences_of_a_job_with_two_triggers(d: Desk) -> None:
    d.job(r"\Load", lenient=True, elements=[trigger("MONDAYS", ScheduledTime="08:00"), trigger("DAILY")])
    found = ask(d, "get_job_occurrences", name="Load", after=datetime(2026, 11, 29, tzinfo=UTC), limit=3)
    assert [f"{each.scheduled_time_utc:%d %H:%M}" for each in found] == ["30 00:00", "30 08:00", "01 00:00"]


def test_a_job_that_repeats_too_often(d: Desk) -> None:
    again = Element(
        element_name="R", element_type_name="Recurrence", properties=own(Delay={"totalSeconds": 1})
    )
    d.job(r"\Load", lenient=True, elements=[trigger("DAILY"), again])
    with pytest.raises(InvalidSchedule):
        ask(d, "get_job_occurrences", name="Load")


def test_how_many_occurrences_come_before_the_dates_end(d: Desk) -> None:
    feasts(d, "Default", "2026-11-23", "2026-11-24", "2026-11-26", "2026-11-30")
    asked = {"dates": "FEAST", "time_zone": "UTC", "after": START, "times": ["09:00"]}
    assert len(ask(d, "get_occurrences", limit=2, **asked)) == 2
    with pytest.raises(DatesNotDefined, match="Only 2 of the 3"):
        ask(d, "get_occurrences", limit=3, **asked)


@pytest.mark.parametrize(
    "inputs",
    [
        {"until": "17:00"},
        {"window_from": "09:00"},
        {"window": "Night", "window_to": "09:00"},
        {"delay": "0.00:00"},
        {"times": [f"{hour:02}:{minute}" for hour in range(24) for minute in (10, 20)]},
    ],
)
def test_schedules_whose_parts_do_not_fit(d: Desk, inputs: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        ask(d, "get_occurrences", dates="DAILY", **inputs)


def test_a_schedule_that_never_runs_has_no_occurrences(d: Desk) -> None:
    assert ask(d, "get_occurrences", dates="DAILY", except_for="DAILY") == []
    assert ask(d, "get_occurrences", dates="LAST MONDAY") == []


def test_the_last_days_of_the_calendar(d: Desk) -> None:
    late = datetime(9998, 12, 29, 12, tzinfo=UTC)
    assert len(ask(d, "get_occurrences", dates="DAILY", time_zone="UTC", after=late)) == 1
    for moment in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        with pytest.raises(InvalidSchedule):
            ask(d, "get_occurrences", dates="DAILY", time_zone="America/New_York", after=moment)
        with pytest.raises(InvalidSchedule):
            ask(d, "get_schedule", start=moment)


def test_who_may_change_but_not_add_imports_nothing(d: Desk) -> None:
    body = CsvImport(text="Date\n2027-01-01\n", date_type="FEAST")
    with pytest.raises(AccessDenied):
        ask(d, "import_csv", CalendarDefinitions.CHANGE, body=body)
    told = ask(d, "import_csv", CalendarDefinitions.CHANGE, CalendarDefinitions.ADD, body=body)
    assert told.new_date_types == ("FEAST",)


def test_a_dry_run_writes_nothing(d: Desk) -> None:
    body = CsvImport(text="Date\n2027-01-01\n", date_type="FEAST", dry_run=True)
    assert ask(d, "import_csv", *CalendarDefinitions, body=body).added == 1
    assert d.read(lambda c: date_types.in_calendar(c, None)) == []


def test_an_import_keeps_nobody_from_writing(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is prepared others write; what they change of definitions is seen."""
    plan = calendar_imports.plan
    kept: list[str] = []

    def and_meanwhile(*given: Any) -> Any:
        if not kept:
            kept.append("planned")
            document = DateType(date_type_type="CLOSED", dates=[Date(start_date=date(2026, 12, 24))])
            d.write(lambda c: date_types.create(c, document, user=USER))
        return plan(*given)

    monkeypatch.setattr(calendar_imports, "plan", and_meanwhile)
    body = CsvImport(text="Date\n2026-12-24\n2026-12-31\n", date_type="Closed")
    told = ask(d, "import_csv", CalendarDefinitions.ADD, body=body)
    assert (told.added, told.kept, told.new_date_types) == (1, 1, ())


def test_an_import_that_is_always_overtaken_is_refused(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = calendar_imports.plan

    def overtaken(*given: Any) -> Any:
        found = plan(*given)
        d.write(definition_stamps.changed)
        return found

    monkeypatch.setattr(calendar_imports, "plan", overtaken)
    with pytest.raises(ServerBusy):
        ask(
            d, "import_csv", CalendarDefinitions.ADD, body=CsvImport(text="Date\n2026-12-24\n", date_type="X")
        )
    assert d.read(lambda c: date_types.in_calendar(c, 1)) == []


def test_many_long_texts_are_refused(d: Desk) -> None:
    with pytest.raises(InvalidArgument, match="together"):
        ask(d, "evaluate_dates", dates=["5TH MONDAY OF FEBRUARY, " * 19 + "TODAY"] * 200)


def test_schedules_that_hold_rarely_cost_a_list_so_much_and_no_more(
    d: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "MOST_STEPS", 1000)
    for number in range(5):
        d.job(f"\\J{number}", lenient=True, elements=[trigger("DAILY EXCEPT DAILY")])
    found = ask(d, "get_schedule", start=START, end=START + timedelta(days=200))
    assert [row.error.code for row in found] == ["InvalidSchedule"] * 3


def test_the_next_run_of_an_interval_is_foreseen(d: Desk) -> None:
    bag = [PropertyValue(property_name="Interval", current_value="1:00")]
    again = Element(element_name="again", element_type_name="IntervalTrigger", properties=bag)
    d.job(r"\Beat", elements=[again])
    d.job(r"\Daily", elements=[trigger("DAILY", ScheduledTime="12:00")])
    d.write(lambda c: c.execute(update(tables.happening).values(time=START)).close())
    d.write(lambda c: part(c, START))
    found = ask(d, "get_schedule", start=START)
    assert [(row.job_name, row.scheduled_time) for row in found] == [
        ("Beat", START + timedelta(hours=1)),
        ("Daily", START + timedelta(hours=12)),
    ]
