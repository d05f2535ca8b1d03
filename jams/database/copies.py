"""What copies a database, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url

from jams.objects.errors import NotSupported

from .copying import Source
from .sqlite_copying import SqliteSource, contents

if TYPE_CHECKING:
    from .postgresql_copying import PostgresqlSource


def source(url: URL) -> Source:
    """What copies the database of an address. Raises NotSupported: this program cannot."""
    if url.get_backend_name() == "sqlite":
        return SqliteSource(Path(url.database or ""))
    if url.get_backend_name() == "mssql":
        raise NotSupported(
            "A database of SQL Server is backed up and restored by SQL Server itself (BACKUP DATABASE)."
        )
    return _of_postgresql(url)


def counted(where: str) -> Mapping[str, int]:
    """How many rows each table of a database has: of a file, or of an address."""
    if "://" not in where:
        return contents(Path(where)).rows
    return _of_postgresql(make_url(where)).contents().rows


def _of_postgresql(url: URL) -> PostgresqlSource:
    # Imported late: who uses SQLite has nothing of another database in memory.
    from .postgresql_copying import PostgresqlSource

    return PostgresqlSource(url)
