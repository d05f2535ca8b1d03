"""The scalars of CLIXML: the element of every type, and its text in both directions (MS-PSRP 2.2.5.1)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from . import types as t
from .text import day, double, escape, instant, parse_instant, parse_span, single, span, unescape

MAX_DECIMAL = 79228162514264337593543950335
"""The largest System.Decimal."""

_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def integer_tag(value: int) -> str:
    """The element of a number by its size; what is larger than a Decimal goes as a string."""
    if -0x80000000 <= value <= 0x7FFFFFFF:
        return "I32"
    if -(1 << 63) <= value < 1 << 63:
        return "I64"
    return "D" if abs(value) <= MAX_DECIMAL else "S"


def decimal_tag(value: Decimal) -> str:
    """The element of a decimal number; what System.Decimal cannot hold goes as a string."""
    return "D" if value.is_finite() and -MAX_DECIMAL <= value <= MAX_DECIMAL else "S"


def _number(value: int) -> str:
    return str(int(value))


def _clock(value: time) -> str:
    return span(
        timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    )


def _truth(value: bool) -> str:
    return "true" if value else "false"


FORMATS: dict[type, tuple[str, Callable[[Any], str]]] = {
    bool: ("B", _truth),
    str: ("S", escape),
    float: ("Db", double),
    t.Byte: ("By", _number),
    t.SByte: ("SB", _number),
    t.Int16: ("I16", _number),
    t.UInt16: ("U16", _number),
    t.UInt32: ("U32", _number),
    t.Int64: ("I64", _number),
    t.UInt64: ("U64", _number),
    t.Single: ("Sg", single),
    t.Char: ("C", lambda value: str(ord(value))),
    UUID: ("G", str),
    t.Version: ("Version", str),
    t.Uri: ("URI", escape),
    t.XmlText: ("XD", escape),
    t.ScriptBlock: ("SBK", escape),
    datetime: ("DT", instant),
    date: ("DT", day),
    time: ("TS", _clock),
    timedelta: ("TS", span),
}
"""Element and text of every type whose element does not depend on the value."""


def _ranged(cls: type[int], low: int, high: int) -> Callable[[str], int]:
    def read_number(text: str) -> int:
        if len(text) > 20:
            raise ValueError("too long for a number")
        number = int(text)
        if not low <= number <= high:
            raise ValueError("out of range")
        return cls(number)

    return read_number


def _long(text: str) -> int:
    if len(text) > 20:
        raise ValueError("too long for a number")
    number = int(text)
    if not -(1 << 63) <= number < 1 << 63:
        raise ValueError("out of range")
    return t.Int64(number) if -0x80000000 <= number <= 0x7FFFFFFF else number


def _real(text: str) -> float:
    if len(text) > 400 or "_" in text:
        raise ValueError("too long for a number")
    return float(text)


def _decimal(text: str) -> Decimal:
    if len(text) > 64 or _DECIMAL.fullmatch(text) is None:
        raise ValueError("too long for a number")
    return Decimal(text)


def _bool(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("neither true nor false")
    return text == "true"


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ValueError("not base64") from problem


def _exact(tag: str, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def read_time(text: str) -> Any:
        if len(text) > 64:
            raise ValueError("too long for a time")
        value = parse(text)
        return t.Primitive(tag, text) if value is None else value

    return read_time


PARSERS: dict[str, Callable[[str], Any]] = {
    "Nil": lambda _text: None,
    "S": unescape,
    "B": _bool,
    "I32": _ranged(int, -0x80000000, 0x7FFFFFFF),
    "I64": _long,
    "By": _ranged(t.Byte, 0, 0xFF),
    "SB": _ranged(t.SByte, -0x80, 0x7F),
    "I16": _ranged(t.Int16, -0x8000, 0x7FFF),
    "U16": _ranged(t.UInt16, 0, 0xFFFF),
    "U32": _ranged(t.UInt32, 0, 0xFFFFFFFF),
    "U64": _ranged(t.UInt64, 0, (1 << 64) - 1),
    "Db": _real,
    "Sg": lambda text: t.Single(_real(text)),
    "D": _decimal,
    "C": lambda text: t.Char(chr(_ranged(int, 0, 0xFFFF)(text))),
    "DT": _exact("DT", parse_instant),
    "TS": _exact("TS", parse_span),
    "G": UUID,
    "BA": _bytes,
    "Version": t.Version,
    "URI": lambda text: t.Uri(unescape(text)),
    "XD": lambda text: t.XmlText(unescape(text)),
    "SBK": lambda text: t.ScriptBlock(unescape(text)),
}
"""What reads the text of every scalar element. Raises ValueError, OverflowError."""
