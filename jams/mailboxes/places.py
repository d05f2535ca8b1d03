"""Where the mails of an event lie, and how one gets there: by the event, else by the settings."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import stored_settings
from jams.objects.errors import ConfigurationInvalid, JAMSError
from jams.objects.trigger_parts import MailSecurity, Watched
from jams.scheduler.mail_settings import host_and_port
from jams.scheduler.remotes import Logon, LogonOf

from .unusable import Unusable

_PORTS = {MailSecurity.TLS: 993, MailSecurity.START_TLS: 143}


class Place(NamedTuple):
    """A folder of a mailbox.

    Attributes:
        host, port: where its server is.
        security: how the way there is kept secret.
        logon: the account, with its password.
        folder: the name of the folder.
        timeout: seconds that the server has for each answer.
        interval: seconds between two looks, whether or not the server tells what comes.
    """

    host: str
    port: int
    security: MailSecurity
    logon: Logon
    folder: str
    timeout: float
    interval: float

    @property
    def called(self) -> str:
        """What it is called in words."""
        return f"The mailbox {self.folder} of {self.logon.user_name} at {self.host}:{self.port}"


def place_of(c: Connection, watched: Watched, logon_of: LogonOf) -> Place:
    """Where the mails of an event are.

    Raises:
        Unusable: neither the event nor a setting says it, or the account cannot be had.
    """
    security = watched.security or MailSecurity(stored_settings.text(c, "IMAPSecurity"))
    named = watched.server or stored_settings.text(c, "IMAPServer").strip()
    credential = watched.credential or stored_settings.text(c, "IMAPCredential").strip()
    folder = watched.name or "INBOX"
    if not named:
        raise Unusable(f"The mailbox {folder} is at no server: the setting IMAPServer is empty.")
    if not credential:
        raise Unusable(f"The mailbox {folder} at {named} is nobody's: the setting IMAPCredential is empty.")
    usual = None if watched.server else stored_settings.value(c, "IMAPPort")
    host, port = host_and_port(named, int(usual) if usual else _PORTS[security])
    try:
        logon = logon_of(c, credential)
    except (JAMSError, ConfigurationInvalid) as error:
        raise Unusable(f"The mailbox {folder} at {named} cannot be opened: {error.message}") from None
    return Place(
        host=host,
        port=port,
        security=security,
        logon=logon,
        folder=folder,
        timeout=stored_settings.span(c, "IMAPTimeout").total_seconds(),
        interval=stored_settings.span(c, "IMAPInterval").total_seconds(),
    )
