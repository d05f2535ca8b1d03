"""Declared Python types as .NET types, with the values that enumerations allow."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any

from msgspec import Meta, Struct, UnsetType

from .model import SWITCH

NAMESPACE = "MVPSI.JAMS"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type: its .NET name, whether several values are taken, and the enumeration or struct behind it."""

    type_name: str
    many: bool = False
    enum: type[Enum] | None = None
    struct: type[Struct] | None = None

    @property
    def full_name(self) -> str:
        """The .NET name, with ``[]`` where several values are taken."""
        return self.type_name + "[]" if self.many else self.type_name

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the enumeration."""
        return tuple(str(member.value) for member in self.enum) if self.enum else ()


_SCALARS: dict[Any, str] = {
    str: "System.String",
    int: "System.Int64",
    float: "System.Double",
    bool: SWITCH,
    datetime: "System.DateTime",
    date: "System.String",
}
"""A day stays the text that it is: a DateTime would carry it over midnight from one zone to another."""


def kind_of(annotation: Any) -> Kind:
    """The kind of a declared type; None as an alternative makes no difference."""
    annotation = strip(annotation)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (list, tuple):
        item = kind_of(arguments[0])
        return Kind(item.type_name, True, item.enum, item.struct)
    if origin is dict:
        return Kind("System.Collections.Hashtable")
    if isinstance(annotation, type):
        if issubclass(annotation, Enum):
            return Kind("System.String", enum=annotation)
        if issubclass(annotation, Struct):
            return Kind(f"{NAMESPACE}.{annotation.__name__}", struct=annotation)
    return Kind(_SCALARS.get(annotation, "System.Object"))


def strip(annotation: Any) -> Any:
    """The type without annotations, and without None or what stands for nothing given."""
    while True:
        if typing.get_origin(annotation) is Annotated:
            annotation = typing.get_args(annotation)[0]
            continue
        if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
            choices = [c for c in typing.get_args(annotation) if c not in (type(None), UnsetType)]
            if len(choices) == 1:
                annotation = choices[0]
                continue
        return annotation


def item_of(annotation: Any) -> Any:
    """The type of the values where several are meant, else the type itself."""
    annotation = strip(annotation)
    listed = typing.get_origin(annotation) in (list, tuple)
    return strip(typing.get_args(annotation)[0]) if listed else annotation


def means_day(annotation: Any) -> bool:
    """Whether the values are days, or texts that say which day."""
    return item_of(annotation) is date or _marked(annotation, "date_text")


def means_secret(annotation: Any) -> bool:
    """Whether the value is a secret, which is never shown."""
    return _marked(annotation, "secret")


def _marked(annotation: Any, mark: str) -> bool:
    metas = (m for m in getattr(annotation, "__metadata__", ()) if isinstance(m, Meta))
    return any((m.extra or {}).get(mark) for m in metas) or any(
        _marked(inner, mark) for inner in typing.get_args(annotation)
    )


def lists(item: type[Struct] | None, whole: Any) -> bool:
    """Whether documents of the one are listed for those of the other, as they are or in another form."""
    return item is not None and (item is whole or getattr(item, "stands_for", None) is whole)


_TITLES = ("qualified_name", "jams_entry", "name", "message")


def titles(struct: type[Struct]) -> list[str]:
    """The attributes that name a document, the best first."""
    names = struct.__struct_fields__
    named = [name for name in names if name.endswith("_name")]
    return [name for name in (*_TITLES, *named[:1]) if name in names]


def output_types(result: Any) -> tuple[str, ...]:
    """The full type names of what an operation with this result gives through the pipeline."""
    kind = kind_of(result)
    if item_of(result) is date:
        return ("System.DateTime",)
    if kind.type_name == SWITCH:
        return ("System.Boolean",)
    if kind.struct is not None:
        listed = paged(kind.struct)
        if listed is not None:
            return (f"{NAMESPACE}.{listed[1].__name__}",)
    return (kind.type_name,)


@cache
def paged(struct: type[Struct]) -> tuple[str, type[Struct]] | None:
    """Of a struct that is a page of a list: the member that holds the list, and the struct in it."""
    hints = typing.get_type_hints(struct, include_extras=True)
    if "items" not in hints or not {"count", "next"} & hints.keys():
        return None
    item = kind_of(hints["items"]).struct
    return ("items", item) if item is not None else None
