"""Occurrences: the points in time at which schedules run, lazily, in order, each with its reason."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Mapping
from datetime import timedelta
from heapq import heappop, heappush
from typing import Generic, TypeVar

from msgspec import Struct

from jams.objects.errors import JAMSError

from .calendar import Calendar
from .days import DayPlan, RunDay
from .errors import InvalidSchedule
from .evaluation import PLAIN_CALENDAR
from .schedule import BaseTime, Clock, Recurrence, Schedule, clock_of, recurrence_delay
from .times import parse_time
from .workdays import FIRST_DAY, LAST_DAY
from .zones import ClockChange, instant, local_time, time_zone

Key = TypeVar("Key", bound=Hashable)

SEARCH_YEARS = 40
"""How far ahead the next occurrence is looked for: a 29 February on a given weekday can take 40 years."""

_MARGIN = 2
"""Days looked at before the first instant: a run may move past midnight, and a zone may skip a day."""


class Occurrence(Struct, frozen=True):
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
) -> Iterator[Occurrence]:
    """The points of ``schedule`` after ``after`` and up to ``until`` (aware), lazily and in order.

    There is no hidden state: from any ``after`` come the same points. A recurrence whose delay is counted
    from the end of the run before gives its first point only; see :func:`next_recurrence`.

    Raises:
        DateError, InvalidTime, UnknownTimeZone, InvalidSchedule: at the call. DatesNotDefined comes when
            the iteration reaches the first day on which the dates do not suffice.
    """
    plan = DayPlan(schedule, calendar or PLAIN_CALENDAR)
    return _points(plan, clock_of(schedule), after, until)


def _points(
    plan: DayPlan, clock: Clock, after: datetime.datetime, until: datetime.datetime
) -> Iterator[Occurrence]:
    first = max(local_time(after, clock.zone).toordinal() - _MARGIN, FIRST_DAY)
    last = min(local_time(until, clock.zone).toordinal() + 1, LAST_DAY)
    held: list[tuple[datetime.datetime, int, Occurrence]] = []
    previous = after
    for count, run in enumerate(plan.days(first, last)):
        points = _of_day(plan, clock, run)
        while held and held[0][0] < points[0].at:
            point = heappop(held)[2]
            if previous < point.at <= until:
                previous = point.at
                yield point
        if points[0].at > until:
            break
        for number, point in enumerate(points):
            heappush(held, (point.at, count * 100_000 + number, point))
    while held:
        point = heappop(held)[2]
        if previous < point.at <= until:
            previous = point.at
            yield point


def _of_day(plan: DayPlan, clock: Clock, run: RunDay) -> list[Occurrence]:
    """The points of one day, ascending."""
    day = datetime.date.fromordinal(run.day)
    date = day if run.day == run.date else datetime.date.fromordinal(run.date)
    item = plan.evaluator.items[run.item].text
    points = []
    for time in clock.times:
        at, change = instant(datetime.datetime.combine(day, time), clock.zone)
        points.append(Occurrence(at, day, date, item, 0, change))
        if clock.delay is not None:
            end = _end(clock, day, time)
            for number in range(1, (end - at) // clock.delay + 1):
                points.append(Occurrence(at + number * clock.delay, day, date, item, number))
    if clock.delay is not None:
        points.sort(key=lambda point: point.at)
    return points


def _end(clock: Clock, day: datetime.date, time: datetime.time) -> datetime.datetime:
    """The last instant at which a repetition of the run at ``time`` on ``day`` may be scheduled."""
    if clock.until is None:
        return instant(datetime.datetime.combine(day + timedelta(1), datetime.time()), clock.zone)[0] - _TICK
    last = day if time <= clock.until else day + timedelta(1)
    return instant(datetime.datetime.combine(last, clock.until), clock.zone)[0]


_TICK = timedelta(microseconds=1)


def next_occurrence(
    schedule: Schedule, after: datetime.datetime, calendar: Calendar | None = None
) -> Occurrence | None:
    """The first point of ``schedule`` after ``after``, or None when there is none within SEARCH_YEARS.

    Raises as :func:`occurrences` does.
    """
    until = after + timedelta(days=min(366 * SEARCH_YEARS, (_LATEST - after).days))
    return next(occurrences(schedule, after, until, calendar), None)


_LATEST = datetime.datetime(9999, 12, 29, tzinfo=datetime.UTC)


class Projected(Struct, Generic[Key], frozen=True):
    """An occurrence of the schedule with ``key``, or the error that ends that schedule's projection."""

    key: Key
    occurrence: Occurrence | None = None
    error: JAMSError | None = None


def projection(
    schedules: Mapping[Key, Schedule],
    after: datetime.datetime,
    until: datetime.datetime,
    calendar: Calendar | None = None,
) -> Iterator[Projected[Key]]:
    """The points of many schedules together, in order of time; equal times in the order of ``schedules``.

    A schedule that cannot be evaluated, or not any further, gives one :class:`Projected` with the error
    and ends; the others go on.
    """
    sources: dict[int, tuple[Key, Iterator[Occurrence]]] = {}
    waiting: list[tuple[datetime.datetime, int, Projected[Key]]] = []

    def advance(number: int, now: datetime.datetime) -> None:
        key, points = sources[number]
        try:
            point = next(points, None)
        except JAMSError as error:
            heappush(waiting, (now, number, Projected(key, error=error)))
            return
        if point is not None:
            heappush(waiting, (point.at, number, Projected(key, point)))

    for number, (key, schedule) in enumerate(schedules.items()):
        try:
            sources[number] = key, occurrences(schedule, after, until, calendar)
        except JAMSError as error:
            heappush(waiting, (after, number, Projected(key, error=error)))
        else:
            advance(number, after)
    while waiting:
        at, number, projected = heappop(waiting)
        yield projected
        if projected.error is None:
            advance(number, at)


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
    if scheduled.tzinfo is None or completed.tzinfo is None:
        raise InvalidSchedule("The times of a run need their offset.", member="completed")
    delay = recurrence_delay(recurrence)
    until = None if recurrence.until is None else parse_time(recurrence.until)
    clock = Clock((parse_time(time),), time_zone(zone), delay, until)
    if recurrence.base_time is BaseTime.END_TIME:
        following = completed + delay
    else:
        following = scheduled + max(-(-(completed - scheduled) // delay), 1) * delay
    return following if following <= _end(clock, day, clock.times[0]) else None
