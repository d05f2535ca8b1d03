"""Times of day and spans of time, in the forms that people write (semantics 3.6)."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from .date_errors import InvalidTime

_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([AP]\.?M\.?)?", re.IGNORECASE | re.ASCII)
_SPAN = re.compile(
    r"(?:(?P<days>\d{1,5})[. ])?(?P<hours>\d{1,5})[:.](?P<minutes>\d{1,2})(?::(?P<seconds>\d{1,2}))?",
    re.ASCII,
)
_TWO_PARTS = re.compile(r"(\d{1,5})\.(\d{1,2})", re.ASCII)
_NAMED = {"MIDNIGHT": datetime.time(0), "NOON": datetime.time(12)}


@lru_cache(maxsize=8192)
def parse_time(text: str) -> datetime.time:
    """A time of day: ``08:35``, ``8:35:10``, ``3:30PM``, ``3 PM``, ``noon``, ``midnight``.

    Raises:
        InvalidTime: for anything else.
    """
    stripped = text.strip()
    named = _NAMED.get(stripped.upper())
    if named is not None:
        return named
    found = _TIME.fullmatch(stripped) if len(stripped) <= 16 else None
    if found is not None and (found[2] is not None or found[4] is not None):
        hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        half = found[4]
        if half is None or 1 <= hour <= 12:
            if half is not None:
                hour = hour % 12 + (12 if half[0] in "pP" else 0)
            if hour < 24 and minute < 60 and second < 60:
                return datetime.time(hour, minute, second)
    raise InvalidTime(f"{_shown(text)} is no time of day; write 08:35 or 3:30PM.", target=text[:64])


def format_time(time: datetime.time) -> str:
    """``time`` as ``hh:mm``, or ``hh:mm:ss`` where it has seconds."""
    return time.strftime("%H:%M:%S" if time.second else "%H:%M")


def parse_span(text: str) -> datetime.timedelta:
    """A span of time: ``d.hh:mm[:ss]``, ``hh:mm[:ss]``, the printed form ``d.hh.mm``, ``d.hh`` or ``d``.

    ``1.2:30`` is 26.5 hours and ``2.10`` is 2 days and 10 hours. Hours, minutes and seconds after a larger
    unit stay below 24, 60 and 60.

    Raises:
        InvalidTime: for anything else.
    """
    stripped = text.strip()
    span = _spelt(stripped) if len(stripped) <= 24 else None
    if span is None:
        raise InvalidTime(
            f"{_shown(text)} is no span of time; write d.hh:mm, such as 1.02:30.", target=text[:64]
        )
    return span


def _spelt(text: str) -> datetime.timedelta | None:
    if text.isascii() and text.isdigit() and len(text) <= 5:
        return datetime.timedelta(days=int(text))
    two = _TWO_PARTS.fullmatch(text)
    if two is not None:
        days, hours = int(two[1]), int(two[2])
        return datetime.timedelta(days=days, hours=hours) if hours < 24 else None
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (
        int(part or 0) for part in found.group(*("days", "hours", "minutes", "seconds"))
    )
    if minutes > 59 or seconds > 59 or (found["days"] is not None and hours > 23):
        return None
    return datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def format_span(span: datetime.timedelta) -> str:
    """``span`` as ``d.hh:mm``, without days below one day, with ``:ss`` where there are seconds.

    Raises:
        InvalidTime: for a negative span.
    """
    if span < datetime.timedelta():
        raise InvalidTime("A span of time is not negative.")
    minutes, seconds = divmod(span.days * 86400 + span.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    text = f"{days}.{hours:02d}:{minutes:02d}" if days else f"{hours:02d}:{minutes:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def _shown(text: str) -> str:
    return repr(text if len(text) <= 64 else f"{text[:64]}…")
