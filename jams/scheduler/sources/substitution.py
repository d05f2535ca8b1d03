"""Putting values in the place of references: a pure function of a text and of what names mean.

A reference stands on one line: ``<<Name>>`` or ``<<Name("format")>>``. What it means is either *text of an
author*, a macro, in which references are replaced in turn; or a *value*, which is data: it goes in as it is,
and what looks like a reference in it stays as it is. So nobody who may give a value can have anything looked
up.

What names nothing, and what has no value, stays in the text as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from jams.objects.errors import InvalidArgument

REFERENCE = re.compile(
    r'<<[ \t]*(?P<name>[^<>()"\r\n]*[^<>()"\s])[ \t]*(?:\([ \t]*"(?P<form>[^"\r\n]*)"[ \t]*\)[ \t]*)?>>'
)

MOST_MACROS = 32
"""How deep macros may stand in each other."""

MOST_CHARACTERS = 8 << 20
"""How long a source may become."""

MOST_REFERENCES = 100_000
"""How many references are replaced; each is looked up once."""


SOURCE = "JAMS.Source"
"""What stands in the template of a method for the source of a job."""


def wraps(template: str) -> bool:
    """Whether a template has the source of a job put into it."""
    return any(found["name"].casefold() == SOURCE.casefold() for found in REFERENCE.finditer(template))


class Value(NamedTuple):
    """What a name stands for: data. ``hidden`` is the secret for which the text stands, if it does so."""

    text: str
    hidden: str | None = None


class Macro(NamedTuple):
    """What a name stands for: a text of an author, in which references are replaced in turn."""

    name: str
    text: str


Meaning = Callable[[str, str | None], Value | Macro | None]
"""What a name stands for, in the format that is given beside it; None for what names nothing or is not set.

Raises InvalidArgument when the value cannot be written in that format.
"""


def on_one_line(meaning: Meaning) -> Meaning:
    """The meanings where a value must not break a line; who gives one that would keeps it from running."""

    def checked(name: str, form: str | None) -> Value | Macro | None:
        found = meaning(name, form)
        if isinstance(found, Value) and not (found.hidden or found.text).isprintable():
            raise InvalidArgument(f"The value of {name} has more than one line.", member="source")
        return found

    return checked


class Parsed(NamedTuple):
    """A source with its references replaced, and those that were left as they are, each once."""

    text: str
    left: tuple[str, ...]


def substitute(source: str, meaning: Meaning) -> Parsed:
    """Replace the references of a source.

    Raises:
        InvalidArgument: a macro calls itself, macros stand too deep in each other, the source becomes too
            long, or a
            value cannot be written in the format that is asked for.
    """
    work = _Substitution(meaning)
    work.take(source, ())
    return Parsed("".join(work.pieces), tuple(work.left))


class _Substitution:
    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._known: dict[tuple[str, str | None], Value | Macro | None] = {}
        self._length = 0
        self._references = 0
        self.pieces: list[str] = []
        self.left: dict[str, None] = {}

    def take(self, text: str, within: tuple[str, ...]) -> None:
        position = 0
        for found in REFERENCE.finditer(text):
            self._put(text[position : found.start()])
            position = found.end()
            self._references += 1
            if self._references > MOST_REFERENCES:
                raise InvalidArgument(
                    f"The source has more than {MOST_REFERENCES} references when its macros are put in.",
                    member="source",
                )
            name, form = found["name"], found["form"]
            meant = self._look_up(name, form)
            if meant is None:
                self.left[found.group()] = None
                self._put(found.group())
            elif isinstance(meant, Value):
                self._put(meant.text)
            else:
                self._enter(meant, within)
        self._put(text[position:])

    def _look_up(self, name: str, form: str | None) -> Value | Macro | None:
        key = (name, form)
        if key not in self._known:
            self._known[key] = self._meaning(name, form)
        return self._known[key]

    def _enter(self, macro: Macro, within: tuple[str, ...]) -> None:
        key = macro.name.casefold()
        chain = (*within, macro.name)
        if key in (name.casefold() for name in within):
            raise InvalidArgument(
                f"The macro {macro.name} calls itself: {' → '.join(chain)}.", member="source"
            )
        if len(chain) > MOST_MACROS:
            raise InvalidArgument(
                f"More than {MOST_MACROS} macros stand in each other: {' → '.join(chain[:4])} → …",
                member="source",
            )
        self.take(macro.text, chain)

    def _put(self, text: str) -> None:
        if not text:
            return
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise InvalidArgument(
                f"The source becomes longer than {MOST_CHARACTERS >> 20} MiB with what it refers to.",
                member="source",
            )
        self.pieces.append(text)
