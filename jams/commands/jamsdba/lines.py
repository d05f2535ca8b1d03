"""A line of JAMSDBA: a verb, what stands behind it, and qualifiers, abbreviated as far as they stay clear.

A slash begins a qualifier, and stands in paths as well. What it is, the verb decides: ``f/LOG`` of UPDATE is
a word and a qualifier, and ``safe/jams.key`` of EXPORT KEY is a file, since not all that follows its slashes
are qualifiers of that. Quotes make a text of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jams.objects.base import did_you_mean
from jams.objects.errors import InvalidArgument

from .table import MODULES, load
from .verb import Qualifier, Verb

HOME = Qualifier("HOME", "the home directory of the server", "directory")
OWN = {"HELP": "tell what there is, or of a verb", "EXIT": "leave"}

_WORD = re.compile(r'(?:[^\s"]|"(?:""|[^"])*")+')


class Said(NamedTuple):
    """A line that was understood; ``phrase`` is the verb in full, or a word of the prompt itself."""

    phrase: str
    verb: Verb | None
    words: tuple[str, ...]
    given: dict[str, str | None]


def split(text: str) -> list[str]:
    """The words of a line as it is typed; quotes stay. Raises InvalidArgument when one is not closed."""
    text = text.split("!")[0] if '"' not in text else text
    if text.count('"') % 2:
        raise InvalidArgument("A quote is not closed.")
    return _WORD.findall(text)


def quoted(words: Sequence[str]) -> list[str]:
    """The words that a shell has taken apart, as they would be typed: it has eaten their quotes."""
    if not words:
        return []
    if len(words) == 1:
        return split(words[0])
    # A verb is no text, however the shell was told of it.
    first = split(words[0]) if " " in words[0] and "=" not in words[0] else [_quoted(words[0])]
    return [*first, *(_quoted(word) for word in words[1:])]


def _quoted(word: str) -> str:
    if '"' in word or not re.search(r"\s", word):
        return word
    head, mark, value = word.partition("=")
    return f'{head}{mark}"{value}"' if mark and "/" in head and " " not in head else f'"{word}"'


def understood(words: Sequence[str]) -> Said | None:
    """What a line says; None for an empty one.

    Raises:
        InvalidArgument: it says nothing that there is; the message says what it may have meant.
    """
    if not words:
        return None
    phrase, rest = _verb_of(list(words))
    if phrase in OWN:
        return Said(phrase, None, tuple(_plain(word) for word in rest), {})
    verb = load(phrase)
    known = (*verb.qualifiers, HOME)
    found: list[str] = []
    given: dict[str, str | None] = {}
    for word in rest:
        text, qualifiers = _taken_apart(word, known)
        if text is not None:
            found.append(text)
        for name, value in qualifiers:
            qualifier = _qualifier(phrase, name, known)
            given[qualifier.name] = _checked(qualifier, value)
    verb.check(tuple(found))
    return Said(phrase, verb, tuple(found), given)


def beginning(words: Sequence[str]) -> list[str]:
    """The phrases that may be meant by the words so far."""
    given = [word.upper() for word in words]
    return [
        phrase
        for phrase in (*MODULES, *OWN)
        if len(parts := phrase.split()) >= len(given)
        and all(part.startswith(word) for part, word in zip(parts, given, strict=False))
    ]


def _verb_of(words: list[str]) -> tuple[str, list[str]]:
    """The verb with which the words begin, and what remains; ``UPDATE/LOG`` is a verb and a qualifier."""
    first: list[str] = []
    for number, word in enumerate(words):
        head, slash, tail = word.partition("/")
        if not head or '"' in head or not beginning([*first, head]):
            break
        first.append(head)
        if slash:
            return _one(first), [slash + tail, *words[number + 1 :]]
    if not first:
        told = words[0].partition("/")[0] or words[0]
        raise InvalidArgument(
            f"There is no verb {told.upper()}.{did_you_mean(told.upper(), _firsts())} HELP tells all."
        )
    # The longest phrase that is one: PROTECT file has no second word that begins a phrase.
    for length in range(len(first), 0, -1):
        if any(len(phrase.split()) <= length for phrase in beginning(first[:length])):
            return _one(first[:length]), words[length:]
    return _one(first), []


def _one(words: list[str]) -> str:
    found = [phrase for phrase in beginning(words) if len(phrase.split()) == len(words)]
    exact = [phrase for phrase in found if phrase.split() == [word.upper() for word in words]]
    if len(exact or found) == 1:
        return (exact or found)[0]
    said = " ".join(words).upper()
    following = beginning(words)
    if len(following) == 1:
        raise InvalidArgument(f"{said} is the beginning of {following[0]}; say all of it.")
    raise InvalidArgument(f"{said} can be {', '.join(following)}; say more of it.")


def _firsts() -> Iterable[str]:
    return dict.fromkeys(phrase.split()[0] for phrase in (*MODULES, *OWN))


def _taken_apart(word: str, known: Sequence[Qualifier]) -> tuple[str | None, list[tuple[str, str | None]]]:
    """The text of a word, and the qualifiers that hang on it."""
    text, *pieces = _pieces(word)
    if not pieces:
        return _plain(text), []
    for number, piece in enumerate(pieces):
        name, mark, value = piece.partition("=")
        if not _may_be(name, known):
            if text or len(pieces) > 1:
                return _plain(word), []  # a path
            return None, [(name, _plain(value) if mark else None)]  # no qualifier that is known: to be told
        rest = pieces[number + 1 :]
        if mark and not (value and all(_may_be(each, known) for each in rest)):
            # A path as value takes what follows of the word.
            pieces[number:] = ["/".join(pieces[number:])]
            break
    return (_plain(text) if text else None), [_named(piece) for piece in pieces]


def _named(piece: str) -> tuple[str, str | None]:
    name, mark, value = piece.partition("=")
    return name, _plain(value) if mark else None


def _pieces(word: str) -> Iterator[str]:
    """The word, apart at slashes that stand in no quotes."""
    piece, inside = "", False
    for letter in word:
        if letter == "/" and not inside:
            yield piece
            piece = ""
            continue
        inside ^= letter == '"'
        piece += letter
    yield piece


def _may_be(piece: str, known: Sequence[Qualifier]) -> bool:
    name = piece.partition("=")[0].upper()
    return bool(name) and any(qualifier.name.startswith(name) for qualifier in known)


def _qualifier(phrase: str, name: str, known: Sequence[Qualifier]) -> Qualifier:
    typed = name.upper()
    found = [each for each in known if each.name.startswith(typed)]
    exact = [each for each in found if each.name == typed]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise InvalidArgument(f"/{typed} can be {', '.join('/' + each.name for each in found)}; say more.")
    near = did_you_mean(typed, [each.name for each in known])
    raise InvalidArgument(f"{phrase} has no qualifier /{typed}.{near}")


def _checked(qualifier: Qualifier, value: str | None) -> str | None:
    if qualifier.value is None and value is not None:
        raise InvalidArgument(f"/{qualifier.name} takes no value.")
    if qualifier.value is not None and not value and not qualifier.optional:
        raise InvalidArgument(f"/{qualifier.name} needs a value: /{qualifier.name}={qualifier.value}.")
    return value


def _plain(word: str) -> str:
    """A word without its quotes."""
    return re.sub(r'"((?:""|[^"])*)"', lambda match: match[1].replace('""', '"'), word)
