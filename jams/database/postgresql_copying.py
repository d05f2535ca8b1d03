"""Copies of PostgreSQL: made by ``pg_dump``, and put in place by ``pg_restore`` and ``psql``."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from jams.objects.errors import DatabaseUnusable, JAMSError, ServerUnavailable

from . import quoting, servers, tablespaces
from .copying import Copied, Pace, Tell, flush
from .holding import Held

_PIECE = 1 << 20
_NICENESS = 10

_LOCK = "SELECT pg_try_advisory_lock(hashtext('JAMS scratch'), hashtext(%s))"

_EMPTY = """
DO $jams$
DECLARE one record;
BEGIN
    FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = {schema} LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I.%I CASCADE', {schema}, one.name);
    END LOOP;
    FOR one IN SELECT sequencename AS name FROM pg_sequences WHERE schemaname = {schema} LOOP
        EXECUTE format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', {schema}, one.name);
    END LOOP;
END $jams$;
"""


class PostgresqlSource:
    """See :class:`Source`; the schema of a PostgreSQL database in which the tables of JAMS are."""

    kind = "postgresql"

    def __init__(self, url: URL) -> None:
        self._url = url

    @property
    def _shown(self) -> str:
        return self._url.render_as_string(hide_password=True)

    def copy(self, to: Path, stop: threading.Event, tell: Tell) -> Copied:
        """See :class:`Source`; the rows are counted in the very state that is copied."""
        with self._session() as session:
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = session.execute("SELECT pg_export_snapshot()").fetchone()[0]
            schema = session.execute("SELECT current_schema()").fetchone()[0]
            copied = _contents(session, schema)
            tell("the database is copied by pg_dump")
            command = ["pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
            command += [f"--snapshot={snapshot}", f"--schema={quoting.name(schema)}"]
            self._run([*command, *self._where(self._url)], to, stop)
        flush(to)
        return copied

    @contextmanager
    def held(self) -> Iterator[PostgresqlHeld]:
        """See :class:`Source`."""
        from .standing import Standing

        signature = servers.this_process("restore")
        try:
            session = Standing(self._url, signature)
        except Held:
            raise DatabaseUnusable(
                f"The database {self._shown} is in use by a server; stop it first.", target=self._shown
            ) from None
        except Exception as error:
            raise self._unusable(error) from None
        try:
            yield PostgresqlHeld(self)
        finally:
            session.close()

    def contents(self) -> Copied:
        """What the database holds."""
        with self._session() as session:
            return _contents(session, session.execute("SELECT current_schema()").fetchone()[0])

    def check_place(self, place: str) -> None:
        """See :class:`Source`."""
        with self._session() as session:
            ours = session.execute("SELECT current_schema()").fetchone()[0]
        if ours != place:
            raise DatabaseUnusable(
                f"The tables in the backup lay in the schema {place}, and those of {self._shown} in {ours}; "
                "restore it into a database whose schema is called so. Nothing was changed.",
                target=self._shown,
            )

    @contextmanager
    def scratch(self, copy: Path, place: str) -> Iterator[str]:
        """See :class:`Source`; a database of its own on the same server."""
        with self._session() as session:
            ours = session.execute(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()
            name = f"jams_verify_{ours[0]}_{secrets.token_hex(6)}"
            _drop_left(session, f"jams_verify_{ours[0]}_")
            session.execute(_LOCK, [name])
            try:
                session.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
            except Exception as error:
                raise self._unusable(error) from None
            try:
                made = self._url.set(database=name)
                if place != "public":
                    with PostgresqlSource(made.set(query={}))._session() as inside:
                        inside.execute(f"CREATE SCHEMA {quoting.name(place)}")
                PostgresqlSource(made).fill(copy)
                yield made.render_as_string(hide_password=False)
            finally:
                session.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def fill(self, copy: Path) -> None:
        """Put a copy in the place of all tables, in one transaction. Raises DatabaseUnusable."""
        with self._session() as session:
            schema = session.execute("SELECT current_schema()").fetchone()[0]
            placed = tablespaces.placed(lambda statement: session.execute(statement).fetchall())
        text = quoting.text(str(schema))
        command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        command += ["--output=/dev/null", "--file=-", *self._where(self._url)]
        # Where the tables lie is no matter of the copy: the server may be another one.
        unpack = [_program("pg_restore"), "--no-owner", "--no-privileges", "--no-tablespaces"]
        unpack += ["--exit-on-error"]
        unpack += [f"--schema={schema}", "--file=-", str(copy)]
        with (
            subprocess.Popen(unpack, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as unpacked,
            subprocess.Popen(
                [_program(command[0]), *command[1:]],
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment(),
            ) as taker,
        ):
            assert unpacked.stdout is not None and unpacked.stderr is not None
            assert taker.stdin is not None and taker.stderr is not None
            whole = False
            try:
                # Whoever is killed on the way has not said COMMIT, and PostgreSQL undoes what was begun.
                taker.stdin.write(b"BEGIN;\n" + _EMPTY.format(schema=text).encode())
                shutil.copyfileobj(unpacked.stdout, taker.stdin, 1 << 20)
                whole = unpacked.wait() == 0
                if whole:
                    # The copy leaves no search path.
                    home = [f"SET LOCAL search_path = {quoting.name(schema)}", *tablespaces.moving(placed)]
                    taker.stdin.write((";\n".join(["", *home, "COMMIT"]) + ";\n").encode())
                    taker.stdin.flush()
            except BrokenPipeError:
                whole = False
            finally:
                if not whole:
                    taker.kill()
                    unpacked.kill()
                with suppress(BrokenPipeError):
                    taker.stdin.close()
            fault = taker.stderr.read().decode(errors="replace")
            if taker.wait() != 0 or not whole:
                told = fault or unpacked.stderr.read().decode(errors="replace")
                raise DatabaseUnusable(
                    f"The copy could not be put into the database {self._shown}; nothing was changed: "
                    f"{_first_line(told)}",
                    target=self._shown,
                )

    def _run(self, command: list[str], to: Path, stop: threading.Event) -> None:
        """Run a program that writes a copy, and take it from there at leisure: what it reads of the database
        is read no faster. Raises BrokenOff, OSError, ServerUnavailable.
        """
        with (
            to.open("wb") as file,
            tempfile.TemporaryFile() as told,
            subprocess.Popen(
                [_program(command[0]), *command[1:]],
                stdout=subprocess.PIPE,
                stderr=told,
                env=self._environment(),
            ) as program,
        ):
            assert program.stdout is not None
            _let_others_go_first(program.pid)
            pace = Pace(stop)
            try:
                while piece := program.stdout.read(_PIECE):
                    file.write(piece)
                    pace.rest()
            except BaseException:
                program.kill()
                raise
            if program.wait() != 0:
                told.seek(0)
                reason = _first_line(told.read().decode(errors="replace"))
                raise ServerUnavailable(f"The database {self._shown} could not be copied: {reason}")

    def _environment(self) -> dict[str, str]:
        """A password goes by the environment: arguments can be seen by everybody."""
        given = dict(os.environ)
        if self._url.password is not None:
            given["PGPASSWORD"] = str(self._url.password)
        return given

    def _where(self, url: URL) -> list[str]:
        plain = url.set(drivername="postgresql", password=None)
        return [f"--dbname={plain.render_as_string(hide_password=False)}"]

    @contextmanager
    def _session(self) -> Iterator[Any]:
        from . import postgresql

        try:
            session = postgresql.connect(
                self._url,
                application_name="JAMS backup",
                # Workers that count beside each other would take every core from those who wait.
                options="-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
                " -c max_parallel_workers_per_gather=0",
            )
        except postgresql.DriverError as error:
            raise postgresql.unusable(self._shown, error) from None
        with closing(session):
            yield session

    def _unusable(self, error: Exception) -> JAMSError:
        from . import postgresql

        if isinstance(error, postgresql.DriverError):
            return postgresql.unusable(self._shown, error)
        return DatabaseUnusable(f"The database {self._shown} cannot be used: {error}.", target=self._shown)


class PostgresqlHeld:
    """See :class:`Held`."""

    def __init__(self, source: PostgresqlSource) -> None:
        self._source = source

    def replace(self, copy: Path) -> str | None:
        """See :class:`Held`: one transaction removes what was there and brings what the copy has."""
        self._source.fill(copy)
        return None


def _drop_left(session: Any, prefix: str) -> None:
    """Remove the scratch databases of those that were killed: nobody holds the lock of their names."""
    left = session.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    ).fetchall()
    for (name,) in left:
        if session.execute(_LOCK, [name]).fetchone()[0]:
            session.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _contents(session: Any, schema: str) -> Copied:
    from psycopg import sql

    names = session.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema]).fetchall()
    rows = {
        name: session.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
        ).fetchone()[0]
        for (name,) in names
    }
    if "alembic_version" not in rows:
        raise DatabaseUnusable("There is nothing of JAMS in the database yet.")
    version = session.execute("SELECT version_num FROM alembic_version").fetchone()
    return Copied(str(version[0]), schema, rows)


def _let_others_go_first(process: int) -> None:
    """Give a program of ours less of the processors than who answers callers has."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, _NICENESS)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ServerUnavailable(
            f"The program {name} of PostgreSQL is not there; install its client programs."
        )
    return found


def _first_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else "it gave no reason")[:300]
