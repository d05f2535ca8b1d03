"""The version of the schema: what this program knows, what a database has, and how it is brought there."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, String, column, inspect, select, table

from jams.objects.errors import DatabaseUnusable

from . import tablespaces

log = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION_TABLE = "alembic_version"
_version = select(column("version_num", String())).select_from(table(_VERSION_TABLE))


def known_versions() -> list[str]:
    """The versions that this program has migrations for, oldest first: the numbers in the files' names."""
    return sorted(file.name[1:5] for file in (_MIGRATIONS / "versions").glob("r[0-9][0-9][0-9][0-9]_*.py"))


def current_version(connection: Connection) -> str | None:
    """The version of a database's schema; None if it has no tables yet.

    Raises:
        DatabaseUnusable: it holds tables of something else.
    """
    tables = inspect(connection).get_table_names()
    if _VERSION_TABLE in tables:
        return connection.scalar(_version)
    if tables:
        raise DatabaseUnusable("The database holds tables of another program; name another database.")
    return None


def checked(engine: Engine, shown: str) -> str:
    """The version of the schema of a database that is not to be changed.

    Raises:
        DatabaseUnusable: it has none, or not this program's.
    """
    newest = known_versions()[-1]
    with engine.connect() as connection:
        current = current_version(connection)
    if current is None:
        raise DatabaseUnusable(
            f"There is nothing in the database {shown} yet; start the server once.", target=shown
        )
    if current != newest:
        raise DatabaseUnusable(
            f"The database {shown} is of another version; start the server of this version once.",
            target=shown,
        )
    return newest


def upgrade(engine: Engine) -> str:
    """Bring the schema to the newest version, in one transaction; the version.

    Raises:
        DatabaseUnusable: the schema is newer than this program, or not ours.
    """
    versions = known_versions()
    newest = versions[-1]
    with engine.begin() as connection:
        current = current_version(connection)
        if current == newest:
            return newest
        if current is not None and current not in versions:
            raise DatabaseUnusable(
                f"The database has schema {current}, and this program knows schemas up to {newest}; "
                "start the version of JAMS that last used it, or a newer one."
            )
        if current is not None:
            log.warning("the database is upgraded from schema %s to %s", current, newest)
        _migrate(connection)
        if current is not None and connection.dialect.name == "postgresql":
            tablespaces.follow(connection)
        if current is not None:
            log.warning("the database was upgraded to schema %s", newest)
    return newest


def _migrate(connection: Connection) -> None:
    # Imported late: a start that finds the newest schema does not pay for it.
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
