"""What a caller wants of an answer: some members, an order, a page, how many there are.

========== ===========================================================================================
``fields`` members that are shown, with commas between them; all others are left out
``sort``   members by which a list is ordered, the first one counts most; ``-`` before one: descending
``limit``  how many of a list are given at most; where more follow, ``Link`` has the address (RFC 8288)
``after``  the list is continued behind the one of this name or number; ``Link`` knows it
``total``  ``X-Total-Count`` says how long the list is, of which a page is given
``light``  definitions are listed without the properties that say nothing; sent back they mean the same
========== ===========================================================================================

A list that its operation bounds by itself has a limit of its own; there ``Link`` tells that it is full, the
operation counts what there is in all, and ``sort`` orders what is given.
"""

from __future__ import annotations

import enum
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from flask import Response
from msgspec import Struct

from jams.objects.base import did_you_mean
from jams.objects.enums import InheritedFromType
from jams.objects.errors import InvalidArgument, UnknownArgument
from jams.objects.listing import Listing
from jams.objects.parts import PropertyValue
from jams.operations.catalogue import Operation
from webservices.slices import AFTER, LIMIT, MOST, Slices, item_of

FIELDS, SORT, TOTAL, LIGHT = "fields", "sort", "total", "light"

DESCRIBED: dict[str, tuple[str, dict[str, Any]]] = {
    FIELDS: ("Members that are shown, with commas between them; all, if not given.", {"type": "string"}),
    SORT: ("Members by which the list is ordered; `-` before one: descending.", {"type": "string"}),
    LIMIT: (
        "How many are given at most; where more follow, `Link` has the address.",
        {"type": "integer", "minimum": 1, "maximum": MOST},
    ),
    AFTER: ("Continue behind the one of this name or number.", {"type": "string"}),
    TOTAL: ("Say in `X-Total-Count` how many there are.", {"type": "boolean", "default": False}),
    LIGHT: (
        "Leave out properties that say nothing; sent back, the document means the same.",
        {"type": "boolean", "default": False},
    ),
}


@dataclass(frozen=True)
class Wish:
    """What one request wants of its answer."""

    fields: tuple[str, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None
    after: str | None = None
    total: bool = False
    light: bool = False


@dataclass(frozen=True)
class Shaped:
    """What is given; ``next`` stands where more of a list follows, ``total`` where it is wanted."""

    result: Any
    next: str | None = None
    total: int | None = None


@cache
def _members(struct: type[Struct]) -> Mapping[str, tuple[str, str]]:
    """The wire name and the attribute of each member, by the wire name in lower case."""
    return {
        field.encode_name.casefold(): (field.encode_name, field.name)
        for field in msgspec.structs.fields(struct)
    }


class Shape:
    """What may be wanted of the answers of one operation.

    Attributes:
        names: the query parameters for it.
    """

    def __init__(self, operation: Operation) -> None:
        lists, item = operation.lists, self.item(operation)
        self._members: Mapping[str, tuple[str, str]] = {}
        names: list[str] = []
        if isinstance(item, type) and issubclass(item, Struct) and not operation.changes:
            self._members = _members(item)
            names = [FIELDS, *([SORT] if lists else [])]
            if item_of(operation) is not None:
                names += [LIMIT, AFTER, TOTAL]
            elif operation.bound is not None:
                names.append(TOTAL)
            if lists and "properties" in item.__struct_fields__ and not item.__struct_config__.frozen:
                names.append(LIGHT)
        taken = {each.wire.casefold() for each in operation.inputs}
        self.names = tuple(name for name in names if name not in taken)
        self._slices = Slices(item) if names else None

    @staticmethod
    def item(operation: Operation) -> Any:
        """What an operation shows, or lists."""
        return typing.get_args(operation.result)[0] if operation.lists else operation.result

    def wish(self, query: Mapping[str, list[str]]) -> Wish | None:
        """What a query wants; None if all is to be as it comes. Raises InvalidArgument and its kinds."""
        asked: dict[str, str] = {}
        for name, texts in query.items():
            if (folded := name.casefold()) in self.names:
                texts = [asked[folded], *texts] if folded in asked else texts
                if len(texts) > 1 and folded not in (FIELDS, SORT):
                    raise InvalidArgument(f"{folded} is given {len(texts)} times.", member=folded)
                asked[folded] = ",".join(texts)
        if not asked:
            return None
        return Wish(
            fields=tuple(self._member(name, FIELDS)[0] for name in _words(asked.get(FIELDS, ""))),
            sort=tuple(self._order(word) for word in _words(asked.get(SORT, ""))),
            limit=_limit(asked[LIMIT]) if LIMIT in asked else None,
            after=asked.get(AFTER),
            total=_truth(TOTAL, asked),
            light=_truth(LIGHT, asked),
        )

    def shaped(self, wish: Wish, result: Any) -> Shaped:
        """The result as it is wanted. Raises InvalidArgument where it cannot be ordered so."""
        if not isinstance(result, list):
            return Shaped(self._some(result, wish.fields))
        if isinstance(result, Listing) and wish == Wish(fields=wish.fields):
            return Shaped(msgspec.Raw(result.json_of(wish.fields, lambda: self._members_of(result, wish))))
        items: list[Any] = list(result)
        for member, descending in reversed(wish.sort):
            items.sort(key=lambda item: _rank(getattr(item, member), member), reverse=descending)
        total = None
        if wish.total:
            total = result.total if isinstance(result, Listing) and result.total is not None else len(items)
        following = None
        if self._slices is not None:
            piece, following = self._slices.cut(items, wish.limit, wish.after)
            items = list(piece)
        if wish.light:
            items = [_light(item) for item in items]
        if wish.fields:
            items = self._members_of(items, wish)
        return Shaped(items, following, total)

    def _members_of(self, items: Iterable[Any], wish: Wish) -> list[Any]:
        return [self._some(item, wish.fields) for item in items]

    def _member(self, name: str, where: str) -> tuple[str, str]:
        found = self._members.get(name.casefold())
        if found is None:
            near = did_you_mean(name, [wire for wire, _ in self._members.values()])
            called = name[:100] or "without a name"
            raise UnknownArgument(f"There is no member {called} for {where}.{near}", member=where)
        return found

    def _order(self, word: str) -> tuple[str, bool]:
        return self._member(word.removeprefix("-"), SORT)[1], word.startswith("-")

    def _some(self, item: Any, fields: Iterable[str]) -> Any:
        if not fields:
            return item
        return {wire: getattr(item, self._members[wire.casefold()][1]) for wire in fields}


def linked(response: Response, shaped: Shaped, address: str, query: Mapping[str, list[str]]) -> Response:
    """The answer with the address of the next page, and how many there are."""
    if shaped.total is not None:
        response.headers["X-Total-Count"] = str(shaped.total)
    if shaped.next is not None:
        response.headers["Link"] = f'<{with_query(address, query, AFTER, shaped.next)}>; rel="next"'
    return response


def with_query(address: str, query: Mapping[str, list[str]], name: str, value: object) -> str:
    """The address with a query in which one parameter is another."""
    kept = {each: texts for each, texts in query.items() if each.casefold() != name.casefold()}
    return f"{address}?{urlencode({**kept, name: value}, doseq=True, safe='$', quote_via=quote)}"


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _limit(text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit() or not 1 <= int(text[:9]) <= MOST:
        raise InvalidArgument(f"limit is a number from 1 to {MOST}.", member=LIMIT)
    return int(text)


def _truth(name: str, asked: Mapping[str, str]) -> bool:
    text = asked.get(name, "false").strip().casefold()
    if text not in ("true", "false", "1", "0", ""):
        raise InvalidArgument(f"{name} is true or false.", member=name)
    return text in ("true", "1", "")


def _rank(value: Any, member: str) -> tuple[int, Any]:
    """What a value is ordered by; what there is none of comes first."""
    if isinstance(value, enum.Enum):
        value = value.value
    if value is None:
        return 0, 0
    if isinstance(value, str):
        return 1, value.casefold()
    if isinstance(value, Struct | list | tuple | dict):
        raise InvalidArgument(f"A list cannot be ordered by {member}.", member=SORT)
    return 1, value


def _light(item: Any) -> Any:
    """A definition without the properties that say nothing: no value of its own, none from above."""
    kept = [each for each in item.properties if _says(each)]
    return item if len(kept) == len(item.properties) else msgspec.structs.replace(item, properties=kept)


def _says(value: PropertyValue) -> bool:
    inherited = value.inherited_from_type is not InheritedFromType.NOT_INHERITED
    return value.current_value is not None or inherited
