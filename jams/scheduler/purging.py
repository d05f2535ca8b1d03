"""Purging: rows go in pieces, each a short transaction, and logs go after the rows that named them.

Whoever writes meanwhile comes first: pieces are made so small that nobody waits long for one, and where
others write there is a pause after each that lasts as long as it took. Logs are removed in these pauses. What
a purge has done is done when it is ended in the middle, and the next one goes on with the rest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from jams.database import Database, audit_chain, audit_purging, purging
from jams.objects.purging import PurgeKind, PurgeOrder

SHORT = 0.02
"""Seconds that a piece is to take."""

SMALLEST, FIRST, LARGEST = 200, 500, 5000
"""Rows of a piece."""

TOLD_EVERY = 5.0
"""Seconds between two words on how far it is."""

LOGS_AT_ONCE = 500


class LogFiles(Protocol):
    """Removes files of logs."""

    def remove(self, logs: Sequence[tuple[str, datetime]]) -> list[str | None]:
        """Remove logs, each with the moment at which it was whole; per log None, or why it is still there.

        One that is gone, or has been written to after that moment, needs nothing more.
        """


class Done(NamedTuple):
    """What a purge has done: rows that went, logs that went, and whether it was broken off."""

    rows: int
    logs: int
    broken_off: bool = False


class Traffic:
    """Counts what is written of the schedule, by whomever."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        database.listen(self._count)

    def _count(self, changed: object) -> None:
        self.count += 1


class Purge:
    """One purge.

    Args:
        database: the database.
        order: what goes.
        now: from when its days are counted.
        files: removes the logs.
        traffic: tells whether others write.
        stop: breaks it off.
        tell: takes a line on how far it is.
    """

    def __init__(
        self,
        database: Database,
        order: PurgeOrder,
        now: datetime,
        files: LogFiles,
        traffic: Traffic,
        stop: threading.Event,
        tell: Callable[[str], None],
    ) -> None:
        self._database = database
        self._walks = walks(order, now)
        self._kind = order.what
        self._files = files
        self._traffic = traffic
        self._stop = stop
        self._tell = tell
        self._size = FIRST
        self._rows = self._logs = self._to_remove = self._log_beyond = self._left = 0
        self._told = time.monotonic()

    def run(self) -> Done:
        """Do it in this thread. Raises ServerUnavailable."""
        self._remove_logs()
        with self._database.read() as c:
            found = list(self._walks(c))
        for walk in found:
            self._go(walk)
        self._remove_logs()
        if self._left:
            self._tell(f"{self._left} logs could not be removed; the next purge tries again.")
        return Done(self._rows, self._logs, self._stop.is_set())

    def _go(self, walk: purging.Walk) -> None:
        while not self._stop.is_set():
            with self._database.read() as c:
                piece = walk.next(c, self._size)
            if piece is None:
                return
            seen = self._traffic.count
            removed, took = self._removed(walk, piece)
            self._rows += removed.rows
            self._to_remove += removed.logs
            self._size = min(max(int(self._size * min(SHORT / max(took, 1e-4), 2)), SMALLEST), LARGEST)
            self._rest(took, busy=self._traffic.count != seen)
            if time.monotonic() - self._told > TOLD_EVERY:
                self._told = time.monotonic()
                self._tell(self.told)

    @property
    def told(self) -> str:
        """How far it is, for people."""
        logs = f"{self._logs:,} logs removed"
        return logs if self._kind is PurgeKind.LOGS else f"{self._rows:,} rows and {logs}"

    def _removed(self, walk: purging.Walk, piece: purging.Piece) -> tuple[purging.Removed, float]:
        """Remove a piece; what that was, and the seconds for which others had to wait."""

        def work(c: Connection) -> tuple[purging.Removed, float]:
            begun = time.perf_counter()
            return walk.remove(c, piece), time.perf_counter() - begun

        return self._database.write(work)

    def _rest(self, seconds: float, *, busy: bool) -> None:
        begun = time.monotonic()
        if self._to_remove >= LOGS_AT_ONCE:
            self._remove_logs()
        left = seconds - (time.monotonic() - begun)
        if busy and left > 0:
            self._stop.wait(left)

    def _remove_logs(self) -> None:
        """Remove the files of all logs whose rows are gone, those of earlier purges too."""
        self._to_remove = 0
        while not self._stop.is_set():
            with self._database.read() as c:
                rows = purging.logs_to_remove(c, self._log_beyond, LOGS_AT_ONCE)
            if not rows:
                return
            problems = self._files.remove([(row.path, row.written_until) for row in rows])
            gone = [row.id for row, problem in zip(rows, problems, strict=True) if problem is None]
            for row, problem in zip(rows, problems, strict=True):
                if problem is not None and self._left < 10:
                    self._tell(f"The log {row.path} is still there: {problem}")
                self._left += problem is not None
            self._logs += len(gone)
            self._log_beyond = rows[-1].id
            if gone:
                self._database.write(lambda c, ids=gone: purging.logs_removed(c, ids))  # type: ignore[misc]


def walks(order: PurgeOrder, now: datetime) -> Callable[[Connection], Iterator[purging.Walk]]:
    """The walks of a purge, for a reading connection."""
    rule = purging.Rule(now - timedelta(days=order.days), order.minimum, order.maximum)

    def found(c: Connection) -> Iterator[purging.Walk]:
        if order.what is PurgeKind.HISTORY:
            yield from (purging.JobHistory(job, rule) for job in purging.jobs_with_history(c))
        elif order.what is PurgeKind.LOGS:
            yield purging.Logs(rule)
        else:
            yield from (audit_purging.Chain(name, rule.before) for name in audit_chain.CHAINS)
            yield from purging.trails(rule.before)

    return found


def foreseen(c: Connection, order: PurgeOrder, now: datetime) -> int:
    """How many rows a purge would remove, or of how many the logs; it looks at each of them."""
    count = 0
    for walk in walks(order, now)(c):
        while (piece := walk.next(c, purging.LOOKED_THROUGH)) is not None:
            count += walk.count(c, piece)
    return count
