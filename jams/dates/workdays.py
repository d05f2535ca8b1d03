"""Which days are workdays, and counting them (semantics 3.4).

Days are ordinals of the proleptic Gregorian calendar, as :meth:`datetime.date.toordinal` gives them:
whole numbers are what counting needs, and far faster than dates.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

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
    True or False decides. Counting over any range takes the same time: whole weeks count alike, and only
    the days that differ from their weekday are looked up.
    """

    def __init__(self, work_week: WorkWeek, definitions: Iterable[DateDefinition]) -> None:
        self._usual = work_week.days
        self._decided: dict[int, DateDefinition] = {}
        for definition in definitions:
            if definition.workday is not WorkdayFlag.MAYBE:
                self._decided.setdefault(definition.date.toordinal(), definition)
        self._of_week = tuple(accumulate(self._usual, initial=0))
        changes = sorted(
            (day, worked - self._usual[(day - 1) % 7])
            for day, definition in self._decided.items()
            if (worked := definition.workday is WorkdayFlag.TRUE) != self._usual[(day - 1) % 7]
        )
        self._changed = [day for day, _ in changes]
        self._change = tuple(accumulate((change for _, change in changes), initial=0))
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

    def _up_to(self, day: int) -> int:
        """How many workdays there are from the first day of all to ``day``."""
        weeks, rest = divmod(day, 7)
        usual = weeks * self._of_week[7] + self._of_week[rest]
        return usual + self._change[bisect_right(self._changed, day)]

    def count(self, start: int, end: int) -> int:
        """How many workdays there are from ``start`` to ``end``, both included."""
        return self._up_to(end) - self._up_to(start - 1) if start <= end else 0

    def at_or_after(self, day: int) -> int | None:
        """The first workday from ``day`` on, or None when there is none."""
        return self.nth_after(day - 1, 1)

    def at_or_before(self, day: int) -> int | None:
        """The last workday up to ``day``, or None when there is none."""
        return self.nth_before(day + 1, 1)

    def nth_after(self, day: int, count: int) -> int | None:
        """The ``count``-th workday after ``day`` (``count`` from 1), or None."""
        day = max(day, FIRST_DAY - 1)
        if day >= LAST_DAY:
            return None
        days = self.of_year(_year(day + 1))
        index = bisect_right(days, day) + count - 1
        return days[index] if index < len(days) else self._nth(self._up_to(day) + count)

    def nth_before(self, day: int, count: int) -> int | None:
        """The ``count``-th workday before ``day`` (``count`` from 1), or None."""
        day = min(day, LAST_DAY + 1)
        if day <= FIRST_DAY:
            return None
        days = self.of_year(_year(day - 1))
        index = bisect_left(days, day) - count
        return days[index] if index >= 0 else self._nth(self._up_to(day - 1) - count + 1)

    def _nth(self, number: int) -> int | None:
        """The workday of that number, counted from the first day of all, or None."""
        if not 1 <= number <= self._up_to(LAST_DAY):
            return None
        return bisect_left(range(LAST_DAY), number, lo=FIRST_DAY, key=self._up_to)


def _year(day: int) -> int:
    return datetime.date.fromordinal(day).year
