"""What waits for events: the rows of triggers, and of elements of jobs, with their events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from jams.objects.trigger_parts import Conduct, NewsKind, TriggerEventType, Watched

from . import tables, trigger_news
from .columns import new_id
from .reading import Found, Reader

_armed = tables.armed_trigger
_event = tables.trigger_event
_firing = tables.trigger_firing

TRIGGER, JOB = "trigger", "job"

_read = Reader(_armed.c)
_read_event = Reader(_event.c)
_decode = msgspec.json.Decoder(Conduct).decode
_decode_watched = msgspec.json.Decoder(Watched).decode
_decode_facts = msgspec.json.Decoder(dict[str, str]).decode
_locked = select(_armed).where(_armed.c.id.in_(bindparam("ids", expanding=True))).with_for_update()
_events = select(_event).where(_event.c.armed_id.in_(bindparam("ids", expanding=True)))
_change_event = (
    update(_event)
    .where(_event.c.id == bindparam("at"))
    .values({name: bindparam(name) for name in ("met", "since", "told", "facts", "seen", "quiet_until")})
)

KINDS = {
    TriggerEventType.JOB: NewsKind.ENDED,
    TriggerEventType.SETUP: NewsKind.ENDED,
    TriggerEventType.FILE: NewsKind.FILE,
    TriggerEventType.VARIABLE: NewsKind.SET,
    TriggerEventType.MAIL: NewsKind.MAIL,
}
"""Of which kind the news are that an event is met by."""


def conduct_of(row: Found) -> Conduct:
    """What a trigger does."""
    return _decode(row.conduct)


def watched_of(row: Found) -> Watched:
    """What an event is."""
    return _decode_watched(row.watched)


def _topic(watched: Watched) -> str | None:
    match KINDS[watched.kind]:
        case NewsKind.ENDED:
            return trigger_news.of_end(watched.id)
        case NewsKind.SET:
            return trigger_news.of_variable(watched.id)
        case _:
            return None


def of_owner(c: Connection, owner: str, ids: Collection[int]) -> list[Found]:
    """The rows of triggers, or of jobs, by number; nobody else changes them meanwhile."""
    query = select(_armed).where(_armed.c.owner == owner, _armed.c.owner_id.in_(ids))
    return _read.every(c.execute(query.order_by(_armed.c.id).with_for_update()))


def shown(c: Connection, owner: str, ids: Collection[int]) -> list[Found]:
    """The rows of triggers, or of jobs, as they stand."""
    query = select(_armed).where(_armed.c.owner == owner, _armed.c.owner_id.in_(ids))
    return _read.every(c.execute(query.order_by(_armed.c.id)))


def owned_by(c: Connection, owner: str, ids: Collection[int]) -> set[int]:
    """Which of them have rows."""
    query = select(_armed.c.owner_id).where(_armed.c.owner == owner, _armed.c.owner_id.in_(ids))
    return set(c.scalars(query))


def locked(c: Connection, ids: Collection[int]) -> dict[int, Found]:
    """Rows by number; nobody else changes them meanwhile."""
    return {row.id: row for row in _read.every(c.execute(_locked, {"ids": sorted(ids)}))}


def events(c: Connection, ids: Collection[int], *, lock: bool = False) -> list[Found]:
    """The events of rows, in their order; with ``lock`` nobody else changes them meanwhile."""
    query = _events.order_by(_event.c.id).with_for_update() if lock else _events
    found = _read_event.every(c.execute(query, {"ids": sorted(ids)}))
    return sorted(found, key=lambda event: (event.place, event.id))


def add(c: Connection, values: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> int:
    """Add a row with its events, each with ``watched`` and how far it is met; its number."""
    id = new_id(c.execute(insert(_armed).values(values)))
    _add_events(c, id, events)
    return id


def _add_events(c: Connection, id: int, events: Iterable[Mapping[str, Any]]) -> None:
    rows = []
    for place, each in enumerate(events):
        watched: Watched = each["watched"]
        rows.append(
            {
                "armed_id": id,
                "place": place,
                "kind": KINDS[watched.kind],
                "topic": _topic(watched),
                "watched": encoded(watched),
                "met": each["met"],
                "since": each["since"],
                "told": each["told"],
                "facts": facts_encoded(each["facts"]),
            }
        )
    if rows:
        c.execute(insert(_event), rows)


def encoded(found: msgspec.Struct) -> str:
    """What is stored of conduct, or of what is watched."""
    return msgspec.json.encode(found).decode()


def facts_encoded(facts: Mapping[str, str] | None) -> str | None:
    """What is stored of the facts of an event."""
    return msgspec.json.encode(dict(facts)).decode() if facts else None


def facts_of(row: Found) -> dict[str, str]:
    """The facts of an event, or of what has happened to one."""
    return {} if row.facts is None else _decode_facts(row.facts)


def change(c: Connection, id: int, **values: Any) -> None:
    """Change columns of a row."""
    c.execute(update(_armed).where(_armed.c.id == id).values(values))


def change_events(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give events other values: ``at`` is the number; met, since, told, facts, seen, quiet_until."""
    if rows:
        c.execute(_change_event, rows)


def await_end(c: Connection, id: int, number: int) -> int:
    """Have a trigger hear of the end of an entry that it has submitted; the number of that event."""
    nothing = Watched(kind=TriggerEventType.JOB, name="")
    made = c.execute(
        insert(_event).values(
            armed_id=id,
            place=-1,
            kind=NewsKind.OVER,
            topic=trigger_news.of_entry(number),
            watched=encoded(nothing),
            met=False,
        )
    )
    return new_id(made)


def has_ended(c: Connection, event_id: int) -> None:
    """The entry has ended for whose end a trigger waited."""
    c.execute(delete(_event).where(_event.c.id == event_id, _event.c.kind == NewsKind.OVER))


def await_no_end(c: Connection, id: int) -> None:
    """The trigger waits for the end of no entry any more."""
    c.execute(delete(_event).where(_event.c.armed_id == id, _event.c.kind == NewsKind.OVER))


def remove(c: Connection, ids: Collection[int]) -> None:
    """Remove rows with all that belongs to them."""
    if not ids:
        return
    of_them = select(_event.c.id).where(_event.c.armed_id.in_(ids))
    c.execute(delete(tables.trigger_mail).where(tables.trigger_mail.c.event_id.in_(of_them)))
    for table in (_event, _firing, tables.trigger_news):
        c.execute(delete(table).where(table.c.armed_id.in_(ids)))
    c.execute(delete(_armed).where(_armed.c.id.in_(ids)))


# The files that they wait for.


class WantedFile(NamedTuple):
    """A file for which a trigger waits; ``seen`` says whether it was told last that it is there."""

    armed_id: int
    event_id: int
    watched: Watched
    seen: bool | None
    quiet_until: datetime | None

    def is_news(self, present: bool, now: datetime) -> bool:
        """Whether that it is there, or is not, is to be told."""
        if self.seen is None and present and self.quiet_until is not None:
            return self.quiet_until <= now
        return self.seen is not present


def wanted_files(c: Connection, agent_id: int) -> list[WantedFile]:
    """The files of an agent for which triggers wait."""
    query = (
        select(_event.c.armed_id, _event.c.id, _event.c.watched, _event.c.seen, _event.c.quiet_until)
        .join(_armed, _armed.c.id == _event.c.armed_id)
        .where(_event.c.kind == NewsKind.FILE, _armed.c.enabled, ~_armed.c.fired)
        .order_by(_event.c.id)
    )
    found = [
        WantedFile(row.armed_id, row.id, _decode_watched(row.watched), row.seen, row.quiet_until)
        for row in c.execute(query)
    ]
    return [each for each in found if each.watched.id == agent_id]


# How often they have fired.


def fired_since(c: Connection, ids: Collection[int], since: datetime) -> dict[int, int]:
    """How often each has fired after then."""
    query = select(_firing.c.armed_id, func.count()).where(
        _firing.c.armed_id.in_(ids), _firing.c.time > since
    )
    return dict(c.execute(query.group_by(_firing.c.armed_id)).all())


def free_again(c: Connection, ids: Collection[int], within: timedelta, most: int) -> dict[int, datetime]:
    """Of those that have fired so often within that time: from when on they may fire again."""
    by_row: dict[int, list[datetime]] = {}
    query = select(_firing.c.armed_id, _firing.c.time).where(_firing.c.armed_id.in_(ids))
    for id, fired in c.execute(query.order_by(_firing.c.time.desc())):
        by_row.setdefault(id, []).append(fired)
    return {id: times[most - 1] + within for id, times in by_row.items() if len(times) >= most}


def record_firing(c: Connection, id: int, now: datetime, kept: timedelta) -> None:
    """Write down that a trigger fires; what is older than is kept is forgotten."""
    c.execute(delete(_firing).where(_firing.c.armed_id == id, _firing.c.time <= now - kept))
    c.execute(insert(_firing).values(armed_id=id, time=now))


def forget_firings(c: Connection, id: int) -> None:
    """Count anew how often a trigger fires."""
    c.execute(delete(_firing).where(_firing.c.armed_id == id))
