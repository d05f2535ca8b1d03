"""Reads request bodies into the structs that operations declare.

The fast path is strict and is all that a well-written client ever meets. What it refuses is looked at again
leniently, as clients of the published interface expect (:mod:`webservices.rest.leniency`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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

from .inputs import plain, plainly, query_fields, unknown
from .leniency import NEVER, lenient
from .twice import refuse_twice

MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
"""A patch in the form of RFC 6902, which would be misread as any other JSON."""

_BOM = b"\xef\xbb\xbf"
_PLACE = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")
_FIELD = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<name>.*)`$", re.S)


class BodyDecoder:
    """Reads the body of one operation."""

    def __init__(self, struct: type[Struct], *, form: bool) -> None:
        """``form`` says whether the body may be form-encoded as well."""
        fields = msgspec.structs.fields(struct)
        self._struct = struct
        self._form = form
        self._strict = msgspec.json.Decoder(struct)
        self._lenient = lenient(inspect.type_info(struct))
        required = [field.encode_name for field in fields if field.required]
        self._sole = sole_member(struct)
        self._empty = _said_by_nothing(fields)
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
        if not data.strip() and (self._may_be_empty or self._empty):
            return self._struct(**self._empty)
        if media_type == "application/x-www-form-urlencoded":
            return self._convert(self._form_values(data))
        check_json(media_type, charset)
        data = data.removeprefix(_BOM)
        if NEVER.encode() not in data:
            try:
                found, plainly_read = self._strict.decode(data), msgspec.json.decode(data)
            except (msgspec.DecodeError, RecursionError, ValueError):
                pass  # mended, or said better, below
            else:
                refuse_twice(data, plainly_read)
                return found
        value = parse_json(data)
        if value == {} and self._empty:
            return self._struct(**self._empty)
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


def _said_by_nothing(fields: Iterable[msgspec.structs.FieldInfo]) -> dict[str, Any]:
    """What members are that must be given, where a body says nothing at all; by attribute."""
    told = {}
    for field in fields:
        info = inspect.type_info(field.type)
        extra = info.extra or {} if isinstance(info, inspect.Metadata) else {}
        if "empty" in extra:
            told[field.name] = extra["empty"]
    return told


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
    """Any JSON value.

    Raises:
        MalformedRequest: it is none; the message says at which byte it ceases to be JSON.
        InvalidArgument: an object gives a member twice.
    """
    value = _parsed(data)
    refuse_twice(data, value)
    return value


def _parsed(data: bytes) -> Any:
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
