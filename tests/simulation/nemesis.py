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
Work = Callable[[Connection], T]


class Killed(Exception):
    """The process died here."""


@dataclass
class Faults:
    """How likely each fault is; 0 in runs that do not have it.

    Attributes:
        kill: a transaction is undone before some statement.
        crash: the scheduler dies after a turn, before, while or after it carries out what it decided.
        late: news comes late, and so in another order.
        twice: news comes twice.
        lost: news does not come, until the scheduler is restarted.
        back: a start comes to nothing.
        step: somebody sets the clock.
        sleep: the machine is suspended, with all that runs on it.
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
    sleep: float = 0.0
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
    "sleep": 0.01,
    "room": 0.2,
}
_STATEMENTS = 40
_LONGEST = 300
"""Statements of the longest transaction, or so."""


class Nemesis:
    """Lets faults strike until it rests.

    Attributes:
        faults: which there are.
        strikes: how many have struck.
        statements: how many statements were executed, of all that may be killed.
        fatal: before which of them everything dies, once; 0: before none.
    """

    def __init__(self, chance: Random, faults: Faults) -> None:
        self._chance = chance
        self.faults = faults
        self.strikes = 0
        self.statements = 0
        self.fatal = 0
        self._dead = False

    @property
    def nears_its_end(self) -> bool:
        """Whether everything dies with one of the next statements."""
        return self.statements < self.fatal < self.statements + _LONGEST

    @property
    def dead(self) -> bool:
        """Whether everything has just died; said once."""
        dead, self._dead = self._dead, False
        return dead

    def rest(self) -> None:
        """No faults any more."""
        self.faults = Faults(fail=0.0)
        self.fatal = 0

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

    def sleep(self) -> timedelta:
        """How long the machine is suspended."""
        return timedelta(minutes=self._chance.choice((1, 15, 70, 200)))

    def doom(self) -> int | None:
        """Before which of its statements a transaction dies, or None."""
        return self._chance.randrange(_STATEMENTS) if self.strikes_with("kill") else None

    def killing(self, work: Work[T], doom: int | None = None) -> Work[T]:
        """The same work, which dies before that statement, and when everything does."""
        if doom is None and not self.fatal:
            return work

        def dying(c: Connection) -> T:
            with self._dying(c, doom):
                return work(c)

        return dying

    @contextmanager
    def _dying(self, c: Connection, doom: int | None) -> Iterator[None]:
        last = None if doom is None else self.statements + doom

        def strike(*_: Any) -> None:
            self.statements += 1
            self._dead = self.statements == self.fatal
            if self._dead or (last is not None and self.statements > last):
                raise Killed

        event.listen(c, "before_cursor_execute", strike)
        try:
            yield
        finally:
            event.remove(c, "before_cursor_execute", strike)


def drawn(chance: Random) -> Faults:
    """Which faults a run has."""
    found = {name: most for name, most in _MOST.items() if chance.random() < 0.5}
    return Faults(fail=chance.choice((0.05, 0.3)), **found)
