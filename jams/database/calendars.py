"""Calendars: what holds date types. The calendar ``Default`` came with the database and stays."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from jams.objects.base import Line, Text
from jams.objects.calendars import Calendar, DateType
from jams.objects.errors import CalendarNotFound, Conflict
from jams.objects.parts import ACL
from jams.objects.patch import Patch, patched
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import Acceptance, ValueType, marks

from . import date_types, definition_stamps, guarding, lookup, names, referring, stored, tables, versions
from .columns import AnyRow
from .date_type_records import DEFAULT_ID, find_calendar
from .reading import Reader

_calendar = tables.calendar
_type = tables.date_type


class CalendarRest(msgspec.Struct, omit_defaults=True):
    """What of a calendar's document has no column."""

    description: Text = ""
    color_name: Line | None = None
    acl: ACL | None = None


_read = Reader(_calendar.c, CalendarRest)


def all_calendars(c: Connection) -> list[Calendar]:
    """Every calendar with its date types, by name."""
    of_calendar: dict[int | None, list[DateType]] = {}
    for each in date_types.in_calendar(c, None):
        of_calendar.setdefault(each.calendar_id, []).append(each)
    rows = c.execute(select(_calendar).order_by(_calendar.c.name_key))
    return [_document(row, of_calendar.get(row.id, [])) for row in guarding.shown(c, _calendar, rows)]


def get(c: Connection, id: int) -> Calendar:
    """One calendar with its date types. Raises CalendarNotFound."""
    row = c.execute(select(_calendar).where(_calendar.c.id == id)).one_or_none()
    if row is None:
        raise CalendarNotFound(f"There is no calendar {id}.", target=id)
    return _document(row, date_types.in_calendar(c, id))


def _document(read: AnyRow, types: list[DateType]) -> Calendar:
    row = _read(read)
    rest = row.rest
    return Calendar(
        calendar_id=row.id,
        calendar_name=row.name,
        description=rest.description,
        color_name=rest.color_name,
        date_types=types,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        acl=rest.acl,
        not_obeyed=marks(access_list=rest.acl),
        damage=row.damage,
    )


def create(c: Connection, calendar: Calendar, *, user: str, lenient: bool = False) -> Calendar:
    """Make a calendar without date types. ``lenient`` keeps what is known and not obeyed.

    Raises:
        AlreadyExists: there is a calendar of that name.
        InvalidName: the name is not one a calendar can bear.
        NotSupported: it has an access list.
    """
    definition_stamps.lock(c)
    values = _content(c, calendar, None, lenient)
    return get(c, versions.make(c, _calendar, values, user=user))


def change(
    c: Connection,
    patch: Patch[Calendar],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> Calendar:
    """Change a calendar: the one of the number or name, or else the one that the patch itself names.

    Its date types stay. ``lenient`` keeps what is known and not obeyed.

    Raises:
        CalendarNotFound: there is no such calendar.
        AlreadyExists: another calendar has the new name.
        InvalidName, MissingArgument: the document cannot be taken.
        Conflict: another name for the default calendar.
        PreconditionFailed: it is not as the caller demands.
    """
    held = versions.hold_meant(
        c, _calendar, patch, find_calendar, "calendar_name", id=id, name=name, condition=condition
    )
    found = held.id
    before = get(c, found)
    values = _content(c, patched(before, patch), before, lenient)
    if found == DEFAULT_ID and values["name_key"] != _default_key(c):
        raise Conflict("The default calendar keeps its name.", target=found, member="calendarName")
    held.write(c, values, user=user)
    return get(c, found)


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a calendar with its date types and dates; its name.

    Raises:
        CalendarNotFound: there is no such calendar.
        InUse: a job or folder refers to it, or a date type of another calendar includes one of its own.
        Conflict: it is the default calendar.
        VersionConflict: it is not as the caller demands.
    """
    name = get(c, id).calendar_name
    held = versions.hold(c, _calendar, id, condition)
    if id == DEFAULT_ID:
        raise Conflict("The default calendar cannot be deleted.", target=name)
    referring.check_unused(c, ValueType.CALENDAR, id, name)
    own = list(c.scalars(select(_type.c.id).where(_type.c.calendar_id == id)))
    date_types.check_not_included(c, own)
    date_types.forget(c, own)
    held.remove(c)
    return name


def _default_key(c: Connection) -> str | None:
    return c.scalar(select(_calendar.c.name_key).where(_calendar.c.id == DEFAULT_ID))


def _content(c: Connection, calendar: Calendar, before: Calendar | None, lenient: bool) -> dict[str, Any]:
    id, borne = (before.calendar_id, before.calendar_name) if before else (None, None)
    name = lookup.free_name(
        c, _calendar, calendar.calendar_name, id=id, borne=borne, what="a calendar", member="calendarName"
    )
    key = names.fold(name)
    acceptance = Acceptance()
    access_list = acceptance.access_list(calendar.acl, before.acl if before else None)
    acceptance.settle(lenient=lenient)
    rest = CalendarRest(description=calendar.description, color_name=calendar.color_name, acl=access_list)
    return {
        "name": name,
        "name_key": key,
        "document": stored.encoded(rest),
    }
