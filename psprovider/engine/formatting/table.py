"""Tables: as wide as their content where that fits, the widest columns narrowed where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psprovider.engine.values import MISSING, get, unwrapped

from .cells import cell, cut

BATCH = 300
"""Rows that are looked at before the widths are settled."""
_NARROWEST = 4
_BRIGHT, _PLAIN = "\x1b[32;1m", "\x1b[0m"


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        name: its header, and the property it shows.
        right: whether values stand on the right; None: as the first tells.
        width: in characters, once it is settled.
        instead: a property that is shown instead where an object has it.
    """

    name: str
    right: bool | None = None
    width: int = 0
    instead: str = ""

    def value(self, item: Any) -> Any:
        """What it shows of an object; None if there is nothing."""
        found = get(item, self.instead) if self.instead else MISSING
        found = get(item, self.name) if found is MISSING else found
        return None if found is MISSING else found


class Table:
    """A table being written. ``rows`` gives lines once enough has been seen; ``end`` gives the rest."""

    def __init__(self, columns: Sequence[Column], width: int, color: bool, headers: bool = True) -> None:
        self._columns = list(columns)
        self._width = width
        self._color = color
        self._headers = headers
        self._waiting: list[list[str]] = []
        self._settled = False

    def row(self, value: Any) -> Iterator[str]:
        """Take a row in."""
        cells = []
        for number, column in enumerate(self._columns):
            found = column.value(value)
            if column.right is None and found is not None:
                inner = unwrapped(found)
                right = isinstance(inner, int | float) and not isinstance(inner, bool)
                self._columns[number] = replace(column, right=right)
            cells.append(cell(found))
        if self._settled:
            yield self._line(cells)
            return
        self._waiting.append(cells)
        if len(self._waiting) >= BATCH:
            yield from self.settle()

    def settle(self) -> Iterator[str]:
        """Settle the widths by what has been seen, and write it."""
        if self._settled:
            return
        self._settled = True
        self._columns = self._fitted()
        if self._headers:
            yield ""
            yield self._header([column.name for column in self._columns])
            yield self._header(["-" * min(len(c.name), c.width) for c in self._columns])
        for cells in self._waiting:
            yield self._line(cells)
        self._waiting = []

    def end(self) -> Iterator[str]:
        """The rest, and the empty line after it."""
        yield from self.settle()
        yield ""

    def _fitted(self) -> list[Column]:
        widths = [
            max([len(column.name), *(len(row[number]) for row in self._waiting)])
            for number, column in enumerate(self._columns)
        ]
        kept = len(widths)
        while kept > 1 and sum(min(w, _NARROWEST) for w in widths[:kept]) + kept - 1 > self._width:
            kept -= 1
        widths = widths[:kept]
        excess = sum(widths) + kept - 1 - self._width
        while excess > 0:
            widest = max(range(kept), key=lambda number: widths[number])
            others = [w for number, w in enumerate(widths) if number != widest]
            target = max([_NARROWEST, *others])
            step = max(1, min(excess, widths[widest] - target)) if widths[widest] > _NARROWEST else excess
            widths[widest] -= step
            excess -= step
        return [replace(c, width=max(1, w)) for c, w in zip(self._columns, widths, strict=False)]

    def _aligned(self, cells: Sequence[str]) -> list[str]:
        last = len(self._columns) - 1
        found = []
        for number, column in enumerate(self._columns):
            value = cut(cells[number], column.width)
            if column.right:
                found.append(value.rjust(column.width))
            else:
                found.append(value if number == last else value.ljust(column.width))
        return found

    def _line(self, cells: Sequence[str]) -> str:
        return " ".join(self._aligned(cells)).rstrip()

    def _header(self, cells: Sequence[str]) -> str:
        aligned = self._aligned(cells)
        if not self._color:
            return " ".join(aligned)
        return " ".join(f"{_BRIGHT}{value}{_PLAIN}" for value in aligned)
