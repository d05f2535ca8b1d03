"""Tells the HTTP server how a caller fares, so that it may be patient with some and less so with others.

The server puts an object with these two methods into the environment of a request; elsewhere there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from jams.objects.errors import ErrorKind

CONNECTION = "jams.connection"


class Connection(Protocol):
    """The connection over which a request has come."""

    def admitted(self) -> None:
        """The credentials of a request hold."""

    def refused(self, unseen: bool) -> None:
        """They were refused; ``unseen``: without being looked at, since too many were wrong before."""


def admitted(environ: Mapping[str, Any]) -> None:
    """A request was answered for which credentials had to hold."""
    connection: Connection | None = environ.get(CONNECTION)
    if connection is not None:
        connection.admitted()


def refused(environ: Mapping[str, Any], kind: ErrorKind) -> None:
    """A request was refused."""
    connection: Connection | None = environ.get(CONNECTION)
    if connection is not None and kind in (ErrorKind.UNAUTHENTICATED, ErrorKind.THROTTLED):
        connection.refused(kind is ErrorKind.THROTTLED)
