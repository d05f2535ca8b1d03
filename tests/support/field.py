r"""The world in which situations from the field are played: schedule, people, runs, a scheduler that dies.

Where nothing else is said: Berlin, Monday to Friday are workdays, one agent without limit, jobs in ``\T``
that run a minute and exit 0. The schedule is extended every half hour and not every minute, which changes
nothing but how long it takes to play a day.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import time_machine
from msgspec.structs import replace
from sqlalchemy import select

from jams.database import entries, history, jobs, missed_points, stored_settings, tables
from jams.objects.definitions import Job
from jams.objects.parts import Element
from jams.objects.patch import patch_of
from jams.objects.run import LogVerdict, RunEnded, RunOutcome, RunRequest, RunStarted
from jams.objects.schedule import Entry, History
from jams.scheduler import recovery, starts, turn
from tests.simulation import invariants
from tests.simulation.points import Points
from tests.support.engine import Run, World, values
from tests.support.schedule import USER, desk

BERLIN = ZoneInfo("Europe/Berlin")
PASSES = timedelta(minutes=30)
PLENTY = 1000
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a database need not wait for a disk: only the scheduler of this world dies, and not its machine."""


class Play(NamedTuple):
    """What a run does: how many minutes it lasts, and with which code it exits."""

    minutes: float = 1
    code: int = 0


class Field(World):
    """A world with a schedule. Times without a zone are those of ``zone``.

    Attributes:
        plays: what the next runs of a job do, in the order in which they begin.
        verdicts: what the logs of a job's runs say to its patterns.
        requests: what the runner was asked for, in order.
        taken: how many turns were taken.
        most_alive: the most runs that were alive at once.
    """

    def __init__(self, database: Any, traveller: Any, zone: ZoneInfo) -> None:
        super().__init__(database, traveller)
        self.zone = zone
        self.plays: dict[str, list[Play]] = {}
        self.verdicts: dict[str, LogVerdict] = {}
        self.requests: list[RunRequest] = []
        self.taken = 0
        self.most_alive = 0
        self._codes: dict[str, int] = {}
        self._began: dict[str, RunStarted] = {}
        self._over: dict[str, RunEnded] = {}
        self._begins = True
        self._next_pass = self.now
        self._more_tokens = (f"look{number}" for number in count(1))

    def moment(self, text: str) -> datetime:
        """``2027-03-08 09:00`` in the zone of the world, or with an offset of its own."""
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=self.zone)).astimezone(UTC)

    def move(self, moment: datetime) -> None:
        """Let time pass without a turn; runs end, each at its time."""
        while ends := [at for at, _ in self.alive.values() if at <= moment]:
            self._traveller.move_to(max(min(ends), self.now), tick=False)
            self._end_runs()
        self._traveller.move_to(max(moment, self.now), tick=False)

    def until(self, text: str) -> None:
        """Let time pass: every turn that something asks for is taken."""
        self.at(self.moment(text))

    def turns(self) -> datetime | None:
        """Take turns until there is nothing to do; when there is again."""
        while True:
            decisions = self.turn()
            if not (decisions.more or decisions.starts or self._next_pass <= self.now):
                return min(filter(None, (decisions.look_again_at, self._next_pass)))

    def turn(self, *, plan: bool = False, begins: bool = False) -> turn.Decisions:
        """Take one turn, and do what it decides."""
        self.taken += 1
        due = plan or self._next_pass <= self.now
        for end in self.ended:
            self._began.pop(end.token, None)
        decisions = super().turn(plan=due, begins=begins or self._begins)
        if decisions.planned is not None:
            self._begins = decisions.planned.refused
            self._next_pass = self.now + (timedelta() if decisions.planned.more else PASSES)
        return decisions

    def _begin(self, start: starts.Start) -> None:
        super()._begin(start)
        self._began[start.token] = self.started[-1]
        self.requests.append(starts.request_of(start))
        _, run = self.alive[start.token]
        if plays := self.plays.get(run.job):
            play = plays.pop(0)
            self.lasts_until(run, self.now + timedelta(minutes=play.minutes))
            self._codes[run.token] = play.code
        self.most_alive = max(self.most_alive, len(self.alive))

    def lasts_until(self, run: Run, end: datetime) -> None:
        """Let a run that is alive end then."""
        self.alive[run.token] = (end, run)

    def _end_runs(self) -> None:
        over = sorted((until, token) for token, (until, _) in self.alive.items() if until <= self.now)
        for _, token in over:
            codes = self.exits.get(self.alive[token][1].job, [])
            code = self._codes.pop(token, None)
            self._end(token, RunOutcome.EXITED, code if code is not None else codes.pop(0) if codes else 0)

    def _end(self, token: str, outcome: RunOutcome, code: int | None) -> None:
        _, run = self.alive[token]
        super()._end(token, outcome, code)
        if verdict := self.verdicts.get(run.job):
            self.ended[-1] = replace(self.ended[-1], log_verdict=verdict)
        self._over[token] = self.ended[-1]

    def dies(self, until: str) -> None:
        """The scheduler dies with all that it knew. Runs go on; then another scheduler begins."""
        self.move(self.moment(until))
        self.started, self.ended = [], []
        recovery.recover(self.database, self)
        self._begins = True
        self._next_pass = self.now
        self.turns()

    def recover(
        self, tokens: Iterable[str], *, ending: Collection[str] = ()
    ) -> dict[str, RunStarted | RunEnded | None]:
        """What became of claimed runs, for a scheduler that begins."""
        return {token: self._over.get(token) or self._began.get(token) for token in tokens}

    def forget(self, token: str) -> None:
        """A run is settled."""
        self._over.pop(token, None)

    def purge(self, keep: Iterable[str]) -> int:
        """Forget all ends: those that were asked for are settled."""
        self._over.clear()
        return 0

    def job(self, path: str, source: str = "true", *elements: Element, **members: Any) -> int:
        """Make a job; members in capitals are properties of it."""
        bag = {name: members.pop(name) for name in list(members) if name[0].isupper()}
        made = super().job(path, source, elements=list(elements), properties=values(**bag), **members)
        self.turns()
        return made

    def edit(self, id: int, *elements: Element, **members: Any) -> None:
        """Change a job: its elements, if some are given; in capitals, its properties."""
        bag = {name: members.pop(name) for name in list(members) if name[0].isupper()}
        if elements:
            members["elements"] = list(elements)
        if bag or not members:
            members["properties"] = values(**bag)
        self.write(lambda c: jobs.change(c, patch_of(Job)(**members), id=id, user=USER))

    def setting(self, name: str, value: str) -> None:
        """Set a setting of the server."""
        self.write(lambda c: stored_settings.put(c, name, value, user=USER))

    def starts(self, job: str) -> list[str]:
        """When runs of a job have begun, in the zone of the world."""
        return [self.local(run.began) for run in self.runs if run.job == job]

    def local(self, moment: datetime) -> str:
        """A moment in the zone of the world."""
        return f"{moment.astimezone(self.zone):%m-%d %H:%M:%S}".removesuffix(":00")

    def waiting(self, job: str) -> list[str]:
        """For when entries of a job stand in the schedule, in the zone of the world."""
        return [
            self.local(entry.hold_time_utc)
            for entry in self.of(job)
            if entry.current_state.waiting and entry.hold_time_utc is not None
        ]

    def of(self, job: str) -> list[Entry]:
        """The entries of a job, by number."""
        query = select(tables.entry.c.number).where(tables.entry.c.job_name == job)
        numbers = self.read(lambda c: c.scalars(query.order_by(tables.entry.c.number)).all())
        return [self.entry(number) for number in numbers]

    def parameter(self, number: int, name: str) -> list[str]:
        """What runs of an entry were given as a parameter, in order."""
        return [request.parameters[name] for request in self.requests if request.jams_entry == number]

    def history(self, job_id: int) -> list[History]:
        """The records of a job's runs, oldest first."""
        return self.read(lambda c: history.find(c, history.Wanted(job_id=job_id)))[::-1]

    def missed(self, job_id: int) -> list[tuple[str, str]]:
        """What of a job was missed: the point in the zone of the world, and what was done about it."""
        found = reversed(self.read(lambda c: missed_points.find(c, job_id=job_id)))
        return [(self.local(each.scheduled_time), each.action.value) for each in found]

    def audit(self, number: int) -> list[str]:
        """What was done to an entry."""
        return [line.message for line in self.read(lambda c: entries.audit_trail(c, number))]

    def document(self, job_id: int) -> Job:
        """A job as it is shown."""
        return self.read(lambda c: jobs.get(c, job_id))

    def holds(self) -> None:
        """See that the invariants hold, and that nothing due is left without a reason that still stands."""
        self.turns()
        alive = {token: run for token, (_, run) in self.alive.items()}
        seen: Any = SimpleNamespace(
            desk=self,
            clock=SimpleNamespace(now=self.now),
            machine=SimpleNamespace(told_twice=[], ran_twice=[], alive=alive),
            points=Points(self.now),
            accepted=set(),
            used={},
            limits={},
            is_quiet=True,
            new_token=lambda: next(self._more_tokens),
            settle_after_undo=lambda: None,
        )
        invariants.check(seen)
        invariants.check_hard(seen)


@contextmanager
def field(place: Path | str, start: str, zone: ZoneInfo = BERLIN) -> Iterator[Field]:
    r"""The world for the time of a ``with`` block, from a local time on, with a folder ``\T``."""
    begins = datetime.fromisoformat(start).replace(tzinfo=zone)
    with (
        tempfile.TemporaryDirectory(dir=_MEMORY) as folder,
        time_machine.travel(begins, tick=False) as traveller,
        desk(Path(folder) / "jams.db" if isinstance(place, Path) else place) as made,
    ):
        if not isinstance(place, Path):
            made.write(lambda c: c.exec_driver_sql("SET synchronous_commit TO OFF"))
        made.folder("\\T")
        made.write(lambda c: stored_settings.put(c, "TimeZone", zone.key, user=USER))
        made.write(lambda c: stored_settings.put(c, "ScheduleInterval", "0.00:30", user=USER))
        yield Field(made.database, traveller, zone)
