"""Which days are workdays, and counting them (semantics 3.4).

Days are ordinals of the proleptic Gregorian calendar, as :meth:`datetime.date.toordinal` gives them:
whole numbers are what counting needs, and far faster than dates.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from .definitions import DateDefinition, WorkdayFlag, WorkWeek, setting_name
from .tree import Weekday

FIRST_DAY = datetime.date.min.toordinal()
LAST_DAY = datetime.date.max.toordinal()


class WorkdayDecision(Struct, frozen=True):
    """Whether ``date`` is a workday, and what said so: a date definition, or else a weekday setting."""

    date: datetime.date
    is_workday: bool
    definition: DateDefinition | None = None
    setting: str | None = None

    @property
    def reason(self) -> str:
        """``is HOLIDAY "New Year observed" with workday False``, ``is a Sunday: Work_SUN is False``."""
        if self.definition is not None:
            return f"is {self.definition.label} with workday {self.is_workday}"
        return f"is a {Weekday(self.date.weekday()).name.title()}: {self.setting} is {self.is_workday}"


class Workdays:
    """The workdays of one calendar. Immutable; remembers the years it has been asked about.

    ``definitions`` come in the order in which they are to be looked at: the first for a day whose flag is
    True or False decides.
    """

    def __init__(self, work_week: WorkWeek, definitions: Iterable[DateDefinition]) -> None:
        self._usual = work_week.days
        self._decided: dict[int, DateDefinition] = {}
        for definition in definitions:
            if definition.workday is not WorkdayFlag.MAYBE:
                self._decided.setdefault(definition.date.toordinal(), definition)
        self._extra = sorted(
            day for day, definition in self._decided.items() if definition.workday is WorkdayFlag.TRUE
        )
        self.of_year = lru_cache(maxsize=1024)(self._of_year)

    def decide(self, day: int) -> WorkdayDecision:
        """Whether ``day`` is a workday, with the reason."""
        date = datetime.date.fromordinal(day)
        definition = self._decided.get(day)
        if definition is not None:
            return WorkdayDecision(date, definition.workday is WorkdayFlag.TRUE, definition)
        weekday = Weekday(date.weekday())
        return WorkdayDecision(date, self._usual[weekday.value], None, setting_name(weekday))

    def __contains__(self, day: object) -> bool:
        """Whether the ordinal ``day`` is a workday."""
        if not isinstance(day, int):
            return False
        definition = self._decided.get(day)
        if definition is not None:
            return definition.workday is WorkdayFlag.TRUE
        return self._usual[(day - 1) % 7]

    def _of_year(self, year: int) -> tuple[int, ...]:
        start = datetime.date(year, 1, 1).toordinal()
        end = datetime.date(year, 12, 31).toordinal()
        return tuple(day for day in range(start, end + 1) if day in self)

    def count(self, start: int, end: int) -> int:
        """How many workdays there are from ``start`` to ``end``, both included."""
        if start > end:
            return 0
        first, last = _year(start), _year(end)
        total = bisect_right(self.of_year(last), end) - bisect_left(self.of_year(first), start)
        return total + sum(len(self.of_year(year)) for year in range(first, last))

    def at_or_after(self, day: int) -> int | None:
        """The first workday from ``day`` on, or None when there is none."""
        return self.nth_after(day - 1, 1)

    def at_or_before(self, day: int) -> int | None:
        """The last workday up to ``day``, or None when there is none."""
        return self.nth_before(day + 1, 1)

    def nth_after(self, day: int, count: int) -> int | None:
        """The ``count``-th workday after ``day`` (``count`` from 1), or None."""
        day = max(day, FIRST_DAY - 1)
        if not any(self._usual):
            index = bisect_right(self._extra, day) + count - 1
            return self._extra[index] if index < len(self._extra) else None
        if day >= LAST_DAY:
            return None
        for year in range(_year(day + 1), datetime.MAXYEAR + 1):
            days = self.of_year(year)
            index = bisect_right(days, day) + count - 1
            if index < len(days):
                return days[index]
            count = index - len(days) + 1
        return None

    def nth_before(self, day: int, count: int) -> int | None:
        """The ``count``-th workday before ``day`` (``count`` from 1), or None."""
        day = min(day, LAST_DAY + 1)
        if not any(self._usual):
            index = bisect_left(self._extra, day) - count
            return self._extra[index] if index >= 0 else None
        if day <= FIRST_DAY:
            return None
        for year in range(_year(day - 1), datetime.MINYEAR - 1, -1):
            days = self.of_year(year)
            index = bisect_left(days, day) - count
            if index >= 0:
                return days[index]
            count = -index
        return None


def _year(day: int) -> int:
    return datetime.date.fromordinal(day).year
