"""What people do in the simulated world, drawn by its seed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select, update

from jams.database import happenings, jobs, queues, resources, tables, variables
from jams.objects.definitions import Job
from jams.objects.enums import EntryState, ReleaseType
from jams.objects.patch import patch_of
from jams.objects.schedule import Cancel, Comment, Release, Reschedule, Restart, SubmitJob
from jams.scheduler import actions, submission, submission_documents
from tests.simulation.clock import Clock
from tests.simulation.town import HOSTS, QUEUES, RESOURCES
from tests.support.engine import values
from tests.support.schedule import USER

Work = Callable[[Connection], object]
KINDS = list(ReleaseType)


class Operators:
    """People who submit, act and change definitions.

    Attributes:
        calm: whether they only let things go on.
    """

    def __init__(self, clock: Clock, chance: Random, names: list[str]) -> None:
        self._clock = clock
        self._chance = chance
        self._names = names
        self._deeds: tuple[tuple[int, Callable[[], Work]], ...] = (
            (50, self._submit),
            (8, self._hold),
            (14, self._release),
            (4, self._cancel),
            (5, self._restart),
            (4, self._reschedule),
            (2, self._remove),
            (5, self._set_variable),
            (4, self._resource),
            (4, self._queue),
            (3, self._agent),
            (3, self._definition),
        )

    def next(self) -> timedelta:
        """How long until somebody does something again."""
        return timedelta(seconds=self._chance.choice((0, 0, 1, 30, 120, 600, 1800)))

    def deed(self) -> Work:
        """What somebody does now, in one transaction."""
        weights = [weight for weight, _ in self._deeds]
        (chosen,) = self._chance.choices([deed for _, deed in self._deeds], weights)
        return chosen()

    def _submit(self) -> Work:
        chance = self._chance
        members: dict[str, Any] = {"name": chance.choice(self._names), "priority": chance.choice((0, 0, 5))}
        if chance.random() < 0.15:
            members["hold"] = True
        if chance.random() < 0.15:
            members["after"] = self._clock.now + timedelta(minutes=chance.choice((1, 10, 90)))
        document = SubmitJob(**members)

        def work(c: Connection) -> int:
            made = submission.enter(c, submission_documents.from_short(document), submission.Submitter(USER))
            return made.jams_entry

        return work

    def _on_entry(self, act: Callable[..., str], body: object, *, ended: bool = False) -> Work:
        draw = self._chance.random()

        def work(c: Connection) -> object:
            query = select(tables.entry.c.number).order_by(tables.entry.c.number)
            over = tables.entry.c.completion_time.is_not(None)
            numbers = c.scalars(query.where(over if ended else ~over)).all()
            if not numbers:
                return None
            number = numbers[int(draw * len(numbers))]
            return act(c, number, USER, *([] if body is None else [body]))

        return work

    def _hold(self) -> Work:
        return self._on_entry(actions.hold, Comment())

    def _release(self) -> Work:
        kinds = self._chance.choice(([ReleaseType.MANUAL_HOLD], [self._chance.choice(KINDS)], KINDS))
        return self._on_entry(actions.release, Release(release_types=kinds))

    def _cancel(self) -> Work:
        return self._on_entry(actions.cancel, Cancel(force=self._chance.random() < 0.3))

    def _restart(self) -> Work:
        ended = self._chance.random() < 0.7
        return self._on_entry(actions.restart, Restart(hold=self._chance.random() < 0.2), ended=ended)

    def _reschedule(self) -> Work:
        at = self._clock.now + timedelta(minutes=self._chance.choice((-5, 5, 60)))
        return self._on_entry(actions.reschedule, Reschedule(hold_time=at))

    def _remove(self) -> Work:
        return self._on_entry(actions.remove, None, ended=True)

    def _set_variable(self) -> Work:
        value = str(self._chance.choice((0, 4, 6, 10)))
        return lambda c: variables.set_value(c, variables.locate(c, name="\\v"), value, user=USER)

    def _resource(self) -> Work:
        name, most = self._chance.choice(sorted(RESOURCES.items()))
        quantity = self._chance.choice((0, 1, most, most))
        return lambda c: resources.set_quantity(c, resources.find(c, name=name), quantity, user=USER)

    def _queue(self) -> Work:
        name, limit = self._chance.choice(sorted(QUEUES.items()))
        started, other = self._chance.random() < 0.6, self._chance.choice((1, limit, 5))

        def work(c: Connection) -> None:
            id = queues.find(c, name=name)
            queues.set_started(c, id, started, user=USER)
            happenings.note(c, f"queue:{id}")
            c.execute(update(tables.queue).where(tables.queue.c.id == id).values(job_limit=other))

        return work

    def _agent(self) -> Work:
        name = self._chance.choice((*HOSTS, "LOCALHOST"))
        online, limit = self._chance.random() < 0.6, self._chance.choice((1, 2, 50))
        return lambda c: set_agent(c, name, online=online, limit=limit)

    def _definition(self) -> Work:
        name, count = (
            self._chance.choice(("retry", "daily", "nightly", "plain")),
            self._chance.choice((0, 1, 3)),
        )
        enabled = self._chance.random() < 0.8
        patch = patch_of(Job)(properties=values(RetryCount=count, RetryInterval="0:05", Enabled=enabled))
        return lambda c: jobs.change(c, patch, name=f"\\{name}", user=USER)


def set_agent(c: Connection, name: str, *, online: bool, limit: int) -> None:
    """Let an agent come or go, and take so many runs."""
    where = tables.agent.c.name_key == name.lower()
    c.execute(update(tables.agent).where(where).values(online=online, job_limit=limit))
    happenings.note(c, f"agent:{c.scalar(select(tables.agent.c.id).where(where))}")


def set_right(c: Connection) -> None:
    """Let everything be there in plenty, and hold nothing."""
    for name in (*HOSTS, "LOCALHOST"):
        set_agent(c, name, online=True, limit=50)
    for name in QUEUES:
        id = queues.find(c, name=name)
        queues.set_started(c, id, True, user=USER)
        c.execute(update(tables.queue).where(tables.queue.c.id == id).values(job_limit=50))
    for name in RESOURCES:
        resources.set_quantity(c, resources.find(c, name=name), 100, user=USER)
    variables.set_value(c, variables.locate(c, name="\\v"), "10", user=USER)
    for number in c.scalars(
        select(tables.entry.c.number).where(tables.entry.c.state == EntryState.HELD)
    ).all():
        actions.release(c, number, USER, Release())
    going = select(tables.entry.c.number).join(
        tables.container, tables.container.c.number == tables.entry.c.number
    )
    for number in c.scalars(going.where(tables.entry.c.held | tables.entry.c.halted)).all():
        kinds = [ReleaseType.MANUAL_HOLD, ReleaseType.RUN_AGAIN]
        actions.release(c, number, USER, Release(release_types=kinds))
