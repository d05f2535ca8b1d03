"""Lines of entries that ask for the same things: a line an answer to "what do you need at once".

All entries of a line need exactly the same, so its head alone is looked at. ``lacks`` is the topic of the
first thing of which there was not enough for it; null before it was looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    union_all,
    update,
)

from jams.objects.enums import EntryState

from . import entries, tables
from .columns import UtcTime
from .reading import Found
from .turns import unanswered

_CHUNK = 500
_AGED_PAGE = 16
"""Entries among which the lines are looked for that have stood for long: few, as many may be of one line."""

_line = tables.waiting_line
_entry = tables.entry
_IN_LINE = _entry.c.state == EntryState.RESOURCE_WAIT
_ORDER = (_entry.c.priority.desc(), _entry.c.since, _entry.c.number)
_joined = select(
    _line.c.signature,
    _line.c.id,
    _line.c.lacks,
    select(_entry.c.number).where(_entry.c.line_id == _line.c.id, _IN_LINE).exists().label("stands"),
).where(_line.c.signature.in_(bindparam("signatures", expanding=True)))
_made = insert(_line).returning(_line.c.signature, _line.c.id)
_that = _line.c.id == bindparam("line")
_new = _line.c.lacks.is_(None)
_asked = or_(_new, _line.c.lacks.in_(bindparam("topics", expanding=True)))
_concerned = select(_line.c.id, _line.c.lacks).where(_asked).limit(bindparam("most"))
_next = select(_entry.c.number).where(
    _entry.c.line_id == bindparam("line"),
    _IN_LINE,
    _entry.c.number.not_in(bindparam("without", expanding=True)),
)
_next = _next.order_by(*_ORDER).limit(bindparam("most"))
_lacks = unanswered(update(_line).where(_that).values(lacks=bindparam("topic")))
_lacking = _line.c.lacks.in_(bindparam("topics", expanding=True))
_look_again = unanswered(update(_line).where(_lacking).values(lacks=None))
_those = _line.c.id.in_(bindparam("ids", expanding=True))
_ask_first = unanswered(update(_line).where(_those).values(lacks=None))
_close = unanswered(delete(_line).where(_those))
# What a line lacks is looked up for each entry: where PostgreSQL may join, and knows too little of what is
# in the tables, it compares all with all.
_its_lack = select(_line.c.lacks).where(_line.c.id == _entry.c.line_id).scalar_subquery()
_aged = (
    select(_entry.c.line_id)
    .where(
        _IN_LINE,
        _entry.c.line_id.is_not(None),
        _entry.c.since <= bindparam("since", type_=UtcTime),
        _entry.c.line_id.not_in(bindparam("without", expanding=True)),
        _its_lack == bindparam("topic"),
    )
    .order_by(_entry.c.since)
    .limit(bindparam("most"))
)
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


@cache
def _first_of(count: int) -> Select[Any]:
    """The statement that finds the first entries of so many lines."""
    each = [
        select(_entry.c.number)
        .where(_entry.c.line_id == bindparam(f"line{place}"), _IN_LINE)
        .order_by(*_ORDER)
        .limit(bindparam("most"))
        .subquery()
        for place in range(count)
    ]
    numbers = union_all(*(select(one.c.number) for one in each)) if count > 1 else select(each[0].c.number)
    return select(_entry).where(_entry.c.number.in_(numbers)).order_by(*_ORDER).with_for_update()


def join(c: Connection, signatures: Collection[str]) -> dict[str, int]:
    """The numbers of the lines of those who need what each signature says; what is not there is made."""
    found: dict[str, int] = {}
    left = []
    wanted = sorted(signatures)
    for start in range(0, len(wanted), _CHUNK):
        for row in c.execute(_joined, {"signatures": wanted[start : start + _CHUNK]}):
            found[row.signature] = row.id
            if not row.stands and row.lacks is not None:
                left.append(row.id)
    # What those lacked who stood there is told to nobody any more.
    ask_first(c, left)
    new = [{"signature": each, "lacks": None} for each in wanted if each not in found]
    if new:
        found |= {row.signature: row.id for row in c.execute(_made, new)}
    return found


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


def first(c: Connection, ids: Sequence[int], most: int) -> dict[int, list[Found]]:
    """The first entries of each of some lines, in their order; nobody else changes them meanwhile."""
    found: dict[int, list[Found]] = {}
    if ids:
        given = {f"line{place}": id for place, id in enumerate(ids)}
        for row in entries.locked_by(c, _first_of(len(ids)), {**given, "most": most}):
            found.setdefault(row.line_id, []).append(row)
    return found


def behind(c: Connection, id: int, most: int, without: Collection[int]) -> list[int]:
    """The numbers of the first entries of a line that are none of those, in their order."""
    return list(c.scalars(_next, {"line": id, "most": most, "without": list(without)}))


def lacks(c: Connection, id: int, topic: str | None) -> None:
    """Write down what a line lacks."""
    c.execute(_lacks, {"line": id, "topic": topic})


def ask_first(c: Connection, ids: Collection[int]) -> None:
    """Have lines looked at first thing in the next round."""
    if ids:
        c.execute(_ask_first, {"ids": list(ids)})


def look_again(c: Connection, topics: Collection[str]) -> None:
    """Have the lines that lack one of the things looked at first thing in the next round."""
    if topics:
        c.execute(_look_again, {"topics": list(topics)})


def aged(c: Connection, topic: str, since: datetime, most: int, *, without: int | None) -> list[int]:
    """Some of the other lines that lack a thing, and in which somebody has stood since then."""
    given = {"topic": topic, "since": since, "most": _AGED_PAGE}
    skipped = [] if without is None else [without]
    found: list[int] = []
    while len(found) < most:
        rows = c.scalars(_aged, {**given, "without": skipped + found}).all()
        found += dict.fromkeys(rows)
        if len(rows) < _AGED_PAGE:
            break
    return found[:most]


def heads_of(c: Connection, ids: Sequence[int]) -> list[int]:
    """The numbers of the first entries of lines, one each; :func:`first` locks them."""
    query = select(_entry.c.number).order_by(*_ORDER)
    found = [c.scalar(query.where(_entry.c.line_id == id, _IN_LINE).limit(1)) for id in ids]
    return [number for number in found if number is not None]


def close_empty(c: Connection) -> None:
    """Take away the lines in which nobody stands."""
    stands = select(_entry.c.number).where(_entry.c.line_id == _line.c.id, _IN_LINE).exists()
    c.execute(delete(_line).where(~stands))


def close(c: Connection, ids: Collection[int]) -> None:
    """Take away lines in which nobody stands."""
    if ids:
        c.execute(_close, {"ids": list(ids)})


def lacked_by(c: Connection, ids: Iterable[int]) -> Sequence[str]:
    """The topics of what lines lack."""
    query = select(_line.c.lacks).where(_line.c.id.in_(list(ids)), _line.c.lacks.is_not(None))
    return list(c.scalars(query.distinct()))
