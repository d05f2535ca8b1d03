"""Opening databases: the one that a server works with, or the same one beside its server."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock
from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from jams.objects.errors import DatabaseUnusable

from . import definition_stamps, entry_cache, notices, schema, servers, sqlite
from .engine import Database
from .entry_cache import EntryCache
from .servers import Signature
from .writer import GroupWriter

if TYPE_CHECKING:
    from .standing import Standing

log = logging.getLogger(__name__)

READERS = 8
"""Connections to a database server that read at once."""

NOT_READING = 2
"""Connections to a database server beside those: the one that writes, and the standing one."""


def open_database(where: str | Path, *, server: str | None = None, readers: int = READERS) -> Database:
    """Open a database for a server, which alone works with it; create or upgrade what is in it.

    Args:
        where: path of an SQLite file, or the URL of a database (``postgresql://…``).
        server: the server's name, for whoever finds the database in use; the machine's if none is given.
        readers: how many connections to a database server read at once.

    Raises:
        DatabaseUnusable: it is missing, in use, locked, read-only, no database or of a newer schema; the
            message says what to do.
    """
    signature = servers.this_process(server)
    target = _target(where)
    if isinstance(target, Path):
        return _open_file(target, signature)
    return _open_postgresql(target, readers, signature)


def open_beside(where: str | Path) -> Database:
    """Open a database while a server may be working with it, for something short. It is not made or upgraded.

    Raises:
        DatabaseUnusable: it is not there, of another version, or cannot be used.
    """
    target = _target(where)
    if isinstance(target, Path):
        return _open_file(target, None)
    return _open_postgresql(target, 1, None)


def _target(where: str | Path) -> Path | URL:
    if isinstance(where, str) and "://" in where:
        try:
            url = make_url(where)
            kind = url.get_backend_name()
        except ArgumentError:
            raise DatabaseUnusable("The database's URL cannot be understood; write kind://place.") from None
        if kind != "sqlite":
            return url
        if not url.database or url.database == ":memory:":
            raise DatabaseUnusable("A database in memory is gone with the server; name a file.")
        where = url.database
    return Path(where).absolute()


def _open_file(path: Path, signature: Signature | None) -> Database:
    sqlite.check_folder(path)
    with ExitStack() as parts:
        if signature is None:
            sqlite.check_there(path)
        else:
            parts.callback(_lock_file(path).release)
        sqlite.check_file(path)
        cache, kept = EntryCache(sqlite.state_of), definition_stamps.Kept()
        engine = sqlite.writing_engine(path, {definition_stamps.OPTION: kept})
        parts.callback(engine.dispose)
        try:
            version = _schema_of(engine, str(path), signature)
        except DBAPIError as error:
            raise sqlite.unusable(path, error) from error
        reader = sqlite.reading_engine(path, {entry_cache.OPTION: cache, definition_stamps.OPTION: kept})
        writer = partial(GroupWriter, engine, sqlite.Session)
        return Database(reader, version, cache, writer, parts.pop_all().close)


def _lock_file(path: Path) -> FileLock:
    try:
        return sqlite.lock(path)
    except sqlite.Held:
        engine = sqlite.reading_engine(path, {})
        try:
            raise _in_use(str(path), engine)
        finally:
            engine.dispose()


def _open_postgresql(url: URL, readers: int, signature: Signature | None) -> Database:
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() != "postgresql":
        raise DatabaseUnusable(f"{shown} is neither SQLite nor PostgreSQL; name one of these.", target=shown)
    try:
        # Imported late: whoever uses SQLite needs no driver of another database.
        from . import postgresql
    except ImportError:
        raise DatabaseUnusable(
            f"The database {shown} needs the driver psycopg; install openjams[postgresql].", target=shown
        ) from None
    cache, kept = EntryCache(postgresql.state_of), definition_stamps.Kept()
    options: dict[str, Any] = {entry_cache.OPTION: cache, definition_stamps.OPTION: kept}
    with ExitStack() as parts:
        engine = postgresql.writing_engine(url, {definition_stamps.OPTION: kept})
        parts.callback(engine.dispose)
        standing = None
        try:
            postgresql.check(engine, shown)
            if signature is not None:
                standing = _hold(url, shown, signature, engine)
                parts.callback(standing.close)
            version = _schema_of(engine, shown, signature)
        except (SQLAlchemyError, postgresql.DriverError) as error:
            raise postgresql.unusable(shown, error) from None
        reader = postgresql.reading_engine(url, readers, options)
        # A server is the only one that listens, and need not tell itself: that would wake three processes.
        session = partial(postgresql.Session, notices.encode if signature is None else None)
        writer = partial(GroupWriter, engine, session)
        closing = parts.pop_all().close
        database = Database(reader, version, cache, writer, closing, hold=standing)
    if standing is not None:
        standing.watch(database.heard, database.missed, database.lost)
    return database


def _hold(url: URL, shown: str, signature: Signature, engine: Engine) -> Standing:
    from . import standing

    try:
        return standing.Standing(url, signature)
    except standing.Held:
        raise _in_use(shown, engine) from None


def _in_use(shown: str, engine: Engine) -> DatabaseUnusable:
    who = None
    try:
        with engine.connect() as connection:
            who = servers.signed(connection)
    except SQLAlchemyError as error:
        log.warning("who works with the database %s cannot be read: %s", shown, error)
    holder = who or "another JAMS server"
    return DatabaseUnusable(
        f"The database {shown} is in use by {holder}; stop it, or name another database.", target=shown
    )


def _schema_of(engine: Engine, shown: str, signature: Signature | None) -> str:
    """The version of the schema, brought up to date and signed if it is a server that opens the database."""
    if signature is None:
        return schema.checked(engine, shown)
    version = schema.upgrade(engine)
    with engine.begin() as connection:
        servers.sign(connection, signature)
    return version
