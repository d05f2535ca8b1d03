"""A mail server that keeps what it takes, and is as rude as a test wants it; and letters for it."""

from __future__ import annotations

import asyncio
import email
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from jams.database import outbox, stored_settings
from jams.objects.enums import Severity
from jams.objects.errors import LogNotFound
from jams.objects.outbox import OutboxItem
from jams.objects.tellings import Facts, Happened, Letter, Telling
from jams.security.credentials import Logon
from jams.telling.mail import MailChannel
from jams.telling.sender import Sender
from tests.support.schedule import USER, Desk

PASSWORD = "hunter2-of-the-mail"


class Mailbox:
    """What the server was given.

    Attributes:
        mails: each with whom it was for.
        refuses: the answer to recipients that are not taken.
        hangs: while set, no mail is answered.
        after: what is done once so many mails were taken.
        logins: who has logged in, and whether the way was secret then.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refuses: dict[str, str] = {}
        self.data_answer = "250 OK"
        self.hangs = False
        self.after: dict[int, Callable[[], object]] = {}
        self.logins: list[str] = []
        self.came = threading.Semaphore(0)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        while self.hangs:
            await asyncio.sleep(0.01)
        if self.data_answer.startswith("250"):
            mail = email.message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append((list(envelope.rcpt_tos), mail))
            self.after.get(len(self.mails), lambda: None)()
            self.came.release()
        return self.data_answer

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD)


class _AnyPort(Controller):
    """A controller whose server listens at any free port, and lets go of its connections."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.talks: list[Any] = []

    def factory(self) -> Any:
        self.talks.append(super().factory())
        return self.talks[-1]

    async def let_go(self) -> None:
        own = asyncio.current_task()
        open_ones = [task for task in asyncio.all_tasks() if task is not own]
        for task in open_ones:
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)
        for talk in self.talks:
            if talk.transport is not None:
                talk.transport.abort()
        await asyncio.sleep(0)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(certificate: Path | None = None, *, login: bool = False) -> Iterator[tuple[Mailbox, int]]:
    """A mail server on this machine, and its port; with a certificate it offers STARTTLS."""
    box = Mailbox()
    options: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        options = {"tls_context": context, "require_starttls": login}
    if login:
        options |= {"authenticator": box.authenticate, "auth_required": True}
    controller = _AnyPort(box, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        yield box, controller.port
    finally:
        asyncio.run_coroutine_threadsafe(controller.let_go(), controller.loop).result()
        controller.stop()


class NoLogs:
    """Logs of which there are none but those that the test gives."""

    def __init__(self, **logs: bytes) -> None:
        self.logs = {f"/logs/{name}.log": data for name, data in logs.items()}

    def look(self, filename: str) -> tuple[int, int]:
        return (len(self.logs[filename]), 0) if filename in self.logs else (-1, 0)

    def read(self, filename: str, offset: int, limit: int) -> tuple[bytes, int]:
        if filename not in self.logs:
            raise LogNotFound(f"There is no log {filename}.")
        return self.logs[filename][offset : offset + limit], len(self.logs[filename])


def settings(d: Desk, **values: str) -> None:
    for name, value in values.items():
        d.write(lambda c, name=name, value=value: stored_settings.put(c, name, value, user=USER))


def sender(d: Desk, logs: NoLogs | None = None) -> Sender:
    """What sends the mails of a desk, when it is told to look."""
    return Sender(d.database, channel(d, logs))


def channel(d: Desk, logs: NoLogs | None = None) -> MailChannel:
    """The way of mails of a desk."""
    logon = Logon("jams", PASSWORD)
    return MailChannel(d.database, lambda c, name: logon, logs or NoLogs(), "jams-test")


def facts(number: int = 1, **members: Any) -> Facts:
    usual = {
        "happened": Happened.ENDED,
        "time": datetime.now(UTC),
        "job": "Load",
        "folder": "\\Sales",
        "name": "Load",
        "message": f"Entry {number} has ended with Error: exit code 1",
        "severity": Severity.ERROR,
        "status": "exit code 1",
        "code": 1,
        "submitted_by": "ada",
    }
    return Facts(entry=number, ron=number, **{**usual, **members})


def post(d: Desk, to: Sequence[str], *, count: int = 1, about: Facts | None = None, **telling: Any) -> None:
    """Put mails into the outbox."""
    made = Telling(name="NotifyEMail", **telling)

    def work(c: Any) -> None:
        letters = {
            f"key{number}": (Letter(telling=made, facts=about or facts(number)), list(to))
            for number in range(1, count + 1)
        }
        outbox.add(c, letters, datetime.now(UTC))

    d.write(work)


def lying(d: Desk) -> list[OutboxItem]:
    """What lies in the outbox, oldest first."""
    return d.read(lambda c: outbox.find(c))[::-1]
