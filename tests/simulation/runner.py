"""The runner of the simulation: runs last, fail, end when they are asked to, and survive the scheduler."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from tests.simulation.clock import Clock


@dataclass(eq=False)
class Live:
    """A run: of which entry and job, since when, until when (true time), and how it will end."""

    token: str
    number: int
    ron: int
    job: str
    began: datetime
    true: timedelta
    until: timedelta
    outcome: RunOutcome
    code: int


class Machine:
    """Runs work under tokens, and remembers the ends until it is told to forget them.

    Attributes:
        log: all runs that have begun, in their order.
        told_twice: the tokens under which something was to be started a second time.
        ran_twice: the entries of which a run was started a second time, with its number.
        brief: the jobs whose runs last a second.
    """

    def __init__(self, clock: Clock, seed: int, fails: float) -> None:
        self._clock = clock
        self._seed = seed
        self._runs: Counter[str] = Counter()
        self.fails = fails
        self.alive: dict[str, Live] = {}
        self.ends: dict[str, RunEnded] = {}
        self.log: list[Live] = []
        self.told_twice: list[str] = []
        self.ran_twice: list[tuple[int, int]] = []
        self.brief: set[str] = set()
        self._seen: set[str] = set()
        self._numbers: set[tuple[int, int]] = set()

    def start(self, request: RunRequest) -> RunStarted:
        """Start the work."""
        if request.token in self._seen:
            self.told_twice.append(request.token)
        self._seen.add(request.token)
        numbers = (request.jams_entry, request.ron)
        if numbers in self._numbers:
            self.ran_twice.append(numbers)
        self._numbers.add(numbers)
        chance = self._chance_of(request.job_name)
        lasts = timedelta(seconds=chance.choice((1, 20, 60, 300, 900, 3600)))
        if request.job_name in self.brief:
            lasts = timedelta(seconds=1)
        bad = chance.random() < self.fails
        run = Live(
            token=request.token,
            number=request.jams_entry,
            ron=request.ron,
            job=request.job_name,
            began=self._clock.now,
            true=self._clock.true,
            until=self._clock.true + lasts,
            outcome=RunOutcome.EXITED,
            code=chance.choice((1, 1, 2, 75, 82)) if bad else 0,
        )
        self.alive[run.token] = run
        self.log.append(run)
        return self._started(run)

    def abort(self, token: str, *, force: bool = False) -> bool:
        """Ask a run to end; some take their time."""
        run = self.alive.get(token)
        if run is None:
            return False
        if run.outcome is not RunOutcome.ABORTED or force:
            run.outcome = RunOutcome.ABORTED
            run.until = self._clock.true + timedelta(seconds=0 if force or run.ron % 3 else 30)
        return True

    def over(self) -> list[RunEnded]:
        """End the runs whose time is over, and tell."""
        found = [run for run in self.alive.values() if run.until <= self._clock.true]
        for run in found:
            del self.alive[run.token]
            self.ends[run.token] = RunEnded(
                token=run.token,
                jams_entry=run.number,
                outcome=run.outcome,
                completion_time_utc=self._clock.now,
                exit_code=run.code if run.outcome is RunOutcome.EXITED else None,
                elapsed_seconds=(self._clock.true - run.true).total_seconds(),
                reason=None if run.outcome is RunOutcome.EXITED else "it was asked to",
            )
        return [self.ends[run.token] for run in found]

    def sleep(self, span: timedelta) -> None:
        """The machine is suspended: nothing goes on."""
        for run in self.alive.values():
            run.until += span

    def next_end(self) -> timedelta | None:
        """When the next run ends."""
        return min((run.until for run in self.alive.values()), default=None)

    def recover(
        self, tokens: Iterable[str], *, ending: Collection[str] = ()
    ) -> dict[str, RunStarted | RunEnded | None]:
        """What became of claimed runs; what never began never will."""
        found: dict[str, RunStarted | RunEnded | None] = {}
        for token in tokens:
            run = self.alive.get(token)
            found[token] = self._started(run) if run is not None else self.ends.get(token)
            self._seen.add(token)
        return found

    def forget(self, token: str) -> None:
        """A run is settled."""
        self.ends.pop(token, None)

    def purge(self, keep: Iterable[str]) -> int:
        """Forget all ends but these."""
        self.ends = {token: end for token, end in self.ends.items() if token in set(keep)}
        return 0

    def cpu_seconds(self, tokens: Collection[str]) -> dict[str, float]:
        """Nobody knows."""
        return {}

    def _chance_of(self, job: str) -> Random:
        """What decides how the next run of a job goes, whatever else there is in the world."""
        self._runs[job] += 1
        return Random(f"{self._seed} {job} {self._runs[job]}")

    def _started(self, run: Live) -> RunStarted:
        return RunStarted(
            token=run.token,
            jams_entry=run.number,
            process_id=1,
            log_filename="/log",
            start_time_utc=run.began,
        )
