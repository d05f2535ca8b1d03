"""Plays the schedule: turns on a copy of the database, by a clock that jumps to whatever happens next."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import changes, runs
from jams.database.changes import DEFINITIONS
from jams.database.reading import Found
from jams.objects.enums import EntryState
from jams.objects.run import RunEnded, RunOutcome, RunStarted
from jams.scheduler import turn
from jams.scheduler.starts import Start
from jams.scheduler.waits.capacity import asked_of

from .assumptions import Usual, good_end

PLENTY = 1_000_000
"""Starts that an agent can be asked for at once: in the forecast none takes time."""

STUCK = 10_000
"""Turns at one and the same time, after which the forecast is given up: the time would never go on."""

Progress = Callable[[datetime], bool]
"""Hears how far the clock is; whether to go on."""


@dataclass(eq=False, slots=True)
class Run:
    """A run of the forecast.

    Attributes:
        row: its entry, as it was when the run was claimed.
        agent_id: where it runs.
        token: under which it runs.
        began: when it began; of one that was under way already, when it did.
        until: when it will have ended.
        ended: when it has ended, once it has.
        outcome: how.
        known: whether it was under way when the forecast began.
    """

    row: Found
    agent_id: int
    token: str
    began: datetime
    until: datetime
    ended: datetime | None = None
    outcome: RunOutcome = RunOutcome.EXITED
    known: bool = False

    @property
    def holds(self) -> frozenset[str]:
        """What it takes besides a place at its agent: its queue, resources, the one place of its job."""
        asked = asked_of(self.row)
        found = {f"Resource:{id}" for id, _ in asked.resources}
        if asked.queue_id is not None:
            found.add(f"Queue:{asked.queue_id}")
        if self.row.job_id is not None:
            found.add(f"Instance:{self.row.job_id}")
        return frozenset(found)


@dataclass(eq=False)
class Play:
    """What has been played.

    Attributes:
        begin: when the forecast begins.
        now: how far it has got.
        runs: all runs, in the order in which they were claimed.
        stood: where each entry came to stand when.
        over: the numbers of the entries that ended in a turn, by its time.
        turns: how many turns were taken.
        whole: whether it has got to where it was to get.
    """

    begin: datetime
    now: datetime
    runs: list[Run] = field(default_factory=list)
    stood: dict[int, list[tuple[datetime, EntryState]]] = field(default_factory=lambda: defaultdict(list))
    over: dict[datetime, list[int]] = field(default_factory=lambda: defaultdict(list))
    turns: int = 0
    whole: bool = False


class Player:
    """Plays on a connection to the copy.

    Args:
        c: the copy.
        now: when the forecast begins.
        usual: how long runs last.
        events: what else happens when, as work on the copy.
    """

    def __init__(
        self,
        c: Connection,
        now: datetime,
        usual: Usual,
        events: Sequence[tuple[datetime, Callable[[Connection], None]]] = (),
    ) -> None:
        self._c = c
        self._usual = usual
        self._events = sorted(events, key=lambda event: event[0])
        self._tokens = count(1)
        self._alive: dict[str, Run] = {}
        self._ends: list[tuple[datetime, int, str]] = []
        self._order = count()
        self._started: list[RunStarted] = []
        self._plans = True
        self._begins = False
        self._aborts = True
        self._starts = True
        self.played = Play(now, now)
        for number, state in runs.waiting(c):
            self.played.stood[number].append((now, state))
        self._adopt()

    def until(self, end: datetime, go_on: Progress = lambda _: True) -> Play:
        """Play until then, or as long as ``go_on`` says so; what has been played in all."""
        played, busy, stuck = self.played, True, 0
        while True:
            then = played.now if busy else self._next()
            if then is None or then > end:
                break
            stuck = stuck + 1 if busy else 0
            played.now = max(played.now, then)
            if stuck > STUCK or not go_on(played.now):
                return played
            busy = self._turn(end)
        played.now, played.whole = max(end, played.now), True
        return played

    def _next(self) -> datetime | None:
        while self._ends and self._ends[0][2] not in self._alive:
            heapq.heappop(self._ends)
        times = [self._ends[0][0]] if self._ends else []
        times += [self._events[0][0]] if self._events else []
        times += [self._look_again] if self._look_again is not None else []
        return min(times, default=None)

    _look_again: datetime | None = None

    def _turn(self, end: datetime) -> bool:
        """Take a turn; whether there is more to do at this moment."""
        c, played, now = self._c, self.played, self.played.now
        played.turns += 1
        while self._events and self._events[0][0] <= now:
            self._events.pop(0)[1](c)
        over = self._over(now)
        begun, self._started = self._started, []
        limits = turn.Limits(
            room=lambda _: PLENTY,
            confirm=lambda _: None,
            starts=self._starts,
            aborts=self._aborts,
            plan=self._plans,
            begins=self._begins,
            horizon=end,
        )
        self._plans = self._aborts = False
        happened = turn.Happenings(started=begun, ended=over)
        decisions = turn.take(c, now, happened, limits, lambda: f"forecast{next(self._tokens)}")
        self._notice(changes.take(c))
        if decisions.planned is not None:
            self._plans = self._plans or decisions.planned.more
            self._starts = not decisions.planned.refused
        for start in decisions.starts:
            self._begin(start)
        for token in decisions.aborts:
            self._abort(token)
        self._look_again = decisions.look_again_at
        return bool(decisions.more or decisions.starts or decisions.aborts or self._plans or self._aborts)

    def _over(self, now: datetime) -> list[RunEnded]:
        """The ends of runs whose time is over."""
        found = []
        while self._ends and self._ends[0][0] <= now:
            _, _, token = heapq.heappop(self._ends)
            run = self._alive.pop(token, None)
            if run is None:
                continue
            run.ended = now
            end = replace(good_end(run.row, run.began, now), token=token)
            if run.outcome is RunOutcome.ABORTED:
                end = replace(
                    end, outcome=run.outcome, exit_code=None, log_verdict=None, reason="It is asked to."
                )
            found.append(end)
        return found

    def _notice(self, changed: Mapping[int, changes.Change]) -> None:
        played, now = self.played, self.played.now
        for number, change in changed.items():
            if number == DEFINITIONS:
                continue
            if change.end_asked:
                self._aborts = True
            if change.over:
                played.over[now].append(number)
            if change.state is not None:
                played.stood[number].append((now, change.state))

    def _begin(self, start: Start) -> None:
        now = self.played.now
        lasts = self._usual.of(start.row.job_id)
        self._add(Run(start.row, start.agent_id, start.token, now, now + lasts))
        self._started.append(_started(start.token, start.row.number, now))

    def _add(self, run: Run) -> None:
        self._alive[run.token] = run
        self.played.runs.append(run)
        heapq.heappush(self._ends, (run.until, next(self._order), run.token))

    def _abort(self, token: str) -> None:
        run = self._alive.get(token)
        if run is None or run.outcome is RunOutcome.ABORTED:
            return
        run.outcome, run.until = RunOutcome.ABORTED, self.played.now
        heapq.heappush(self._ends, (run.until, next(self._order), token))

    def _adopt(self) -> None:
        """Take over the runs that are under way: what has been claimed begins now."""
        now = self.played.now
        found = runs.with_entries(self._c, runs.tokens(self._c))
        for token, row in sorted(found.items(), key=lambda pair: pair[1].number):
            began = row.start_time if row.state is EntryState.EXECUTING and row.start_time else now
            ends = max(began + self._usual.of(row.job_id), now)
            self._add(Run(row, row.agent_id, token, min(began, now), ends, known=True))
            if row.state is EntryState.STARTING:
                self._started.append(_started(token, row.number, now))


def _started(token: str, number: int, now: datetime) -> RunStarted:
    return RunStarted(token=token, jams_entry=number, process_id=0, log_filename="", start_time_utc=now)
