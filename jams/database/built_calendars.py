"""Calendars as the date language takes them, built from the definitions and kept until one changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from jams import dates
from jams.dates import DateDefinition, DateOrder, DateSettings, LastWeekday, WorkdayFlag, WorkWeek
from jams.objects.calendars import WorkDay
from jams.objects.errors import ConfigurationInvalid

from . import calendar_dates, date_type_records, definitions, settings
from .columns import AnyRow
from .date_type_records import DateTypeRecord

_FLAGS = {
    WorkDay.TRUE: WorkdayFlag.TRUE,
    WorkDay.FALSE: WorkdayFlag.FALSE,
    WorkDay.NOT_SPECIFIED: WorkdayFlag.MAYBE,
}


def built(c: Connection, stamp: int, id: int) -> dates.Calendar:
    """The calendar of that number, with the settings of the server, as of the definitions' stamp."""
    return definitions.derived(c, stamp, ("calendar", id), lambda: _build(c, id))


def check(c: Connection, type_ids: Iterable[int]) -> None:
    """Check that every calendar in which one of the date types counts can still be built.

    Raises:
        InvalidCalendar: definitions that contradict each other.
    """
    records = date_type_records.load(c)
    concerned = date_type_records.reaching(records, [id for id in type_ids if id in records])
    for calendar_id in {records[id].row.calendar_id for id in concerned}:
        _build(c, calendar_id, records)


def date_settings(c: Connection) -> DateSettings:
    """The settings of the server that dates depend on. Raises ConfigurationInvalid."""
    days = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    worked = {name: settings.boolean(c, f"Work_{day}") for name, day in zip(names, days, strict=True)}
    try:
        return DateSettings(
            work_week=WorkWeek(**worked),
            last_weekday=LastWeekday(settings.text(c, "LastWeekday")),
            date_order=DateOrder(settings.text(c, "DateOrder")),
        )
    except ValueError as error:
        raise ConfigurationInvalid(f"A setting of dates cannot be used: {error}.") from None


def _build(c: Connection, id: int, records: Mapping[int, DateTypeRecord] | None = None) -> dates.Calendar:
    records = date_type_records.load(c) if records is None else records
    own = [record for record in records.values() if record.row.calendar_id == id]
    parts = {record.row.id: date_type_records.reached(records, record.row.id) for record in own}
    rows = calendar_dates.of_types(c, sorted({part for reached in parts.values() for part in reached}))
    types: list[dates.DateType] = []
    defined: list[DateDefinition] = []
    for record in own:
        reached = parts[record.row.id]
        types.append(_date_type(record, [records[part] for part in reached]))
        defined.extend(_definitions(record.row.name, (row for part in reached for row in rows[part])))
    return dates.Calendar(types, defined, date_settings(c))


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


def _definitions(type_name: str, rows: Iterable[AnyRow]) -> Iterator[DateDefinition]:
    for row in rows:
        yield DateDefinition(
            date_type=type_name,
            date=row.day,
            specific_type=row.specific_type or None,
            description=row.description,
            workday=_FLAGS[row.work_day],
            source=row.source,
        )
