"""Housekeeping: what has outlived its time, from ended entries to files for which nobody waits any more."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from jams.database import (
    Database,
    entries,
    event_reading,
    file_facts,
    lines,
    retries,
    revisions,
    stored_settings,
    turns,
)
from jams.objects.errors import ConfigurationInvalid

from .settlement import kept_for

log = logging.getLogger(__name__)

INTERVAL = 60.0
"""Seconds between sweeps; an entry that is not to be retained stays at most so long."""


FILES_KEPT = timedelta(days=30)
"""How long it is remembered what was last seen of a file for which nobody waits."""

AT_ONCE = 5000
"""Events or revisions that are removed at once."""


class Sweeper:
    """Sweeps every so often, in the thread that calls it.

    Attributes:
        keep: how long ended entries are kept, as it was last read; None at first.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next = time.monotonic() + INTERVAL
        self.keep: timedelta | None = None

    def run_when_due(self) -> bool:
        """Sweep a little if it is time to; whether there is more.

        How long ended entries are kept is read anew each time.
        """
        if self.keep is None:
            self._read_settings()
        now = time.monotonic()
        if now < self._next:
            return False
        more = sweep(self._database, datetime.now(UTC)) > 0
        if not more:
            self._next = now + INTERVAL
            self._read_settings()
        return more

    def _read_settings(self) -> None:
        with self._database.read() as c:
            self.keep = kept_for(c)


def sweep(database: Database, now: datetime) -> int:
    """Remove some of what has outlived its time; how many entries or events went, 0 when none is left.

    It is done in pieces because starts and ends are not settled meanwhile.
    """
    gone = database.write(lambda c: entries.remove_expired(c, now))
    if not gone:
        database.write(lambda c: retries.prune(c, now))
        database.write(lambda c: file_facts.forget_unwanted(c, now - FILES_KEPT))
        database.write(_close_lines)
        gone = database.write(lambda c: _forget_events(c, now))
    if not gone:
        gone = database.write(lambda c: _forget_revisions(c, now))
    return gone


def _forget_events(c: Connection, now: datetime) -> int:
    try:
        kept, most = stored_settings.span(c, "KeepEvents"), int(stored_settings.value(c, "MostEvents"))
    except ConfigurationInvalid as error:
        log.error("%s A day of events is kept.", error.message)
        kept, most = timedelta(days=1), 200_000
    return event_reading.prune(c, now - kept, most, AT_ONCE)


def _forget_revisions(c: Connection, now: datetime) -> int:
    try:
        kept = stored_settings.span(c, "KeepRevisions")
        most = int(stored_settings.value(c, "MostRevisions"))
    except ConfigurationInvalid as error:
        log.error("%s No revision is forgotten.", error.message)
        return 0
    return revisions.prune(c, now - kept, most, AT_ONCE)


def _close_lines(c: Connection) -> None:
    turns.begin(c)  # nobody joins one meanwhile
    lines.close_empty(c)
