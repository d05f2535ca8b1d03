"""The part of .NET's composite formatting that log names need (semantics 4.5).

Understood are ``{n}``, ``{n,width}``, ``{n:dK}`` and ``{n:DK}`` for whole numbers, ``{n:custom}`` for a
date and time, and the escapes ``{{`` and ``}}``. Texts are culture-invariant. What is not understood is
an error, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from jams.objects.date_formats import format_date
from jams.objects.errors import InvalidArgument

Value = str | int | datetime


class _Item(NamedTuple):
    number: int
    width: int
    form: str


_ITEM = re.compile(r"\{\{|\}\}|\{(\d+)\s*(?:,\s*(-?\d+)\s*)?(?::([^{}]*))?\}|[{}]")
_DIGITS = re.compile(r"[dD](\d{0,2})")
_MAX_WIDTH = 1000


def format_composite(
    template: str, values: Sequence[Value], *, literal: Callable[[str], str] = lambda text: text
) -> str:
    """``template`` with its items replaced by ``values``; ``literal`` treats the text between items.

    Raises:
        InvalidArgument: the template is malformed, names an index outside ``values``, or asks for a
            format that this subset does not know.
    """
    return "".join(
        literal(part) if isinstance(part, str) else _format_item(template, part, values)
        for part in _parts(template)
    )


@lru_cache(maxsize=64)
def _parts(template: str) -> tuple[str | _Item, ...]:
    """The texts and items of ``template``, in order; log names use few templates, and each often."""
    parts: list[str | _Item] = []
    position = 0
    for match in _ITEM.finditer(template):
        parts.append(template[position : match.start()])
        position = match.end()
        found = match.group()
        if found in ("{{", "}}"):
            parts.append(found[0])
        elif match.group(1) is None:
            raise InvalidArgument(
                f"The format {template!r} has a stray {found!r} at position {match.start()}; "
                "items look like {0}, {0,8} or {0:d2}, and a brace itself is written twice."
            )
        else:
            parts.append(_Item(int(match.group(1)), int(match.group(2) or 0), match.group(3) or ""))
    parts.append(template[position:])
    return tuple(part for part in parts if part)


def _format_item(template: str, item: _Item, values: Sequence[Value]) -> str:
    if item.number >= len(values):
        highest = len(values) - 1
        raise InvalidArgument(
            f"The format {template!r} uses {{{item.number}}}; the highest index is {highest}."
        )
    if abs(item.width) > _MAX_WIDTH:
        raise InvalidArgument(f"The format {template!r} asks for a width above {_MAX_WIDTH}.")
    text = _format_value(values[item.number], item.form)
    return text.ljust(-item.width) if item.width < 0 else text.rjust(item.width)


def _format_value(value: Value, form: str) -> str:
    if isinstance(value, datetime):
        return format_date(value, form)
    if isinstance(value, str) or not form:
        return str(value)
    digits = _DIGITS.fullmatch(form)
    if digits is None:
        raise InvalidArgument(f"{form!r} is not a format for whole numbers here; use dK, for example d4.")
    return f"{'-' if value < 0 else ''}{abs(value):0{int(digits.group(1) or 0) or 1}d}"
