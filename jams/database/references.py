"""What references of definitions stand for: the number of a thing, found by number or name."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select

from . import lookup, names, tables


def queue(c: Connection, id: int | None, name: str | None) -> tuple[int, str] | None:
    """Number and name of a queue, or None when there is no such queue."""
    return _named(c, tables.queue, id, name)


def resource(c: Connection, id: int | None, name: str | None) -> tuple[int, str] | None:
    """Number and name of a resource, or None when there is no such resource."""
    return _named(c, tables.resource, id, name)


def queue_has_agents(c: Connection, id: int) -> bool:
    """Whether a queue says on which agents its entries run."""
    query = select(tables.queue_agent.c.agent_id).where(tables.queue_agent.c.queue_id == id)
    return c.execute(query.limit(1)).one_or_none() is not None


def job_path(c: Connection, id: int) -> str:
    """The path of a job that is there."""
    return lookup.path(c, tables.job, id)


def variable_path(c: Connection, id: int) -> str:
    """The path of a variable that is there."""
    return lookup.path(c, tables.variable, id)


def _named(c: Connection, table: Table, id: int | None, name: str | None) -> tuple[int, str] | None:
    query = select(table.c.id, table.c.name)
    query = (
        query.where(table.c.name_key == names.fold(name.strip())) if name else query.where(table.c.id == id)
    )
    row = c.execute(query).one_or_none()
    return None if row is None else (row.id, row.name)
