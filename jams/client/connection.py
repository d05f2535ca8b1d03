"""How a face reaches a JAMServer, whether it lives in this process or on another machine."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any, Protocol

from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations.catalogue import Operation
from jams.security.caller import NOBODY, Credentials


class Connection(Protocol):
    """A JAMServer that can be called. Implemented by the server itself and by the wire to a remote one."""

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
    ) -> Any:
        """Run an operation for whoever the credentials name.

        Args:
            operation: what to run.
            arguments: the function's keyword arguments, already of the declared types.
            credentials: what the caller has shown.
            door: the face the call comes through, for the audit trail.
            retry_key: a key under which a repeated call gives the first answer instead of acting again.
            condition: what must hold of the definition that the call changes or removes.

        Raises:
            JAMSError: whatever the operation raises; Unauthenticated and AccessDenied before it is run.
        """

    def close(self) -> None:
        """Let go of what the connection holds."""


class PatientConnection(Connection, Protocol):
    """A JAMServer that can be called by many who wait."""

    def call_later(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
    ) -> Future[Any]:
        """As ``call``, of an operation that changes nothing; while it waits, no thread does.

        The future has the result, or the error. Whoever is not interested any more cancels it. When too many
        wait already, the operation does not wait: its result is what is known now.

        Raises:
            JAMSError: the call is refused before it begins.
        """
