"""The side of the scheduler that callers may talk to, in its own process or in another one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from jams.database import Database, entries, runs
from jams.database.changes import DEFINITIONS, OTHERWISE, Changes, note
from jams.database.sight import EVERYTHING, Sight
from jams.objects.enums import EntryState

from .waiting import Waiters

SLOW_POLL = 30.0
"""Seconds after which the database is looked at although nobody has said that anything happened."""


class ForCallers(ABC):
    """What callers want of a scheduler: to know how it fares, and to wait for entries.

    Args:
        database: where the schedule is.

    Attributes:
        waiters: who waits for entries.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.waiters = Waiters()
        database.listen(self._notice, self._look_again)

    @property
    @abstractmethod
    def active(self) -> bool:
        """Whether the scheduler works."""

    @abstractmethod
    def wake(self) -> None:
        """Say that something may be due."""

    def release_waiters(self) -> None:
        """Let nobody wait any longer: who waits is told that the server is stopping."""
        self.waiters.close()

    def counts(self, sight: Sight = EVERYTHING) -> tuple[int, int]:
        """How many entries that somebody sees wait, and how many are being started or run."""
        with self._database.read() as c:
            counted = runs.counts(c, sight)
        waiting = sum(count for state, count in counted.items() if state.waiting)
        ended = counted.get(EntryState.COMPLETE, 0)
        return waiting, sum(counted.values()) - waiting - ended

    def wait_until_ended(self, number: int, timeout: float) -> bool:
        """Wait in this thread until an entry has ended or is gone; as :meth:`Waiters.until`."""
        return self.waiters.until(lambda: self.is_over(number), number, timeout, net=SLOW_POLL)

    def is_over(self, number: int) -> bool:
        """Whether an entry has ended, or is gone."""
        with self._database.read() as c:
            state = entries.state(c, number)
        return state is None or state.ended

    def wait_for_change(self, number: int, timeout: float) -> bool:
        """Wait in this thread until something happens to an entry; as :meth:`Waiters.for_change`."""
        return self.waiters.for_change(number, timeout)

    def _notice(self, changed: Changes) -> None:
        """Hear of a durable transaction."""
        self.waiters.publish(changed)

    def _look_again(self) -> None:
        """Hear that something may have happened that nobody has told of."""
        self.waiters.look_again()


class DistantScheduler(ForCallers):
    """A scheduler that works in another process, on the same database.

    Args:
        database: where the schedule is.
        works: whether that process is there.
    """

    def __init__(self, database: Database, works: Callable[[], bool]) -> None:
        super().__init__(database)
        self._works = works

    @property
    def active(self) -> bool:
        """See :class:`ForCallers`."""
        return self._works()

    def wake(self) -> None:
        """See :class:`ForCallers`; it hears of a transaction."""
        self._database.write(lambda c: note(c, DEFINITIONS, OTHERWISE))
