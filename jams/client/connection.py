"""How a face reaches a JAMServer, whether it lives in this process or on another machine."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
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
        total: bool = False,
    ) -> Any:
        """Run an operation for whoever the credentials name.

        Args:
            operation: what to run.
            arguments: the function's keyword arguments, already of the declared types.
            credentials: what the caller has shown.
            door: the face the call comes through, for the audit trail.
            retry_key: a key under which a repeated call gives the first answer instead of acting again.
            condition: what must hold of the definition that the call changes or removes.
            total: whether a list of which a part is given, as its operation bounds it, is to be a
                :class:`jams.objects.listing.Listing` that says how long it is in all.

        Raises:
            JAMSError: whatever the operation raises; Unauthenticated and AccessDenied before it is run.
        """

    def close(self) -> None:
        """Let go of what the connection holds."""


class PatientConnection(Connection, Protocol):
    """A JAMServer that can be called by many who wait, and asked who may call."""

    def admit(
        self, operation: Operation, *, credentials: Credentials = NOBODY, door: str = "library"
    ) -> None:
        """Find out whether somebody may call an operation, of whatever arguments; nothing is run.

        Raises:
            JAMSError: what ``call`` would raise before it looks at the arguments.
        """

    def standing(
        self, operation: Operation, *, credentials: Credentials = NOBODY, door: str = "library"
    ) -> Hashable | None:
        """What names all that an answer depends on beside the arguments: the state of the database, and
        what the caller may do. While it stays equal, so does what an operation gives that looks at nothing
        else.

        None where nobody can tell cheaply.

        Raises:
            JAMSError: he may not call it; nothing is written down of that.
        """

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
