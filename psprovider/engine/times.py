"""Points in time as people write them: counted from now, by a word, or in full."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_RELATIVE = re.compile(r"([+-]\d{1,9})\s*([smhdw])", re.I)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FORMATS = (
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S %z",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%Y/%m/%d",
    "%d %B %Y",
    "%B %d, %Y",
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


def time_of(word: str) -> datetime | None:
    """The time that a text means, in the server's zone where it names none; None if it means none."""
    relative = _RELATIVE.fullmatch(word)
    now = datetime.now(UTC)
    if word.lower() in ("now", "today", "yesterday", "tomorrow"):
        days = {"yesterday": -1, "tomorrow": 1}.get(word.lower(), 0)
        day = datetime.now() + timedelta(days=days)
        return now if word.lower() == "now" else day.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if relative:
            return now + timedelta(**{_UNITS[relative.group(2).lower()]: int(relative.group(1))})
        if _CLOCK.fullmatch(word):
            hour, minute, *second = map(int, word.split(":"))
            return datetime.now().replace(hour=hour, minute=minute, second=sum(second), microsecond=0)
        return datetime.fromisoformat(_shortened(word))
    except (ValueError, OverflowError):
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(word, form)
        except ValueError:
            continue
    return None


def _shortened(word: str) -> str:
    """A time with at most six decimals; .NET writes seven."""
    return re.sub(r"(\.\d{6})\d+", r"\1", word)
