"""Agents as queues and resources name them, which queue is started on one, and what it has of a resource."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from jams.objects.errors import AgentNotFound, InUse, InvalidArgument, MissingArgument

from . import guarding, names, tables

_agent = tables.agent


def agent_of(c: Connection, id: int | None, name: str | None, member: str) -> int:
    """The number of the agent that a part of a document names, in the member of that wire name.

    A name goes before a number, which another server may have given.

    Raises:
        AgentNotFound: there is no such agent.
        MissingArgument: it names none.
    """
    if id is None and name is None:
        raise MissingArgument(f"Each of {member} names an agent by agentName.", member=member)
    which = _agent.c.id == id if name is None else _agent.c.name_key == names.fold(name.strip())
    found: int | None = c.scalar(select(_agent.c.id).where(which))
    if found is None:
        told = id if name is None else name
        raise AgentNotFound(f"There is no agent {told}.", target=told, member=member)
    return found


def check_once(agents: Sequence[int], member: str) -> None:
    """Raises InvalidArgument when an agent is named twice."""
    if len(set(agents)) < len(agents):
        raise InvalidArgument(f"An agent is named twice in {member}.", member=member)


def check_unused(c: Connection, id: int, name: str) -> None:
    """Raises InUse when a queue is started on the agent, or a resource has a quantity there."""
    for table, link, how in (
        (tables.queue, tables.queue_agent, "is started on"),
        (tables.resource, tables.resource_quantity, "has a quantity at"),
    ):
        joined = table.join(link, link.c[f"{table.name}_id"] == table.c.id)
        query = select(table.c.id, table.c.name).select_from(joined).where(link.c.agent_id == id)
        user = c.execute(query.order_by(table.c.name_key).limit(1)).one_or_none()
        if user is not None:
            what = f"A {table.name} that you may not look at"
            if guarding.sees(c, table, user.id):
                what = f"The {table.name} {names.readable(user.name)}"
            raise InUse(f"{what} {how} agent {name}.", target=name)
