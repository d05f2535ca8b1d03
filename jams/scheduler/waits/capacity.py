"""What is given out in order: slots of queues and agents, resources, the one place of a single instance.

Here is told what an entry asks for, and how much of a thing is free. Who gets it is decided in
:mod:`jams.scheduler.granting`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import capacities, entries, lines
from jams.database.reading import Found
from jams.objects.enums import EntryState, ReleaseType, SingleInstanceAction
from jams.objects.needs import NOTHING, Needs
from jams.objects.waits import EntryWait, WaitKind

from .. import passing, topics
from .base import Shut, Subject

AGED = timedelta(minutes=10)
"""How long the head of a line lets others pass."""

AGED_LINES = 4
"""Lines of which it is asked whether what they lack is gathered for them."""

Rank = tuple[int, datetime, int]
"""Where an entry stands among others that wait: what is smaller comes first."""


class Claimed(NamedTuple):
    """So much of a thing, by its topic."""

    topic: str
    quantity: int


class Asked(NamedTuple):
    """All that an entry has to get at once, its agent's slot aside.

    Attributes:
        queue_id: the queue whose slot it takes.
        resources: quantities of resources by number.
        instance_of: the job of which no other entry may run.
        any_agent: whether it runs on any agent of its queue.
    """

    queue_id: int | None
    resources: tuple[tuple[int, int], ...]
    instance_of: int | None
    any_agent: bool

    @property
    def nothing(self) -> bool:
        """Whether it asks for its agent's slot alone."""
        return self.queue_id is None and not self.resources and self.instance_of is None


def asked_of(row: Found) -> Asked:
    """What an entry asks for."""
    needs: Needs = row.rest.needs or NOTHING
    ignored = ReleaseType.IGNORE_RES_REQ in passing.kinds(row.passed)
    wanted = () if ignored else needs.resources
    alone = needs.single_instance is not SingleInstanceAction.NO_ACTION
    return Asked(
        row.queue_id,
        tuple(sorted((need.resource_id, need.quantity) for need in wanted)),
        row.job_id if alone else None,
        needs.any_agent,
    )


def capacity(subject: Subject) -> Shut | None:
    """Shut for every entry that has to get something in order; None for one that needs its agent alone."""
    asked = asked_of(subject.row)
    if asked.nothing:
        return None
    return Shut(EntryState.RESOURCE_WAIT, lambda: explain(subject), capacity=True)


class Free:
    """How much is free of what is given out, counted once and reduced by what is given out meanwhile.

    ``room`` says how many more starts each agent takes; ``gone`` has the topics of queues,
    resources and agents of which somebody was told that nothing is left: nobody else needs to ask.
    """

    def __init__(self, c: Connection, room: Mapping[int, int]) -> None:
        self._c = c
        self._queues: dict[int, int] = {}
        self._resources: dict[tuple[int, int | None], int] = {}
        self._instances: dict[int, int] = {}
        self._specific: dict[int, bool] = {}
        self.room = dict(room)
        self.gone: set[str] = set()

    def queue(self, id: int) -> int:
        """Slots of a queue."""
        if id not in self._queues:
            self._queues[id] = capacities.queue(self._c, id).free
        return self._queues[id]

    def resource(self, id: int, agent_id: int) -> int:
        """Of a resource; on that agent, where it is counted by agent."""
        where = self.where(id, agent_id)
        if (id, where) not in self._resources:
            self._count(id, agent_id)
        return self._resources[(id, where)]

    def where(self, id: int, agent_id: int) -> int | None:
        """The agent on which a resource is counted; None: it is not counted by agent."""
        if id not in self._specific:
            self._count(id, agent_id)
        return agent_id if self._specific[id] else None

    def _count(self, id: int, agent_id: int) -> None:
        found = capacities.stock(self._c, id, agent_id)
        self._specific[id] = found.specific
        self._resources[(id, agent_id if found.specific else None)] = found.counted.free

    def instance(self, job_id: int) -> int:
        """Whether an entry of a job may start: 1 or 0."""
        if job_id not in self._instances:
            self._instances[job_id] = 0 if capacities.is_running(self._c, job_id) else 1
        return self._instances[job_id]

    def agent_for(self, asked: Asked, agent_id: int) -> int | None:
        """The agent on which it starts; None: no room.

        Its own, or of those of its queue the one with the fewest runs that has what it needs.
        """
        if not asked.any_agent or asked.queue_id is None:
            if self.room.get(agent_id, 0) > 0:
                return agent_id
            self.gone.add(topics.agent(agent_id))
            return None
        agents = capacities.agents_by_load(self._c, asked.queue_id)
        able = [one for one in agents if self.room.get(one, 0) > 0]
        fit = (one for one in able if self.lacking(asked, one) is None)
        return next(fit, able[0] if able else None)

    def lacking(self, asked: Asked, agent_id: int) -> str | None:
        """The topic of the first thing of which there is not enough, or None."""
        if asked.instance_of is not None and self.instance(asked.instance_of) < 1:
            return topics.instance(asked.instance_of)
        for id, quantity in asked.resources:
            left = self.resource(id, agent_id)
            if left < quantity:
                if left < 1 and not self._specific[id]:
                    self.gone.add(topics.resource(id))
                return topics.resource(id)
        if asked.queue_id is not None and self.queue(asked.queue_id) < 1:
            self.gone.add(topics.queue(asked.queue_id))
            return topics.queue(asked.queue_id)
        return None

    def take(self, asked: Asked, agent_id: int) -> None:
        """Count what is given out."""
        if asked.queue_id is not None:
            self._queues[asked.queue_id] = self.queue(asked.queue_id) - 1
        for id, quantity in asked.resources:
            left = self.resource(id, agent_id) - quantity
            self._resources[(id, self.where(id, agent_id))] = left
        if asked.instance_of is not None:
            self._instances[asked.instance_of] = 0
        self.room[agent_id] = self.room.get(agent_id, 0) - 1


def explain(subject: Subject) -> list[EntryWait]:
    """What an entry in the line waits for, in words."""
    c, row = subject.c, subject.row
    asked = asked_of(row)
    found: list[EntryWait] = []
    if asked.instance_of is not None and capacities.is_running(c, asked.instance_of):
        found.append(
            subject.wait(
                kind=WaitKind.INSTANCE,
                name=row.job_name,
                object_id=asked.instance_of,
                message="Another entry of its job is running.",
                since_utc=row.since,
                opened_by="the end of that run",
            )
        )
    for need in subject.needs.resources if asked.resources else ():
        specific = capacities.is_agent_specific(c, need.resource_id)
        count = capacities.resource(c, need.resource_id, row.agent_id if specific else None)
        if count.free < need.quantity:
            enough = count.limit >= need.quantity
            more = "" if enough else ", which is more than there is"
            found.append(
                subject.wait(
                    kind=WaitKind.RESOURCE,
                    name=need.name,
                    object_id=need.resource_id,
                    message=f"It needs {need.quantity} of resource {need.name}{more}: "
                    f"{count.used} of {count.limit} are in use.",
                    since_utc=row.since,
                    opened_by="runs that give it back" if enough else "a greater quantity",
                    release_type=ReleaseType.IGNORE_RES_REQ,
                )
            )
    if asked.queue_id is not None:
        queue = capacities.queue(c, asked.queue_id)
        if queue.free < 1:
            name = subject.needs.queue_name
            stopped = (
                "is stopped" if queue.stopped else f"has no free slot: {queue.used} of {queue.limit} run"
            )
            found.append(
                subject.wait(
                    kind=WaitKind.QUEUE,
                    name=name,
                    object_id=asked.queue_id,
                    message=f"Queue {name} {stopped}.",
                    since_utc=row.since,
                    opened_by="somebody who starts it" if queue.stopped else "the end of a run in it",
                )
            )
    return found or [_stands_back(subject, asked) or _in_line(subject)]


def wanted(asked: Asked) -> list[str]:
    """The topics of what is asked for."""
    found = [topics.resource(id) for id, _ in asked.resources]
    if asked.queue_id is not None:
        found.append(topics.queue(asked.queue_id))
    if asked.instance_of is not None:
        found.append(topics.instance(asked.instance_of))
    return found


def _stands_back(subject: Subject, asked: Asked) -> EntryWait | None:
    """That what it wants is gathered for one that has waited for long, if it is."""
    c, row = subject.c, subject.row
    aged = is_aged(row, subject.now)
    for topic in wanted(asked):
        ids = lines.aged(c, topic, subject.now - AGED, AGED_LINES, without=row.line_id)
        for other in (entries.row(c, number) for number in lines.heads_of(c, ids)):
            if is_gathered_for(c, other, subject.now) and (not aged or rank_of(other) < rank_of(row)):
                who = "another entry" if subject.sight.of else f"entry {other.number} ({other.job_name})"
                return subject.wait(
                    kind=WaitKind.LINE,
                    message=f"It stands back for {who}, which has waited for more of the same for "
                    f"{AGED.seconds // 60} minutes.",
                    since_utc=row.since,
                    opened_by="the start of that entry",
                )
    return None


def rank_of(row: Found) -> Rank:
    """Where an entry stands among others that wait."""
    return -row.priority, row.since or row.scheduled_time, row.number


def is_aged(row: Found, now: datetime) -> bool:
    """Whether an entry has let others pass for as long as it does."""
    return row.since is not None and now - row.since >= AGED


def is_gathered_for(c: Connection, row: Found, now: datetime) -> bool:
    """Whether an entry gets of what it lacks before others: it is aged, and there is as much in all."""
    return is_aged(row, now) and not any(
        capacities.stock(c, id, row.agent_id).counted.limit < quantity
        for id, quantity in asked_of(row).resources
    )


def _in_line(subject: Subject) -> EntryWait:
    row = subject.row
    before = capacities.before(subject.c, row.line_id, row.priority, row.since, row.number)
    told = (
        f"{before} {'entries stand' if before > 1 else 'entry stands'} before it in the line."
        if before
        else "It is next, and waits for its agent."
    )
    return subject.wait(
        kind=WaitKind.LINE if before else WaitKind.AGENT,
        object_id=None if before else row.agent_id,
        message=told,
        since_utc=row.since,
        opened_by="its turn",
    )
