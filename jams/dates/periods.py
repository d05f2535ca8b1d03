"""Periods: which days belong together, and which period a specification means when today is given.

A span is a pair of ordinals, first and last day. All searches are closed forms or bisections.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from .date_errors import DatesNotDefined
from .tree import PeriodKind, Relation
from .workdays import FIRST_DAY, LAST_DAY

Span = tuple[int, int]
ALWAYS: Span = (FIRST_DAY, LAST_DAY)
NEVER: Span = (LAST_DAY, FIRST_DAY)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_of(year: int, month: int) -> Span:
    """The days of a month; ``month`` is 1 to 12."""
    start = datetime.date(year, month, 1).toordinal()
    leap = month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return start, start + _MONTH_LENGTHS[month - 1] - 1 + leap


def week_span(day: int) -> Span:
    """Monday to Sunday around ``day``."""
    start = day - (day - 1) % 7
    return start, start + 6


@lru_cache(maxsize=4096)
def month_span(day: int) -> Span:
    """The month around ``day``."""
    date = datetime.date.fromordinal(day)
    return month_of(date.year, date.month)


@lru_cache(maxsize=4096)
def quarter_span(day: int) -> Span:
    """January to March, April to June, July to September or October to December around ``day``."""
    date = datetime.date.fromordinal(day)
    first = (date.month - 1) // 3 * 3 + 1
    return month_of(date.year, first)[0], month_of(date.year, first + 2)[1]


@lru_cache(maxsize=4096)
def year_span(day: int) -> Span:
    """The calendar year around ``day``."""
    year = datetime.date.fromordinal(day).year
    return month_of(year, 1)[0], month_of(year, 12)[1]


SPANS: dict[PeriodKind, Callable[[int], Span]] = {
    PeriodKind.WEEK: week_span,
    PeriodKind.MONTH: month_span,
    PeriodKind.QUARTER: quarter_span,
    PeriodKind.YEAR: year_span,
}


class PeriodRule(ABC):
    """Which period is meant on a given day.

    Attributes:
        window: the days on which the question can be answered.
    """

    window: Span = ALWAYS

    @abstractmethod
    def find(self, today: int) -> Span:
        """The period meant when today is ``today``."""

    @abstractmethod
    def granule(self, today: int) -> Span:
        """The days around ``today`` on which :meth:`find` gives the same period."""

    def from_day(self, day: int) -> Span | None:
        """The first period that ends on or after ``day``; for every such period in turn."""
        return self.find(max(day, FIRST_DAY)) if day <= LAST_DAY else None


class UnitRule(PeriodRule):
    """A week, month, quarter or year: this one, the last or the next."""

    def __init__(self, kind: PeriodKind, relation: Relation) -> None:
        self._span = SPANS[kind]
        self._relation = relation

    def granule(self, today: int) -> Span:
        """The period around ``today``."""
        return self._span(today)

    def find(self, today: int) -> Span:
        """The period around ``today``, or the one before or after it."""
        span = self._span(today)
        if self._relation is Relation.NEXT:
            return self._span(span[1] + 1)
        if self._relation is Relation.LAST:
            return self._span(span[0] - 1)
        return span


class MonthRule(PeriodRule):
    """A named month of this calendar year, of the one before or after, or of a given year."""

    def __init__(self, month: int, relation: Relation, year: int | None) -> None:
        self._month = month
        self._year = year
        self._shift = {Relation.LAST: -1, Relation.NEXT: 1}.get(relation, 0)

    def find(self, today: int) -> Span:
        """The month's days."""
        year = self._year
        if year is None:
            year = datetime.date.fromordinal(today).year + self._shift
        return month_of(year, self._month)

    def granule(self, today: int) -> Span:
        """The year of ``today``, or all days for a given year."""
        return year_span(today) if self._year is None else ALWAYS


class DefinedRule(PeriodRule):
    """Periods of a continuous date type, or those of them that bear one specific name.

    ``spans`` are the closed periods, ascending; ``starts_after`` is false for a bare date type, which
    means the period around today, and true for a specific one, which may still lie ahead.
    """

    def __init__(self, label: str, spans: Sequence[Span], relation: Relation, evaluable: Span) -> None:
        self._label = label
        self._spans = spans
        self._starts = [span[0] for span in spans]
        self._ends = [span[1] for span in spans]
        self._relation = relation
        self.window = self._window(evaluable)

    def _window(self, evaluable: Span) -> Span:
        if not self._spans:
            return NEVER
        low, high = evaluable
        if self._relation is Relation.NEXT:
            high = min(high, self._starts[-1] - 1)
        elif self._relation is Relation.LAST:
            low = max(low, self._ends[0] + 1)
        else:
            high = min(high, self._ends[-1])
        return low, high

    def _index(self, today: int) -> int:
        if self._relation is Relation.NEXT:
            index = bisect_right(self._starts, today)
        elif self._relation is Relation.LAST:
            index = bisect_left(self._ends, today) - 1
        else:
            index = bisect_left(self._ends, today)
        if not 0 <= index < len(self._spans):
            raise not_defined(self._label, today)
        return index

    def find(self, today: int) -> Span:
        """THIS: the period around ``today``, else the first ahead; NEXT and LAST: wholly after or before."""
        return self._spans[self._index(today)]

    def granule(self, today: int) -> Span:
        """The days that lead to the same period."""
        index = self._index(today)
        last = len(self._spans) - 1
        if self._relation is Relation.NEXT:
            return (self._starts[index - 1] if index else FIRST_DAY), self._starts[index] - 1
        if self._relation is Relation.LAST:
            return self._ends[index] + 1, (self._ends[index + 1] if index < last else LAST_DAY)
        return (self._ends[index - 1] + 1 if index else FIRST_DAY), self._ends[index]

    def from_day(self, day: int) -> Span | None:
        """The first defined period that ends on or after ``day``, or None."""
        index = bisect_left(self._ends, day)
        return self._spans[index] if index < len(self._spans) else None


def not_defined(label: str, day: int) -> DatesNotDefined:
    """The error of a day for which a date type's dates do not suffice."""
    date = datetime.date.fromordinal(day)
    return DatesNotDefined(
        f"The dates of {label} are not defined around {date}: there must be one before and one after it.",
        target=label,
    )
