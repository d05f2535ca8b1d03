"""How much of what is given out in order is in use: counted from the runs that are not settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select

from jams.objects.enums import EntryState

from . import tables

_run = tables.run
_entry = tables.entry
_queue = tables.queue
_queue_agent = tables.queue_agent
_resource = tables.resource
_quantity = tables.resource_quantity
_held = tables.resource_held
_queue_used = select(func.count()).select_from(_run).where(_run.c.queue_id == bindparam("id"))
_queue_limit = select(_queue.c.job_limit, _queue.c.started, _queue_used.scalar_subquery().label("used"))
_queue_limit = _queue_limit.where(_queue.c.id == bindparam("id"))
_specific = select(_resource.c.agent_specific).where(_resource.c.id == bindparam("id"))
_sum = select(func.coalesce(func.sum(_held.c.quantity), 0)).where(_held.c.resource_id == bindparam("id"))
_sum_there = _sum.where(_held.c.agent_id == bindparam("agent"))
_own = (_quantity.c.resource_id == _resource.c.id) & (_quantity.c.agent_id == bindparam("agent"))
_quantity_there = (
    select(func.coalesce(_quantity.c.quantity, _resource.c.quantity), _sum_there.scalar_subquery())
    .select_from(_resource.outerjoin(_quantity, _own))
    .where(_resource.c.id == bindparam("id"))
)
_quantity_of = select(_resource.c.quantity, _sum.scalar_subquery()).where(_resource.c.id == bindparam("id"))
_there = (
    select(
        _resource.c.agent_specific,
        _resource.c.quantity,
        func.coalesce(_quantity.c.quantity, _resource.c.quantity),
        _sum.scalar_subquery(),
        _sum_there.scalar_subquery(),
    )
    .select_from(_resource.outerjoin(_quantity, _own))
    .where(_resource.c.id == bindparam("id"))
)
_running = (
    select(_run.c.token)
    .select_from(_run.join(_entry, _run.c.number == _entry.c.number))
    .where(_entry.c.job_id == bindparam("job"), _entry.c.number != bindparam("other"))
    .limit(1)
)
_hold = insert(_held).inline()
_give_back = (
    delete(_held)
    .where(_held.c.number.in_(bindparam("numbers", expanding=True)))
    .returning(_held.c.resource_id)
)


class Count(NamedTuple):
    """How much there is of a thing, and how much of that is in use."""

    limit: int
    used: int
    stopped: bool = False

    @property
    def free(self) -> int:
        """How much more can be given out: never less than nothing."""
        return 0 if self.stopped else max(0, self.limit - self.used)


def queue(c: Connection, id: int) -> Count:
    """The slots of a queue; one that is not there is stopped."""
    row = c.execute(_queue_limit, {"id": id}).one_or_none()
    if row is None:
        return Count(0, 0, stopped=True)
    return Count(row.job_limit, row.used, stopped=not row.started)


def is_agent_specific(c: Connection, id: int) -> bool:
    """Whether a resource is counted by agent."""
    return c.scalar(_specific, {"id": id}) is True


def resource(c: Connection, id: int, agent_id: int | None) -> Count:
    """A resource, on an agent where it is counted by agent; one without its own quantity has the usual."""
    if agent_id is None:
        row = c.execute(_quantity_of, {"id": id}).one_or_none()
    else:
        row = c.execute(_quantity_there, {"id": id, "agent": agent_id}).one_or_none()
    return Count(0, 0) if row is None else Count(row[0] or 0, int(row[1] or 0))


def most(c: Connection, id: int) -> int:
    """How much there is of a resource in all, of one that is counted by agent at one agent at most."""
    own = select(func.max(_quantity.c.quantity)).where(_quantity.c.resource_id == _resource.c.id)
    query = select(_resource.c.quantity, _resource.c.agent_specific, own.scalar_subquery())
    row = c.execute(query.where(_resource.c.id == id)).one_or_none()
    if row is None:
        return 0
    usual, specific, greatest = row
    return max(usual or 0, greatest or 0) if specific else usual or 0


class Stock(NamedTuple):
    """A resource as an agent finds it.

    Attributes:
        counted: how much there is for the agent, and how much of that is in use.
        specific: whether it is counted by agent.
    """

    counted: Count
    specific: bool


def stock(c: Connection, id: int, agent_id: int) -> Stock:
    """A resource as an agent finds it; of one that is not there, there is nothing."""
    row = c.execute(_there, {"id": id, "agent": agent_id}).one_or_none()
    if row is None:
        return Stock(Count(0, 0), specific=False)
    specific, usual, own, used, used_there = row
    if specific is True:
        return Stock(Count(own or 0, int(used_there or 0)), specific=True)
    return Stock(Count(usual or 0, int(used or 0)), specific=False)


def is_running(c: Connection, job_id: int, other_than: int = 0) -> bool:
    """Whether an entry of a job, another than that one, is being started or runs."""
    return c.execute(_running, {"job": job_id, "other": other_than}).one_or_none() is not None


def agents_by_load(c: Connection, queue_id: int) -> list[int]:
    """The agents of a queue, those with the fewest runs first."""
    running = select(func.count()).select_from(_run).where(_run.c.agent_id == _queue_agent.c.agent_id)
    query = select(_queue_agent.c.agent_id).where(_queue_agent.c.queue_id == queue_id)
    return list(c.scalars(query.order_by(running.scalar_subquery(), _queue_agent.c.agent_id)))


def before(c: Connection, line_id: int | None, priority: int, since: datetime | None, number: int) -> int:
    """How many entries stand before one in its line."""
    ahead = or_(
        _entry.c.priority > priority,
        and_(_entry.c.priority == priority, _entry.c.since < since),
        and_(_entry.c.priority == priority, _entry.c.since == since, _entry.c.number < number),
    )
    query = select(func.count()).select_from(_entry)
    where = (_entry.c.line_id == line_id, _entry.c.state == EntryState.RESOURCE_WAIT, ahead)
    return c.scalar(query.where(*where)) or 0


def hold(
    c: Connection,
    id: int,
    *,
    agent_id: int | None,
    number: int,
    token: str | None,
    quantity: int,
    now: datetime,
) -> None:
    """Write down that a run, or a script without its token, takes so much of a resource; negative is none."""
    values = {"resource_id": id, "agent_id": agent_id, "number": number, "token": token}
    c.execute(_hold, {"quantity": quantity, "since": now, **values})


def hold_all(c: Connection, taken: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """As :func:`hold`, of several: each has all that has to be known but the time."""
    if taken:
        c.execute(_hold, [{**each, "since": now} for each in taken])


def give_back(c: Connection, numbers: list[int]) -> list[int]:
    """Give back what the runs of entries, or their scripts, hold; the numbers of those resources."""
    gone = c.execute(_give_back, {"numbers": numbers})
    return sorted(set(gone.scalars()))
