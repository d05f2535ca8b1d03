"""Calendars as the date language takes them, built from the definitions and kept until one changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from jams import dates
from jams.dates import (
    DateDefinition,
    DateOrder,
    DateSettings,
    InvalidCalendar,
    LastWeekday,
    WorkdayFlag,
    WorkWeek,
)
from jams.dates.calendar import not_a_specific_type, two_periods
from jams.objects.calendars import WorkDay
from jams.objects.errors import ConfigurationInvalid

from . import calendar_dates, date_type_records, definition_stamps, names, stored_settings
from .date_type_records import DateTypeRecord
from .reading import Found, check_whole

MOST_TYPES = 1000
MOST_DATES = 100_000
"""What a calendar holds at most, so that it is built within a second."""

MOST_INCLUDED = 100

_FLAGS = {
    WorkDay.TRUE: WorkdayFlag.TRUE,
    WorkDay.FALSE: WorkdayFlag.FALSE,
    WorkDay.NOT_SPECIFIED: WorkdayFlag.MAYBE,
}


def built(c: Connection, stamp: int, id: int) -> dates.Calendar:
    """The calendar of that number, with the settings of the server, as of the definitions' stamp."""
    return definition_stamps.derived(c, stamp, ("calendar", id), lambda: _build(c, id))


def check(c: Connection, type_ids: Iterable[int]) -> None:
    """Check that every calendar in which one of the date types counts can still be built.

    Date types contradict only themselves, so that those concerned are looked at, and by the database:
    whoever writes shall not wait until calendars are built.

    Raises:
        InvalidCalendar: definitions that contradict each other, or that are too many.
    """
    records = date_type_records.load(c)
    concerned = date_type_records.reaching(records, [id for id in type_ids if id in records])
    _check_numbers(c, records, concerned)
    parts = {id: date_type_records.reached(records, id) for id in concerned}
    borne = calendar_dates.specific_types(c, sorted({part for reached in parts.values() for part in reached}))
    for id, reached in parts.items():
        name = records[id].row.name
        listed = {names.fold(each) for part in reached for each in records[part].rest.specific_types}
        for part in reached:
            for key, specific_type in borne[part].items():
                if key not in listed:
                    raise not_a_specific_type(specific_type, name)
        day = calendar_dates.day_taken_twice(c, reached) if records[id].row.continuous else None
        if day is not None:
            raise two_periods(name, day)


def _check_numbers(c: Connection, records: Mapping[int, DateTypeRecord], concerned: set[int]) -> None:
    calendars = {records[id].row.calendar_id for id in concerned}
    dates = calendar_dates.numbers(c)
    of_calendars: Counter[int] = Counter()
    types: Counter[int] = Counter()
    for id, record in records.items():
        if record.row.calendar_id not in calendars:
            continue
        reached = date_type_records.reached(records, id)
        has = sum(dates.get(other, 0) for other in reached)
        if has > calendar_dates.MOST_DATES or len(reached) > MOST_INCLUDED:
            raise InvalidCalendar(
                f"The date type {record.row.name} has at most {calendar_dates.MOST_DATES} dates and "
                f"{MOST_INCLUDED} date types, with all that it includes.",
                target=record.row.name,
            )
        of_calendars[record.row.calendar_id] += has
        types[record.row.calendar_id] += 1
    if any(each > MOST_DATES for each in of_calendars.values()) or any(
        each > MOST_TYPES for each in types.values()
    ):
        raise InvalidCalendar(
            f"A calendar has at most {MOST_TYPES} date types and {MOST_DATES} dates, each counted wherever "
            "it is included."
        )


def date_settings(c: Connection) -> DateSettings:
    """The settings of the server that dates depend on. Raises ConfigurationInvalid."""
    days = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
    written = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    worked = {
        name: stored_settings.boolean(c, f"Work_{day}") for name, day in zip(written, days, strict=True)
    }
    try:
        return DateSettings(
            work_week=WorkWeek(**worked),
            last_weekday=LastWeekday(stored_settings.text(c, "LastWeekday")),
            date_order=DateOrder(stored_settings.text(c, "DateOrder")),
        )
    except ValueError as error:
        raise ConfigurationInvalid(f"A setting of dates cannot be used: {error}.") from None


def _build(c: Connection, id: int) -> dates.Calendar:
    """The calendar. Raises Damaged when something of it cannot be read."""
    records = date_type_records.load(c)
    own = [record for record in records.values() if record.row.calendar_id == id]
    parts = {record.row.id: date_type_records.reached(records, record.row.id) for record in own}
    rows = calendar_dates.of_types(c, sorted({part for reached in parts.values() for part in reached}))
    for part, of_part in rows.items():
        _check_whole(records[part].row, of_part)
    types: list[dates.DateType] = []
    defined: list[DateDefinition] = []
    for record in own:
        reached = parts[record.row.id]
        types.append(_date_type(record, [records[part] for part in reached]))
        defined.extend(_definitions(record.row.name, (row for part in reached for row in rows[part])))
    return dates.Calendar(types, defined, date_settings(c))


def _check_whole(date_type: Found, of_type: Iterable[Found]) -> None:
    """Raises Damaged: a day that is no holiday because it cannot be read would be worse than an error."""
    check_whole(date_type, f"date type {date_type.name}")
    for date in of_type:
        check_whole(date, f"a date of date type {date_type.name}")


def _date_type(record: DateTypeRecord, parts: list[DateTypeRecord]) -> dates.DateType:
    specific: dict[str, str] = {}
    for part in parts:
        for name in part.rest.specific_types:
            specific.setdefault(name.casefold(), name)
    return dates.DateType(
        name=record.row.name,
        description=record.rest.description,
        continuous=record.row.continuous,
        specific_types=tuple(specific.values()),
    )


def _definitions(type_name: str, rows: Iterable[Found]) -> Iterator[DateDefinition]:
    for row in rows:
        yield DateDefinition(
            date_type=type_name,
            date=row.day,
            specific_type=row.specific_type or None,
            description=row.description,
            workday=_FLAGS[row.work_day],
            source=row.source,
        )
