"""The nemesis of the simulation: which faults a run has at all, and when they strike. All by its seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection, event

T = TypeVar("T")


class Killed(Exception):
    """The process died here."""


@dataclass
class Faults:
    """How likely each fault is; 0 in runs that do not have it.

    Attributes:
        kill: a transaction is undone after some statement.
        crash: the scheduler dies after a turn, before, while or after it carries out what it decided.
        late: news comes late, and so in another order.
        twice: news comes twice.
        lost: news does not come, until the scheduler is restarted.
        back: a start comes to nothing.
        step: somebody sets the clock.
        room: there is little room for starts.
        fail: a run fails.
    """

    kill: float = 0.0
    crash: float = 0.0
    late: float = 0.0
    twice: float = 0.0
    lost: float = 0.0
    back: float = 0.0
    step: float = 0.0
    room: float = 0.0
    fail: float = 0.1


_MOST = {
    "kill": 0.1,
    "crash": 0.03,
    "late": 0.3,
    "twice": 0.2,
    "lost": 0.02,
    "back": 0.1,
    "step": 0.02,
    "room": 0.2,
}
_STATEMENTS = 40


class Nemesis:
    """Draws which faults there are, and lets them strike until it rests."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        drawn = {name: most for name, most in _MOST.items() if chance.random() < 0.5}
        self.faults = Faults(fail=chance.choice((0.05, 0.3)), **drawn)
        self.strikes = 0

    def rest(self) -> None:
        """No faults any more."""
        self.faults = Faults(fail=0.0)

    def strikes_with(self, name: str) -> bool:
        """Whether a fault strikes now."""
        likely = getattr(self.faults, name)
        struck = bool(likely) and self._chance.random() < likely
        self.strikes += struck
        return struck

    def delay(self) -> timedelta:
        """How late news comes."""
        if not self.strikes_with("late"):
            return timedelta()
        return timedelta(seconds=self._chance.choice((0.5, 5, 60)))

    def step(self) -> timedelta:
        """By how much the clock is set."""
        return timedelta(hours=self._chance.choice((-1, 1)))

    def killing(self, work: Callable[[Connection], T]) -> Callable[[Connection], T]:
        """The same work, which may die after any of its statements."""
        if not self.strikes_with("kill"):
            return work
        last = self._chance.randrange(_STATEMENTS)

        def dying(c: Connection) -> T:
            with _dying_after(c, last):
                return work(c)

        return dying


@contextmanager
def _dying_after(c: Connection, last: int) -> Iterator[None]:
    left = [last]

    def strike(*_: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    event.listen(c, "before_cursor_execute", strike)
    try:
        yield
    finally:
        event.remove(c, "before_cursor_execute", strike)
