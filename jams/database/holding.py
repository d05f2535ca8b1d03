"""The standing connection of a server to a database server: it holds the database for that server.

What holds the database is a lock of the session, so it ends with the process, however that ends. A session
may be lost while the process lives (the database was restarted, the network failed): then the server starts
no work until it has the lock again, and when another server has signed meanwhile it must end. A claim looks
at the signature in its own transaction, so that not even a server that has slept does harm.
"""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from sqlalchemy import Connection

from jams.objects.errors import ServerUnavailable

from . import servers
from .changes import Changes
from .parts import Part
from .servers import Signature

log = logging.getLogger(__name__)

HEARTBEAT = 5.0
"""Seconds between questions that show whether the session still stands."""

_PATIENCE = 2.0
"""Seconds that a start waits for the lock: a session that was just killed may take a moment to end."""

_PAUSE = 1.0
"""Seconds between attempts to have a session again."""


class Held(Exception):
    """Another server has the database."""


class _TakenOver(Exception):
    """Another server has had the database since we lost it."""


class Holding(ABC):
    """The standing connection of one server, or of a part of one. Its methods may be called from any thread.

    Args:
        signature: of the server; a part that does not sign has one as well, which nobody looks for.
        part: which locks it holds.

    Attributes:
        held: whether the database is this server's, as far as is known.
    """

    driver_error: ClassVar[type[Exception]]
    """What the driver raises."""

    def __init__(self, signature: Signature, part: Part = Part.WHOLE) -> None:
        """Connect and take the locks. Raises Held, and what the driver raises."""
        self._signature = signature
        self._part = part
        self._heard: Callable[[Changes], None] = lambda changed: None
        self._missed: Callable[[], None] = lambda: None
        self._lost: Callable[[], None] = lambda: None
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._session: Any = self._connected()
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
        if self._part.signs and not servers.is_signed_by(connection, self._signature):
            raise ServerUnavailable("Another server has taken the database over; this one does no more work.")

    def close(self) -> None:
        """Let go of the database; idempotent."""
        self._closing.set()
        self._wake()
        if self._thread is not None:
            self._thread.join()
        self._close_session()
        self.held = False

    @abstractmethod
    def _connected(self) -> Any:
        """A session."""

    @abstractmethod
    def _took_lock(self, part: Part) -> bool:
        """Try to take the lock of a part, which is not the whole; whether it is ours."""

    @abstractmethod
    def _give_lock(self, part: Part) -> None:
        """Give the lock of a part back."""

    @abstractmethod
    def _token(self) -> str | None:
        """Who has signed, which is a question that shows whether the session stands as well."""

    @abstractmethod
    def _wait(self) -> None:
        """Wait for news, the time of a heartbeat, or the end."""

    @abstractmethod
    def _wake(self) -> None:
        """End a wait."""

    @abstractmethod
    def _listen(self) -> None:
        """Begin to hear what other processes write, where they are heard."""

    @abstractmethod
    def _end_former(self) -> None:
        """End what is left of a session of ours whose end the database has not noticed, where that goes."""

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                self._wait()
                self._token()
            except self.driver_error as error:
                if self._closing.is_set():
                    return
                self.held = False
                log.error("the standing connection to the database is lost; no work is started: %s", error)
                if not self._regained():
                    return
                self.held = True
                log.warning("the standing connection to the database is there again")
                self._missed()

    def _regained(self) -> bool:
        """Try to have the database again for as long as it takes; False when that is not to be."""
        while not self._closing.is_set():
            try:
                self._close_session()
                self._session = self._connected()
                self._end_former()
                self._check_token()
                self._lock(0.0)
                self._check_token()
                self._listen()
                return True
            except _TakenOver:
                log.critical("another server has taken the database over; this one ends")
                self._close_session()
                self._lost()
                return False
            except (self.driver_error, Held):
                self._closing.wait(_PAUSE)
        return False

    def _close_session(self) -> None:
        """Close what may be broken."""
        self._session.close()

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Hold what the other part would hold as well, for something short.

        Raises:
            Held: the other part is there.
        """
        self._lock_for(self._part.other, _PATIENCE)
        try:
            yield
        finally:
            self._give_lock(self._part.other)

    def _lock(self, patience: float) -> None:
        for part in self._part.kept:
            self._lock_for(part, patience)

    def _lock_for(self, part: Part, patience: float) -> None:
        until = time.monotonic() + patience
        while not self._took_lock(part):
            if time.monotonic() >= until:
                raise Held
            time.sleep(0.05)

    def _check_token(self) -> None:
        """Raises _TakenOver."""
        if self._part.signs and self._token() != self._signature.token:
            raise _TakenOver
