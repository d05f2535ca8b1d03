"""A list of facts that is asked for again and again, and remembers what it looks like as JSON."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")

_MOST = 8
"""Ways of showing a list that are remembered."""


class Listing(list[T]):
    """A list whose JSON is made once for all its copies, so its items must not change.

    Attributes:
        total: how many there are in all, where the list is a part of them and somebody wants to know.
        most: how many it holds at most, where the server lets it hold fewer than were asked for.
    """

    def __init__(self, items: Iterable[T] = (), total: int | None = None, most: int | None = None) -> None:
        super().__init__(items)
        self.total = total
        self.most = most
        self._texts: dict[Hashable, bytes] = {}

    def again(self) -> Listing[T]:
        """The same list for another caller, who may do with it as he likes but for its JSON."""
        other = Listing(self)
        other._texts = self._texts
        return other

    def json(self) -> bytes:
        """The list as a JSON array."""
        return self.json_of((), lambda: self)

    def json_of(self, way: Hashable, shown: Callable[[], object]) -> bytes:
        """What is shown of the list in some way, as JSON; ``shown`` gives it when it is first wanted."""
        found = self._texts.get(way)
        if found is None:
            if len(self._texts) >= _MOST:
                self._texts.clear()
            found = self._texts[way] = msgspec.json.encode(shown())
        return found


def is_full(result: Sequence[object], asked: int | None) -> bool:
    """Whether a list is as long as it may be, so that more may follow; ``asked``: how many were asked for."""
    most = result.most if isinstance(result, Listing) and result.most is not None else asked
    return most is not None and len(result) >= most
