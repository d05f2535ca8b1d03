"""The days of a schedule: its dates, moved off non-workdays and without the excepted ones, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec import Struct

from .calendar import Calendar
from .date_errors import InvalidSchedule
from .effort import Effort
from .evaluation import PLAIN_CALENDAR, Evaluator, evaluator
from .rules import Anchor
from .schedule import NonWorkdayRule, Schedule
from .searching import Search
from .tree import Item
from .workdays import FIRST_DAY, LAST_DAY

MAX_MOVE = 366
"""How many days a run may be moved off a non-workday; farther, there is no workday for it and it is lost."""


class RunDay(Struct, frozen=True, gc=False):
    """A day on which a schedule runs, and why (ordinals).

    ``date`` is the day that the specification gave: the same as ``day``, unless that was no workday.
    ``item`` is the index of the item in the text.
    """

    day: int
    date: int
    item: int


def needs_anchor(schedule: Schedule, calendar: Calendar) -> bool:
    """Whether ``schedule`` has an interval among its dates or exceptions."""
    if evaluator(schedule.dates, calendar).needs_anchor:
        return True
    return bool(schedule.except_for) and evaluator(schedule.except_for or "", calendar).needs_anchor


class DayPlan:
    """Finds the days of one schedule with one calendar, within the given effort."""

    def __init__(self, schedule: Schedule, calendar: Calendar, effort: Effort | None = None) -> None:
        self._effort = effort or Effort()
        self.evaluator: Evaluator = evaluator(schedule.dates, calendar)
        self._exceptions = evaluator(schedule.except_for, calendar) if schedule.except_for else None
        others = () if self._exceptions is None else self._exceptions.items + self._exceptions.exceptions
        self._of_exceptions = len(self.evaluator.exceptions) + len(others)
        self._workdays = calendar.workdays
        self._rule = schedule.non_workday
        self._start = FIRST_DAY if schedule.start_date is None else schedule.start_date.toordinal()
        self._anchor = schedule.anchor
        if self._anchor is None and needs_anchor(schedule, calendar):
            raise InvalidSchedule(
                "An interval needs a start date, or the date it was last submitted for, to count from.",
                member="startDate",
            )

    def days(self, first: int, last: int) -> Iterator[RunDay]:
        """The days from ``first`` to ``last``, both included, in order; from any ``first`` the same days.

        Raises:
            DatesNotDefined: on reaching a day on which the specification cannot be evaluated.
            InvalidSchedule: when the effort is not enough.
        """
        if self.evaluator.anchored and len(self.evaluator.items) > 1:
            return self._mixed(first, last)
        return self._steady(first, last)

    def _steady(self, first: int, last: int) -> Iterator[RunDay]:
        previous = 0
        search = Search(self.evaluator, self._effort)
        date = max(self._earliest_date(first), self._start)
        while (found := self._next(search, date, last, self._anchor)) is not None:
            date = found.date + 1
            if found.day > last:
                return
            if found.day >= first and found.day > previous and self.exception_on(found.day) is None:
                previous = found.day
                yield found

    def _mixed(self, first: int, last: int) -> Iterator[RunDay]:
        """With an interval among other items, each run is the interval's new anchor."""
        anchor = self._anchor
        assert anchor is not None
        previous = 0
        search = Search(self.evaluator, self._effort)
        date = max(self._earliest_date(min(anchor.day, first)), self._start)
        while (found := self._next(search, date, last, anchor)) is not None:
            date = found.date + 1
            if found.day > last:
                return
            if found.day > previous and self.exception_on(found.day) is None:
                previous = found.day
                if found.date >= anchor.day:
                    anchor = Anchor(found.date, submitted=True)
                if found.day >= first:
                    yield found

    def _next(self, search: Search, date: int, last: int, anchor: Anchor | None) -> RunDay | None:
        """The first date from ``date`` on that is scheduled, with the day to which it moves."""
        while True:
            found = search.next(date, self._latest_date(last), anchor)
            if found is None:
                return None
            if self._rule is NonWorkdayRule.SCHEDULE:
                return RunDay(found[0], found[0], found[1])
            day = self._moved(found[0])
            if day is not None:
                return RunDay(day, found[0], found[1])
            date = found[0] + 1

    def _moved(self, date: int) -> int | None:
        if date in self._workdays:
            return date
        day = None
        if self._rule is NonWorkdayRule.PRECEDING:
            day = self._workdays.at_or_before(date)
        elif self._rule is NonWorkdayRule.FOLLOWING:
            day = self._workdays.at_or_after(date)
        return day if day is not None and abs(day - date) <= MAX_MOVE else None

    def _earliest_date(self, first: int) -> int:
        """The first date that may move to ``first`` or later."""
        if self._rule is NonWorkdayRule.FOLLOWING:
            before = self._workdays.at_or_before(first - 1)
            earliest = max(first - MAX_MOVE, FIRST_DAY if before is None else before + 1)
            return self.evaluable_from(earliest, first)
        return first

    def evaluable_from(self, day: int, needed: int) -> int:
        """The first day from ``day`` on that can be evaluated, but none after ``needed``.

        For days that are looked at only because a run may move from there to ``needed``.
        """
        low = self.evaluator.window[0]
        if self._exceptions is not None:
            low = max(low, self._exceptions.window[0])
        return max(day, min(low, needed))

    def _latest_date(self, last: int) -> int:
        """The last date that may move to ``last`` or earlier."""
        if self._rule is NonWorkdayRule.PRECEDING:
            after = self._workdays.at_or_after(last + 1)
            return min(last + MAX_MOVE, LAST_DAY if after is None else after - 1)
        return last

    def exception_on(self, day: int) -> Item | None:
        """The item that excepts ``day``, or None. Raises DatesNotDefined where that is not known."""
        if not self._of_exceptions:
            return None
        self._effort.spend(self._of_exceptions)
        own, other = self.evaluator, self._exceptions
        if own.exceptions and (index := own.excepted(day, self._anchor)) is not None:
            return own.specification.exceptions[index]
        if other is not None and (index := other.item_on(day, self._anchor)) is not None:
            return other.specification.items[index] if other.excepted(day, self._anchor) is None else None
        return None


def days(
    schedule: Schedule, first: datetime.date, last: datetime.date, calendar: Calendar | None = None
) -> Iterator[datetime.date]:
    """The days from ``first`` to ``last``, both included, on which ``schedule`` runs, lazily and in order.

    Raises:
        DateError: as :func:`jams.dates.evaluate`; DatesNotDefined only on reaching the day in question.
        InvalidSchedule: for an interval without anchor.
    """
    plan = DayPlan(schedule, calendar or PLAIN_CALENDAR)
    for found in plan.days(first.toordinal(), last.toordinal()):
        yield datetime.date.fromordinal(found.day)
