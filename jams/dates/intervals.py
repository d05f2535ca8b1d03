"""Intervals: every n-th day, workday, week, weekday or month from an anchor (semantics 3.5)."""

from __future__ import annotations

import datetime

from .date_errors import InvalidScheduleDate
from .rules import Anchor, Rule
from .tree import IntervalKind, Weekday
from .workdays import LAST_DAY, Workdays


class IntervalRule(Rule):
    """Every ``count``-th one of ``kind``.

    From a submission, the ones after it are counted and each ``count``-th is taken; from a start date,
    the first one on or after it is taken and the counting goes on from there.
    """

    anchored = True

    def __init__(self, count: int, kind: IntervalKind | Weekday, workdays: Workdays) -> None:
        self._count = count
        self._kind = kind
        self._workdays = workdays

    def value(self, today: int, anchor: Anchor | None) -> int:
        """The next one on or after ``today``; without an anchor, today is the anchor."""
        found = self.next(today, LAST_DAY, anchor or Anchor(today))
        if found is None:
            raise InvalidScheduleDate(f"There is no such day: {self.text}.")
        return found

    def next(self, day: int, limit: int, anchor: Anchor | None) -> int | None:
        """See :meth:`Rule.next`; without an anchor, ``day`` is the anchor."""
        anchor = anchor or Anchor(day)
        day = max(day, anchor.day + anchor.submitted)
        if self._kind is IntervalKind.MONTH:
            found = self._month(day, limit, anchor)
        elif self._kind is IntervalKind.WORKDAY:
            found = self._workday(day, anchor)
        else:
            found = self._regular(day, anchor)
        return found if found is not None and found <= limit else None

    def _regular(self, day: int, anchor: Anchor) -> int:
        if isinstance(self._kind, Weekday):
            step = 7 * self._count
            first = anchor.day + (self._kind.value - (anchor.day - 1)) % 7
            if anchor.submitted and first != anchor.day:
                first += step - 7
        else:
            step = self._count * (7 if self._kind is IntervalKind.WEEK else 1)
            first = anchor.day
        if first >= day:
            return first
        return first + -(-(day - first) // step) * step

    def _workday(self, day: int, anchor: Anchor) -> int | None:
        first: int | None = anchor.day
        if not anchor.submitted:
            first = self._workdays.at_or_after(anchor.day)
            if first is None or first >= day:
                return first
        assert first is not None
        passed = self._workdays.count(first + 1, day - 1)
        return self._workdays.nth_after(first, (passed // self._count + 1) * self._count)

    def _month(self, day: int, limit: int, anchor: Anchor) -> int | None:
        """Months that lack the anchor's day are passed over, as RFC 5545 does."""
        start = datetime.date.fromordinal(anchor.day)
        date = datetime.date.fromordinal(day)
        months = (date.year - start.year) * 12 + date.month - start.month
        steps = max(months // self._count, 0)
        while True:
            year, month = divmod(start.year * 12 + start.month - 1 + steps * self._count, 12)
            steps += 1
            if year > datetime.MAXYEAR:
                return None
            first = datetime.date(year, month + 1, 1).toordinal()
            if first > limit:
                return None
            try:
                found = datetime.date(year, month + 1, start.day).toordinal()
            except ValueError:
                continue
            if found >= day:
                return found
