"""Local times of a time zone as instants, at clock changes too (semantics 3.7).

A local time that does not exist becomes the first instant after it that does; one that happens twice
is the first of the two.
"""

from __future__ import annotations

import datetime
from contextlib import suppress
from datetime import UTC, timedelta
from enum import Enum
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

from .date_errors import UnknownTimeZone

_SECOND = timedelta(seconds=1)
_MIDNIGHT = datetime.time()
_NOON = datetime.time(12)


class ClockChange(Enum):
    """What a clock change did to a local time."""

    SKIPPED = "Skipped"
    """The time does not exist on that day; the instant is the first that does."""
    REPEATED = "Repeated"
    """The time happens twice; the instant is the first."""


@lru_cache(maxsize=1)
def zone_data() -> str:
    """The version of the data on time zones, such as ``2026b``; empty where it cannot be told."""
    for folder in TZPATH:
        with suppress(OSError, ValueError), (Path(folder) / "tzdata.zi").open(encoding="utf-8") as found:
            return found.readline(200).removeprefix("# version").strip()[:64]
    with suppress(PackageNotFoundError):
        return version("tzdata")[:64]
    return ""


@lru_cache(maxsize=1024)
def time_zone(name: str) -> ZoneInfo:
    """The zone of the time-zone database called ``name``, such as ``Europe/Berlin``.

    On Windows the database comes from the ``tzdata`` package (not verified there).

    Raises:
        UnknownTimeZone: when there is none of that name.
    """
    try:
        if not name.isascii() or not name or name[0] in "/." or len(name) > 64:
            raise ValueError
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise UnknownTimeZone(f"There is no time zone {name[:64]!r}.", target=name[:64]) from None


def instant(
    day: datetime.date, time: datetime.time, zone: ZoneInfo
) -> tuple[datetime.datetime, ClockChange | None]:
    """The UTC instant of a local time in ``zone``, and what a clock change did to it.

    Raises:
        OverflowError: when the instant lies beyond the calendar.
    """
    steady = _steady_offset(zone, day)
    if steady is not None:
        return datetime.datetime.combine(day, time, UTC) - steady, None
    first = datetime.datetime.combine(day, time, zone)
    before = first.utcoffset()
    after = first.replace(fold=1).utcoffset()
    if before == after:
        return first.astimezone(UTC), None
    assert before is not None and after is not None
    if before > after:
        return first.astimezone(UTC), ClockChange.REPEATED
    return _first_after_gap(first.replace(tzinfo=None), zone, before, after), ClockChange.SKIPPED


@lru_cache(maxsize=65536)
def _steady_offset(zone: ZoneInfo, day: datetime.date) -> timedelta | None:
    """The offset of ``zone`` on a day without clock change; None on the others, and at the calendar's end."""
    if day >= datetime.date.max:
        return None
    first = datetime.datetime.combine(day, _MIDNIGHT, zone).utcoffset()
    noon = datetime.datetime.combine(day, _NOON, zone).utcoffset()
    last = datetime.datetime.combine(day + timedelta(1), _MIDNIGHT, zone).replace(fold=1).utcoffset()
    return first if first == noon == last else None


def _first_after_gap(
    local: datetime.datetime, zone: ZoneInfo, before: timedelta, after: timedelta
) -> datetime.datetime:
    """The clock change between the two instants that ``local`` would have by either offset."""
    low = (local - after).replace(tzinfo=UTC)
    high = (local - before).replace(tzinfo=UTC)
    while high - low > _SECOND:
        middle = low + timedelta(seconds=(high - low) // (2 * _SECOND))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def local_time(moment: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The aware ``moment`` as a naive local time of ``zone``."""
    return moment.astimezone(zone).replace(tzinfo=None)
