"""What a transaction does to definitions is noted here for who keeps their revisions.

Whoever changes a definition says so before, when it is still what it was, and after. Nothing is kept where
nobody has asked for it with :func:`keep`: the scheduler's own changes are found as they are when somebody
changes the definition next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection, Table

from jams.objects.events import EventAction

_KEY = "jams.revisions"


class Keeper(Protocol):
    """Who keeps revisions of what a transaction changes."""

    def before(self, c: Connection, table: Table, ids: Iterable[int]) -> None:
        """These definitions are about to change."""

    def done(self, c: Connection, table: Table, ids: Iterable[int], action: EventAction) -> None:
        """They have changed; or they are about to be removed."""


@contextmanager
def keep(c: Connection, keeper: Keeper) -> Iterator[None]:
    """Let somebody hear of what is done on the connection meanwhile."""
    outer = c.info.get(_KEY)
    c.info[_KEY] = keeper
    try:
        yield
    finally:
        c.info[_KEY] = outer


def before(c: Connection, table: Table, ids: Iterable[int]) -> None:
    """Definitions are about to change in this transaction."""
    keeper: Keeper | None = c.info.get(_KEY)
    if keeper is not None:
        keeper.before(c, table, ids)


def done(c: Connection, table: Table, ids: Iterable[int], action: EventAction) -> None:
    """Definitions have changed in this transaction, or are about to be removed."""
    keeper: Keeper | None = c.info.get(_KEY)
    if keeper is not None:
        keeper.done(c, table, ids, action)
