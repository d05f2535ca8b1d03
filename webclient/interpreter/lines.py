"""A line of the interpreter, taken apart: its words, lists and qualifiers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from ..client_errors import UsageError
from ..places import packaged


@dataclass(frozen=True)
class Item:
    """A text, or ``name=value``. A word is not quoted, so it may be abbreviated where it is a verb."""

    text: str
    value: str | None = None
    word: bool = False

    @property
    def whole(self) -> str:
        """The item as one text."""
        return self.text if self.value is None else f"{self.text}={self.value}"


@dataclass(frozen=True)
class Qualifier:
    """``/NAME``, ``/NAME=value`` or ``/NAME=(value,value)``."""

    name: str
    values: tuple[Item, ...]


@dataclass(frozen=True)
class Line:
    """What was typed: places, each a list of items, and qualifiers wherever they stood."""

    places: tuple[tuple[Item, ...], ...]
    qualifiers: tuple[Qualifier, ...]


def read_line(text: str) -> Line:
    """Take a line apart.

    Raises:
        UsageError: it cannot be read; the message shows where.
    """
    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        at: int | None = error.pos_in_stream
        rest = text[at:].strip() if at is not None and at >= 0 else ""
        where = f"at {rest[:30]!r}" if rest else "at its end"
        raise UsageError(
            f'the line cannot be read {where}; put what holds spaces or / , ( ) = into "double quotes"'
        ) from None
    line: Line = _Builder().transform(tree)
    return line


@cache
def _grammar() -> Lark:
    return Lark(packaged("interpreter/line.lark").decode("utf-8"), parser="lalr", maybe_placeholders=True)


class _Builder(Transformer[Token, Line]):
    """Makes a line of its tree."""

    def start(self, parts: list[object]) -> Line:
        return Line(
            tuple(part for part in parts if isinstance(part, tuple)),
            tuple(part for part in parts if isinstance(part, Qualifier)),
        )

    def place(self, items: list[Item]) -> tuple[Item, ...]:
        return tuple(items)

    def qualifier(self, parts: list[object]) -> Qualifier:
        name, values = parts
        return Qualifier(str(name), values if isinstance(values, tuple) else ())

    def value(self, items: list[Item]) -> tuple[Item, ...]:
        return tuple(items)

    def item(self, texts: list[tuple[str, bool] | None]) -> Item:
        first, second = texts
        assert first is not None
        return Item(first[0], None if second is None else second[0], word=first[1] and second is None)

    def word(self, tokens: list[Token]) -> tuple[str, bool]:
        return str(tokens[0]), True

    def quoted(self, tokens: list[Token]) -> tuple[str, bool]:
        return str(tokens[0])[1:-1].replace('""', '"'), False

    def single(self, tokens: list[Token]) -> tuple[str, bool]:
        return str(tokens[0])[1:-1], False


def line_of(words: list[str]) -> str:
    """The line that a shell has taken apart: what holds spaces is put into quotes again."""
    if len(words) == 1 and not words[0].startswith("@"):
        return words[0]
    return " ".join(map(_quoted_again, words))


def _quoted_again(word: str) -> str:
    head, mark, value = ("", "", word)
    if word.startswith("/"):
        head, mark, value = word.partition("=")
    if value[:1] in ('"', "(", "'") or not any(letter in value for letter in " \t") or not value:
        return word
    escaped = value.replace('"', '""')
    return f'{head}{mark}"{escaped}"'
