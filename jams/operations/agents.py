"""Agents. There is one today: the server's own machine."""

from __future__ import annotations

from jams.database import agents
from jams.objects.base import ObjectId, Text
from jams.objects.definitions import Agent
from jams.security.rights import AgentDefinitions

from . import offers
from .catalogue import Binding
from .context import Context, one_of
from .declaration import operation

COLUMNS = ("agentID", "agentName", "agentType", "agentPlatform", "agentState", "jobCount", "jobLimit")


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
    rest=("GET /agent/{id}", "GET /agent/details?name"),
    soap="Agent.Get",
    cmdlet="Get-JAMSAgent",
    command="agent",
    key=("name", "id"),
    offers=offers.AGENT,
    columns=COLUMNS,
    pipeline={"name": "AgentName"},
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
