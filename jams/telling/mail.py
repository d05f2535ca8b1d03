"""Sends mail through the server that the settings name."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import PureWindowsPath
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from jams.database import Database, stored_settings
from jams.database.outbox import Waiting
from jams.objects.errors import ConfigurationInvalid, JAMSError
from jams.objects.tellings import Facts, TellingWay
from jams.scheduler import mail_settings
from jams.scheduler.mail_settings import MailServer
from jams.scheduler.remotes import LogonOf

from . import letters
from .letters import Frame, Log
from .outcomes import Outcome, SwitchedOff, Unreachable
from .smtp import begin, connected, plain, said

_LONGER = 4
"""A mail may take so many times as long as one answer."""


class Logs(Protocol):
    """The logs of runs. Positions are bytes."""

    def read(self, filename: str, offset: int, limit: int) -> tuple[bytes, int]:
        """At most ``limit`` bytes from ``offset`` on, and the whole size. Raises LogNotFound."""

    def look(self, filename: str) -> tuple[int, int]:
        """The size, -1 where there is no such log, and the time of the last change."""


class MailSettings(NamedTuple):
    """How mail is sent, by the settings."""

    server: MailServer
    plain: bool
    most_log: int
    encoding: str


def read_settings(c: Connection, logon_of: LogonOf) -> MailSettings:
    """How mail is sent.

    Raises:
        SwitchedOff: no server is named.
        Unreachable: the settings cannot be used.
    """
    try:
        server = mail_settings.server(c, logon_of)
        if server is None:
            raise SwitchedOff(mail_settings.NOBODY_NAMED)
        return MailSettings(
            server=server,
            plain=stored_settings.boolean(c, "PlainTextMail"),
            most_log=int(stored_settings.value(c, "MaximumLogInclude")),
            encoding=stored_settings.text(c, "DefaultOutputEncoding"),
        )
    except (JAMSError, ConfigurationInvalid) as error:
        raise Unreachable(error.message) from None


class MailChannel:
    """Sends the mails of the outbox, over one connection as long as there are any."""

    way = TellingWay.MAIL

    def __init__(self, database: Database, logon_of: LogonOf, logs: Logs, server_name: str) -> None:
        self._database = database
        self._logon_of = logon_of
        self._logs = logs
        self._server_name = server_name
        self._settings: MailSettings | None = None
        self._smtp: smtplib.SMTP | None = None

    def begin(self) -> object:
        """Read the settings; what is told by them. Raises SwitchedOff, Unreachable."""
        with self._database.read() as c:
            found = read_settings(c, self._logon_of)
        if found != self._settings:
            self.end()
            self._settings = found
        return found

    @property
    def longest(self) -> float:
        """Seconds that sending one takes at most."""
        return 60.0 if self._settings is None else _LONGER * self._settings.server.timeout

    def send(self, row: Waiting) -> Outcome:
        """Send a mail to those who have yet to get it. Raises Unreachable."""
        assert self._settings is not None
        telling, sender = row.letter.telling, self._settings.server.sender
        everybody = list({each.casefold(): each for each in (*row.delivered, *row.recipients)}.values())
        cc = [each for each in everybody if each in telling.cc]
        written = letters.write(
            row.letter,
            row.key,
            row.created,
            Frame(sender, self._server_name, self._settings.plain),
            [each for each in everybody if each not in cc],
            cc,
            self._log(row.letter.facts),
        )
        with self._limited():
            outcome = self._deliver(written.message, telling.sender or sender, row.recipients)
        if written.fault is None:
            return outcome
        return outcome._replace(error=" ".join(filter(None, (outcome.error, written.fault))))

    def end(self) -> None:
        """Close the connection, if there is one."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            with suppress(OSError):
                smtp.close()

    def _log(self, facts: Facts) -> Log | None:
        assert self._settings is not None
        most = self._settings.most_log
        if not facts.log or not most:
            return None
        try:
            size, _ = self._logs.look(facts.log)
            if size < 0:
                return None
            data, _ = self._logs.read(facts.log, max(0, size - most), most)
        except JAMSError:
            return None
        return Log(PureWindowsPath(facts.log).name, data, size <= most, self._settings.encoding)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Break the connection off when a mail takes too long, however busy it looks."""
        timer = threading.Timer(self.longest, self._break_off)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _break_off(self) -> None:
        smtp = self._smtp
        sock = None if smtp is None else smtp.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _deliver(self, message: EmailMessage, sender: str, recipients: list[str]) -> Outcome:
        smtp = self._connected()
        try:
            refused = smtp.send_message(message, sender, recipients)
        except smtplib.SMTPRecipientsRefused as error:
            refused = error.recipients
        except smtplib.SMTPSenderRefused as error:
            return Outcome([], recipients, [], f"{sender} was refused: {said(error)}")
        except smtplib.SMTPDataError as error:
            good = 400 <= error.smtp_code < 500
            why = f"The mail was refused: {said(error)}"
            return Outcome([], recipients if good else [], [] if good else recipients, why)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            return Outcome([], [], recipients, f"The mail cannot be sent through this server: {error}")
        except (smtplib.SMTPException, OSError) as error:
            self._smtp = None
            with suppress(OSError):
                smtp.close()
            raise Unreachable(f"{_where(self._settings)} has broken off: {_told(error)}") from None
        delivered = [each for each in recipients if each not in refused]
        later = [each for each, (code, _) in refused.items() if 400 <= code < 500]
        never = [each for each in refused if each not in later]
        told = "; ".join(
            f"{each} was refused: {code} {plain(text)}" for each, (code, text) in refused.items()
        )
        return Outcome(delivered, later, never, told or None)

    def _connected(self) -> smtplib.SMTP:
        """The connection, logged in. Raises Unreachable."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == 250:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass
            self.end()
        assert self._settings is not None
        try:
            self._smtp = self._open(self._settings.server)
            return self._smtp
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.end()
            raise Unreachable(f"{_where(self._settings)} cannot be used: {_told(error)}") from None

    def _open(self, server: MailServer) -> smtplib.SMTP:
        # At hand before anything is said: it may be broken off.
        made = self._smtp = connected(server.host, server.port, server.security, server.timeout)
        user, password = (
            (None, None) if server.logon is None else (server.logon.user_name, server.logon.password)
        )
        begin(made, server.security, user, password, f"the credential {server.credential}")
        return made


def _where(settings: MailSettings | None) -> str:
    if settings is None:
        return "The mail server"
    return f"The mail server {settings.server.host}:{settings.server.port}"


def _told(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer in time"
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error)
    return str(error)[:500] or type(error).__name__
