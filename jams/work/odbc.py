"""The method OdbcCommand: SQL through a driver of ODBC."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from .batches import conduct_of, do_all
from .running import Failure, Given, cancelled_by
from .statements import bound, statements
from .tables import write_count, write_table

_SECRET = re.compile(r"(?:^|;)\s*(?:pwd|password)\s*=", re.I)


def run(given: Given) -> int:
    """Run the statements of the source; 1 if one of them has failed. Raises Failure."""
    texts = list(statements(given.task.source))
    if not texts:
        raise Failure("The source holds no statement.")
    conduct = conduct_of(given)
    with _connected(given, autocommit=not conduct.together) as connection:
        cursor = connection.cursor()
        with cancelled_by(cursor.cancel):
            return do_all(
                texts,
                conduct,
                do=lambda each: _done(cursor, each, given),
                commit=lambda: _committed(connection),
                roll_back=connection.rollback,
            )


@contextmanager
def _connected(given: Given, *, autocommit: bool) -> Iterator[Any]:
    import pyodbc

    written = given.text("ConnectionString")
    if not written:
        raise Failure("The parameter ConnectionString says no source of data, as in DSN=Sales.")
    if _SECRET.search(written):
        raise Failure("ConnectionString holds a password: name a credential by ConnectionCredential.")
    if given.task.user_name is not None:
        account = f"UID={_braced(given.task.user_name)};PWD={_braced(given.password or '')}"
        written = f"{written.rstrip(';')};{account}"
    try:
        connection = pyodbc.connect(written, autocommit=autocommit)
    except pyodbc.Error as error:
        raise Failure(f"The source of data cannot be reached: {_told(error, given)}") from None
    try:
        yield connection
    finally:
        with suppress(pyodbc.Error):
            connection.close()


def _done(cursor: Any, statement: str, given: Given) -> bool:
    import pyodbc

    values = given.values()
    written, names = bound(statement, values, lambda name: "?", lambda plain: plain)
    try:
        cursor.execute(written, [values[name] for name in names])
        while True:
            if cursor.description is not None:
                heads = [column[0] for column in cursor.description]
                write_table(heads, cursor, sys.stdout, most=given.number("MaximumRows", 1000))
            else:
                write_count(cursor.rowcount, sys.stdout)
            if not cursor.nextset():
                break
    except pyodbc.Error as error:
        print(f"{statement.splitlines()[0]}\n{_told(error, given)}", flush=True)
        return False
    sys.stdout.flush()
    return True


def _committed(connection: Any) -> bool:
    import pyodbc

    try:
        connection.commit()
    except pyodbc.Error as error:
        print(error.args[-1], flush=True)
        return False
    return True


def _braced(text: str) -> str:
    """A value of a connection string; in braces only where need be: some drivers take them as its own."""
    if not re.search(r"[;{}\s]", text):
        return text
    return "{" + text.replace("}", "}}") + "}"


def _told(error: Exception, given: Given) -> str:
    """What a driver says of an error; never the password, which some repeat."""
    said = str(error.args[-1] if error.args else error)
    return said.replace(given.password, "…") if given.password else said
