"""Lines of entries that ask for the same things: a line an answer to "what do you need at once".

All entries of a line need exactly the same, so its head alone is looked at. ``lacks`` is the topic of the
first thing of which there was not enough for it; null before it was looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from jams.objects.enums import EntryState

from . import tables
from .columns import UtcTime, new_id

_line = tables.waiting_line
_entry = tables.entry
_IN_LINE = _entry.c.state == EntryState.RESOURCE_WAIT
_that = _line.c.id == bindparam("line")
_signed = select(_line.c.id).where(_line.c.signature == bindparam("signature"))
_new = _line.c.lacks.is_(None)
_concerned = select(_line.c.id).where(or_(_new, _line.c.lacks.in_(bindparam("topics", expanding=True))))
_head = (
    select(_entry.c.number)
    .where(_entry.c.line_id == bindparam("line"), _IN_LINE)
    .order_by(_entry.c.priority.desc(), _entry.c.since, _entry.c.number)
    .limit(bindparam("most"))
)
_head_without = _head.where(_entry.c.number.not_in(bindparam("without", expanding=True)))
_lacks = update(_line).where(_that).values(lacks=bindparam("topic"))
_look_again = update(_line).where(_line.c.lacks.in_(bindparam("topics", expanding=True))).values(lacks=None)
_aged = (
    select(_line.c.id)
    .join(_entry, _line.c.id == _entry.c.line_id)
    .where(
        _line.c.lacks == bindparam("topic"),
        _IN_LINE,
        _entry.c.since <= bindparam("since", type_=UtcTime),
    )
    .group_by(_line.c.id)
    .order_by(func.min(_entry.c.since))
    .limit(bindparam("most"))
)
_aged_others = _aged.where(_line.c.id != bindparam("line"))
_close = delete(_line).where(_that)


def join(c: Connection, signature: str) -> int:
    """The number of the line of those who need what the signature says; it is made if there is none."""
    found: int | None = c.scalar(_signed, {"signature": signature})
    if found is not None:
        return found
    return new_id(c.execute(insert(_line).values(signature=signature, lacks=None)))


def concerned(c: Connection, topics: Collection[str]) -> list[int]:
    """The lines that were not looked at yet, and those that lack one of the things."""
    return list(c.scalars(_concerned, {"topics": list(topics)}))


def head(c: Connection, id: int, most: int, without: Collection[int]) -> list[int]:
    """The numbers of the first entries of a line, in their order."""
    given = {"line": id, "most": most}
    if without:
        return list(c.scalars(_head_without, {**given, "without": list(without)}))
    return list(c.scalars(_head, given))


def lacks(c: Connection, id: int, topic: str | None) -> None:
    """Write down what a line lacks."""
    c.execute(_lacks, {"line": id, "topic": topic})


def look_again(c: Connection, topics: Collection[str]) -> None:
    """Have the lines that lack one of the things looked at first thing in the next round."""
    if topics:
        c.execute(_look_again, {"topics": list(topics)})


def aged(c: Connection, topic: str, since: datetime, most: int, *, without: int | None) -> list[int]:
    """Some of the other lines that lack a thing, and in which somebody has stood since then."""
    given = {"topic": topic, "since": since, "most": most}
    if without is None:
        return list(c.scalars(_aged, given))
    return list(c.scalars(_aged_others, {**given, "line": without}))


def close(c: Connection, id: int) -> None:
    """Take away a line in which nobody stands."""
    c.execute(_close, {"line": id})


def lacked_by(c: Connection, ids: Iterable[int]) -> Sequence[str]:
    """The topics of what lines lack."""
    query = select(_line.c.lacks).where(_line.c.id.in_(list(ids)), _line.c.lacks.is_not(None))
    return list(c.scalars(query.distinct()))
