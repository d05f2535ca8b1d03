"""The turns of schedulers, which are taken one at a time, whoever takes them.

What a turn gives out it counts first: of two turns at once both would see the last slot of a queue free. A
database with one writer sees to that by itself; elsewhere a turn holds a row until it is over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Executable, select

from . import tables

UNANSWERED = "jams_unanswered"
"""The execution option of a statement whose answer nobody needs: it travels with the next."""

_Statement = TypeVar("_Statement", bound=Executable)


def unanswered(statement: _Statement) -> _Statement:
    """The statement as one whose answer nobody needs; an error of it comes up with a later one."""
    return statement.execution_options(**{UNANSWERED: True})


COUNTED = "jams_counted"
"""The execution option of a statement of which is only wanted that it concerns so many rows."""


class Counted(NamedTuple):
    """How many rows a statement has to concern, and what makes the error if it does not."""

    rows: int
    failure: Callable[[], Exception]


def execute_counted(
    c: Connection,
    statement: Executable,
    values: Mapping[str, Any],
    rows: int,
    failure: Callable[[], Exception],
) -> None:
    """Execute a change that has to concern so many rows; otherwise raise ``failure()``.

    Where statements travel together that comes up with a later one, or at the end of the unit of work: it is
    an error after which nothing of the unit stands.
    """
    if isinstance(c.dialect, CountsLater):
        c.execute(statement, values, execution_options={COUNTED: Counted(rows, failure)})
    elif c.execute(statement, values).rowcount != rows:
        raise failure()


class CountsLater:
    """A dialect that looks after :data:`COUNTED` itself."""


_hold = unanswered(select(tables.planning.c.id).where(tables.planning.c.id == 1).with_for_update())


def begin(c: Connection) -> None:
    """Begin a turn: nobody else's begins until the transaction ends, and what ended before is seen."""
    if c.dialect.name != "sqlite":
        c.execute(_hold)
