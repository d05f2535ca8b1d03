"""The two readings of a specification: one date for a given today, and does it run on a given day."""

from __future__ import annotations

import datetime

from .calendar import Calendar
from .compiler import compile_item
from .date_errors import DateError, DatesNotDefined, InvalidScheduleDate
from .language import parse
from .periods import ALWAYS, Span
from .rules import Anchor, Rule
from .tree import Specification

_CACHE_SIZE = 16384


class Evaluator:
    """A specification compiled for one calendar. Immutable; all days are ordinals.

    Attributes:
        items: the rules of the items, in the order of the text.
        exceptions: the rules behind EXCEPT.
        window: the days on which every item and exception can be evaluated.
        anchored: whether any item is an interval.
        needs_anchor: whether any item or exception is one.
    """

    def __init__(self, specification: Specification, calendar: Calendar) -> None:
        self.specification = specification
        self.items = tuple(compile_item(item, calendar) for item in specification.items)
        self.exceptions = tuple(compile_item(item, calendar) for item in specification.exceptions)
        self.window = _common(self.items + self.exceptions)
        self.anchored = any(rule.anchored for rule in self.items)
        self.needs_anchor = any(rule.anchored for rule in self.items + self.exceptions)

    def check(self, day: int) -> None:
        """The evaluable-range rule.

        Raises:
            DatesNotDefined: when a date type lacks a date before or after ``day``.
        """
        if self.window[0] <= day <= self.window[1]:
            return
        for rule in self.items + self.exceptions:
            if not rule.window[0] <= day <= rule.window[1]:
                raise _outside(rule, day)

    def value(self, today: int, anchor: Anchor | None) -> tuple[int, int]:
        """The value reading: the date, and the index of the item that gave it.

        The first item of the list that gives a date which is not excepted decides.

        Raises:
            DatesNotDefined: see :meth:`check`.
            InvalidScheduleDate: when no item gives a date.
        """
        self.check(today)
        anchor = anchor or Anchor(today)
        failure: InvalidScheduleDate | None = None
        for index, rule in enumerate(self.items):
            try:
                day = rule.value(today, anchor)
            except InvalidScheduleDate as error:
                failure = failure or error
                continue
            if self.exceptions and self.excepted(day, anchor) is not None:
                excepted = InvalidScheduleDate(f"{datetime.date.fromordinal(day)} is excepted.")
                failure = failure or excepted
                continue
            return day, index
        assert failure is not None
        raise failure

    def item_on(self, day: int, anchor: Anchor | None) -> int | None:
        """The index of the first item that holds on ``day``, whatever is excepted, or None."""
        self.check(day)
        for index, rule in enumerate(self.items):
            if rule.holds(day, anchor):
                return index
        return None

    def excepted(self, day: int, anchor: Anchor | None) -> int | None:
        """The index of the first exception that holds on ``day``, or None.

        Raises:
            DatesNotDefined: when an exception cannot be evaluated on ``day``.
        """
        for rule in self.exceptions:
            if not rule.window[0] <= day <= rule.window[1]:
                raise _outside(rule, day)
        for index, rule in enumerate(self.exceptions):
            if rule.holds(day, anchor):
                return index
        return None


def _common(rules: tuple[Rule, ...]) -> Span:
    low, high = ALWAYS
    for rule in rules:
        low, high = max(low, rule.window[0]), min(high, rule.window[1])
    return low, high


def _outside(rule: Rule, day: int) -> DatesNotDefined:
    date = datetime.date.fromordinal(day)
    return DatesNotDefined(
        f"{rule.text} cannot be evaluated on {date}: its dates must include one before and one after it.",
        target=rule.text,
    )


def evaluator(text: str, calendar: Calendar) -> Evaluator:
    """``text`` compiled for ``calendar``; the same text is compiled once.

    Raises:
        UnreadableDate, InvalidScheduleDate, InvalidPeriod: see :mod:`jams.dates.date_errors`.
    """
    found: Evaluator | None = calendar.compiled.get(text)
    if found is None:
        specification = parse(text, calendar.settings.date_order)
        try:
            found = Evaluator(specification, calendar)
        except DateError as error:
            raise locate(error, text) from None
        if len(calendar.compiled) >= _CACHE_SIZE:
            calendar.compiled.clear()
        calendar.compiled[text] = found
    return found


def locate(error: DateError, text: str) -> DateError:
    """``error`` with the text and the place of the name it is about."""
    error.text = text
    if error.position is None and error.target is not None:
        found = text.upper().find(error.target.upper())
        error.position = found if found >= 0 else None
    return error


def anchor_on(day: datetime.date | None, *, submitted: bool = False) -> Anchor | None:
    """An interval's anchor on ``day``."""
    return None if day is None else Anchor(day.toordinal(), submitted)


def evaluate(
    text: str, today: datetime.date, calendar: Calendar | None = None, *, anchor: datetime.date | None = None
) -> datetime.date:
    """The value reading: the one date that ``text`` means when today is ``today``.

    ``anchor`` is where intervals start to count; without it, today.

    Raises:
        UnreadableDate: the text is no sentence of the language.
        InvalidPeriod, InvalidScheduleDate: it names a period or day that does not exist.
        DatesNotDefined: a date type lacks a date before or after ``today``.
    """
    found = evaluator(text, calendar or PLAIN_CALENDAR)
    return datetime.date.fromordinal(found.value(today.toordinal(), anchor_on(anchor))[0])


def runs_on(
    text: str, day: datetime.date, calendar: Calendar | None = None, *, anchor: datetime.date | None = None
) -> bool:
    """The schedule reading: whether ``text`` holds on ``day``. Raises as :func:`evaluate` does."""
    found = evaluator(text, calendar or PLAIN_CALENDAR)
    start = anchor_on(anchor) or Anchor(day.toordinal())
    return (
        found.item_on(day.toordinal(), start) is not None and found.excepted(day.toordinal(), start) is None
    )


PLAIN_CALENDAR = Calendar()
"""The calendar of someone who has defined nothing: Monday to Friday are workdays."""
