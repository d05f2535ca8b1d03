"""What entries hold of resources: taken by the requirements of a run or by a script, given back with the run.

Whoever takes of a resource holds its row until his transaction ends, so that nobody takes more than there is.
Who takes of several in one transaction takes them in the order of their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from jams.objects.capacity import Resource, ResourceAnswer, ResourceHolding
from jams.objects.errors import Conflict, InUse, WrongState

from . import agents, happenings, names, tables
from .sight import Sight

_held = tables.resource_held
_resource = tables.resource
_quantity = tables.resource_quantity
_entry = tables.entry


class Stock(Struct, frozen=True):
    """How a resource stands, at an agent if it is specific to agents. More may be taken than there is."""

    available: int
    in_use: int

    @property
    def free(self) -> int:
        """What is left; less than nothing where there is less than is taken."""
        return self.available - self.in_use


def in_use(c: Connection) -> dict[int, dict[int | None, int]]:
    """How much is taken, by resource and agent; no agent where a resource is not specific to agents."""
    taken: dict[int, dict[int | None, int]] = defaultdict(dict)
    query = select(_held.c.resource_id, _held.c.agent_id, func.sum(_held.c.quantity).label("quantity"))
    for row in c.execute(query.group_by(_held.c.resource_id, _held.c.agent_id)):
        taken[row.resource_id][row.agent_id] = int(row.quantity)
    return taken


def locked_stock(c: Connection, resource_id: int, agent_id: int) -> tuple[Stock, int | None]:
    """How a resource that exists stands for work at an agent, and the agent by which it is counted, if any.

    Nobody else takes of it until the transaction ends.
    """
    row = c.execute(
        select(_resource.c.quantity, _resource.c.agent_specific)
        .where(_resource.c.id == resource_id)
        .with_for_update()
    ).one()
    taken = select(func.coalesce(func.sum(_held.c.quantity), 0)).where(_held.c.resource_id == resource_id)
    if not row.agent_specific:
        return Stock(row.quantity, int(c.scalar(taken) or 0)), None
    own = select(_quantity.c.quantity).where(
        _quantity.c.resource_id == resource_id, _quantity.c.agent_id == agent_id
    )
    quantity: int | None = c.scalar(own)
    available = row.quantity if quantity is None else quantity
    return Stock(available, int(c.scalar(taken.where(_held.c.agent_id == agent_id)) or 0)), agent_id


def take(
    c: Connection, resource_id: int, *, number: int, agent_id: int, quantity: int, token: str | None = None
) -> Stock | None:
    """Let an entry have some of a resource, if there is enough; how the resource stood before, or None.

    Args:
        c: the connection.
        resource_id: the resource.
        number: the entry.
        agent_id: where it runs.
        quantity: how much it wants.
        token: of its run, which takes it by its requirements; None if its script does.
    """
    stock, counted_at = locked_stock(c, resource_id, agent_id)
    if quantity > stock.free:
        return None
    c.execute(
        insert(_held).values(
            resource_id=resource_id,
            agent_id=counted_at,
            number=number,
            token=token,
            quantity=quantity,
            since=datetime.now(UTC),
        )
    )
    return stock


def ask(c: Connection, resource: Resource, number: int, quantity: int) -> ResourceAnswer:
    """Let the script of an entry have some of a resource, if there is enough, and say whether it got it.

    Raises:
        WrongState: the entry is not running.
    """
    agent_id: int | None = c.scalar(select(tables.run.c.agent_id).where(tables.run.c.number == number))
    if agent_id is None:
        raise WrongState(f"Entry {number} does not run, so it can hold nothing.", target=number)
    assert resource.resource_id is not None
    got = take(c, resource.resource_id, number=number, agent_id=agent_id, quantity=quantity) is not None
    stock, _ = locked_stock(c, resource.resource_id, agent_id)
    name = resource.resource_name
    told = (
        f"Entry {number} has {quantity} of resource {name}."
        if got
        else f"There is not enough of resource {name}: {stock.in_use} of {stock.available} are in use."
    )
    return ResourceAnswer(
        acquired=got, message=told, quantity_available=stock.available, quantity_in_use=max(0, stock.in_use)
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


def release_of(c: Connection, numbers: Collection[int]) -> set[int]:
    """Take back all that entries hold, whose runs are over; the resources of which something is free now."""
    if not numbers:
        return set()
    gone = delete(_held).where(_held.c.number.in_(numbers)).returning(_held.c.resource_id)
    freed = set(c.scalars(gone))
    happenings.note(c, *(f"resource:{id}" for id in sorted(freed)))
    return freed


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
