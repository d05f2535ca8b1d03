"""Reading the value of a setting: what the text that is kept means, and what its usual form is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from jams.dates import format_span, parse_span
from jams.dates.date_errors import InvalidTime
from jams.dates.zones import time_zone
from jams.objects.encodings import encoding_of
from jams.objects.errors import InvalidArgument, JAMSError
from jams.objects.settings import SettingType
from jams.objects.texts import free_fault

from .known_settings import KnownSetting

_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_FLOAT = re.compile(r"[+-]?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,2})?", re.ASCII)
_TOLD = {
    SettingType.TEXT: "a text",
    SettingType.INTEGER: "a whole number",
    SettingType.FLOAT: "a number",
    SettingType.BOOLEAN: "true or false",
    SettingType.DATE: "a day as 2026-12-31",
    SettingType.TIME: "a time of day as 08:30",
    SettingType.DATE_TIME: "a time as 2026-12-31T08:30:00Z",
    SettingType.TIME_SPAN: "a span of time as 1.02:30",
    SettingType.CHOICE: "one of several words",
    SettingType.TIME_ZONE: "a time zone as Europe/Berlin",
}


def read(name: str, data_type: SettingType, text: str, known: KnownSetting | None = None) -> Any:
    """What the value of a setting means; None for an empty one, but of a text.

    Args:
        name: of the setting.
        data_type: its type.
        text: the value.
        known: what the registry says of it.

    Raises:
        InvalidArgument: it is not what the setting holds.
    """
    fault = free_fault(text)
    if fault is not None:
        raise _refused(name, f"cannot hold {fault}")
    word = text if data_type is SettingType.TEXT else text.strip()
    if not word.strip():
        if known is not None and known.required:
            raise InvalidArgument(
                f"The setting {name} is {_holds(data_type, known)}.", target=name, member="value"
            )
        return word if data_type is SettingType.TEXT else None
    try:
        if known is not None and known.encoding:
            encoding_of(word)
            return word.strip()
        if data_type is SettingType.CHOICE:
            return _choice(word, known)
        found = _READERS[data_type](word)
        _check_bounds(found, known)
        return found
    except (ValueError, OverflowError, InvalidTime, JAMSError):
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        raise _refused(name, f"is {_holds(data_type, known)}; {shown!r} is not") from None


def kept(name: str, data_type: SettingType, text: str, known: KnownSetting | None = None) -> str:
    """A value that :func:`read` takes, in its usual form. Raises as that does."""
    found = read(name, data_type, text, known)
    match found:
        case None:
            return ""
        case bool():
            return str(found)
        case timedelta():
            return format_span(found)
        case datetime():
            return found.isoformat()
    return text.strip() if not isinstance(found, str) else found


def _refused(name: str, what: str) -> InvalidArgument:
    return InvalidArgument(f"The setting {name} {what}.", target=name, member="value")


def _holds(data_type: SettingType, known: KnownSetting | None) -> str:
    if known is None:
        return _TOLD[data_type]
    if known.encoding:
        return "the name of an encoding that ASCII is a part of, as utf-8 or windows-1252, or of a code page"
    if known.choices:
        return f"one of {', '.join(known.choices)}"
    span = data_type is SettingType.TIME_SPAN
    least, most = (
        None if bound is None else format_span(timedelta(seconds=bound)) if span else str(bound)
        for bound in (known.minimum, known.maximum)
    )
    if least is not None and most is not None:
        return f"{_TOLD[data_type]}, from {least} to {most}"
    if least is not None or most is not None:
        return f"{_TOLD[data_type]}, {'at least' if most is None else 'at most'} {least or most}"
    return _TOLD[data_type]


def _check_bounds(found: Any, known: KnownSetting | None) -> None:
    if known is None or isinstance(found, bool):
        return
    number = found.total_seconds() if isinstance(found, timedelta) else found
    if known.minimum is not None and number < known.minimum:
        raise ValueError(found)
    if known.maximum is not None and number > known.maximum:
        raise ValueError(found)


def _choice(word: str, known: KnownSetting | None) -> str:
    words = {each.casefold(): each for each in (known.choices if known else ())}
    if word.casefold() not in words:
        raise ValueError(word)
    return words[word.casefold()]


def _boolean(word: str) -> bool:
    if word.lower() not in ("true", "false"):
        raise ValueError(word)
    return word.lower() == "true"


def _matching(pattern: re.Pattern[str], convert: Callable[[str], Any]) -> Callable[[str], Any]:
    def matched(word: str) -> Any:
        if not pattern.fullmatch(word):
            raise ValueError(word)
        return convert(word)

    return matched


def _moment(word: str) -> datetime:
    found = datetime.fromisoformat(word)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


_READERS: dict[SettingType, Callable[[str], Any]] = {
    SettingType.TEXT: str,
    SettingType.INTEGER: _matching(_INTEGER, int),
    SettingType.FLOAT: _matching(_FLOAT, float),
    SettingType.BOOLEAN: _boolean,
    SettingType.DATE: date.fromisoformat,
    SettingType.TIME: time.fromisoformat,
    SettingType.DATE_TIME: _moment,
    SettingType.TIME_SPAN: parse_span,
    SettingType.TIME_ZONE: lambda word: time_zone(word).key,
}
