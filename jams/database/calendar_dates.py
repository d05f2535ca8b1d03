"""The dates of date types. A date is known by its type, its day and its specific type.

Who changes dates says so to their date type (:func:`jams.database.date_types.touch`): it is their version.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.base import ObjectId, Text
from jams.objects.calendars import Date, DateChange, WorkDay
from jams.objects.checking import check
from jams.objects.errors import AlreadyExists, Conflict, DateNotFound, InvalidArgument

from . import names, tables
from .columns import AnyRow
from .reading import Found, Reader

T = TypeVar("T")

MOST_DATES = 20_000
"""Dates that one date type has at most, with those that it includes: a holiday a day for half a century."""

_date = tables.calendar_date
_read = Reader(_date.c, date_type_id=ObjectId, description=Text)


def of_types(c: Connection, ids: Sequence[int]) -> dict[int, list[Found]]:
    """The rows of the dates of each type, by day and specific type."""
    found: dict[int, list[Found]] = {id: [] for id in ids}
    if ids:
        query = select(_date).where(_date.c.date_type_id.in_(ids))
        for row in _read.every(c.execute(query.order_by(_date.c.day, _date.c.specific_key))):
            found[row.date_type_id].append(row)
    return found


def numbers(c: Connection) -> dict[int, int]:
    """How many dates each date type has; those that have none are not in it."""
    query = select(_date.c.date_type_id, func.count().label("dates")).group_by(_date.c.date_type_id)
    return {row.date_type_id: row.dates for row in c.execute(query)}


def specific_types(c: Connection, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """The specific types that the dates of each type bear, by their keys."""
    found: dict[int, dict[str, str]] = {id: {} for id in ids}
    columns = _date.c.date_type_id, _date.c.specific_key
    query = select(*columns, func.min(_date.c.specific_type).label("name"))
    query = query.where(_date.c.date_type_id.in_(ids), _date.c.specific_key != "").group_by(*columns)
    for row in c.execute(query):
        found[row.date_type_id][row.specific_key] = row.name
    return found


def day_taken_twice(c: Connection, ids: Sequence[int]) -> datetime.date | None:
    """A day on which these types have several dates together; None when there is none."""
    query = select(_date.c.day).where(_date.c.date_type_id.in_(ids)).group_by(_date.c.day)
    day: datetime.date | None = c.scalar(query.having(func.count() > 1).limit(1))
    return day


def document(row: Found, type_name: str) -> Date:
    """A row as a document."""
    return Date(
        date_type_id=row.date_type_id,
        date_type_type=type_name,
        start_date=row.day,
        specific_type=row.specific_type or None,
        description=row.description,
        work_day=row.work_day,
        source=row.source,
        last_change_utc=row.changed,
        damage=row.damage,
    )


def add(c: Connection, id: int, type_name: str, date: Date) -> None:
    """Put a date into a type. Raises AlreadyExists when it is there."""
    if _rows(c, id, date.start_date, date.specific_type or ""):
        raise taken(type_name, date)
    c.execute(insert(_date).values(date_type_id=id, **_values(date)))


def taken(type_name: str, date: Date) -> AlreadyExists:
    """The error for a date that is there already."""
    specific = f" {date.specific_type}" if date.specific_type else ""
    return AlreadyExists(
        f"{type_name} has the date {date.start_date}{specific} already.",
        target=date.start_date,
        member="startDate",
    )


def change(c: Connection, id: int, type_name: str, changes: DateChange) -> None:
    """Change the date of that day and specific type; the day's only one if it has another specific type.

    An imported date counts as entered by hand from then on.

    Raises:
        DateNotFound: the type has no date on that day.
        Conflict: it has several, and none of that specific type.
    """
    day, specific = changes.start_date, changes.specific_type or ""
    found = _rows(c, id, day, specific) or _rows(c, id, day)
    if not found:
        raise _missing(type_name, day)
    if len(found) > 1:
        raise Conflict(
            f"{type_name} has several dates on {day}: say which by its specific type.",
            target=day,
            member="specificType",
        )
    row = found[0]
    date = Date(
        start_date=day,
        specific_type=_said(changes.specific_type, row.specific_type or None),
        description=_said(changes.description, row.description) or "",
        work_day=_said(changes.work_day, row.work_day) or WorkDay.NOT_SPECIFIED,
    )
    c.execute(update(_date).where(_date.c.id == row.id).values(_values(date)))


def _said(given: T | UnsetType, present: T) -> T:
    return present if given is UNSET else given


def delete(c: Connection, id: int, type_name: str, day: datetime.date, specific_type: str | None) -> int:
    """Take the dates of a day out of a type, or only the one of that specific type; how many there were.

    Raises:
        DateNotFound: the type has no such date.
    """
    found = [row.id for row in _rows(c, id, day, specific_type)]
    if not found:
        raise _missing(type_name, day)
    c.execute(sql_delete(_date).where(_date.c.id.in_(found)))
    return len(found)


def replace(c: Connection, id: int, type_name: str, dates: Sequence[Date]) -> None:
    """Let a type have these dates and no others.

    Raises:
        AlreadyExists: one is given twice.
        InvalidArgument: there are too many.
    """
    if len(dates) > MOST_DATES:
        raise InvalidArgument(f"A date type has at most {MOST_DATES} dates.", member="dates")
    known: dict[tuple[datetime.date, str], dict[str, Any]] = {}
    for date in dates:
        values = {"date_type_id": id, **_values(date)}
        key = date.start_date, values["specific_key"]
        if key in known:
            raise taken(type_name, date)
        known[key] = values
    forget(c, id)
    if known:
        c.execute(insert(_date), list(known.values()))


class DateRow(Struct):
    """A date as it is written: its values, but for the type; ``known`` is its number, None for a new one."""

    values: dict[str, Any]
    known: int | None


def prepared(date: Date, known: int | None) -> DateRow:
    """A date ready to be written, in the place of the one of that number."""
    return DateRow(_values(date), known)


def store(c: Connection, rows: Mapping[int, Sequence[DateRow]]) -> None:
    """Write prepared dates of date types, by number of the type."""
    fresh = [
        {**row.values, "date_type_id": id} for id, found in rows.items() for row in found if row.known is None
    ]
    known = [
        {**row.values, "known": row.known}
        for found in rows.values()
        for row in found
        if row.known is not None
    ]
    if known:
        c.execute(update(_date).where(_date.c.id == bindparam("known")), known)
    if fresh:
        c.execute(insert(_date), fresh)


def remove(c: Connection, ids: Sequence[int]) -> None:
    """Delete dates by their numbers."""
    if ids:
        c.execute(sql_delete(_date).where(_date.c.id == bindparam("gone")), [{"gone": id} for id in ids])


def forget(c: Connection, id: int) -> None:
    """Delete all dates of a type."""
    c.execute(sql_delete(_date).where(_date.c.date_type_id == id))


def _rows(c: Connection, id: int, day: datetime.date, specific_type: str | None = None) -> Sequence[AnyRow]:
    query = select(_date).where(_date.c.date_type_id == id, _date.c.day == day)
    if specific_type is not None:
        query = query.where(_date.c.specific_key == names.fold(specific_type))
    return c.execute(query).all()


def _missing(type_name: str, day: datetime.date) -> DateNotFound:
    return DateNotFound(f"{type_name} has no such date on {day}.", target=day, member="startDate")


def _values(date: Date) -> dict[str, Any]:
    check(date, Date, "dates")
    specific = date.specific_type or ""
    return {
        "day": date.start_date,
        "specific_type": specific,
        "specific_key": names.fold(specific),
        "description": date.description,
        "work_day": date.work_day,
        "source": date.source,
        "changed": datetime.datetime.now(datetime.UTC),
    }
