"""A database as it stands, looked at without a word to it: what schema it has, and who works with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import URL, Engine, inspect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from jams.objects.errors import DatabaseUnusable

from . import database_servers, schema, servers, sqlite, stored_settings


class Look(Struct, frozen=True, kw_only=True):
    """What was seen.

    Attributes:
        shown: the database as it is called, without its password.
        version: the version of its schema; None if there are no tables yet, or no file.
        server: who has signed last; it may be over.
    """

    shown: str
    version: str | None
    server: str | None


def look(url: URL) -> Look:
    """Look at a database; nothing is made, upgraded or signed.

    Raises:
        DatabaseUnusable: it cannot be reached, or holds tables of something else.
    """
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        sqlite.check_folder(path)
        if not path.exists() or not path.stat().st_size:
            return Look(shown=str(path), version=None, server=None)
        sqlite.check_file(path)
        return _seen(sqlite.reading_engine(path, {}), str(path))
    shown = url.render_as_string(hide_password=True)
    kind = database_servers.of(url)
    engine = kind.reading_engine(url, 1, {})
    try:
        kind.check(engine, shown)
        return _seen(engine, shown)
    except (SQLAlchemyError, kind.DriverError) as error:
        raise kind.unusable(shown, error) from None


def setting(url: URL, name: str) -> Any:
    """What the value of a setting means, in a database of the newest schema.

    Raises:
        DatabaseUnusable: it cannot be reached.
        ConfigurationInvalid: the value cannot be read.
    """
    if url.get_backend_name() == "sqlite":
        engine = sqlite.reading_engine(Path(str(url.database)), {})
    else:
        engine = database_servers.of(url).reading_engine(url, 1, {})
    try:
        with engine.connect() as connection:
            return stored_settings.value(connection, name)
    except DBAPIError as error:
        shown = url.render_as_string(hide_password=True)
        raise DatabaseUnusable(f"The database {shown} cannot be read: {error.orig}.", target=shown) from None
    finally:
        engine.dispose()


def _seen(engine: Engine, shown: str) -> Look:
    try:
        with engine.connect() as connection:
            version = schema.current_version(connection)
            server = None
            if version is not None and inspect(connection).has_table("server"):
                server = servers.signed(connection)
        return Look(shown=shown, version=version, server=None if server is None else str(server))
    except SQLAlchemyError as error:
        if engine.dialect.name != "sqlite":
            raise
        raise DatabaseUnusable(f"The database {shown} cannot be read: {error}.", target=shown) from None
    finally:
        engine.dispose()
