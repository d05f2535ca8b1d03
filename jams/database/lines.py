"""Lines of entries that ask for the same things: a line an answer to "what do you need at once".

All entries of a line need exactly the same, so its head alone is looked at. ``lacks`` is the topic of the
first thing of which there was not enough for it; null before it was looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from jams.objects.enums import EntryState

from . import tables
from .columns import UtcTime, new_id

_line = tables.waiting_line
_entry = tables.entry
_IN_LINE = _entry.c.state == EntryState.RESOURCE_WAIT
_ORDER = (_entry.c.priority.desc(), _entry.c.since, _entry.c.number)
_joined = select(
    _line.c.id,
    _line.c.lacks,
    select(_entry.c.number).where(_entry.c.line_id == _line.c.id, _IN_LINE).exists().label("stands"),
).where(_line.c.signature == bindparam("signature"))
_that = _line.c.id == bindparam("line")
_new = _line.c.lacks.is_(None)
_asked = or_(_new, _line.c.lacks.in_(bindparam("topics", expanding=True)))
_concerned = select(_line.c.id, _line.c.lacks).where(_asked).limit(bindparam("most"))
_head = (
    select(_entry.c.number)
    .where(_entry.c.line_id == bindparam("line"), _IN_LINE)
    .order_by(*_ORDER)
    .limit(bindparam("most"))
)
_head_without = _head.where(_entry.c.number.not_in(bindparam("without", expanding=True)))
_lacks = update(_line).where(_that).values(lacks=bindparam("topic"))
_look_again = update(_line).where(_line.c.lacks.in_(bindparam("topics", expanding=True))).values(lacks=None)
_close = delete(_line).where(_that)
# What a line lacks is looked up for each entry: where PostgreSQL may join, and knows too little of what is
# in the tables, it compares all with all.
_its_lack = select(_line.c.lacks).where(_line.c.id == _entry.c.line_id).scalar_subquery()
_aged = (
    select(_entry.c.line_id)
    .where(
        _IN_LINE,
        _entry.c.line_id.is_not(None),
        _entry.c.since <= bindparam("since", type_=UtcTime),
        _its_lack == bindparam("topic"),
    )
    .group_by(_entry.c.line_id)
    .order_by(func.min(_entry.c.since))
    .limit(bindparam("most"))
)
_aged_others = _aged.where(_entry.c.line_id != bindparam("line"))
# By the entries and not by the lines: there may be thousands of either, and few are wanted.
_heads = (
    select(_entry.c.line_id, _its_lack, _entry.c.priority, _entry.c.since, _entry.c.number)
    .where(
        _IN_LINE,
        _entry.c.line_id.is_not(None),
        or_(_its_lack.is_(None), _its_lack.in_(bindparam("topics", expanding=True))),
    )
    .order_by(*_ORDER)
    .limit(bindparam("most"))
)
_since = bindparam("since", type_=UtcTime)
_later = or_(_entry.c.since > _since, and_(_entry.c.since == _since, _entry.c.number > bindparam("number")))
_heads_behind = _heads.where(
    or_(
        _entry.c.priority < bindparam("priority"),
        and_(_entry.c.priority == bindparam("priority"), _later),
    )
)


def join(c: Connection, signature: str) -> int:
    """The number of the line of those who need what the signature says; it is made if there is none."""
    found = c.execute(_joined, {"signature": signature}).one_or_none()
    if found is not None:
        if not found.stands and found.lacks is not None:
            # What those lacked who stood here is told to nobody any more.
            lacks(c, found.id, None)
        return int(found.id)
    return new_id(c.execute(insert(_line).values(signature=signature, lacks=None)))


class Line(NamedTuple):
    """A line.

    Attributes:
        id: its number.
        lacks: what it lacked when it was last asked; None: it was not asked.
        head: the number of its first entry, if that is known.
    """

    id: int
    lacks: str | None
    head: int | None = None


def concerned(c: Connection, topics: Collection[str], most: int) -> list[Line]:
    """The lines that were not asked yet, and those that lack one of the things; so many at most."""
    return [Line(*row) for row in c.execute(_concerned, {"topics": list(topics), "most": most})]


Place = tuple[int, datetime, int]
"""Where an entry stands among all: its priority, since when it stands in its line, its number."""


def heads(
    c: Connection, topics: Collection[str], behind: Place | None, most: int
) -> tuple[list[Line], Place | None]:
    """Some of those lines by their heads, the most urgent first, and the place behind which others come.

    Of the entries that stand in lines so many are looked at that come next behind ``behind``. The place is
    None when nobody comes any more. A line whose head stands before that may be among them again.
    """
    given: dict[str, Any] = {"topics": list(topics), "most": most}
    if behind is None:
        rows = c.execute(_heads, given).all()
    else:
        priority, since, number = behind
        at = {"priority": priority, "since": since, "number": number}
        rows = c.execute(_heads_behind, {**given, **at}).all()
    found: dict[int, Line] = {}
    for row in rows:
        found.setdefault(row[0], Line(row[0], row[1], row[4]))
    return list(found.values()), (tuple(rows[-1][2:]) if len(rows) == most else None)


def head(c: Connection, id: int, most: int, without: Collection[int]) -> list[int]:
    """The numbers of the first entries of a line, in their order."""
    given = {"line": id, "most": most}
    if without:
        return list(c.scalars(_head_without, {**given, "without": list(without)}))
    return list(c.scalars(_head, given))


def lacks(c: Connection, id: int, topic: str | None) -> None:
    """Write down what a line lacks."""
    c.execute(_lacks, {"line": id, "topic": topic})


def ask_first(c: Connection, ids: Collection[int]) -> None:
    """Have lines looked at first thing in the next round."""
    if ids:
        c.execute(update(_line).where(_line.c.id.in_(list(ids))).values(lacks=None))


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


def close_empty(c: Connection) -> None:
    """Take away the lines in which nobody stands."""
    stands = select(_entry.c.number).where(_entry.c.line_id == _line.c.id, _IN_LINE).exists()
    c.execute(delete(_line).where(~stands))


def close(c: Connection, id: int) -> None:
    """Take away a line in which nobody stands."""
    c.execute(_close, {"line": id})


def lacked_by(c: Connection, ids: Iterable[int]) -> Sequence[str]:
    """The topics of what lines lack."""
    query = select(_line.c.lacks).where(_line.c.id.in_(list(ids)), _line.c.lacks.is_not(None))
    return list(c.scalars(query.distinct()))
