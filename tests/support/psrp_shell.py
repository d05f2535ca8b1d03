"""A shell of WS-Management without HTTP: for tests of the core, with Receives that wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from psprovider.endpoint.engine import Engine
from psprovider.endpoint.protocol_errors import ProtocolViolation
from psprovider.endpoint.runtime import Runtime
from psprovider.endpoint.session import Session
from psprovider.endpoint.session_settings import Settings
from psprovider.endpoint.shell import Received, Shell


class ShellConnection:
    """A shell and the threads of its pipelines."""

    def __init__(
        self,
        engine: Engine,
        *,
        identity: object = None,
        transport: str = "wsman",
        settings: Settings | None = None,
    ) -> None:
        self.session = Session(settings, identity, transport)
        self.shell = Shell(self.session)
        self.runtime = Runtime(
            self.session,
            engine,
            wake=self._wake,
            backlog=self.shell.waiting,
        )

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
        """Wait up to ``hold`` seconds for output of ``command``; None if nothing came."""
        with self.runtime.changed:
            ready = self.runtime.changed.wait_for(lambda: self.shell.has_output(command), hold)
            return self.runtime.quietly(lambda: self.shell.receive(command, room)) if ready else None

    def delete(self) -> None:
        """End the shell: stop everything, and tell a parked Receive."""
        self.runtime.leave(tell=True)

    def _wake(self) -> None:
        with self.runtime.changed:
            self.runtime.changed.notify_all()
