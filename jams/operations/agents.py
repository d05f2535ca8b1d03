"""Agents: the server's own machine, which is always one, and hosts that it reaches over the network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from jams.database import agents
from jams.database.agent_properties import names_credential, unreached, way_there
from jams.objects.base import Name, ObjectId, Text
from jams.objects.definitions import Agent
from jams.objects.enums import AgentPlatform, AgentType
from jams.objects.errors import AccessDenied, AgentNotFound
from jams.objects.known_parts import AgentKind
from jams.objects.parts import PropertyValue
from jams.objects.patch import Patch, member_of
from jams.security.rights import AccessControl, AgentDefinitions

from . import offers
from .catalogue import Binding, Message
from .context import Context, one_of
from .declaration import operation
from .making import changed_or_made
from .visibility import sight_of

COLUMNS = ("agentID", "agentName", "agentType", "agentPlatform", "agentState", "jobCount", "jobLimit")
ALIASES = {"agent_name": ("name",)}
BINDING = Binding(
    names={"agent_id": "", "agent_name": "Name"},
    shows="get_agent",
    path=("agent_name",),
)
PIPELINE = {"name": "AgentName"}


@operation(
    right=AgentDefinitions.INQUIRE,
    rest="GET /agent",
    soap="Agent.List",
    cmdlet="Get-JAMSAgent",
    command="agents",
    columns=COLUMNS,
    binding=Binding(set="Pattern", pattern="agentName", container="Agents"),
)
def list_agents(context: Context) -> list[Agent]:
    """List the agents, by name."""
    return context.read(agents.find)


@operation(
    right=AgentDefinitions.INQUIRE,
    rest=("GET /agent/{id}", "GET /agent/details?name", "GET /agent?name"),
    soap="Agent.Get",
    cmdlet="Get-JAMSAgent",
    command="agent",
    key=("name", "id"),
    offers=offers.AGENT,
    columns=COLUMNS,
    pipeline=PIPELINE,
    binding=Binding(set="Name"),
)
def get_agent(context: Context, id: ObjectId | None = None, name: Text | None = None) -> Agent:
    """Show one agent.

    Args:
        id: number of the agent.
        name: name of the agent.

    Raises:
        AgentNotFound: there is no such agent.
    """
    one_of(id=id, name=name)
    return context.read(lambda c: agents.get(c, id=id, name=name))


@operation(
    right=AgentDefinitions.ADD,
    rest="POST /agent",
    soap="Agent.Create",
    cmdlet="New-JAMSAgent",
    command="create-agent",
    aliases=ALIASES,
    created=True,
    binding=BINDING,
)
def create_agent(context: Context, agent: Agent) -> Message:
    """Create an agent, such as a Windows host without an agent of its own (type WinRM).

    Of a host of type WinRM the properties say how it is reached: Address, Port, UseTLS, VerifyCertificate,
    CertificateAuthority, ConfigurationName, Authentication, Credential (the name of a stored credential),
    ConnectTimeout and ReconnectTimeout (seconds). To make such an agent takes the right
    AccessControl.Change, because passwords go to the host that it names: that of its credential, and those of
    the credentials that jobs run as.

    Args:
        agent: the new agent.

    Raises:
        AlreadyExists: there is an agent of that name.
        InvalidName: the name is not one an agent can bear.
        InvalidArgument: the type is Local, or properties do not go together.
        MissingArgument: an agent of type WinRM without an address.
        AccessDenied: it names a credential or is of the type WinRM, and the caller may not say where
            passwords go.
        UnknownProperty: there is no such property of an agent.
        InvalidProperty: a property has a value that it cannot have.
        CredentialNotFound: it names one that is not there.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    _check_credential(context, agent.agent_name, agent.properties)
    made = context.write(lambda c: _create(context, c, agent))
    return f"Agent {made.agent_name} was created.{context.remarks(made.not_obeyed)}"


@operation(
    right=AgentDefinitions.CHANGE,
    rest="PUT /agent",
    soap="Agent.Change",
    cmdlet="Set-JAMSAgent",
    command="change-agent",
    key=("name", "id"),
    aliases=ALIASES,
    offers={**offers.AGENT, "agent_name": offers.AGENT_NAMES},
    pipeline=PIPELINE,
    binding=BINDING,
)
def change_agent(
    context: Context, agent: Patch[Agent], id: ObjectId | None = None, name: Name | None = None
) -> Message:
    """Change an agent, or create it if it does not exist. What is left out stays as it is.

    Number or name say which agent; or else the document's own. With a number, or a name beside it, the
    document may rename the agent. Null gives a member its default. Entries of an agent that is not online
    wait. What runs there goes on. Properties that are given are all that it then has. To say otherwise how a
    host of the type WinRM is reached takes the right AccessControl.Change.

    Args:
        agent: what shall be otherwise.
        id: number of the agent.
        name: name of the agent.

    Raises:
        AccessDenied: the agent does not exist, and the caller may not create one.
        AgentNotFound: there is no such agent.
        AlreadyExists: another agent bears the name.
        InvalidName: the name is not one an agent can bear.
        InvalidArgument: the type would become Local or cease to be it, or properties do not go together.
        MissingArgument: an agent of type WinRM without an address.
        AccessDenied: it names a credential or says how a host is reached, and the caller may not say where
            passwords go.
        UnknownProperty: there is no such property of an agent.
        InvalidProperty: a property has a value that it cannot have.
        CredentialNotFound: it names one that is not there.
        NotSupported: it asks for something that this server does not do, and nobody asked for leniency.
    """
    _check_credential(context, name or id or member_of(agent, "agent_name"), member_of(agent, "properties"))
    changed, done = changed_or_made(
        context,
        agent,
        change=lambda c: agents.change(
            c,
            agent,
            id=id,
            name=name,
            user=context.caller.account,
            condition=context.condition,
            lenient=context.lenient,
            check=partial(_check_way, context),
        ),
        create=lambda c, new: _create(context, c, new),
        missing=AgentNotFound,
        right=AgentDefinitions.ADD,
        kind="Agent",
        name="agent_name",
    )
    context.scheduler.wake()
    return f"Agent {changed.agent_name} was {done}.{context.remarks(changed.not_obeyed)}"


@operation(
    right=AgentDefinitions.DELETE,
    rest=("DELETE /agent/{id}", "DELETE /agent?name"),
    soap="Agent.Delete",
    cmdlet="Remove-JAMSAgent",
    command="delete-agent",
    key=("name", "id"),
    offers=offers.AGENT,
    pipeline=PIPELINE,
    versioned=True,
)
def delete_agent(context: Context, id: ObjectId | None = None, name: Name | None = None) -> Message:
    """Delete an agent.

    Args:
        id: number of the agent.
        name: name of the agent.

    Raises:
        AgentNotFound: there is no such agent.
        InUse: an entry that has not ended runs or is to run there, a queue is started on it, a resource has a
            quantity there, or a job or folder names it.
        Conflict: it is the agent of the server's own machine.
    """
    one_of(id=id, name=name)
    gone = context.write(
        lambda c: agents.delete(c, id=id, name=name, condition=context.condition, sight=sight_of(context))
    )
    return f"Agent {gone} was deleted."


def _create(context: Context, c: Connection, agent: Agent) -> Agent:
    made = agents.create(c, agent, user=context.caller.account, lenient=context.lenient)
    _check_way(context, None, made)
    return made


def _check_way(context: Context, before: Agent | None, after: Agent) -> None:
    """Whoever says where a host is gets the passwords that jobs of others bring. Raises AccessDenied."""
    was = None if before is None else way_there(before.agent_type, before.properties)
    way = way_there(after.agent_type, after.properties)
    if way not in (None, was) and not context.caller.may(AccessControl.CHANGE):
        raise AccessDenied(
            f"To say how the host of an agent is reached takes the right {AccessControl.CHANGE}: "
            "passwords go there.",
            target=after.agent_name,
            member="properties",
        )


def _check_credential(context: Context, agent: object, properties: Sequence[PropertyValue] | None) -> None:
    """Whoever says where a password goes could read it there.

    Of an agent that keeps the properties that it has, nothing goes elsewhere. Raises AccessDenied.
    """
    if names_credential(properties or ()) and not context.caller.may(AccessControl.CHANGE):
        raise AccessDenied(
            f"To define an agent with a credential takes the right {AccessControl.CHANGE}.", target=agent
        )


@operation(
    right=AgentDefinitions.INQUIRE,
    rest="GET /agent/types",
    soap="Agent.ListTypes",
    cmdlet="Get-JAMSAgentType",
    command="agent-types",
    columns=("name", "displayName", "obeyed", "notObeyed"),
)
def list_agent_types(context: Context) -> list[AgentKind]:
    """List the types of agents: how each is reached, and whether this server reaches such."""
    del context
    found = []
    for each in AgentType:
        display, description = _TYPES[each]
        why = unreached(each)
        found.append(
            AgentKind(
                name=each.value,
                display_name=display,
                description=description,
                obeyed=why is None,
                not_obeyed=why,
            )
        )
    return found


@operation(
    right=AgentDefinitions.INQUIRE,
    rest="GET /agent/platforms",
    soap="Agent.ListPlatforms",
    cmdlet="Get-JAMSAgentPlatform",
    command="agent-platforms",
    columns=("name", "displayName", "description"),
)
def list_agent_platforms(context: Context) -> list[AgentKind]:
    """List the systems that agents run."""
    del context
    return [
        AgentKind(name=each.value, display_name=each.value, description=_PLATFORMS[each])
        for each in AgentPlatform
    ]


_TYPES = {
    AgentType.LOCAL: ("Local", "The server's own machine."),
    AgentType.INCOMING: ("Incoming", "Its service connects to the server."),
    AgentType.OUTGOING: ("Outgoing", "The server connects to its service."),
    AgentType.SSH: ("SSH", "The server logs on by SSH for each run."),
    AgentType.SSH_AGENT_X: ("SSH with AgentX", "The server logs on by SSH, and AgentX watches files there."),
    AgentType.PASSIVE: ("Passive", "It asks the server for work."),
    AgentType.WIN_RM: ("WinRM", "A Windows host without a service of its own, reached by WinRM."),
}
_PLATFORMS = {
    AgentPlatform.WINDOWS: "Windows.",
    AgentPlatform.UNIX: "Linux and other systems of the kind of Unix.",
    AgentPlatform.UNKNOWN: "Nobody has said which.",
}
