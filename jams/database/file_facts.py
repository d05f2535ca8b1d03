"""What has been seen of files for which entries wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, or_, select, update

from . import tables

_fact = tables.file_fact
_topic = tables.wait_topic


class Fact(NamedTuple):
    """Whether a file was there when it was last looked for."""

    present: bool
    looked_at: datetime


class Wanted(NamedTuple):
    """A file that somebody waits for; ``present`` is None when it was never looked for."""

    topic: str
    agent_id: int
    path: str
    present: bool | None


def seen(c: Connection, topics: Sequence[str]) -> dict[str, Fact]:
    """By topic, what has been seen."""
    rows = c.execute(select(_fact).where(_fact.c.topic.in_(topics), _fact.c.looked_at.is_not(None)))
    return {row.topic: Fact(row.present, row.looked_at) for row in rows}


def want(c: Connection, files: Iterable[tuple[str, int, str]]) -> None:
    """Have files looked for anew, each with its topic, agent and path."""
    wanted = {topic: (agent_id, path) for topic, agent_id, path in files}
    # Told by the change itself which are there: others may forget one meanwhile.
    anew = update(_fact).where(_fact.c.topic.in_(list(wanted))).values(present=None, looked_at=None)
    known = set(c.scalars(anew.returning(_fact.c.topic)))
    new = [
        {"topic": topic, "agent_id": agent_id, "path": path, "present": None, "looked_at": None}
        for topic, (agent_id, path) in wanted.items()
        if topic not in known
    ]
    if new:
        c.execute(insert(_fact), new)


def wanted(c: Connection, agent_id: int) -> list[Wanted]:
    """The files of an agent for which entries wait."""
    query = select(_fact.c.topic, _fact.c.agent_id, _fact.c.path, _fact.c.present).where(
        _fact.c.agent_id == agent_id, _fact.c.topic.in_(select(_topic.c.topic))
    )
    return [Wanted(*row) for row in c.execute(query)]


def record(c: Connection, topic: str, *, present: bool, now: datetime) -> None:
    """Write down what was seen."""
    c.execute(update(_fact).where(_fact.c.topic == topic).values(present=present, looked_at=now))


def forget_unwanted(c: Connection, before: datetime) -> int:
    """Forget files for which nobody waits, and of which nothing was seen since then; how many."""
    waited_for = select(_topic.c.topic).where(_topic.c.topic == _fact.c.topic).exists()
    old = or_(_fact.c.looked_at.is_(None), _fact.c.looked_at <= before)
    return int(c.execute(delete(_fact).where(old, ~waited_for)).rowcount)
