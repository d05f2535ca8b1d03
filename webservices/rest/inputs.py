"""Reads path and query values: text, converted to the declared types of an operation's inputs."""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from msgspec import inspect

from jams.objects.base import did_you_mean
from jams.objects.complaints import plainly
from jams.objects.enums import numbers_of
from jams.objects.errors import (
    InvalidArgument,
    MalformedRequest,
    MissingArgument,
    UnknownArgument,
)
from jams.operations.catalogue import Input

_MOST_FIELDS = 200
_INTEGER = re.compile(r"(-?[0-9]{1,30})(\.0+)?", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]", re.ASCII)
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")

Read = Callable[[str], Any]


def query_fields(query_string: str) -> dict[str, list[str]]:
    """The fields of a query string or form, in order. Raises MalformedRequest."""
    try:
        pairs = parse_qsl(query_string, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        reason = "has too many fields" if "fields" in str(error) else "is not UTF-8"
        raise MalformedRequest(f"The query {reason}.") from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def unknown(name: str, known: Iterable[str], what: str) -> UnknownArgument:
    """The error for a name that does not exist; says which name may have been meant."""
    hint = did_you_mean(name, known)
    return UnknownArgument(f"There is no {what} {name[:100]}.{hint}", member=name[:100])


class Scalars:
    """The path and query inputs of one route, ready to be read from requests."""

    def __init__(
        self,
        path: Iterable[Input],
        query: Iterable[Input],
        also: Iterable[str] = (),
        tolerated: Mapping[str, tuple[str, ...]] | None = None,
        by_name: Input | None = None,
        aliases: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Prepare to read these.

        Args:
            path: the inputs in the path.
            query: the inputs in the query.
            also: query parameters that the face itself understands.
            tolerated: such as say nothing, and the words that they may have.
            by_name: the input that stands in the path in place of ``id`` when it is no number there.
            aliases: further names of those in the query, by Python name.
        """
        self._tolerated = {name.casefold(): (name, words) for name, words in (tolerated or {}).items()}
        self._by_name = None if by_name is None else _Reader(by_name)
        self._path = {item.wire: _Reader(item) for item in path}
        self._query = {
            name.casefold(): _Reader(item)
            for item in query
            for name in (item.wire, *(aliases or {}).get(item.name, ()))
        }
        self._also = {name.casefold() for name in also}
        self._required = [item for item in query if item.required]
        self._known = [item.wire for item in query] + list(also)

    def read(self, path: Mapping[str, str], query: Mapping[str, list[str]]) -> dict[str, Any]:
        """The values given, by Python name. Raises InvalidArgument and its kinds."""
        values = {}
        for wire, text in path.items():
            reader = self._path[wire]
            if self._by_name is not None and reader.name == "id" and not _INTEGER.fullmatch(text.strip()):
                reader = self._by_name
            values[reader.name] = reader.read([text])
        for name, texts in query.items():
            folded = name.casefold()
            if folded in self._also:
                continue
            if folded in self._tolerated:
                _check_word(*self._tolerated[folded], texts)
                continue
            wanted = self._query.get(folded)
            if wanted is None:
                raise unknown(name, self._known, "query parameter")
            if wanted.name in values:
                raise InvalidArgument(f"{wanted.wire} is given twice.", member=wanted.wire)
            values[wanted.name] = wanted.read(texts)
        for item in self._required:
            if item.name not in values:
                raise MissingArgument(f"Give {item.wire}.", member=item.wire)
        return values

    def read_as(self, told: str, name: str, text: str) -> Any:
        """The value of the query input of that Python name, given elsewhere: ``told`` is where.

        Raises InvalidArgument.
        """
        reader = next(reader for reader in self._query.values() if reader.name == name)
        try:
            return reader.read([text])
        except InvalidArgument:
            raise InvalidArgument(f"{told} is not one that this server gave.", member=told) from None


def _check_word(name: str, words: tuple[str, ...], texts: list[str]) -> None:
    known = {word.casefold() for word in words}
    for text in texts:
        if not {word.strip().casefold() for word in text.split(",")} <= known | {""}:
            raise InvalidArgument(f"{name} can only be {' or '.join(words)} here.", member=name)


class _Reader:
    """Reads one input from the texts given for it."""

    def __init__(self, item: Input) -> None:
        self.name = item.name
        self.wire = item.wire
        self._type = item.type
        kind = plain(inspect.type_info(item.type))
        self._list = isinstance(kind, inspect.ListType)
        element = plain(kind.item_type) if isinstance(kind, inspect.ListType) else kind
        self._split = self._list and not isinstance(element, inspect.StrType)
        self._one = _reader_of(element)

    def read(self, texts: list[str]) -> Any:
        if self._split:
            texts = [part.strip() for text in texts for part in text.split(",") if part.strip()]
        elif not self._list and len(texts) > 1:
            raise InvalidArgument(f"{self.wire} is given {len(texts)} times.", member=self.wire)
        try:
            value: Any = [self._one(text) for text in texts]
            return msgspec.convert(value if self._list else value[0], self._type)
        except (ValueError, msgspec.ValidationError) as error:
            raise InvalidArgument(f"{self.wire}: {plainly(str(error))}.", member=self.wire) from None


def plain(kind: inspect.Type) -> inspect.Type:
    """The type without its annotation and without null."""
    while True:
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        elif isinstance(kind, inspect.UnionType) and len(kind.types) == 2:
            kind = next(t for t in kind.types if not isinstance(t, inspect.NoneType))
        else:
            return kind


def _reader_of(kind: inspect.Type) -> Read:
    match kind:
        case inspect.EnumType():
            return _enum_reader(kind.cls)
        case inspect.BoolType():
            return _read_boolean
        case inspect.IntType():
            return _read_integer
        case inspect.FloatType():
            return _read_number
        case inspect.DateTimeType():
            return _read_time
        case inspect.DateType():
            return day_of
    return str


def _enum_reader(cls: type[enum.Enum]) -> Read:
    members = {str(member.value).casefold(): member.value for member in cls}
    members |= {str(number): member.value for member, number in numbers_of(cls).items()}

    def read(text: str) -> Any:
        try:
            return members[text.strip().casefold()]
        except KeyError:
            raise ValueError(f"{text[:100]!r} is none of {', '.join(members_of(cls))}") from None

    return read


def members_of(cls: type[enum.Enum]) -> list[str]:
    """The wire names of an enumeration, in order."""
    return [str(member.value) for member in cls]


def _read_boolean(text: str) -> bool:
    try:
        return _BOOLEANS[text.strip().lower()]
    except KeyError:
        raise ValueError(f"{text[:100]!r} is neither true nor false") from None


def _read_integer(text: str) -> int:
    found = _INTEGER.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text[:100]!r} is not a whole number")
    return int(found[1])


def _read_number(text: str) -> float:
    if not _NUMBER.fullmatch(text.strip()) or not math.isfinite(float(text)):
        raise ValueError(f"{text[:100]!r} is not a number")
    return float(text)


def day_of(text: str) -> str:
    """A day without its midnight: programs of the product write days as times."""
    return text[:10] if text[10:].startswith("T00:00:00") else text


def _read_time(text: str) -> str:
    # A "+" that was not written as %2B has become a space on its way.
    text = _LOST_PLUS.sub("+", text.strip())
    if not _TIME.match(text):
        raise ValueError(f"{text[:100]!r} is not an ISO 8601 time such as 2026-01-31T08:00:00Z")
    return text
