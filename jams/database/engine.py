"""An open database: reading on snapshots, writing durable transactions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, make_url, select
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, OperationalError, SQLAlchemyError

from jams.objects.errors import DatabaseUnusable, InvalidArgument, ServerUnavailable

from . import changes, definitions, entry_cache, schema, sqlite
from .entry_cache import EntryCache
from .writer import GroupWriter

T = TypeVar("T")
log = logging.getLogger(__name__)


class _Writer(Protocol):
    def write(self, work: Callable[[Connection], T]) -> T: ...

    def close(self) -> None: ...


class Database:
    """An open database; made by :func:`open_database`. All methods may be called from any thread.

    Attributes:
        dialect: ``sqlite``, ``postgresql`` or ``mssql``.
        schema_version: the version of the schema.
        entry_cache: entries as they were last read.
    """

    def __init__(
        self,
        reader: Engine,
        schema_version: str,
        entry_cache: EntryCache,
        writer: Callable[[changes.Listener], _Writer],
        closing: Callable[[], None],
    ) -> None:
        self.dialect = reader.dialect.name
        self.schema_version = schema_version
        self.entry_cache = entry_cache
        self._reader = reader
        self._listeners: list[changes.Listener] = []
        self._writer = writer(self._publish)
        self._closing = closing

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that reads one state of the database, whatever is written meanwhile.

        Raises:
            InvalidArgument: a value of a kind that the database cannot compare with.
            ServerUnavailable: the database cannot be read.
        """
        try:
            with self._reader.connect() as connection:
                yield connection
        except DataError as error:
            raise _unfit(error) from error
        except OperationalError as error:
            log.error("the database cannot be read: %s", error.orig)
            raise ServerUnavailable("The database cannot be read.") from error

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as a transaction; return what it returns once that is durable.

        What ``work`` raises undoes it and is raised here. It may share a commit with others and run in
        another thread, so it must not block, and must not call this.

        Raises:
            InvalidArgument: a value that the database cannot hold.
            ServerUnavailable: the database could not store it; nothing was changed.
            RuntimeError: called from inside ``work``.
        """
        return self._writer.write(work)

    def listen(self, listener: changes.Listener) -> None:
        """Call ``listener`` after each durable transaction that has changed entries, with their numbers.

        It is called in the thread that wrote, and must not block.
        """
        self._listeners.append(listener)

    def check(self) -> None:
        """Raises ServerUnavailable when the database cannot be read."""
        with self.read() as connection:
            connection.scalar(select(1))

    def close(self) -> None:
        """Finish what is being written and let go of the database; idempotent."""
        self._writer.close()
        self._reader.dispose()
        self._closing()

    def _publish(self, changed: changes.Changes) -> None:
        for listener in self._listeners:
            try:
                listener(changed)
            except Exception:
                log.exception("a listener to entries failed")


def open_database(where: str | Path) -> Database:
    """Open a database, creating or upgrading what is in it.

    Args:
        where: path of an SQLite file, or the URL of a database (``postgresql://…``).

    Raises:
        DatabaseUnusable: it is missing, locked, read-only, no database or of a newer schema; the message
            says what to do.
    """
    if isinstance(where, str) and "://" in where:
        try:
            url = make_url(where)
            kind = url.get_backend_name()
        except ArgumentError:
            raise DatabaseUnusable("The database's URL cannot be understood; write kind://place.") from None
        if kind != "sqlite":
            return _open_server(where)
        if not url.database or url.database == ":memory:":
            raise DatabaseUnusable("A database in memory is gone with the server; name a file.")
        where = url.database
    return _open_file(Path(where).absolute())


def _open_file(path: Path) -> Database:
    sqlite.check_folder(path)
    lock = sqlite.lock(path)
    cache, kept = EntryCache(sqlite.state_of), definitions.Kept()
    engine = sqlite.writing_engine(path, {definitions.OPTION: kept})

    def close() -> None:
        engine.dispose()
        lock.release()

    try:
        sqlite.check_file(path)
        version = schema.upgrade(engine)
        reader = sqlite.reading_engine(path, {entry_cache.OPTION: cache, definitions.OPTION: kept})
        return Database(reader, version, cache, lambda listener: GroupWriter(engine, listener), close)
    except DBAPIError as error:
        close()
        raise sqlite.unusable(path, error) from error
    except BaseException:
        close()
        raise


class _PlainWriter:
    """Transactions of a database server, which orders its writers itself."""

    def __init__(self, engine: Engine, published: changes.Listener) -> None:
        self._engine = engine
        self._published = published

    def write(self, work: Callable[[Connection], T]) -> T:
        """As :meth:`Database.write`; what ``work`` may not do is not detected."""
        try:
            with self._engine.connect() as connection:
                changes.take(connection)
                with connection.begin():
                    result = work(connection)
                changed = changes.take(connection)
        except DataError as error:
            raise _unfit(error) from error
        except OperationalError as error:
            log.error("the database cannot be written: %s", error.orig)
            raise ServerUnavailable("The database could not store this; nothing was changed.") from error
        if changed:
            self._published(changed)
        return result

    def close(self) -> None:
        self._engine.dispose()


def _unfit(error: DataError) -> InvalidArgument:
    reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
    return InvalidArgument(f"The database cannot take a value: {reason}.")


def _open_server(url: str) -> Database:
    cache = EntryCache()
    target = make_url(url)
    if target.drivername == "postgresql":
        target = target.set(drivername="postgresql+psycopg")
    shown = target.render_as_string(hide_password=True)
    try:
        kept = {definitions.OPTION: definitions.Kept()}
        engine = create_engine(target, pool_pre_ping=True, execution_options=kept)
        version = schema.upgrade(engine)
        options: dict[str, Any] = {entry_cache.OPTION: cache}
        if engine.dialect.name == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        reader = engine.execution_options(**options)
    except (SQLAlchemyError, ImportError) as error:
        log.error("the database %s cannot be used: %s", shown, error)
        raise DatabaseUnusable(
            f"The database {shown} cannot be used; check that its server runs, the address and the rights.",
            target=shown,
        ) from None
    return Database(reader, version, cache, lambda listener: _PlainWriter(engine, listener), lambda: None)
