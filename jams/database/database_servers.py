"""The kinds of database servers, and what a database at each of them needs to be opened."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from sqlalchemy import URL, Connection, Engine

from jams.objects.errors import DatabaseUnusable

from .holding import Holding
from .parts import Part
from .servers import Signature
from .writer import Session


class DatabaseServer(Protocol):
    """What :mod:`.postgresql` and :mod:`.sqlserver` provide.

    Attributes:
        DriverError: what the driver raises.
        state_of: names the state that a connection reads; None where the database has no such thing.
    """

    DriverError: type[Exception]
    state_of: Callable[[Connection], Hashable] | None

    def writing_engine(self, url: URL, options: dict[str, Any]) -> Engine:
        """The engine of the one connection that writes."""

    def reading_engine(self, url: URL, connections: int, options: dict[str, Any]) -> Engine:
        """The engine of the connections that read, each on its own snapshot."""

    def session_of(self, *, beside: bool) -> Callable[[Connection], Session]:
        """What makes the writer's session; ``beside``: others are to be told of what it writes."""

    def check(self, engine: Engine, shown: str) -> None:
        """Check that a database is one that JAMS can work with. Raises DatabaseUnusable."""

    def unusable(self, shown: str, error: Any) -> DatabaseUnusable:
        """What a failure of the first access says to the person who starts the server."""


class _Kind(NamedTuple):
    module: str
    standing: str
    driver: str
    extra: str
    parts: bool
    """Whether the parts of a server hear there of what the others write."""


_KINDS = {
    "postgresql": _Kind(".postgresql", ".standing", "psycopg", "postgresql", True),
    "mssql": _Kind(".sqlserver", ".sqlserver_standing", "pyodbc", "odbc", False),
}


def of(url: URL) -> DatabaseServer:
    """The kind of server at which a database lies.

    Raises:
        DatabaseUnusable: it is none that is known, or its driver is not installed.
    """
    shown = url.render_as_string(hide_password=True)
    kind = _KINDS.get(url.get_backend_name())
    if kind is None:
        raise DatabaseUnusable(
            f"{shown} is none of SQLite, PostgreSQL and SQL Server; name one of these.", target=shown
        )
    try:
        # Imported late: whoever uses SQLite needs no driver of another database.
        found: Any = import_module(kind.module, __package__)
    except ImportError:
        raise DatabaseUnusable(
            f"The database {shown} needs the driver {kind.driver}; install openjams[{kind.extra}].",
            target=shown,
        ) from None
    module: DatabaseServer = found
    return module


def hold(url: URL, signature: Signature, part: Part) -> Holding:
    """Hold a database for a server, or a part of one.

    Raises:
        DatabaseUnusable: parts cannot tell each other there what they change.
        Held: another one does (:class:`jams.database.holding.Held`).
        Exception: what the driver raises.
    """
    if part is not Part.WHOLE and not _KINDS[url.get_backend_name()].parts:
        shown = url.render_as_string(hide_password=True)
        raise DatabaseUnusable(
            f"Services with the database {shown} run together in one process: say jams start.", target=shown
        )
    module: Any = import_module(_KINDS[url.get_backend_name()].standing, __package__)
    held: Holding = module.Standing(url, signature, part)
    return held
