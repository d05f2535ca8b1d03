"""The places of databases at their servers: whether one is there, and making it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import URL

from jams.database import quoting, tablespaces
from jams.objects.errors import DatabaseUnusable, InvalidArgument
from jams.security.bootstrap import this_person


def is_there(url: URL) -> bool:
    """Whether the server has the database. Raises DatabaseUnusable when it cannot be asked."""
    if url.get_backend_name() == "mssql":
        return _asked_sql_server(url)
    import psycopg

    from jams.database import postgresql

    try:
        postgresql.connect(url, application_name="JAMSDBA", options="").close()
    except psycopg.Error as error:
        if isinstance(error, psycopg.OperationalError) and "does not exist" in str(error):
            return "role" in str(error)
        raise postgresql.unusable(url.render_as_string(hide_password=True), error) from None
    return True


def check_files(url: URL, files: Mapping[str, str]) -> None:
    """Check that the data files of a new database can lie where they are wanted; nothing is changed.

    Raises:
        DatabaseUnusable: they cannot.
        InvalidArgument: it is no place.
    """
    if not files:
        return
    if url.get_backend_name() == "mssql":
        if "Log" in files and "Primary" not in files:
            raise InvalidArgument("SQL Server takes LogFile only with PrimaryDataFile.", target="LogFile")
        return
    with _session(url, "postgres") as execute:
        tablespaces.check(execute, files, url.render_as_string(hide_password=True))


def make(url: URL, files: Mapping[str, str]) -> dict[str, str]:
    """Make the database if it is not there; the tablespaces in which its tables are to lie.

    Args:
        url: the database.
        files: where its data files are wanted, as :func:`jams.services.answers.data_files` gives them.

    Raises:
        DatabaseUnusable: it cannot be made.
    """
    if url.get_backend_name() == "mssql":
        if not is_there(url):
            _asked_sql_server(url, files)
        return {}
    there = is_there(url)
    if there and not files:
        return {}
    import psycopg

    with _session(url, "postgres") as execute:
        found = tablespaces.made(execute, files, str(url.database))
        if there:
            return found
        primary = found.pop(tablespaces.PRIMARY, None)
        statement = f"CREATE DATABASE {quoting.name(str(url.database))} ENCODING 'UTF8' TEMPLATE template0"
        try:
            execute(statement + (f" TABLESPACE {quoting.name(primary)}" if primary else ""))
        except psycopg.errors.InsufficientPrivilege:
            raise DatabaseUnusable(
                f"The user {url.username or this_person()} may not make databases; make {url.database} "
                "yourself (CREATE DATABASE), or give the right (ALTER ROLE ... CREATEDB).",
                target=url.render_as_string(hide_password=True),
            ) from None
        except psycopg.errors.DuplicateDatabase:
            pass
    return found


def place(url: URL, found: Mapping[str, str]) -> None:
    """Move the tables of a database on PostgreSQL to their tablespaces. Raises DatabaseUnusable."""
    if found:
        with _session(url, str(url.database)) as execute:
            for statement in tablespaces.moving(found):
                execute(statement)


@contextmanager
def _session(url: URL, database: str) -> Iterator[tablespaces.Execute]:
    """What runs statements at a PostgreSQL, each by itself. Raises DatabaseUnusable."""
    import psycopg

    from jams.database import postgresql

    shown = url.render_as_string(hide_password=True)
    try:
        with closing(
            postgresql.connect(
                url.set(database=database), application_name="JAMSDBA", options="-c statement_timeout=0"
            )
        ) as connection:

            def execute(statement: str) -> list[Any]:
                cursor = connection.execute(statement.encode())
                return cursor.fetchall() if cursor.description is not None else []

            yield execute
    except psycopg.Error as error:
        raise postgresql.unusable(shown, error) from None


def _asked_sql_server(url: URL, files: Mapping[str, str] | None = None) -> bool:
    """Whether a SQL Server has the database; it is made if files are told. Raises DatabaseUnusable."""
    from jams.database import database_servers

    database_servers.of(url)
    from jams.database import sqlserver

    try:
        if files is not None:
            sqlserver.make(url, files.get("Primary", ""), files.get("Log", ""))
        return sqlserver.is_there(url)
    except sqlserver.DriverError as error:
        raise sqlserver.unusable(url.render_as_string(hide_password=True), error) from None
