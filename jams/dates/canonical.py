"""The one text that stands for a tree: reading it gives the same tree again."""

from __future__ import annotations

import re

from .builder import MONTHS
from .language import is_keyword
from .tree import (
    Base,
    DayKind,
    DayOf,
    EveryWeekday,
    Exact,
    FirstDay,
    Group,
    Interval,
    Item,
    MonthDay,
    MonthPeriod,
    Name,
    Offset,
    Period,
    Relation,
    RelativeDay,
    Specification,
    TypeDay,
    UnitPeriod,
    Weekday,
    WeekdayInWeek,
    Workday,
)

_BARE_NAME = re.compile(r"[^\W\d]\w{0,63}")
_SUFFIXES = {1: "ST", 2: "ND", 3: "RD"}
_SHIFTS = {-1: "YESTERDAY", 0: "TODAY", 1: "TOMORROW"}


def canonical(specification: Specification) -> str:
    """``specification`` as text: upper case, no THE, ``, `` between items, EXCEPT before the exceptions."""
    text = ", ".join(map(item_text, specification.items))
    if specification.exceptions:
        text += " EXCEPT " + ", ".join(map(item_text, specification.exceptions))
    return text


def item_text(item: Item) -> str:
    """One item as canonical text."""
    return _base(item.base) + ("" if item.offset is None else _offset(item.offset))


def ordinal_text(index: int) -> str:
    """``1ST``, ``22ND``, ``LAST``, ``LAST-2`` for 1, 22, -1, -3."""
    if index < 0:
        return "LAST" if index == -1 else f"LAST{index + 1}"
    teens = index % 100 in (11, 12, 13)
    return f"{index}{'TH' if teens else _SUFFIXES.get(index % 10, 'TH')}"


def kind_text(kind: DayKind | Weekday | Name) -> str:
    """A countable kind of day as it is written."""
    if isinstance(kind, Name):
        return name_text(kind)
    return kind.value if isinstance(kind, DayKind) else kind.name


def name_text(name: Name) -> str:
    """A name, within quotes where it would otherwise be read as something else."""
    if _BARE_NAME.fullmatch(name.text) and not is_keyword(name.text):
        return name.text
    return f'"{name.text}"'


def period_text(period: Period) -> str:
    """A period as canonical text."""
    if isinstance(period, UnitPeriod):
        return _related(period.relation, period.kind.value)
    if isinstance(period, MonthPeriod):
        year = "" if period.year is None else f" {period.year:04d}"
        return _related(period.relation, MONTHS[period.month - 1] + year)
    return _related(period.relation, _type_text(period.name, period.specific))


def _type_text(name: Name, specific: Name | None) -> str:
    if specific is None:
        return name_text(name)
    month = specific.text in MONTHS
    return f"{name_text(name)} {specific.text if month else name_text(specific)}"


def _related(relation: Relation, text: str) -> str:
    return text if relation is Relation.THIS else f"{relation.value} {text}"


def _offset(offset: Offset) -> str:
    sign = "-" if offset.count < 0 else "+"
    return f" {sign} {abs(offset.count)}" + (" WORKDAYS" if offset.workdays else "")


def _base(base: Base) -> str:
    match base:
        case Group():
            return base.kind.value
        case Interval():
            return _interval(base)
        case Exact():
            return base.date.isoformat()
        case RelativeDay():
            return _SHIFTS[base.shift]
        case WeekdayInWeek():
            return _related(base.relation, base.weekday.name)
        case EveryWeekday():
            return f"{base.weekday.name}S"
        case Workday():
            return "WORKDAYS" if base.relation is Relation.THIS else f"{base.relation.value} WORKDAY"
        case TypeDay():
            return _related(base.relation, _type_text(base.name, base.specific))
        case DayOf():
            return f"{ordinal_text(base.index)} {kind_text(base.kind)} OF {period_text(base.period)}"
        case MonthDay():
            year = "" if base.year is None else f" {base.year:04d}"
            return f"{MONTHS[base.month - 1]} {base.day}{year}"
        case FirstDay():
            return period_text(base.period)


def _interval(interval: Interval) -> str:
    unit = interval.kind.name
    if interval.count == 1 and unit in ("WEEK", "MONTH"):
        return f"EVERY {unit}"
    return f"EVERY {'OTHER' if interval.count == 2 else interval.count} {unit}"
