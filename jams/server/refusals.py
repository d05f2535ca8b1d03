"""Writes refusals to the audit trail, in such a way that who is refused often costs little.

Refusals are gathered and written by a thread of their own: nobody waits for it. What is alike becomes one row
with its count, the first at once and what follows it a minute later. Rows come at a bounded rate, and kinds
are bounded: beyond that, those of one origin are told together, and at last all that have the same code. The
same lines go to the log.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import audit
from jams.database.audit import Refusal
from jams.objects.errors import JAMSError

log = logging.getLogger("jams.audit")

PAUSE = 1.0
"""Seconds between two writings, in which what is alike gathers."""

GATHERED = 60.0
"""Seconds for which refusals like one that was written are gathered before the next row."""

MOST_ROWS = 100
"""Rows of one writing."""

BURST = 500
"""Rows that may be written before they come at the rate of one a second."""

MOST_OF_ORIGIN = 20
"""Kinds of refusals that may wait from one origin."""

MOST_WAITING = 1000
"""Kinds of refusals that may wait altogether."""

_CLEANING = 1000
"""Rows after which the oldest are removed."""

EVERYBODY = "*"

Write = Callable[[Callable[[Connection], None]], None]


class Refusals:
    """Takes refusals from any thread.

    Args:
        write: runs a transaction.
        clock: a monotonic clock in seconds.
    """

    def __init__(self, write: Write, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._waiting: dict[Refusal, int] = {}
        self._origins: Counter[str] = Counter()
        self._gathering: dict[Refusal, float] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._something = threading.Event()
        self._stopping = threading.Event()
        self._allowed = float(BURST)
        self._since = clock()
        self._written = 0
        self._ending = False
        self._thread = threading.Thread(target=self._work, name="jams-refusals", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is left, as far as it may be, and end."""
        self._stopping.set()
        self._something.set()
        self._ending = True
        if self._thread.is_alive():
            self._thread.join()
        self.flush()

    def note(self, refusal: Refusal, times: int = 1) -> None:
        """Take a refusal, that has happened so often. Costs a few microseconds, whatever happens to it."""
        with self._lock:
            kind = self._kind(refusal.shortened())
            if kind not in self._waiting:
                self._origins[kind.origin] += 1
            self._waiting[kind] = self._waiting.get(kind, 0) + times
        self._something.set()

    def flush(self) -> None:
        """Write what waits, as far as it may be now."""
        with self._writing:
            taken = self._take()
            if not taken:
                return
            try:
                self._store(taken)
            except JAMSError as error:
                log.error("%d refusals could not be written: %s", len(taken), error.message)
            for refusal, times in taken:
                log.warning(
                    "%s %s%s %s%s refused: %s%s",
                    refusal.user,
                    refusal.door,
                    f" from {refusal.origin}" if refusal.origin else "",
                    refusal.operation,
                    f" {refusal.target}" if refusal.target else "",
                    refusal.code,
                    f" ({times} times)" if times > 1 else "",
                )

    def _kind(self, refusal: Refusal) -> Refusal:
        """The refusal as it is told: itself, or together with others of its origin, or of its door."""
        if refusal in self._waiting:
            return refusal
        if len(self._waiting) < MOST_WAITING and self._origins[refusal.origin] < MOST_OF_ORIGIN:
            return refusal
        together = replace(refusal, user=EVERYBODY, operation="", target=None, message=None)
        if together in self._waiting or len(self._waiting) < MOST_WAITING:
            return together
        return replace(together, origin=EVERYBODY, door=EVERYBODY)

    def _take(self) -> list[tuple[Refusal, int]]:
        with self._lock:
            now = self._clock()
            self._allowed = min(float(BURST), self._allowed + now - self._since)
            self._since = now
            self._gathering = {kind: until for kind, until in self._gathering.items() if until > now}
            ripe = (item for item in self._waiting.items() if self._ending or item[0] not in self._gathering)
            taken = list(islice(ripe, max(0, min(MOST_ROWS, int(self._allowed)))))
            self._allowed -= len(taken)
            self._gathering.update((refusal, now + GATHERED) for refusal, _ in taken)
            for refusal, _ in taken:
                del self._waiting[refusal]
                self._origins[refusal.origin] -= 1
            self._origins += Counter()
            return taken

    def _store(self, taken: list[tuple[Refusal, int]]) -> None:
        """Store refusals with how often each has happened. Raises JAMSError."""
        self._write(lambda c: self._record(c, taken))

    def _record(self, c: Connection, taken: list[tuple[Refusal, int]]) -> None:
        audit.record_refusals(c, taken)
        self._written += len(taken)
        if self._written >= _CLEANING:
            self._written = 0
            audit.forget_old_refusals(c)

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._something.wait()
            self._something.clear()
            self.flush()
            if self._waiting:
                self._something.set()
            self._stopping.wait(PAUSE)


class ForwardedRefusals(Refusals):
    """Refusals of web services apart, which the JAMServer writes down.

    Args:
        send: sends them there. Raises JAMSError.
    """

    def __init__(self, send: Callable[[list[tuple[Refusal, int]]], None]) -> None:
        super().__init__(_nowhere)
        self._send = send

    def _store(self, taken: list[tuple[Refusal, int]]) -> None:
        self._send(taken)


def _nowhere(_work: Callable[[Connection], None]) -> None:
    raise NotImplementedError
