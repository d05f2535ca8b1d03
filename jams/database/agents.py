"""Agents: the machines that run jobs."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from jams.objects.definitions import Agent
from jams.objects.enums import AgentPlatform, AgentState
from jams.objects.errors import AgentNotFound
from jams.objects.parts import ACL, PropertyValue

from . import names, tables
from .columns import AnyRow

LOCAL_ID = 1
"""The agent on the server's own machine."""

_agent = tables.agent
_run = tables.run
_names = select(_agent.c.id, _agent.c.name)


class AgentRest(msgspec.Struct, omit_defaults=True):
    """What of an agent's document has no column."""

    description: str = ""
    properties: list[PropertyValue] = []
    acl: ACL | None = None


_decode = msgspec.json.Decoder(AgentRest).decode


def find(c: Connection) -> list[Agent]:
    """All agents, by name."""
    return [_document(row) for row in c.execute(_documents().order_by(_agent.c.name_key))]


def get(c: Connection, *, id: int | None = None, name: str | None = None) -> Agent:
    """One agent, by number or name. Raises AgentNotFound."""
    which = _agent.c.id == id if id is not None else _agent.c.name_key == names.fold((name or "").strip())
    row = c.execute(_documents().where(which)).one_or_none()
    if row is None:
        raise AgentNotFound(f"There is no agent {name if id is None else id}.", target=id or name)
    return _document(row)


def all_names(c: Connection) -> dict[int, str]:
    """The names of the agents by number."""
    return {row.id: row.name for row in c.execute(_names)}


def _running() -> Any:
    query = select(func.count()).select_from(_run).where(_run.c.agent_id == _agent.c.id)
    return query.correlate(_agent).scalar_subquery()


def _documents() -> Select[Any]:
    return select(_agent, _running().label("job_count"))


def _document(row: AnyRow) -> Agent:
    rest = _decode(row.document)
    platform = row.platform
    return Agent(
        agent_id=row.id,
        agent_name=row.name,
        description=rest.description,
        agent_type=row.agent_type,
        agent_type_name=row.agent_type.value,
        agent_platform=platform,
        platform_type_name=platform.value if platform is not AgentPlatform.UNKNOWN else None,
        job_count=row.job_count,
        job_limit=row.job_limit,
        online=row.online,
        agent_state=AgentState.ONLINE if row.online else AgentState.OFFLINE,
        properties=rest.properties,
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        acl=rest.acl,
    )
