"""What entries hold of resources: shown, taken by their scripts, and given back before the run ends.

What a run takes by its requirements, and what is given back with it, is the scheduler's (:mod:`.capacities`).
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, delete, func, select, update

from jams.objects.capacity import Resource, ResourceAnswer, ResourceHolding
from jams.objects.errors import Conflict, InUse, WrongState

from . import agents, capacities, clock, happenings, names, tables
from .sight import Sight, in_closed

_held = tables.resource_held
_resource = tables.resource
_entry = tables.entry


def in_use(c: Connection) -> dict[int, dict[int | None, int]]:
    """How much is taken, by resource and agent; no agent where a resource is not specific to agents."""
    taken: dict[int, dict[int | None, int]] = defaultdict(dict)
    query = select(_held.c.resource_id, _held.c.agent_id, func.sum(_held.c.quantity).label("quantity"))
    for row in c.execute(query.group_by(_held.c.resource_id, _held.c.agent_id)):
        taken[row.resource_id][row.agent_id] = int(row.quantity)
    return taken


def ask(c: Connection, resource: Resource, number: int, quantity: int) -> ResourceAnswer:
    """Let the script of an entry have some of a resource, if there is enough, and say whether it got it.

    Raises:
        WrongState: the entry is not running.
    """
    agent_id: int | None = c.scalar(select(tables.run.c.agent_id).where(tables.run.c.number == number))
    if agent_id is None:
        raise WrongState(f"Entry {number} does not run, so it can hold nothing.", target=number)
    assert resource.resource_id is not None
    id, where = resource.resource_id, agent_id if resource.agent_specific else None
    c.execute(select(_resource.c.id).where(_resource.c.id == id).with_for_update())
    stock = capacities.resource(c, id, where)
    got = quantity <= stock.free
    if got:
        now = clock.now()
        capacities.hold(c, id, agent_id=where, number=number, token=None, quantity=quantity, now=now)
    name = resource.resource_name
    told = (
        f"Entry {number} has {quantity} of resource {name}."
        if got
        else f"There is not enough of resource {name}: {stock.used} of {stock.limit} are in use."
    )
    return ResourceAnswer(
        acquired=got,
        message=told,
        quantity_available=stock.limit,
        quantity_in_use=stock.used + (quantity if got else 0),
    )


def give_back(c: Connection, resource_id: int, *, number: int, quantity: int | None = None) -> int:
    """Take back what an entry holds of a resource, or so much of it; how much that was.

    What its script took goes first, and what it took last.

    Raises:
        Conflict: it does not hold so much.
    """
    mine = select(_held).where(_held.c.resource_id == resource_id, _held.c.number == number)
    rows = c.execute(mine.order_by(_held.c.token.is_not(None), _held.c.id.desc()).with_for_update()).all()
    holds = sum(row.quantity for row in rows)
    wanted = holds if quantity is None else quantity
    if not rows or wanted > holds:
        name = names.readable(c.scalar(select(_resource.c.name).where(_resource.c.id == resource_id)))
        much = f"{holds} of resource {name}, not {wanted}" if rows else f"nothing of resource {name}"
        raise Conflict(f"Entry {number} holds {much}.", target=name)
    left = wanted
    for row in rows:
        if left >= row.quantity:
            c.execute(delete(_held).where(_held.c.id == row.id))
            left -= row.quantity
        elif left > 0:
            c.execute(update(_held).where(_held.c.id == row.id).values(quantity=row.quantity - left))
            left = 0
    happenings.note(c, f"resource:{resource_id}")
    return wanted


def check_free(c: Connection, resource_id: int, name: str) -> None:
    """Raises InUse when an entry holds some of the resource."""
    row = c.execute(
        select(_held.c.number, _held.c.quantity).where(_held.c.resource_id == resource_id).limit(1)
    ).first()
    if row is not None:
        raise InUse(f"Entry {row.number} holds {row.quantity} of resource {name}.", target=name)


def holdings(c: Connection, resource_id: int, sight: Sight) -> list[ResourceHolding]:
    """Who holds how much of a resource, longest first, as far as the caller sees entries."""
    query = select(_held, _entry.c.job_name, _entry.c.submitted_by)
    query = query.outerjoin(_entry, _entry.c.number == _held.c.number)
    query = query.where(_held.c.resource_id == resource_id).order_by(_held.c.since, _held.c.id)
    if sight.of is not None:
        query = query.where(_entry.c.submitted_by == sight.of)
    query = query.where(*in_closed(c, _entry.c.folder_id, _entry.c.job_id, sight))
    agent_names = agents.all_names(c)
    return [
        ResourceHolding(
            jams_entry=row.number,
            job_name=row.job_name,
            agent_name=None if row.agent_id is None else agent_names.get(row.agent_id, names.UNREADABLE),
            quantity=row.quantity,
            since_utc=row.since,
            by_script=row.token is None,
        )
        for row in c.execute(query)
    ]
