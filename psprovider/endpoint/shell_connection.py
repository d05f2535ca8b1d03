"""One shell of WS-Management with its runtime: what the requests of a client are answered from.

A request thread calls one of the methods; ``receive`` parks until there is something to give.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from .engine import Engine
from .errors import ProtocolViolation
from .runtime import DEFAULT_OPTIONS, Runtime, RuntimeOptions
from .session import Session
from .settings import Settings
from .shell import Received, Shell


class ShellGone(Exception):
    """The shell was disconnected while a Receive was parked, or a newer Receive took its place."""


class ShellConnection:
    """A shell and the threads of its pipelines. Methods raise ProtocolViolation like :class:`Shell`'s.

    Attributes:
        session: the session; its ``identity`` must be compared on every request.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        identity: object = None,
        transport: str = "wsman",
        settings: Settings | None = None,
        options: RuntimeOptions = DEFAULT_OPTIONS,
    ) -> None:
        self.session = Session(settings, identity, transport)
        self.shell = Shell(self.session)
        self.runtime = Runtime(
            self.session,
            engine,
            wake=self._wake,
            backlog=self.shell.waiting,
            options=options,
        )
        self._parked: dict[UUID | None, object] = {}

    def act(self, action: Callable[[Shell], Any]) -> Any:
        """Do something to the shell: create, command, send, terminate, disconnect, reconnect, connect.

        A violation of the protocol ends the session before it is raised.
        """
        try:
            return self.runtime.act(lambda: action(self.shell))
        except ProtocolViolation:
            self.runtime.leave(tell=True)
            raise

    def receive(self, command: UUID | None, room: int, hold: float) -> Received | None:
        """Wait up to ``hold`` seconds for output of ``command`` and take at most ``room`` bytes of it.

        None if nothing came. Raises ShellGone if the shell is disconnected meanwhile or another Receive
        for the same target comes.
        """
        ticket = object()
        end = time.monotonic() + hold
        with self.runtime.changed:
            self._parked[command] = ticket
            self.runtime.changed.notify_all()
            try:
                while not self.shell.has_output(command):
                    left = end - time.monotonic()
                    if left <= 0:
                        return None
                    self.runtime.changed.wait(left)
                    self._still(command, ticket)
                return self.shell.receive(command, room)
            finally:
                if self._parked.get(command) is ticket:
                    del self._parked[command]
                self.runtime.changed.notify_all()

    def stop(self, command: UUID, patience: float = 1.0) -> None:
        """Stop a command, and wait until its last state has been given to a parked Receive, if one is."""
        self.act(lambda shell: shell.signal_stop(command))
        end = time.monotonic() + patience
        with self.runtime.changed:
            while command in self._parked and time.monotonic() < end:
                self.runtime.changed.wait(end - time.monotonic())

    def delete(self) -> None:
        """End the shell: stop everything, and tell a parked Receive."""
        self.runtime.leave(tell=True)

    def _still(self, command: UUID | None, ticket: object) -> None:
        if self._parked.get(command) is not ticket or self.shell.disconnected:
            raise ShellGone

    def _wake(self) -> None:
        with self.runtime.changed:
            self.runtime.changed.notify_all()
