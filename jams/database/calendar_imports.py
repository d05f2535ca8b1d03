"""Dates that come from elsewhere, put into a calendar beside those that people have entered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.dates import CalendarReading, DateDefinition, WorkdayFlag
from jams.objects.calendars import CalendarImport, Date, ImportAction, ImportedDate, WorkDay

from . import built_calendars, calendar_dates, date_type_records, date_types, names
from .columns import AnyRow
from .date_type_records import DateTypeRecord

_WORK_DAYS = {
    WorkdayFlag.TRUE: WorkDay.TRUE,
    WorkdayFlag.FALSE: WorkDay.FALSE,
    WorkdayFlag.MAYBE: WorkDay.NOT_SPECIFIED,
}
_LONGEST_DESCRIPTION = 4096


class Origin(Struct, frozen=True):
    """Where the dates of an import come from, and what a newer version of it takes away.

    ``name`` begins the source of each of its dates. ``covered`` says of a day whether the text would tell of
    it; the types in ``date_types`` are its own, also where it has no dates of them. Where it is ``certain``
    that what bears the name is an earlier version of the text, all of that goes which the text has no longer;
    otherwise only where both have an event, a day or a description in common.
    """

    name: str
    covered: Callable[[datetime.date], bool]
    date_types: tuple[str, ...] = ()
    certain: bool = False

    def bore(self, source: str | None) -> bool:
        """Whether a date of that source came from here."""
        return source is not None and (source == self.name or source.startswith(f"{self.name}:"))


class _OfType(Struct):
    """The dates of one type that were found, by day and specific type, and what would be written of them.

    ``record`` is None where the type would be made; ``changes`` are the dates that differ from what is there,
    ``gone`` the numbers of those that are there and should not.
    """

    name: str
    record: DateTypeRecord | None = None
    dates: dict[tuple[datetime.date, str], Date] = {}
    changes: list[calendar_dates.DateRow] = []
    gone: list[int] = []


class Plan(Struct):
    """What an import would do: to which date types, and with which dates."""

    calendar_id: int
    types: list[_OfType]
    rows: list[ImportedDate]
    remarks: tuple[str, ...] = ()


def plan(c: Connection, calendar_id: int, reading: CalendarReading, origin: Origin) -> Plan:
    """What putting these dates into the calendar would do.

    A date that is there and names a source is brought up to date, and removed where a newer version of its
    text has it no longer; one without has been entered by hand and stays. Two of one type, day and specific
    type become one.
    """
    known = {
        record.row.name_key: record
        for record in date_type_records.load(c).values()
        if record.row.calendar_id == calendar_id
    }
    wanted = _by_type(reading.dates)
    for name in origin.date_types:
        if names.fold(name) in known:
            wanted.setdefault(names.fold(name), _OfType(name))
    rows = calendar_dates.of_types(c, [known[key].row.id for key in wanted if key in known])
    planned = Plan(calendar_id, list(wanted.values()), [], reading.remarks)
    before: list[tuple[_OfType, AnyRow]] = []
    for key, of_type in wanted.items():
        there: dict[tuple[datetime.date, str], AnyRow] = {}
        of_type.record = known.get(key)
        if of_type.record is not None:
            of_type.name = of_type.record.row.name
            there = {(row.day, row.specific_key): row for row in rows[of_type.record.row.id]}
        planned.rows.extend(_planned(of_type, there))
        before += [(of_type, row) for row in there.values() if origin.bore(row.source)]
    if origin.certain or _is_newer(reading, before):
        planned.rows.extend(_left(origin, before))
    return planned


def _is_newer(reading: CalendarReading, before: Sequence[tuple[_OfType, AnyRow]]) -> bool:
    """Whether what was read seems to be a newer version of what is there."""
    said = *reading.dates, *reading.cancelled
    days = {date.date for date in said}
    descriptions = {date.description for date in said} - {""}
    return any(
        row.source in reading.sources or row.day in days or row.description in descriptions
        for _, row in before
    )


def _left(origin: Origin, before: Iterable[tuple[_OfType, AnyRow]]) -> Iterator[ImportedDate]:
    """What is there of the origin and not in its text any more."""
    for of_type, row in before:
        if (row.day, row.specific_key) in of_type.dates or not origin.covered(row.day):
            continue
        of_type.gone.append(row.id)
        yield ImportedDate(
            action=ImportAction.REMOVE,
            date_type_type=of_type.name,
            start_date=row.day,
            specific_type=row.specific_type or None,
            description=row.description,
            work_day=row.work_day,
            source=row.source,
        )


def _by_type(found: Iterable[DateDefinition]) -> dict[str, _OfType]:
    types: dict[str, _OfType] = {}
    for definition in found:
        of_type = types.setdefault(names.fold(definition.date_type), _OfType(definition.date_type))
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


def _planned(of_type: _OfType, there: Mapping[tuple[datetime.date, str], AnyRow]) -> Iterator[ImportedDate]:
    for key, date in of_type.dates.items():
        row = there.get(key)
        action = _action(date, row)
        if action in (ImportAction.ADD, ImportAction.CHANGE):
            of_type.changes.append(calendar_dates.prepared(date, None if row is None else row.id))
        yield ImportedDate(
            action=action,
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
    """Write what was planned; nothing may have changed since.

    Raises:
        InvalidName: a date type or specific type cannot bear its name.
        InvalidCalendar: two periods of a continuous date type would begin on one day, or there would be too
            many dates.
    """
    concerned = [of_type for of_type in planned.types if of_type.changes or of_type.gone]
    if not concerned:
        return
    fresh = {of_type.name: _specific_types(of_type) for of_type in concerned if of_type.record is None}
    numbers = date_types.create_plain(c, planned.calendar_id, fresh, user=user)
    there = [of_type.record.row.id for of_type in concerned if of_type.record is not None]
    date_types.touch_all(c, there, user=user)
    for of_type in concerned:
        if of_type.record is not None:
            date_types.add_specific_types(c, of_type.record, _specific_types(of_type))
            numbers[of_type.name] = of_type.record.row.id
    calendar_dates.remove(c, [id for of_type in concerned for id in of_type.gone])
    calendar_dates.store(c, {numbers[of_type.name]: of_type.changes for of_type in concerned})
    built_calendars.check(c, numbers.values())


def _specific_types(of_type: _OfType) -> list[str]:
    """The specific types that its dates bear, each once."""
    borne = (date.specific_type for date in of_type.dates.values() if date.specific_type)
    return list({names.fold(name): name for name in borne}.values())


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
        new_date_types=tuple(of_type.name for of_type in planned.types if of_type.record is None),
        dates=tuple(planned.rows),
        removed=counts[ImportAction.REMOVE],
        remarks=planned.remarks,
    )
