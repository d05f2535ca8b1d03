"""Calendars: what holds date types. The calendar ``Default`` came with the database and stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.base import Line, Text
from jams.objects.calendars import Calendar, DateType
from jams.objects.errors import AlreadyExists, CalendarNotFound, Conflict, InUse
from jams.objects.parts import ACL

from . import calendar_use, date_types, definitions, names, stored, tables
from .columns import AnyRow, new_id
from .date_type_records import DEFAULT_ID, find_calendar

_calendar = tables.calendar
_type = tables.date_type


class CalendarRest(msgspec.Struct, omit_defaults=True):
    """What of a calendar's document has no column."""

    description: Text = ""
    color_name: Line | None = None
    acl: ACL | None = None


_decode = msgspec.json.Decoder(CalendarRest).decode


def all_calendars(c: Connection) -> list[Calendar]:
    """Every calendar with its date types, by name."""
    of_calendar: dict[int | None, list[DateType]] = {}
    for each in date_types.in_calendar(c, None):
        of_calendar.setdefault(each.calendar_id, []).append(each)
    rows = c.execute(select(_calendar).order_by(_calendar.c.name_key))
    return [_document(row, of_calendar.get(row.id, [])) for row in rows]


def get(c: Connection, id: int) -> Calendar:
    """One calendar with its date types. Raises CalendarNotFound."""
    row = c.execute(select(_calendar).where(_calendar.c.id == id)).one_or_none()
    if row is None:
        raise CalendarNotFound(f"There is no calendar {id}.", target=id)
    return _document(row, date_types.in_calendar(c, id))


def _document(row: AnyRow, types: list[DateType]) -> Calendar:
    rest = _decode(row.document)
    return Calendar(
        calendar_id=row.id,
        calendar_name=row.name,
        description=rest.description,
        color_name=rest.color_name,
        date_types=types,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        acl=rest.acl,
    )


def create(c: Connection, calendar: Calendar, *, user: str) -> Calendar:
    """Make a calendar without date types.

    Raises:
        AlreadyExists: there is a calendar of that name.
        InvalidName: the name is not one a calendar can bear.
    """
    values = _content(c, calendar, None, user)
    definitions.changed(c)
    return get(c, new_id(c.execute(insert(_calendar).values(version=1, **values))))


def change(c: Connection, calendar: Calendar, *, user: str) -> Calendar:
    """Replace a calendar's definition; its number, or else its name, says which. Date types stay.

    Raises:
        CalendarNotFound: there is no such calendar.
        AlreadyExists: another calendar has the new name.
        InvalidName: the name is not one a calendar can bear.
        Conflict: another name for the default calendar.
    """
    by_name = None if calendar.calendar_id is not None else calendar.calendar_name
    id = find_calendar(c, id=calendar.calendar_id, name=by_name)
    values = _content(c, calendar, id, user)
    if id == DEFAULT_ID and values["name_key"] != _default_key(c):
        raise Conflict("The default calendar keeps its name.", target=id, member="calendarName")
    definitions.changed(c)
    c.execute(update(_calendar).where(_calendar.c.id == id).values(version=_calendar.c.version + 1, **values))
    return get(c, id)


def delete(c: Connection, id: int) -> str:
    """Delete a calendar with its date types and dates; its name.

    Raises:
        CalendarNotFound: there is no such calendar.
        InUse: a job or folder refers to it, or a date type of another calendar includes one of its own.
        Conflict: it is the default calendar.
    """
    name = get(c, id).calendar_name
    if id == DEFAULT_ID:
        raise Conflict("The default calendar cannot be deleted.", target=name)
    user = calendar_use.of_calendar(c, id, name)
    if user is not None:
        raise InUse(f"Calendar {name} is used by {user}.", target=name)
    own = list(c.scalars(select(_type.c.id).where(_type.c.calendar_id == id)))
    date_types.check_not_included(c, own)
    definitions.changed(c)
    date_types.forget(c, own)
    c.execute(sql_delete(_calendar).where(_calendar.c.id == id))
    return name


def _default_key(c: Connection) -> str | None:
    return c.scalar(select(_calendar.c.name_key).where(_calendar.c.id == DEFAULT_ID))


def _content(c: Connection, calendar: Calendar, id: int | None, user: str) -> dict[str, Any]:
    borne = None if id is None else c.scalar(select(_calendar.c.name).where(_calendar.c.id == id))
    name = names.check_name(calendar.calendar_name, "calendarName", borne)
    key = names.fold(name)
    taken = c.scalar(select(_calendar.c.id).where(_calendar.c.name_key == key))
    if taken not in (None, id):
        raise AlreadyExists(f"There is a calendar {name} already.", target=name, member="calendarName")
    rest = CalendarRest(description=calendar.description, color_name=calendar.color_name, acl=calendar.acl)
    return {
        "name": name,
        "name_key": key,
        "changed": datetime.now(UTC),
        "changed_by": user,
        "document": stored.encoded(rest),
    }
