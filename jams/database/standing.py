"""The standing connection of a server to PostgreSQL: it holds the database for that server, and hears what
other processes write.

What holds the database is an advisory lock of the session, so it ends with the process, however that ends. A
session may be lost while the process lives (the database was restarted, the network failed): then the server
starts no work until it has the lock again, and when another server has signed meanwhile it must end. A claim
looks at the signature in its own transaction, so that not even a server that has slept does harm.
"""

from __future__ import annotations

import logging
import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection

from jams.objects.errors import ServerUnavailable

from . import notices, postgresql, servers
from .changes import Changes
from .servers import Signature

log = logging.getLogger(__name__)

HEARTBEAT = 5.0
"""Seconds between questions that show whether the session still stands."""

_PATIENCE = 2.0
"""Seconds that a start waits for the lock: a session that was just killed may take a moment to end."""

_PAUSE = 1.0
"""Seconds between attempts to have a session again."""

_CLASS = int.from_bytes(b"JAMS", "big")
_LOCK = "SELECT pg_try_advisory_lock(%s, hashtext(current_schema()))"
_TOKEN = "SELECT token FROM server WHERE id = 1"
_END_FORMER = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()
"""
"""What is left of a session of ours whose end the database has not noticed."""


class Held(Exception):
    """Another server has the database."""


class _TakenOver(Exception):
    """Another server has had the database since we lost it."""


class Standing:
    """The standing connection of one server. Its methods may be called from any thread.

    Attributes:
        held: whether the database is this server's, as far as is known.
    """

    def __init__(self, url: URL, signature: Signature) -> None:
        """Connect and take the lock. Raises Held, psycopg.Error."""
        self._url = url
        self._signature = signature
        self._heard: Callable[[Changes], None] = lambda changed: None
        self._missed: Callable[[], None] = lambda: None
        self._lost: Callable[[], None] = lambda: None
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._waker, self._woken = socket.socketpair()
        self._session = self._connected()
        try:
            self._lock(_PATIENCE)
        except BaseException:
            self.close()
            raise
        self.held = True

    def watch(
        self,
        heard: Callable[[Changes], None],
        missed: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        """Begin to watch, in a thread of its own, in which all that is given here is called.

        Args:
            heard: takes what another process has changed.
            missed: is told that something may have happened that nobody has told of.
            lost: is told that another server has the database; nothing follows.
        """
        self._heard, self._missed, self._lost = heard, missed, lost
        self._listen()
        self._thread = threading.Thread(target=self._work, name="jams-standing", daemon=True)
        self._thread.start()

    def confirm(self, connection: Connection) -> None:
        """See :meth:`jams.database.Database.confirm`."""
        if not servers.is_signed_by(connection, self._signature):
            raise ServerUnavailable("Another server has taken the database over; this one does no more work.")

    def close(self) -> None:
        """Let go of the database; idempotent."""
        self._closing.set()
        with suppress(OSError):
            self._waker.send(b"x")
        if self._thread is not None:
            self._thread.join()
        self._session.close()
        self._waker.close()
        self._woken.close()
        self.held = False

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                self._wait()
                self._session.execute("SELECT 1")
            except psycopg.Error as error:
                if self._closing.is_set():
                    return
                self.held = False
                log.error("the standing connection to the database is lost; no work is started: %s", error)
                if not self._regained():
                    return
                self.held = True
                log.warning("the standing connection to the database is there again")
                self._missed()

    def _wait(self) -> None:
        """Wait for a notice, the time of a heartbeat, or the end."""
        waiting = select.poll()
        waiting.register(self._session.fileno(), select.POLLIN)
        waiting.register(self._woken, select.POLLIN)
        waiting.poll(HEARTBEAT * 1000)

    def _regained(self) -> bool:
        """Try to have the database again for as long as it takes; False when that is not to be."""
        while not self._closing.is_set():
            try:
                self._session.close()
                self._session = self._connected()
                self._session.execute(_END_FORMER)
                self._check_token()
                self._lock(0.0)
                self._check_token()
                self._listen()
                return True
            except _TakenOver:
                log.critical("another server has taken the database over; this one ends")
                self._session.close()
                self._lost()
                return False
            except (psycopg.Error, Held):
                self._closing.wait(_PAUSE)
        return False

    def _lock(self, patience: float) -> None:
        until = time.monotonic() + patience
        while not self._one(_LOCK, [_CLASS]):
            if time.monotonic() >= until:
                raise Held
            time.sleep(0.05)

    def _check_token(self) -> None:
        """Raises _TakenOver."""
        if self._one(_TOKEN) != self._signature.token:
            raise _TakenOver

    def _listen(self) -> None:
        self._session.add_notify_handler(self._take)
        channel = self._one(f"SELECT {postgresql.CHANNEL}")
        self._session.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))

    def _take(self, notify: psycopg.Notify) -> None:
        changed = notices.decode(notify.payload)
        if changed is None:
            self._missed()
        else:
            self._heard(changed)

    def _connected(self) -> psycopg.Connection[Any]:
        name = f"JAMS {self._signature.name[:40]} {self._signature.token[:12]}"
        return postgresql.connect(self._url, application_name=name, options="-c idle_session_timeout=0")

    def _one(self, statement: Any, values: list[Any] | None = None) -> Any:
        row = self._session.execute(statement, values).fetchone()
        return None if row is None else row[0]
