"""Empties the outbox: a thread for each way of telling.

A row is claimed in the database before it is sent, and what has come of it is written down before the next
one is sent. So two servers never send the same, and what a server that dies has sent and not written down is
one message of each way at most: it is sent again, under the same key.

When nobody can be reached at all, the thread pauses, longer each time, and looks again; what is not reached
for ``TellFor`` is given up, kept and shown, until somebody has it sent again.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from jams.database import Database, outbox, stored_settings
from jams.database.changes import DEFINITIONS, OUTBOX, Changes
from jams.database.outbox import Waiting
from jams.objects.errors import JAMSError, ServerUnavailable
from jams.objects.tellings import OutboxState, TellingWay
from jams.scheduler.bell import Bell

from .outcomes import Outcome, SwitchedOff, Unreachable

log = logging.getLogger(__name__)

MOST = 20
"""Rows that are claimed at once."""

SHORTEST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
"""Seconds between looks at a server that does not answer: from the first, doubled up to the second."""

_FIRST_RETRY, _LAST_RETRY = 30.0, 3600.0
"""Seconds until a single message is tried again: from the first, doubled up to the second."""

_SLOW_LOOK = 60.0


class Channel(Protocol):
    """One way of telling."""

    way: TellingWay

    @property
    def longest(self) -> float:
        """Seconds that sending one takes at most."""

    def begin(self) -> object:
        """Get ready; what is told by which settings. Raises SwitchedOff, Unreachable."""

    def send(self, row: Waiting) -> Outcome:
        """Tell somebody. Raises Unreachable."""

    def end(self) -> None:
        """Let go of what is held between messages."""


class Sender:
    """Sends what of the outbox is told in one way."""

    def __init__(self, database: Database, channel: Channel) -> None:
        self._database = database
        self._channel = channel
        self._bell = Bell()
        self._stopping = threading.Event()
        self._pause = 0.0
        self._paused_under: object = None
        self._paused_until = 0.0
        self._resting = False
        self._swept = 0.0
        name = f"jams-tells-{channel.way.value.lower()}"
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        database.listen(self._notice, self._bell.ring)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """Send no more, and return when the message under way is over."""
        self._stopping.set()
        self._bell.ring()
        if self._thread.ident is not None:
            self._thread.join()
        self._channel.end()

    def _notice(self, changed: Changes) -> None:
        if OUTBOX in changed and not self._resting:
            self._bell.ring()
        elif DEFINITIONS in changed:
            self._bell.ring(within=1.0)

    def _work(self) -> None:
        wait = 0.0
        while not self._stopping.is_set():
            self._bell.wait(wait)
            self._bell.clear()
            if self._stopping.is_set():
                break
            try:
                wait = self.look()
            except ServerUnavailable as error:
                log.error("the outbox could not be looked at: %s", error.message)
                self._channel.end()
                wait = SHORTEST_PAUSE
            except Exception:
                log.exception("the outbox could not be emptied")
                self._channel.end()
                wait = _SLOW_LOOK

    def look(self) -> float:
        """Send what is due, a claim's worth; seconds until there is something to do again."""
        self._resting = False
        self._sweep()
        with self._database.read() as c:
            due = outbox.next_due(c, self._channel.way, datetime.now(UTC))
        wait = _SLOW_LOOK if due is None else (due - datetime.now(UTC)).total_seconds()
        if wait > 0:
            self._channel.end()
            return min(wait, _SLOW_LOOK)
        try:
            settings = self._channel.begin()
        except SwitchedOff as off:
            # Whatever comes meanwhile waits: nobody is woken for it.
            self._resting = True
            self._give_up(str(off))
            return _SLOW_LOOK
        except Unreachable as error:
            return self._rest([], "", error, None)
        if self._pause and settings == self._paused_under and time.monotonic() < self._paused_until:
            self._resting = True
            return self._paused_until - time.monotonic()
        claim = uuid.uuid4().hex
        lease = MOST + 2 * self._channel.longest
        begun, now = time.monotonic(), datetime.now(UTC)
        rows = self._database.write(
            lambda c: outbox.claim(
                c,
                self._channel.way,
                claim,
                now=now,
                until=now + timedelta(seconds=lease),
                most=1 if self._pause else MOST,
            )
        )
        for place, row in enumerate(rows):
            if self._stopping.is_set() or time.monotonic() - begun > MOST:
                self._give_back(rows[place:], claim, datetime.now(UTC), "", tried=False)
                return 0.0
            try:
                outcome = self._channel.send(row)
            except Unreachable as error:
                return self._rest(rows[place:], claim, error, settings)
            except Exception as error:
                log.exception("message %d of the outbox cannot be sent", row.id)
                outcome = Outcome([], row.recipients, [], f"It cannot be sent: {error!r}"[:500])
            self._settle(row, claim, outcome)
            self._pause = 0.0
        return 0.0 if rows else SHORTEST_PAUSE

    def _settle(self, row: Waiting, claim: str, outcome: Outcome) -> None:
        now = datetime.now(UTC)
        open_ones, state, next_try = [*outcome.open, *outcome.refused], OutboxState.SENT, None
        if outcome.open and now - row.try_from < self._span("TellFor"):
            state = OutboxState.WAITING
            pause = min(_FIRST_RETRY * 2 ** min(row.attempts - 1, 20), _LAST_RETRY)
            next_try = now + timedelta(seconds=pause)
        elif open_ones:
            state = OutboxState.FAILED
        if outcome.error:
            log.warning(
                "message %d of the outbox, entry %s: %s", row.id, row.letter.facts.entry, outcome.error
            )
        self._database.write(
            lambda c: outbox.settle(
                c,
                row,
                claim,
                state=state,
                now=now,
                delivered=[*row.delivered, *outcome.delivered],
                open=open_ones,
                error=outcome.error,
                next_try=next_try,
            )
        )

    def _rest(self, rows: Sequence[Waiting], claim: str, error: Unreachable, settings: object) -> float:
        """Nobody can be reached: wait, longer each time."""
        self._channel.end()
        self._resting = True
        self._pause = min(max(2 * self._pause, SHORTEST_PAUSE), LONGEST_PAUSE)
        self._paused_under, self._paused_until = settings, time.monotonic() + self._pause
        log.warning("%s is at rest for %.0f s: %s", self._channel.way.value, self._pause, error)
        now = datetime.now(UTC)
        if rows:
            self._give_back(rows[:1], claim, now, str(error), tried=True)
            self._give_back(rows[1:], claim, now, str(error), tried=False)
        self._give_up(str(error))
        return self._pause

    def _give_back(
        self, rows: Sequence[Waiting], claim: str, now: datetime, error: str, *, tried: bool
    ) -> None:
        ids = [row.id for row in rows]
        if ids:
            self._database.write(
                lambda c: outbox.give_back(c, ids, claim, next_try=now, error=error, tried=tried)
            )

    def _give_up(self, error: str) -> None:
        now, way = datetime.now(UTC), self._channel.way
        before = now - self._span("TellFor")
        count = self._database.write(lambda c: outbox.give_up(c, way, before=before, now=now, error=error))
        if count:
            log.error("%d messages could not be sent, and are kept: %s", count, error)

    def _sweep(self) -> None:
        """Forget what was sent long ago, now and then."""
        if self._channel.way is not TellingWay.MAIL or time.monotonic() < self._swept:
            return
        self._swept = time.monotonic() + 3600
        before = datetime.now(UTC) - self._span("KeepSent")
        while self._database.write(lambda c: outbox.forget(c, before)) and not self._stopping.is_set():
            pass

    def _span(self, name: str) -> timedelta:
        try:
            with self._database.read() as c:
                return stored_settings.span(c, name)
        except ServerUnavailable:
            raise
        except JAMSError:
            return timedelta(days=3)
