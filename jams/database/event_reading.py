"""Reading the stream of events, and keeping it short."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, delete, func, literal, or_, select, update

from jams.objects.checking import check
from jams.objects.errors import JAMSError
from jams.objects.events import Event, EventAction, EventKind

from . import event_tables, names

_event = event_tables.event
_count = event_tables.event_count

_LOOKED_AT = 5000
"""Events that are looked through at once."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What of the events somebody wants to hear of, and may.

    Attributes:
        kinds: kinds of definitions and entries.
        of: the account of whose entries alone he hears; None: of everybody's.
        entries: only of these entries, and of no definitions; None: of all.
        fits: says of the name of an object whether he wants to hear of it.
        seen: the numbers of those events of which access lists let him hear, told of many at once.
    """

    kinds: Collection[EventKind]
    of: str | None = None
    entries: Collection[int] | None = None
    fits: Callable[[str], bool] | None = None
    seen: Callable[[Sequence[Event]], Collection[int]] | None = None


class Read(Struct, frozen=True):
    """What was read.

    Attributes:
        events: the events, oldest first.
        next: up to which event was looked.
        more: whether there is more behind that.
        anew: whether events behind the place that was asked for are not kept any more.
    """

    events: list[Event]
    next: int
    more: bool
    anew: bool = False


def bounds(c: Connection) -> tuple[int, int]:
    """Up to which number events were removed, and that of the last one."""
    row = c.execute(select(_count.c.gone, _count.c.last).where(_count.c.id == 1)).one()
    return row.gone, row.last


def behind(c: Connection, place: int, wanted: Wanted, limit: int) -> Read:
    """At most ``limit`` events behind a place."""
    gone, last = bounds(c)
    anew = not gone <= place <= last
    if anew:
        place = last if place > last else gone
    if place == last or not limit:
        return Read([], place, place < last, anew)
    looked_at = max(limit, _LOOKED_AT) if wanted.fits else limit
    query = _shown(wanted).where(_event.c.id > place, _event.c.id <= last)
    rows = c.execute(query.order_by(_event.c.id).limit(looked_at + 1)).all()
    heard = _heard(rows[:looked_at], wanted)
    found: list[Event] = []
    for row in rows[:looked_at]:
        if row.id in heard:
            found.append(heard[row.id])
        if len(found) == limit and row is not rows[-1]:
            return Read(found, row.id, True, anew)
    if len(rows) > looked_at:
        return Read(found, rows[looked_at - 1].id, True, anew)
    return Read(found, last, False, anew)


def latest(c: Connection, wanted: Wanted, limit: int) -> Read:
    """The last ``limit`` events; of those that were told in the end, where ``wanted`` asks for names."""
    _, last = bounds(c)
    query = _shown(wanted).where(_event.c.id <= last).order_by(_event.c.id.desc())
    rows = c.execute(query.limit(max(limit, _LOOKED_AT) if wanted.fits else limit)).all() if limit else []
    found = list(_heard(rows, wanted).values())
    return Read(found[:limit][::-1], last, False)


def prune(c: Connection, before: datetime, most: int, at_once: int) -> int:
    """Remove events that are older, or beyond the newest ``most``; at most so many at once. How many went."""
    gone, last = bounds(c)
    furthest = gone + at_once
    # By their numbers, which are in the order of the times: an index of those would take half as much again.
    old = c.scalar(select(func.max(_event.c.id)).where(_event.c.id <= furthest, _event.c.time < before)) or 0
    until = min(max(old, last - most), furthest)
    if until <= gone:
        return 0
    c.execute(update(_count).where(_count.c.id == 1, _count.c.gone < until).values(gone=until))
    c.execute(delete(_event).where(_event.c.id <= until))
    return until - gone


def _shown(wanted: Wanted) -> Select[Any]:
    others = [kind.value for kind in wanted.kinds if kind is not EventKind.ENTRY]
    seen: list[ColumnElement[bool]] = []
    if others and wanted.entries is None:
        seen.append(_event.c.kind.in_(others))
    if EventKind.ENTRY in wanted.kinds:
        entry = _event.c.kind == EventKind.ENTRY.value
        if wanted.of is not None:
            entry &= _event.c.submitted_by == wanted.of
        if wanted.entries is not None:
            entry &= _event.c.object_id.in_(list(wanted.entries))
        seen.append(entry)
    return select(_event).where(or_(*seen) if seen else literal(1) == literal(0))


def _heard(rows: Sequence[Any], wanted: Wanted) -> dict[int, Event]:
    """The events of rows that somebody wants and may hear of, by their numbers, in their order."""
    events = [event for row in rows for event in _told(row, wanted)]
    seen = None if wanted.seen is None else wanted.seen(events)
    return {event.event_id: event for event in events if seen is None or event.event_id in seen}


def _told(row: Any, wanted: Wanted) -> list[Event]:
    """The event of a row, if it is wanted and can be read."""
    place, name = row.folder, row.name
    try:
        event = Event(
            event_id=row.id,
            event_time_utc=row.time,
            kind=EventKind(row.kind),
            action=row.action,
            object_id=row.object_id,
            name=name if place is None else names.join(place, name),
            version=row.version,
            current_state=row.state if row.action is not EventAction.REMOVED else None,
            final_severity=row.severity,
        )
        check(event, Event)
    except (ValueError, JAMSError):
        return []
    if wanted.fits is not None and not wanted.fits(event.name):
        return []
    return [event]
