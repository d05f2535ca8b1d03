"""The simulated world: the real turn on a real database, with a clock, a runner, people and a nemesis."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import time_machine
from sqlalchemy import Connection

from jams.objects.errors import JAMSError
from jams.objects.run import RunEnded, RunStarted
from jams.scheduler import recovery, starts, turn
from jams.scheduler.starts import Start
from tests.simulation import invariants, operators, town
from tests.simulation.clock import BEGINNING, Clock
from tests.simulation.nemesis import Killed, Nemesis
from tests.simulation.runner import Machine
from tests.support.schedule import Desk, desk

PASSES = timedelta(minutes=30)
PLENTY = 1000
_LOOK_HARD = 7
"""Every so many quiet turns, what costs more is checked too."""

News = RunStarted | RunEnded


class Simulation:
    """A world that goes on by its seed.

    Attributes:
        accepted: the numbers of the entries whose submission was accepted.
        turns: how many turns were taken.
        last: what the last turn decided.
        used: how much was in use after it.
    """

    def __init__(self, d: Desk, traveller: Any, seed: int) -> None:
        self.desk = d
        chance = Random(seed)
        self.clock = Clock(traveller)
        self.nemesis = Nemesis(chance)
        self.machine = Machine(self.clock, chance, self.nemesis.faults.fail)
        self.operators = operators.Operators(self.clock, chance, town.build(d, chance))
        self.accepted: set[int] = set()
        self.turns = 0
        self.used: Mapping[str, int] = {}
        self.last: turn.Decisions | None = None
        self._chance = chance
        self._tokens = count(1)
        self._post: list[tuple[timedelta, News]] = []
        self._begun: dict[str, RunStarted] = {}
        self._over: dict[str, RunEnded] = {}
        self._back: set[str] = set()
        self._lost = False
        self._rung = True
        self._begins = True
        self._next_pass = timedelta()
        self._next_deed = timedelta()
        self._look_again: datetime | None = None
        d.database.listen(lambda changed: self._ring(), self._ring)

    def go_on(self, span: timedelta, *, people: bool = True) -> None:
        """Let time pass."""
        end = self.clock.true + span
        while (then := self._next_event(people)) <= end:
            self.clock.go_to(then)
            if self.nemesis.strikes_with("step"):
                self.clock.step(self.nemesis.step())
                self._ring()
            if people and self._next_deed <= self.clock.true:
                self._do_something()
            self._hear()
            self._work()
        self.clock.go_to(end)

    def come_to_rest(self) -> None:
        """No faults and no people any more; everything is there in plenty."""
        self.nemesis.rest()
        self.machine.fails = 0.0
        self._crash()
        self.desk.write(operators.set_right)
        self.go_on(timedelta(hours=8), people=False)
        invariants.check_rest(self)

    def _next_event(self, people: bool) -> timedelta:
        times = [self._next_pass, *(at for at, _ in self._post)]
        if people:
            times.append(self._next_deed)
        if self._look_again is not None:
            times.append(self.clock.true_of(self._look_again))
        if (end := self.machine.next_end()) is not None:
            times.append(end)
        if self._rung:
            times.append(self.clock.true)
        return max(min(times), self.clock.true)

    def _ring(self) -> None:
        self._rung = True

    def _do_something(self) -> None:
        work = self.operators.deed()
        self._next_deed = self.clock.true + self.operators.next()
        try:
            made = self.desk.write(self.nemesis.killing(work))
        except (Killed, JAMSError):
            return
        if isinstance(made, int):
            self.accepted.add(made)

    def _hear(self) -> None:
        """Ends come from the machine, and news that were under way."""
        for end in self.machine.over():
            self._tell(end)
        for at, news in list(self._post):
            if at <= self.clock.true:
                self._post.remove((at, news))
                self._ring()
                if isinstance(news, RunEnded):
                    self._over[news.token] = news
                else:
                    self._begun[news.token] = news

    def _tell(self, news: News) -> None:
        if self.nemesis.strikes_with("lost"):
            self._lost = True
            return
        for _ in range(1 + self.nemesis.strikes_with("twice")):
            self._post.append((self.clock.true + self.nemesis.delay(), news))

    def _work(self) -> None:
        """What the scheduler's thread does when it wakes."""
        looks = self._look_again is not None and self._look_again <= self.clock.now
        while self._rung or looks or self._next_pass <= self.clock.true:
            self._rung = looks = False
            try:
                self._turn()
                if self.last is not None:
                    invariants.check(self)
            except Killed:
                self._rung = True
                if self._chance.random() < 0.5:
                    self._crash()
                else:
                    known = {*self.machine.alive, *self._begun, *self._over, *self._back}
                    self.desk.write(lambda c, known=known: recovery.resolve_claims(c, known))
            if self.nemesis.strikes_with("crash") or (self._lost and self._chance.random() < 0.05):
                self._crash()
            self._hear()
        if self.turns % _LOOK_HARD == 0:
            invariants.check_hard(self)

    def _turn(self) -> None:
        self.turns += 1
        happened = turn.Happenings(
            started=list(self._begun.values()), ended=list(self._over.values()), given_back=list(self._back)
        )
        plan = self._next_pass <= self.clock.true
        room = self._chance.choice((0, 1)) if self.nemesis.strikes_with("room") else PLENTY
        limits = turn.Limits(lambda _: room, lambda _: None, plan=plan, begins=self._begins)
        now = self.clock.now
        self.last = None
        work: Callable[[Connection], turn.Decisions] = self.nemesis.killing(
            lambda c: turn.take(c, now, happened, limits, self.new_token)
        )
        decisions = self.desk.write(work)
        for token in happened.given_back:
            self._back.discard(token)
        for begun in happened.started:
            self._begun.pop(begun.token, None)
        for end in happened.ended:
            self._over.pop(end.token, None)
            self.machine.forget(end.token)
        self._look_again = decisions.look_again_at
        if decisions.planned is not None:
            self._begins = decisions.planned.refused
            self._next_pass = self.clock.true + (timedelta() if decisions.planned.more else PASSES)
        for start in decisions.starts:
            if self.nemesis.strikes_with("crash"):
                self._crash()
                return
            self._begin(start)
        for token, level in decisions.aborts.items():
            self.machine.abort(token, force=level == 2)
        if decisions.more or decisions.starts or room < PLENTY:
            # Where room is short, the dispatcher tells when it has some again.
            self._ring()
        self.last = decisions

    def new_token(self) -> str:
        """A token that nobody has had."""
        return f"t{next(self._tokens)}"

    def settle_after_undo(self) -> None:
        """Nothing has changed, whatever was heard."""
        self._rung = False

    def _begin(self, start: Start) -> None:
        if self.nemesis.strikes_with("back"):
            self._back.add(start.token)
            self.machine.recover([start.token])
            return
        try:
            request = starts.request_of(start)
        except JAMSError as error:
            self._tell(starts.not_started(start, error.message))
            return
        self._tell(self.machine.start(request))

    def _crash(self) -> None:
        """The scheduler dies with all that it knew, and another one begins."""
        self._post.clear()
        self._begun.clear()
        self._over.clear()
        self._back.clear()
        self._lost = False
        self.machine.over()
        recovery.recover(self.desk.database, self.machine)
        self._begins = self._rung = True
        self._next_pass = self.clock.true
        self._look_again = self.last = None

    @property
    def is_quiet(self) -> bool:
        """Whether the scheduler has done all that it knows of."""
        known = self._begun or self._over or self._back or self._rung or self._lost
        return self.last is not None and not (known or self.last.more or self.last.starts)


@contextmanager
def simulation(where: Path | str, seed: int) -> Iterator[Simulation]:
    """A world on a database."""
    logging.getLogger("jams").setLevel(logging.CRITICAL)
    with time_machine.travel(BEGINNING, tick=False) as traveller, desk(where) as made:
        if not isinstance(where, Path):
            made.write(lambda c: c.exec_driver_sql("SET synchronous_commit TO OFF"))
        yield Simulation(made, traveller, seed)
