"""What waiting entries want to hear of: a row for each entry and topic."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from . import tables

_topic = tables.wait_topic
_CHUNK = 500
_insert = insert(_topic)
_of_one = select(_topic.c.topic).where(_topic.c.number == bindparam("number"))
_forget = delete(_topic).where(_topic.c.number.in_(bindparam("numbers", expanding=True)))
_who = select(_topic.c.number).where(_topic.c.topic.in_(bindparam("topics", expanding=True)))


def replace(c: Connection, number: int, topics: Collection[str]) -> None:
    """Give an entry other topics."""
    if not topics:
        # Who goes on, as many do at once when what they wait for comes: what it knew need not be asked for.
        forget(c, [number])
        return
    known = set(c.scalars(_of_one, {"number": number}))
    gone = known - set(topics)
    if gone:
        c.execute(delete(_topic).where(_topic.c.number == number, _topic.c.topic.in_(list(gone))))
    new = [{"number": number, "topic": topic} for topic in sorted(set(topics) - known)]
    if new:
        c.execute(_insert, new)


def add(c: Connection, topic: str, numbers: Sequence[int]) -> None:
    """Let entries hear of one topic more."""
    known = set(c.scalars(select(_topic.c.number).where(_topic.c.topic == topic)))
    new = [{"number": number, "topic": topic} for number in numbers if number not in known]
    if new:
        c.execute(_insert, new)


def drop(c: Connection, topic: str, numbers: Sequence[int]) -> None:
    """Let entries hear of one topic no more."""
    for start in range(0, len(numbers), _CHUNK):
        those = _topic.c.number.in_(numbers[start : start + _CHUNK])
        c.execute(delete(_topic).where(_topic.c.topic == topic, those))


def forget(c: Connection, numbers: Collection[int]) -> None:
    """Let entries hear of nothing any more."""
    if numbers:
        c.execute(_forget, {"numbers": list(numbers)})


def who_waits(c: Connection, topics: Collection[str]) -> list[int]:
    """The entries that want to hear of one of the topics, in their order."""
    found: set[int] = set()
    wanted = sorted(topics)
    for start in range(0, len(wanted), _CHUNK):
        found.update(c.scalars(_who, {"topics": wanted[start : start + _CHUNK]}))
    return sorted(found)
