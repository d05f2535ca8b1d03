"""A schedule: dates, times of day, zone, and what else decides when a job runs (semantics 2.2, 3.6)."""

from __future__ import annotations

import datetime
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from jams.objects.base import Fact

from .date_errors import InvalidSchedule
from .rules import Anchor
from .times import parse_span, parse_time
from .zones import time_zone


class NonWorkdayRule(Enum):
    """What happens to a date that is no workday."""

    SCHEDULE = "Schedule"
    """It runs all the same."""
    SKIP = "Skip"
    """It does not run."""
    PRECEDING = "PrecedingWorkday"
    """It runs on the last workday before."""
    FOLLOWING = "FollowingWorkday"
    """It runs on the first workday after."""


class BaseTime(Enum):
    """What a recurrence's delay is counted from."""

    SCHEDULED_TIME = "ScheduledTime"
    END_TIME = "EndTime"
    """The completion of the run before: known only when it has happened."""


class Recurrence(Fact, frozen=True):
    """Runs repeated through the day.

    ``delay`` is a span of elapsed time (``0.01:00``); ``until`` a time of day, the last one at which a run
    may be scheduled, on the next day where it is earlier than the first run; without it, the rest of the day.
    """

    delay: str
    until: str | None = None
    base_time: BaseTime = BaseTime.SCHEDULED_TIME


class Schedule(Fact, frozen=True):
    """When a job runs: one line of its schedule.

    ``dates`` and ``except_for`` are date specifications, ``times`` times of day. Nothing runs before
    ``start_date``. Intervals count from the later of ``start_date`` and ``last_submitted``, the schedule
    date of the run submitted last. Without a time it runs at midnight.
    """

    dates: str
    times: tuple[str, ...] = ("00:00",)
    except_for: str | None = None
    non_workday: NonWorkdayRule = NonWorkdayRule.SCHEDULE
    start_date: datetime.date | None = None
    last_submitted: datetime.date | None = None
    time_zone: str = "UTC"
    recurrence: Recurrence | None = None

    def anchored(self, today: datetime.date) -> Schedule:
        """The schedule with intervals counting from ``today``, where nothing else is set."""
        if self.start_date is None and self.last_submitted is None:
            return replace(self, start_date=today)
        return self

    @property
    def anchor(self) -> Anchor | None:
        """Where intervals start to count, or None."""
        start, last = self.start_date, self.last_submitted
        if last is not None and (start is None or last >= start):
            return Anchor(last.toordinal(), submitted=True)
        return None if start is None else Anchor(start.toordinal())


class Clock(Struct, frozen=True):
    """The times of a schedule, read: ascending and each once."""

    times: tuple[datetime.time, ...]
    zone: ZoneInfo
    delay: datetime.timedelta | None
    until: datetime.time | None


def clock_of(schedule: Schedule) -> Clock:
    """The times of ``schedule``, read and checked.

    Raises:
        InvalidTime, UnknownTimeZone: for a text that is none.
        InvalidSchedule: for a schedule without times, or a recurrence without delay.
    """
    if not schedule.times:
        raise InvalidSchedule("A schedule needs at least one time of day.", member="times")
    return _clock(schedule.times, schedule.time_zone, schedule.recurrence)


@lru_cache(maxsize=16384)
def _clock(times: tuple[str, ...], zone: str, recurrence: Recurrence | None) -> Clock:
    read = tuple(sorted(set(map(parse_time, times))))
    if recurrence is None:
        return Clock(read, time_zone(zone), None, None)
    delay = recurrence_delay(recurrence)
    until = None if recurrence.until is None else parse_time(recurrence.until)
    repeated = delay if recurrence.base_time is BaseTime.SCHEDULED_TIME else None
    return Clock(read, time_zone(zone), repeated, until)


def recurrence_delay(recurrence: Recurrence) -> datetime.timedelta:
    """The delay of ``recurrence``.

    Raises:
        InvalidTime: when it is no span of time.
        InvalidSchedule: when it is zero.
    """
    delay = parse_span(recurrence.delay)
    if not delay:
        raise InvalidSchedule("A recurrence needs a delay of at least one second.", member="delay")
    return delay
