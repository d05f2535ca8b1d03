"""A folder of a mailbox, open over one connection (RFC 3501; IDLE, MOVE, UIDPLUS where offered)."""

from __future__ import annotations

import logging
import selectors
import socket
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from typing import Any

from imapclient import DELETED, SEEN, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from jams.objects.trigger_parts import MailSecurity, MailTaken

from .mails import MOST_BYTES, Head, head_of
from .places import Place
from .unusable import Unusable

# What goes over the wire holds passwords.
logging.getLogger("imapclient").setLevel(logging.WARNING)

_WINDOW = 50_000
"""Of how many UIDs one question asks: an answer is one line, and has a longest length."""

_HEAD = ("ENVELOPE", "INTERNALDATE")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Waker:
    """Wakes whoever waits for mail, from any thread."""

    def __init__(self) -> None:
        self.heard, self._told = socket.socketpair()
        for each in (self.heard, self._told):
            each.setblocking(False)

    def wake(self) -> None:
        """Let the wait end."""
        with suppress(OSError):
            self._told.send(b"!")

    def clear(self) -> None:
        """Forget that somebody has woken it."""
        with suppress(OSError):
            while self.heard.recv(4096):
                pass

    def close(self) -> None:
        """Let go of it."""
        self.heard.close()
        self._told.close()


class Folder:
    """A folder that is open.

    Attributes:
        validity: its UIDVALIDITY: as long as it stays the same, UIDs name the same mails.
    """

    def __init__(self, place: Place) -> None:
        """Connect and log in. Raises Unusable."""
        self._place = place
        self._client: IMAPClient | None = None
        self._broken = False
        try:
            with self._said("cannot be opened"):
                self._open()
        except Unusable:
            self.close()
            raise

    def _open(self) -> None:
        place = self._place
        tls = place.security is MailSecurity.TLS
        context = ssl.create_default_context()
        client = IMAPClient(
            place.host, place.port, ssl=tls, ssl_context=context if tls else None, timeout=place.timeout
        )
        self._client = client
        client.normalise_times = False
        if not tls:
            client.starttls(context)
        self._log_in(client)
        self._idles = client.has_capability("IDLE")
        said = client.select_folder(place.folder)
        self.validity = int(said.get(b"UIDVALIDITY", 0))
        self._next = int(said.get(b"UIDNEXT", 0))

    def _log_in(self, client: IMAPClient) -> None:
        logon = self._place.logon
        try:
            if client.has_capability("AUTH=PLAIN"):
                client.plain_login(logon.user_name, logon.password)
            else:
                client.login(logon.user_name, logon.password)
        except UnicodeError:
            raise Unusable(
                f"{self._place.called}: its account has characters that the server cannot be told."
            ) from None
        except LoginError as error:
            raise Unusable(f"{self._place.called} refuses the login: {_words(error)}") from None

    @contextmanager
    def _said(self, what: str) -> Iterator[None]:
        """Whatever goes wrong between, a server that talks nonsense included, is told in words."""
        try:
            yield
        except Unusable:
            raise
        except Exception as error:
            raise Unusable(f"{self._place.called} {what}: {_words(error)}") from None

    @property
    def _open_client(self) -> IMAPClient:
        if self._client is None:
            raise Unusable(f"{self._place.called} was closed.")
        return self._client

    def first_new(self, after: datetime) -> tuple[int, datetime]:
        """The UID from which on mails are new: those that have come after that time, or come from now on.

        And the time, by the server's clock, of the newest one before it. Raises Unusable.
        """
        with self._said("cannot be searched"):
            client = self._open_client
            recent = client.search(["SINCE", date.fromordinal(after.date().toordinal() - 1)])
            found = client.fetch(recent[-1000:], ["INTERNALDATE"])
            new = [uid for uid, data in found.items() if data[b"INTERNALDATE"] > after]
            every = [*recent, self._next - 1, *([] if self._next else client.search("ALL"))]
            first = int(min(new, default=max(every, default=0) + 1))
            before = client.search(["UID", f"{max(1, first - _WINDOW)}:{max(1, first - 1)}"])
            old = client.fetch([uid for uid in before if uid < first][-100:], ["INTERNALDATE"])
            return first, max((data[b"INTERNALDATE"] for data in old.values()), default=NEVER)

    def after(self, uid: int, most: int) -> list[int]:
        """The UIDs of mails behind that one, lowest first; of very many some. Raises Unusable."""
        with self._said("cannot be searched"):
            client = self._open_client
            client.noop()
            # In pieces as far as mails are known; then one question to the end.
            while uid + _WINDOW < self._next:
                found = sorted(client.search(["UID", f"{uid + 1}:{uid + _WINDOW}"]))
                if found:
                    return [int(each) for each in found[:most]]
                uid += _WINDOW
            found = sorted(each for each in client.search(["UID", f"{uid + 1}:*"]) if each > uid)
            if found:
                self._next = max(self._next, found[-1] + 1)
            return [int(each) for each in found[:most]]

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """The heads of mails, those that are still there. Raises Unusable."""
        with self._said("cannot be read"):
            try:
                answers = self._open_client.fetch(uids, _HEAD)
            except (IMAPClientAbortError, OSError):
                raise
            except Exception:
                if len(uids) > 1:
                    return {uid: head for each in uids for uid, head in self.heads([each]).items()}
                # Nobody can read what the server says of this mail: no pattern takes it.
                answers = {uids[0]: {}}
            return {int(uid): head_of(int(uid), data, NEVER) for uid, data in answers.items()}

    def raw(self, uid: int) -> bytes:
        """The beginning of a mail; empty if it is gone. Raises Unusable."""
        with self._said("cannot be read"):
            answer = self._open_client.fetch([uid], [f"BODY.PEEK[]<0.{MOST_BYTES}>"]).get(uid, {})
            return next((data for key, data in answer.items() if key.startswith(b"BODY[") and data), b"")

    def settle(self, uid: int, taken: MailTaken, move_to: str) -> str | None:
        """Mark, move or delete a mail; why that is refused, if it is. Raises Unusable."""
        with self._said("has broken off"):
            client = self._open_client
            try:
                if taken is MailTaken.MARKED:
                    client.add_flags([uid], [SEEN], silent=True)
                elif taken is MailTaken.MOVED:
                    self._move(client, uid, move_to)
                elif taken is MailTaken.DELETED:
                    self._delete(client, uid)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                return (
                    f"{self._place.called} refuses that mail {uid} is {taken.value.lower()}: {_words(error)}"
                )
        return None

    def _move(self, client: IMAPClient, uid: int, folder: str) -> None:
        if not client.folder_exists(folder):
            client.create_folder(folder)
        if client.has_capability("MOVE"):
            client.move([uid], folder)
        else:
            client.copy([uid], folder)
            self._delete(client, uid)

    @staticmethod
    def _delete(client: IMAPClient, uid: int) -> None:
        client.add_flags([uid], [DELETED], silent=True)
        # Without UIDPLUS whatever else is marked as deleted would go as well.
        if client.has_capability("UIDPLUS"):
            client.uid_expunge([uid])

    def wait(self, seconds: float, waker: Waker) -> None:
        """Wait until the server tells of something, somebody wakes, or it is time. Raises Unusable."""
        with self._said("has broken off"):
            client = self._open_client
            if not self._idles:
                _until([waker.heard], seconds)
                return
            client.idle()
            connection: Any = client.socket()
            pending = getattr(connection, "pending", lambda: 0)()
            if not pending:
                _until([connection, waker.heard], seconds)
            client.idle_done()

    @property
    def idles(self) -> bool:
        """Whether the server tells what comes."""
        return bool(self._idles)

    def break_off(self) -> None:
        """Let whoever waits for the server wait no more; from any thread."""
        client = self._client
        if client is not None:
            with suppress(Exception):
                client.socket().shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Leave, politely if the server takes part in that."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                client.socket().settimeout(2)
                client.logout()
            with suppress(Exception):
                client.shutdown()


def _until(what: Collection[socket.socket], seconds: float) -> None:
    with selectors.DefaultSelector() as selector:
        for each in what:
            selector.register(each, selectors.EVENT_READ)
        selector.select(seconds)


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer in time"
    text = str(error)
    if text.startswith("b'") or text.startswith('b"'):
        text = text[2:-1]
    return " ".join(text.split())[:500] or type(error).__name__
