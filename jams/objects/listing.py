"""A list of facts that is asked for again and again, and remembers what it looks like as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Listing(list[T]):
    """A list whose JSON is made once for all its copies, so its items must not change."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        super().__init__(items)
        self._text: list[bytes] = []

    def again(self) -> Listing[T]:
        """The same list for another caller, who may do with it as he likes but for its JSON."""
        other = Listing(self)
        other._text = self._text
        return other

    def json(self) -> bytes:
        """The list as a JSON array."""
        if not self._text:
            self._text.append(msgspec.json.encode(self))
        return self._text[0]
