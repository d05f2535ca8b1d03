"""What a run that sends mail is told of the mail server: the same settings by which people are told."""

from __future__ import annotations

import socket

from sqlalchemy import Connection

from jams.database import stored_settings
from jams.objects.errors import InvalidArgument
from jams.objects.run import Account

from .remotes import LogonOf


def of_runs(c: Connection, logon_of: LogonOf) -> tuple[dict[str, str], Account | None]:
    """The settings by their names, and the account to log in with.

    Raises:
        InvalidArgument: no server is named.
        CredentialNotFound, ConfigurationInvalid: the account cannot be had.
    """
    server = stored_settings.text(c, "SMTPServer").strip()
    if not server:
        raise InvalidArgument(
            "No mail server is named: the setting SMTPServer is empty.", target="SMTPServer"
        )
    host, colon, number = server.rpartition(":")
    in_server = bool(colon) and number.isdecimal() and (":" not in host or host.endswith("]"))
    told = {
        "SMTPServer": (host if in_server else server).strip("[]"),
        "SMTPPort": number if in_server else stored_settings.text(c, "SMTPPort"),
        "SMTPSecurity": stored_settings.text(c, "SMTPSecurity"),
        "SMTPTimeout": str(max(1, int(stored_settings.span(c, "SMTPTimeout").total_seconds()))),
        "FromAddress": stored_settings.text(c, "FromAddress").strip() or f"jams@{socket.getfqdn()}",
    }
    credential = stored_settings.text(c, "SMTPCredential").strip()
    if not credential:
        return told, None
    logon = logon_of(c, credential)
    return told, Account(user_name=logon.user_name, password=logon.password)
