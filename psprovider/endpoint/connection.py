"""One client at the end of a pipe: framing, session and runtime put together.

A transport makes a connection with a function that writes bytes, hands in what it reads, and says when the
client is gone. Everything else happens here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from uuid import UUID

from .alarms import ALARMS
from .engine import Engine
from .out_of_process import OutOfProcess
from .protocol_errors import ProtocolViolation
from .runtime import Runtime, Spawn
from .session import Session
from .session_settings import Settings
from .threads import WORKERS

_LOG = logging.getLogger(__name__)

_FAREWELL = 5.0
"""Seconds for an idle client to take the news that its session ends."""


class PipeConnection:
    """A client over SSH, standard input and output, or a unix socket.

    ``hang_up`` ends the connection, so that whoever reads from it or writes to it stops, at this end and the
    other; it may be called more than once. ``spawn`` runs pipelines.

    ``write`` may block: then the producers of output wait, and ``receive`` goes on as long as it has nothing
    to write itself.
    """

    def __init__(
        self,
        engine: Engine,
        write: Callable[[bytes], object],
        *,
        identity: object = None,
        transport: str = "pipe",
        settings: Settings | None = None,
        spawn: Spawn = WORKERS.run,
        hang_up: Callable[[], object] = lambda: None,
    ) -> None:
        self.session = Session(settings, identity, transport)
        self._framing = OutOfProcess(self.session)
        self._write = write
        self._writing = threading.Lock()
        self._broken = False
        self._dirty = False
        self._waiting = 0
        self.runtime = Runtime(
            self.session,
            engine,
            wake=self._flush,
            backlog=self._backlog,
            spawn=spawn,
        )
        self._hang_up = hang_up
        self._idle = self.session.settings.limits.idle
        self._active = time.monotonic()
        self._alarm = ALARMS.after(self._idle, self._look)

    @property
    def finished(self) -> bool:
        """Whether the connection can be closed: the client has left, or broke the rules."""
        return self._framing.finished or self._broken or self.session.closed

    @property
    def closed_by_client(self) -> bool:
        """Whether the client has closed the session in due form, and was told that it is."""
        return self._framing.finished

    def receive(self, data: bytes) -> None:
        """Take bytes from the client. A violation of the protocol ends the session, and only logs."""
        self._active = time.monotonic()
        try:
            self.runtime.quietly(lambda: self._framing.receive(data))
            self._flush(patient=False)
            if self._framing.closing:
                self._see_out()
        except ProtocolViolation as problem:
            _LOG.warning("A PowerShell session was ended: %s", problem.message)
            self._broken = True
            self.lost()

    def _see_out(self) -> None:
        """Wait until the last word to a client that closes was written, be it by another thread.

        Nothing else would tell the thread that reads: such a client says no more, and waits for the end.
        """
        with self.runtime.changed:
            self.runtime.changed.wait_for(lambda: self.finished)
        with self._writing:
            pass

    def lost(self) -> None:
        """The client is gone, or has left: stop what it has running."""
        with self.runtime.lock:
            self._broken = True
            self._alarm.cancel()
        self.runtime.leave(tell=False)

    def close(self) -> None:
        """Whoever made the connection calls it in the end; it waits until nothing of the session runs."""
        self.lost()
        self._hang_up()
        with self.runtime.changed:
            self.runtime.changed.wait_for(lambda: self.session.closed)

    def _look(self) -> None:
        """End the session if it has been idle for too long, or look again when that may be."""
        with self.runtime.lock:
            busy = bool(self.session.pipelines.running)
            left = self._idle if busy else self._active + self._idle - time.monotonic()
            if left > 0 and not self._broken:
                self._alarm = ALARMS.after(left, self._look)
                return
        if not self.finished:
            _LOG.info("A PowerShell session was ended after %g idle seconds.", self._idle)
            # A client that does not read holds up whoever has something to tell it.
            farewell = ALARMS.after(_FAREWELL, self._hang_up)
            self.runtime.leave(tell=True)
            farewell.cancel()
        self._hang_up()

    def _backlog(self, _pipeline: UUID) -> int:
        return self._waiting + self.session.outbox.waiting

    def _flush(self, patient: bool = True) -> None:
        """Send what there is. The patient wait for their turn, which slows producers down to the client.

        The thread that reads is not patient: it takes at most one turn, so that no stream of output can
        keep it from reading. Whoever writes looks again after his turn, so nothing is forgotten.
        """
        self._dirty = True
        while self._dirty and self._writing.acquire(blocking=patient):
            try:
                self._dirty = False
                data = self.runtime.quietly(self._collect)
                if data and not self._broken:
                    self._write(data)
                    self._active = time.monotonic()
            except OSError:
                self._broken = True
                # Else the thread that reads would wait for a client that takes no answers.
                self._hang_up()
            finally:
                self._written()
                self._writing.release()
            if not patient:
                return

    def _collect(self) -> bytes:
        data = self._framing.data_to_send()
        self._waiting = len(data)
        return data

    def _written(self) -> None:
        with self.runtime.changed:
            self._waiting = 0
            self.runtime.changed.notify_all()
