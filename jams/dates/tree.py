"""The tree of a date specification: what a text says, before any calendar or day is known.

Two texts that mean the same by the language alone have the same tree (``15TH`` and ``15th day of the
month``); names are kept as written, in upper case, and get their meaning from a calendar later.
"""

from __future__ import annotations

import datetime
from enum import Enum

from msgspec import Struct


class Weekday(Enum):
    """A day of the week; Monday is 0."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Relation(Enum):
    """Which one, seen from today. EVERY is read as THIS when one date is wanted."""

    LAST = "LAST"
    THIS = "THIS"
    NEXT = "NEXT"
    EVERY = "EVERY"


class GroupKind(Enum):
    """A set of days that needs no calendar."""

    DAILY = "DAILY"
    WEEKDAYS = "WEEKDAYS"
    WEEKENDS = "WEEKENDS"


class DayKind(Enum):
    """A kind of day that can be counted within a period."""

    DAY = "DAY"
    WORKDAY = "WORKDAY"
    NON_WORKDAY = "NON-WORKDAY"
    WEEKDAY = "WEEKDAY"


class PeriodKind(Enum):
    """A period of the civil calendar. Weeks run from Monday to Sunday."""

    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class IntervalKind(Enum):
    """What an interval counts, besides weekdays."""

    DAY = "DAY"
    WORKDAY = "WORKDAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


class Node(Struct, frozen=True, tag=True, cache_hash=True):
    """A part of the tree: immutable, hashable, equal by value."""


class Name(Node, frozen=True):
    """The name of a date type or of one of its specific types, in upper case."""

    text: str


class UnitPeriod(Node, frozen=True):
    """``NEXT MONTH``, ``WEEK``, ``EVERY QUARTER``."""

    relation: Relation
    kind: PeriodKind


class MonthPeriod(Node, frozen=True):
    """``APRIL``, ``NEXT APRIL``, ``APRIL 2018``; ``month`` is 1 to 12."""

    relation: Relation
    month: int
    year: int | None = None


class TypePeriod(Node, frozen=True):
    """``FISCAL``, ``NEXT FISCAL``, ``FISCAL APRIL``, ``FP_APR``."""

    relation: Relation
    name: Name
    specific: Name | None = None


Period = UnitPeriod | MonthPeriod | TypePeriod


class Group(Node, frozen=True):
    """``DAILY``, ``WEEKDAYS``, ``WEEKENDS``."""

    kind: GroupKind


class Interval(Node, frozen=True):
    """``EVERY OTHER MONDAY``, ``EVERY 3 MONTHS``: every ``count``-th one from an anchor."""

    count: int
    kind: IntervalKind | Weekday


class Exact(Node, frozen=True):
    """One day of one year."""

    date: datetime.date


class RelativeDay(Node, frozen=True):
    """``YESTERDAY``, ``TODAY``, ``TOMORROW``: ``shift`` is -1, 0 or 1."""

    shift: int


class WeekdayInWeek(Node, frozen=True):
    """``MONDAY``, ``NEXT MONDAY``, ``LAST MONDAY``."""

    relation: Relation
    weekday: Weekday


class EveryWeekday(Node, frozen=True):
    """``MONDAYS``: every Monday."""

    weekday: Weekday


class Workday(Node, frozen=True):
    """``WORKDAYS``, ``NEXT WORKDAY``, ``LAST WORKDAY``."""

    relation: Relation


class TypeDay(Node, frozen=True):
    """``HOLIDAY``, ``NEXT HOLIDAY``, ``HOLIDAY CHRISTMAS``, ``CHRISTMAS``.

    Of a continuous type it is the first day of the period.
    """

    relation: Relation
    name: Name
    specific: Name | None = None


class DayOf(Node, frozen=True):
    """``3RD WORKDAY OF NEXT MONTH``: ``index`` counts from 1, or from the end: -1 is LAST, -3 is LAST-2."""

    index: int
    kind: DayKind | Weekday | Name
    period: Period


class MonthDay(Node, frozen=True):
    """``APRIL 15``, ``APRIL 15 2018``."""

    month: int
    day: int
    year: int | None = None


class FirstDay(Node, frozen=True):
    """A period alone (``NEXT MONTH``, ``APRIL``): its first day."""

    period: UnitPeriod | MonthPeriod


Base = (
    Group
    | Interval
    | Exact
    | RelativeDay
    | WeekdayInWeek
    | EveryWeekday
    | Workday
    | TypeDay
    | DayOf
    | MonthDay
    | FirstDay
)


class Offset(Node, frozen=True):
    """``+ 2``, ``- 3 WORKDAYS``: days of the calendar unless it says workdays."""

    count: int
    workdays: bool = False


class Item(Node, frozen=True):
    """One member of the list: a date or a set of dates, moved by ``offset``."""

    base: Base
    offset: Offset | None = None


class Specification(Node, frozen=True):
    """A whole text: any of ``items``, and none of ``exceptions``."""

    items: tuple[Item, ...]
    exceptions: tuple[Item, ...] = ()
