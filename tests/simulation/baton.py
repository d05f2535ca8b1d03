"""Transactions side by side, which take turns at each of their statements as a seed says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

from sqlalchemy import Connection, event

from tests.support.schedule import Desk

_BLOCKED = 0.05
"""Seconds after which one that has not come back from its statement waits for a lock of another one."""

Work = Callable[[Connection], Any]


class Baton:
    """Lets one of several transactions execute a statement at a time."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._moved = threading.Condition()
        self._waiting: set[int] = set()
        self._blocked: set[int] = set()
        self._left: set[int] = set()
        self._may: int | None = None

    def run(self, works: Sequence[tuple[Desk, Work]]) -> list[Any]:
        """Run all of them; what each returns or raises."""
        found: list[Any] = [None] * len(works)

        def one(number: int, desk: Desk, work: Work) -> None:
            try:
                found[number] = desk.write(lambda c: self._stepping(number, c, work))
            except BaseException as error:
                found[number] = error
            with self._moved:
                self._left.discard(number)
                self._blocked.discard(number)
                self._moved.notify_all()

        self._left = set(range(len(works)))
        threads = [
            threading.Thread(target=one, args=(number, desk, work))
            for number, (desk, work) in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        self._conduct()
        for thread in threads:
            thread.join()
        return found

    def _stepping(self, number: int, c: Connection, work: Work) -> Any:
        with _before_each(c, lambda: self._step(number)):
            return work(c)

    def _step(self, number: int) -> None:
        with self._moved:
            self._waiting.add(number)
            self._blocked.discard(number)
            self._moved.notify_all()
            while self._may != number:
                self._moved.wait()
            self._may = None
            self._waiting.discard(number)
            self._moved.notify_all()

    def _conduct(self) -> None:
        with self._moved:
            while self._left:
                if not self._moved.wait_for(self._all_wait, _BLOCKED):
                    self._blocked |= self._left - self._waiting
                if self._waiting:
                    self._may = self._chance.choice(sorted(self._waiting))
                    self._moved.notify_all()
                    self._moved.wait_for(lambda: self._may is None)

    def _all_wait(self) -> bool:
        """Whether it can be drawn who goes on."""
        return not self._left or (bool(self._waiting) and self._left - self._blocked <= self._waiting)


@contextmanager
def _before_each(c: Connection, step: Callable[[], None]) -> Iterator[None]:
    def pause(*_: Any) -> None:
        step()

    event.listen(c, "before_cursor_execute", pause)
    try:
        yield
    finally:
        event.remove(c, "before_cursor_execute", pause)
