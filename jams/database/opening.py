"""Opening databases: the one that a server works with, or the same one beside its server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from jams.objects.errors import DatabaseUnusable

from . import database_servers, definition_stamps, entry_cache, schema, servers, sqlite, sqlite_bell
from .changes import Listener
from .engine import Database
from .entry_cache import EntryCache
from .holding import Held, Holding
from .parts import Part
from .servers import Signature
from .writer import GroupWriter

log = logging.getLogger(__name__)

READERS = 8
"""Connections to a database server that read at once."""

NOT_READING = 2
"""Connections to a database server beside those: the one that writes, and the standing one."""


def open_database(
    where: str | Path, *, server: str | None = None, readers: int = READERS, part: Part = Part.WHOLE
) -> Database:
    """Open a database for a server, which alone works with it; create or upgrade what is in it.

    A part of a server shares it with the other part alone, and they tell each other what they change.

    Args:
        where: path of an SQLite file, or the URL of a database (``postgresql://…``, ``mssql://…``).
        server: the server's name, for whoever finds the database in use; the machine's if none is given.
        readers: how many connections to a database server read at once.
        part: what the process does of a server's work.

    Raises:
        DatabaseUnusable: it is missing, in use, locked, read-only, no database or of a newer schema; the
            message says what to do.
    """
    signature = servers.this_process(server)
    target = _target(where)
    if isinstance(target, Path):
        return _open_file(target, signature, part)
    return _open_at_server(target, readers, signature, part)


def open_beside(where: str | Path) -> Database:
    """Open a database while a server may be working with it, for something short. It is not made or upgraded.

    Raises:
        DatabaseUnusable: it is not there, of another version, or cannot be used.
    """
    target = _target(where)
    if isinstance(target, Path):
        return _open_file(target, None)
    return _open_at_server(target, 1, None)


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


def _open_file(path: Path, signature: Signature | None, part: Part = Part.WHOLE) -> Database:
    sqlite.check_folder(path)
    with ExitStack() as parts:
        if signature is None:
            sqlite.check_there(path)
        else:
            parts.callback(_lock_file(path, part).close)
        sqlite.check_file(path)
        cache, kept = EntryCache(sqlite.state_of), definition_stamps.Kept()
        engine = sqlite.writing_engine(path, {definition_stamps.OPTION: kept})
        parts.callback(engine.dispose)
        try:
            other = partial(_lock_file, path, part.other)
            version = _schema_of(engine, str(path), signature, part, other)
        except DBAPIError as error:
            raise sqlite.unusable(path, error) from error
        reader = sqlite.reading_engine(path, {entry_cache.OPTION: cache, definition_stamps.OPTION: kept})
        watch = sqlite.Watch(reader)
        parts.callback(watch.close)
        bell = None if signature is None else sqlite_bell.bell_of(path, part)
        if bell is not None:
            parts.callback(bell.close)

        def writer(published: Listener, missed: Callable[[], None]) -> GroupWriter:
            told = published if bell is None else bell.telling(published)
            return GroupWriter(engine, sqlite.Session, told, missed)

        closing = parts.pop_all().close
        database = Database(reader, version, cache, writer, closing, state=watch.state)
    if bell is not None:
        bell.start(database.heard, database.missed)
    return database


def _lock_file(path: Path, part: Part) -> ExitStack:
    try:
        return sqlite.lock(path, part)
    except sqlite.Held:
        engine = sqlite.reading_engine(path, {})
        try:
            raise _in_use(str(path), engine)
        finally:
            engine.dispose()


def _open_at_server(url: URL, readers: int, signature: Signature | None, part: Part = Part.WHOLE) -> Database:
    shown = url.render_as_string(hide_password=True)
    kind = database_servers.of(url)
    cache, kept = EntryCache(kind.state_of), definition_stamps.Kept()
    options: dict[str, Any] = {entry_cache.OPTION: cache, definition_stamps.OPTION: kept}
    with ExitStack() as parts:
        standing = None
        try:
            engine = kind.writing_engine(url, {definition_stamps.OPTION: kept})
            parts.callback(engine.dispose)
            kind.check(engine, shown)
            if signature is not None:
                standing = _hold(url, shown, signature, engine, part)
                parts.callback(standing.close)
            version = _schema_of(engine, shown, signature, part, partial(_beside, standing, shown, engine))
        except (SQLAlchemyError, kind.DriverError) as error:
            raise kind.unusable(shown, error) from None
        reader = kind.reading_engine(url, readers, options)
        whole = signature is not None and part is Part.WHOLE
        writer = partial(GroupWriter, engine, kind.session_of(beside=not whole))
        closing = parts.pop_all().close
        database = Database(reader, version, cache, writer, closing, hold=standing)
    if standing is not None:
        standing.watch(database.heard, database.missed, database.lost)
    return database


def _hold(url: URL, shown: str, signature: Signature, engine: Engine, part: Part) -> Holding:
    try:
        return database_servers.hold(url, signature, part)
    except Held:
        raise _in_use(shown, engine) from None


@contextmanager
def _beside(standing: Holding | None, shown: str, engine: Engine) -> Iterator[None]:
    """Keep the other part of a server out."""
    assert standing is not None
    try:
        with standing.beside():
            yield
    except Held:
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


def _schema_of(
    engine: Engine,
    shown: str,
    signature: Signature | None,
    part: Part,
    other: Callable[[], AbstractContextManager[object]],
) -> str:
    """The version of the schema, brought up to date and signed if it is a server that opens the database.

    A part of a server brings it up to date only while ``other`` keeps the other part out.
    """
    if signature is None:
        return schema.checked(engine, shown)
    if part is Part.WHOLE:
        version = schema.upgrade(engine)
    else:
        try:
            version = schema.checked(engine, shown)
        except DatabaseUnusable:
            with other():
                version = schema.upgrade(engine)
    if part.signs:
        with engine.begin() as connection:
            servers.sign(connection, signature)
    return version
