"""What is supposed to be otherwise, done to the copy when its time has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, select, update

from jams.database import agents, clock, happenings, jobs, queues, resources, tables
from jams.objects.errors import InvalidArgument, JobNotFound
from jams.objects.forecast import Supposition
from jams.objects.patch import stated
from jams.objects.schedule import SubmitJob
from jams.scheduler import submission, submission_documents, topics

Work = Callable[[Connection], None]


@dataclass
class Supposed:
    """What is supposed.

    Attributes:
        events: what happens when.
        elapsed: how long runs of jobs take, by number.
        due: by when entries of a job have to have ended.
    """

    events: list[tuple[datetime, Work]] = field(default_factory=list)
    elapsed: dict[int, timedelta] = field(default_factory=dict)
    due: dict[int, list[datetime]] = field(default_factory=dict)


def check(item: Supposition) -> str:
    """What a supposition is about: agent, queue, resource, job or submit. Raises InvalidArgument."""
    given = [
        name for name in ("agent", "queue", "resource", "job", "submit") if getattr(item, name) is not None
    ]
    if item.definition is not None and not given:
        given = ["job"]
    if len(given) != 1:
        raise InvalidArgument(
            "A supposition is about one of agent, queue, resource, job and submit.", member="suppose"
        )
    about = given[0]
    says = {name for name in _SAYS if getattr(item, name) is not None}
    wanted = _OF[about]
    if says - wanted:
        raise InvalidArgument(
            f"{', '.join(sorted(says - wanted))} says nothing of {about}.", member=min(says - wanted)
        )
    if about in _NEEDS and not says & _NEEDS[about]:
        raise InvalidArgument(
            f"A supposition about {about} says {' or '.join(sorted(_NEEDS[about]))}.", member="suppose"
        )
    if item.begin is not None and item.end is not None and item.end <= item.begin:
        raise InvalidArgument("A supposition ends after it begins.", member="end")
    return about


_SPAN = {"begin", "end"}
_OF = {
    "agent": _SPAN,
    "queue": {"limit", "started", *_SPAN},
    "resource": {"quantity", *_SPAN},
    "job": {"elapsed", "due", "definition"},
    "submit": {"priority", "begin"},
}
_NEEDS = {
    "queue": {"limit", "started"},
    "resource": {"quantity"},
    "job": {"elapsed", "due", "definition"},
}
_SAYS = frozenset().union(*_OF.values())


def supposed(c: Connection, given: list[Supposition], now: datetime, user: str) -> Supposed:
    """Find what is meant, do what is so at once, and tell what comes later.

    Raises:
        InvalidArgument: a supposition contradicts itself.
        AgentNotFound, QueueNotFound, ResourceNotFound, JobNotFound: what it is about is not there.
        JAMSError: a definition or submission that would be refused.
    """
    found = Supposed()
    for item in given:
        match check(item):
            case "job":
                _of_job(c, item, found, now, user)
            case "submit":
                at = max(item.begin or now, now)
                work = partial(_submit, item=item, user=user)
                _refuse_early(c, work, now)
                found.events.append((at, work))
            case _:
                found.events += _spans(c, item, now)
    return found


def _of_job(c: Connection, item: Supposition, found: Supposed, now: datetime, user: str) -> None:
    id = None
    if item.job is not None:
        id = jobs.find(c, name=item.job)
    if item.definition is not None:
        with clock.showing(now):
            id = _define(c, item, id, user)
    assert id is not None
    if item.elapsed is not None:
        found.elapsed[id] = timedelta(seconds=item.elapsed)
    if item.due is not None:
        found.due.setdefault(id, []).append(item.due)


def _define(c: Connection, item: Supposition, id: int | None, user: str) -> int:
    definition = item.definition
    assert definition is not None
    patch = stated(definition)
    if id is None:
        id = definition.job_id
    if id is None:
        try:
            id = jobs.find(c, name=f"{definition.parent_folder_name or ''}\\{definition.job_name}")
        except JobNotFound:
            made = jobs.create(c, definition, user=user).job_id
            assert made is not None
            return made
    jobs.change(c, patch, id=id, user=user)
    return id


def _refuse_early(c: Connection, work: Work, now: datetime) -> None:
    """Have refused at once what would be refused when its time has come."""
    mark = c.begin_nested()
    try:
        with clock.showing(now):
            work(c)
    finally:
        mark.rollback()


def _submit(c: Connection, item: Supposition, user: str) -> None:
    assert item.submit is not None
    info = submission_documents.from_short(SubmitJob(name=item.submit, priority=item.priority))
    submission.enter(c, info, submission.Submitter(user, lenient=True))


def _spans(c: Connection, item: Supposition, now: datetime) -> Iterator[tuple[datetime, Work]]:
    """What holds for a time: the change, and the change back."""
    table: Any
    topic: Callable[[int], str]
    if item.agent is not None:
        table, id, topic = tables.agent, agents.number_of(c, item.agent), topics.agent
        values: dict[str, Any] = {"job_limit": 0}
    elif item.queue is not None:
        table, id, topic = tables.queue, queues.find(c, name=item.queue), topics.queue
        wanted = {"job_limit": item.limit, "started": item.started}
        values = {name: value for name, value in wanted.items() if value is not None}
    else:
        table, id, topic = tables.resource, resources.find(c, name=item.resource), topics.resource
        values = {"quantity": item.quantity}
    found = c.execute(select(*(table.c[name] for name in values)).where(table.c.id == id)).one()
    begin = max(item.begin or now, now)
    if item.end is not None and item.end <= begin:
        return
    yield begin, partial(_set, table=table, id=id, topic=topic(id), values=values, details=None)
    if item.end is not None:
        details = c.execute(select(_details).where(_details.c.resource_id == id)).all()
        kept = [row._asdict() for row in details]
        yield (
            item.end,
            partial(_set, table=table, id=id, topic=topic(id), values=found._asdict(), details=kept),
        )


_details = tables.resource_quantity


def _set(
    c: Connection,
    table: Any,
    id: int,
    topic: str,
    values: dict[str, Any],
    details: list[dict[str, Any]] | None,
) -> None:
    """Change the row, and what of a resource is there at agents: to the same quantity, or to what it was."""
    c.execute(update(table).where(table.c.id == id).values(values))
    if table is tables.resource:
        c.execute(update(_details).where(_details.c.resource_id == id).values(values))
        for row in details or ():
            at = (_details.c.resource_id == id) & (_details.c.agent_id == row["agent_id"])
            c.execute(update(_details).where(at).values(quantity=row["quantity"]))
    happenings.note(c, topic)
