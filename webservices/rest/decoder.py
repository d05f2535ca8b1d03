"""Reads request bodies into the structs that operations declare.

The fast path is strict and is all that a well-written client ever meets. What it refuses is looked at again
leniently, as clients of the published interface expect (:mod:`webservices.rest.leniency`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, inspect

from jams.objects.base import Arguments
from jams.objects.complaints import FIELD, placed
from jams.objects.errors import (
    InvalidArgument,
    MalformedRequest,
    MissingArgument,
    UnknownArgument,
    UnsupportedMediaType,
)

from .inputs import plain, query_fields, unknown
from .leniency import NEVER, lenient
from .twice import refuse_twice

MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
"""A patch in the form of RFC 6902, which would be misread as any other JSON."""

_BOM = b"\xef\xbb\xbf"


@cache
def decoder_of(struct: type[Struct], *, form: bool) -> BodyDecoder:
    """What reads bodies into that struct; ``form`` says whether they may be form-encoded as well."""
    return BodyDecoder(struct, form=form)


class BodyDecoder:
    """Reads the body of one operation. May be used from any thread."""

    def __init__(self, struct: type[Struct], *, form: bool) -> None:
        """``form`` says whether the body may be form-encoded as well."""
        info = inspect.type_info(struct)
        assert isinstance(info, inspect.StructType)
        fields = info.fields
        self._struct = struct
        self._form = form
        self._strict = msgspec.json.Decoder(struct)
        self._lenient = lenient(info)
        required = [field.encode_name for field in fields if field.required]
        self._sole = sole_member(struct)
        self._sole_as_written = self._sole is not None and is_as_written(struct, self._sole)
        self._empty = _said_by_nothing(fields)
        self._may_be_empty = not required
        self._members = [field.encode_name for field in fields]

    def decode(self, data: bytes, media_type: str, charset: str | None) -> Any:
        """The body as a struct.

        An empty body is the defaults. Arguments of which exactly one is required, a text, may be sent as the
        bare JSON value of that one; a number or boolean stands for the text it is written as, unless
        that has to come as it was written (:func:`is_as_written`).

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
                return self._struct(**self._empty) if plainly_read == {} and self._empty else found
        value = parse_json(data)
        if value == {} and self._empty:
            return self._struct(**self._empty)
        if self._sole is not None and isinstance(value, str):
            value = {self._sole: value}
        elif self._sole is not None and isinstance(value, int | float) and not self._sole_as_written:
            value = {self._sole: data.decode().strip()}
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
        place, what = placed(message)
        field = FIELD.match(message.partition(" - at `")[0])
        if field is None:
            return InvalidArgument(f"{place or 'The body'}: {what}.", member=place or None)
        name, inside = field["name"][:100], f" in {place}" if place else ""
        member = f"{place}.{name}" if place else name
        if field["what"] == "missing required":
            return MissingArgument(f"Give {name}{inside}.", member=member)
        if place:
            return UnknownArgument(f"There is no member {name}{inside}.", member=member)
        return unknown(name, self._members, "member")


def _said_by_nothing(fields: Iterable[inspect.Field]) -> dict[str, Any]:
    """What members are that must be given, where a body says nothing at all; by attribute."""
    told = {}
    for field in fields:
        extra = field.type.extra or {} if isinstance(field.type, inspect.Metadata) else {}
        if "empty" in extra:
            told[field.name] = extra["empty"]
    return told


def sole_member(struct: type[Struct]) -> str | None:
    """The wire name of the member of arguments that a bare value is for, if it is a text.

    It is the one that they need; where they need none, the one that an empty body gives a value.
    """
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    found = [field for field in info.fields if field.required]
    if not found:
        said = _said_by_nothing(info.fields)
        found = [field for field in info.fields if field.name in said]
    if len(found) != 1 or not issubclass(struct, Arguments):
        return None
    return found[0].encode_name if isinstance(plain(found[0].type), inspect.StrType) else None


def is_as_written(struct: type[Struct], wire: str) -> bool:
    """Whether a text is what somebody has typed, sign for sign, so that no number stands for it.

    Programs write a number as they like, without the zeros before it. What is called ``false`` then, or has
    that as its password, nobody has meant so.
    """
    (found,) = (field for field in msgspec.structs.fields(struct) if field.encode_name == wire)
    kind = inspect.type_info(found.type)
    marks = kind.extra or {} if isinstance(kind, inspect.Metadata) else {}
    return bool(marks.get("secret") or marks.get("as_written")) or marks.get("text") == "name"


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
        raise MalformedRequest(f"{placed(str(error))[1]}.") from None
