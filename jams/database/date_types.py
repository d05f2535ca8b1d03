"""Date types: kinds of dates within calendars, what specific types they list and what others they include.

Every change is checked as a whole: the calendars that it concerns must still be ones that dates can be
evaluated with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as sql_delete

from jams.objects.calendars import Date, DateType, DateTypeLink, SpecificType
from jams.objects.errors import AlreadyExists, DateTypeNotFound, InUse, InvalidArgument
from jams.objects.events import EventAction
from jams.objects.patch import Patch, member_of, members_named, patched
from jams.objects.preconditions import ALWAYS, Precondition

from . import (
    built_calendars,
    calendar_dates,
    date_type_records,
    definition_stamps,
    events,
    happenings,
    names,
    revision_notes,
    stored,
    tables,
    versions,
)
from .date_type_records import DateTypeRecord, DateTypeRest, find_calendar, find_type

MOST_SPECIFIC_TYPES = 1000

_type = tables.date_type
_link = tables.date_type_link


def get(c: Connection, id: int) -> DateType:
    """One date type with its dates. Raises DateTypeNotFound."""
    return _documents(c, [find_type(c, id=id)])[0]


def brief(c: Connection, id: int) -> DateType:
    """The same without its dates, of which there may be many."""
    return _documents(c, [find_type(c, id=id)], dated=False)[0]


def in_calendar(c: Connection, calendar_id: int | None) -> list[DateType]:
    """The date types of a calendar, or of all, with their dates, by name."""
    return _documents(c, None, calendar_id)


def _documents(
    c: Connection, ids: list[int] | None, calendar_id: int | None = None, *, dated: bool = True
) -> list[DateType]:
    records = date_type_records.load(c)
    if ids is None:
        ids = [id for id, each in records.items() if calendar_id in (None, each.row.calendar_id)]
    calendars = date_type_records.calendar_names(c)
    dates = calendar_dates.of_types(c, ids) if dated else {}
    return [
        _document(
            records[id],
            calendars.get(records[id].row.calendar_id, names.UNREADABLE),
            [_link_document(records[other], calendars) for other in records[id].includes],
            [calendar_dates.document(row, records[id].row.name) for row in dates[id]] if dated else [],
        )
        for id in ids
    ]


def _document(
    record: DateTypeRecord, calendar: str, links: list[DateTypeLink], dates: list[Date]
) -> DateType:
    row, rest = record.row, record.rest
    specific = enumerate(rest.specific_types, start=1)
    return DateType(
        date_type_id=row.id,
        date_type_type=row.name,
        calendar_id=row.calendar_id,
        calendar_name=calendar,
        description=rest.description,
        continuous=row.continuous,
        specific_types=[SpecificType(sequence=number, specific_type=name) for number, name in specific],
        date_type_links=links,
        dates=dates,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        version=row.version,
        damage=row.damage or _damage_of(dates),
    )


def _damage_of(dates: list[Date]) -> str | None:
    return next((f"a date: {date.damage}" for date in dates if date.damage), None)


def _link_document(record: DateTypeRecord, calendars: dict[int, str]) -> DateTypeLink:
    return DateTypeLink(
        date_type_id=record.row.id,
        date_type_type=record.row.name,
        calendar_id=record.row.calendar_id,
        calendar_name=calendars.get(record.row.calendar_id, names.UNREADABLE),
    )


def create(c: Connection, document: DateType, *, user: str) -> DateType:
    """Make a date type in the calendar that its document names (the default one if none).

    Raises:
        CalendarNotFound, DateTypeNotFound: what the document names does not exist.
        AlreadyExists: the calendar has a date type of that name, or a date is given twice.
        InvalidName, InvalidArgument, InvalidCalendar: the document cannot be taken.
    """
    definition_stamps.lock(c)
    calendar_id = find_calendar(c, id=document.calendar_id, name=document.calendar_name)
    values = _content(c, document, calendar_id, None)
    id = versions.make(c, _type, values, user=user)
    _tell(c, [calendar_id])
    _write_parts(c, id, document, dates=True)
    return brief(c, id)


def change(
    c: Connection,
    patch: Patch[DateType],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
) -> DateType:
    """Change a date type: the one of the number or name, or else the one that the patch itself names.

    Raises as :func:`create` does, and:
        Conflict: several calendars have a date type of that name.
        PreconditionFailed: it is not as the caller demands.
    """
    by_place = partial(_by_place, c, patch)
    held = versions.hold_meant(c, _type, patch, find_type, by_place, id=id, name=name, condition=condition)
    found = held.id
    document = patched(brief(c, found), patch)
    calendar_id = find_calendar(c, id=document.calendar_id, name=document.calendar_name)
    _tell(c, {calendar_id, *_calendars_of(c, [found])})
    held.write(c, _content(c, document, calendar_id, found), user=user)
    _write_parts(c, found, document, dates="dates" in members_named(patch))
    return brief(c, found)


def _by_place(c: Connection, patch: Patch[DateType]) -> int:
    number, name = member_of(patch, "calendar_id"), member_of(patch, "calendar_name")
    within = None if number is None and name is None else find_calendar(c, id=number, name=name)
    return find_type(c, name=versions.own_name(patch, "date_type_type"), calendar_id=within)


def create_plain(
    c: Connection, calendar_id: int, wanted: Mapping[str, Sequence[str]], *, user: str
) -> dict[str, int]:
    """Make date types with these specific types, by name, and without dates; the numbers by name.

    Whoever gives them dates checks the calendar afterwards.

    Raises:
        InvalidName: a name is not one that can be borne.
        AlreadyExists: the calendar has a date type of that name.
    """
    definition_stamps.lock(c)
    kept = _type.c.calendar_id == calendar_id
    taken = set(c.scalars(select(_type.c.name_key).where(kept)))
    rows = []
    for name, specific in wanted.items():
        names.check_name(name, "dateTypeType")
        if names.fold(name) in taken:
            raise _taken(name)
        document = DateType(
            date_type_type=name, specific_types=[SpecificType(specific_type=each) for each in specific]
        )
        rows.append(_values(document, calendar_id))
    if not rows:
        return {}
    stamp = versions.new(c, {}, user=user)
    c.execute(insert(_type), [{**stamp, **values} for values in rows])
    _tell(c, [calendar_id])
    found = c.execute(select(_type.c.id, _type.c.name).where(kept))
    made = {row.name: row.id for row in found if row.name in wanted}
    events.note(c, _type, made.values(), EventAction.ADDED)
    return made


def find(
    c: Connection, *, id: int | None = None, name: str | None = None, calendar: str | None = None
) -> int:
    """The number of a date type, by number or name, in a calendar if one is named.

    Raises:
        InvalidArgument: the date type of that number is not one of the calendar.
        CalendarNotFound, DateTypeNotFound: there is no such calendar or date type.
        Conflict: several calendars have a date type of that name.
    """
    if calendar is None:
        return find_type(c, id=id, name=name)
    calendar_id = find_calendar(c, name=calendar)
    found = find_type(c, id=id, name=name, calendar_id=calendar_id)
    if id is not None and brief(c, found).calendar_id != calendar_id:
        raise InvalidArgument(f"Date type {id} is not one of calendar {calendar}.", member="calendar")
    return found


def touch(c: Connection, id: int, *, user: str, condition: Precondition = ALWAYS) -> str:
    """Note that the dates of a date type change in this transaction; its name.

    Raises:
        VersionConflict: it is not as the caller demands.
    """
    versions.hold(c, _type, id, condition).write(c, {}, user=user)
    _tell(c, _calendars_of(c, [id]))
    return str(c.scalar(select(_type.c.name).where(_type.c.id == id)))


def touch_all(c: Connection, ids: Sequence[int], *, user: str) -> None:
    """The same of several, whatever versions they have."""
    if ids:
        revision_notes.before(c, _type, ids)
        c.execute(update(_type).where(_type.c.id.in_(ids)).values(versions.new(c, {}, user=user)))
        events.note(c, _type, ids, EventAction.CHANGED)
        _tell(c, _calendars_of(c, ids))


def delete(c: Connection, id: int, condition: Precondition = ALWAYS) -> str:
    """Delete a date type with its dates; its name.

    Raises:
        DateTypeNotFound: there is no such date type.
        InUse: another date type includes it.
        VersionConflict: it is not as the caller demands.
    """
    name = date_type_records.load(c)[find_type(c, id=id)].row.name
    versions.hold(c, _type, id, condition)
    check_not_included(c, [id])
    _tell(c, _calendars_of(c, [id]))
    forget(c, [id])
    return str(name)


def _calendars_of(c: Connection, ids: Sequence[int]) -> Sequence[int]:
    return c.scalars(select(_type.c.calendar_id).where(_type.c.id.in_(ids)).distinct()).all()


def _tell(c: Connection, calendars: Iterable[int]) -> None:
    """Let the scheduler hear that calendars change."""
    happenings.note(c, *(f"calendar:{id}" for id in sorted(calendars)))


def check_not_included(c: Connection, ids: Sequence[int]) -> None:
    """Raises InUse when a date type that is none of these includes one of them."""
    for row in date_type_records.includers(c, ids):
        raise InUse(f"Date type {row.includer} includes {row.included}.", target=row.included)


def forget(c: Connection, ids: Sequence[int]) -> None:
    """Delete date types with all that is theirs."""
    events.note(c, _type, ids, EventAction.REMOVED)
    for id in ids:
        calendar_dates.forget(c, id)
        c.execute(sql_delete(_link).where(_link.c.date_type_id == id))
    c.execute(sql_delete(_type).where(_type.c.id.in_(ids)))


def add_specific_types(c: Connection, record: DateTypeRecord, wanted: Sequence[str]) -> None:
    """Let a date type that is touched list these specific types, behind those that it lists.

    Raises:
        InvalidName: a name is not one that can be borne.
        InvalidArgument: there are too many.
    """
    id, rest = record.row.id, record.rest
    known = {names.fold(name) for name in rest.specific_types}
    fresh = {names.fold(name): name for name in wanted if names.fold(name) not in known}
    if not fresh:
        return
    listed = [names.check_name(name, "specificType") for name in fresh.values()]
    _check_number(len(known) + len(listed))
    document = stored.encoded(
        DateTypeRest(description=rest.description, specific_types=[*rest.specific_types, *listed])
    )
    c.execute(update(_type).where(_type.c.id == id).values(document=document))


def _content(c: Connection, document: DateType, calendar_id: int, id: int | None) -> dict[str, Any]:
    borne = None if id is None else c.scalar(select(_type.c.name).where(_type.c.id == id))
    name = names.check_name(document.date_type_type, "dateTypeType", borne)
    try:
        taken = find_type(c, name=name, calendar_id=calendar_id)
    except DateTypeNotFound:
        taken = None
    if taken not in (None, id):
        raise _taken(name)
    return _values(document, calendar_id)


def _taken(name: str) -> AlreadyExists:
    return AlreadyExists(f"The calendar has a date type {name} already.", target=name, member="dateTypeType")


def _values(document: DateType, calendar_id: int) -> dict[str, Any]:
    name = document.date_type_type
    rest = DateTypeRest(description=document.description, specific_types=_specific_types(document))
    return {
        "calendar_id": calendar_id,
        "name": name,
        "name_key": names.fold(name),
        "continuous": document.continuous,
        "document": stored.encoded(rest),
    }


def _specific_types(document: DateType) -> list[str]:
    """The names of the specific types in their order. Raises InvalidName, InvalidArgument."""
    _check_number(len(document.specific_types))
    found: dict[str, str] = {}
    for each in sorted(document.specific_types, key=lambda each: each.sequence):
        name = names.check_name(each.specific_type, "specificType")
        if names.fold(name) in found:
            raise InvalidArgument(f"The specific type {name} is listed twice.", member="specificTypes")
        found[names.fold(name)] = name
    return list(found.values())


def _check_number(specific_types: int) -> None:
    if specific_types > MOST_SPECIFIC_TYPES:
        raise InvalidArgument(
            f"A date type lists at most {MOST_SPECIFIC_TYPES} specific types.", member="specificTypes"
        )


def _write_parts(c: Connection, id: int, document: DateType, *, dates: bool) -> None:
    """Write what a date type includes, and if asked its dates; then see whether it all holds together."""
    _write_links(c, id, document)
    if dates:
        calendar_dates.replace(c, id, document.date_type_type, document.dates)
    built_calendars.check(c, [id])


def _write_links(c: Connection, id: int, document: DateType) -> None:
    included = [_included(c, link) for link in document.date_type_links]
    c.execute(sql_delete(_link).where(_link.c.date_type_id == id))
    records = date_type_records.load(c)
    for position, other in enumerate(dict.fromkeys(included)):
        if id in date_type_records.reached(records, other):
            raise _refused(f"{document.date_type_type} would include itself.")
        if records[other].row.continuous != document.continuous:
            raise _refused("A continuous date type includes only continuous ones, another one only others.")
        c.execute(insert(_link).values(date_type_id=id, included_id=other, position=position))
    for record in records.values():
        if id in record.includes and record.row.continuous != document.continuous:
            raise _refused(f"{record.row.name} includes this date type: both are continuous, or neither.")


def _included(c: Connection, link: DateTypeLink) -> int:
    if link.date_type_id is None and link.date_type_type is None:
        raise _refused("An included date type is named by its number or its name.")
    calendar_id = None
    if link.date_type_id is None and (link.calendar_id is not None or link.calendar_name is not None):
        calendar_id = find_calendar(c, id=link.calendar_id, name=link.calendar_name)
    return find_type(c, id=link.date_type_id, name=link.date_type_type, calendar_id=calendar_id)


def _refused(message: str) -> InvalidArgument:
    return InvalidArgument(message, member="dateTypeLinks")
