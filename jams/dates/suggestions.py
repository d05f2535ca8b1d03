"""For a text that cannot be read: what was expected, and the nearest text that would have been right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from itertools import islice

from .builder import MONTHS, ORDINAL_WORDS
from .tree import Weekday

WEEKDAYS = tuple(day.name for day in Weekday)

_WORDS: dict[str, tuple[str, ...]] = {
    "WEEKDAY_NAME": WEEKDAYS,
    "WEEKDAY_PLURAL": tuple(f"{day}S" for day in WEEKDAYS),
    "MONTH_NAME": MONTHS,
    "ORDINAL_WORD": ORDINAL_WORDS,
    "NON_WORKDAY": ("NON-WORKDAY",),
    "_EVERY": ("EVERY", "EACH"),
}
"""What a terminal of many words may be written as; any other keyword is its own terminal."""

_DESCRIPTIONS = {
    "WEEKDAY_NAME": "a weekday",
    "WEEKDAY_PLURAL": "a weekday",
    "MONTH_NAME": "a month",
    "ORDINAL_WORD": "an ordinal such as 1ST",
    "ORDINAL": "an ordinal such as 1ST",
    "NON_WORKDAY": "NON-WORKDAY",
    "_EVERY": "EVERY",
    "NAME": "the name of a date type",
    "QUOTED": "the name of a date type",
    "NUMBER": "a number",
    "YEAR_NUMBER": "a year of four digits",
    "ISO_DATE": "a date such as 2017-04-15",
    "SLASH_DATE": "a date such as 2017-04-15",
    "DOTTED_DATE": "a date such as 2017-04-15",
    "NAMED_DATE": "a date such as 2017-04-15",
    "COMMA": '","',
    "PLUS": '"+"',
    "MINUS": '"-"',
    "$END": "the end of the text",
}
_PLURALS = {"DAYS", "WORKDAYS", "WEEKDAYS", "WEEKENDS", "WEEKS", "MONTHS"}

KEYWORDS = (
    *("DAILY", "TODAY", "YESTERDAY", "TOMORROW", "LAST", "THIS", "NEXT", "EVERY", "OTHER", "OF"),
    *("AND", "OR", "EXCEPT", "DAY", "WORKDAY", "WEEKDAY", "WEEKEND", "WEEK", "MONTH", "QUARTER", "YEAR"),
    *("DAYS", "WORKDAYS", "WEEKDAYS", "WEEKENDS", "NON-WORKDAY", *WEEKDAYS, *MONTHS, *ORDINAL_WORDS),
)
"""Words that a person may have meant; what a misspelt one is compared with."""

WORD = re.compile(r"\d+[-/.]\w+[-/.]\d+|\w+|[^\w\s]")
"""An exact date, a word or a mark: the unit in which the length of a text is limited."""

_WORD = re.compile(r"[\w-]+")
_MAX_ATTEMPTS = 10
_MOST_NAMES = 1000
_MAX_WORDS = 80
"""The whole work spent on one suggestion, in words read again: it bounds the time of a refusal."""


def expected_words(terminals: Iterable[str]) -> tuple[str, ...]:
    """The parser's acceptable ``terminals`` in the words of the language, without repetition."""
    wanted = set(terminals)
    words = {
        _DESCRIPTIONS.get(name, name) for name in wanted if not (name in _PLURALS and name[:-1] in wanted)
    }
    return tuple(sorted(words, key=lambda word: (word == "the end of the text", word.lower(), word)))


def suggest(
    text: str, position: int, terminals: Iterable[str], readable: Callable[[str], bool]
) -> str | None:
    """The first small change of ``text`` that ``readable`` accepts, or None.

    Tried are, in this order: another word for the one at ``position``, for the words before it, one word
    more, one word less. The number of tries falls with the length of the text.
    """
    attempts = min(_MAX_ATTEMPTS, _MAX_WORDS // (len(WORD.findall(text)) + 1))
    if not attempts:
        return None
    tried: set[str] = {text}
    for candidate in _candidates(text, position, tuple(terminals)):
        if attempts <= 0:
            return None
        if candidate not in tried:
            attempts -= 1
            tried.add(candidate)
            if readable(candidate):
                return candidate
    return None


def _candidates(text: str, position: int, terminals: tuple[str, ...]) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    here = next((word for word in words if word.start() <= position < word.end()), None)
    before = [word for word in words if word.end() <= position][-3:]
    allowed = [word for name in terminals for word in _WORDS.get(name, (name,) if name.isalpha() else ())]
    if here is not None:
        yield from _replaced(text, here, allowed)
        if here.group().isdigit():
            yield _cut(text, here, f"{here.group()}TH")
    for word in reversed(before):
        yield from _replaced(text, word, KEYWORDS)
    for insertion in ("OF", "DAY", "OF MONTH", "DAY OF"):
        if insertion.split()[0] in terminals:
            yield f"{text[:position].rstrip()} {insertion} {text[position:].lstrip()}".rstrip()
    if here is not None:
        yield from _replaced(text, here, KEYWORDS)
        yield f"{text[: here.start()].rstrip()} {text[here.end() :].lstrip()}".strip()
    else:
        yield f"{text[:position].rstrip()} {text[position + 1 :].lstrip()}".strip()
    yield text[:position].rstrip(" ,+-")


def _replaced(text: str, word: re.Match[str], choices: Iterable[str]) -> Iterator[str]:
    for choice in get_close_matches(word.group().upper(), choices, n=2, cutoff=0.7):
        yield _cut(text, word, choice)


def _cut(text: str, word: re.Match[str], replacement: str) -> str:
    return text[: word.start()] + replacement + text[word.end() :]


def nearest_name(name: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``name`` among the first thousand, or None when none is like it."""
    folded = {choice.casefold(): choice for choice in islice(choices, _MOST_NAMES)}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
