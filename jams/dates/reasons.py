"""Why an item gives the date it gives: the steps from today to the date, with what decided each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import Enum
from itertools import islice

from jams.objects.base import Fact

from .calendar import Calendar
from .canonical import item_text, kind_text, ordinal_text, period_text
from .compiler import compile_item, period_rule
from .date_errors import InvalidPeriod, InvalidScheduleDate
from .definitions import DateDefinition
from .naming import resolve
from .periods import week_span
from .rules import Anchor, Rule
from .tree import (
    Base,
    DayKind,
    DayOf,
    FirstDay,
    Interval,
    Item,
    Name,
    Period,
    Relation,
    TypeDay,
    TypePeriod,
    WeekdayInWeek,
    Workday,
)
from .workdays import FIRST_DAY, LAST_DAY, WorkdayDecision


class StepKind(Enum):
    """Which rule a step of an explanation applies."""

    PERIOD = "Period"
    DAY = "Day"
    WORKDAY = "Workday"
    DEFINITION = "Definition"
    INTERVAL = "Interval"
    OFFSET = "Offset"
    EXCEPTION = "Exception"
    NON_WORKDAY = "NonWorkday"
    REJECTED = "Rejected"


class Step(Fact, frozen=True):
    """One step: what ``kind`` of rule, about which ``date`` (or ``date`` to ``end``), in words.

    ``definition`` is the date definition that decided, ``setting`` the configuration setting that did.
    """

    kind: StepKind
    text: str
    date: datetime.date | None = None
    end: datetime.date | None = None
    definition: DateDefinition | None = None
    setting: str | None = None


def _step(
    kind: StepKind,
    text: str,
    date: datetime.date | None = None,
    end: datetime.date | None = None,
    definition: DateDefinition | None = None,
    setting: str | None = None,
) -> Step:
    return Step(kind=kind, text=text, date=date, end=end, definition=definition, setting=setting)


_MAX_DAYS = 40
"""How many days a step may list the reasons of; a longer stretch tells of the last ones."""

_MAX_LOOKED_AT = 4000


def steps_of(item: Item, rule: Rule, today: int, calendar: Calendar, anchor: Anchor | None) -> list[Step]:
    """The steps by which ``item`` leads from ``today`` to its date, or to why there is none."""
    shift, plain = rule.shift, _without_offset(item, calendar) if rule.shift else rule
    try:
        base = plain.value(today, anchor)
    except InvalidScheduleDate:
        try:
            return list(_base_steps(item.base, today, None, calendar, anchor))
        except (ValueError, OverflowError):
            return []
    steps = list(_base_steps(item.base, today, base, calendar, anchor))
    if shift is not None and item.offset is not None:
        moved = shift.apply(base)
        if moved is not None:
            steps += _offset_steps(item, base, moved, calendar)
    return steps


def _without_offset(item: Item, calendar: Calendar) -> Rule:
    return compile_item(Item(item.base), calendar)


def _base_steps(
    base: Base, today: int, result: int | None, calendar: Calendar, anchor: Anchor | None
) -> Iterator[Step]:
    match base:
        case DayOf():
            yield from _counted(base, today, result, calendar)
        case FirstDay():
            yield _period_step(base.period, today, calendar)
        case WeekdayInWeek():
            start, end = week_span(today)
            yield _step(
                StepKind.PERIOD,
                f"the week of {_date(today)} is {_span(start, end)}",
                _date(start),
                _date(end),
            )
        case TypeDay():
            yield from _defined(base, result, calendar)
        case Workday():
            yield from _searched(base.relation, today, result, calendar)
        case Interval():
            start_day = (anchor or Anchor(today)).day
            what = "the last submission" if anchor and anchor.submitted else "the start date"
            yield _step(StepKind.INTERVAL, f"counted from {what} {_date(start_day)}", _date(start_day))
        case _:
            pass
    if result is not None:
        yield _step(StepKind.DAY, f"{_base_text(base)} is {_date(result)}", _date(result))


def _base_text(base: Base) -> str:
    return item_text(Item(base))


def _period_step(period: Period, today: int, calendar: Calendar) -> Step:
    start, end = period_rule(period, calendar).find(today)
    definition = None
    if isinstance(period, TypePeriod):
        named = resolve(calendar, period.name, period.specific, InvalidPeriod)
        definition = calendar.definition_on(named, start)
    text = f"{period_text(period)} is {_span(start, end)}"
    return _step(StepKind.PERIOD, text, _date(start), _date(end), definition)


def _counted(base: DayOf, today: int, result: int | None, calendar: Calendar) -> Iterator[Step]:
    yield _period_step(base.period, today, calendar)
    start, end = period_rule(base.period, calendar).find(today)
    if isinstance(base.kind, Name):
        if result is not None:
            named = resolve(calendar, base.kind, None, InvalidScheduleDate)
            yield _definition_step(calendar.definition_on(named, result), result)
    elif base.kind in (DayKind.WORKDAY, DayKind.NON_WORKDAY):
        if base.index > 0:
            passed = range(start, (end if result is None else result) + 1)
        else:
            passed = range(end, (start if result is None else result) - 1, -1)
        yield from _non_workdays(passed, calendar)
    if result is None:
        missing = f"{ordinal_text(base.index)} {kind_text(base.kind)}"
        yield _step(StepKind.REJECTED, f"{_span(start, end)} has no {missing}", _date(start), _date(end))


def _defined(base: TypeDay, result: int | None, calendar: Calendar) -> Iterator[Step]:
    if result is not None:
        named = resolve(calendar, base.name, base.specific, InvalidScheduleDate)
        yield _definition_step(calendar.definition_on(named, result), result)


def _definition_step(definition: DateDefinition | None, day: int) -> Step:
    label = "defined" if definition is None else definition.label
    return _step(StepKind.DEFINITION, f"{_date(day)} is {label}", _date(day), None, definition)


def exception_steps(item: Item, day: int, calendar: Calendar) -> list[Step]:
    """That ``item`` excepts ``day``, with the definition behind it."""
    date, definition = _date(day), None
    text = f"{date} is excepted by {item_text(item)}"
    if isinstance(item.base, TypeDay) and item.offset is None:
        named = resolve(calendar, item.base.name, item.base.specific, InvalidScheduleDate)
        definition = calendar.definition_on(named, day)
        text += f": {definition.label}" if definition else ""
    return [_step(StepKind.EXCEPTION, text, date, None, definition)]


def _searched(relation: Relation, today: int, result: int | None, calendar: Calendar) -> Iterator[Step]:
    if result is None:
        return
    if relation is Relation.LAST:
        days = range(today - 1, result - 1, -1)
    else:
        days = range(today + (relation is Relation.NEXT), result + 1)
    yield from _non_workdays(days, calendar)


def _non_workdays(days: range, calendar: Calendar) -> Iterator[Step]:
    nearest = islice(reversed(days), _MAX_LOOKED_AT)
    wanted = (day for day in nearest if FIRST_DAY <= day <= LAST_DAY and day not in calendar.workdays)
    for day in reversed(list(islice(wanted, _MAX_DAYS))):
        yield workday_step(calendar.workdays.decide(day))


def workday_step(decision: WorkdayDecision) -> Step:
    """A day's workday decision as a step."""
    text = f"{decision.date} {decision.reason}"
    return _step(StepKind.WORKDAY, text, decision.date, None, decision.definition, decision.setting)


def _offset_steps(item: Item, base: int, moved: int, calendar: Calendar) -> Iterator[Step]:
    offset = item.offset
    assert offset is not None
    if offset.workdays:
        days = range(base + 1, moved + 1) if offset.count > 0 else range(base - 1, moved - 1, -1)
        yield from _non_workdays(days, calendar)
    unit = "workdays" if offset.workdays else "days"
    text = f"{_date(base)} {'+' if offset.count > 0 else '-'} {abs(offset.count)} {unit} is {_date(moved)}"
    yield _step(StepKind.OFFSET, text, _date(moved))


def _span(start: int, end: int) -> str:
    return f"{_date(start)} to {_date(end)}"


def _date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day)
