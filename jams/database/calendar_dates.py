"""The dates of date types. A date is known by its type, its day and its specific type."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.calendars import Date
from jams.objects.checking import check
from jams.objects.errors import AlreadyExists, Conflict, DateNotFound

from . import definitions, names, tables
from .columns import AnyRow

_date = tables.calendar_date


def of_types(c: Connection, ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """The rows of the dates of each type, by day and specific type."""
    found: dict[int, list[AnyRow]] = {id: [] for id in ids}
    if ids:
        query = select(_date).where(_date.c.date_type_id.in_(ids))
        for row in c.execute(query.order_by(_date.c.day, _date.c.specific_key)):
            found[row.date_type_id].append(row)
    return found


def document(row: AnyRow, type_name: str) -> Date:
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
    )


def add(c: Connection, id: int, type_name: str, date: Date) -> None:
    """Put a date into a type. Raises AlreadyExists when it is there."""
    if _rows(c, id, date.start_date, date.specific_type or ""):
        raise taken(type_name, date)
    definitions.changed(c)
    c.execute(insert(_date).values(_values(id, date)))


def taken(type_name: str, date: Date) -> AlreadyExists:
    """The error for a date that is there already."""
    specific = f" {date.specific_type}" if date.specific_type else ""
    return AlreadyExists(
        f"{type_name} has the date {date.start_date}{specific} already.",
        target=date.start_date,
        member="startDate",
    )


def change(c: Connection, id: int, type_name: str, date: Date) -> None:
    """Replace the date of that day and specific type; the day's only one if it has another specific type.

    Raises:
        DateNotFound: the type has no date on that day.
        Conflict: it has several, and none of that specific type.
    """
    found = _rows(c, id, date.start_date, date.specific_type or "") or _rows(c, id, date.start_date)
    if not found:
        raise _missing(type_name, date.start_date)
    if len(found) > 1:
        raise Conflict(
            f"{type_name} has several dates on {date.start_date}: say which by its specific type.",
            target=date.start_date,
            member="specificType",
        )
    definitions.changed(c)
    c.execute(update(_date).where(_date.c.id == found[0].id).values(_values(id, date)))


def delete(c: Connection, id: int, type_name: str, day: datetime.date, specific_type: str | None) -> int:
    """Take the dates of a day out of a type, or only the one of that specific type; how many there were.

    Raises:
        DateNotFound: the type has no such date.
    """
    found = [row.id for row in _rows(c, id, day, specific_type)]
    if not found:
        raise _missing(type_name, day)
    definitions.changed(c)
    c.execute(sql_delete(_date).where(_date.c.id.in_(found)))
    return len(found)


def replace(c: Connection, id: int, type_name: str, dates: Iterable[Date]) -> None:
    """Let a type have these dates and no others. Raises AlreadyExists when one is given twice."""
    known: dict[tuple[datetime.date, str], dict[str, Any]] = {}
    for date in dates:
        values = _values(id, date)
        key = date.start_date, values["specific_key"]
        if key in known:
            raise taken(type_name, date)
        known[key] = values
    forget(c, id)
    if known:
        c.execute(insert(_date), list(known.values()))


def store(c: Connection, id: int, dates: Sequence[Date]) -> None:
    """Write dates that differ from each other over those that are there, or beside them."""
    there = {(row.day, row.specific_key): row.id for row in of_types(c, [id])[id]}
    fresh = []
    for date in dates:
        values = _values(id, date)
        known = there.get((date.start_date, values["specific_key"]))
        if known is None:
            fresh.append(values)
        else:
            c.execute(update(_date).where(_date.c.id == known).values(values))
    if fresh:
        c.execute(insert(_date), fresh)


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


def _values(id: int, date: Date) -> dict[str, Any]:
    check(date, Date, "dates")
    specific = date.specific_type or ""
    return {
        "date_type_id": id,
        "day": date.start_date,
        "specific_type": specific,
        "specific_key": names.fold(specific),
        "description": date.description,
        "work_day": date.work_day,
        "source": date.source,
        "changed": datetime.datetime.now(datetime.UTC),
    }
