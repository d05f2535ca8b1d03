"""Many schedules at once: what runs when, in order of time, and what each runs next."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Mapping
from datetime import timedelta
from heapq import heappop, heappush
from typing import Generic, TypeVar

from msgspec import Struct

from jams.objects.errors import JAMSError

from .calendar import Calendar
from .days import DayPlan, RunDay, needs_anchor
from .effort import Effort
from .evaluation import PLAIN_CALENDAR
from .occurrences import LAST_YEAR, Occurrence, check_moments, occurrences, point_on
from .schedule import Clock, Schedule, clock_of
from .zones import local_time

Key = TypeVar("Key", bound=Hashable)

SEARCH_YEARS = 40
"""How far ahead the next occurrence is looked for: a 29 February on a given weekday can take 40 years."""

_SEARCH_DAYS = 366 * SEARCH_YEARS
_LATEST = datetime.datetime(LAST_YEAR, 12, 30, tzinfo=datetime.UTC)


def next_occurrence(
    schedule: Schedule, after: datetime.datetime, calendar: Calendar | None = None
) -> Occurrence | None:
    """The first point of ``schedule`` after ``after``, or None when there is none within SEARCH_YEARS.

    Raises as :func:`jams.dates.occurrences` does.
    """
    check_moments(after)
    if schedule.recurrence is not None:
        until = after + timedelta(days=max(min(_SEARCH_DAYS, (_LATEST - after).days), 0))
        return next(occurrences(schedule, after, until, calendar), None)
    clock = clock_of(schedule)
    today = local_time(after, clock.zone).toordinal()
    return _RunDays(schedule, today, calendar or PLAIN_CALENDAR).first_point(clock, after)


class _RunDays:
    """The days of a schedule from a day on, found when they are needed and kept for the next who asks."""

    def __init__(self, schedule: Schedule, today: int, calendar: Calendar) -> None:
        self._plan = DayPlan(schedule, calendar)
        self._further = self._plan.days(today, min(today + _SEARCH_DAYS, _LATEST.toordinal()))
        self._known: list[RunDay] = []
        self._failure: JAMSError | None = None

    def first_point(self, clock: Clock, after: datetime.datetime) -> Occurrence | None:
        """The first point after ``after`` at one of the clock's times."""
        for runs in (self._known, self._remembered()):
            for run in runs:
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
    effort: Effort | None = None,
) -> Iterator[Projected[Key]]:
    """The points of many schedules together, in order of time; equal times in the order of ``schedules``.

    The effort, if one is given, is that of all of them.

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
            sources[number] = key, occurrences(schedule, after, until, calendar, effort)
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
    check_moments(after)
    found = _Sharing(after, calendar or PLAIN_CALENDAR)
    for key, schedule in schedules.items():
        try:
            yield Projected(key, found.next_of(schedule))
        except JAMSError as error:
            yield Projected(key, error=error)


class _Sharing:
    """The next points of many schedules; what they have in common is found once."""

    def __init__(self, after: datetime.datetime, calendar: Calendar) -> None:
        self._after = after
        self._calendar = calendar
        self._days: dict[object, _RunDays] = {}
        self._todays: dict[str, int] = {}
        self._anchored: dict[tuple[str, str | None], bool] = {}

    def next_of(self, schedule: Schedule) -> Occurrence | None:
        """The same as :func:`next_occurrence`."""
        if schedule.recurrence is not None:
            return next_occurrence(schedule, self._after, self._calendar)
        clock = clock_of(schedule)
        today = self._today(schedule.time_zone, clock)
        same = self._what_matters(schedule, today)
        found = self._days.get(same)
        if found is None:
            found = self._days[same] = _RunDays(schedule, today, self._calendar)
        return found.first_point(clock, self._after)

    def _today(self, zone: str, clock: Clock) -> int:
        today = self._todays.get(zone)
        if today is None:
            today = self._todays[zone] = local_time(self._after, clock.zone).toordinal()
        return today

    def _what_matters(self, schedule: Schedule, today: int) -> object:
        """What a schedule's days depend on: start and last submission only for intervals, or ahead."""
        texts = schedule.dates, schedule.except_for
        anchored = self._anchored.get(texts)
        if anchored is None:
            anchored = self._anchored[texts] = needs_anchor(schedule, self._calendar)
        start = schedule.start_date
        if anchored:
            return texts, schedule.non_workday, today, start, schedule.last_submitted
        ahead = start is not None and start.toordinal() > today
        return texts, schedule.non_workday, today, start if ahead else None
