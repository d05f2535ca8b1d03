"""SQLite: the file, its lock and its settings. All SQL that only SQLite knows is here and in the writer."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Hashable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from jams.objects.errors import DatabaseUnusable

from .changes import Changes
from .observed import ObservedConnection
from .parts import Part
from .repeated import RepeatingConnection

_MAGIC = b"SQLite format 3\0"
_BUSY_SECONDS = 5.0
_LOCK_SECONDS = 2.0
"""A process that a killed server was just starting holds its lock until it has begun."""

_VERSION = "jams.data_version"

_BOTH = ("PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY")
_WRITER = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-16384", *_BOTH)
_READER = ("PRAGMA query_only=ON", *_BOTH)


_LOCKS = {Part.SCHEDULER: "lock", Part.SERVER: "callers.lock"}
"""What the name of the file ends in whose lock a part holds."""


class Held(Exception):
    """Another server has the database."""


def lock(path: Path, part: Part = Part.WHOLE) -> ExitStack:
    """Hold the database for this part of a server until what is given back is closed, or the process ends.

    Raises:
        Held: another server holds it.
        DatabaseUnusable: the folder cannot be written.
    """
    with ExitStack() as locks:
        for each in part.kept:
            locks.callback(_locked(path, _LOCKS[each]).release)
        return locks.pop_all()


def _locked(path: Path, suffix: str) -> FileLock:
    held = FileLock(f"{path}.{suffix}", timeout=_LOCK_SECONDS, is_singleton=False, thread_local=False)
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


class _Pool(QueuePool):
    """Closes what comes back to it when it is disposed of already: whoever still reads then is no reason to
    keep the file open.
    """

    _over = False

    def dispose(self) -> None:
        self._over = True
        super().dispose()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        if self._over:
            record.close()
        else:
            super()._do_return_conn(record)


class _Connection(ObservedConnection, RepeatingConnection):
    """A connection to a file."""


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
        hide_parameters=True,
        poolclass=_Pool,
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
    engine._connection_cls = _Connection

    return engine


def state_of(connection: Connection) -> Hashable:
    """A number that differs after every commit of others; asking for it fixes the snapshot that is read."""
    assert isinstance(connection, RepeatingConnection)
    number: int = connection.number("PRAGMA data_version")
    return number


class Watch:
    """Tells whether the database is as it was, by a connection that does nothing else.

    Args:
        engine: makes the connection, when it is first needed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None

    def state(self) -> Hashable | None:
        """A number that differs after every commit, of whomever; None when it cannot be read."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._engine.raw_connection()
                driver = self._connection.driver_connection
                number: int = driver.execute("PRAGMA data_version").fetchone()[0]
            except (sqlite3.Error, SQLAlchemyError, AttributeError):
                return None
            return number

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._connection is not None:
                # Its pool may be gone by now, and would keep it open unseen.
                self._connection.detach()
                self._connection.close()
                self._connection = None


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
