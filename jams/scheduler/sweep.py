"""Housekeeping: entries whose time in the monitor is over, answers and tokens that have expired."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import Database, accounts, entries, retries

INTERVAL = 60.0
"""Seconds between sweeps; an entry that is not to be retained stays at most so long."""


class Sweeper:
    """Sweeps every so often, in the thread that calls it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next = time.monotonic() + INTERVAL

    def run_when_due(self) -> None:
        """Sweep if it is time to."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + INTERVAL
            sweep(self._database, datetime.now(UTC))


def sweep(database: Database, now: datetime) -> int:
    """Remove what has outlived its time; how many entries went."""
    gone = 0
    while removed := database.write(lambda c: entries.remove_expired(c, now)):
        gone += removed
    database.write(lambda c: _prune(c, now))
    return gone


def _prune(c: Connection, now: datetime) -> None:
    retries.prune(c, now)
    accounts.prune_tokens(c, now)
