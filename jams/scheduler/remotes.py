"""From an agent to the host that its runs are done on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sqlalchemy import Connection

from jams.database import agent_properties, agents
from jams.database.reading import check_whole
from jams.objects.definitions import Agent
from jams.objects.enums import AgentType
from jams.objects.errors import InvalidArgument
from jams.objects.run import Remote


class Logon(Protocol):
    """An account of another system with its password."""

    @property
    def user_name(self) -> str:
        """The account's name there."""

    @property
    def password(self) -> str:
        """Its password; empty where it has none."""

    @property
    def private_key(self) -> str | None:
        """Its private key, as an unencrypted file of OpenSSH holds it; None where it has none."""


LogonOf = Callable[[Connection, str], Logon]
"""Gives the account that a credential of that name stands for. Raises CredentialNotFound."""


def no_logon(c: Connection, name: str) -> Logon:
    """For a server without stored credentials."""
    raise InvalidArgument(f"This server stores no credentials, and so no {name}.", target=name)


def remote_of(
    c: Connection, agent_id: int, logon_of: LogonOf, execute_as: str | None = None
) -> Remote | None:
    """Where the runs of an agent are done; None on the server's own machine.

    ``execute_as`` is the credential that logs on there in the place of that of the agent.

    Raises:
        AgentNotFound: the agent is gone.
        Damaged: its definition cannot be read.
        InvalidArgument: its definition is not complete.
        CredentialNotFound, ConfigurationInvalid: its account cannot be had.
    """
    if agent_id == agents.LOCAL_ID:
        return None
    agent = agents.get(c, id=agent_id)
    check_whole(agent, f"agent {agent.agent_name}")
    credential = execute_as or agent_properties.credential_name(agent.properties)
    if agent.agent_type is AgentType.WIN_RM and credential is None:
        raise InvalidArgument(
            f"Agent {agent.agent_name} names no credential to log on with: set its property Credential.",
            target=agent.agent_name,
        )
    return _remote(agent, None if credential is None else logon_of(c, credential))


def _remote(agent: Agent, logon: Logon | None) -> Remote:
    def value(name: str) -> object:
        return agent_properties.value(agent.properties, name)

    return Remote(
        kind=agent.agent_type.value,
        agent_name=agent.agent_name,
        address=str(value("Address") or ""),
        port=agent_properties.value(agent.properties, "Port"),
        use_tls=bool(value("UseTLS")),
        verify_certificate=bool(value("VerifyCertificate")),
        certificate_authority=str(value("CertificateAuthority") or "") or None,
        authentication=str(value("Authentication")),
        configuration_name=str(value("ConfigurationName")),
        connect_timeout=agent_properties.value(agent.properties, "ConnectTimeout"),
        reconnect_timeout=agent_properties.value(agent.properties, "ReconnectTimeout"),
        user_name=logon.user_name if logon else None,
        password=logon.password if logon else None,
    )
