"""Properties of agents: how the scheduler gets to them, and as whom.

``Address`` and ``Credential`` are published; the others are ours, for hosts that are reached by WinRM.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

from jams.objects.enums import AgentType
from jams.objects.errors import InvalidArgument, MissingArgument
from jams.objects.parts import PropertyValue

from .properties import PropertyDefinition, PropertySet

AUTHENTICATIONS = ("Negotiate", "Kerberos", "NTLM", "Basic")
LONGEST_TIMEOUT = 86_400

AGENT_PROPERTIES = PropertySet(
    (
        PropertyDefinition("Address", "Connection", "System.String", kind=str),
        PropertyDefinition("Port", "Connection", "System.Int32", kind=int),
        PropertyDefinition("UseTLS", "Connection", "System.Boolean", default=True, kind=bool),
        PropertyDefinition("VerifyCertificate", "Connection", "System.Boolean", default=True, kind=bool),
        PropertyDefinition("CertificateAuthority", "Connection", "System.String", kind=str),
        PropertyDefinition("ConnectTimeout", "Connection", "System.Int32", default=30, kind=int),
        PropertyDefinition("ReconnectTimeout", "Connection", "System.Int32", default=240, kind=int),
        PropertyDefinition(
            "ConfigurationName", "Session", "System.String", default="Microsoft.PowerShell", kind=str
        ),
        PropertyDefinition("Authentication", "Logon", "System.String", default="Negotiate", kind=str),
        PropertyDefinition("Credential", "Logon", "CredentialReference"),
    )
)
"""``Port`` without a value is the usual one; timeouts are seconds; ``CertificateAuthority`` is the path of a
file on the server's machine."""


def own_values(agent_type: AgentType, given: list[PropertyValue]) -> list[PropertyValue]:
    """What of an agent's properties is to be stored.

    Raises:
        InvalidArgument: a value that the property cannot take, or properties that do not go together.
        MissingArgument: an agent of type WinRM without an address.
    """
    own = AGENT_PROPERTIES.own_values(given)
    if agent_type is AgentType.WIN_RM:
        _check(own)
    return own


def value(own: Iterable[PropertyValue], name: str) -> Any:
    """The value that counts: the one set, or the default."""
    return AGENT_PROPERTIES.effective(name, own, {})


def credential_name(own: Iterable[PropertyValue]) -> str | None:
    """The name of the credential that the agent logs on with, given as a text or a reference."""
    given = value(own, "Credential")
    named = given.get("credentialName") if isinstance(given, dict) else given
    return named.strip() or None if isinstance(named, str) else None


def _check(own: list[PropertyValue]) -> None:
    address = value(own, "Address")
    if not address:
        raise MissingArgument("An agent of type WinRM needs the property Address.", member="properties")
    if not _is_host(address):
        raise _wrong("Address is the name or the address of a host, without a port.")
    port = value(own, "Port")
    if port is not None and not 1 <= port <= 65535:
        raise _wrong("Port lies between 1 and 65535.")
    for name in ("ConnectTimeout", "ReconnectTimeout"):
        if not 1 <= value(own, name) <= LONGEST_TIMEOUT:
            raise _wrong(f"{name} lies between 1 and {LONGEST_TIMEOUT} seconds.")
    if value(own, "Authentication").lower() not in map(str.lower, AUTHENTICATIONS):
        raise _wrong(f"Authentication is one of {', '.join(AUTHENTICATIONS)}.")
    if value(own, "Credential") is not None and credential_name(own) is None:
        raise _wrong('Credential is the name of a credential, or {"credentialName": name}.')
    plain = value(own, "Authentication").lower() == "basic" and not value(own, "UseTLS")
    if plain and not _is_this_machine(address):
        raise _wrong("Authentication Basic without UseTLS would send the password in clear.")


def _wrong(message: str) -> InvalidArgument:
    return InvalidArgument(message, member="properties")


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return len(text) < 254 and all(letter.isalnum() or letter in "-._" for letter in text)
    return True


def _is_this_machine(address: str) -> bool:
    try:
        return address.lower() == "localhost" or ip_address(address).is_loopback
    except ValueError:
        return False
