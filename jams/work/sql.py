"""The methods SQLCommand and SQLStoredProc: SQL at whatever database SQLAlchemy has a dialect for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from .batches import conduct_of, do_all
from .running import Failure, Given, cancelled_by
from .statements import bound, statements
from .tables import write_count, write_table

_PROCEDURE = re.compile(r'[\w$#."\[\]`]+')
_OWN = ("connectionstring", "continueonerror", "transaction", "maximumrows")
_DRIVERS = {"postgresql": "postgresql+psycopg"}


def run(given: Given) -> int:
    """Run the statements of the source, or its procedure; 1 if one of them has failed. Raises Failure."""
    url = _url(given)
    procedure = given.task.method.casefold() == "sqlstoredproc"
    texts = [_call(given, url.get_backend_name())] if procedure else list(statements(given.task.source))
    if not texts:
        raise Failure("The source holds no statement.")
    conduct = conduct_of(given)
    with _engine(url) as engine, _connected(engine) as connection, cancelled_by(lambda: _cancel(connection)):
        if not conduct.together:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        return do_all(
            texts,
            conduct,
            do=lambda each: _done(connection, each, given),
            commit=lambda: _committed(connection),
            roll_back=connection.rollback,
        )


def _url(given: Given) -> URL:
    written = given.text("ConnectionString")
    if not written:
        raise Failure("The parameter ConnectionString says no database, as in postgresql://host/name.")
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise Failure("ConnectionString is no address of a database, as in postgresql://host/name.") from None
    if url.password is not None or "password" in url.query:
        raise Failure("ConnectionString holds a password: name a credential by ConnectionCredential.")
    if given.task.user_name is not None:
        url = url.set(username=given.task.user_name, password=given.password)
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


@contextmanager
def _engine(url: URL) -> Iterator[Engine]:
    try:
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    except ArgumentError as error:
        if not isinstance(error, NoSuchModuleError):
            raise Failure(f"ConnectionString cannot be used: {_first_line(error)}") from None
        raise Failure(f"This server has no driver for {url.drivername}.") from None
    except (ImportError, SQLAlchemyError) as error:
        raise Failure(f"This server has no driver for {url.drivername}: {_first_line(error)}.") from None
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except SQLAlchemyError as error:
        raise Failure(f"The database cannot be reached: {_first_line(error)}") from None
    try:
        yield connection
    finally:
        with suppress(SQLAlchemyError):
            connection.close()


def _done(connection: Connection, statement: str, given: Given) -> bool:
    """Do one statement and write what it gives; whether it went well."""
    values = given.values()
    written, names = bound(
        statement, values, lambda name: f":{_key(name)}", lambda plain: plain.replace(":", r"\:")
    )
    try:
        result = connection.execute(text(written), {_key(name): values[name] for name in names})
        _show(result, given)
    except DBAPIError as error:
        print(f"{_shown(statement)}\n{_told(error)}", flush=True)
        return False
    except SQLAlchemyError as error:
        print(f"{_shown(statement)}\n{_first_line(error)}", flush=True)
        return False
    sys.stdout.flush()
    return True


def _committed(connection: Connection) -> bool:
    try:
        connection.commit()
    except SQLAlchemyError as error:
        print(_told(error), flush=True)
        return False
    return True


def _show(result: CursorResult[Any], given: Given) -> None:
    if result.returns_rows:
        write_table(list(result.keys()), result, sys.stdout, most=given.number("MaximumRows", 1000))
    else:
        write_count(result.rowcount, sys.stdout)


def _call(given: Given, dialect: str) -> str:
    """The statement that calls the procedure of the source."""
    source = given.task.source.strip().rstrip(";").strip()
    name, opening, _ = source.partition("(")
    if not _PROCEDURE.fullmatch(name.strip()) or (opening and not source.endswith(")")):
        raise Failure(
            "The source of a SQLStoredProc is the name of one procedure, with (arguments) or without."
        )
    names = [each for each in given.task.parameters if each.casefold() not in _OWN]
    if dialect == "mssql":
        arguments = source[len(name) + 1 : -1] if opening else ", ".join(f"@{each}=:{each}" for each in names)
        return f"EXEC {name.strip()} {arguments}"
    if dialect == "sqlite":
        raise Failure("SQLite has no procedures.")
    if opening:
        return f"CALL {source}"
    return f"CALL {name.strip()}({', '.join(f':{each}' for each in names)})"


def _cancel(connection: Connection) -> None:
    """Have the database leave off: it would go on by itself after this process."""
    raw: Any = connection.connection.driver_connection
    for name in ("cancel_safe", "cancel", "interrupt"):
        method = getattr(raw, name, None)
        if callable(method):
            method()
            return


def _key(name: str) -> str:
    """A name of a parameter as one of a bound value."""
    return "p_" + re.sub(r"\W", "_", name)


def _shown(statement: str) -> str:
    lines = statement.splitlines()
    return lines[0] + (" …" if len(lines) > 1 else "")


def _told(error: SQLAlchemyError) -> str:
    """What the database says of an error, without what was sent to it."""
    return str(getattr(error, "orig", None) or error).strip()


def _first_line(error: BaseException) -> str:
    return _told(error).splitlines()[0] if isinstance(error, SQLAlchemyError) else str(error)
