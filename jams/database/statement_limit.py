"""A limit for how long the statements of a reading connection may take, on every database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from . import faults

_STEPS = 5000
"""Steps of SQLite's machine between two looks at the clock: less than a millisecond."""


class TookTooLong(Exception):
    """A statement was ended, since it took longer than it may."""


@contextmanager
def limited(c: Connection, seconds: int) -> Iterator[None]:
    """Within the block, statements are ended that take longer; on SQLite it is the block that may not.

    Rows have to be fetched within the block, too. The transaction is of no use after it has failed.

    Raises:
        TookTooLong: one was ended.
    """
    try:
        with _WAYS[c.dialect.name](c, seconds):
            yield
    except DBAPIError as error:
        if faults.ended_for_time(error):
            raise TookTooLong from error
        raise


@contextmanager
def _on_sqlite(c: Connection, seconds: int) -> Iterator[None]:
    driver: Any = c.connection.driver_connection
    until = time.monotonic() + seconds
    driver.set_progress_handler(lambda: int(time.monotonic() >= until), _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


@contextmanager
def _on_postgresql(c: Connection, seconds: int) -> Iterator[None]:
    # It is over with the transaction.
    c.exec_driver_sql(f"SET LOCAL statement_timeout = '{int(seconds)}s'")
    yield


@contextmanager
def _on_sqlserver(c: Connection, seconds: int) -> Iterator[None]:
    driver: Any = c.connection.driver_connection
    before = driver.timeout
    # A driver that cannot leaves it to the limits of the server.
    with suppress(Exception):
        driver.timeout = seconds
    try:
        yield
    finally:
        with suppress(Exception):
            driver.timeout = before


_WAYS: dict[str, Callable[[Connection, int], AbstractContextManager[None]]] = {
    "sqlite": _on_sqlite,
    "postgresql": _on_postgresql,
    "mssql": _on_sqlserver,
}
