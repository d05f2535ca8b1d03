"""What waiting entries want to hear of: a row for each entry and topic."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from . import tables
from .turns import unanswered

_topic = tables.wait_topic
_CHUNK = 500
_insert = insert(_topic)
_of_many = select(_topic.c.number, _topic.c.topic).where(
    _topic.c.number.in_(bindparam("numbers", expanding=True))
)
_those = _topic.c.number.in_(bindparam("numbers", expanding=True))
_forget = unanswered(delete(_topic).where(_those))
_drop = unanswered(delete(_topic).where(_those, _topic.c.topic == bindparam("about")))
_who = select(_topic.c.number).where(_topic.c.topic.in_(bindparam("topics", expanding=True)))

_drop_one = unanswered(
    delete(_topic).where(_topic.c.number == bindparam("of"), _topic.c.topic == bindparam("about"))
)


def replace(c: Connection, wanted: Mapping[int, Collection[str]]) -> dict[int, set[str]]:
    """Give entries other topics, each its own; those that it did not have before, where there are any."""
    # Who goes on, as many do at once when what they wait for comes: what they knew need not be asked for.
    forget(c, [number for number, topics in wanted.items() if not topics])
    listening = {number: set(topics) for number, topics in wanted.items() if topics}
    known = _known(c, list(listening))
    gone = [(number, topic) for number, topic in known if topic not in listening[number]]
    new = {
        number: fresh
        for number, topics in listening.items()
        if (fresh := {topic for topic in topics if (number, topic) not in known})
    }
    if gone:
        c.execute(_drop_one, [{"of": number, "about": topic} for number, topic in sorted(gone)])
    if new:
        rows = [{"number": number, "topic": topic} for number in sorted(new) for topic in sorted(new[number])]
        c.execute(_insert, rows)
    return new


def _known(c: Connection, numbers: Sequence[int]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for start in range(0, len(numbers), _CHUNK):
        rows = c.execute(_of_many, {"numbers": numbers[start : start + _CHUNK]})
        found.update((row.number, row.topic) for row in rows)
    return found


def add(c: Connection, topic: str, numbers: Sequence[int]) -> None:
    """Let entries hear of one topic more."""
    known = set(c.scalars(select(_topic.c.number).where(_topic.c.topic == topic)))
    new = [{"number": number, "topic": topic} for number in numbers if number not in known]
    if new:
        c.execute(_insert, new)


def drop(c: Connection, topic: str, numbers: Sequence[int]) -> None:
    """Let entries hear of one topic no more."""
    for start in range(0, len(numbers), _CHUNK):
        c.execute(_drop, {"numbers": numbers[start : start + _CHUNK], "about": topic})


def forget(c: Connection, numbers: Collection[int]) -> None:
    """Let entries hear of nothing any more."""
    every = list(numbers)
    for start in range(0, len(every), _CHUNK):
        c.execute(_forget, {"numbers": every[start : start + _CHUNK]})


def who_waits(c: Connection, topics: Collection[str]) -> list[int]:
    """The entries that want to hear of one of the topics, in their order."""
    found: set[int] = set()
    wanted = sorted(topics)
    for start in range(0, len(wanted), _CHUNK):
        found.update(c.scalars(_who, {"topics": wanted[start : start + _CHUNK]}))
    return sorted(found)
