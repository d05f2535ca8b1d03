"""Date types as rows: finding calendars and date types, and what includes what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from jams.objects.base import Name, ObjectId, Text
from jams.objects.errors import CalendarNotFound, Conflict, DateTypeNotFound

from . import guarding, names, tables
from .columns import AnyRow
from .reading import Found, Reader

_calendar = tables.calendar
_type = tables.date_type
_link = tables.date_type_link

DEFAULT_ID = 1
"""The number of the calendar that counts where none is named."""


class DateTypeRest(msgspec.Struct, omit_defaults=True):
    """What of a date type's document has no column; the specific types are in their order."""

    description: Text = ""
    specific_types: list[Name] = []


_read = Reader(_type.c, DateTypeRest, calendar_id=ObjectId)


class DateTypeRecord(msgspec.Struct, frozen=True):
    """A date type with its row, what has no column, and the numbers of the date types it includes."""

    row: Found
    rest: DateTypeRest
    includes: tuple[int, ...]


def find_calendar(c: Connection, *, id: int | None = None, name: str | None = None) -> int:
    """The number of a calendar, by number or else name; of the default one if neither is given.

    Raises:
        CalendarNotFound: there is no such calendar.
    """
    query = select(_calendar.c.id)
    if id is None and name is not None:
        query = query.where(_calendar.c.name_key == names.fold(name.strip()))
    else:
        query = query.where(_calendar.c.id == (DEFAULT_ID if id is None else id))
    found: int | None = c.scalar(query)
    if found is None or not guarding.sees(c, _calendar, found):
        raise CalendarNotFound(f"There is no calendar {name if id is None else id}.", target=id or name)
    return found


def find_type(
    c: Connection, *, id: int | None = None, name: str | None = None, calendar_id: int | None = None
) -> int:
    """The number of a date type: by number, or by name in a calendar, or by a name that only one bears.

    Raises:
        DateTypeNotFound: there is no such date type.
        Conflict: several calendars have one of that name.
    """
    query = select(_type.c.id, _calendar.c.name.label("calendar")).join(
        _calendar, _type.c.calendar_id == _calendar.c.id
    )
    if id is not None:
        query = query.where(_type.c.id == id)
    else:
        query = query.where(_type.c.name_key == names.fold((name or "").strip()))
        if calendar_id is not None:
            query = query.where(_type.c.calendar_id == calendar_id)
    found = c.execute(query.order_by(_calendar.c.name_key)).all()
    if not found:
        raise DateTypeNotFound(f"There is no date type {name if id is None else id}.", target=id or name)
    if len(found) > 1:
        held = ", ".join(row.calendar for row in found)
        raise Conflict(f"Several calendars have a date type {name}: {held}. Name the calendar.", target=name)
    return int(found[0].id)


def calendar_names(c: Connection) -> dict[int, str]:
    """The names of the calendars by number."""
    return {id: names.readable(name) for id, name in c.execute(select(_calendar.c.id, _calendar.c.name))}


def load(c: Connection) -> dict[int, DateTypeRecord]:
    """Every date type by number, in the order of names."""
    included: dict[int, list[int]] = {}
    for link in c.execute(select(_link).order_by(_link.c.position)):
        included.setdefault(link.date_type_id, []).append(link.included_id)
    rows = _read.every(c.execute(select(_type).order_by(_type.c.name_key, _type.c.calendar_id)))
    there = {row.id for row in rows}
    return {
        row.id: DateTypeRecord(
            row, row.rest, tuple(other for other in included.get(row.id, ()) if other in there)
        )
        for row in rows
    }


def reached(records: Mapping[int, DateTypeRecord], id: int) -> list[int]:
    """The date type itself and all that it includes, directly or not, each once, nearest first."""
    found = {id: None}
    waiting = [id]
    for each in waiting:
        for other in records[each].includes:
            if other not in found:
                found[other] = None
                waiting.append(other)
    return list(found)


def reaching(records: Mapping[int, DateTypeRecord], ids: Iterable[int]) -> set[int]:
    """Those date types, and all that include one of them, directly or not."""
    includers: dict[int, list[int]] = {}
    for id, record in records.items():
        for other in record.includes:
            includers.setdefault(other, []).append(id)
    found = set(ids)
    waiting = list(found)
    for each in waiting:
        fresh = [id for id in includers.get(each, ()) if id not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return found & records.keys()


def includers(c: Connection, ids: Sequence[int]) -> list[AnyRow]:
    """Which date types outside of ``ids`` include which of them: ``includer`` and ``included``, by name."""
    other = _type.alias()
    query = (
        select(_type.c.name.label("includer"), other.c.name.label("included"))
        .join(_link, _link.c.date_type_id == _type.c.id)
        .join(other, _link.c.included_id == other.c.id)
        .where(other.c.id.in_(ids), _type.c.id.not_in(ids))
    )
    return list(c.execute(query.order_by(_type.c.name_key)))
