"""The days on which a recurrence rule of iCalendar holds (RFC 5545 section 3.3.10), within a number of steps.

Libraries that expand rules search until the end of the calendar for a day that never comes (the 30th of
February); here the search ends with the last day that was asked for, and begins near the first one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, product
from typing import Any

from msgspec import Struct

from .date_errors import UnreadableCalendar
from .effort import Effort
from .periods import Span, month_of
from .workdays import FIRST_DAY, LAST_DAY

_WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN = frozenset(
    [
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "WKST",
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYSETPOS",
        "BYHOUR",
        "BYMINUTE",
        "BYSECOND",
    ]
)
_MOST_TIMES = 24
_HIGHEST = 10**9


class RecurrenceRule(Struct, frozen=True):
    """A rule with everything that it takes from the event's start filled in. Days are ordinals.

    ``by_day`` holds pairs of a position and a weekday (0 is Monday); the position is 0 for each of them.
    """

    frequency: str
    interval: int
    count: int | None
    until: datetime.datetime | None
    week_start: int
    months: frozenset[int]
    month_days: frozenset[int]
    year_days: frozenset[int]
    weeks: frozenset[int]
    by_day: frozenset[tuple[int, int]]
    positions: frozenset[int]
    times: tuple[datetime.time, ...]
    start: datetime.datetime

    def days(self, first: int, last: int, effort: Effort) -> Iterator[int]:
        """The days from ``first`` to ``last`` on which it holds, in order. Raises what ``effort`` refuses."""
        return (day for day, _ in self._held(first, last, effort))

    def moments(self, first: int, last: int, effort: Effort) -> Iterator[datetime.datetime]:
        """The local times at which it holds from the day ``first`` to ``last``, in order; as :meth:`days`."""
        for day, times in self._held(first, last, effort):
            date = datetime.date.fromordinal(day)
            yield from (datetime.datetime.combine(date, each) for each in times)

    @property
    def is_over(self) -> bool:
        """Whether it ends before it begins: what is left of a series that was cut off before its start."""
        return self.until is not None and self.until < self.start

    def _held(self, first: int, last: int, effort: Effort) -> Iterator[tuple[int, list[datetime.time]]]:
        end = last if self.until is None else min(last, self.until.toordinal())
        left = self.count
        for found in self._periods(first, end, effort):
            for day, times in self._picked(sorted(found)):
                holding = self._within(day, times)[:left]
                if day > end or left == 0:
                    return
                if holding and day >= first:
                    yield day, holding
                if left is not None:
                    left -= len(holding)

    def _within(self, day: int, times: Iterable[datetime.time]) -> list[datetime.time]:
        """The times of a day that are neither before the start nor after the end."""
        first, last = self.start.toordinal(), None if self.until is None else self.until.toordinal()
        if day <= first:
            times = [each for each in times if day == first and each >= self.start.time()]
        if self.until is not None and last is not None and day >= last:
            times = [each for each in times if day == last and each <= self.until.time()]
        return list(times)

    def _periods(self, first: int, last: int, effort: Effort) -> Iterator[Iterable[int]]:
        """For each period that begins up to ``last`` the days that the rule has in it.

        The first is the one around ``first``, or the one around the start where they must be counted.
        """
        start = self.start.toordinal()
        if self.count is not None:
            first = start
        if self.frequency in ("DAILY", "WEEKLY"):
            length = 7 if self.frequency == "WEEKLY" else 1
            origin = _week_of(start, self.week_start) if length == 7 else start
            step = length * self.interval
            for begin in range(origin + max(first - origin, 0) // step * step, last + 1, step):
                effort.spend(length)
                yield [day for day in range(begin, begin + length) if self._fits(day)]
            return
        yearly = self.frequency == "YEARLY"
        origin = self.start.year * 12 + (0 if yearly else self.start.month - 1)
        step = self.interval * (12 if yearly else 1)
        wanted = datetime.date.fromordinal(max(first, start))
        ahead = wanted.year * 12 + wanted.month - 1 - origin
        for number in range(origin + ahead // step * step, (datetime.MAXYEAR + 1) * 12, step):
            year, month = divmod(number, 12)
            if month_of(year, month + 1)[0] > last:
                return
            yield self._in_year(year, effort) if yearly else self._in_month(year, month + 1, effort)

    def _in_month(self, year: int, month: int, effort: Effort) -> set[int]:
        if self.months and month not in self.months:
            effort.spend(1)
            return set()
        return self._in_span(year, month_of(year, month), [month], effort)

    def _in_year(self, year: int, effort: Effort) -> set[int]:
        if not self.months:
            return self._in_span(year, (month_of(year, 1)[0], month_of(year, 12)[1]), range(1, 13), effort)
        found: set[int] = set()
        for month in self.months:
            found |= self._in_span(year, month_of(year, month), [month], effort)
        return found

    def _in_span(self, year: int, span: Span, months: Iterable[int], effort: Effort) -> set[int]:
        """The days of a month or year that every part of the rule allows."""
        parts: list[set[int]] = []
        if self.month_days:
            spans = [month_of(year, month) for month in months]
            parts.append({day for each in spans for day in _counted(each, self.month_days)})
        if self.by_day:
            parts.append(_weekdays(span, self.by_day))
        if self.year_days:
            whole = month_of(year, 1)[0], month_of(year, 12)[1]
            parts.append(_counted(whole, self.year_days))
        if self.weeks:
            parts.append(self._of_weeks(year))
        effort.spend(1 + sum(map(len, parts)))
        found = set.intersection(*parts)
        return {day for day in found if span[0] <= day <= span[1]}

    def _of_weeks(self, year: int) -> set[int]:
        """The days of the weeks by number. A week belongs to the year that has most of its days."""
        found: set[int] = set()
        for each in (year - 1, year, year + 1):
            if not datetime.MINYEAR <= each < datetime.MAXYEAR:
                continue
            begin = _week_of(datetime.date(each, 1, 4).toordinal(), self.week_start)
            end = _week_of(datetime.date(each + 1, 1, 4).toordinal(), self.week_start)
            total = (end - begin) // 7
            for number in self.weeks:
                index = number - 1 if number > 0 else total + number
                if 0 <= index < total:
                    found.update(range(begin + 7 * index, begin + 7 * index + 7))
        return found

    def _fits(self, day: int) -> bool:
        """Whether a single day is one that every part of the rule allows."""
        if not FIRST_DAY <= day <= LAST_DAY:
            return False
        date = datetime.date.fromordinal(day)
        if self.months and date.month not in self.months:
            return False
        if self.by_day and date.weekday() not in {weekday for _, weekday in self.by_day}:
            return False
        span = month_of(date.year, date.month)
        if self.month_days and day not in _counted(span, self.month_days):
            return False
        whole = month_of(date.year, 1)[0], month_of(date.year, 12)[1]
        return not self.year_days or day in _counted(whole, self.year_days)

    def _picked(self, days: list[int]) -> Iterator[tuple[int, Iterable[datetime.time]]]:
        """The days of a period with their times, only those at the positions asked for."""
        if not self.positions:
            yield from ((day, self.times) for day in days)
            return
        each = len(self.times)
        total = len(days) * each
        indexes = sorted({at - 1 if at > 0 else total + at for at in self.positions})
        wanted = [index for index in indexes if 0 <= index < total]
        for number, of_day in groupby(wanted, lambda index: index // each):
            yield days[number], [self.times[index % each] for index in of_day]


def _week_of(day: int, week_start: int) -> int:
    """The first day of the week of ``day``."""
    return day - (day - 1 - week_start) % 7


def _counted(span: Span, numbers: Iterable[int]) -> set[int]:
    """The days of a span by their number, from its end where that is negative."""
    start, end = span
    days = (start + number - 1 if number > 0 else end + number + 1 for number in numbers)
    return {day for day in days if start <= day <= end}


def _weekdays(span: Span, wanted: Iterable[tuple[int, int]]) -> set[int]:
    """The weekdays of a span: each of them, or the one at a position from its beginning or end."""
    start, end = span
    found: set[int] = set()
    for position, weekday in wanted:
        first = start + (weekday - (start - 1)) % 7
        last = end - ((end - 1) - weekday) % 7
        if not position:
            found.update(range(first, end + 1, 7))
        else:
            found.add(first + 7 * (position - 1) if position > 0 else last + 7 * (position + 1))
    return {day for day in found if start <= day <= end}


def recurrence_rule(
    parts: Mapping[str, list[Any]], start: datetime.datetime, until: datetime.datetime | None
) -> RecurrenceRule:
    """The rule whose parts were read from a text, for an event that starts at the local time ``start``.

    ``until`` is the local time of its end. Raises UnreadableCalendar for parts that mean nothing.
    """
    unknown = next((name for name in parts if name.upper() not in _KNOWN), None)
    if unknown is not None:
        raise UnreadableCalendar(f"A rule with {unknown[:40]} cannot be followed.")
    frequency = str(_one(parts, "FREQ", "")).upper()
    if frequency not in _FREQUENCIES:
        if frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
            raise UnreadableCalendar("A rule that repeats within a day gives no dates.")
        raise UnreadableCalendar("A rule needs FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.")
    months = _numbers(parts, "BYMONTH", 12)
    month_days, year_days = _signed(parts, "BYMONTHDAY", 31), _signed(parts, "BYYEARDAY", 366)
    weeks, by_day = _signed(parts, "BYWEEKNO", 53), _by_day(parts)
    if weeks and frequency != "YEARLY":
        raise UnreadableCalendar("Only a yearly rule has BYWEEKNO.")
    if not (month_days or year_days or by_day):
        if frequency == "WEEKLY" or weeks:
            by_day = frozenset({(0, start.weekday())})
        elif frequency in ("MONTHLY", "YEARLY"):
            month_days = frozenset({start.day})
            months = months or (frozenset({start.month}) if frequency == "YEARLY" else months)
    return RecurrenceRule(
        frequency=frequency,
        interval=_positive(parts, "INTERVAL", 1),
        count=_positive(parts, "COUNT", 0) or None,
        until=until,
        week_start=_WEEKDAYS.get(str(_one(parts, "WKST", "MO")).upper(), 0),
        months=months,
        month_days=month_days,
        year_days=year_days,
        weeks=weeks,
        by_day=by_day,
        positions=_signed(parts, "BYSETPOS", 366),
        times=_times(parts, start),
        start=start,
    )


def _one(parts: Mapping[str, list[Any]], name: str, default: object) -> Any:
    found = parts.get(name, [])
    return found[0] if len(found) == 1 else default


def _positive(parts: Mapping[str, list[Any]], name: str, default: int) -> int:
    if name not in parts:
        return default
    number = _one(parts, name, 0)
    if not 1 <= int(number) <= _HIGHEST:
        raise UnreadableCalendar(f"{name} of a rule counts from 1; {str(number)[:20]} is none.")
    return int(number)


def _signed(parts: Mapping[str, list[Any]], name: str, highest: int) -> frozenset[int]:
    found = frozenset(int(each) for each in parts.get(name, ()))
    if any(not 1 <= abs(each) <= highest for each in found):
        raise UnreadableCalendar(f"{name} of a rule lies in 1 to {highest}, or counts from the end with a -.")
    return found


def _numbers(parts: Mapping[str, list[Any]], name: str, highest: int, lowest: int = 1) -> frozenset[int]:
    found = frozenset(int(each) for each in parts.get(name, ()))
    if any(not lowest <= each <= highest for each in found):
        raise UnreadableCalendar(f"{name} of a rule lies in {lowest} to {highest}.")
    return found


def _by_day(parts: Mapping[str, list[Any]]) -> frozenset[tuple[int, int]]:
    found = set()
    for each in parts.get("BYDAY", ()):
        text = str(each).upper()
        position, weekday = text[:-2] or "0", _WEEKDAYS.get(text[-2:])
        if weekday is None or text[:-2].strip("+-") == "0" or not -53 <= int(position) <= 53:
            raise UnreadableCalendar(f"BYDAY of a rule cannot be {text[:20]}.")
        found.add((int(position), weekday))
    return frozenset(found)


def _times(parts: Mapping[str, list[Any]], start: datetime.datetime) -> tuple[datetime.time, ...]:
    hours = _numbers(parts, "BYHOUR", 23, 0) or {start.hour}
    minutes = _numbers(parts, "BYMINUTE", 59, 0) or {start.minute}
    seconds = _numbers(parts, "BYSECOND", 59, 0) or {start.second}
    if len(hours) * len(minutes) * len(seconds) > _MOST_TIMES:
        raise UnreadableCalendar("A rule that repeats within a day gives no dates.")
    return tuple(sorted(datetime.time(*each) for each in product(hours, minutes, seconds)))
