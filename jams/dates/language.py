"""Reading a date specification: text in, tree out, or the place where it stopped making sense."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from lark import Lark
from lark.exceptions import UnexpectedInput, UnexpectedToken, VisitError

from .builder import DateOrder, TreeBuilder
from .date_errors import DateError, UnreadableDate
from .suggestions import WORD, expected_words, suggest
from .tree import Specification

MAX_LENGTH = 500
MAX_WORDS = 100
"""Longer texts are refused unread, so that no text can cost much. Marks count as words."""

_LOWER_TO_UPPER = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}


def parse(text: str, order: DateOrder = DateOrder.MONTH_FIRST) -> Specification:
    """The tree of ``text``. Equal texts are read once; trees are immutable and shared.

    Raises:
        UnreadableDate: with position, what was expected there and the nearest right text.
        InvalidScheduleDate: a day that no calendar has, such as APRIL 31.
    """
    return _remembered(text, order)


def parse_afresh(text: str, order: DateOrder = DateOrder.MONTH_FIRST) -> Specification:
    """As :func:`parse`, without looking at what was read before."""
    _check_length(text)
    reader = _parser(order).parse_interactive(text.translate(_LOWER_TO_UPPER))
    try:
        reader.exhaust_lexer()
        tree: Specification = reader.feed_eof()  # type: ignore[no-untyped-call]
    except UnexpectedInput as error:
        accepted: set[str] = reader.accepts()  # type: ignore[no-untyped-call]
        raise _refusal(text, error, accepted, order) from None
    except VisitError as error:
        if isinstance(error.orig_exc, DateError):
            error.orig_exc.text = text
            raise error.orig_exc from None
        raise
    return tree


_remembered = lru_cache(maxsize=16384)(parse_afresh)


def _check_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        position, limit = MAX_LENGTH, f"{MAX_LENGTH} characters"
    elif len(text) > MAX_WORDS and len(words := list(WORD.finditer(text))) > MAX_WORDS:
        position, limit = words[MAX_WORDS].start(), f"{MAX_WORDS} words and marks"
    else:
        return
    raise UnreadableDate(
        f"A date specification has at most {limit}.",
        text=text,
        position=position,
        expected=("the end of the text",),
    )


@lru_cache(maxsize=4096)
def is_keyword(word: str) -> bool:
    """Whether ``word``, in upper case, is a word of the language and so cannot be a bare name."""
    return any(pattern.fullmatch(word) for pattern in _keyword_patterns())


@lru_cache(maxsize=1)
def _keyword_patterns() -> tuple[re.Pattern[str], ...]:
    terminals = _parser(DateOrder.MONTH_FIRST).terminals
    return tuple(re.compile(each.pattern.to_regexp()) for each in terminals if each.name != "NAME")


@lru_cache(maxsize=2)
def _parser(order: DateOrder) -> Lark:
    grammar = resources.files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=TreeBuilder(order))


def _refusal(text: str, error: UnexpectedInput, terminals: set[str], order: DateOrder) -> UnreadableDate:
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        position, found = len(text.rstrip()), "the end"
    elif isinstance(error, UnexpectedToken):
        position, found = int(error.token.start_pos or 0), repr(str(error.token))
    else:
        position, found = int(error.pos_in_stream or 0), repr(text[error.pos_in_stream or 0])
    expected = expected_words(terminals)

    def readable(candidate: str) -> bool:
        try:
            _parser(order).parse(candidate.translate(_LOWER_TO_UPPER))
        except (UnexpectedInput, VisitError):
            return False
        return True

    suggestion = suggest(text, position, terminals, readable)
    wanted = f"; expected {_listed(expected)}" if expected else ""
    hint = f". Did you mean {suggestion!r}?" if suggestion else "."
    return UnreadableDate(
        f"The date cannot be read: {found} at character {position + 1}{wanted}{hint}",
        text=text,
        position=position,
        expected=expected,
        suggestion=suggestion,
    )


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
