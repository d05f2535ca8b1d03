"""Reads request bodies into the structs that operations declare.

The fast path is strict and is all that a well-written client ever meets. What it refuses is looked at again
leniently, as clients of the published interface expect: member names and enumeration members in any case,
``$type`` tags ignored, ``0001-01-01T00:00:00Z`` read as "no time" wherever a time is optional, and ``2.0``
taken for a whole number (JSON Schema says it is one).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct, inspect

from jams.objects.base import Arguments
from jams.objects.errors import (
    InvalidArgument,
    MalformedRequest,
    MissingArgument,
    UnknownArgument,
    UnsupportedMediaType,
)

from .inputs import day_of, plain, plainly, query_fields, unknown

MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
"""A patch in the form of RFC 6902, which would be misread as any other JSON."""

_BOM = b"\xef\xbb\xbf"
_NEVER = "0001-01-01T00:00:00"
_TYPE_TAG = "$type"
_PLACE = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")
_FIELD = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<name>.*)`$", re.S)

Lenient = Callable[[Any], Any]


class BodyDecoder:
    """Reads the body of one operation."""

    def __init__(self, struct: type[Struct], *, form: bool) -> None:
        """``form`` says whether the body may be form-encoded as well."""
        fields = msgspec.structs.fields(struct)
        self._struct = struct
        self._form = form
        self._strict = msgspec.json.Decoder(struct)
        self._lenient = _lenient(inspect.type_info(struct), {})
        required = [field.encode_name for field in fields if field.required]
        self._sole = sole_member(struct)
        self._may_be_empty = not required
        self._members = [field.encode_name for field in fields]

    def decode(self, data: bytes, media_type: str, charset: str | None) -> Any:
        """The body as a struct.

        An empty body is the defaults. Arguments of which exactly one is required, a text, may be sent as the
        bare JSON value of that one; a number or boolean stands for the text it is written as.

        Raises:
            UnsupportedMediaType: it is neither JSON nor a form where a form is taken.
            MalformedRequest: it is not JSON at all.
            InvalidArgument: a member has a wrong value, is missing or does not exist.
        """
        if not data.strip() and self._may_be_empty:
            return self._struct()
        if media_type == "application/x-www-form-urlencoded":
            return self._convert(self._form_values(data))
        check_json(media_type, charset)
        data = data.removeprefix(_BOM)
        if _NEVER.encode() not in data:
            try:
                return self._strict.decode(data)
            except (msgspec.DecodeError, RecursionError, ValueError):
                pass  # mended, or said better, below
        value = parse_json(data)
        if self._sole is not None and isinstance(value, str | int | float):
            value = {self._sole: value if isinstance(value, str) else data.decode().strip()}
        return self._convert(value)

    def _convert(self, value: Any) -> Any:
        try:
            return msgspec.convert(self._lenient(value), self._struct)
        except msgspec.ValidationError as error:
            raise self._explain(str(error)) from None

    def _form_values(self, data: bytes) -> dict[str, str]:
        if not self._form:
            raise UnsupportedMediaType("Send the body as application/json.")
        try:
            fields = query_fields(data.decode("ascii"))
        except UnicodeDecodeError:
            raise MalformedRequest("The form is not percent-encoded UTF-8.") from None
        for name, values in fields.items():
            if len(values) > 1:
                raise InvalidArgument(f"{name[:100]} is given {len(values)} times.", member=name[:100])
        return {name: values[0] for name, values in fields.items()}

    def _explain(self, message: str) -> InvalidArgument:
        found = _PLACE.search(message)
        place = found["place"] if found else ""
        message = message[: found.start()] if found else message
        field = _FIELD.match(message)
        if field is None:
            return InvalidArgument(f"{place or 'The body'}: {plainly(message)}.", member=place or None)
        name, inside = field["name"][:100], f" in {place}" if place else ""
        member = f"{place}.{name}" if place else name
        if field["what"] == "missing required":
            return MissingArgument(f"Give {name}{inside}.", member=member)
        if place:
            return UnknownArgument(f"There is no member {name}{inside}.", member=member)
        return unknown(name, self._members, "member")


def sole_member(struct: type[Struct]) -> str | None:
    """The wire name of the one member that arguments need, if it is a text."""
    required = [field for field in msgspec.structs.fields(struct) if field.required]
    if len(required) != 1 or not issubclass(struct, Arguments):
        return None
    kind = plain(inspect.type_info(required[0].type))
    return required[0].encode_name if isinstance(kind, inspect.StrType) else None


def check_json(media_type: str, charset: str | None) -> None:
    """Check that a body says it is JSON, or says nothing. Raises UnsupportedMediaType."""
    json_like = media_type in ("", "application/json", "text/json") or media_type.endswith("+json")
    if media_type == JSON_PATCH:
        raise UnsupportedMediaType(f"A list of steps is not read here; send {MERGE_PATCH} (RFC 7396).")
    if not json_like:
        raise UnsupportedMediaType(f"{media_type[:100]} is not read here; send application/json.")
    if charset and charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType("JSON is sent as UTF-8.")


def parse_json(data: bytes) -> Any:
    """Any JSON value. Raises MalformedRequest, which says at which byte it ceases to be JSON."""
    try:
        return msgspec.json.decode(data)
    except RecursionError:
        raise MalformedRequest("The JSON is nested too deeply.") from None
    except UnicodeDecodeError:
        raise MalformedRequest("The JSON is not UTF-8.") from None
    except (msgspec.DecodeError, ValueError) as error:
        if "truncated" in str(error):
            raise MalformedRequest(f"The JSON ends too early (byte {len(data)}).") from None
        raise MalformedRequest(f"{error}.") from None


def _lenient(kind: inspect.Type, known: dict[type, Lenient]) -> Lenient:
    """A function that brings a parsed JSON value into the form that the strict conversion takes."""
    match kind:
        case inspect.Metadata():
            return _lenient(kind.type, known)
        case inspect.StructType():
            return _lenient_struct(kind, known)
        case inspect.ListType() | inspect.VarTupleType():
            item = _lenient(kind.item_type, known)
            return lambda value: [item(part) for part in value] if isinstance(value, list) else value
        case inspect.EnumType():
            members = {str(m.value).casefold(): m.value for m in kind.cls}
            return lambda value: members.get(value.casefold(), value) if isinstance(value, str) else value
        case inspect.IntType():
            return _lenient_integer
        case inspect.DateType():
            return lambda value: day_of(value) if isinstance(value, str) else value
        case inspect.UnionType():
            return _lenient_union(kind, known)
    return lambda value: value


def _lenient_integer(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _lenient_union(kind: inspect.UnionType, known: dict[type, Lenient]) -> Lenient:
    parts = [part for part in kind.types if not isinstance(part, inspect.NoneType)]
    if len(parts) != 1:
        return lambda value: value
    inner = _lenient(parts[0], known)
    part = parts[0].type if isinstance(parts[0], inspect.Metadata) else parts[0]
    if not isinstance(part, inspect.DateTimeType):
        return inner
    return lambda value: None if isinstance(value, str) and value.startswith(_NEVER) else value


def _lenient_struct(kind: inspect.StructType, known: dict[type, Lenient]) -> Lenient:
    if kind.cls in known:
        return known[kind.cls]
    members: dict[str, tuple[str, Lenient]] = {}

    def apply(value: Any) -> Any:
        return _rename(value, members) if isinstance(value, dict) else value

    known[kind.cls] = apply  # before its members: a struct may hold itself
    for field in kind.fields:
        members[field.encode_name.casefold()] = (field.encode_name, _lenient(field.type, known))
    return apply


def _rename(value: dict[str, Any], members: Mapping[str, tuple[str, Lenient]]) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for key, part in value.items():
        name, inner = members.get(key.casefold(), (key, None))
        if name in renamed:
            raise InvalidArgument(f"{name} is given twice.", member=name)
        if inner is not None:
            renamed[name] = inner(part)
        elif key != _TYPE_TAG:
            renamed[name] = part
    return renamed
