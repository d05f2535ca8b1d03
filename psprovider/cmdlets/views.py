"""How the objects of each type are shown: the columns of their table, from what the catalogue says."""

from __future__ import annotations

import re
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec
from msgspec import Struct

from jams.objects.base import pascal_name
from jams.operations import CATALOGUE, Catalogue
from jams.operations.checks import listed

from .kinds import NAMESPACE, kind_of, paged
from .model import SWITCH

_NUMBERS = ("System.Int64", "System.Double")
_TIME = "System.DateTime"
WIDTH = 80
"""The width that every table fits: a console's, where nobody has made it wider."""

_LEAST, _LONG = 8, 32
_TIME_WIDTH = len("2026-12-31 23:59")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: the property it shows.
        right: whether its values stand on the right.
        time: whether its values are points in time, shown in the user's own zone.
        least, most: how many characters it needs to be understood, and has use for.
    """

    name: str
    right: bool = False
    time: bool = False
    least: int = _LEAST
    most: int = _LONG

    @property
    def shown(self) -> str:
        """The property as it is looked at: a time in the user's own zone."""
        return self.name.removesuffix("UTC") if self.time else self.name

    def label(self, width: int) -> str:
        """The head of the column: its last words, where there is no room for all of them."""
        words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+", self.shown)
        while len(words) > 1 and len("".join(words)) > width:
            del words[0]
        return "".join(words) or self.shown


def widths(columns: Sequence[Column], whole: int = WIDTH) -> list[int]:
    """How wide each column is, so that all fit with a blank between them; from the left what fits at all.

    What is left over goes to those that have use for it, the first ones first.
    """
    kept = len(columns)
    while kept > 1 and sum(c.least + 1 for c in columns[:kept]) - 1 > whole:
        kept -= 1
    found = [column.least for column in columns[:kept]]
    left = whole - sum(width + 1 for width in found) + 1
    while left > 0:
        wanting = [n for n, width in enumerate(found) if width < columns[n].most]
        if not wanting:
            break
        narrowest = min(wanting, key=lambda n: found[n])
        found[narrowest] += 1
        left -= 1
    return found


@dataclass(frozen=True, slots=True)
class View:
    """The table of one type; ``wraps`` says whether its values go over several lines, rather than be cut."""

    type_name: str
    columns: tuple[Column, ...]
    wraps: bool = False


def views(catalogue: Catalogue = CATALOGUE) -> dict[str, View]:
    """The view of every type that has one, by the type's full name."""
    return _standard() if catalogue is CATALOGUE else _views(catalogue)


@cache
def _standard() -> dict[str, View]:
    return _views(CATALOGUE)


def _views(catalogue: Catalogue) -> dict[str, View]:
    found: dict[str, View] = {}
    for operation in catalogue:
        struct = kind_of(operation.result).struct
        if struct is None or not operation.columns:
            continue
        page = paged(struct)
        shown = page[1] if page else listed(operation) if operation.making else struct
        name = f"{NAMESPACE}.{shown.__name__}"
        columns = tuple(_column(shown, wire) for wire in operation.columns)
        found.setdefault(name, View(name, columns, operation.whole))
    return found


def _column(struct: type[Struct], wire: str) -> Column:
    hints = typing.get_type_hints(struct, include_extras=True)
    member = next(m for m in msgspec.structs.fields(struct) if m.encode_name == wire)
    kind, name = kind_of(hints[member.name]), pascal_name(wire)
    if kind.type_name == _TIME:
        return Column(name, time=True, least=_TIME_WIDTH, most=_TIME_WIDTH)
    right = kind.type_name in _NUMBERS
    if right:
        return Column(name, right, least=6, most=max(8, min(len(name), 10)))
    if kind.type_name == SWITCH:
        return Column(name, least=5, most=max(5, min(len(name), 10)))
    if kind.values:
        longest = max(map(len, kind.values))
        return Column(name, least=min(longest, 8), most=max(longest, min(len(name), 10)))
    return Column(name, least=max(_LEAST, len(Column(name).label(1))))
