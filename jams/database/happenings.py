"""What has happened that the scheduler has yet to hear of: a topic for each thing that has changed.

A happening is written in the transaction that does what happens, so that none is lost, and nothing is told
that was undone. Whoever takes one looks at what the topic names as it stands then; so one row of a topic is
enough for all that came before it.

A row that stands is never taken for a new happening: somebody may have read it already, and looked at the
world as it was before. So each happening is a row of its own, and takes the place of older ones that nobody
holds.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from . import changes, clock, tables
from .columns import new_id

_happening = tables.happening

MOST_TAKEN = 1000


class Happening(Struct, frozen=True):
    """Something has happened.

    Attributes:
        id: its number, by which it is forgotten.
        topic: to what, as ``queue:7`` or ``setting:KeepCompleted``.
        time: when.
    """

    id: int
    topic: str
    time: datetime


def note(c: Connection, *topics: str) -> None:
    """Note that something happens in this transaction.

    Topics are ``queue:ID``, ``resource:ID``, ``agent:ID``, ``time:ID`` (a named time), ``variable:ID``,
    ``calendar:ID``, ``job:ID``, ``trigger:ID``, ``folder:ID`` and ``setting:NAME``. One of a definition is
    noted when it is made, changed, renamed, moved or deleted; that of a calendar also for its date types and
    dates.
    """
    if topics:
        changes.note(c, changes.DEFINITIONS, changes.OTHERWISE)
    now = clock.now()
    for topic in topics:
        made = new_id(c.execute(insert(_happening).values(topic=topic, time=now)))
        older = select(_happening.c.id).where(_happening.c.topic == topic, _happening.c.id < made)
        c.execute(delete(_happening).where(_happening.c.id.in_(older.with_for_update(skip_locked=True))))


def take(c: Connection, most: int = MOST_TAKEN) -> list[Happening]:
    """What has happened and was not forgotten, oldest first. It stays until :func:`forget` is told."""
    query = select(_happening.c.id, _happening.c.topic, _happening.c.time).order_by(_happening.c.id)
    return [Happening(*row) for row in c.execute(query.limit(most))]


def forget(c: Connection, ids: Collection[int]) -> None:
    """Remove happenings, by their numbers: whoever took them has done what follows from them."""
    if ids:
        c.execute(delete(_happening).where(_happening.c.id.in_(ids)))
