"""Dates that come from elsewhere, put into a calendar beside those that people have entered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.dates import DateDefinition, WorkdayFlag
from jams.objects.calendars import (
    CalendarImport,
    Date,
    DateType,
    ImportAction,
    ImportedDate,
    SpecificType,
    WorkDay,
)

from . import built_calendars, calendar_dates, date_type_records, date_types, definitions, names
from .columns import AnyRow

_WORK_DAYS = {
    WorkdayFlag.TRUE: WorkDay.TRUE,
    WorkdayFlag.FALSE: WorkDay.FALSE,
    WorkdayFlag.MAYBE: WorkDay.NOT_SPECIFIED,
}
_LONGEST_DESCRIPTION = 4096


class _Found(Struct):
    """The dates of one type that were found, by day and specific type."""

    name: str
    dates: dict[tuple[datetime.date, str], Date] = {}


class Plan(Struct):
    """What an import would do: to which types (by number, None for a new one), and with which dates."""

    calendar_id: int
    types: list[tuple[int | None, _Found]]
    rows: list[ImportedDate]


def plan(c: Connection, calendar_id: int, found: Iterable[DateDefinition]) -> Plan:
    """What putting these dates into the calendar would do.

    A date that is there and names a source is brought up to date; one without has been entered by hand and
    stays. Two of one type, day and specific type become one.
    """
    known = {
        record.row.name_key: record
        for record in date_type_records.load(c).values()
        if record.row.calendar_id == calendar_id
    }
    planned = Plan(calendar_id, [], [])
    for key, of_type in _by_type(found).items():
        record = known.get(key)
        there: dict[tuple[datetime.date, str], AnyRow] = {}
        if record is not None:
            of_type.name = record.row.name
            rows = calendar_dates.of_types(c, [record.row.id])[record.row.id]
            there = {(row.day, row.specific_key): row for row in rows}
        planned.types.append((None if record is None else record.row.id, of_type))
        planned.rows.extend(_planned(of_type, there))
    return planned


def _by_type(found: Iterable[DateDefinition]) -> dict[str, _Found]:
    types: dict[str, _Found] = {}
    for definition in found:
        of_type = types.setdefault(names.fold(definition.date_type), _Found(definition.date_type))
        date = Date(
            start_date=definition.date,
            specific_type=definition.specific_type,
            description=definition.description,
            work_day=_WORK_DAYS[definition.workday],
            source=definition.source,
        )
        key = date.start_date, names.fold(date.specific_type or "")
        before = of_type.dates.get(key)
        of_type.dates[key] = date if before is None else _joined(before, date)
    return types


def _joined(first: Date, second: Date) -> Date:
    if second.description in first.description:
        return first
    both = f"{first.description}; {second.description}".removeprefix("; ")
    return replace(first, description=both[:_LONGEST_DESCRIPTION])


def _planned(of_type: _Found, there: Mapping[tuple[datetime.date, str], AnyRow]) -> Iterable[ImportedDate]:
    for key, date in of_type.dates.items():
        yield ImportedDate(
            action=_action(date, there.get(key)),
            date_type_type=of_type.name,
            start_date=date.start_date,
            specific_type=date.specific_type,
            description=date.description,
            work_day=date.work_day,
            source=date.source,
        )


def _action(date: Date, row: AnyRow | None) -> ImportAction:
    if row is None:
        return ImportAction.ADD
    if row.source is None:
        return ImportAction.KEEP
    same = (row.description, row.work_day) == (date.description, date.work_day)
    return ImportAction.SAME if same else ImportAction.CHANGE


def carry_out(c: Connection, planned: Plan, *, user: str) -> None:
    """Do what was planned in this very transaction.

    Raises:
        InvalidName: a date type or specific type cannot bear its name.
        InvalidCalendar: two periods of a continuous date type would begin on one day.
    """
    wanted = {
        (row.date_type_type, row.start_date, names.fold(row.specific_type or ""))
        for row in planned.rows
        if row.action in (ImportAction.ADD, ImportAction.CHANGE)
    }
    if not wanted:
        return
    definitions.changed(c)
    touched = []
    for id, of_type in planned.types:
        dates = [date for key, date in of_type.dates.items() if (of_type.name, *key) in wanted]
        if dates:
            specific = [date.specific_type for date in dates if date.specific_type]
            number = _type_for(c, planned.calendar_id, id, of_type.name, specific, user)
            calendar_dates.store(c, number, dates)
            touched.append(number)
    built_calendars.check(c, touched)


def _type_for(
    c: Connection, calendar_id: int, id: int | None, name: str, specific: Sequence[str], user: str
) -> int:
    if id is None:
        listed = {names.fold(each): each for each in specific}
        document = DateType(
            date_type_type=name,
            calendar_id=calendar_id,
            specific_types=[SpecificType(specific_type=each) for each in listed.values()],
        )
        made = date_types.create(c, document, user=user)
        assert made.date_type_id is not None
        return made.date_type_id
    date_types.add_specific_types(c, id, specific, user=user)
    return id


def summary(c: Connection, planned: Plan, *, dry_run: bool) -> CalendarImport:
    """The plan as it is told to the caller."""
    counts = Counter(row.action for row in planned.rows)
    return CalendarImport(
        calendar_name=date_type_records.calendar_names(c)[planned.calendar_id],
        dry_run=dry_run,
        added=counts[ImportAction.ADD],
        changed=counts[ImportAction.CHANGE],
        same=counts[ImportAction.SAME],
        kept=counts[ImportAction.KEEP],
        new_date_types=tuple(of_type.name for id, of_type in planned.types if id is None),
        dates=tuple(planned.rows),
    )
