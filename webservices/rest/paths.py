"""Makes paths independent of letter case: the words of a route, but not the names between them.

Flask tries a name wherever a word would stand too (``/job/folder`` fits ``/job/{id}``) and would then tell
of verbs that the address does not have. So names are marked on their way to Flask, and the rules expect it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MARK = ":"
"""Stands before every name in a path that Flask sees."""


def rule_of(template: str) -> str:
    """The Flask rule of a route: ``/Job/{id}`` → ``/job/:<id>``."""
    segments = (MARK + f"<{s[1:-1]}>" if s.startswith("{") else s.casefold() for s in template.split("/"))
    return "/".join(segments)


@dataclass
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    any: _Node | None = None


class CanonicalPaths:
    """Tells the words of every path from its names."""

    def __init__(self, rules: Iterable[str]) -> None:
        """``rules`` are Flask's: ``/entry/:<id>/log``."""
        self._root = _Node()
        for rule in rules:
            node = self._root
            for segment in filter(None, rule.split("/")):
                if segment.startswith(MARK):
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.words.setdefault(segment, _Node())

    def canonical(self, path: str) -> str:
        """The path with its words in small letters, its names marked, and no slash at its end.

        A word of a route goes before a name in the same position. What fits no route comes out as something
        that fits no rule.
        """
        node: _Node | None = self._root
        written: list[str] = []
        for segment in filter(None, path.split("/")):
            word = segment.casefold()
            if node is not None and word in node.words:
                written.append(word)
                node = node.words[word]
            else:
                written.append(MARK + segment)
                node = node.any if node else None
        return "/" + "/".join(written)
