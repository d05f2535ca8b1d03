"""Databases of tests: an SQLite file, or a PostgreSQL database that is made once and emptied after each test.

``JAMS_TEST_SQLSERVER`` is a connection string of a SQL Server: with ``JAMS_TEST_DATABASE=sqlserver``, as
``run.py conformance`` has it, each test makes a database there and drops it.

``JAMS_TEST_POSTGRESQL`` is the address of a PostgreSQL server whose user may make databases, without the name
of one; ``JAMS_TEST_DATABASE`` (``sqlite`` or ``postgresql``) lets tests that run on both run on one alone.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from jams.database import open_database

if TYPE_CHECKING:
    import psycopg

SERVER = os.environ.get("JAMS_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
SQL_SERVER = os.environ.get("JAMS_TEST_SQLSERVER", "")
KINDS = [os.environ["JAMS_TEST_DATABASE"]] if "JAMS_TEST_DATABASE" in os.environ else ["sqlite", "postgresql"]

_PREFIX = f"jams_test_{os.getpid()}_"
_EMPTY = """
DO $$
DECLARE
    here record;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR here IN
        SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    LOOP
        EXECUTE format('DELETE FROM public.%I', here.name);
        EXECUTE format('INSERT INTO public.%I SELECT * FROM pristine.%I', here.name, here.name);
    END LOOP;
    FOR here IN SELECT * FROM pristine.sequences LOOP
        PERFORM setval(format('public.%I', here.name)::regclass, here.last, here.called);
    END LOOP;
END $$
"""
_SHAPE = """
SELECT md5(string_agg(
    concat_ws(' ', relname, relkind, attname, atttypid, atttypmod, attnotnull), ',' ORDER BY relname, attnum
))
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0
"""
_REMEMBER = """
DO $$
DECLARE
    here record;
BEGIN
    CREATE SCHEMA pristine;
    FOR here IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', here.name, here.name);
    END LOOP;
    CREATE TABLE pristine.sequences AS
        SELECT sequencename AS name, coalesce(last_value, start_value) AS last,
            last_value IS NOT NULL AS called
        FROM pg_sequences WHERE schemaname = 'public';
END $$
"""


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Path | str]:
    """A new database for :func:`jams.database.open_database`: a file in the folder, or an address.

    Skips the test when no PostgreSQL answers.
    """
    if kind == "sqlite":
        yield folder / "jams.db"
        return
    if kind == "sqlserver":
        with _at_sql_server(folder) as address:
            yield address
        return
    cluster = _cluster()
    name = cluster.take()
    try:
        yield f"{SERVER}/{name}"
    finally:
        cluster.give_back(name)


def answers() -> bool:
    """Whether there is a PostgreSQL to make databases on."""
    try:
        _cluster()
    except pytest.skip.Exception:
        return False
    return True


def connection_to(place: Path | str) -> dict[str, str]:
    """The keys of ``Common.config`` by which a server uses the database."""
    return {"ConnectionString": str(place)}


@contextmanager
def unmade(**options: str) -> Iterator[str]:
    """The address of a PostgreSQL database without tables; ``options`` of CREATE DATABASE."""
    cluster = _cluster()
    name = cluster.make(**options)
    try:
        yield f"{SERVER}/{name}"
    finally:
        cluster.drop(name)


def drop_all() -> None:
    """Drop what this process has made."""
    if _cluster.cache_info().currsize:
        _cluster().close()


@contextmanager
def _at_sql_server(folder: Path) -> Iterator[str]:
    from jams.database import sqlserver
    from jams.services.connection_strings import database_url

    url = database_url(SQL_SERVER, folder).set(database=f"{_PREFIX}{secrets.token_hex(4)}")
    sqlserver.make(url)
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        sqlserver.drop(url)


class _Cluster:
    """A PostgreSQL server. Emptying a database takes milliseconds where dropping it takes a second."""

    def __init__(self) -> None:
        import psycopg

        self._admin = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=5)
        self._free: list[str] = []
        self._drop_remains()
        self._template = self.make()
        open_database(f"{SERVER}/{self._template}").close()
        with self._inside(self._template) as template:
            self._shape = template.execute(_SHAPE).fetchone()
            template.execute(_REMEMBER)

    def take(self) -> str:
        """A database with the schema, and nothing in it but what it begins with."""
        while self._free:
            name = self._free.pop()
            self._end_sessions(name)
            with self._inside(name) as connection:
                if connection.execute(_SHAPE).fetchone() == self._shape:
                    connection.execute(_EMPTY)
                    return name
            self.drop(name)  # A test has changed its tables.
        return self.make(template=self._template)

    def give_back(self, name: str) -> None:
        """Nobody uses the database any more."""
        self._free.append(name)

    def make(self, **options: str) -> str:
        name = f"{_PREFIX}{secrets.token_hex(4)}"
        words = " ".join(f"{option.upper()} {value}" for option, value in options.items())
        self._admin.execute(f"CREATE DATABASE {name} {words}")
        return name

    def drop(self, name: str) -> None:
        self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        for name in self._databases(_PREFIX):
            self.drop(name)
        self._admin.close()

    def _inside(self, name: str) -> psycopg.Connection:
        import psycopg

        return psycopg.connect(f"{SERVER}/{name}", autocommit=True)

    def _end_sessions(self, name: str) -> None:
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )

    def _databases(self, prefix: str) -> list[str]:
        rows = self._admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [row[0] for row in rows]

    def _drop_remains(self) -> None:
        """Drop what processes have left behind that are gone."""
        for name in self._databases("jams_test_"):
            process = name.split("_")[2]
            if process.isdecimal() and not psutil.pid_exists(int(process)):
                self.drop(name)


@cache
def _cluster() -> _Cluster:
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    try:
        return _Cluster()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers at {SERVER}: {error}")
