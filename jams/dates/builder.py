"""From the parser's reductions to the tree: one method for each alternative of the grammar."""

# ruff: noqa: D102 - each method is the alternative of its name in grammar.lark, where it is described.

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any

from lark import Token, Transformer, v_args

from .date_errors import InvalidScheduleDate
from .tree import (
    Base,
    DayKind,
    DayOf,
    EveryWeekday,
    Exact,
    FirstDay,
    Group,
    GroupKind,
    Interval,
    IntervalKind,
    Item,
    MonthDay,
    MonthPeriod,
    Name,
    Offset,
    Period,
    PeriodKind,
    Relation,
    RelativeDay,
    Specification,
    TypeDay,
    TypePeriod,
    UnitPeriod,
    Weekday,
    WeekdayInWeek,
    Workday,
)


class DateOrder(Enum):
    """How ``4/5/2018`` is read: the local format of exact dates."""

    MONTH_FIRST = "MonthFirst"
    DAY_FIRST = "DayFirst"


MONTHS = (
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
)
ORDINAL_WORDS = (
    "FIRST",
    "SECOND",
    "THIRD",
    "FOURTH",
    "FIFTH",
    "SIXTH",
    "SEVENTH",
    "EIGHTH",
    "NINTH",
    "TENTH",
)
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_ORDINALS = {word: number for number, word in enumerate(ORDINAL_WORDS, 1)}
_WEEKDAYS = {day.name[:3]: day for day in Weekday}
_LEAP_YEAR = 2000


def _day(token: Token, year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise InvalidScheduleDate(f"There is no day {token}.", position=token.start_pos) from None


def _century(year: str) -> int:
    """Two digits by the rule of POSIX ``%y``: 69-99 are 1969-1999, 00-68 are 2000-2068."""
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= 69 else 2000)


def _constant(value: object) -> Any:
    return staticmethod(lambda *_: value)


@v_args(inline=True)
class TreeBuilder(Transformer[Token, Specification]):
    """Builds a :class:`Specification`; given to the parser, so that no parse tree is made in between."""

    def __init__(self, order: DateOrder) -> None:
        super().__init__(visit_tokens=False)
        self._order = order

    def start(self, specification: Specification) -> Specification:
        return specification

    def plain(self, items: tuple[Item, ...]) -> Specification:
        return Specification(items)

    def excepting(self, items: tuple[Item, ...], *rest: Any) -> Specification:
        return Specification(items, rest[-1])

    def items(self, *parts: Any) -> tuple[Item, ...]:
        return (parts[0],) if len(parts) == 1 else (*parts[0], parts[1])

    def at(self, base: Base) -> Item:
        return Item(base)

    def at_days(self, base: Base, sign: int, number: int) -> Item:
        return Item(base, Offset(sign * number)) if number else Item(base)

    def at_workdays(self, base: Base, sign: int, number: int) -> Item:
        return Item(base, Offset(sign * number, workdays=True)) if number else Item(base)

    plus = _constant(1)
    minus = _constant(-1)

    daily = _constant(Item(Group(GroupKind.DAILY)))
    weekdays = _constant(Item(Group(GroupKind.WEEKDAYS)))
    weekends = _constant(Item(Group(GroupKind.WEEKENDS)))

    def every_nth(self, count: int, kind: IntervalKind | Weekday) -> Item:
        if count < 1:
            raise InvalidScheduleDate("An interval counts from 1; EVERY 0 never comes.")
        return Item(Interval(count, kind))

    every_week = _constant(Item(Interval(1, IntervalKind.WEEK)))
    every_month = _constant(Item(Interval(1, IntervalKind.MONTH)))
    other = _constant(2)

    def count(self, number: int) -> int:
        return number

    def interval_kind(self, kind: Weekday) -> Weekday:
        return kind

    interval_day = _constant(IntervalKind.DAY)
    interval_workday = _constant(IntervalKind.WORKDAY)
    interval_week = _constant(IntervalKind.WEEK)
    interval_month = _constant(IntervalKind.MONTH)

    yesterday = _constant(RelativeDay(-1))
    today = _constant(RelativeDay(0))
    tomorrow = _constant(RelativeDay(1))

    def this_weekday(self, day: Weekday) -> Base:
        return WeekdayInWeek(Relation.THIS, day)

    def last_weekday(self, day: Weekday) -> Base:
        return WeekdayInWeek(Relation.LAST, day)

    def next_weekday(self, day: Weekday) -> Base:
        return WeekdayInWeek(Relation.NEXT, day)

    def every_weekday(self, day: Weekday) -> Base:
        return EveryWeekday(day)

    this_workday = _constant(Workday(Relation.THIS))
    last_workday = _constant(Workday(Relation.LAST))
    next_workday = _constant(Workday(Relation.NEXT))

    def this_type(self, name: Name, specific: Name | None = None) -> Base:
        return TypeDay(Relation.THIS, name, specific)

    def last_type(self, name: Name, specific: Name | None = None) -> Base:
        return TypeDay(Relation.LAST, name, specific)

    def next_type(self, name: Name, specific: Name | None = None) -> Base:
        return TypeDay(Relation.NEXT, name, specific)

    def nth_of_month(self, index: int) -> Base:
        return DayOf(index, DayKind.DAY, UnitPeriod(Relation.THIS, PeriodKind.MONTH))

    def nth_of(self, index: int, period: Period) -> Base:
        return DayOf(index, DayKind.DAY, period)

    def day_of(self, index: int, kind: DayKind | Weekday | Name, period: Period) -> Base:
        return DayOf(index, kind, period)

    def last_day_of(self, kind: DayKind | Weekday | Name, period: Period) -> Base:
        return DayOf(-1, kind, period)

    def month_day(self, month: int, day: int, year: Token | None = None) -> Base:
        number = None if year is None else int(year)
        try:
            datetime.date(_LEAP_YEAR if number is None else number, month, day)
        except ValueError:
            written = f"{MONTHS[month - 1]} {day}" + ("" if number is None else f" {number}")
            raise InvalidScheduleDate(f"There is no day {written}.") from None
        return MonthDay(month, day, number)

    def first_day(self, period: UnitPeriod | MonthPeriod) -> Base:
        return FirstDay(period)

    def index(self, index: int) -> int:
        return index

    def before_last(self, number: int) -> int:
        return -1 - number

    kind_day = _constant(DayKind.DAY)
    kind_workday = _constant(DayKind.WORKDAY)
    kind_non_workday = _constant(DayKind.NON_WORKDAY)
    kind_weekday = _constant(DayKind.WEEKDAY)

    def every_unit(self, kind: PeriodKind) -> Period:
        return UnitPeriod(Relation.EVERY, kind)

    def this_type_period(self, name: Name, specific: Name | None = None) -> Period:
        return TypePeriod(Relation.THIS, name, specific)

    def last_type_period(self, name: Name, specific: Name | None = None) -> Period:
        return TypePeriod(Relation.LAST, name, specific)

    def next_type_period(self, name: Name, specific: Name | None = None) -> Period:
        return TypePeriod(Relation.NEXT, name, specific)

    def every_type_period(self, name: Name) -> Period:
        return TypePeriod(Relation.EVERY, name)

    def this_unit(self, kind: PeriodKind) -> Period:
        return UnitPeriod(Relation.THIS, kind)

    def last_unit(self, kind: PeriodKind) -> Period:
        return UnitPeriod(Relation.LAST, kind)

    def next_unit(self, kind: PeriodKind) -> Period:
        return UnitPeriod(Relation.NEXT, kind)

    def this_month(self, month: int, year: Token | None = None) -> Period:
        if year is not None and int(year) < 1:
            raise InvalidScheduleDate("Years count from 1.", position=year.start_pos)
        return MonthPeriod(Relation.THIS, month, None if year is None else int(year))

    def last_month(self, month: int) -> Period:
        return MonthPeriod(Relation.LAST, month)

    def next_month(self, month: int) -> Period:
        return MonthPeriod(Relation.NEXT, month)

    week = _constant(PeriodKind.WEEK)
    month_unit = _constant(PeriodKind.MONTH)
    quarter = _constant(PeriodKind.QUARTER)
    year = _constant(PeriodKind.YEAR)

    def name(self, token: Token) -> Name:
        return Name(token.upper())

    def quoted(self, token: Token) -> Name:
        return Name(token[1:-1].upper())

    def weekday(self, token: Token) -> Weekday:
        return _WEEKDAYS[token[:3]]

    def month(self, token: Token) -> int:
        return _MONTH_NUMBERS[token[:3]]

    def ordinal(self, token: Token) -> int:
        number = _ORDINALS.get(token) or int(token[:-2])
        if number < 1:
            raise InvalidScheduleDate("Days are counted from 1ST.", position=token.start_pos)
        return number

    def number(self, token: Token) -> int:
        return int(token)

    def iso_date(self, token: Token) -> Base:
        year, month, day = map(int, token.split("-"))
        return Exact(_day(token, year, month, day))

    def slash_date(self, token: Token) -> Base:
        first, second, year = token.split("/")
        if self._order is DateOrder.DAY_FIRST:
            first, second = second, first
        return Exact(_day(token, _century(year), int(first), int(second)))

    def dotted_date(self, token: Token) -> Base:
        day, month, year = map(int, token.split("."))
        return Exact(_day(token, year, month, day))

    def named_date(self, token: Token) -> Base:
        day, month, year = token.split("-")
        return Exact(_day(token, int(year), _MONTH_NUMBERS[month], int(day)))
