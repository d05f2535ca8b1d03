"""The turns of schedulers, which are taken one at a time, whoever takes them.

What a turn gives out it counts first: of two turns at once both would see the last slot of a queue free. A
database with one writer sees to that by itself; elsewhere a turn holds a row until it is over.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from . import tables

UNANSWERED = "jams_unanswered"
"""The execution option of a statement whose answer nobody needs: it travels with the next."""

_hold = (
    select(tables.planning.c.id)
    .where(tables.planning.c.id == 1)
    .with_for_update()
    .execution_options(**{UNANSWERED: True})
)


def begin(c: Connection) -> None:
    """Begin a turn: nobody else's begins until the transaction ends, and what ended before is seen."""
    if c.dialect.name != "sqlite":
        c.execute(_hold)
