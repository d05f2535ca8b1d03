"""Entries that are to be looked at because their definition limits how long they may wait or run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from jams.objects.base import EntryNumber, Integer, RunNumber

from . import tables
from .columns import UtcTime
from .entry_documents import EntryRest
from .reading import Found, Reader

_entry = tables.entry
_run = tables.run
_COLUMNS = (_run.c.token, _run.c.abort, *(column for column in _entry.c if column.name != "source"))

earliest = select(func.min(_entry.c.look_at)).where(_entry.c.look_at.is_not(None))
"""When the next entry is to be looked at."""

_due = (
    select(*_COLUMNS)
    .outerjoin(_run, _run.c.number == _entry.c.number)
    .where(_entry.c.look_at.is_not(None), _entry.c.look_at <= bindparam("now"))
    .order_by(_entry.c.look_at, _entry.c.number)
    .limit(bindparam("most"))
    .with_for_update(of=_entry)
)
_read = Reader(
    _COLUMNS,
    EntryRest,
    token=str | None,
    abort=int | None,
    number=EntryNumber,
    ron=RunNumber,
    version=Integer,
)
_look_at = (
    update(_entry)
    .where(_entry.c.number == bindparam("at"))
    .values(look_at=bindparam("new_look_at", type_=UtcTime))
)


def due(c: Connection, now: datetime, most: int) -> list[Found]:
    """Entries whose time to be looked at has come, without their source; nobody else changes them meanwhile.

    ``token`` and ``abort`` are those of the run, None for an entry that has none.
    """
    return _read.every(c.execute(_due, {"now": now, "most": most}).all())


def look_at(c: Connection, times: Mapping[int, datetime | None]) -> None:
    """When entries are to be looked at, by number; None: not again."""
    if times:
        c.execute(_look_at, [{"at": number, "new_look_at": when} for number, when in times.items()])


def ran_away(c: Connection, numbers: Collection[int]) -> None:
    """Mark entries whose run has ended as ones that ran away."""
    if numbers:
        c.execute(update(_entry).where(_entry.c.number.in_(numbers)).values(runaway=True))
