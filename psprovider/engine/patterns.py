"""Wildcard patterns: ``*``, ``?``, ``[abc]``, ``[a-z]``, and a backtick before what stands for itself."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_PATTERN = 1024
_ESCAPED = re.compile(r"`(.)", re.S)
_SPECIAL = re.compile(r"[*?`\[\]]")


def has_wildcards(pattern: str) -> bool:
    """Whether a text is a pattern rather than a name."""
    bare = _ESCAPED.sub("", pattern)
    return any(letter in bare for letter in "*?[")


def matches(pattern: str, text: str) -> bool:
    """Whether a text matches a pattern as a whole, without regard to case."""
    return _compiled(pattern)(text)


def unescaped(pattern: str) -> str:
    """A pattern without wildcards as the text that it stands for."""
    return _ESCAPED.sub(r"\1", pattern)


def escaped(text: str) -> str:
    """The pattern that stands for a text and nothing else."""
    return _SPECIAL.sub(r"`\g<0>", text)


class _Pattern:
    """A pattern that is matched in time proportional to pattern times text, whatever it is.

    Python's own expressions can take for ever on ``*a*a*a*``; this goes through the parts between the
    asterisks and takes the first place for each, which is always enough.
    """

    def __init__(self, pattern: str) -> None:
        self._parts = [_items(part) for part in _split(pattern[:MAX_PATTERN].lower())]

    def __call__(self, text: str) -> bool:
        text = text.lower()
        first, *rest = self._parts
        if not _fits(first, text, 0):
            return False
        if not rest:
            return len(first) == len(text)
        at = len(first)
        for part in rest[:-1]:
            while at + len(part) <= len(text) and not _fits(part, text, at):
                at += 1
            if at + len(part) > len(text):
                return False
            at += len(part)
        last = rest[-1]
        return len(text) - len(last) >= at and _fits(last, text, len(text) - len(last))


_Item = str | tuple[str, bool]


def _fits(items: list[_Item | None], text: str, at: int) -> bool:
    if at + len(items) > len(text):
        return False
    return all(item is None or text[at + number] in item for number, item in enumerate(items))


def _split(pattern: str) -> list[str]:
    """The parts between asterisks that are not escaped or inside brackets."""
    parts = [""]
    at = 0
    while at < len(pattern):
        letter = pattern[at]
        if letter == "`" and at + 1 < len(pattern):
            parts[-1] += pattern[at : at + 2]
            at += 2
        elif letter == "[" and (end := pattern.find("]", at + 2)) > 0:
            parts[-1] += pattern[at : end + 1]
            at = end + 1
        elif letter == "*":
            parts.append("")
            at += 1
        else:
            parts[-1] += letter
            at += 1
    return parts


def _items(part: str) -> list[_Item | None]:
    """What each character must be: one of some letters, or anything (None)."""
    items: list[_Item | None] = []
    at = 0
    while at < len(part):
        letter = part[at]
        if letter == "`" and at + 1 < len(part):
            items.append(part[at + 1])
            at += 2
        elif letter == "[" and (end := part.find("]", at + 2)) > 0:
            items.append(_letters(part[at + 1 : end]))
            at = end + 1
        else:
            items.append(None if letter == "?" else letter)
            at += 1
    return items


def _letters(inside: str) -> str:
    found = ""
    at = 0
    while at < len(inside):
        if at + 2 < len(inside) and inside[at + 1] == "-":
            low, high = ord(inside[at]), ord(inside[at + 2])
            found += "".join(map(chr, range(low, min(high, low + 512) + 1)))
            at += 3
        else:
            found += inside[at]
            at += 1
    return found


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> _Pattern:
    return _Pattern(pattern)
