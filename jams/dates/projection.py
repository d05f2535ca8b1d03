"""Many schedules at once: what runs when, in order of time, and what each runs next."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Mapping
from datetime import timedelta
from heapq import heappop, heappush
from itertools import chain
from typing import Generic, TypeVar

from msgspec import Struct

from jams.objects.errors import JAMSError

from .calendar import Calendar
from .days import DayPlan, RunDay, needs_anchor
from .evaluation import PLAIN_CALENDAR
from .occurrences import Occurrence, check_aware, occurrences, point_on
from .schedule import Clock, Schedule, clock_of
from .workdays import LAST_DAY
from .zones import local_time

Key = TypeVar("Key", bound=Hashable)

SEARCH_YEARS = 40
"""How far ahead the next occurrence is looked for: a 29 February on a given weekday can take 40 years."""

_SEARCH_DAYS = 366 * SEARCH_YEARS
_LATEST = datetime.datetime(9999, 12, 29, tzinfo=datetime.UTC)


def next_occurrence(
    schedule: Schedule, after: datetime.datetime, calendar: Calendar | None = None
) -> Occurrence | None:
    """The first point of ``schedule`` after ``after``, or None when there is none within SEARCH_YEARS.

    Raises as :func:`jams.dates.occurrences` does.
    """
    if schedule.recurrence is not None:
        until = after + timedelta(days=min(_SEARCH_DAYS, (_LATEST - after).days))
        return next(occurrences(schedule, after, until, calendar), None)
    check_aware(after)
    clock = clock_of(schedule)
    today = local_time(after, clock.zone).toordinal()
    return _RunDays(schedule, today, calendar or PLAIN_CALENDAR).first_point(clock, after)


class _RunDays:
    """The days of a schedule from a day on, found when they are needed and kept for the next who asks."""

    def __init__(self, schedule: Schedule, today: int, calendar: Calendar) -> None:
        self._plan = DayPlan(schedule, calendar)
        self._further = self._plan.days(today, min(today + _SEARCH_DAYS, LAST_DAY - 1))
        self._known: list[RunDay] = []
        self._failure: JAMSError | None = None

    def first_point(self, clock: Clock, after: datetime.datetime) -> Occurrence | None:
        """The first point after ``after`` at one of the clock's times."""
        for run in chain(self._known, self._remembered()):
            for time in clock.times:
                point = point_on(self._plan, clock, run, time)
                if point.at > after:
                    return point
        return None

    def _remembered(self) -> Iterator[RunDay]:
        if self._failure is not None:
            raise self._failure
        try:
            for run in self._further:
                self._known.append(run)
                yield run
        except JAMSError as error:
            self._failure = error
            raise


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


def next_occurrences(
    schedules: Mapping[Key, Schedule], after: datetime.datetime, calendar: Calendar | None = None
) -> Iterator[Projected[Key]]:
    """The next point of each schedule after ``after``, in the order of ``schedules``.

    The same as :func:`next_occurrence` for each, but schedules that differ in nothing but their times
    look for their days once. A schedule without further points gives neither point nor error.
    """
    check_aware(after)
    calendar = calendar or PLAIN_CALENDAR
    shared: dict[object, _RunDays] = {}
    todays: dict[str, int] = {}
    for key, schedule in schedules.items():
        try:
            yield Projected(key, _shared_next(schedule, after, calendar, shared, todays))
        except JAMSError as error:
            yield Projected(key, error=error)


def _shared_next(
    schedule: Schedule,
    after: datetime.datetime,
    calendar: Calendar,
    shared: dict[object, _RunDays],
    todays: dict[str, int],
) -> Occurrence | None:
    if schedule.recurrence is not None:
        return next_occurrence(schedule, after, calendar)
    clock = clock_of(schedule)
    zone = schedule.time_zone
    today = todays.get(zone)
    if today is None:
        today = todays[zone] = local_time(after, clock.zone).toordinal()
    same = (
        schedule.dates,
        schedule.except_for,
        schedule.non_workday,
        *_starts(schedule, today, calendar),
        today,
    )
    found = shared.get(same)
    if found is None:
        found = shared[same] = _RunDays(schedule, today, calendar)
    return found.first_point(clock, after)


def _starts(
    schedule: Schedule, today: int, calendar: Calendar
) -> tuple[datetime.date | None, datetime.date | None]:
    """Start date and last submission, where they still make a difference: for intervals, or ahead."""
    start = schedule.start_date
    if needs_anchor(schedule, calendar):
        return start, schedule.last_submitted
    return (start if start is not None and start.toordinal() > today else None), None
