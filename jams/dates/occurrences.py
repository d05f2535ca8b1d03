"""Occurrences: the points in time at which schedules run, lazily, in order, each with its reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import timedelta
from heapq import heappop, heappush, heapreplace
from itertools import count
from zoneinfo import ZoneInfo

from msgspec import Struct

from .calendar import Calendar
from .date_errors import DatesNotDefined, InvalidSchedule
from .days import DayPlan, RunDay
from .effort import Effort
from .evaluation import PLAIN_CALENDAR
from .schedule import BaseTime, Clock, Recurrence, Schedule, clock_of, recurrence_delay
from .times import parse_time
from .workdays import FIRST_DAY
from .zones import ClockChange, instant, local_time, time_zone

_REPEATED_DAYS = 2
"""How many days ago a repetition that is due now may have begun; it ends before the day after next."""

LAST_YEAR = 9998
_FIRST_YEAR = 2
_MIDNIGHT = datetime.time()
_TICK = timedelta(microseconds=1)


class Occurrence(Struct, frozen=True, gc=False):
    """A point of a schedule.

    Attributes:
        at: the instant, UTC.
        day: the local day on which it runs (the entry's day).
        date: the day that the specification gave, before it was moved off a non-workday; what the
            scheduler records as the last submitted date.
        item: the canonical text of the item that gave it.
        repetition: 0 for the scheduled time itself, 1, 2 … for the recurrence.
        clock_change: what a clock change did to the local time.
    """

    at: datetime.datetime
    day: datetime.date
    date: datetime.date
    item: str
    repetition: int = 0
    clock_change: ClockChange | None = None

    @property
    def reason(self) -> str:
        """Why it runs then, in one sentence."""
        parts = [f"{self.item} gives {self.date}"]
        if self.day != self.date:
            parts.append(f"which is no workday, so it runs on {self.day}")
        if self.repetition:
            parts.append(f"repetition {self.repetition}")
        if self.clock_change is ClockChange.SKIPPED:
            parts.append("the clocks skip its time, so it runs at the first one after")
        elif self.clock_change is ClockChange.REPEATED:
            parts.append("its time happens twice, and the first counts")
        return "; ".join(parts)


def occurrences(
    schedule: Schedule,
    after: datetime.datetime,
    until: datetime.datetime,
    calendar: Calendar | None = None,
    effort: Effort | None = None,
) -> Iterator[Occurrence]:
    """The points of ``schedule`` after ``after`` and up to ``until`` (aware), lazily and in order.

    There is no hidden state: from any ``after`` come the same points. A recurrence whose delay is counted
    from the end of the run before gives its first point only; see :func:`next_recurrence`.

    Raises:
        DateError, InvalidTime, UnknownTimeZone, InvalidSchedule: at the call. DatesNotDefined comes when
            the iteration reaches the first day on which the dates do not suffice, InvalidSchedule when the
            effort does not suffice.
    """
    check_moments(after, until)
    plan = DayPlan(schedule, calendar or PLAIN_CALENDAR, effort)
    return _points(plan, clock_of(schedule), after, until)


def _points(
    plan: DayPlan, clock: Clock, after: datetime.datetime, until: datetime.datetime
) -> Iterator[Occurrence]:
    first = today = local_time(after, clock.zone).toordinal()
    if clock.delay is not None:
        first = plan.evaluable_from(max(today - _REPEATED_DAYS, FIRST_DAY), today)
    held: list[tuple[datetime.datetime, int, Occurrence, _Repeats | None]] = []
    order = count()
    previous = after
    failure: DatesNotDefined | None = None
    runs = plan.days(first, _last_day(until, clock.zone))
    while True:
        try:
            run = next(runs, None)
        except DatesNotDefined as error:
            failure, run = error, None
        points = [] if run is None else [point_on(plan, clock, run, time) for time in clock.times]
        while held and (not points or held[0][0] < points[0].at):
            _, number, point, repeats = held[0]
            again = None if repeats is None else repeats.following(point)
            if again is None:
                heappop(held)
            else:
                heapreplace(held, (again.at, number, again, repeats))
            if previous < point.at <= until:
                previous = point.at
                yield point
        if not points:
            break
        for point, time in zip(points, clock.times, strict=True):
            repeats = _repeats(clock, point, time)
            if repeats is not None:
                point = repeats.passed(point, after)
            heappush(held, (point.at, next(order), point, repeats))
    if failure is not None:
        raise failure


def check_moments(*moments: datetime.datetime) -> None:
    """Refuses times without offset, and those so near the calendar's ends that a zone may cross them.

    Raises:
        InvalidSchedule: for a naive time, or one outside the years 2 to 9998.
    """
    for moment in moments:
        if moment.tzinfo is None:
            raise InvalidSchedule("Times need their offset.")
        if not _FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise InvalidSchedule(f"Times lie in the years {_FIRST_YEAR} to {LAST_YEAR}.")


def _last_day(until: datetime.datetime, zone: ZoneInfo) -> int:
    """The last local day that starts up to ``until``: tomorrow, where the clocks went back over midnight."""
    today = local_time(until, zone).date()
    tomorrow, _ = instant(today + timedelta(1), _MIDNIGHT, zone)
    return today.toordinal() + (tomorrow <= until)


def point_on(plan: DayPlan, clock: Clock, run: RunDay, time: datetime.time) -> Occurrence:
    """The point of ``run`` at one of its times of day."""
    day = datetime.date.fromordinal(run.day)
    date = day if run.day == run.date else datetime.date.fromordinal(run.date)
    at, change = instant(day, time, clock.zone)
    return Occurrence(at, day, date, plan.evaluator.items[run.item].text, 0, change)


class _Repeats(Struct, frozen=True, gc=False):
    """How a point is repeated: every ``delay`` up to ``end``."""

    delay: timedelta
    end: datetime.datetime

    def following(self, point: Occurrence) -> Occurrence | None:
        """The repetition after ``point``, or None."""
        at = point.at + self.delay
        if at > self.end:
            return None
        return Occurrence(at, point.day, point.date, point.item, point.repetition + 1)

    def passed(self, point: Occurrence, after: datetime.datetime) -> Occurrence:
        """The last one up to ``after``, beginning with ``point``, which may be the one."""
        number = (min(after, self.end) - point.at) // self.delay
        if number < 1:
            return point
        return Occurrence(point.at + number * self.delay, point.day, point.date, point.item, number)


def _repeats(clock: Clock, point: Occurrence, time: datetime.time) -> _Repeats | None:
    return None if clock.delay is None else _Repeats(clock.delay, _end(clock, point.day, time))


def _end(clock: Clock, day: datetime.date, time: datetime.time) -> datetime.datetime:
    """The last instant at which a repetition of the run at ``time`` on ``day`` may be scheduled."""
    if clock.until is None:
        return instant(day + timedelta(1), _MIDNIGHT, clock.zone)[0] - _TICK
    last = day if time <= clock.until else day + timedelta(1)
    return instant(last, clock.until, clock.zone)[0]


def next_recurrence(
    recurrence: Recurrence,
    day: datetime.date,
    time: str,
    zone: str,
    scheduled: datetime.datetime,
    completed: datetime.datetime,
) -> datetime.datetime | None:
    """When a run is repeated, once the run before has ended; None when the recurrence is over.

    ``day`` and ``time`` are those of the schedule's own point, ``scheduled`` the instant of the run that
    has ended, ``completed`` its end. By the scheduled time the answer is the first point of the grid that
    is not before the completion (points missed meanwhile are not made up for); by the end time it is
    the completion plus the delay.

    Raises:
        InvalidTime, UnknownTimeZone, InvalidSchedule: for a text that is none, or times without offset.
    """
    check_moments(scheduled, completed)
    delay = recurrence_delay(recurrence)
    until = None if recurrence.until is None else parse_time(recurrence.until)
    clock = Clock((parse_time(time),), time_zone(zone), delay, until)
    if recurrence.base_time is BaseTime.END_TIME:
        following = completed + delay
    else:
        following = scheduled + max(-(-(completed - scheduled) // delay), 1) * delay
    return following if following <= _end(clock, day, clock.times[0]) else None
