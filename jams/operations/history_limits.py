"""What settings bound queries of the history: how far back, how many, how long. Declares no operation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from jams.database import stored_settings
from jams.database.statement_limit import TookTooLong, limited
from jams.objects.base import NEVER
from jams.objects.errors import TimedOut

from .context import Context

T = TypeVar("T")
_SETTINGS = ("HistoryQueryTimeLimit", "HistoryLookbackPeriod", "HistoryQueryLimit")


class Limits(NamedTuple):
    """What the settings say.

    Attributes:
        seconds: HistoryQueryTimeLimit, for each statement.
        days: HistoryLookbackPeriod; 0 is all.
        most: HistoryQueryLimit; 0 is none.
    """

    seconds: int
    days: int
    most: int

    def since(self, now: datetime, until: datetime | None = None) -> datetime | None:
        """From when on the history is read where nobody says it: so many days before ``until``, or now.

        Before now as well, if ``until`` is still to come: nothing has ended there.
        None where it is read from its beginning.
        """
        if not self.days:
            return None
        try:
            return min(until or now, now) - timedelta(days=self.days)
        except OverflowError:
            return NEVER

    def of(self, asked: int) -> int:
        """How many records are given at once: what was asked for, or what the limit lets it be."""
        return min(asked, self.most) if self.most else asked


def limits(c: Connection) -> Limits:
    """What is set."""
    return Limits(*map(int, stored_settings.values(c, *_SETTINGS)))


def queried(context: Context, work: Callable[[Connection, Limits], T]) -> T:
    """Read the history within its limits. Raises TimedOut."""

    def within(c: Connection) -> T:
        given = limits(c)
        try:
            with limited(c, given.seconds):
                return work(c, given)
        except TookTooLong:
            raise TimedOut(
                f"The query of the history took longer than the {given.seconds} seconds of "
                "HistoryQueryTimeLimit; ask for a shorter time, or for fewer jobs."
            ) from None

    return context.read(within)
