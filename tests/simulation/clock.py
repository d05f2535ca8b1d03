"""The clock of the simulated machine: true time goes on, what the machine shows of it may be set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

BEGINNING = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
"""A Monday."""

ERAS = (
    BEGINNING,
    datetime(2027, 3, 27, 20, 0, tzinfo=UTC),
    datetime(2027, 10, 30, 20, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 18, 0, tzinfo=UTC),
)
"""When a world may begin: on any day, before the changes of the clock in Europe, before a leap day."""


class Clock:
    """True time, and the time that is shown.

    Attributes:
        beginning: what was shown when the world began.
        true: how long the world has gone on.
        off: by how much the shown time differs from what it would be.
    """

    def __init__(self, traveller: Any, beginning: datetime = BEGINNING) -> None:
        self._traveller = traveller
        self.beginning = beginning
        self.true = timedelta()
        self.off = timedelta()
        self._show()

    @property
    def now(self) -> datetime:
        """The time that the machine shows."""
        return self.beginning + self.true + self.off

    def go_to(self, true: timedelta) -> None:
        """Let time pass until then."""
        if true > self.true:
            self.true = true
            self._show()

    def step(self, by: timedelta) -> None:
        """Somebody sets the clock of the machine."""
        self.off += by
        self._show()

    def true_of(self, shown: datetime) -> timedelta:
        """When the machine will show a time, unless somebody sets its clock."""
        return shown - self.beginning - self.off

    def _show(self) -> None:
        self._traveller.move_to(self.now, tick=False)
