"""Texts that mean something else than they seem to say, read as schedules.

``3RD WEDNESDAY OF MARCH, JUNE`` is right, and is the 1st of June. Nothing of this is an error: who writes
such a text is told what it means, and what he may have meant.
"""

from __future__ import annotations

import calendar as civil
import datetime
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from jams.objects.errors import JAMSError

from .canonical import item_text
from .days import days
from .language import parse
from .schedule import Schedule
from .tree import (
    Base,
    DayKind,
    DayOf,
    FirstDay,
    Item,
    MonthDay,
    MonthPeriod,
    Name,
    Period,
    PeriodKind,
    Relation,
    RelativeDay,
    UnitPeriod,
    WeekdayInWeek,
    Workday,
)

_FIRST, _LAST = datetime.date(2001, 1, 1), datetime.date(2028, 12, 31)
"""28 years: after so many, weekdays fall on the same dates again."""
_NEVER = 0, 0, 0.0

_MOST_ITEMS = 10
"""Of so many a text's hints are found at most: each takes up to a tenth of a second."""

_MONTH = UnitPeriod(Relation.THIS, PeriodKind.MONTH)


@lru_cache(maxsize=4096)
def hints(text: str, *, excepting: bool = False) -> tuple[str, ...]:
    """What the writer of ``text`` should know of it, in sentences; empty for nearly every text.

    The text says when something runs, or when it does not (``excepting``). Workdays are Monday to Friday.
    A text that cannot be read has no hints: whoever takes it refuses it.
    """
    try:
        specification = parse(text)
    except JAMSError:
        return ()
    found: list[str] = []
    for number, item in enumerate(specification.items[:_MOST_ITEMS]):
        if excepting:
            found += _of_exception(item)
        elif (hint := _alone(specification.items, number) or _seldom(item)) is not None:
            found.append(hint)
    for item in specification.exceptions[:_MOST_ITEMS]:
        found += _of_exception(item)
    return tuple(dict.fromkeys(found))


def _alone(items: tuple[Item, ...], number: int) -> str | None:
    """Of a period that stands alone in a list of other dates."""
    base = items[number].base
    if not isinstance(base, FirstDay) or base.period.relation is not Relation.THIS:
        return None
    if all(isinstance(each.base, FirstDay) for each in items):
        return None
    before = next((each for each in reversed(items[:number]) if not isinstance(each.base, FirstDay)), None)
    meant = None if before is None else _likewise(before.base, base.period)
    said = f"{item_text(items[number])} in a list is {_first_day(base.period)} alone"
    if before is None or meant is None:
        return f"{said}."
    return f"{said}; {item_text(replace(before, base=meant))} would be written out."


def _likewise(before: Base, period: UnitPeriod | MonthPeriod) -> Base | None:
    """What was said of another period, said of this one."""
    if isinstance(before, DayOf):
        return replace(before, period=period)
    if not isinstance(before, MonthDay) or not isinstance(period, MonthPeriod):
        return None
    has_it = before.day <= civil.monthrange(2000, period.month)[1]
    return replace(before, month=period.month) if has_it else None


def _of_exception(item: Item) -> Iterator[str]:
    if isinstance(item.base, FirstDay) and item.offset is None:
        yield (
            f"EXCEPT {item_text(item)} leaves out one day, {_first_day(item.base.period)}, not all its days."
        )
    elif _counts(item.base) and _runs(item_text(item)) == _NEVER:
        yield f"EXCEPT {item_text(item)} leaves out nothing: when it is today, it is never that day."


def _first_day(period: UnitPeriod | MonthPeriod) -> str:
    if isinstance(period, UnitPeriod):
        return f"the first day of the {period.kind.value.lower()}"
    return f"the 1st of {civil.month_name[period.month]}"


def _seldom(item: Item) -> str | None:
    """Of a date that is never, or not always, today when it comes."""
    if not _counts(item.base):
        return None
    text, meant = item_text(item), _meant(item)
    there = _runs(text)
    if there is None:
        return None
    wanted = None if meant is None else _runs(item_text(meant))
    if there == _NEVER:
        instead = f" {item_text(meant)} does." if meant is not None and wanted not in (None, _NEVER) else ""
        return f"{text} never runs: on no day it names the day itself.{instead}"
    if meant is None or wanted is None or there[2] >= wanted[2]:
        return None
    least, most, _ = there
    often = str(most) if least == most else f"{least} to {most}"
    return (
        f"{text} runs {often} times a year and not {round(wanted[2])}, as it is missed where it lies in "
        f"another {_span(item.base)}; {item_text(meant)} runs each time."
    )


def _counts(base: Base) -> bool:
    """Whether the base is a day seen from today that comes again and again, and needs no calendar."""
    match base:
        case DayOf():
            period = base.period
            named = isinstance(base.kind, Name) or not isinstance(period, UnitPeriod | MonthPeriod)
            return (
                not named and period.relation is not Relation.EVERY and getattr(period, "year", None) is None
            )
        case MonthDay():
            return base.year is None
        case FirstDay():
            return getattr(base.period, "year", None) is None
        case Workday():
            return base.relation in (Relation.LAST, Relation.NEXT)
        case RelativeDay() | WeekdayInWeek():
            return True
        case _:
            return False


def _span(base: Base) -> str:
    period: Period | None = base.period if isinstance(base, DayOf | FirstDay) else None
    return period.kind.value.lower() if isinstance(period, UnitPeriod) else "year"


def _meant(item: Item) -> Item | None:
    """What somebody may have meant who wrote this and gets fewer days than he thinks."""
    match item.base:
        case DayOf(period=UnitPeriod() as period) if item.offset is not None:
            every = replace(period, relation=Relation.EVERY)
            return replace(item, base=replace(item.base, period=every))
        case FirstDay(period=UnitPeriod() as period) if item.offset is not None:
            every = replace(period, relation=Relation.EVERY)
            return replace(item, base=DayOf(1, DayKind.DAY, every))
        case WeekdayInWeek(relation=Relation.LAST, weekday=weekday) if item.offset is None:
            return Item(DayOf(-1, weekday, _MONTH))
        case Workday(relation=Relation.LAST) if item.offset is None:
            return Item(DayOf(-1, DayKind.WORKDAY, _MONTH))
        case _:
            return None


@lru_cache(maxsize=4096)
def _runs(text: str) -> tuple[int, int, float] | None:
    """On how many days of a year it runs, at least, at most and as a rule; None where that cannot be said."""
    try:
        counts = Counter(day.year for day in days(Schedule(dates=text), _FIRST, _LAST))
    except JAMSError:
        return None
    found = [counts[year] for year in range(_FIRST.year, _LAST.year + 1)]
    return min(found), max(found), sum(found) / len(found)
