"""Brings JSON as clients of the published interface write it into the form that the strict conversion takes.

Member names and words of enumerations are taken in any case, ``$type`` tags ignored. ``0001-01-01T00:00:00Z``
is "no time", 0 "no object" and an empty text "nothing" wherever that is optional, an empty word of an
enumeration too; null is "not given" where a member cannot be null. Numbers and truth may be written as
texts, and a text that is optional as they are; a span as ``{"totalSeconds": n}`` or as seconds; an
enumeration by the number of its member where numbers are known. What only the server writes is left out,
whatever it says, and so are members that the published documents have and this server does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import inspect

from jams.objects.base import Document, Duration, members_marked
from jams.objects.enums import numbers_of
from jams.objects.errors import InvalidArgument
from jams.objects.patch import Patch

from .inputs import day_of

Lenient = Callable[[Any], Any]

NEVER = "0001-01-01T00:00:00"
_TYPE_TAG = "$type"
_SECONDS = "totalseconds"
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,19})(\.0+)?\s*", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?\s*", re.ASCII)
_TRUTH = {"true": True, "false": False, "1": True, "0": False}


def lenient(kind: inspect.Type, known: dict[type, Lenient] | None = None) -> Lenient:
    """A function that brings a parsed JSON value into the form that the strict conversion takes."""
    return _lenient(kind, {} if known is None else known)


def _lenient(kind: inspect.Type, known: dict[type, Lenient]) -> Lenient:
    match kind:
        case inspect.Metadata():
            return _lenient(kind.type, known)
        case inspect.StructType():
            return _struct(kind, known)
        case inspect.ListType() | inspect.VarTupleType():
            item = _lenient(kind.item_type, known)
            return lambda value: [item(part) for part in value] if isinstance(value, list) else value
        case inspect.EnumType():
            return _enumeration(kind)
        case inspect.BoolType():
            return _boolean
        case inspect.IntType():
            return _integer
        case inspect.FloatType():
            return _number
        case inspect.DateType():
            return lambda value: day_of(value) if isinstance(value, str) else value
        case inspect.UnionType():
            return _union(kind, known)
    return lambda value: value


def _enumeration(kind: inspect.EnumType) -> Lenient:
    words = {str(member.value).casefold(): member.value for member in kind.cls}
    words |= {str(number): member.value for member, number in numbers_of(kind.cls).items()}

    def read(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int):
            return value
        return words.get(str(value).strip().casefold(), value)

    return read


def _boolean(value: Any) -> Any:
    if isinstance(value, str):
        return _TRUTH.get(value.strip().casefold(), value)
    return bool(value) if value in (0, 1) else value


def _integer(value: Any) -> Any:
    value = _seconds(value)
    if isinstance(value, str):
        found = _INTEGER.fullmatch(value)
        return int(found[1]) if found else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: Any) -> Any:
    value = _seconds(value)
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def _text(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, bool | int | float) else value


def _seconds(value: Any) -> Any:
    """The seconds of a span; any other value as it is."""
    if not isinstance(value, dict):
        return value
    members = {name.casefold(): part for name, part in value.items() if name != _TYPE_TAG}
    return members[_SECONDS] if members.keys() == {_SECONDS} else value


def _span(value: Any) -> Any:
    """A span whose seconds are a whole number, if they can be; any other value as it is."""
    if _seconds(value) is value:
        return value
    return {name: part if name == _TYPE_TAG else _integer(part) for name, part in value.items()}


def _whole(value: Any) -> Any:
    """A value where no fraction may stand: numbers that have none are integers, however they are written."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    span = _span(value)
    return {name: _whole(part) for name, part in span.items()} if isinstance(span, dict) else span


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _union(kind: inspect.UnionType, known: dict[type, Lenient]) -> Lenient:
    parts = [part for part in kind.types if not isinstance(part, inspect.NoneType)]
    if len(parts) != 1:
        return _span if any(isinstance(_bare(part), inspect.FloatType) for part in parts) else _whole
    inner = _lenient(parts[0], known)
    if len(parts) == len(kind.types):
        return inner
    part = _bare(parts[0])
    match part:
        case inspect.DateTimeType():
            return lambda value: None if _is_never(value) else inner(value)
        case inspect.StrType():
            return _text
        case inspect.IntType() if (part.ge or 0) > 0:
            return lambda value: None if (found := inner(value)) in (0, "") else found
        case inspect.IntType() | inspect.FloatType() | inspect.BoolType() | inspect.EnumType():
            return lambda value: None if value == "" else inner(value)
    return inner


def _is_never(value: Any) -> bool:
    return isinstance(value, str) and (not value or value.startswith(NEVER))


def _struct(kind: inspect.StructType, known: dict[type, Lenient]) -> Lenient:
    if kind.cls in known:
        return known[kind.cls]
    members: dict[str, tuple[str, Lenient]] = {}
    given: set[str] = set()
    document = kind.cls.document_type if issubclass(kind.cls, Patch) else kind.cls
    ignored = {name.casefold() for name in _ignored(document)} | {_TYPE_TAG}

    def apply(value: Any) -> Any:
        if document is Duration and isinstance(value, str | int | float):
            value = {"totalSeconds": value}
        return _renamed(value, members, ignored, given) if isinstance(value, dict) else value

    known[kind.cls] = apply  # before its members: a struct may hold itself
    for field in kind.fields:
        read = _lenient(field.type, known)
        if not field.required and not _takes_null(field.type):
            given.add(field.encode_name)
            read = _or_nothing(read) if isinstance(field.type, inspect.EnumType) else read
        members[field.encode_name.casefold()] = (field.encode_name, read)
    return apply


def _or_nothing(read: Lenient) -> Lenient:
    return lambda value: None if value == "" else read(value)


def _ignored(document: type[Any]) -> set[str]:
    """Wire names of members that say nothing, whatever they are."""
    if not issubclass(document, Document):
        return set()
    wires = dict(zip(document.__struct_fields__, document.__struct_encode_fields__, strict=True))
    return {wires[name] for name in members_marked(document, "read_only")} | set(document.published_elsewhere)


def _takes_null(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _takes_null(kind.type)
    if isinstance(kind, inspect.UnionType):
        return any(_takes_null(part) for part in kind.types)
    return isinstance(kind, inspect.NoneType | inspect.AnyType)


def _renamed(
    value: dict[str, Any], members: Mapping[str, tuple[str, Lenient]], ignored: set[str], given: set[str]
) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for key, part in value.items():
        folded = key.casefold()
        if folded in ignored:
            continue
        name, inner = members.get(folded, (key, None))
        if name in renamed:
            raise InvalidArgument(f"{name} is given twice.", member=name)
        meant = part if inner is None else inner(part)
        if meant is not None or name not in given:
            renamed[name] = meant
    return renamed
