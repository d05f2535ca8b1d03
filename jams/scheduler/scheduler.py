"""The scheduler: starts what is due and settles what has ended.

The database is the truth; a wake-up is only a hint. One thread turns: each turn is one transaction that
records what has begun and ended since the last and claims what may start. A claim is durable before its work
is started, and has a token that never starts twice; the starts are made by the dispatcher.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection

from jams.database import Database
from jams.database.changes import DEFINITIONS, Changes
from jams.objects.enums import EntryState
from jams.objects.errors import JAMSError, ServerUnavailable
from jams.objects.run import RunEnded, RunStarted

from . import preparing, recovery, remotes, starts, sweep, turn
from .aborting import Aborts
from .bell import Bell
from .callers import SLOW_POLL, ForCallers
from .dispatching import MOST_QUEUED, Answer, Dispatcher
from .news import RECORDED_WITHIN, News
from .planning.passes import Planner
from .runner import Runner
from .sources.macros import Macros
from .sources.secrets import ValueOf, no_value
from .starts import Start

log = logging.getLogger(__name__)

GATHERING = 0.01
"""Seconds that a turn waits for company while many runs come and go."""

MOST_ALONE = 2
"""Entries that are claimed where they are submitted; more of them share a turn."""

HELD_WITHIN = 0.25
"""Seconds that the news of a held entry waits: it does not start; only that it stalls may be the next due."""

PAUSE_AFTER_FAILURE = 1.0
"""Seconds until a turn that the database refused is tried again."""

STARTS_END = 5.0
"""Seconds for which a scheduler that stops waits for starts that are being made."""


class Scheduler(ForCallers):
    """The scheduler of one server; made, then given its executor by :meth:`start`.

    Args:
        database: where the schedule is.
        logon_of: the accounts with which runs log on to other hosts.
        macros: the texts that sources share.
        value_of: the values of encrypted variables.
    """

    def __init__(
        self,
        database: Database,
        *,
        logon_of: remotes.LogonOf = remotes.no_logon,
        macros: Macros | None = None,
        value_of: ValueOf = no_value,
    ) -> None:
        self._logon_of = logon_of
        self._macros = macros or Macros()
        self._value_of = value_of
        self._runner: Runner | None = None
        self._bell = Bell()
        self._stopping = threading.Event()
        self._finishing = threading.Event()
        self._thread: threading.Thread | None = None
        self._dispatcher = Dispatcher(self._make, self._look, self._made)
        self._news = News()
        self._aborts = Aborts(self._dispatcher, lambda: self._runner_now, self._take)
        self._cpu: dict[str, float | None] = {}
        self._aborts_asked = True
        self._unsure = False
        self._asked_anew: Callable[[], None] | None = None
        self._recovered = False
        self._crowded = False
        self._followed = 0
        self._promised: Counter[int] = Counter()
        self._failures = 0
        self._turns = 0
        self._busy = False
        self._sweeper = sweep.Sweeper(database)
        self._planner = Planner()
        super().__init__(database)
        database.follow(self._follow)

    @property
    def active(self) -> bool:
        """Whether the scheduler works."""
        return self._thread is not None and self._thread.is_alive() and not self._stopping.is_set()

    def start(self, runner: Runner, *, there: bool = True) -> None:
        """Find again what earlier runs came to, then begin.

        A runner that may not be ``there`` yet is asked for that when :meth:`ask_anew` says so.

        Raises:
            ServerUnavailable: the runner cannot tell.
        """
        self._runner = runner
        if there:
            recovery.recover(self._database, runner)
        self._recovered = there
        self._thread = threading.Thread(target=self._work, name="jams-scheduler", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Start nothing more, settle what has ended, and return; runs go on. Idempotent.

        What was claimed and not begun waits again; a start that is being made and takes too long is found by
        whoever starts next.
        """
        self._stopping.set()
        self._news.take((start, None) for start in self._dispatcher.close(STARTS_END))
        self._finishing.set()
        self._bell.ring()
        if self._thread is not None:
            self._thread.join()

    def facts(self) -> dict[str, int | bool]:
        """How it fares, in numbers, for who looks for what is wrong with it."""
        return {
            "active": self.active,
            "holdsDatabase": self._database.held,
            "turns": self._turns,
            "failuresInARow": self._failures,
            "startsUnderWay": self._dispatcher.total,
            "newsUnsettled": len(self._news.tokens),
        }

    def wake(self) -> None:
        """Say that something may be due. Costs next to nothing."""
        self._bell.ring()

    def ask_anew(self, done: Callable[[], None]) -> None:
        """Ask the runner what became of every run, since it may be a new one; from any thread.

        ``done`` is called when it has answered. Until then it is to make no start.
        """
        self._asked_anew = done
        self._bell.ring()

    def run_ended(self, ended: RunEnded) -> None:
        """Take the end of a run from whoever ran it; may be called from any thread."""
        self._news.ended(ended)
        self._bell.ring()

    def _work(self) -> None:
        idle = 0.0
        while True:
            self._bell.wait(idle)
            if self._busy:
                # When many runs come and go, let some gather: they share a transaction and its commit.
                self._stopping.wait(GATHERING)
            self._bell.clear()
            try:
                # What an earlier scheduler has claimed is not known before.
                if self._unsure and self._recovered:
                    self._resolve_claims()
                if self._asked_anew is not None:
                    self._ask_anew()
                idle = self._take_turn()
                if self._sweeper.run_when_due():
                    idle = 0.0
                self._failures = 0
            except Exception as error:
                # Wake-ups do not shorten this pause: they would come as fast as the failures.
                self._finishing.wait(self._pause_after(error))
                idle = 0.0
            if self._finishing.is_set() and (self._failures or self._news.is_settled):
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
        self._sort_news()
        ended = self._news.settleable(() if self._finishing.is_set() else self._dispatcher.under_way())
        happened = turn.Happenings(
            started=self._recordable(ended),
            ended=ended,
            given_back=self._news.given_back,
            cpu=self._cpu,
        )
        # Taken back before the question is asked: what is asked for meanwhile must be seen the next time.
        aborts, self._aborts_asked = self._aborts_asked, False
        limits = turn.Limits(
            room=self._room,
            confirm=self._database.confirm,
            starts=self._may_start,
            aborts=aborts,
            plan=self._is_working and self._planner.begin(),
            begins=self._planner.begins,
            keep=self._sweeper.keep,
        )
        self._turns += 1
        followed, self._followed = self._followed, 0
        try:
            decisions = self._database.write(lambda c: self._decided(c, happened, limits))
        except Exception:
            self._promised = Counter()
            self._unsure = self._aborts_asked = True
            self._planner.ask()
            raise
        self._crowded = decisions.crowded
        if decisions.planned is not None:
            self._planner.done(decisions.planned)
        self._take((start, None) for start in self._dispatcher.put(decisions.starts))
        self._promised = Counter()
        self._forget(happened)
        self._busy = not decisions.more and followed + len(decisions.starts) + len(happened.ended) > 2
        self._aborts.ask(decisions.aborts)
        self._cpu = self._measured(decisions.unmeasured)
        if decisions.more:
            return 0.0
        return min(_seconds_until(decisions.look_again_at), self._planner.seconds)

    @property
    def _is_working(self) -> bool:
        return self._database.held and not self._stopping.is_set()

    @property
    def _may_start(self) -> bool:
        return self._is_working and not self._planner.refused

    def _decided(self, c: Connection, happened: turn.Happenings, limits: turn.Limits) -> turn.Decisions:
        """Take a turn, and keep in mind what it claims until that is handed over: others may claim before."""
        self._promised = Counter()
        decisions = turn.take(c, datetime.now(UTC), happened, limits, _new_token)
        self._promised = Counter(start.agent_id for start in decisions.starts)
        return decisions

    def _room(self, agent: int) -> int:
        return MOST_QUEUED - self._dispatcher.load(agent) - self._promised[agent]

    def _follow(self, c: Connection, changed: Changes) -> Callable[[bool], None] | None:
        """Claim a lone entry in the transaction that submits it; many are left to a turn, where they gather.

        Called in the thread that writes, as what it gives back.
        """
        if (
            self._busy
            or self._crowded
            or self._followed >= MOST_ALONE
            or not (self.active and self._may_start)
        ):
            return None
        submitted = sum(change.state is EntryState.PENDING for change in changed.values())
        if not 0 < submitted <= MOST_ALONE or DEFINITIONS in changed:
            return None
        limits = turn.Limits(room=self._room, confirm=self._database.confirm)
        decisions = turn.follow(c, datetime.now(UTC), limits, _new_token)
        return None if decisions is None else partial(self._followed_by, decisions)

    def _followed_by(self, decisions: turn.Decisions, durable: bool) -> None:
        """Do what was decided, or see to it that it is looked after when nobody knows whether it stands."""
        if not durable:
            self._unsure = True
            self._bell.ring()
            return
        self._followed += len(decisions.starts)
        self._take((start, None) for start in self._dispatcher.put(decisions.starts))
        if decisions.look_again_at is not None:
            self._bell.ring(_seconds_until(decisions.look_again_at))

    def _take(self, news: Iterable[tuple[Start, Answer]]) -> None:
        """Take what became of starts in the scheduler's own thread."""
        if self._news.take(news):
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

    def _sort_news(self) -> None:
        if self._news.sort(self._aborts.unmet):
            # What could not be ended before it began can be now.
            self._aborts_asked = True

    def _recordable(self, ended: Collection[RunEnded]) -> list[RunStarted]:
        """What is written down of starts in this turn."""
        told, others_wait = self._news.recordable(ended, every=self._finishing.is_set())
        if others_wait:
            self._bell.ring(RECORDED_WITHIN)
        return told

    def _forget(self, settled: turn.Happenings) -> None:
        """What has happened is durable."""
        self._news.forget(settled)
        for token in (*(run.token for run in settled.ended), *settled.given_back):
            self._aborts.forget(token)
            self._runner_now.forget(token)

    def _make(self, start: Start) -> RunStarted | RunEnded:
        """Have a claimed entry started where its agent says; in a thread of the dispatcher."""
        if not self._database.held:
            raise ServerUnavailable("the database may be another server's.")
        try:
            prepared = preparing.prepare(
                start,
                self._database.read,
                logon_of=self._logon_of,
                macros=self._macros,
                value_of=self._value_of,
            )
        except ServerUnavailable:
            raise
        except JAMSError as error:
            return starts.not_started(start, error.message)
        if prepared.left or prepared.used or prepared.opened:
            self._database.write(lambda c: preparing.tell(c, start, prepared))
        return self._runner_now.start(prepared.request)

    def _look(self, start: Start) -> Answer:
        """What became of a start of which that is not known; in a thread of the dispatcher."""
        ending = [start.token] if start.token in self._aborts.unmet else []
        return self._runner_now.recover([start.token], ending=ending)[start.token]

    def _made(self, start: Start, answer: Answer) -> None:
        """Take what became of a start; in a thread of the dispatcher."""
        self._news.made(start, answer)
        # Room for one is not hurried for: in a crowd each start would take a turn of its own.
        wanted = self._crowded and self._dispatcher.load(start.agent_id) <= MOST_QUEUED // 2
        in_no_hurry = isinstance(answer, RunStarted) and not wanted
        self._bell.ring(RECORDED_WITHIN if in_no_hurry else 0.0)

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
        super()._notice(changed)

    def look_again(self) -> None:
        """Hear that something may have happened that nobody has told of; from any thread."""
        self._look_again()

    def _look_again(self) -> None:
        self._aborts_asked = True
        self._planner.ask()
        self._bell.ring()
        super()._look_again()

    def _ask_anew(self) -> None:
        done, self._asked_anew = self._asked_anew, None
        assert done is not None
        try:
            self._sort_news()
            ended = recovery.ask_anew(
                self._database, self._runner_now, self._dispatcher.under_way, lambda: self._news.tokens
            )
        except recovery.RunnerAway as error:
            log.warning("the runs could not be asked for: %s", error)
            return
        except Exception:
            self._asked_anew = self._asked_anew or done
            raise
        for run in ended:
            self._news.ended(run)
        self._recovered = True
        done()
        self._look_again()

    def _resolve_claims(self) -> None:
        """After a transaction that failed: let entries wait again that it claimed after all."""

        def resolve(c: Connection) -> None:
            # Asked where claims are written: none is made, and not handed over, meanwhile.
            known = self._dispatcher.under_way()
            # After the question: whatever is not under way any more has come in.
            self._sort_news()
            recovery.resolve_claims(c, known | self._news.tokens)

        # Before: what fails from now on has to be looked after again.
        self._unsure = False
        try:
            self._database.write(resolve)
        except Exception:
            self._unsure = True
            raise


def _new_token() -> str:
    return secrets.token_hex(16)


def _seconds_until(moment: datetime | None) -> float:
    if moment is None:
        return SLOW_POLL
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), SLOW_POLL)
