"""The simulated world: the real turn on a real database, with a clock, a runner, people and a nemesis."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import time_machine
from sqlalchemy import Connection

from jams.database import open_beside
from jams.database.changes import Changes
from jams.objects.errors import JAMSError
from jams.scheduler import sweep
from tests.simulation import invariants, nemesis, operators, town
from tests.simulation.at_once import at_once
from tests.simulation.baton import Baton
from tests.simulation.clock import BEGINNING, Clock
from tests.simulation.nemesis import Faults, Killed, Nemesis
from tests.simulation.points import Points
from tests.simulation.runner import Machine
from tests.simulation.scheduler import Scheduler
from tests.support.schedule import Desk, desk

T = TypeVar("T")
_LOOK_HARD = 7
"""Every so many quiet turns, what costs more is checked too."""


@dataclass(frozen=True)
class Setting:
    """What a world is.

    Attributes:
        beginning: when it begins.
        build: makes its definitions; the names of the jobs that people submit.
        faults: which faults it has; None: its seed says.
        schedulers: how many there are.
        together: whether they take turns side by side, in transactions that overlap.
        watched: whether the invariants are held after every turn.
        keep: how long ended entries stay in the monitor; None: as the settings say.
        at_once: whether the one scheduler writes in the thread of the test.
    """

    beginning: datetime = BEGINNING
    build: Callable[[Desk, Random], list[str]] = town.build
    faults: Faults | None = None
    schedulers: int = 1
    together: bool = False
    watched: bool = True
    keep: timedelta | None = None
    at_once: bool = False


class Simulation:
    """A world that goes on by its seed.

    Attributes:
        accepted: the numbers of the entries whose submission was accepted.
        turns: how many turns were taken.
        used: how much was in use after the last one.
        limits: how much might be, before what is done side by side now.
        points: which points of the schedule were seen.
        owners: who has claimed a token.
        people: the database as people see it.
    """

    def __init__(self, desks: Sequence[Desk], traveller: object, seed: int, setting: Setting) -> None:
        self.desk = d = desks[0]
        self.setting = setting
        self.chance = Random(seed)
        self.clock = Clock(traveller, setting.beginning)
        faults = nemesis.drawn(self.chance) if setting.faults is None else setting.faults
        if setting.schedulers > 1:
            # Who recovers another one's claims has to know that it is dead: that comes with the lease.
            faults.crash = faults.lost = 0.0
        self.nemesis = Nemesis(self.chance, faults)
        self.machine = Machine(self.clock, seed, faults.fail)
        self.operators = operators.Operators(self.clock, self.chance, setting.build(d, self.chance))
        self.accepted: set[int] = set()
        self.turns = 0
        self.used: Mapping[str, int] = {}
        self.limits: Mapping[str, int] = {}
        self.points = Points(setting.beginning)
        self.owners: dict[str, Scheduler] = {}
        self._tokens = count(1)
        self._next_deed = timedelta()
        self.schedulers = [Scheduler(self, each) for each in desks[: setting.schedulers]]
        self.people = desks[-1]
        for each in desks:
            each.database.listen(self._notice)

    def go_on(self, span: timedelta, *, people: bool = True) -> None:
        """Let time pass."""
        end = self.clock.true + span
        while (then := self._next_event(people)) <= end:
            self.clock.go_to(then)
            self._strike()
            if people and self._next_deed <= self.clock.true:
                self._do_something()
            self.hear()
            while self.setting.together and all(each.is_due for each in self.schedulers):
                self._work_together(people)
            for each in self.chance.sample(self.schedulers, len(self.schedulers)):
                each.work()
            if self.setting.watched and self.turns % _LOOK_HARD == 0:
                invariants.check_hard(self)
        self.clock.go_to(end)

    def come_to_rest(self, span: timedelta = timedelta(hours=8)) -> None:
        """No faults and no people any more; everything is there in plenty."""
        self.nemesis.rest()
        self.machine.fails = 0.0
        for each in self.schedulers:
            each.crash()
        self.desk.write(operators.set_right)
        self.go_on(span, people=False)
        invariants.check_rest(self)

    def sweep(self) -> None:
        """What is over leaves the monitor, as the scheduler's thread sees to."""
        while sweep.sweep(self.desk.database, self.clock.now):
            pass

    def check(self) -> None:
        """Hold the invariants after a turn."""
        if self.setting.watched:
            invariants.check(self)

    def hear(self) -> None:
        """Ends come from the machine, and news that was under way."""
        for end in self.machine.over():
            self.owners[end.token].tell(end)
        for each in self.schedulers:
            each.hear()

    def attempt(self, work: Callable[[Connection], T], *, dooms: bool = True, at: Desk | None = None) -> T:
        """Do something as one transaction, which may be killed; then nothing of it is there (invariant 9)."""
        doom = self.nemesis.doom() if dooms else None
        watched = doom is not None or self.nemesis.nears_its_end or not self.turns % 31
        looks = self.setting.watched and watched
        before = self.desk.read(invariants.contents) if looks else None
        try:
            return (at or self.desk).write(self.nemesis.killing(work, doom))
        except (Killed, JAMSError):
            if before is not None:
                invariants.check_untouched(before, self.desk.read(invariants.contents))
            raise

    def new_token(self) -> str:
        """A token that nobody has had."""
        return f"t{next(self._tokens)}"

    def settle_after_undo(self) -> None:
        """Nothing has changed, whatever was heard."""
        for each in self.schedulers:
            each.rung = False

    @property
    def alone(self) -> bool:
        """Whether there is one scheduler."""
        return len(self.schedulers) == 1

    @property
    def known(self) -> set[str]:
        """The tokens of which any scheduler has heard, or that live."""
        return {*self.machine.alive, *self.machine.ends}.union(*(each.known for each in self.schedulers))

    @property
    def is_quiet(self) -> bool:
        """Whether all has been done that anybody knows of."""
        return all(each.is_quiet for each in self.schedulers)

    def _next_event(self, people: bool) -> timedelta:
        times = [at for each in self.schedulers for at in each.times()]
        if people:
            times.append(self._next_deed)
        if (end := self.machine.next_end()) is not None:
            times.append(end)
        return max(min(times), self.clock.true)

    def _notice(self, changed: Changes) -> None:
        for each in self.schedulers:
            each.notice(changed)

    def _ring(self) -> None:
        for each in self.schedulers:
            each.ring()

    def _strike(self) -> None:
        """What happens to the machine itself."""
        if self.nemesis.strikes_with("step"):
            self.clock.step(self.nemesis.step())
            self._ring()
        if self.nemesis.strikes_with("sleep"):
            span = self.nemesis.sleep()
            self.machine.sleep(span)
            for each in self.schedulers:
                each.sleep(span)
            self.clock.go_to(self.clock.true + span)
            self._ring()

    def _work_together(self, people: bool) -> None:
        """All schedulers take a turn, and somebody does something, in transactions side by side."""
        self.limits = self.desk.read(invariants.limits_of)
        works: list[tuple[Desk, Callable[[Connection], Any]]] = [
            (each.desk, each.turn()) for each in self.schedulers
        ]
        if people and self.chance.random() < 0.5:
            works.append((self.people, self.operators.deed()))
        killed = [(desk, self.nemesis.killing(work, self.nemesis.doom())) for desk, work in works]
        found = Baton(self.chance).run(killed)
        killed_ones = []
        for each, told in zip(self.schedulers, found, strict=False):
            if isinstance(told, Killed):
                killed_ones.append(each)
            elif isinstance(told, BaseException):
                raise told
            else:
                each.done(told)
        # Not before all others know what they have claimed: that is not theirs to give back.
        for each in killed_ones:
            each.resolve()
        for told in found[len(self.schedulers) :]:
            if isinstance(told, int):
                self.accepted.add(told)
            elif isinstance(told, BaseException) and not isinstance(told, (Killed, JAMSError)):
                raise told
        self.check()
        self.limits = {}
        self.hear()

    def _do_something(self) -> None:
        work = self.operators.deed()
        self._next_deed = self.clock.true + self.operators.next()
        mine = self.schedulers[0]
        try:
            if self.alone:
                made, claimed = self.attempt(mine.following(work))
                mine.begin_all(claimed)
                if claimed:
                    self.check()
            else:
                made = self.attempt(work)
        except (Killed, JAMSError):
            if self.nemesis.dead:
                mine.crash()
            elif self.alone:
                mine.resolve()
            return
        if isinstance(made, int):
            self.accepted.add(made)


@contextmanager
def simulation(where: Path | str, seed: int, setting: Setting | None = None) -> Iterator[Simulation]:
    """A world on a database."""
    setting = setting or Setting()
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        traveller = stack.enter_context(time_machine.travel(setting.beginning, tick=False))
        first = stack.enter_context(desk(where))
        desks = [first]
        if setting.schedulers > 1:
            # Whoever has the database as its server hears of the others in its own time: here nobody does.
            first.database.close()
            desks = [_beside(stack, where) for _ in range(setting.schedulers + 1)]
        if setting.at_once:
            stack.enter_context(at_once(first))
        if not isinstance(where, Path):
            for each in desks:
                each.write(lambda c: c.exec_driver_sql("SET synchronous_commit TO OFF"))
        yield Simulation(desks, traveller, seed, setting)


@contextmanager
def _quiet() -> Iterator[None]:
    """What goes wrong here is wanted, and fills no log."""
    logger = logging.getLogger("jams")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _beside(stack: ExitStack, where: Path | str) -> Desk:
    database = open_beside(where)
    stack.callback(database.close)
    return Desk(database)
