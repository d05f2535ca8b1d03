"""Named times and schedule windows: from-to ranges of the day, across midnight too (semantics 2.13, 3.6)."""

from __future__ import annotations

import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from jams.objects.base import Fact, Name, Text, Timestamp

from .times import parse_time
from .zones import instant, local_time

_DAY = timedelta(days=1)


class NamedTime(Fact, frozen=True):
    """A from-to range of the day with a name. ``start`` and ``end`` are times of day as written.

    ``enabled`` opens it for everything that refers to it; the two ``auto`` members let the scheduler open
    it at its start and close it at its end, and ``last_auto_action_utc`` says when that last happened.
    """

    name: Name
    start: str
    end: str
    description: Text = ""
    enabled: bool = True
    auto_enable: bool = False
    auto_disable: bool = False
    last_auto_action_utc: Timestamp | None = None

    def window(self) -> Window:
        """The range itself.

        Raises:
            InvalidTime: when ``start`` or ``end`` is no time of day.
        """
        return Window(parse_time(self.start), parse_time(self.end))


class Window(Struct, frozen=True):
    """The time of day from ``start`` up to, but not including, ``end``.

    An end before the start lies on the next day. Equal ends are the whole day.
    """

    start: datetime.time
    end: datetime.time

    def is_open(self, moment: datetime.datetime, zone: ZoneInfo) -> bool:
        """Whether the aware ``moment`` lies within the window in ``zone``."""
        opening = self._opening_around(moment, zone)
        return opening is not None

    def opens(self, moment: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
        """``moment`` itself where the window is open, else when it next opens (UTC)."""
        if self.is_open(moment, zone):
            return moment.astimezone(datetime.UTC)
        day = local_time(moment, zone).date() - _DAY
        while True:
            opening, closing = self.on(day, zone)
            if opening > moment and closing > opening:
                return opening
            day += _DAY

    def closes(self, moment: datetime.datetime, zone: ZoneInfo) -> datetime.datetime | None:
        """When the window that is open at ``moment`` closes (UTC), or None where it is closed."""
        return self._opening_around(moment, zone)

    def on(self, day: datetime.date, zone: ZoneInfo) -> tuple[datetime.datetime, datetime.datetime]:
        """The two instants (UTC) of the window that opens on ``day``.

        Where a clock change swallows the window, both are the same and it does not open.
        """
        last = day if self.start < self.end else day + _DAY
        opening, _ = instant(day, self.start, zone)
        closing, _ = instant(last, self.end, zone)
        return opening, closing

    def _opening_around(self, moment: datetime.datetime, zone: ZoneInfo) -> datetime.datetime | None:
        today = local_time(moment, zone).date()
        for day in (today - 2 * _DAY, today - _DAY, today):
            opening, closing = self.on(day, zone)
            if opening <= moment < closing:
                return closing
        return None
