"""Properties of agents: how the scheduler gets to them, and as whom.

``Address`` and ``Credential`` are published; the others are ours, for hosts that are reached by WinRM.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

from jams.objects.enums import AgentType
from jams.objects.errors import InvalidArgument, MissingArgument
from jams.objects.hosts import is_loopback
from jams.objects.parts import PropertyValue
from jams.registry import Acceptance

from .properties import OF_AGENTS

_IS_HERE = "The server's own machine is not reached over the network."


def check_type(acceptance: Acceptance, agent_type: AgentType, own: list[PropertyValue]) -> None:
    """See that the properties of an agent go with its type; each has been looked at by itself."""
    if agent_type is AgentType.LOCAL:
        for item in own:
            acceptance.member(item.property_name, _IS_HERE)
    why = unreached(agent_type)
    if why is not None:
        acceptance.member("agentType", why)


def unreached(agent_type: AgentType) -> str | None:
    """Why this server does not reach agents of a type; None if it does."""
    if agent_type in (AgentType.LOCAL, AgentType.WIN_RM):
        return None
    return f"Agents of the type {agent_type.value} are not reached from here yet."


def check_together(agent_type: AgentType, own: list[PropertyValue]) -> None:
    """See that the properties of an agent go together, each of which has been looked at by itself.

    Raises:
        InvalidArgument: they do not go together.
        MissingArgument: an agent of type WinRM without an address.
    """
    if agent_type is AgentType.WIN_RM:
        _check(own)


def value(own: Iterable[PropertyValue], name: str) -> Any:
    """The value that counts: the one set, or the default."""
    return OF_AGENTS.effective(name, own, {})


_WAY = (
    "Address",
    "Port",
    "UseTLS",
    "VerifyCertificate",
    "CertificateAuthority",
    "Authentication",
    "ConfigurationName",
)


def way_there(agent_type: AgentType, own: Iterable[PropertyValue]) -> tuple[Any, ...] | None:
    """Where passwords go that runs of an agent bring, and how; None where this server brings none."""
    if agent_type is not AgentType.WIN_RM:
        return None
    given = list(own)
    return tuple(value(given, name) for name in _WAY)


def credential_name(own: Iterable[PropertyValue]) -> str | None:
    """The name of the credential that the agent logs on with, given as a text or a reference."""
    given = value(own, "Credential")
    named = given.get("credentialName") if isinstance(given, dict) else given
    return named.strip() or None if isinstance(named, str) else None


def names_credential(given: Iterable[PropertyValue]) -> bool:
    """Whether properties, as they are given, name a credential in whatever way."""
    return any(
        item.current_value not in (None, "") for item in given if item.property_name.lower() == "credential"
    )


def _check(own: list[PropertyValue]) -> None:
    address = value(own, "Address")
    if not address:
        raise MissingArgument("An agent of type WinRM needs the property Address.", member="properties")
    if not _is_host(address):
        raise _wrong("Address is the name or the address of a host, without a port.")
    if value(own, "Credential") is not None and credential_name(own) is None:
        raise _wrong('Credential is the name of a credential, or {"credentialName": name}.')
    plain = value(own, "Authentication").lower() == "basic" and not value(own, "UseTLS")
    if plain and not is_loopback(address):
        raise _wrong("Authentication Basic without UseTLS would send the password in clear.")


def _wrong(message: str) -> InvalidArgument:
    return InvalidArgument(message, member="properties")


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return len(text) < 254 and all(letter.isalnum() or letter in "-._" for letter in text)
    return True
