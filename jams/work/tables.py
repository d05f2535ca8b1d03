"""Rows as a table that people read in a log."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

LONGEST_CELL = 200
NULL = "NULL"


def write_table(names: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO, *, most: int) -> int:
    """Write so many rows at most under their names; how many there were, as far as they were read.

    Numbers stand to the right. What would break a line is written as its escape.
    """
    found = list(islice(iter(rows), most + 1))
    shown = [[_text(value) for value in row] for row in found[:most]]
    numeric = [
        all(isinstance(row[at], int | float | Decimal) or row[at] is None for row in found)
        for at in range(len(names))
    ]
    head = [_text(name) for name in names]
    widths = [max([_width(head[at]), *(_width(row[at]) for row in shown)]) for at in range(len(names))]
    for row in (head, ["-" * width for width in widths], *shown):
        cells = [
            _padded(cell, widths[at], right=numeric[at] and row is not head) for at, cell in enumerate(row)
        ]
        print("  ".join(cells).rstrip(), file=out)
    if len(found) > most:
        print(f"… only the first {most} rows are shown.", file=out)
    else:
        print(f"({len(found)} row{'' if len(found) == 1 else 's'})", file=out)
    return len(found)


def write_count(rows: int, out: TextIO) -> None:
    """Write how many rows were changed; nothing where the driver does not know."""
    if rows >= 0:
        print(f"({rows} row{'' if rows == 1 else 's'} changed)", file=out)


def _text(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, bytes | bytearray | memoryview):
        text = "0x" + bytes(value[: LONGEST_CELL // 2]).hex()
    else:
        text = str(value)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
