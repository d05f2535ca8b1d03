"""Agents: the machines that run jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from jams.objects.base import Count, Text
from jams.objects.definitions import Agent
from jams.objects.enums import AgentPlatform, AgentState, AgentType
from jams.objects.errors import AgentNotFound, AlreadyExists, Conflict, InUse, InvalidArgument, NotSupported
from jams.objects.parts import ACL, PropertyValue
from jams.objects.patch import Patch, patched, version_seen
from jams.objects.preconditions import ALWAYS, Precondition
from jams.registry import (
    AGENT_PROPERTIES,
    JOB_PROPERTIES,
    Acceptance,
    Place,
    Reference,
    ValueType,
    marks,
    read,
)

from . import (
    agent_properties,
    agent_use,
    definition_stamps,
    guarding,
    named_in_definitions,
    names,
    properties,
    referring,
    stored,
    tables,
    versions,
)
from .reading import Found, Reader
from .sight import EVERYTHING, Sight, unended

LOCAL_ID = 1
"""The agent on the server's own machine."""

_agent = tables.agent
_run = tables.run
_names = select(_agent.c.id, _agent.c.name)
_counted = select(_run.c.agent_id, func.count().label("running")).group_by(_run.c.agent_id)


class AgentRest(msgspec.Struct, omit_defaults=True):
    """What of an agent's document has no column."""

    description: Text = ""
    properties: list[PropertyValue] = []
    acl: ACL | None = None


_read = Reader(_agent.c, AgentRest, job_limit=Count)


def find(c: Connection) -> list[Agent]:
    """All agents, by name."""
    rows = c.execute(select(_agent).order_by(_agent.c.name_key)).all()
    running = _running(c)
    return [_document(_read(row), running) for row in guarding.shown(c, _agent, rows)]


def get(c: Connection, *, id: int | None = None, name: str | None = None) -> Agent:
    """One agent, by number or name. Raises AgentNotFound."""
    which = _agent.c.id == id if id is not None else _agent.c.name_key == names.fold((name or "").strip())
    row = c.execute(select(_agent).where(which)).one_or_none()
    if row is None or not guarding.sees(c, _agent, row.id):
        raise AgentNotFound(f"There is no agent {name if id is None else id}.", target=id or name)
    return _document(_read(row), _running(c))


def all_names(c: Connection) -> dict[int, str]:
    """The names of the agents by number."""
    return {id: names.readable(name) for id, name in c.execute(_names)}


def create(c: Connection, agent: Agent, *, user: str, lenient: bool = False) -> Agent:
    """Make an agent; its document as it stands then. ``lenient`` keeps what is known and not obeyed.

    Raises:
        CredentialNotFound: it names one that is not there.
        AlreadyExists: there is an agent of that name.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
    """
    definition_stamps.lock(c)
    if agent.agent_type is AgentType.LOCAL:
        raise InvalidArgument(
            "The server's own machine is an agent already; say of which type the new one is.",
            member="agentType",
        )
    values = _content(c, agent, None, lenient)
    _check_free(c, agent.agent_name, None)
    return get(c, id=versions.make(c, _agent, values, user=user))


def change(
    c: Connection,
    patch: Patch[Agent],
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
    check: Callable[[Agent, Agent], None] = lambda before, after: None,
) -> Agent:
    """Change an agent: the one of the number or name, or else the one that the patch itself names.

    ``lenient`` keeps what is known and not obeyed; ``check`` looks at what it was and is, and raises.

    Raises:
        AgentNotFound: there is no such agent.
        CredentialNotFound: it names one that is not there.
        AlreadyExists: another agent bears the name.
        InvalidName, InvalidArgument, MissingArgument: the document cannot be taken.
        PreconditionFailed: it is not as the caller demands.
    """

    def named(id: int | None = None, name: str | None = None) -> int:
        return _number(get(c, id=id, name=name))

    found = versions.meant(patch, id, name, named, lambda: named(name=versions.own_name(patch, "agent_name")))
    assert found is not None
    held = versions.hold(c, _agent, found, condition.also(version_seen(patch)))
    before = get(c, id=found)
    agent = patched(before, patch)
    if (found == LOCAL_ID) != (agent.agent_type is AgentType.LOCAL):
        raise InvalidArgument(
            "The server's own machine alone is an agent of type Local, and of no other type.",
            member="agentType",
        )
    values = _content(c, agent, before, lenient)
    _check_free(c, agent.agent_name, found)
    check(before, agent)
    held.write(c, values, user=user)
    return get(c, id=found)


def delete(
    c: Connection,
    *,
    id: int | None = None,
    name: str | None = None,
    condition: Precondition = ALWAYS,
    sight: Sight = EVERYTHING,
) -> str:
    """Delete an agent; its name. What has run there keeps its history.

    ``sight`` is that of who is told why it cannot be deleted.

    Raises:
        AgentNotFound: there is no such agent.
        Conflict: it is the server's own machine.
        InUse: an entry that has not ended is to run there (semantics 2.6), a queue is started on it, a
            resource has a quantity there, or a job or folder names it.
        VersionConflict: it is not as the caller demands.
    """
    agent = get(c, id=id, name=name)
    held = versions.hold(c, _agent, _number(agent), condition)
    if agent.agent_id == LOCAL_ID:
        raise Conflict("The agent of the server's own machine cannot be deleted.", target=agent.agent_name)
    there = f"on agent {agent.agent_name}"
    on_it = tables.entry.c.agent_id == agent.agent_id
    live = unended(c, on_it, sight, f"runs or is to run {there}", f"run or are to run {there}")
    if live is not None:
        raise InUse(live, target=agent.agent_name)
    agent_use.check_unused(c, agent.agent_id or 0, agent.agent_name)
    referring.check_unused(c, ValueType.AGENT, agent.agent_id or 0, agent.agent_name)
    held.remove(c)
    return agent.agent_name


def number_of(c: Connection, reference: Any) -> int:
    """The number of the agent that a property names: by name or by a reference; none is the local one.

    Raises:
        AgentNotFound: there is no such agent.
        InvalidProperty: the reference is none.
    """
    meant = read(JOB_PROPERTIES["Agent"], reference)
    if not isinstance(meant, Reference):
        return LOCAL_ID
    found = named_in_definitions.find(c, ValueType.AGENT, meant, names.ROOT)
    assert found is not None
    return found


def _number(agent: Agent) -> int:
    assert agent.agent_id is not None
    return agent.agent_id


def _check_free(c: Connection, name: str, id: int | None) -> None:
    found = c.scalar(select(_agent.c.id).where(_agent.c.name_key == names.fold(name)))
    if found not in (None, id):
        raise AlreadyExists(f"There is an agent {name} already.", target=name, member="agentName")


def _content(c: Connection, agent: Agent, before: Agent | None, lenient: bool) -> dict[str, Any]:
    name = names.check_name(agent.agent_name, "agentName", before.agent_name if before else None)
    platform = agent.agent_platform
    if platform is AgentPlatform.UNKNOWN and agent.agent_type is AgentType.WIN_RM:
        platform = AgentPlatform.WINDOWS
    acceptance = Acceptance()
    own = acceptance.properties(
        AGENT_PROPERTIES, Place.AGENT, agent.properties, before.properties if before else ()
    )
    access_list = acceptance.access_list(agent.acl, before.acl if before else None)
    if before is None or agent.agent_type is not before.agent_type or own != _own(before):
        agent_properties.check_type(acceptance, agent.agent_type, own)
        agent_properties.check_together(agent.agent_type, own)
    if not agent.is_execution_agent:
        raise NotSupported("Every agent of this server runs jobs.", member="isExecutionAgent")
    named_in_definitions.check_references(c, acceptance.said, names.ROOT, lenient=lenient)
    acceptance.settle(lenient=lenient)
    rest = AgentRest(description=agent.description, properties=own, acl=access_list)
    return {
        "name": name,
        "name_key": names.fold(name),
        "agent_type": agent.agent_type,
        "platform": platform,
        "job_limit": agent.job_limit,
        "online": agent.online,
        "document": stored.encoded(rest),
    }


def _own(agent: Agent) -> list[PropertyValue]:
    """The properties that were set at an agent, as they are stored."""
    return [
        PropertyValue(property_name=item.property_name, current_value=item.current_value)
        for item in agent.properties
        if item.current_value is not None
    ]


def _running(c: Connection) -> dict[int, int]:
    """How many runs each agent has now."""
    return {row.agent_id: row.running for row in c.execute(_counted)}


def _document(row: Found, running: Mapping[int, int]) -> Agent:
    rest = row.rest
    platform = row.platform
    return Agent(
        agent_id=row.id,
        agent_name=row.name,
        description=rest.description,
        agent_type=row.agent_type,
        agent_type_name=row.agent_type.value,
        agent_platform=platform,
        platform_type_name=platform.value if platform is not AgentPlatform.UNKNOWN else None,
        job_count=running.get(row.id, 0),
        job_limit=row.job_limit,
        online=row.online,
        agent_state=AgentState.ONLINE if row.online else AgentState.OFFLINE,
        properties=_shown(row, rest),
        last_change_utc=row.changed,
        last_changed_by=row.changed_by,
        definition_version=row.version,
        acl=rest.acl,
        not_obeyed=_not_obeyed(row, rest),
        damage=row.damage,
    )


def _not_obeyed(row: Found, rest: AgentRest) -> list[str]:
    acceptance = Acceptance()
    agent_properties.check_type(acceptance, row.agent_type, rest.properties)
    found = marks(AGENT_PROPERTIES, Place.AGENT, rest.properties, access_list=rest.acl)
    return found + acceptance.texts()


def _shown(row: Found, rest: AgentRest) -> list[PropertyValue]:
    if row.agent_type is AgentType.LOCAL:
        return rest.properties
    return properties.OF_AGENTS.complete(rest.properties, {})
