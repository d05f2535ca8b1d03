"""The scheduler: starts what is due and settles what has ended.

The database is the truth; a wake-up is only a hint. One thread turns: each turn is one transaction that
records what has begun and ended since the last and claims what may start. A claim is durable before its work
is started, and has a token that never starts twice; the starts are made by the dispatcher.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from jams.database import Database, entries, runs
from jams.database.changes import DEFINITIONS, Changes
from jams.objects.enums import EntryState
from jams.objects.errors import JAMSError, ServerUnavailable
from jams.objects.run import RunEnded, RunStarted

from . import preparing, recovery, remotes, starts, sweep, turn
from .bell import Bell
from .dispatching import MOST_QUEUED, Answer, Dispatcher
from .planning.passes import Planner
from .runner import Runner
from .sources.macros import Macros
from .starts import Start
from .waiting import Waiters

log = logging.getLogger(__name__)

GATHERING = 0.01
"""Seconds that a turn waits for company while many runs come and go."""

RECORDED_WITHIN = 0.03
"""Seconds that the news of a start waits: most short runs end meanwhile, which saves them a transaction."""

HELD_WITHIN = 0.25
"""Seconds that the news of a held entry waits: it does not start; only that it stalls may be the next due."""

SLOW_POLL = 30.0
"""Seconds after which the database is looked at although nobody has said that anything happened."""

PAUSE_AFTER_FAILURE = 1.0
"""Seconds until a turn that the database refused is tried again."""

STARTS_END = 5.0
"""Seconds for which a scheduler that stops waits for starts that are being made."""


class Scheduler:
    """The scheduler of one server; made, then given its executor by :meth:`start`.

    Args:
        database: where the schedule is.
        logon_of: the accounts with which runs log on to other hosts.
        macros: the texts that sources share.

    Attributes:
        waiters: who waits for entries.
    """

    def __init__(
        self,
        database: Database,
        *,
        logon_of: remotes.LogonOf = remotes.no_logon,
        macros: Macros | None = None,
    ) -> None:
        self._database = database
        self._logon_of = logon_of
        self._macros = macros or Macros()
        self._runner: Runner | None = None
        self.waiters = Waiters()
        self._bell = Bell()
        self._stopping = threading.Event()
        self._finishing = threading.Event()
        self._thread: threading.Thread | None = None
        self._dispatcher = Dispatcher(self._make, self._look, self._made)
        self._inbox: deque[RunEnded | tuple[Start, Answer]] = deque()
        self._begun: dict[str, RunStarted] = {}
        self._heard_at: dict[str, float] = {}
        self._over: dict[str, RunEnded] = {}
        self._back: set[str] = set()
        self._aborting: dict[str, int] = {}
        self._cpu: dict[str, float | None] = {}
        self._unmet: set[str] = set()
        self._aborts_asked = True
        self._unsure = False
        self._crowded = False
        self._failures = 0
        self._busy = False
        self._sweeper = sweep.Sweeper(database)
        self._planner = Planner()
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
        """Start nothing more, settle what has ended, and return; runs go on. Idempotent.

        What was claimed and not begun waits again; a start that is being made and takes too long is found by
        whoever starts next.
        """
        self._stopping.set()
        self._inbox.extend((start, None) for start in self._dispatcher.close(STARTS_END))
        self._finishing.set()
        self._bell.ring()
        if self._thread is not None:
            self._thread.join()

    def release_waiters(self) -> None:
        """Let nobody wait any longer: who waits is told that the server is stopping."""
        self.waiters.close()

    def wake(self) -> None:
        """Say that something may be due. Costs next to nothing."""
        self._bell.ring()

    def run_ended(self, ended: RunEnded) -> None:
        """Take the end of a run from whoever ran it; may be called from any thread."""
        self._inbox.append(ended)
        self._bell.ring()

    def counts(self, submitted_by: str | None = None) -> tuple[int, int]:
        """How many entries, of one account if it is named, wait, and how many are being started or run."""
        with self._database.read() as c:
            counted = runs.counts(c, submitted_by)
        waiting = sum(count for state, count in counted.items() if state.waiting)
        ended = counted.get(EntryState.COMPLETE, 0)
        return waiting, sum(counted.values()) - waiting - ended

    def wait_until_ended(self, number: int, timeout: float) -> bool:
        """Wait in this thread until an entry has ended or is gone; whether it has.

        Raises ServerUnavailable when the server stops meanwhile.
        """
        deadline = time.monotonic() + timeout
        with self.waiters.joined(number, until_ended=True) as event:
            while not self.is_over(number):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                event.wait(min(left, SLOW_POLL))
                event.clear()
                self.waiters.check_open()
            return True

    def is_over(self, number: int) -> bool:
        """Whether an entry has ended, or is gone."""
        with self._database.read() as c:
            state = entries.state(c, number)
        return state is None or state.ended

    def wait_for_change(self, number: int, timeout: float) -> bool:
        """Wait in this thread until something happens to an entry; whether it did.

        Returns at once when something happened just now, which the caller may not have seen. Raises
        ServerUnavailable when the server stops meanwhile.
        """
        with self.waiters.joined(number) as event:
            changed = self.waiters.changed_just_now(number) or event.wait(timeout)
            self.waiters.check_open()
            return changed

    def _work(self) -> None:
        idle = 0.0
        while True:
            self._bell.wait(idle)
            if self._busy:
                # When many runs come and go, let some gather: they share a transaction and its commit.
                self._stopping.wait(GATHERING)
            self._bell.clear()
            try:
                if self._unsure:
                    self._resolve_claims()
                idle = self._take_turn()
                if self._sweeper.run_when_due():
                    idle = 0.0
                self._failures = 0
            except Exception as error:
                # Wake-ups do not shorten this pause: they would come as fast as the failures.
                self._finishing.wait(self._pause_after(error))
                idle = 0.0
            if self._finishing.is_set() and (self._failures or not (self._inbox or self._over or self._back)):
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
        """Gather what has happened, take a turn and do what it decides; seconds until there is more to do."""
        self._read_inbox()
        ended = self._settleable()
        happened = turn.Happenings(
            started=self._recordable(ended),
            ended=ended,
            given_back=list(self._back),
            cpu=self._cpu,
        )
        # Taken back before the question is asked: what is asked for meanwhile must be seen the next time.
        aborts, self._aborts_asked = self._aborts_asked, False
        working = self._database.held and not self._stopping.is_set()
        limits = turn.Limits(
            room=lambda agent: MOST_QUEUED - self._dispatcher.load(agent),
            confirm=self._database.confirm,
            starts=working and not self._planner.refused,
            aborts=aborts,
            plan=working and self._planner.begin(),
            begins=self._planner.begins,
            keep=self._sweeper.keep,
        )
        try:
            decisions = self._database.write(
                lambda c: turn.take(c, datetime.now(UTC), happened, limits, lambda: secrets.token_hex(16))
            )
        except Exception:
            self._unsure = self._aborts_asked = True
            self._planner.ask()
            raise
        self._crowded = decisions.crowded
        if decisions.planned is not None:
            self._planner.done(decisions.planned)
        self._take((start, None) for start in self._dispatcher.put(decisions.starts))
        self._forget(happened)
        self._busy = not decisions.more and len(decisions.starts) + len(happened.ended) > 2
        self._abort_all(decisions.aborts)
        self._cpu = self._measured(decisions.unmeasured)
        if decisions.more:
            return 0.0
        return min(_seconds_until(decisions.look_again_at), self._planner.seconds)

    def _take(self, news: Iterable[tuple[Start, Answer]]) -> None:
        """Take what became of starts in the scheduler's own thread."""
        before = len(self._inbox)
        self._inbox.extend(news)
        if len(self._inbox) > before:
            self._bell.ring()

    def _measured(self, tokens: Collection[str]) -> dict[str, float | None]:
        """The CPU time of runs, None where nobody can tell."""
        if not tokens:
            return {}
        try:
            told = self._runner_now.cpu_seconds(tokens)
        except Exception as error:
            log.error("the CPU time of runs cannot be told", exc_info=error)
            told = {}
        return {token: told.get(token) for token in tokens}

    @property
    def _runner_now(self) -> Runner:
        assert self._runner is not None
        return self._runner

    def _read_inbox(self) -> None:
        """Sort the news into what has begun, what is over, and what is to wait again."""
        while self._inbox:
            news = self._inbox.popleft()
            if isinstance(news, RunEnded):
                self._over[news.token] = news
                continue
            start, answer = news
            if isinstance(answer, RunStarted):
                self._begun[start.token] = answer
                self._aborts_asked = self._aborts_asked or start.token in self._unmet
            elif answer is not None:
                self._over.setdefault(start.token, answer)
            elif start.problem is not None:
                self._over[start.token] = starts.not_started(start, _told(start.problem))
            else:
                self._back.add(start.token)

    def _settleable(self) -> list[RunEnded]:
        """The ends that are told whole: not those of runs of which it has not been told that they began."""
        open_starts = set() if self._finishing.is_set() else self._dispatcher.under_way()
        return [run for token, run in self._over.items() if token in self._begun or token not in open_starts]

    def _recordable(self, ended: Collection[RunEnded]) -> list[RunStarted]:
        """What is written down of starts: with their ends, or when they have been heard of for a while."""
        over = {run.token for run in ended}
        before = time.monotonic() - RECORDED_WITHIN
        every = self._finishing.is_set()
        told = [
            run
            for token, run in self._begun.items()
            if every or token in over or self._heard_at.get(token, before) <= before
        ]
        if len(told) < len(self._begun):
            self._bell.ring(RECORDED_WITHIN)
        return told

    def _forget(self, settled: turn.Happenings) -> None:
        """What has happened is durable."""
        for run in settled.ended:
            del self._over[run.token]
            self._aborting.pop(run.token, None)
            self._unmet.discard(run.token)
            self._runner_now.forget(run.token)
        for begun in settled.started:
            del self._begun[begun.token]
            self._heard_at.pop(begun.token, None)
        for token in settled.given_back:
            self._back.discard(token)
            self._unmet.discard(token)
            self._runner_now.forget(token)

    def _make(self, start: Start) -> RunStarted | RunEnded:
        """Have a claimed entry started where its agent says; in a thread of the dispatcher."""
        if not self._database.held:
            raise ServerUnavailable("the database may be another server's.")
        try:
            prepared = preparing.prepare(
                start, self._database.read, logon_of=self._logon_of, macros=self._macros
            )
        except ServerUnavailable:
            raise
        except JAMSError as error:
            return starts.not_started(start, error.message)
        if prepared.left:
            self._database.write(lambda c: preparing.tell(c, start.row.number, prepared.left))
        return self._runner_now.start(prepared.request)

    def _look(self, start: Start) -> Answer:
        """What became of a start of which that is not known; in a thread of the dispatcher."""
        ending = [start.token] if start.token in self._unmet else []
        return self._runner_now.recover([start.token], ending=ending)[start.token]

    def _made(self, start: Start, answer: Answer) -> None:
        """Take what became of a start; in a thread of the dispatcher."""
        if isinstance(answer, RunStarted):
            self._heard_at[start.token] = time.monotonic()
        self._inbox.append((start, answer))
        # Room for one is not hurried for: in a crowd each start would take a turn of its own.
        wanted = self._crowded and self._dispatcher.load(start.agent_id) <= MOST_QUEUED // 2
        in_no_hurry = isinstance(answer, RunStarted) and not wanted
        self._bell.ring(RECORDED_WITHIN if in_no_hurry else 0.0)

    def _abort_all(self, aborts: dict[str, int]) -> None:
        """Have runs ended; whose start is not made yet is not started, or ended when it is."""
        for token, level in aborts.items():
            if self._aborting.get(token, 0) >= level:
                continue
            start = self._dispatcher.withdraw(token)
            if start is not None:
                self._take([(start, starts.withdrawn(start))])
            elif self._runner_now.abort(token, force=level == 2):
                self._aborting[token] = level
            else:
                self._unmet.add(token)

    def _notice(self, changed: Changes) -> None:
        """Hear of a durable transaction."""
        for number, change in changed.items():
            if change.end_asked:
                self._aborts_asked = True
                self._bell.ring()
            elif number == DEFINITIONS:
                self._planner.ask()
                self._bell.ring()
            elif change.state is not None and change.state.waiting:
                self._bell.ring(HELD_WITHIN if change.state is EntryState.HELD else 0.0)
        self.waiters.publish(changed)

    def _look_again(self) -> None:
        """Hear that something may have happened that nobody has told of."""
        self._aborts_asked = True
        self._planner.ask()
        self._bell.ring()
        self.waiters.look_again()

    def _resolve_claims(self) -> None:
        """After a transaction that failed: let entries wait again that it claimed after all."""
        known = self._dispatcher.under_way()
        # After the question: whatever is not under way any more has come in.
        self._read_inbox()
        known |= {*self._begun, *self._over, *self._back}
        self._database.write(lambda c: recovery.resolve_claims(c, known))
        self._unsure = False


def _told(problem: Exception) -> str:
    return problem.message if isinstance(problem, JAMSError) else f"The start failed: {problem!r}."


def _seconds_until(moment: datetime | None) -> float:
    if moment is None:
        return SLOW_POLL
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), SLOW_POLL)
