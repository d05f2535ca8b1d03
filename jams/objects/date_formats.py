"""Dates and times by custom formats of .NET (``yyyy-MM-dd``), culture-invariant.

What is not understood is an error, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from .errors import InvalidArgument

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_DATE_PARTS: dict[str, Callable[[datetime], str]] = {
    "yyyy": lambda t: f"{t.year:04d}",
    "yyy": lambda t: f"{t.year:03d}",
    "yy": lambda t: f"{t.year % 100:02d}",
    "y": lambda t: str(t.year % 100),
    "MMMM": lambda t: _MONTHS[t.month - 1],
    "MMM": lambda t: _MONTHS[t.month - 1][:3],
    "MM": lambda t: f"{t.month:02d}",
    "M": lambda t: str(t.month),
    "dddd": lambda t: _DAYS[t.weekday()],
    "ddd": lambda t: _DAYS[t.weekday()][:3],
    "dd": lambda t: f"{t.day:02d}",
    "d": lambda t: str(t.day),
    "HH": lambda t: f"{t.hour:02d}",
    "H": lambda t: str(t.hour),
    "hh": lambda t: f"{(t.hour + 11) % 12 + 1:02d}",
    "h": lambda t: str((t.hour + 11) % 12 + 1),
    "mm": lambda t: f"{t.minute:02d}",
    "m": lambda t: str(t.minute),
    "ss": lambda t: f"{t.second:02d}",
    "s": lambda t: str(t.second),
    "tt": lambda t: "AM" if t.hour < 12 else "PM",
    "t": lambda t: "A" if t.hour < 12 else "P",
}
_FRACTION = "fffffff"
_DATE_TOKEN = re.compile(r"""'([^']*)'|"([^"]*)"|\\(.)|%(?=[A-Za-z])|([A-Za-z])\4*|(.)""", re.DOTALL)


def format_date(value: datetime, form: str) -> str:
    """``value`` by a .NET custom date format; the empty form is the invariant general one.

    Raises:
        InvalidArgument: a letter that this subset does not know, or a one-letter standard format.
    """
    if not form:
        form = "MM/dd/yyyy HH:mm:ss"
    elif len(form) == 1 and form.isalpha():
        raise InvalidArgument(f"{form!r} alone is a standard date format; write a custom one like yyyyMMdd.")
    pieces: list[str] = []
    for match in _DATE_TOKEN.finditer(form):
        if match.group(4) is None:
            pieces.append(next((text for text in match.group(1, 2, 3, 5) if text is not None), ""))
            continue
        letters = match.group()
        part = _DATE_PARTS.get(letters)
        if letters.strip("f") == "" and len(letters) <= len(_FRACTION):
            pieces.append(f"{value.microsecond:06d}0"[: len(letters)])
            continue
        if part is None:
            raise InvalidArgument(f"{letters!r} in the date format {form!r} is not known here.")
        pieces.append(part(value))
    return "".join(pieces)
