"""How the objects of each type are shown: the columns of their table, from what the catalogue says."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from functools import cache

import msgspec
from msgspec import Struct

from jams.objects.base import pascal_name
from jams.operations import CATALOGUE, Catalogue

from .kinds import NAMESPACE, kind_of, paged

_NUMBERS = ("System.Int64", "System.Double")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the property it shows, and whether its values stand on the right."""

    name: str
    right: bool = False


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
        shown = page[1] if page else struct
        name = f"{NAMESPACE}.{shown.__name__}"
        columns = tuple(_column(shown, wire) for wire in operation.columns)
        found.setdefault(name, View(name, columns, operation.whole))
    return found


def _column(struct: type[Struct], wire: str) -> Column:
    hints = typing.get_type_hints(struct, include_extras=True)
    member = next(m for m in msgspec.structs.fields(struct) if m.encode_name == wire)
    return Column(pascal_name(wire), kind_of(hints[member.name]).type_name in _NUMBERS)
