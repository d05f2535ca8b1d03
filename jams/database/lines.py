"""Lines of entries that ask for the same things: a line an answer to "what do you need at once".

All entries of a line need exactly the same, so its head alone is looked at. ``lacks`` is the topic of the
first thing of which there was not enough for it; null before it was looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from jams.objects.enums import EntryState

from . import tables
from .columns import new_id

_line = tables.waiting_line
_entry = tables.entry
_IN_LINE = _entry.c.state == EntryState.RESOURCE_WAIT


def join(c: Connection, signature: str) -> int:
    """The number of the line of those who need what the signature says; it is made if there is none."""
    found: int | None = c.scalar(select(_line.c.id).where(_line.c.signature == signature))
    if found is not None:
        return found
    return new_id(c.execute(insert(_line).values(signature=signature, lacks=None)))


def concerned(c: Connection, topics: Collection[str]) -> list[int]:
    """The lines that were not looked at yet, and those that lack one of the things."""
    new = _line.c.lacks.is_(None)
    where = or_(new, _line.c.lacks.in_(list(topics))) if topics else new
    return list(c.scalars(select(_line.c.id).where(where)))


def head(c: Connection, id: int, most: int, without: Collection[int]) -> list[int]:
    """The numbers of the first entries of a line, in their order."""
    query = select(_entry.c.number).where(_entry.c.line_id == id, _IN_LINE)
    if without:
        query = query.where(_entry.c.number.not_in(list(without)))
    order = (_entry.c.priority.desc(), _entry.c.since, _entry.c.number)
    return list(c.scalars(query.order_by(*order).limit(most)))


def lacks(c: Connection, id: int, topic: str | None) -> None:
    """Write down what a line lacks."""
    c.execute(update(_line).where(_line.c.id == id).values(lacks=topic))


def look_again(c: Connection, topics: Collection[str]) -> None:
    """Have the lines that lack one of the things looked at first thing in the next round."""
    if topics:
        c.execute(update(_line).where(_line.c.lacks.in_(list(topics))).values(lacks=None))


def aged(c: Connection, topic: str, since: datetime, most: int, *, without: int | None) -> list[int]:
    """Some of the other lines that lack a thing, and in which somebody has stood since then."""
    query = select(_line.c.id).join(_entry, _line.c.id == _entry.c.line_id)
    query = query.where(_line.c.lacks == topic, _line.c.id != without, _IN_LINE, _entry.c.since <= since)
    return list(c.scalars(query.group_by(_line.c.id).order_by(func.min(_entry.c.since)).limit(most)))


def close(c: Connection, id: int) -> None:
    """Take away a line in which nobody stands."""
    c.execute(delete(_line).where(_line.c.id == id))


def lacked_by(c: Connection, ids: Iterable[int]) -> Sequence[str]:
    """The topics of what lines lack."""
    query = select(_line.c.lacks).where(_line.c.id.in_(list(ids)), _line.c.lacks.is_not(None))
    return list(c.scalars(query.distinct()))
