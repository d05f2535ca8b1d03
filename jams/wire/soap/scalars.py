"""Values of the simple types of XML Schema, in every form that they may be written in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import msgspec.inspect as inspect

_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,9})?|INF)|NaN", re.ASCII)
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_ZONE = r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_DAY = re.compile(rf"(?P<day>-?[0-9]{{4,}}-[0-9]{{2}}-[0-9]{{2}}){_ZONE}", re.ASCII)
_TIME = re.compile(
    r"(?P<day>-?[0-9]{4,}-[0-9]{2}-[0-9]{2})T(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?P<part>[0-9]+))?"
    + _ZONE,
    re.ASCII,
)
_END_OF_DAY = "24:00:00"
_SHOWN = 100

Read = Callable[[str], Any]


def reader_of(leaf: Any) -> Read:
    """What reads the text of a leaf; its ValueError has words that follow upon the name of the element."""
    match leaf:
        case inspect.StrType():
            return str
        case inspect.EnumType():
            return _one_of(str(item.value) for item in leaf.cls)
        case inspect.IntType():
            return read_integer
        case inspect.FloatType():
            return read_number
        case inspect.BoolType():
            return read_truth
        case inspect.DateTimeType():
            return read_time
        case inspect.DateType():
            return read_day
    return str.strip


def read_integer(text: str) -> int:
    """A whole number: ``7``, ``007``, ``+7``."""
    if not _INTEGER.fullmatch(text.strip()):
        raise ValueError("must be a whole number")
    return int(text)


def read_number(text: str) -> float:
    """A number that is finite."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError("must be a number")
    value = float(text.replace("INF", "inf"))
    if not math.isfinite(value):
        raise ValueError("must be a finite number")
    return value


def read_truth(text: str) -> bool:
    """``true``, ``false``, ``1`` or ``0``."""
    value = _TRUTHS.get(text.strip())
    if value is None:
        raise ValueError("must be true, false, 1 or 0")
    return value


def read_day(text: str) -> date:
    """A day; the zone that Java writes after it says nothing about which day is meant."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("must be a day, such as 2026-01-31")
    return _day(found)


def read_time(text: str) -> datetime:
    """A time with its zone; parts of microseconds are left out, and 24:00:00 is the next day's beginning."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("must be a time, such as 2026-01-31T08:00:00Z")
    if found["zone"] is None:
        raise ValueError("needs a time zone, such as 2026-01-31T08:00:00Z or 2026-01-31T08:00:00+01:00")
    clock, part = found["clock"], (found["part"] or "")[:6].ljust(6, "0")
    ends = clock == _END_OF_DAY and not int(found["part"] or "0")
    zone = _zone(found["zone"])
    day = _day(found)
    try:
        hour, minute, second = (0, 0, 0) if ends else map(int, clock.split(":"))
        time = datetime(day.year, day.month, day.day, hour, minute, second, int(part), tzinfo=zone)
        time += timedelta(days=ends)
        time.astimezone(UTC)
    except ValueError:
        raise ValueError("names no time of a day") from None
    except OverflowError:
        raise ValueError("lies outside the years 1 to 9999") from None
    return time


def _day(found: re.Match[str]) -> date:
    year, month, day = found["day"].rsplit("-", 2)
    if len(year) != 4 or year == "0000":
        raise ValueError("lies outside the years 1 to 9999")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"names a day that does not exist, {found['day']}") from None


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise ValueError("has a time zone that does not exist")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _one_of(values: Iterable[str]) -> Read:
    known = list(values)
    allowed = frozenset(known)
    told = ", ".join(known)

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"cannot be {text[:_SHOWN] or 'empty'}; it is one of {told}")
        return text

    return read
