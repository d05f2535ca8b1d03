"""The n-th day of a kind within a span of days, counted from either end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from .calendar import Calendar
from .date_errors import InvalidScheduleDate
from .naming import resolve
from .tree import DayKind, Name, Weekday

Counter = Callable[[int, int], int | None]
"""From the first and last day of a span to the day counted, or None when there are too few."""


def counter(kind: DayKind | Weekday | Name, index: int, calendar: Calendar) -> Counter:
    """The counter of the ``index``-th day of ``kind``; ``index`` is 1, 2 … or -1 (the last), -2 …"""
    if isinstance(kind, Weekday):
        return _weekday(kind.value, index)
    if isinstance(kind, Name):
        days = calendar.days_of(resolve(calendar, kind, None, InvalidScheduleDate))
        return lambda start, end: _nth(days[bisect_left(days, start) : bisect_right(days, end)], index)
    if kind is DayKind.DAY:
        return _day(index)
    workdays = calendar.workdays
    if kind is DayKind.WORKDAY:
        if index > 0:
            return lambda start, end: _at_most(workdays.nth_after(start - 1, index), end)
        return lambda start, end: _at_least(workdays.nth_before(end + 1, -index), start)
    if kind is DayKind.NON_WORKDAY:
        return _tested(lambda day: day not in workdays, index)
    return _tested(lambda day: (day - 1) % 7 < 5, index)


def _nth(days: list[int], index: int) -> int | None:
    if index > 0:
        return days[index - 1] if index <= len(days) else None
    return days[index] if -index <= len(days) else None


def _at_most(day: int | None, end: int) -> int | None:
    return day if day is not None and day <= end else None


def _at_least(day: int | None, start: int) -> int | None:
    return day if day is not None and day >= start else None


def _day(index: int) -> Counter:
    if index > 0:
        return lambda start, end: _at_most(start + index - 1, end)
    return lambda start, end: _at_least(end + index + 1, start)


def _weekday(weekday: int, index: int) -> Counter:
    if index > 0:
        return lambda start, end: _at_most(start + (weekday - start + 1) % 7 + 7 * (index - 1), end)
    return lambda start, end: _at_least(end - (end - 1 - weekday) % 7 + 7 * (index + 1), start)


def _tested(test: Callable[[int], bool], index: int) -> Counter:
    def pick(start: int, end: int) -> int | None:
        days = range(start, end + 1) if index > 0 else range(end, start - 1, -1)
        left = abs(index)
        for day in days:
            if test(day):
                left -= 1
                if not left:
                    return day
        return None

    return pick
