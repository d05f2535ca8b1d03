"""The definitions as a whole: who changes one waits for whoever else does, and what was derived from them.

Folders, jobs, variables, calendars, named times and agents refer to each other by rules that no constraint of
a table can state. So there is one lock for all of them: whoever changes a definition takes it before he looks
at anything, and whoever submits shares it.

Every change sets a new stamp, drawn at random: unlike a count, a stamp that was undone with its transaction
never comes again, so that what was kept under it is never mistaken for the truth.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection, select, update

from . import changes, guarding, tables

T = TypeVar("T")

OPTION = "jams_definitions"
"""Name of the execution option by which a connection carries what is kept."""

_OWN = "jams.own definitions"

LIFETIME = 60.0
"""Seconds after which it is derived anew all the same, for the statistics that go with a job."""

_counter = tables.counter
_MOST_KEPT = 10_000
_stamp = select(_counter.c.definitions).where(_counter.c.id == 1)
_lock = select(_counter.c.id).where(_counter.c.id == 1).with_for_update()
_share = select(_counter.c.id).where(_counter.c.id == 1).with_for_update(read=True)


class Kept:
    """What is kept under one stamp. May be used from any thread."""

    def __init__(self) -> None:
        self._state: tuple[int | None, float, dict[Hashable, Any]] = (None, 0.0, {})

    @property
    def stamp(self) -> int | None:
        """The stamp under which something is kept; None at first."""
        return self._state[0]

    def under(self, stamp: int) -> dict[Hashable, Any]:
        """What is kept under the stamp; nothing at first."""
        known, until, values = self._state
        now = time.monotonic()
        if known != stamp or now >= until or len(values) > _MOST_KEPT:
            values = {}
            self._state = (stamp, now + LIFETIME, values)
        return values


def lock(c: Connection) -> None:
    """Begin to change definitions: nobody else changes one, or submits, until the transaction ends.

    What the transaction reads from now on is what others have committed before.
    """
    c.execute(_lock)


def share(c: Connection) -> None:
    """Let nobody change a definition until the transaction ends; others may share it."""
    c.execute(_share)


def changed(c: Connection) -> int:
    """A definition changes in this transaction: the version that it gets, which none had before.

    It does what :func:`lock` does.
    """
    _change(c)
    query = update(_counter).where(_counter.c.id == 1).returning(_counter.c.version)
    drawn: int = c.execute(
        query.values(definitions=secrets.randbits(62), version=_counter.c.version + 1)
    ).scalar_one()
    return drawn


def changed_since(c: Connection, stamp: int) -> bool:
    """Whether a definition has changed since that stamp; if none has, it does what :func:`lock` does.

    Guarded by the database: of two transactions that have seen the same stamp only one is told so.
    """
    _change(c)
    fresh = secrets.randbits(62)
    guarded = update(_counter).where(_counter.c.id == 1, _counter.c.definitions == stamp)
    return c.execute(guarded.values(definitions=fresh)).rowcount == 0


def _change(c: Connection) -> None:
    """What this transaction derives from now on is its own: it may go on changing what that is made of."""
    changes.note(c, changes.DEFINITIONS, changes.OTHERWISE)
    transaction = c.get_transaction()
    if _own(c) is None and transaction is not None:
        c.info[_OWN] = (transaction, Kept())


def _own(c: Connection) -> Kept | None:
    """What the transaction keeps for itself; None as long as it has changed no definition."""
    transaction, kept = c.info.get(_OWN, (None, None))
    return kept if transaction is not None and transaction is c.get_transaction() else None


def stamp(c: Connection) -> int:
    """The stamp of the definitions as this transaction sees them."""
    found: int | None = c.scalar(_stamp)
    return found or 0


def last_stamp(c: Connection) -> int:
    """The stamp that was met last, which costs no question; it may be out of date, or of what was undone."""
    kept: Kept | None = c.get_execution_options().get(OPTION)
    return stamp(c) if kept is None or kept.stamp is None else kept.stamp


def derived(c: Connection, stamp: int, key: Hashable, derive: Callable[[], T]) -> T:
    """What ``derive`` gives, which must depend on nothing but the key and definitions of that stamp."""
    kept: Kept | None = _own(c) or c.get_execution_options().get(OPTION)
    if kept is None:
        with guarding.unlimited(c):
            return derive()
    values = kept.under(stamp)
    if key not in values:
        # It is kept for everybody: what one may not look at must not be missing for all.
        with guarding.unlimited(c):
            values[key] = derive()
    found: T = values[key]
    return found
