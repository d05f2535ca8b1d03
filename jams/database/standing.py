"""The standing connection of a server to PostgreSQL.

What holds the database is an advisory lock of the session, by which the server also hears what other
processes write.
"""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from typing import Any, ClassVar

import psycopg
from psycopg import sql
from sqlalchemy import URL

from . import notices, postgresql
from .holding import HEARTBEAT, Holding
from .parts import Part
from .servers import Signature

_CLASS = int.from_bytes(b"JAMS", "big")
_CLASSES = {Part.SCHEDULER: _CLASS, Part.SERVER: int.from_bytes(b"JAMC", "big")}
_LOCK = "SELECT pg_try_advisory_lock(%s, hashtext(current_schema()))"
_UNLOCK = "SELECT pg_advisory_unlock(%s, hashtext(current_schema()))"
_TOKEN = "SELECT token FROM server WHERE id = 1"
_END_FORMER = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()
"""


class Standing(Holding):
    """See :class:`jams.database.holding.Holding`."""

    driver_error: ClassVar[type[Exception]] = psycopg.Error

    def __init__(self, url: URL, signature: Signature, part: Part = Part.WHOLE) -> None:
        """Connect and take the locks. Raises Held, psycopg.Error."""
        self._url = url
        self._waker, self._woken = socket.socketpair()
        super().__init__(signature, part)

    def close(self) -> None:
        """Let go of the database; idempotent."""
        super().close()
        self._waker.close()
        self._woken.close()

    def _wake(self) -> None:
        with suppress(OSError):
            self._waker.send(b"x")

    def _wait(self) -> None:
        waiting = select.poll()
        waiting.register(self._session.fileno(), select.POLLIN)
        waiting.register(self._woken, select.POLLIN)
        waiting.poll(HEARTBEAT * 1000)

    def _took_lock(self, part: Part) -> bool:
        return bool(self._one(_LOCK, [_CLASSES[part]]))

    def _give_lock(self, part: Part) -> None:
        self._one(_UNLOCK, [_CLASSES[part]])

    def _token(self) -> str | None:
        found: str | None = self._one(_TOKEN)
        return found

    def _end_former(self) -> None:
        self._session.execute(_END_FORMER)

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
