"""Pieces of a list that its operation gives whole: so many at most, behind the one of a name."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from jams.operations.catalogue import Operation

LIMIT, AFTER = "limit", "after"
MOST = 10_000
"""Items that a piece may be asked to have."""

TOLD = {
    LIMIT: "How many are given at most; where more follow, the answer says where to go on.",
    AFTER: "Go on behind the one that an answer named, or behind the one of this name or number.",
}


def item_of(operation: Operation) -> type[Struct] | None:
    """What a list shows that can be given in pieces; None for all else, and for what bounds itself."""
    if not operation.lists or operation.changes or {each.wire for each in operation.inputs} & {LIMIT, AFTER}:
        return None
    item = typing.get_args(operation.result)[0]
    return item if isinstance(item, type) and issubclass(item, Struct) else None


class Slices:
    """Cuts the lists of one kind of items.

    An item is known by its path, name or number. In a list where several bear the same, a cut behind one of
    them says which as well: ``Load#2`` is the second one called ``Load``.
    """

    def __init__(self, item: type[Struct]) -> None:
        names = item.__struct_fields__
        self._key = next(
            (name for name in ("qualified_name", "jams_entry") if name in names),
            next((name for name in names if name.endswith("_name") or name == "name"), names[0]),
        )

    def cut(
        self, items: Sequence[Any], limit: int | None, after: str | None
    ) -> tuple[Sequence[Any], str | None]:
        """The piece behind ``after``, and where the list goes on behind it; None where it has ended."""
        begin = 0 if after is None else self._behind(items, after)
        if limit is None or len(items) - begin <= limit:
            return (items if begin == 0 else items[begin:]), None
        end = begin + limit
        return items[begin:end], self._place(items, end - 1)

    def _text(self, item: Any) -> str:
        return str(getattr(item, self._key))

    def _place(self, items: Sequence[Any], at: int) -> str:
        keys = self._keys(items)
        if len(set(keys)) == len(keys):
            return keys[at]
        return f"{keys[at]}#{keys[: at + 1].count(keys[at])}"

    def _behind(self, items: Sequence[Any], name: str) -> int:
        """Where the list goes on behind the one of that name, which may be gone meanwhile."""
        keys = self._keys(items)
        text, number = _numbered(name)
        ways = [(name, 1), (text, number)]
        if len(set(keys)) < len(keys):
            ways.reverse()
        for key, which in ways:
            found = [at for at, each in enumerate(keys) if each == key]
            if found:
                return found[:which][-1] + 1
        folded = text.casefold()
        return next((at for at, key in enumerate(keys) if key.casefold() > folded), len(keys))

    def _keys(self, items: Sequence[Any]) -> list[str]:
        return [str(getattr(item, self._key)) for item in items]


def _numbered(name: str) -> tuple[str, int]:
    text, mark, number = name.rpartition("#")
    if mark and number.isascii() and number.isdigit():
        return text, max(1, int(number[:9]))
    return name, 1
