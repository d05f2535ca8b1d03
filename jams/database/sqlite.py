"""SQLite: the file, its lock and its settings. All SQL that only SQLite knows is here and in the writer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Hashable
from pathlib import Path
from typing import Any, ClassVar

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from jams.objects.errors import DatabaseUnusable

from .changes import Changes

_MAGIC = b"SQLite format 3\0"
_BUSY_SECONDS = 5.0
_LOCK_SECONDS = 2.0
"""A process that a killed server was just starting holds its lock until it has begun."""

_VERSION = "jams.data_version"

_BOTH = ("PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY")
_WRITER = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-16384", *_BOTH)
_READER = ("PRAGMA query_only=ON", *_BOTH)


class Held(Exception):
    """Another server has the database."""


def lock(path: Path) -> FileLock:
    """Hold the database for this server; the lock ends with the process at the latest.

    Raises:
        Held: another server holds it.
        DatabaseUnusable: the folder cannot be written.
    """
    held = FileLock(f"{path}.lock", timeout=_LOCK_SECONDS, is_singleton=False, thread_local=False)
    try:
        held.acquire()
    except Timeout:
        raise Held from None
    except OSError as error:
        raise DatabaseUnusable(
            f"The folder {path.parent} of the database cannot be written ({error.strerror}); "
            "give the account of the server the right to write there.",
            target=path,
        ) from None
    return held


def check_folder(path: Path) -> None:
    """Raises DatabaseUnusable when the file's folder is missing, or a folder stands in the file's place."""
    if not path.parent.is_dir():
        raise DatabaseUnusable(
            f"The folder {path.parent} of the database does not exist; create it, or name another database.",
            target=path,
        )
    if path.is_dir():
        raise DatabaseUnusable(f"{path} is a folder; name a file for the database.", target=path)


def check_there(path: Path) -> None:
    """Raises DatabaseUnusable when there is no file."""
    if not path.is_file():
        raise DatabaseUnusable(f"There is no database {path} yet; start the server once.", target=path)


def check_file(path: Path) -> None:
    """Raises DatabaseUnusable when the file exists and is read-only or holds something else."""
    if not path.exists():
        return
    if not path.stat().st_mode & 0o222 or not os.access(path, os.R_OK | os.W_OK):
        raise DatabaseUnusable(
            f"The database {path} is read-only; give the account of the server the right to write it.",
            target=path,
        )
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start not in (b"", _MAGIC):
        raise DatabaseUnusable(
            f"The file {path} is not a database; restore it from a backup, or name another file.",
            target=path,
        )


def writing_engine(path: Path, options: dict[str, Any]) -> Engine:
    """The engine of the one connection that writes; each transaction takes the write lock at its start."""
    return _engine(path, _WRITER, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0, execution_options=options)


def reading_engine(path: Path, options: dict[str, Any]) -> Engine:
    """The engine of the connections that read: as many as there are readers, each on its own snapshot."""
    return _engine(path, _READER, "BEGIN", pool_size=32, max_overflow=-1, execution_options=options)


def _engine(path: Path, pragmas: tuple[str, ...], begin: str, **options: Any) -> Engine:
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_use_lifo=True,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS},
        **options,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        # A text that is none must not keep the other rows of a table from being read.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for pragma in pragmas:
            connection.execute(pragma).close()

    def start(connection: Any) -> None:
        connection.execute(begin).close()

    # An event would have to go through SQLAlchemy's execution, which costs as much as the transaction itself.
    engine.dialect.do_begin = start  # type: ignore[method-assign, assignment]

    return engine


def state_of(connection: Connection) -> Hashable:
    """A number that differs after every commit of others; asking for it fixes the snapshot that is read."""
    number: int = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    return number


def unusable(path: Path, error: DBAPIError) -> DatabaseUnusable:
    """What a failure of the first access says to the person who starts the server."""
    reason = str(error.orig)
    if "locked" in reason:
        advice = "is locked by another program; end that program"
    elif "readonly" in reason or "unable to open" in reason:
        advice = "cannot be opened for writing; give the account of the server the right to write it"
    elif "full" in reason:
        advice = "has no room to grow; make room on its disk"
    else:
        advice = f"cannot be read ({reason}); restore it from a backup, or name another file"
    return DatabaseUnusable(f"The database {path} {advice}.", target=path)


class Session:
    """See :class:`jams.database.writer.Session`."""

    late: ClassVar[bool] = False

    def __init__(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        self._execute = driver.execute  # type: ignore[union-attr]
        self._info = connection.info

    def mark(self) -> None:
        """Begin a unit within the transaction."""
        self._execute("SAVEPOINT unit")

    def keep(self) -> None:
        """Let what the unit did stand."""
        self._execute("RELEASE unit")

    def undo(self) -> None:
        """Undo what the unit did."""
        self._execute("ROLLBACK TO unit")
        self._execute("RELEASE unit")

    def announce(self, changed: Changes) -> None:
        """Nobody can be told: other processes see it when they look."""

    def others_wrote(self) -> bool:
        """Whether others have written; in this process, all that is written goes through this connection."""
        version = self._execute("PRAGMA data_version").fetchone()[0]
        before = self._info.setdefault(_VERSION, version)
        self._info[_VERSION] = version
        return bool(version != before)
