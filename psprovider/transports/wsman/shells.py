"""The shells of all clients, and the Receives that wait for what they have to say."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from enum import Enum
from typing import TypeVar
from uuid import UUID

from psprovider.endpoint.engine import Engine
from psprovider.endpoint.limits import Limits
from psprovider.endpoint.runtime import Runtime
from psprovider.endpoint.session import Session
from psprovider.endpoint.session_settings import Settings
from psprovider.endpoint.shell import Received, Shell

from ..people import Person
from . import faults

T = TypeVar("T")

_LOG = logging.getLogger(__name__)

SHORTEST_IDLE, LONGEST_IDLE = 60.0, 43200.0
"""Seconds that a client may let its shell live without a request."""
KEPT, MOST_KEPT = 60.0, 40
"""Ended commands that their client has not freed are kept for so many seconds, and only so many."""

_BETWEEN = 0.3
"""Seconds after a Receive within which the same client's next one may still be on its way."""


class Wake(Enum):
    """Why a parked Receive was woken."""

    OUTPUT = "output"
    SUPERSEDED = "superseded"
    DISCONNECTED = "disconnected"


class HostedShell:
    """A shell: a session with what WS-Management knows of it.

    Attributes:
        id: the identifier that the client chose.
        person: whose it is; nobody else may use it.
        configuration: name of the session configuration.
        resource: address of the configuration, as the client wrote it.
        origin: the client's address.
        session_id: the client's own session that is connected.
        compressed: whether Send and Receive are packed.
        idle: seconds without a request after which it ends.
    """

    def __init__(
        self,
        id: UUID,
        person: Person,
        engine: Engine,
        *,
        configuration: str,
        resource: str,
        origin: str,
        session_id: str,
        compressed: bool,
        idle: float,
        limits: Limits,
        fragment: int,
    ) -> None:
        self.id = id
        self.person = person
        self.configuration = configuration
        self.resource = resource
        self.origin = origin
        self.session_id = session_id
        self.compressed = compressed
        self.idle = idle
        self.created = time.monotonic()
        self._touched = self.created
        self._shell = Shell(Session(Settings(limits=limits), person, "WS-Management"), fragment)
        self._runtime = Runtime(
            self._shell.session, engine, wake=self._wake, backlog=lambda command: self._shell.waiting(command)
        )
        self._parked: dict[UUID | None, Future[Wake]] = {}
        self._stopping: dict[UUID, Stopping] = {}
        self._heard: dict[UUID, float] = {}
        self._over: dict[UUID, float] = {}

    @property
    def closed(self) -> bool:
        """Whether the session has ended."""
        return self._shell.session.closed

    @property
    def disconnected(self) -> bool:
        """Whether no client is attached."""
        return self._shell.disconnected

    @property
    def inactive(self) -> float:
        """Seconds since the last request; none while one waits."""
        return 0.0 if self._parked else time.monotonic() - self._touched

    def touch(self) -> None:
        """A request has come."""
        self._touched = time.monotonic()

    def act(self, action: Callable[[Shell], T]) -> T:
        """Do something to the session. Raises ProtocolViolation; the shell must end then."""
        return self._runtime.act(lambda: action(self._shell))

    def begin(self, command: UUID, arguments: bytes) -> None:
        """Begin a command. Raises ProtocolViolation."""
        self.tidy()
        self.act(lambda shell: shell.command(command, arguments))

    def knows(self, command: UUID | None) -> bool:
        """Whether output of that target can be received."""
        with self._runtime.lock:
            return command is None or self._shell.knows(command)

    def commands(self) -> Iterator[tuple[UUID, bool]]:
        """The commands that were not freed, and whether each has ended."""
        with self._runtime.lock:
            found = [(each, self._ended(each)) for each in self._shell.commands()]
        return iter(found)

    def park(self, command: UUID | None) -> Future[Wake]:
        """A Receive begins to wait; done at once when there is output. An older one for the target ends.

        Raises WSManFault if its client has disconnected meanwhile.
        """
        ticket: Future[Wake] = Future()
        with self._runtime.lock:
            if self._shell.disconnected:
                raise faults.is_disconnected()
            older = self._parked.pop(command, None)
            self._parked[command] = ticket
            ready = self._shell.has_output(command)
        if older is not None:
            _settle(older, Wake.SUPERSEDED)
        if ready:
            _settle(ticket, Wake.OUTPUT)
        return ticket

    def leave(self, command: UUID | None, ticket: Future[Wake]) -> None:
        """A parked Receive waits no more; its client may be gone."""
        with self._runtime.lock:
            if self._parked.get(command) is ticket:
                del self._parked[command]
        self.touch()

    def take(self, command: UUID | None, room: int) -> Received | None:
        """Up to ``room`` bytes of what a target has to say; None if it is nothing."""

        def take() -> Received | None:
            if not self._shell.has_output(command):
                return None
            return self._shell.receive(command, room)

        found = self._runtime.quietly(take)
        if command is not None:
            self._heard[command] = time.monotonic()
        if found is not None and found.done and command is not None:
            self._over.setdefault(command, time.monotonic())
            stopping = self._stopping.get(command)
            if stopping is not None:
                _settle(stopping.told, True)
        return found

    def stop(self, command: UUID) -> Stopping | None:
        """Stop a command. Gives what to wait for before the client may hear that it was stopped."""
        with self._runtime.lock:
            patience = 1.0 if command in self._parked else 0.3
            heard = command in self._parked or time.monotonic() - self._heard.get(command, 0.0) < _BETWEEN
            stopping = self._stopping.setdefault(command, Stopping(patience)) if heard else None
        self.act(lambda shell: shell.signal_stop(command))
        return stopping

    def stopped(self, command: UUID) -> None:
        """The client was told that a command was stopped."""
        self._stopping.pop(command, None)

    def free(self, command: UUID) -> None:
        """The client wants to hear no more of a command."""
        stopping = self._stopping.get(command)
        if stopping is not None:
            _settle(stopping.told, True)
            _settle(stopping.freed, True)
        self._over.setdefault(command, time.monotonic())
        self.act(lambda shell: shell.terminate(command))

    def tidy(self) -> None:
        """Drop commands whose end was told and that were not freed; some clients never do, and hurry on."""
        before = time.monotonic() - KEPT
        for command, since in list(self._over.items()):
            if since < before or len(self._over) > MOST_KEPT or not self.knows(command):
                self._over.pop(command, None)
                self._heard.pop(command, None)
                self.act(lambda shell, command=command: shell.terminate(command))  # type: ignore[misc]

    def disconnect(self) -> None:
        """The client goes away and will be back. Every parked Receive ends first."""
        with self._runtime.lock:
            self._shell.disconnect()
            parked = list(self._parked.values())
        for ticket in parked:
            _settle(ticket, Wake.DISCONNECTED)

    def end(self, tell: bool = True) -> None:
        """End the session; what runs is stopped, a parked Receive is told."""
        self._runtime.leave(tell=tell)
        self._wake()

    def _ended(self, command: UUID) -> bool:
        pipeline = self._shell.session.pipelines.get(command)
        return pipeline is None or pipeline.ended

    def _wake(self) -> None:
        with self._runtime.lock:
            if not self._parked:
                return
            ready = [ticket for target, ticket in self._parked.items() if self._shell.has_output(target)]
        for ticket in ready:
            _settle(ticket, Wake.OUTPUT)


class Stopping:
    """A stop under way.

    Attributes:
        told: done once a Receive has carried the command's last state.
        freed: done once the client has shown that it knows.
        patience: seconds to wait for ``told``.
    """

    __slots__ = ("freed", "patience", "told")

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.told: Future[bool] = Future()
        self.freed: Future[bool] = Future()


class Shells:
    """All shells of the service, by account: to every other one an identifier is free, as if nothing bore it.

    ``gone`` is called with a shell that has left it.
    """

    def __init__(self, gone: Callable[[HostedShell], None]) -> None:
        self._gone = gone
        self._all: dict[tuple[str, UUID], HostedShell] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="wsman-shells", daemon=True)
        self._keeper.start()

    def add(self, shell: HostedShell) -> None:
        """Take a shell in. Raises WSManFault if its owner has one of that identifier, or after ``close``."""
        key = (shell.person.account, shell.id)
        with self._lock:
            if self._stop.is_set():
                raise faults.internal("The server is stopping; try again when it has been started again.")
            if key in self._all:
                raise faults.exists_already()
            self._all[key] = shell

    def find(self, id: UUID, account: str) -> HostedShell:
        """The shell of that identifier. Raises WSManFault alike if there is none and if it is not his."""
        shell = self._all.get((account, id))
        if shell is None:
            raise faults.no_shell()
        shell.touch()
        return shell

    def of(self, account: str) -> list[HostedShell]:
        """The shells of an account."""
        with self._lock:
            return [shell for (owner, _), shell in self._all.items() if owner == account]

    def remove(self, shell: HostedShell, tell: bool = True) -> None:
        """End a shell; nobody finds it from now on."""
        key = (shell.person.account, shell.id)
        with self._lock:
            if self._all.get(key) is not shell:
                return
            del self._all[key]
        shell.end(tell)
        self._gone(shell)

    def close(self) -> None:
        """End all shells."""
        self._stop.set()
        with self._lock:
            remaining = list(self._all.values())
        for shell in remaining:
            self.remove(shell)
        self._keeper.join()

    def keep(self) -> None:
        """Drop what has been idle for too long."""
        with self._lock:
            known = list(self._all.values())
        for shell in known:
            if shell.inactive > (KEPT if shell.closed else shell.idle):
                self.remove(shell)
            else:
                shell.tidy()

    def _keep(self) -> None:
        while not self._stop.wait(5.0):
            try:
                self.keep()
            except Exception:
                _LOG.exception("shells could not be looked through; it is tried again")


def _settle(future: Future[T], value: T) -> None:
    """Give a future its value, unless it has one or nobody waits for it any more."""
    with suppress(InvalidStateError):
        future.set_result(value)
