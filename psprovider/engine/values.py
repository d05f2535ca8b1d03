"""Objects in the pipeline as commands see them: their properties, types and texts.

What flows is what the operations give (structs of the class library), what clients send (objects read from
CLIXML), and plain values. Property names are those PowerShell shows, in any case.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from jams.objects.base import pascal_name
from psprovider.cmdlets.further import further
from psprovider.cmdlets.kinds import NAMESPACE
from psprovider.cmdlets.model import Sources
from psprovider.endpoint.clixml.shapes import DEFAULT_SHAPES
from psprovider.endpoint.clixml.types import (
    CUSTOM_OBJECT,
    OBJECT,
    EnumValue,
    Primitive,
    PSDict,
    PSList,
    PSObject,
    Version,
)
from psprovider.endpoint.exceptions import ErrorRecord

from .patterns import matches

MISSING: Any = object()
"""What looking for a property gives where there is none."""

DESERIALIZED = "Deserialized."
DEFAULT_SHAPES.extend(lambda cls: [(more.name, more.value) for more in further(cls).values()])

_NAMES: dict[type, str] = {
    str: "System.String",
    bool: "System.Boolean",
    int: "System.Int32",
    float: "System.Double",
    Decimal: "System.Decimal",
    datetime: "System.DateTime",
    date: "System.DateTime",
    time: "System.TimeSpan",
    timedelta: "System.TimeSpan",
    UUID: "System.Guid",
    bytes: "System.Byte[]",
    Version: "System.Version",
    list: "System.Object[]",
    tuple: "System.Object[]",
    dict: "System.Collections.Hashtable",
}
_FIELDS: dict[type, dict[str, tuple[str, str]]] = {}


def unwrapped(value: Any) -> Any:
    """The value inside an object that only adds a text or members to it."""
    while isinstance(value, PSObject) and value.value is not None and not value.type_names:
        value = value.value
    return value


def fields_of(cls: type[msgspec.Struct]) -> dict[str, tuple[str, str]]:
    """Of a struct class: shown name and attribute of every member, by the shown name in lower case."""
    found = _FIELDS.get(cls)
    if found is None:
        found = _FIELDS[cls] = {
            pascal_name(f.encode_name).lower(): (pascal_name(f.encode_name), f.name)
            for f in msgspec.structs.fields(cls)
        }
    return found


def get(value: Any, name: str) -> Any:
    """A property's value by its name in any case, or MISSING."""
    if isinstance(value, msgspec.Struct):
        field = fields_of(type(value)).get(name.lower())
        if field is not None:
            return getattr(value, field[1])
        more = further(type(value)).get(name.lower())
        return MISSING if more is None else more.value(value)
    if isinstance(value, PSObject):
        return _member(value, name)
    if isinstance(value, dict):
        wanted = name.lower()
        for key, item in value.items():
            if str(key).lower() == wanted:
                return item
        return len(value) if wanted == "count" else MISSING
    wanted = name.lower()
    if isinstance(value, str | list | tuple | bytes) and wanted in ("length", "count"):
        return len(value) if not isinstance(value, str) or wanted == "length" else MISSING
    if isinstance(value, ErrorRecord):
        return {"fullyqualifiederrorid": value.error_id, "targetobject": value.target}.get(wanted, MISSING)
    return (
        getattr(value, wanted, MISSING) if wanted in _DATE_PARTS and isinstance(value, datetime) else MISSING
    )


def filled(value: Any, sources: Sources) -> Any:
    """What an object of the catalogue fills a parameter with, by the parameter's sources.

    None if nothing. MISSING where the sources say nothing: there are none, or it is another object.
    """
    space, _, name = _bare(type_names(value)[0]).rpartition(".") if sources else ("", "", "")
    if space != NAMESPACE:
        return MISSING
    found = [get(value, member) for member in sources.get(name, ())]
    if not found or any(item is MISSING or item is None for item in found):
        return None
    if len(found) == 1:
        return found[0]
    *folders, own = map(text, found)
    return "\\".join([*(folder.rstrip("\\") for folder in folders), own])


def struct_of(value: Any) -> str | None:
    """The name of the struct that an object is of, or was; None for any other object."""
    space, _, name = _bare(type_names(value)[0]).rpartition(".")
    return name if space == NAMESPACE else None


def _bare(type_name: str) -> str:
    """The type of an object that has come from elsewhere, or that a part was selected of."""
    mark = next((mark for mark in _MARKS if type_name.startswith(mark)), None)
    return type_name if mark is None else _bare(type_name.removeprefix(mark))


_MARKS = ("Deserialized.", "Selected.", "CSV:")
_DEEPEST = 6
_DATE_PARTS = ("year", "month", "day", "hour", "minute", "second")


def _member(value: PSObject, name: str) -> Any:
    for table in (value.members, value.properties):
        if name in table:
            return table[name]
    found = value.get(name, MISSING)
    if found is MISSING and value.value is not None:
        return get(value.value, name)
    return found


def names_of(cls: type[msgspec.Struct]) -> list[str]:
    """The names of the properties that objects of a struct class have, in order."""
    more = further(cls).values()
    return [*(shown for shown, _ in fields_of(cls).values()), *(each.name for each in more)]


def names(value: Any) -> list[str]:
    """The names of a value's properties, in order."""
    if isinstance(value, msgspec.Struct):
        return names_of(type(value))
    if isinstance(value, PSObject):
        own = [*value.members, *value.properties]
        return own or (names(value.value) if value.value is not None else [])
    if isinstance(value, dict):
        return [str(key) for key in value]
    if isinstance(value, str):
        return ["Length"]
    return []


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """Names and values of a value's properties, in order."""
    if isinstance(value, msgspec.Struct):
        for shown, attribute in fields_of(type(value)).values():
            yield shown, getattr(value, attribute)
        for more in further(type(value)).values():
            yield more.name, more.value(value)
        return
    for name in names(value):
        yield name, get(value, name)


def type_names(value: Any) -> tuple[str, ...]:
    """The chain of type names of a value, most derived first; deserialised ones without their prefix."""
    if isinstance(value, msgspec.Struct):
        return (*DEFAULT_SHAPES.names(type(value)), CUSTOM_OBJECT, OBJECT)
    if isinstance(value, PSObject) and value.type_names:
        return tuple(name.removeprefix(DESERIALIZED) for name in value.type_names)
    if isinstance(value, PSList | PSDict):
        return value.type_names
    if isinstance(value, enum.Enum):
        return (DEFAULT_SHAPES.member(value).type_name, "System.Enum", OBJECT)
    if isinstance(value, EnumValue):
        return (value.type_name, "System.Enum", OBJECT)
    value = unwrapped(value)
    if isinstance(value, bool):
        return ("System.Boolean", OBJECT)
    for cls in type(value).__mro__:
        if cls in _NAMES:
            name = _NAMES[cls]
            if cls is int and not -0x80000000 <= value <= 0x7FFFFFFF:
                name = "System.Int64"
            return (name, OBJECT)
    return (OBJECT,)


def is_scalar(value: Any) -> bool:
    """Whether a value is shown as its text rather than by its properties."""
    value = unwrapped(value)
    scalars = (
        date,
        time,
        str,
        int,
        float,
        bool,
        Decimal,
        datetime,
        timedelta,
        UUID,
        enum.Enum,
        EnumValue,
        Primitive,
        Version,
    )
    return value is None or isinstance(value, scalars)


def text(value: Any, depth: int = 0) -> str:
    """A value as PowerShell turns it into text. What lies deep, or in itself, is left out."""
    if value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, str | Version):
        return str(value)
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, enum.Enum):
        return DEFAULT_SHAPES.member(value).name
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%m/%d/%Y %H:%M:%S")
    if isinstance(value, date):
        return value.strftime("%m/%d/%Y")
    if isinstance(value, timedelta):
        return duration(value)
    if isinstance(value, PSObject):
        return _object_text(value, depth)
    if isinstance(value, dict):
        return "System.Collections.Hashtable"
    if isinstance(value, list | tuple):
        return " ".join(text(item, depth + 1) for item in value)
    if isinstance(value, msgspec.Struct):
        return type_names(value)[0]
    if isinstance(value, ErrorRecord):
        return value.message
    return str(value)


def _object_text(value: PSObject, depth: int) -> str:
    if value.to_string is not None:
        return value.to_string
    if value.value is not None:
        return text(value.value, depth + 1)
    if CUSTOM_OBJECT in value.type_names:
        inner = depth + 1
        return "@{" + "; ".join(f"{name}={text(item, inner)}" for name, item in members(value)) + "}"
    return str(value)


def duration(value: timedelta) -> str:
    """A span of time as .NET writes it: ``1.02:03:04.5000000``."""
    sign = "-" if value < timedelta(0) else ""
    value = abs(value)
    hours, rest = divmod(value.seconds, 3600)
    days = f"{value.days}." if value.days else ""
    fraction = f".{value.microseconds:06d}0" if value.microseconds else ""
    return f"{sign}{days}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}{fraction}"


def truth(value: Any) -> bool:
    """Whether PowerShell takes a value for true."""
    value = unwrapped(value)
    if isinstance(value, list | tuple):
        return truth(value[0]) if len(value) == 1 else bool(value)
    return bool(value) if isinstance(value, str | int | float | bool | type(None)) else True


def comparable(value: Any) -> Any:
    """A value as it is compared with others: enumerations and texts without case."""
    value = unwrapped(value)
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, bool | int | float | Decimal | date | timedelta) or value is None:
        return value
    return text(value).casefold()


class SortKey:
    """Orders values of any type: nulls first, then by value, else by text."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = comparable(value)

    def __lt__(self, other: SortKey) -> bool:
        mine, theirs = self.value, other.value
        if mine is None or theirs is None:
            return mine is None and theirs is not None
        try:
            return bool(mine < theirs)
        except TypeError:
            return text(mine) < text(theirs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SortKey) and self.value == other.value

    def __hash__(self) -> int:
        return hash(text(self.value))


def as_list(value: Any) -> list[Any]:
    """Several values, one value or none as a list."""
    if value is None:
        return []
    if isinstance(value, PSObject) and isinstance(value.value, list | tuple):
        return list(value.value)
    return list(value) if isinstance(value, list | tuple | set) else [value]


def selected(value: Any, wanted: Iterable[str]) -> Mapping[str, Any]:
    """The properties of a value that match names or patterns, each once; unknown names give null."""
    found: dict[str, Any] = {}
    for pattern in wanted:
        if any(letter in pattern for letter in "*?["):
            for name, item in members(value):
                if matches(pattern, name):
                    found.setdefault(name, item)
        else:
            item = get(value, pattern)
            shown = next((n for n in names(value) if n.lower() == pattern.lower()), pattern)
            found.setdefault(shown, None if item is MISSING else item)
    return found
