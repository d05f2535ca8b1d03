"""Who works on a connection may be limited to some objects: whoever finds or changes one asks here.

Nobody is asked where no one has said so with :func:`keep`: the scheduler, and who passes by all lists, reach
everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Table

Row = TypeVar("Row", bound=Any)
_KEY = "jams.guard"

CLOSED = "what you may not look at"
"""What is said in the place of objects that access lists close to who is told."""


class Guard(Protocol):
    """What somebody may do to objects."""

    def may(self, c: Connection, table: Table, id: int, right: str, within: int | None = None) -> bool:
        """Whether he may do something; ``within`` is the folder in which it lies, if that is known."""

    def check(self, c: Connection, table: Table, id: int, right: str) -> None:
        """See that he may do something. Raises AccessDenied, NotFound."""

    def made(self, c: Connection, table: Table, id: int, values: Mapping[str, Any]) -> None:
        """He has made an object of these values. Raises AccessDenied."""

    def changes(self, c: Connection, table: Table, id: int, values: Mapping[str, Any]) -> None:
        """He is about to change an object to these values. Raises AccessDenied, NotFound."""

    def removes(self, c: Connection, table: Table, id: int) -> None:
        """He is about to remove an object. Raises AccessDenied, NotFound."""


@contextmanager
def keep(c: Connection, guard: Guard | None) -> Iterator[None]:
    """Let somebody be limited as long as he works on the connection."""
    outer = c.info.get(_KEY)
    c.info[_KEY] = guard
    try:
        yield
    finally:
        c.info[_KEY] = outer


def unlimited(c: Connection) -> AbstractContextManager[None]:
    """Let the engine do its own work on the connection, in whoever's transaction: no list limits it.

    What a definition names it reaches, whoever submits or cancels; and what is kept for everybody is made so.
    """
    return keep(c, None)


def of(c: Connection) -> Guard | None:
    """Who is asked; None: nobody."""
    found: Guard | None = c.info.get(_KEY)
    return found


def may(c: Connection, table: Table, id: int, right: str, within: int | None = None) -> bool:
    """Whether who works on the connection may do something to an object."""
    guard = of(c)
    return guard is None or guard.may(c, table, id, right, within)


def sees(c: Connection, table: Table, id: int, within: int | None = None) -> bool:
    """Whether he may look at an object."""
    return may(c, table, id, "Inquire", within)


def seen(c: Connection, table: Table, ids: Iterable[int]) -> list[int]:
    """Those of the objects at which he may look."""
    guard = of(c)
    return list(ids) if guard is None else [id for id in ids if guard.may(c, table, id, "Inquire")]


def shown(c: Connection, table: Table, rows: Iterable[Row]) -> list[Row]:
    """Those rows of objects at which he may look: each has the number, and the folder where it is in one."""
    guard = of(c)
    if guard is None:
        return list(rows)
    return [row for row in rows if guard.may(c, table, row.id, "Inquire", getattr(row, "folder_id", None))]


def check(c: Connection, table: Table, id: int, right: str) -> None:
    """See that he may do something to an object. Raises AccessDenied, NotFound."""
    guard = of(c)
    if guard is not None:
        guard.check(c, table, id, right)
