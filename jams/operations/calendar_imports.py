"""Dates from elsewhere: a country's holidays, iCalendar and CSV texts, put into a calendar.

A date that was imported names its source and is brought up to date by the next import, and goes when a newer
version of its text has it no longer; one that somebody has entered or changed by hand stays as it is.
Missing date types and specific types are made.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import built_calendars, calendar_imports
from jams.database.calendar_imports import Origin
from jams.database.date_type_records import find_calendar
from jams.dates import CalendarReading, WorkdayFlag, csv_reading, holiday_dates, icalendar_reading
from jams.objects.base import Arguments, Day, Name, Source
from jams.objects.calendars import CalendarImport, WorkDay
from jams.objects.errors import InvalidArgument
from jams.security.rights import CalendarDefinitions

from . import offers
from .catalogue import Binding
from .context import Context
from .declaration import operation

COLUMNS = ("calendarName", "dryRun", "added", "changed", "removed", "same", "kept", "remarks")
OFFERS = {**offers.OF_CALENDAR, "date_type": offers.DATE_TYPE_NAMES}
_EVENT = "'BEGIN:VEVENT', 'SUMMARY:Closed', 'DTSTART;VALUE=DATE:20261224', 'END:VEVENT'"
_SAMPLE = f"('BEGIN:VCALENDAR', {_EVENT}, 'END:VCALENDAR' -join \"`n\")"
"""A calendar of one event, as PowerShell writes it."""

LONGEST_SOURCE = 64
LONGEST_PERIOD = datetime.timedelta(days=366 * 50)

_FLAGS = {
    WorkDay.TRUE: WorkdayFlag.TRUE,
    WorkDay.FALSE: WorkdayFlag.FALSE,
    WorkDay.NOT_SPECIFIED: WorkdayFlag.MAYBE,
}

_CALENDAR = Meta(description="The calendar that takes the dates; the default one if not given.")
_DATE_TYPE = Meta(description="The date type that takes them; it is made if it does not exist.")
_WORK_DAY = Meta(description="Whether the dates are workdays.")
_SOURCE = Meta(
    description="What the text is known by, as its file's name: a newer version of the same name takes away "
    "what it has no longer. Without it only a text that resembles the one before does so.",
)
_DRY_RUN = Meta(description="Only say what would be done.")


class HolidayImport(Arguments, frozen=True, kw_only=True):
    """Which holidays are imported, and where to."""

    country: Annotated[Name, Meta(description="The country, as ``US`` (ISO 3166-1).")]
    years: Annotated[
        list[Annotated[int, Meta(ge=datetime.MINYEAR, le=datetime.MAXYEAR)]],
        Meta(min_length=1, max_length=200, description="The years whose holidays are taken."),
    ]
    subdivision: Annotated[Name | None, Meta(description="A part of the country, as ``CA``.")] = None
    language: Annotated[Name | None, Meta(description="The language of the descriptions, as ``de``.")] = None
    calendar: Annotated[Name | None, _CALENDAR] = None
    date_type: Annotated[Name, _DATE_TYPE] = "HOLIDAY"
    work_day: Annotated[WorkDay, _WORK_DAY] = WorkDay.FALSE
    dry_run: Annotated[bool, _DRY_RUN] = False


class ICalendarImport(Arguments, frozen=True, kw_only=True):
    """An iCalendar text, what of it is imported, and where to."""

    text: Annotated[Source, Meta(description="The iCalendar text (RFC 5545).")]
    start_date: Annotated[Day, Meta(description="The first day of the period whose events are taken.")]
    end_date: Annotated[Day, Meta(description="Its last day; at most 50 years later.")]
    calendar: Annotated[Name | None, _CALENDAR] = None
    date_type: Annotated[Name, _DATE_TYPE] = "HOLIDAY"
    work_day: Annotated[WorkDay, _WORK_DAY] = WorkDay.FALSE
    dry_run: Annotated[bool, _DRY_RUN] = False
    source: Annotated[Name | None, _SOURCE] = None


class CsvImport(Arguments, frozen=True, kw_only=True):
    """A CSV text and where it is imported to."""

    text: Annotated[
        Source,
        Meta(description="The text; its first row names the columns, of which Date is needed."),
    ]
    calendar: Annotated[Name | None, _CALENDAR] = None
    date_type: Annotated[
        Name | None, Meta(description="The date type of rows that name none in a column Date Type.")
    ] = None
    dry_run: Annotated[bool, _DRY_RUN] = False
    source: Annotated[Name | None, _SOURCE] = None


@operation(
    right=CalendarDefinitions.CHANGE,
    rest="POST /calendar/import/holidays",
    soap="Calendar.ImportHolidays",
    cmdlet="Import-JAMSCalendar",
    command="import-holidays",
    positional=("country",),
    columns=COLUMNS,
    offers=OFFERS,
    binding=Binding(set="Holidays", positional=("country", "years")),
)
def import_holidays(context: Context, body: HolidayImport) -> CalendarImport:
    """Put the public holidays of a country into a date type.

    Raises:
        UnreadableCalendar: the country, its part or the language is not known.
        CalendarNotFound: there is no such calendar.
        InvalidCalendar: the dates contradict those of the calendar.
    """
    found = holiday_dates(
        body.country,
        body.years,
        subdivision=body.subdivision,
        language=body.language,
        date_type=body.date_type,
        workday=_FLAGS[body.work_day],
    )
    place = body.country.upper() + (f"-{body.subdivision.upper()}" if body.subdivision else "")
    years = frozenset(body.years)
    origin = Origin(f"holidays:{place}", lambda day: day.year in years, (body.date_type,), certain=True)
    return _imported(context, body.calendar, CalendarReading(tuple(found)), origin, dry_run=body.dry_run)


@operation(
    right=CalendarDefinitions.CHANGE,
    rest="POST /calendar/import/icalendar",
    soap="Calendar.ImportICalendar",
    cmdlet="Import-JAMSCalendar",
    command="import-icalendar",
    columns=COLUMNS,
    offers=OFFERS,
    binding=Binding(samples={"text": _SAMPLE}, set="ICalendar"),
)
def import_icalendar(context: Context, body: ICalendarImport) -> CalendarImport:
    """Put the days of the events of an iCalendar text into a date type.

    A newer version of a text that was imported before brings the dates of the period up to date: what has
    moved leaves its old day, and what was cancelled or is missing goes.

    Raises:
        UnreadableCalendar: the text is not iCalendar, is cut off, has an event that cannot be followed, or
            has too many dates; the error names the event and the line.
        InvalidArgument: the period ends before it begins, or is too long.
        CalendarNotFound: there is no such calendar.
        InvalidCalendar: the dates contradict those of the calendar.
    """
    if not datetime.timedelta() <= body.end_date - body.start_date <= LONGEST_PERIOD:
        raise InvalidArgument("The period has at most 50 years, and ends after it begins.", member="endDate")
    source = _source(body.source, "ical")
    found = icalendar_reading(
        body.text,
        body.start_date,
        body.end_date,
        date_type=body.date_type,
        workday=_FLAGS[body.work_day],
        source=source,
    )
    origin = Origin(
        source,
        lambda day: body.start_date <= day <= body.end_date,
        (body.date_type,),
        certain=body.source is not None,
    )
    return _imported(context, body.calendar, found, origin, dry_run=body.dry_run)


@operation(
    right=CalendarDefinitions.CHANGE,
    rest="POST /calendar/import/csv",
    soap="Calendar.ImportCsv",
    cmdlet="Import-JAMSCalendar",
    command="import-csv",
    columns=COLUMNS,
    offers=OFFERS,
    binding=Binding(samples={"text": "'2026-12-24,Christmas Eve'"}, set="Csv"),
)
def import_csv(context: Context, body: CsvImport) -> CalendarImport:
    """Put the dates of a CSV text into date types.

    Known columns are Date, Date Type, Specific Type, Description, Workday (True, False or Maybe) and Status
    (Confirmed, Tentative or Cancelled), between commas, semicolons or tabs, or what a line ``sep=;`` says.
    Dates are written as in the date language. A newer version of a text that was imported before brings its
    years up to date: what has moved leaves its old day, and what was cancelled or is missing goes.

    Raises:
        UnreadableCalendar: a line cannot be read; the error says which.
        CalendarNotFound: there is no such calendar.
        InvalidName: a name of a date type or specific type cannot be borne.
        InvalidCalendar: the dates contradict those of the calendar.
    """
    order = context.read(built_calendars.date_settings).date_order
    source = _source(body.source, "csv")
    found = csv_reading(body.text, date_type=body.date_type, order=order, source=source)
    years = {each.date.year for each in (*found.dates, *found.cancelled)}
    origin = Origin(
        source,
        lambda day: bool(years) and min(years) <= day.year <= max(years),
        tuple({each.date_type for each in found.cancelled} | {body.date_type or ""}),
        certain=body.source is not None,
    )
    return _imported(context, body.calendar, found, origin, dry_run=body.dry_run)


def _source(given: str | None, default: str) -> str:
    """What the dates of a text name as their source. Raises InvalidArgument."""
    if given is None:
        return default
    if len(given) > LONGEST_SOURCE or ":" in given or given == "holidays":
        raise InvalidArgument(
            f"A source has at most {LONGEST_SOURCE} characters, no colon, and is not called holidays.",
            target=given,
            member="source",
        )
    return given


def _imported(
    context: Context, calendar: str | None, found: CalendarReading, origin: Origin, *, dry_run: bool
) -> CalendarImport:
    """Do the import, or only say what it would do. Raises AccessDenied for a caller who may not add dates."""
    context.caller.check(CalendarDefinitions.ADD)

    def plan(c: Connection) -> tuple[calendar_imports.Plan, CalendarImport]:
        planned = calendar_imports.plan(c, find_calendar(c, name=calendar), found, origin)
        return planned, calendar_imports.summary(c, planned, dry_run=dry_run)

    def store(c: Connection, prepared: tuple[calendar_imports.Plan, CalendarImport]) -> CalendarImport:
        planned, told = prepared
        calendar_imports.carry_out(c, planned, user=context.caller.account)
        return told

    return context.read(plan)[1] if dry_run else context.write_prepared(plan, store)
