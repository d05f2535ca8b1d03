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
    ends: bool = False


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
            node.ends = True

    def canonical(self, path: str) -> str:
        """The path with its words in small letters, its names marked, and no slash at its end.

        A word of a route goes before a name in the same position, unless nothing but the name leads on. What
        fits no route comes out as something that fits no rule.
        """
        segments = [segment for segment in path.split("/") if segment]
        written = _fitting(self._root, segments, 0)
        return "/" + "/".join(_first(self._root, segments) if written is None else written[::-1])


def _fitting(node: _Node, segments: list[str], at: int) -> list[str] | None:
    """The segments from a place on as a route has them, the last one first; None if none has them."""
    if at == len(segments):
        return [] if node.ends else None
    word = segments[at].casefold()
    for following, written in ((node.words.get(word), word), (node.any, MARK + segments[at])):
        rest = None if following is None else _fitting(following, segments, at + 1)
        if rest is not None:
            rest.append(written)
            return rest
    return None


def _first(node: _Node | None, segments: list[str]) -> list[str]:
    """The segments of what fits no route."""
    written = []
    for segment in segments:
        word = segment.casefold()
        known = node is not None and word in node.words
        written.append(word if known else MARK + segment)
        node = None if node is None else node.words[word] if known else node.any
    return written
