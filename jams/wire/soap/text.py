"""How values that are not plain scalars become text and come back, and which text XML can hold at all."""

from __future__ import annotations

import re
from typing import Any

import msgspec

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with U+FFFD in place of every character that XML 1.0 (2.2) does not allow."""
    return _FORBIDDEN.sub("\ufffd", text)


def write_mixed(value: Any) -> str:
    """The text of a value that may be a string, a number, a truth value or an object.

    Strings stand as they are, everything else as JSON; a string that would read as something else is put
    in quotes, so that :func:`read_mixed` gives back exactly what was written.
    """
    if isinstance(value, str) and read_mixed(value) == value:
        return value
    return msgspec.json.encode(value).decode()


_DEEPEST = 200
"""Levels below which nothing of a document lies."""


def _is_deep(value: Any) -> bool:
    """Whether a value is nested deeper than anything may be; how deep Python can go does not count."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True


def read_mixed(text: str) -> Any:
    """The value of a text: an object, a number, ``true``, ``false`` or ``null`` in JSON, else a string.

    A number counts as one only in its shortest form: ``5`` and ``1.5`` do, ``007``, ``1.50`` and ``1e3`` stay
    strings, for they may be part numbers or versions. So does what is nested deeper than anything may be.
    """
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text
    if isinstance(value, list) or _is_deep(value):
        return text
    if isinstance(value, str | dict) or msgspec.json.encode(value).decode() == text:
        return value
    return text
