"""Makes paths independent of letter case: the words of a route, but not the names between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class _Node:
    words: dict[str, tuple[str, _Node]] = field(default_factory=dict)
    any: _Node | None = None


class CanonicalPaths:
    """Knows how every path is written in its route."""

    def __init__(self, templates: Iterable[str]) -> None:
        """``templates`` are paths such as ``/entry/{id}/log``."""
        self._root = _Node()
        for template in templates:
            node = self._root
            for segment in template.strip("/").split("/"):
                if segment.startswith("{"):
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.words.setdefault(segment.casefold(), (segment, _Node()))[1]

    def canonical(self, path: str) -> str:
        """The path with its words as the routes write them and without a slash at its end.

        A word of a route goes before a name in the same position. What fits no route is returned as it is.
        """
        node: _Node | None = self._root
        written: list[str] = []
        for segment in path.strip("/").split("/"):
            word = node.words.get(segment.casefold()) if node else None
            if word is not None:
                written.append(word[0])
                node = word[1]
            else:
                written.append(segment)
                node = node.any if node else None
        return "/" + "/".join(written)
