"""The scheduler."""

from __future__ import annotations

from jams.database import Database


class Scheduler:
    """Starts what is due and settles what has ended."""

    def __init__(self, database: Database, executor: object) -> None:
        raise NotImplementedError

    @property
    def active(self) -> bool:
        """Whether it runs."""
        raise NotImplementedError

    def start(self) -> None:
        """Recover, then begin."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop starting; runs go on."""
        raise NotImplementedError

    def wake(self) -> None:
        """Hint that something may be due."""
        raise NotImplementedError

    def counts(self) -> tuple[int, int]:
        """Entries waiting and executing."""
        raise NotImplementedError

    def grant_wait(self, seconds: float) -> float:
        """How long a caller may wait."""
        raise NotImplementedError

    def wait_until_ended(self, number: int, timeout: float) -> bool:
        """Wait until an entry has ended."""
        raise NotImplementedError

    def wait_for_change(self, number: int, timeout: float) -> bool:
        """Wait until something happens to an entry."""
        raise NotImplementedError
