"""The mail server that the settings name: people are told through it, and runs send their mails."""

from __future__ import annotations

import socket
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import stored_settings
from jams.objects.errors import InvalidArgument
from jams.objects.run import Account

from .remotes import Logon, LogonOf

NOBODY_NAMED = "No mail server is named: the setting SMTPServer is empty."


class MailServer(NamedTuple):
    """A mail server.

    Attributes:
        host, port: where it is.
        security: Off, IfOffered, StartTLS or TLS.
        timeout: seconds that it has for each answer.
        sender: the address from which mail comes.
        credential: the name of the stored account to log in with; empty for none.
        logon: that account.
    """

    host: str
    port: int
    security: str
    timeout: float
    sender: str
    credential: str
    logon: Logon | None


def server(c: Connection, logon_of: LogonOf) -> MailServer | None:
    """The mail server; None where none is named.

    Raises CredentialNotFound, ConfigurationInvalid and others when the account cannot be had.
    """
    named = stored_settings.text(c, "SMTPServer").strip()
    if not named:
        return None
    host, port = host_and_port(named, int(stored_settings.value(c, "SMTPPort")))
    credential = stored_settings.text(c, "SMTPCredential").strip()
    return MailServer(
        host=host,
        port=port,
        security=stored_settings.text(c, "SMTPSecurity"),
        timeout=stored_settings.span(c, "SMTPTimeout").total_seconds(),
        sender=stored_settings.text(c, "FromAddress").strip() or f"jams@{socket.getfqdn()}",
        credential=credential,
        logon=logon_of(c, credential) if credential else None,
    )


def of_runs(c: Connection, logon_of: LogonOf) -> tuple[dict[str, str], Account | None]:
    """What a run that sends mail is told: the settings by their names, and the account to log in with.

    Raises:
        InvalidArgument: no server is named.
        CredentialNotFound, ConfigurationInvalid: the account cannot be had.
    """
    found = server(c, logon_of)
    if found is None:
        raise InvalidArgument(NOBODY_NAMED, target="SMTPServer")
    told = {
        "SMTPServer": found.host,
        "SMTPPort": str(found.port),
        "SMTPSecurity": found.security,
        "SMTPTimeout": str(max(1, int(found.timeout))),
        "FromAddress": found.sender,
    }
    logon = found.logon
    return told, None if logon is None else Account(user_name=logon.user_name, password=logon.password)


def host_and_port(server: str, port: int) -> tuple[str, int]:
    """Where a server is that is named as host or host:port; ``port`` is the one that counts else."""
    host, colon, number = server.rpartition(":")
    if colon and number.isdecimal() and (":" not in host or host.endswith("]")):
        return host.strip("[]"), int(number)
    return server.strip("[]"), port
