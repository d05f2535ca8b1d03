"""Sessions: what the remoting endpoint runs commands with."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from jams.client.connection import Connection
from jams.objects.errors import Unauthenticated
from jams.operations import CATALOGUE, Catalogue
from jams.operations.arguments import arguments_from
from jams.operations.catalogue import Operation
from psprovider.cmdlets import Cmdlet, cmdlets
from psprovider.drive import Location, complete_path, drive_commands
from psprovider.endpoint.engine import Host, Outcome, Streams
from psprovider.endpoint.metadata import CommandMetadata
from psprovider.endpoint.requests import MetadataRequest, PipelineRequest, SessionInfo
from psprovider.engine import audit
from psprovider.engine.actions import CmdletRunner
from psprovider.engine.builtins import builtin_commands
from psprovider.engine.commands import CommandSpec, from_cmdlet
from psprovider.engine.conversion import with_days
from psprovider.engine.metadata import describe, implicit_remoting
from psprovider.engine.pipeline import PipelineRun
from psprovider.engine.principal import Principal
from psprovider.engine.registry import Registry
from psprovider.engine.surroundings import Match

DOOR = "PowerShell"
_LOCAL = frozenset({"localhost", ".", "127.0.0.1", "::1", "(local)"})

Identify = Callable[[object], Principal | None]
"""The caller that a transport's identity stands for, or None if it is nobody's."""


class JamsEngine:
    """Makes the commands of sessions (:class:`psprovider.endpoint.engine.Engine`).

    Args:
        connection: the JAMServer.
        identify: finds the caller that a transport's identity stands for.
        server_name: the name that -Server may give.
        catalogue: the operations.
    """

    def __init__(
        self,
        connection: Connection,
        identify: Identify,
        *,
        server_name: str | None = None,
        catalogue: Catalogue = CATALOGUE,
    ) -> None:
        self._connection = connection
        self._identify = identify
        self._server_name = server_name or platform.node()
        self._catalogue = catalogue

    def open(self, session: SessionInfo) -> JamsSession:
        """The commands for a session. Raises Unauthenticated if the identity is nobody's."""
        principal = self._identify(session.identity)
        if principal is None:
            raise Unauthenticated("This identity has no JAMS account.")
        return JamsSession(self._connection, principal, session, self._server_name, self._catalogue)


class JamsSession:
    """One session: the endpoint's (:class:`psprovider.endpoint.engine.EngineSession`), and its commands'
    (:class:`psprovider.engine.surroundings.Session`).

    Attributes:
        principal: whom it belongs to.
        registry: its commands: those that the caller may use now.
        catalogue: the operations.
        location: where it stands on the drive.
        server_name: the name of the server.
    """

    def __init__(
        self,
        connection: Connection,
        principal: Principal,
        info: SessionInfo,
        server_name: str,
        catalogue: Catalogue = CATALOGUE,
    ) -> None:
        self.principal = principal
        self.info = info
        self.catalogue = catalogue
        self.server_name = server_name
        self.location = Location(self.is_own)
        self._connection = connection
        self._running: dict[UUID, PipelineRun] = {}
        self._standing = principal.standing()
        self.registry = self._allowed()

    def call(self, operation: Operation, inputs: Mapping[str, Any]) -> Any:
        """Call an operation as the session's caller. Raises JAMSError."""
        return self._connection.call(
            operation,
            arguments_from(operation, with_days(operation, inputs)),
            credentials=self.principal.shown,
            door=DOOR,
        )

    @property
    def private_data(self) -> Mapping[str, Any]:
        """What clients that import the session's commands need to know."""
        return {"ImplicitRemoting": implicit_remoting(self.registry)}

    def run(self, request: PipelineRequest, number: int, host: Host, streams: Streams) -> None:
        """Run a pipeline. Raises PipelineFailed to end it with an error, Unauthenticated."""
        run = self._running[request.id] = PipelineRun(self, number, host, streams)
        self._look_again()
        run.run(request)

    def describe(self, request: MetadataRequest) -> Iterable[CommandMetadata]:
        """The commands that match. Raises Unauthenticated."""
        self._look_again()
        return describe(self.registry, request)

    def ended(self, outcome: Outcome) -> None:
        """Write a pipeline down in the audit log."""
        audit.record(self, outcome, self._running.pop(outcome.request.id, None))

    def reset(self) -> None:
        """Begin anew."""
        self.location = Location(self.is_own)

    def close(self) -> None:
        """The session is over; it holds nothing."""

    def complete_path(self, word: str, literal: bool = False) -> Iterator[Match]:
        """Completions of a path of the drive, as patterns unless it is ``literal``."""
        return complete_path(self, word, literal)

    def is_own(self, name: str) -> bool:
        """Whether a name is this server's; an empty one is."""
        name = name.strip().lower()
        own = self.server_name.lower()
        return not name or name in _LOCAL or name == own or name.partition(".")[0] == own.partition(".")[0]

    def _look_again(self) -> None:
        """Take in what has changed about the caller's rights. Raises Unauthenticated if he has none left."""
        standing = self.principal.standing()
        if standing != self._standing:
            self._standing = standing
            self.registry = self._allowed()

    def _allowed(self) -> Registry:
        return Registry([spec for spec in _commands(self.catalogue) if self._may(spec)])

    def _may(self, spec: CommandSpec) -> bool:
        """Whether the caller may use a command at all: he has the right of one of its operations."""
        if spec.cmdlet is None:
            return True
        rights = [operation.right for operation in spec.cmdlet.operations]
        return any(right is None or self.principal.may(right) for right in rights)


def _commands(catalogue: Catalogue) -> tuple[CommandSpec, ...]:
    return _standard() if catalogue is CATALOGUE else _built(catalogue)


@cache
def _standard() -> tuple[CommandSpec, ...]:
    return _built(CATALOGUE)


def _built(catalogue: Catalogue) -> tuple[CommandSpec, ...]:
    return (
        *(from_cmdlet(cmdlet, CmdletRunner(cmdlet)) for cmdlet in cmdlets(catalogue) if _remote(cmdlet)),
        *builtin_commands(),
        *drive_commands(),
    )


def _remote(cmdlet: Cmdlet) -> bool:
    """Whether a cmdlet makes sense in a session: its caller is fixed, so nothing logs in or out."""
    return cmdlet.session is None
