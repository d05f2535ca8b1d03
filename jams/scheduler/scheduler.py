"""The scheduler: starts what is due and settles what has ended.

The database is the truth; a wake-up is only a hint. One thread turns: each turn is one transaction that
records what has begun and ended since the last and claims what may start, and after it the claimed work
is started. A claim is durable before its work is started, and has a token that never starts twice.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import Database, entries, runs
from jams.database.agents import LOCAL_ID
from jams.database.changes import DEFINITIONS, Changes
from jams.database.reading import Found
from jams.objects.enums import EntryState
from jams.objects.errors import Damaged, JAMSError, ServerUnavailable
from jams.objects.run import RunEnded, RunOutcome, RunStarted

from . import recovery, remotes, settlement, starts, sweep, transitions
from .runner import Runner
from .transitions import Event
from .waiting import Waiters, WaitGuard

log = logging.getLogger(__name__)

MOST_STARTS = 16
"""Starts that one turn claims at most, so that ends are not left waiting behind them."""

GATHERING = 0.01
"""Seconds that a turn waits for company while many runs come and go."""

RECORDED_WITHIN = 0.03
"""Seconds that the news of a start waits: most short runs end meanwhile, which saves them a transaction."""

SLOW_POLL = 30.0
"""Seconds after which the database is looked at although nobody has said that anything happened."""

PAUSE_AFTER_FAILURE = 1.0
"""Seconds until a turn that the database refused is tried again."""


@dataclass(frozen=True)
class _Turn:
    """What a turn's transaction has found."""

    claimed: Sequence[tuple[str, Found]]
    more: bool
    aborts: dict[str, int]
    next_time: datetime | None


class Scheduler:
    """The scheduler of one server; made, then given its executor by :meth:`start`.

    Args:
        database: where the schedule is.
        most_waiters: how many callers may wait for as long as they like, see :class:`WaitGuard`.
        logon_of: the accounts with which runs log on to other hosts.
    """

    def __init__(
        self, database: Database, *, most_waiters: int = 4, logon_of: remotes.LogonOf = remotes.no_logon
    ) -> None:
        self._database = database
        self._logon_of = logon_of
        self._runner: Runner | None = None
        self._guard = WaitGuard(most_waiters)
        self._waiters = Waiters()
        self._signal = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._started: dict[str, RunStarted] = {}
        self._ended: deque[RunEnded] = deque()
        self._aborting: dict[str, int] = {}
        self._doubtful = False
        self._aborts_asked = True
        self._failures = 0
        self._busy = False
        self._sweeper = sweep.Sweeper(database)
        database.listen(self._notice, self._look_again)

    @property
    def active(self) -> bool:
        """Whether the scheduler works."""
        return self._thread is not None and self._thread.is_alive() and not self._stopping.is_set()

    def start(self, runner: Runner) -> None:
        """Find again what earlier runs came to, then begin. Raises ServerUnavailable."""
        self._runner = runner
        recovery.recover(self._database, runner)
        self._thread = threading.Thread(target=self._work, name="jams-scheduler", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Start nothing more, settle what has ended, and return; runs go on. Idempotent."""
        self._stopping.set()
        self._signal.set()
        if self._thread is not None:
            self._thread.join()

    def release_waiters(self) -> None:
        """Let nobody wait any longer: who waits is told that the server is stopping."""
        self._waiters.close()

    def wake(self) -> None:
        """Say that something may be due. Costs next to nothing."""
        self._signal.set()

    def run_ended(self, ended: RunEnded) -> None:
        """Take the end of a run from whoever ran it; may be called from any thread."""
        self._ended.append(ended)
        self._signal.set()

    def counts(self, submitted_by: str | None = None) -> tuple[int, int]:
        """How many entries, of one account if it is named, wait, and how many are being started or run."""
        with self._database.read() as c:
            counted = runs.counts(c, submitted_by)
        waiting = sum(count for state, count in counted.items() if state.waiting)
        ended = counted.get(EntryState.COMPLETE, 0)
        return waiting, sum(counted.values()) - waiting - ended

    def grant_wait(self, seconds: float) -> float:
        """How long the calling thread may wait; less than asked for when many others wait already."""
        return self._guard.grant(seconds)

    @contextmanager
    def waiting(self, seconds: float) -> Iterator[float]:
        """As :meth:`grant_wait`, given back at the end of the block."""
        try:
            yield self._guard.grant(seconds)
        finally:
            self._guard.give_back()

    def wait_until_ended(self, number: int, timeout: float) -> bool:
        """Wait until an entry has ended or is gone, for what is granted of the time; whether it has.

        Raises ServerUnavailable when the server stops meanwhile.
        """
        with self.waiting(timeout) as seconds, self._waiters.joined(number, until_ended=True) as event:
            deadline = time.monotonic() + seconds
            while not self._is_over(number):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                event.wait(min(left, SLOW_POLL))
                event.clear()
                self._waiters.check_open()
            return True

    def _is_over(self, number: int) -> bool:
        with self._database.read() as c:
            state = entries.state(c, number)
        return state is None or state.ended

    def wait_for_change(self, number: int, timeout: float) -> bool:
        """Wait until something happens to an entry; whether it did.

        Returns at once when something happened just now, which the caller may not have seen. Raises
        ServerUnavailable when the server stops meanwhile.
        """
        with self._waiters.joined(number) as event:
            changed = self._waiters.changed_just_now(number) or event.wait(timeout)
            self._waiters.check_open()
            return changed

    def _work(self) -> None:
        idle = 0.0
        while True:
            self._signal.wait(idle)
            if self._busy:
                # When many runs come and go, let some gather: they share a transaction and its commit.
                self._stopping.wait(GATHERING)
            self._signal.clear()
            try:
                if self._doubtful:
                    self._resolve_doubts()
                idle = self._take_turn()
                self._sweeper.run_when_due()
                self._failures = 0
            except Exception as error:
                # Wake-ups do not shorten this pause: they would come as fast as the failures.
                self._stopping.wait(self._pause_after(error))
                idle = 0.0
            if self._stopping.is_set() and (self._failures or not self._ended):
                return

    def _pause_after(self, error: Exception) -> float:
        """Say in the log that a turn failed; how long to wait until the next, ever longer."""
        self._failures += 1
        if isinstance(error, ServerUnavailable):
            log.error("the scheduler could not work: %s", error.message)
        else:
            log.error("the scheduler failed; it tries again", exc_info=error)
        return min(PAUSE_AFTER_FAILURE * 2.0 ** min(self._failures - 1, 10), SLOW_POLL)

    def _take_turn(self) -> float:
        """Settle, claim, start; the seconds until there will be something to do."""
        started, ended = dict(self._started), list(self._ended)
        # Taken back before the question is asked: what is asked for meanwhile must be seen the next time.
        aborts = self._aborts_asked
        if aborts:
            self._aborts_asked = False
        try:
            turn = self._database.write(lambda c: self._transact(c, started, ended, aborts))
        except Exception:
            self._doubtful = self._aborts_asked = True
            raise
        for run in ended:
            self._ended.popleft()
            self._aborting.pop(run.token, None)
            self._runner_now.forget(run.token)
        for token in started:
            del self._started[token]
        self._busy = not turn.more and len(turn.claimed) + len(ended) > 2
        self._start_all(turn.claimed)
        self._abort_all(turn.aborts)
        if self._doubtful:
            return PAUSE_AFTER_FAILURE
        if turn.more or self._ended:
            return 0.0
        idle = _seconds_until(turn.next_time)
        return min(idle, RECORDED_WITHIN) if self._started else idle

    @property
    def _runner_now(self) -> Runner:
        assert self._runner is not None
        return self._runner

    def _transact(
        self, c: Connection, started: dict[str, RunStarted], ended: list[RunEnded], look_for_aborts: bool
    ) -> _Turn:
        over = {run.token for run in ended}
        settlement.settle(c, ended, started, keep=self._sweeper.keep)
        settlement.record_started(c, [run for token, run in started.items() if token not in over])
        now = datetime.now(UTC)
        free, next_time = runs.outlook(c)
        if next_time is not None and next_time <= now:
            ripe = [{"number": number, "state": EntryState.TIMED} for number in runs.ripe(c, now)]
            transitions.move_all(c, Event.OPEN, EntryState.PENDING, ripe)
        claimed: list[tuple[str, Found]] = []
        working = self._database.held and not self._stopping.is_set()
        limit = min(MOST_STARTS, sum(free.values())) if working else 0
        if limit:
            claimed = [(secrets.token_hex(16), row) for row in runs.due(c, limit, free)]
            if claimed:
                self._database.confirm(c)
            starts.claim(c, claimed, now)
        return _Turn(
            claimed=claimed,
            more=bool(limit) and len(claimed) == limit,
            aborts=runs.to_abort(c) if look_for_aborts else {},
            next_time=next_time,
        )

    def _start_all(self, claimed: Sequence[tuple[str, Found]]) -> None:
        for token, row in claimed:
            if not self._database.held:
                self._doubtful = True
                return
            try:
                answer = self._start(token, row)
            except ServerUnavailable as error:
                log.warning("entry %d could not be started: %s", row.number, error.message)
                self._doubtful = True
                return
            except Exception as error:
                log.error("the start of entry %d is in doubt", row.number, exc_info=error)
                self._doubtful = True
                continue
            if isinstance(answer, RunStarted):
                self._started[token] = answer
            elif answer.outcome is RunOutcome.NOT_STARTED:
                self._ended.append(answer)

    def _start(self, token: str, row: Found) -> RunStarted | RunEnded:
        """Have a claimed entry started where its agent says. Raises ServerUnavailable."""
        remote = None
        if row.agent_id != LOCAL_ID:
            with self._database.read() as c:
                try:
                    remote = remotes.remote_of(c, row.agent_id, self._logon_of)
                except JAMSError as error:
                    return starts.not_started(token, row, error.message)
        try:
            request = starts.request_of(token, row, remote)
        except Damaged as error:
            return starts.not_started(token, row, error.message)
        return self._runner_now.start(request)

    def _abort_all(self, aborts: dict[str, int]) -> None:
        for token, level in aborts.items():
            if self._aborting.get(token, 0) < level and self._runner_now.abort(token, force=level == 2):
                self._aborting[token] = level

    def _notice(self, changed: Changes) -> None:
        """Hear of a durable transaction."""
        for number, change in changed.items():
            if change.end_asked:
                self._aborts_asked = True
                self._signal.set()
            elif number == DEFINITIONS or (change.state is not None and change.state.waiting):
                self._signal.set()
        self._waiters.publish(changed)

    def _look_again(self) -> None:
        """Hear that something may have happened that nobody has told of."""
        self._aborts_asked = True
        self._signal.set()
        self._waiters.look_again()

    def _resolve_doubts(self) -> None:
        """After a failure, find out which claims were made, and whether their work was started."""
        self._doubtful = False
        known = {*self._started, *(run.token for run in self._ended)}
        try:
            recovery.recover(self._database, self._runner_now, leave=known)
        except Exception:
            self._doubtful = True
            raise


def _seconds_until(moment: datetime | None) -> float:
    if moment is None:
        return SLOW_POLL
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), SLOW_POLL)
