"""A world in which entries run: a clock that is pushed, turns, and runs that last as long as they should."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import time_machine
from sqlalchemy import Connection, insert, select

from jams.database import entries, happenings, tables
from jams.objects.enums import EntryState
from jams.objects.parts import Element, PropertyValue
from jams.objects.run import RunEnded, RunOutcome, RunStarted
from jams.objects.waits import EntryWait
from jams.scheduler import turn
from jams.scheduler.starts import Start
from jams.scheduler.why import waits_of
from tests.support.schedule import Desk, desk

BEGINNING = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
"""A Monday."""


class Run(NamedTuple):
    """A run of the world: of which entry and job, when it began and, once it is over, when it ended."""

    number: int
    job: str
    began: datetime
    token: str


class World(Desk):
    """A database, a clock and runs. Jobs of the world run a minute and exit 0, unless told otherwise."""

    def __init__(self, database: Any, traveller: Any) -> None:
        super().__init__(database)
        self._traveller = traveller
        self._tokens = count(1)
        self.lasts: dict[str, timedelta] = {}
        self.exits: dict[str, list[int]] = {}
        self.runs: list[Run] = []
        self.alive: dict[str, tuple[datetime, Run]] = {}
        self.started: list[RunStarted] = []
        self.ended: list[RunEnded] = []

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def at(self, moment: datetime) -> None:
        """Let time pass until then: every turn that something asks for is taken."""
        while True:
            wanted = self.turns()
            ends = min((until for until, _ in self.alive.values()), default=None)
            following = [time for time in (wanted, ends) if time is not None and time <= moment]
            if not following:
                break
            self._traveller.move_to(max(min(following), self.now), tick=False)
            self._end_runs()
        self._traveller.move_to(moment, tick=False)
        self._end_runs()
        self.turns()

    def after(self, **span: float) -> None:
        """Let time pass."""
        self.at(self.now + timedelta(**span))

    def turns(self) -> datetime | None:
        """Take turns until there is nothing to do; when there is again."""
        while True:
            decisions = self.turn()
            if not decisions.more and not decisions.starts:
                return decisions.look_again_at

    def plan(self) -> None:
        """Take a turn that plans, and what follows."""
        self.turn(plan=True)
        self.turns()

    def turn(self, *, plan: bool = False, begins: bool = False) -> turn.Decisions:
        """Take one turn, and do what it decides."""
        told = turn.Happenings(started=tuple(self.started), ended=tuple(self.ended))
        self.started, self.ended = [], []
        limits = turn.Limits(room=lambda agent: 1000, confirm=lambda c: None, plan=plan, begins=begins)
        decisions = self.write(
            lambda c: turn.take(c, self.now, told, limits, lambda: f"t{next(self._tokens)}")
        )
        for start in decisions.starts:
            self._begin(start)
        for token in decisions.aborts:
            if token in self.alive:
                self._end(token, RunOutcome.ABORTED, None)
        return decisions

    def _begin(self, start: Start) -> None:
        job = start.row.job_name
        run = Run(start.row.number, job, self.now, start.token)
        self.runs.append(run)
        self.alive[start.token] = (self.now + self.lasts.get(job, timedelta(minutes=1)), run)
        self.started.append(
            RunStarted(
                token=start.token,
                jams_entry=start.row.number,
                process_id=1,
                log_filename="/log",
                start_time_utc=self.now,
            )
        )

    def _end_runs(self) -> None:
        for token in [token for token, (until, _) in self.alive.items() if until <= self.now]:
            codes = self.exits.get(self.alive[token][1].job, [])
            self._end(token, RunOutcome.EXITED, codes.pop(0) if codes else 0)

    def _end(self, token: str, outcome: RunOutcome, code: int | None) -> None:
        _, run = self.alive.pop(token)
        self.ended.append(
            RunEnded(
                token=token,
                jams_entry=run.number,
                outcome=outcome,
                completion_time_utc=self.now,
                exit_code=code,
                elapsed_seconds=(self.now - run.began).total_seconds(),
                reason=None if outcome is RunOutcome.EXITED else "asked",
            )
        )

    def began(self, number: int) -> list[datetime]:
        """When the runs of an entry began."""
        return [run.began for run in self.runs if run.number == number]

    def state(self, number: int) -> EntryState:
        return self.entry(number).current_state

    def why(self, number: int) -> list[EntryWait]:
        return self.read(lambda c: waits_of(c, number, self.now))

    def told(self, number: int) -> str:
        """What an entry waits for, in words."""
        return " ".join(wait.message for wait in self.why(number))

    def act(self, action: Callable[..., str], number: int, body: Any) -> str:
        return self.write(lambda c: action(c, number, "ada", body))

    def queue(self, name: str, limit: int, *, started: bool = True) -> int:
        return self._named(tables.queue, name, job_limit=limit, started=started)

    def resource(self, name: str, quantity: int) -> int:
        return self._named(tables.resource, name, quantity=quantity, agent_specific=False)

    def change(self, table: Any, id: int, **values: Any) -> None:
        """Change a row of a queue or resource, and say so."""

        def work(c: Connection) -> None:
            c.execute(table.update().where(table.c.id == id).values(**values))
            happenings.note(c, f"{table.name}:{id}")

        self.write(work)

    def _named(self, table: Any, name: str, **values: Any) -> int:
        def work(c: Connection) -> int:
            keyed = {"name": name, "name_key": name.lower(), "document": "{}"}
            changed = {"version": 1, "changed": self.now, "changed_by": "ada"}
            made = c.execute(insert(table).values(**keyed, **changed, **values))
            return int(made.inserted_primary_key[0])

        return self.write(work)

    def live(self) -> int:
        """How many entries have not ended."""
        query = select(tables.entry.c.number).where(tables.entry.c.state != EntryState.COMPLETE)
        return len(self.read(lambda c: c.execute(query).all()))

    def numbers(self, job: str) -> list[int]:
        """The entries of a job, oldest first."""
        found = self.read(lambda c: entries.find(c))
        return sorted(entry.jams_entry for entry in found if entry.job_name == job)


@contextmanager
def world(where: Path | str) -> Iterator[World]:
    """A world on a database."""
    with time_machine.travel(BEGINNING, tick=False) as traveller, desk(where) as made:
        yield World(made.database, traveller)


def element(kind: str, **properties: Any) -> Element:
    """An element of that type."""
    return Element(element_name=kind, element_type_name=kind, properties=values(**properties))


def values(**properties: Any) -> list[PropertyValue]:
    """Properties by name."""
    return [PropertyValue(property_name=name, current_value=value) for name, value in properties.items()]
