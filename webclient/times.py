"""Times as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_STEPS = re.compile(r"(?:\d+(?:\.\d+)?[smhdw])+")
_STEP = re.compile(r"(\d+(?:\.\d+)?)([smhdw])")
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}

FORMS = "2026-01-31T18:00, 2026-01-31, 18:00, today 18:00, tomorrow, now, +10m, -2h30m"
"""The forms that are understood, by example; for messages and help."""


def read_time(text: str, now: datetime | None = None) -> str:
    """A time as ISO 8601 with its offset from UTC.

    ``now``, ``+10m``, ``-2h30m`` (s, m, h, d, w), ``today``, ``tomorrow`` and ``yesterday`` with or without a
    time of day, a time of day alone (today), or ISO 8601. What bears no offset is in the local time zone.

    Args:
        text: what was typed.
        now: the present time, aware; the clock's if not given.

    Raises:
        ValueError: it is none of these.
    """
    now = now or datetime.now().astimezone()
    words = text.strip().lower()
    if words == "now":
        return now.isoformat(timespec="seconds")
    if words[:1] in ("+", "-") and _STEPS.fullmatch(words[1:]):
        span = timedelta(seconds=read_seconds(words[1:]))
        return (now + span if words[0] == "+" else now - span).isoformat(timespec="seconds")
    try:
        found = _named_day(words, now.date()) or datetime.fromisoformat(text.strip().replace(" ", "T", 1))
        return (found if found.tzinfo else found.astimezone()).isoformat()
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{text!r} is no time; write for example {FORMS}") from None


def read_day(text: str, today: date | None = None) -> str:
    """A day as ``YYYY-MM-DD``: written so, or ``today``, ``tomorrow``, ``yesterday``, ``+3d``, ``-2w``.

    Args:
        text: what was typed.
        today: the present day; the local clock's if not given.

    Raises:
        ValueError: it is none of these.
    """
    today = today or date.today()
    words = text.strip().lower()
    try:
        if words in _DAYS:
            return (today + timedelta(days=_DAYS[words])).isoformat()
        if re.fullmatch(r"[+-]\d+[dw]", words):
            return (today + timedelta(days=int(words[:-1]) * (7 if words[-1] == "w" else 1))).isoformat()
        return date.fromisoformat(text.strip()).isoformat()
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day; write for example 2026-01-31, today or +3d") from None


def read_seconds(text: str) -> float:
    """A span of time in seconds: ``90``, ``1.5``, ``10m``, ``1h30m``. Raises ValueError."""
    text = text.strip().lower()
    if _STEPS.fullmatch(text):
        steps = [timedelta(**{_UNITS[unit]: float(number)}) for number, unit in _STEP.findall(text)]
        return sum(steps, timedelta()).total_seconds()
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    raise ValueError(f"{text!r} is no span of time; write for example 90, 10m or 1h30m")


def _named_day(words: str, today: date) -> datetime | None:
    day, _, clock = words.partition(" ")
    if day in _DAYS:
        at = time.fromisoformat(clock.strip()) if clock.strip() else time()
        return datetime.combine(today + timedelta(days=_DAYS[day]), at)
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", words):
        return datetime.combine(today, time.fromisoformat(words))
    return None


def local_text(wire: str) -> str:
    """An ISO 8601 time as a table shows it: local, to the second. What cannot be read stays as it is.

    In the hour that the clocks show twice the offset tells which one it is. The published documents' way to
    write "no time" is nothing.
    """
    if wire.startswith("0001-01-01T00:00:00"):
        return ""
    try:
        local = datetime.fromisoformat(wire).astimezone()
        return local.isoformat(" ", "seconds")[: None if _is_twice(local) else 19]
    except (ValueError, OverflowError, OSError):
        return wire


def short_text(wire: str, now: datetime | None = None) -> str:
    """The same where there is little room: ``18:00:05`` today, ``01-31 18:00`` in this year, else the day.

    Args:
        wire: the time.
        now: the present time, aware; the clock's if not given.
    """
    whole = local_text(wire)
    today = (now or datetime.now().astimezone()).date().isoformat()
    if len(whole) < 19 or not whole[:4].isdigit():
        return whole
    if whole[:10] == today:
        return whole[11:]
    return whole[5:16] if whole[:4] == today[:4] else whole[:10]


def _is_twice(local: datetime) -> bool:
    """Whether the clocks show this local time a second time."""
    shown = local.replace(tzinfo=None)
    first, second = (shown.replace(fold=fold).astimezone().utcoffset() for fold in (0, 1))
    return first != second
