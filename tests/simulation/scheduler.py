"""A simulated scheduler: what it knows, and what its thread does when it wakes. The turn is the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from jams.database.changes import DEFINITIONS, Changes
from jams.objects.errors import JAMSError
from jams.objects.run import RunEnded, RunStarted
from jams.scheduler import recovery, starts, turn
from jams.scheduler.starts import Start
from tests.simulation.mortal import Mortal
from tests.simulation.nemesis import Killed
from tests.support.schedule import Desk

if TYPE_CHECKING:
    from tests.simulation.world import Simulation

T = TypeVar("T")
PLENTY = 1000

News = RunStarted | RunEnded


class Scheduler:
    """One scheduler of a world.

    Attributes:
        desk: the database as it sees it.
        last: what its last turn decided; None when it failed.
        rung: whether somebody has told it that something may be due.
        look_again: when it wants to look again, as the clock shows it.
        next_pass: when it does the next piece of a pass (true time).
    """

    def __init__(self, world: Simulation, desk: Desk) -> None:
        self._world = world
        self.desk = desk
        self._told = turn.Happenings()
        self._short = False
        self.last: turn.Decisions | None = None
        self.rung = True
        self.look_again: datetime | None = None
        self.next_pass = timedelta()
        self._post: list[tuple[timedelta, News]] = []
        self._begun: dict[str, RunStarted] = {}
        self._over: dict[str, RunEnded] = {}
        self._back: set[str] = set()
        self._lost = False
        self._begins = self._aborts_asked = True

    def notice(self, changed: Changes) -> None:
        """Hear of a durable transaction; as the real one does, no more."""
        for number, change in changed.items():
            if change.end_asked:
                self._aborts_asked = self.rung = True
            elif number == DEFINITIONS:
                self.next_pass = self._world.clock.true
            elif change.state is not None and change.state.waiting:
                self.rung = True

    def ring(self) -> None:
        """Something may be due."""
        self.rung = True

    def times(self) -> Iterator[timedelta]:
        """When there is something to do (true time)."""
        clock = self._world.clock
        yield self.next_pass
        yield from (at for at, _ in self._post)
        if self.look_again is not None:
            yield clock.true_of(self.look_again)
        if self.rung:
            yield clock.true

    @property
    def known(self) -> set[str]:
        """The tokens of which it has heard, and has not settled."""
        return {*self._begun, *self._over, *self._back}

    @property
    def is_quiet(self) -> bool:
        """Whether it has done all that it knows of."""
        known = self._begun or self._over or self._back or self.rung or self._lost
        return self.last is not None and not (known or self.last.more or self.last.starts)

    def sleep(self, span: timedelta) -> None:
        """The machine is suspended: news that is under way comes later."""
        self._post = [(at + span, news) for at, news in self._post]

    def tell(self, news: News) -> None:
        """News is sent to it, and comes as the nemesis lets it."""
        nemesis, now = self._world.nemesis, self._world.clock.true
        if nemesis.strikes_with("lost"):
            self._lost = True
            return
        for _ in range(1 + nemesis.strikes_with("twice")):
            self._post.append((now + nemesis.delay(), news))

    def hear(self) -> None:
        """News comes that was under way."""
        now = self._world.clock.true
        for item in [item for item in self._post if item[0] <= now]:
            self._post.remove(item)
            self.ring()
            news = item[1]
            if isinstance(news, RunEnded):
                self._over[news.token] = news
            else:
                self._begun[news.token] = news

    def work(self) -> None:
        """What its thread does when it wakes."""
        world = self._world
        while self.is_due:
            try:
                self._turn()
                if self.last is not None:
                    world.check()
            except Killed:
                if world.nemesis.dead or (world.alone and world.chance.random() < 0.5):
                    self.crash()
                else:
                    self.resolve()
            if world.nemesis.strikes_with("crash") or (self._lost and world.chance.random() < 0.05):
                self.crash()
            world.hear()

    def resolve(self) -> None:
        """Its transaction has failed, as far as it knows: what it claimed all the same is given back."""
        self.rung = self._aborts_asked = True
        self.next_pass = self._world.clock.true
        known = self._world.known
        self.desk.write(lambda c: recovery.resolve_claims(c, known))

    def _turn(self) -> None:
        work = self.turn()
        self.done(self._world.attempt(work, at=self.desk))

    @property
    def is_due(self) -> bool:
        """Whether it has reason to take a turn."""
        looks = self.look_again is not None and self.look_again <= self._world.clock.now
        return self.rung or looks or self.next_pass <= self._world.clock.true

    def turn(self) -> Callable[[Connection], turn.Decisions]:
        """The turn that it takes now."""
        world, clock = self._world, self._world.clock
        world.turns += 1
        self.rung = False
        happened = turn.Happenings(
            started=list(self._begun.values()), ended=list(self._over.values()), given_back=list(self._back)
        )
        plan = self.next_pass <= clock.true
        room = world.chance.choice((0, 1)) if world.nemesis.strikes_with("room") else PLENTY
        limits = turn.Limits(
            lambda _: room,
            lambda _: None,
            aborts=self._aborts_asked,
            plan=plan,
            begins=self._begins,
            keep=world.setting.keep,
        )
        if plan:
            # Whoever asks from now on asks for another one.
            self.next_pass = clock.true + timedelta(days=1)
        self._aborts_asked = False
        now = clock.now
        self.last = None
        self._told, self._short = happened, room < PLENTY
        return lambda c: turn.take(c, now, happened, limits, world.new_token)

    def done(self, decisions: turn.Decisions) -> None:
        """Its turn is durable: do what it decides."""
        world, clock, happened = self._world, self._world.clock, self._told
        for token in happened.given_back:
            self._back.discard(token)
        for begun in happened.started:
            self._begun.pop(begun.token, None)
        for end in happened.ended:
            self._over.pop(end.token, None)
            world.machine.forget(end.token)
        self.look_again = decisions.look_again_at
        if decisions.planned is not None:
            self._begins = decisions.planned.refused
            more, interval = decisions.planned.more, decisions.planned.rules.interval
            asked = self.next_pass <= clock.true
            self.next_pass = clock.true + (timedelta() if more or asked else interval)
        for start in decisions.starts:
            if world.nemesis.strikes_with("crash"):
                self.crash()
                return
            self._begin(start)
        for token, level in decisions.aborts.items():
            world.machine.abort(token, force=level == 2)
        if decisions.more or decisions.starts or self._short:
            # Where room is short, the dispatcher tells when it has some again.
            self.ring()
        self.last = decisions

    def _begin(self, start: Start) -> None:
        world = self._world
        world.owners[start.token] = self
        if world.nemesis.strikes_with("back"):
            self._back.add(start.token)
            world.machine.recover([start.token])
            return
        try:
            request = starts.request_of(start)
        except JAMSError as error:
            self.tell(starts.not_started(start, error.message))
            return
        self.tell(world.machine.start(request))

    def following(self, work: Callable[[Connection], T]) -> Callable[[Connection], tuple[T, list[Start]]]:
        """What somebody does, and in the same transaction what the real one lets follow at once."""
        world, now = self._world, self._world.clock.now
        limits = turn.Limits(lambda _: PLENTY, lambda _: None)

        def both(c: Connection) -> tuple[T, list[Start]]:
            made = work(c)
            decisions = turn.follow(c, now, limits, world.new_token)
            return made, [] if decisions is None else list(decisions.starts)

        return both

    def begin_all(self, claimed: Sequence[Start]) -> None:
        """What was claimed is durable."""
        for start in claimed:
            self._begin(start)

    def crash(self) -> None:
        """It dies with all that it knew, and another one begins, which may be killed as well."""
        world = self._world
        while True:
            self._post.clear()
            self._begun.clear()
            self._over.clear()
            self._back.clear()
            self._lost = False
            world.machine.over()
            try:
                recovery.recover(Mortal(world, dooms=False), world.machine)  # type: ignore[arg-type]
                break
            except Killed:
                continue
        self._begins = self.rung = self._aborts_asked = True
        self.next_pass = world.clock.true
        self.look_again = self.last = None
