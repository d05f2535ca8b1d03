"""Rules: what one item of a specification does with a day, once a calendar has given its names meaning.

There are two sorts. A :class:`PointRule` names one day for each today (``LAST DAY OF MONTH``); a
:class:`SetRule` names a set of days that does not depend on today (``WORKDAYS``, ``15TH OF EVERY MONTH``).
In the schedule reading a point rule holds on the days that it names when they are today; a set rule holds
on its members. Days are ordinals.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from msgspec import Struct

from .date_errors import InvalidScheduleDate
from .periods import ALWAYS, Span
from .workdays import FIRST_DAY, LAST_DAY, Workdays


class Anchor(Struct, frozen=True):
    """Where an interval starts to count: the day of a submission, or a day it may first run on."""

    day: int
    submitted: bool = False


class Shift(Struct, frozen=True):
    """An offset of ``count`` days, or workdays."""

    count: int
    workdays: Workdays | None = None

    def apply(self, day: int) -> int | None:
        """``day`` moved, or None beyond the calendar or where no workday is left."""
        if self.workdays is None:
            moved = day + self.count
            return moved if FIRST_DAY <= moved <= LAST_DAY else None
        if self.count > 0:
            return self.workdays.nth_after(day, self.count)
        return self.workdays.nth_before(day, -self.count)

    def earliest_source(self, day: int) -> int | None:
        """The first day that :meth:`apply` moves to ``day`` or later, or None."""
        if self.workdays is None:
            return max(day - self.count, FIRST_DAY)
        target = self.workdays.at_or_after(day)
        if target is None:
            return None
        if self.count > 0:
            source = self.workdays.nth_before(target, self.count)
            return FIRST_DAY if source is None else source
        if self.count == -1:
            return target + 1
        source = self.workdays.nth_after(target, -self.count - 1)
        return None if source is None else source + 1


class Rule(ABC):
    """One item, compiled.

    Attributes:
        text: the item's canonical text.
        window: the days on which it can be evaluated (the evaluable-range rule).
        anchored: whether it needs an anchor.
    """

    text: str = ""
    window: Span = ALWAYS
    anchored: bool = False
    shift: Shift | None = None

    @abstractmethod
    def value(self, today: int, anchor: Anchor | None) -> int:
        """The day it names when today is ``today``.

        Raises:
            InvalidScheduleDate: when it names none.
        """

    @abstractmethod
    def next(self, day: int, limit: int, anchor: Anchor | None) -> int | None:
        """The first day from ``day`` to ``limit`` on which it holds, or None."""

    def pace(self, day: int) -> int:
        """How many days a search from ``day`` on passes over in one step, about."""
        return LAST_DAY

    def holds(self, day: int, anchor: Anchor | None) -> bool:
        """Whether it holds on ``day`` (the schedule reading)."""
        return self.next(day, day, anchor) == day

    def _moved(self, day: int | None) -> int:
        if day is not None and self.shift is not None:
            day = self.shift.apply(day)
        if day is None or not FIRST_DAY <= day <= LAST_DAY:
            raise InvalidScheduleDate(f"There is no such day: {self.text}.")
        return day


class PointRule(Rule):
    """One day for each today: ``point`` gives it, unchanged over the days of ``granule``."""

    def __init__(
        self, point: Callable[[int], int | None], granule: Callable[[int], Span], window: Span = ALWAYS
    ) -> None:
        self.point = point
        self._granule = granule
        self.window = window

    def value(self, today: int, anchor: Anchor | None) -> int:
        """See :meth:`Rule.value`."""
        try:
            return self._moved(self.point(today))
        except (ValueError, OverflowError):
            raise InvalidScheduleDate(f"{self.text} lies beyond the calendar.") from None

    def pace(self, day: int) -> int:
        """See :meth:`Rule.pace`."""
        start, end = self._granule(day)
        return end - start + 1

    def next(self, day: int, limit: int, anchor: Anchor | None) -> int | None:
        """See :meth:`Rule.next`; looks at each granule once."""
        shift = self.shift
        while day <= limit:
            start, end = self._granule(day)
            try:
                found = self.point(day)
            except (ValueError, OverflowError):
                found = None
            if found is not None and shift is not None:
                found = shift.apply(found)
            if found is not None and day <= found <= end and start <= found:
                return found if found <= limit else None
            day = end + 1
        return None


class SetRule(Rule):
    """A set of days: ``member`` gives the first member from a day on, up to a limit, or None.

    ``point`` gives the one day meant when today is given; without it that is the next member. ``pace`` is
    how many days ``member`` passes over in one step; without it the answer is at hand.
    """

    def __init__(
        self,
        member: Callable[[int, int], int | None],
        window: Span = ALWAYS,
        point: Callable[[int], int | None] | None = None,
        pace: int = LAST_DAY,
    ) -> None:
        self.member = member
        self.window = window
        self._point = point or (lambda today: member(today, LAST_DAY))
        self._pace = pace

    def pace(self, day: int) -> int:
        """See :meth:`Rule.pace`."""
        return self._pace

    def value(self, today: int, anchor: Anchor | None) -> int:
        """See :meth:`Rule.value`."""
        return self._moved(self._point(today))

    def next(self, day: int, limit: int, anchor: Anchor | None) -> int | None:
        """See :meth:`Rule.next`; the offset moves the whole set."""
        shift = self.shift
        if shift is None:
            return self.member(day, limit)
        source = shift.earliest_source(day)
        last = shift.earliest_source(limit + 1) if limit < LAST_DAY else None
        if source is None:
            return None
        found = self.member(source, LAST_DAY if last is None else last - 1)
        moved = None if found is None else shift.apply(found)
        return moved if moved is not None and day <= moved <= limit else None
