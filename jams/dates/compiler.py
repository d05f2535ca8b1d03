"""From the tree of an item to its rule, with the names and settings of one calendar."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from .calendar import Calendar
from .canonical import item_text
from .counting import counter
from .date_errors import InvalidScheduleDate
from .definitions import LastWeekday
from .intervals import IntervalRule
from .naming import defined_periods, evaluable, period_of_type, resolve
from .periods import ALWAYS, NEVER, MonthRule, PeriodRule, Span, UnitRule, month_of, week_span, year_span
from .rules import PointRule, Rule, SetRule, Shift
from .tree import (
    Base,
    DayOf,
    EveryWeekday,
    Exact,
    FirstDay,
    Group,
    GroupKind,
    Interval,
    Item,
    MonthDay,
    MonthPeriod,
    Name,
    Period,
    Relation,
    RelativeDay,
    TypeDay,
    UnitPeriod,
    WeekdayInWeek,
    Workday,
)


def compile_item(item: Item, calendar: Calendar) -> Rule:
    """The rule of ``item``.

    Raises:
        InvalidScheduleDate, InvalidPeriod: for a name that the calendar does not have, or not as a period.
    """
    rule = _base(item.base, calendar)
    if item.offset is not None:
        rule.shift = Shift(item.offset.count, calendar.workdays if item.offset.workdays else None)
    rule.text = item_text(item)
    return rule


def _base(base: Base, calendar: Calendar) -> Rule:
    match base:
        case Group():
            return SetRule(_GROUPS[base.kind])
        case Interval():
            return IntervalRule(base.count, base.kind, calendar.workdays)
        case Exact():
            return _constant(base.date.toordinal())
        case RelativeDay():
            return PointRule(lambda today: today + base.shift, _same_day)
        case WeekdayInWeek():
            return _weekday(base, calendar.settings.last_weekday)
        case EveryWeekday():
            return SetRule(_each_weekday(base.weekday.value))
        case Workday():
            return _workday(base.relation, calendar)
        case TypeDay():
            return _type_day(base, calendar)
        case DayOf():
            return _day_of(base, calendar)
        case MonthDay():
            return _month_day(base)
        case FirstDay():
            period = period_rule(base.period, calendar)
            return PointRule(lambda today: period.find(today)[0], period.granule, period.window)


def period_rule(period: Period, calendar: Calendar) -> PeriodRule:
    """The rule of a period."""
    if isinstance(period, UnitPeriod):
        return UnitRule(period.kind, period.relation)
    if isinstance(period, MonthPeriod):
        return MonthRule(period.month, period.relation, period.year)
    return period_of_type(calendar, period)


_WEEK = 7
"""Days of the shortest period there is."""


def _same_day(day: int) -> Span:
    return day, day


def _constant(day: int | None) -> PointRule:
    return PointRule(lambda _: day, lambda _: ALWAYS)


def _up_to(found: int | None, limit: int) -> int | None:
    return found if found is not None and found <= limit else None


def _weekend(day: int, limit: int) -> int | None:
    weekday = (day - 1) % 7
    return _up_to(day if weekday > 4 else day + 5 - weekday, limit)


def _working_week(day: int, limit: int) -> int | None:
    weekday = (day - 1) % 7
    return _up_to(day if weekday < 5 else day + 7 - weekday, limit)


_GROUPS: dict[GroupKind, Callable[[int, int], int | None]] = {
    GroupKind.DAILY: _up_to,
    GroupKind.WEEKDAYS: _working_week,
    GroupKind.WEEKENDS: _weekend,
}


def _each_weekday(weekday: int) -> Callable[[int, int], int | None]:
    return lambda day, limit: _up_to(day + (weekday - (day - 1)) % 7, limit)


def _weekday(base: WeekdayInWeek, last: LastWeekday) -> PointRule:
    weekday = base.weekday.value
    if base.relation is Relation.LAST and last is LastWeekday.MOST_RECENT:
        return PointRule(lambda today: today - 1 - (today - 2 - weekday) % 7, _same_day)
    shift = {Relation.LAST: -7, Relation.NEXT: 7}.get(base.relation, 0) + weekday
    return PointRule(lambda today: today - (today - 1) % 7 + shift, week_span)


def _workday(relation: Relation, calendar: Calendar) -> Rule:
    workdays = calendar.workdays
    if relation is Relation.NEXT:
        return PointRule(lambda today: workdays.nth_after(today, 1), _same_day)
    if relation is Relation.LAST:
        return PointRule(lambda today: workdays.nth_before(today, 1), _same_day)
    return SetRule(lambda day, limit: _up_to(workdays.at_or_after(day), limit))


def _among(days: list[int]) -> Callable[[int, int], int | None]:
    def member(day: int, limit: int) -> int | None:
        index = bisect_left(days, day)
        return days[index] if index < len(days) and days[index] <= limit else None

    return member


def _type_day(base: TypeDay, calendar: Calendar) -> Rule:
    named = resolve(calendar, base.name, base.specific, InvalidScheduleDate)
    days = calendar.days_of(named)
    if named.type.continuous:
        period = defined_periods(calendar, named, base.relation)
        if base.relation is Relation.THIS:
            return SetRule(_among(days), period.window, lambda today: period.find(today)[0])
        return PointRule(lambda today: period.find(today)[0], period.granule, period.window)
    low, high = evaluable(calendar, named)
    if not days:
        return SetRule(_among(days), NEVER)
    if base.relation is Relation.NEXT:
        return _neighbour(days, 0, (low, min(high, days[-1] - 1)))
    if base.relation is Relation.LAST:
        return _neighbour(days, -1, (max(low, days[0] + 1), high))
    return SetRule(_among(days), (low, min(high, days[-1])))


def _neighbour(days: list[int], side: int, window: Span) -> PointRule:
    """The date before (``side`` -1) or after (0) today, today itself left out."""

    def point(today: int) -> int | None:
        index = bisect_right(days, today) if side == 0 else bisect_left(days, today) - 1
        return days[index] if 0 <= index < len(days) else None

    return PointRule(point, _same_day, window)


def _day_of(base: DayOf, calendar: Calendar) -> Rule:
    period = period_rule(base.period, calendar)
    pick = counter(base.kind, base.index, calendar)
    window = period.window
    if isinstance(base.kind, Name):
        named = resolve(calendar, base.kind, None, InvalidScheduleDate)
        low, high = evaluable(calendar, named)
        window = max(window[0], low), min(window[1], high)
    find = period.find
    if base.period.relation is not Relation.EVERY:
        return PointRule(lambda today: pick(*find(today)), period.granule, window)

    def member(day: int, limit: int) -> int | None:
        while day <= limit and (span := period.from_day(day)) is not None and span[0] <= limit:
            found = pick(*span)
            if found is not None and found >= day:
                return _up_to(found, limit)
            day = span[1] + 1
        return None

    return SetRule(member, window, lambda today: pick(*find(today)), pace=_WEEK)


def _month_day(base: MonthDay) -> PointRule:
    month, day = base.month, base.day
    if base.year is not None:
        return _constant(datetime.date(base.year, month, day).toordinal())

    def point(today: int) -> int | None:
        start, end = month_of(datetime.date.fromordinal(today).year, month)
        found = start + day - 1
        return found if found <= end else None

    return PointRule(point, year_span)
