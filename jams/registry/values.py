"""Reading the value of a property: from what a document holds to what it means."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from jams.dates import DateOrder, format_span, parse, parse_span, parse_time
from jams.dates.date_errors import DateError, InvalidTime
from jams.dates.zones import time_zone
from jams.objects.errors import InvalidProperty
from jams.objects.exit_codes import Ranges, parse_exit_codes
from jams.objects.parts import PropertyData

from .kinds import ValueType
from .model import Property
from .patterns import LONGEST_PATTERN, problem_of
from .references import read_reference

LONGEST_SPAN = datetime.timedelta(days=3660)
MOST_ADDRESSES = 200

_ADDRESS = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]{1,255}")
_NO_ADDRESSES = "-*"
_DAY = datetime.timedelta(days=1)
_NEVER = "0001-01-01"
_TEXTS = (ValueType.TEXT, ValueType.FILE, ValueType.WEB_ADDRESS)
_INTEGER = re.compile(r"\s*[+-]?\d{1,10}\s*", re.ASCII)


def read(definition: Property, value: PropertyData) -> Any:
    """What a value means: a number, text, ``timedelta``, ``time``, ``date``, member of the choices,
    :class:`Reference`, ranges of exit codes or tuple of addresses; None for one that says nothing.

    The value alone is looked at: whether what it refers to exists, and whether a calendar knows the names in
    a text of the date language, is for others to check.

    Raises:
        InvalidProperty: it is not what the property holds.
        InvalidTime, UnknownTimeZone, DateError: it is no span, time of day, zone or text of the date
            language; with their own message.
    """
    if value is None:
        return None
    try:
        return _READERS[definition.value_type](definition, value)
    except ValueError:
        raise _refused(definition, value) from None


def kept(definition: Property, value: PropertyData) -> PropertyData:
    """A value that :func:`read` takes, in the form in which it is stored.

    Numbers, truth and words are brought to their usual form, all else stays as it was written. Raises as
    :func:`read` does.
    """
    meaning = read(definition, value)
    if meaning is None and definition.choices is not None:
        return None
    if isinstance(meaning, Enum):
        return str(meaning.value)
    if definition.value_type in (ValueType.INTEGER, ValueType.BOOLEAN):
        plain: int | bool | None = meaning
        return plain
    if definition.value_type is ValueType.EXIT_CODES:
        return None if meaning is None else str(value)
    return value


def _refused(definition: Property, value: Any) -> InvalidProperty:
    name, holds = definition.name, definition.value_type.told
    if definition.choices is not None:
        holds = f"one of {', '.join(definition.words)}"
    elif definition.value_type is ValueType.INTEGER and type(value) is int:
        holds = f"a number from {definition.minimum} to {definition.maximum}"
    elif definition.value_type in _TEXTS and isinstance(value, str):
        holds = f"a text of at most {definition.longest} characters, none of them NUL"
    shown = repr(value)
    shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
    return InvalidProperty(f"The property {name} holds {holds}; {shown} is not.", target=name)


def _text(definition: Property, value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > definition.longest or "\0" in value:
        raise ValueError(value)
    return value if value.strip() else None


def _integer(definition: Property, value: Any) -> int | None:
    if isinstance(value, str):
        if not value.strip():
            return None
        if not _INTEGER.fullmatch(value):
            raise ValueError(value)
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is not int or not definition.minimum <= value <= definition.maximum:
        raise ValueError(value)
    return value


def _boolean(definition: Property, value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else None
    if word == "":
        return None
    if word not in ("true", "false"):
        raise ValueError(value)
    return word == "true"


def _choice(definition: Property, value: Any) -> Enum | None:
    word = _text(definition, value)
    if word is None:
        return None
    assert definition.choices is not None
    words = {str(member.value).casefold(): member for member in definition.choices}
    words |= {other.casefold(): words[meant.casefold()] for other, meant in definition.synonyms}
    if word.strip().casefold() not in words:
        raise ValueError(value)
    return words[word.strip().casefold()]


def _seconds(value: Any) -> datetime.timedelta | None:
    """The span of ``{"totalSeconds": n}``; None for -1."""
    if not isinstance(value, dict) or not {key.lower() for key in value} & {"totalseconds"}:
        raise ValueError(value)
    seconds = next(item for key, item in value.items() if key.lower() == "totalseconds")
    if isinstance(seconds, float) and seconds.is_integer():
        seconds = int(seconds)
    if type(seconds) is not int or not -1 <= seconds <= LONGEST_SPAN.total_seconds():
        raise ValueError(value)
    return None if seconds < 0 else datetime.timedelta(seconds=seconds)


def _span(definition: Property, value: Any) -> datetime.timedelta | None:
    if not isinstance(value, str):
        return _seconds(value)
    text = _text(definition, value)
    if text is None:
        return None
    span = parse_span(text)
    if span > LONGEST_SPAN:
        raise InvalidTime(f"A span has at most {format_span(LONGEST_SPAN)}.", target=text[:64])
    return span


def _time_of_day(definition: Property, value: Any) -> datetime.time | None:
    if isinstance(value, str):
        text = _text(definition, value)
        return None if text is None else parse_time(text)
    span = _seconds(value)
    if span is None:
        return None
    if span >= _DAY:
        raise ValueError(value)
    return (datetime.datetime.min + span).time()


def _day(definition: Property, value: Any) -> datetime.date | None:
    text = _text(definition, value)
    if text is None or text.startswith(_NEVER):
        return None
    return datetime.datetime.fromisoformat(text.strip()).date()


def _dates(definition: Property, value: Any) -> str | None:
    """A text of the date language, in whichever order the server reads the parts of 1/2/2026."""
    text = _text(definition, value)
    if text is None:
        return None
    try:
        parse(text.strip())
    except DateError as error:
        try:
            parse(text.strip(), DateOrder.DAY_FIRST)
        except DateError:
            raise error from None
    return text


def _zone(definition: Property, value: Any) -> str | None:
    text = _text(definition, value)
    return None if text is None else time_zone(text.strip()).key


def _pattern(definition: Property, value: Any) -> str | None:
    text = _text(definition, value)
    if text is None:
        return None
    if len(text) > LONGEST_PATTERN:
        raise InvalidProperty(
            f"The property {definition.name} holds a pattern of at most {LONGEST_PATTERN} characters.",
            target=definition.name,
        )
    problem = problem_of(text)
    if problem is not None:
        raise InvalidProperty(
            f"The pattern of the property {definition.name} {problem}.", target=definition.name
        )
    return text


def _exit_codes(definition: Property, value: Any) -> Ranges | None:
    if type(value) is int:
        value = str(value)
    text = _text(definition, value)
    if text is None:
        return None
    try:
        return parse_exit_codes(text)
    except ValueError as error:
        raise InvalidProperty(
            f"The property {definition.name} holds {definition.value_type.told}. {error}",
            target=definition.name,
        ) from None


def addresses_in(text: str) -> list[str]:
    """The mail addresses in a text with commas or semicolons between them; what is none is left out."""
    return [each for each in _split(text) if _ADDRESS.fullmatch(each)]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[,;]", text) if part.strip())


def _addresses(definition: Property, value: Any) -> tuple[str, ...] | None:
    text = _text(definition, value)
    if text is None:
        return None
    found = _split(text)
    if len(found) > MOST_ADDRESSES:
        raise ValueError(value)
    for address in found:
        if address != _NO_ADDRESSES and not _ADDRESS.fullmatch(address):
            raise InvalidProperty(
                f"The property {definition.name} holds e-mail addresses; {address[:80]!r} is none.",
                target=definition.name,
            )
    return found


def _reference(definition: Property, value: Any) -> Any:
    return read_reference(definition.value_type, value)


_READERS: dict[ValueType, Callable[[Property, Any], Any]] = {
    ValueType.TEXT: _text,
    ValueType.FILE: _text,
    ValueType.WEB_ADDRESS: _text,
    ValueType.INTEGER: _integer,
    ValueType.BOOLEAN: _boolean,
    ValueType.CHOICE: _choice,
    ValueType.SPAN: _span,
    ValueType.TIME_OF_DAY: _time_of_day,
    ValueType.DAY: _day,
    ValueType.DATES: _dates,
    ValueType.TIME_ZONE: _zone,
    ValueType.PATTERN: _pattern,
    ValueType.EXIT_CODES: _exit_codes,
    ValueType.EMAILS: _addresses,
    **{kind: _reference for kind in ValueType if kind.refers},
}
