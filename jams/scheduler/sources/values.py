"""Writing a value in a format of .NET, as ``<<Name("format")>>`` asks for; culture-invariant."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation, localcontext
from enum import Enum

from jams.objects.date_formats import format_date
from jams.objects.enums import DataType
from jams.objects.errors import InvalidArgument

Typed = str | bool | int | Decimal | date | time | datetime

_STANDARD_DATES = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "M": "MMMM dd",
    "m": "MMMM dd",
    "Y": "yyyy MMMM",
    "y": "yyyy MMMM",
    "s": "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
    "u": "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
    "o": "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffff",
    "O": "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffff",
}
_STANDARD_NUMBER = re.compile(r"([dDxXnNfFpP])(\d{0,2})")
_CUSTOM_NUMBER = re.compile(r"[0#,]+(?:\.[0#]*)?%?")


def typed(kind: DataType, text: str) -> Typed:
    """What a text of that type means; the text itself where it is none of the type."""
    try:
        match kind:
            case DataType.INTEGER:
                return int(text)
            case DataType.FLOAT:
                return Decimal(text)
            case DataType.BOOLEAN:
                return text.strip().lower() in ("true", "yes", "1")
            case DataType.DATE:
                return date.fromisoformat(text)
            case DataType.TIME:
                return time.fromisoformat(text)
            case DataType.DATE_TIME:
                return datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    return text


def written(value: Typed | Enum, form: str | None) -> str:
    """A value as text, in the format that is asked for or else in its usual form.

    Raises:
        InvalidArgument: the format is none for such a value.
    """
    if isinstance(value, Enum):
        value = str(value.value)
    if not form:
        return _usual(value)
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | Decimal):
        return _number(value, form)
    moment = value
    if isinstance(moment, time):
        moment = datetime.combine(date(1, 1, 1), moment)
    elif not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return format_date(moment, _STANDARD_DATES.get(form, form))


def _usual(value: Typed) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: int | Decimal, form: str) -> str:
    standard = _STANDARD_NUMBER.fullmatch(form)
    if standard is not None:
        return _standard_number(value, standard[1], standard[2], form)
    if _CUSTOM_NUMBER.fullmatch(form) is None:
        raise InvalidArgument(
            f"{form!r} is no format for numbers here: write D4, X8, N2, F2, P1, or zeros such as 000.00.",
            member="source",
        )
    percent = form.endswith("%")
    whole, _, places = form.rstrip("%").partition(".")
    grouped, least = "," in whole, whole.count("0")
    exact = _rounded(Decimal(value) * (100 if percent else 1), len(places))
    digits, _, fraction = f"{abs(exact):f}".partition(".")
    digits = digits.lstrip("0").rjust(least, "0")
    if grouped:
        digits = _grouped(digits)
    kept = places.count("0")
    fraction = fraction[:kept] + fraction[kept:].rstrip("0")
    sign = "-" if exact < 0 else ""
    return f"{sign}{digits}{'.' + fraction if fraction else ''}{'%' if percent else ''}"


def _standard_number(value: int | Decimal, letter: str, size: str, form: str) -> str:
    kind = letter.upper()
    if kind in "DX":
        if value != int(value):
            raise InvalidArgument(f"{form!r} is a format of whole numbers.", member="source")
        if kind == "D":
            return f"{'-' if value < 0 else ''}{abs(int(value)):0{int(size or 1)}d}"
        number = int(value) if value >= 0 else int(value) % (1 << 64)
        return f"{number:0{int(size or 1)}{letter}}"
    places = int(size or 2)
    if kind == "P":
        return f"{_rounded(Decimal(value) * 100, places):,f} %"
    exact = _rounded(Decimal(value), places)
    return f"{exact:,f}" if kind == "N" else f"{exact:f}"


def _rounded(value: Decimal, places: int) -> Decimal:
    """The value with so many digits behind the point, halves rounded away from zero as .NET does."""
    with localcontext() as context:
        context.prec = max(28, len(value.as_tuple().digits) + places + 10)
        context.rounding = "ROUND_HALF_UP"
        return value.quantize(Decimal(1).scaleb(-places))


def _grouped(digits: str) -> str:
    first = len(digits) % 3 or 3
    return ",".join([digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))])
