"""Completes a line: commands, parameters, values that are known or can be looked up, paths of the drive."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from jams.objects.base import snake_name
from jams.objects.errors import JAMSError
from jams.operations.catalogue import Offer, Operation
from psprovider.cmdlets.kinds import kind_of
from psprovider.cmdlets.model import Parameter
from psprovider.endpoint.clixml.types import OBJECT, PSList, PSObject
from psprovider.endpoint.records import generic

from .commands import CommandSpec
from .help import syntax, type_label
from .surroundings import Match, Session
from .values import text

MOST = 200
"""How many completions are given."""
_LONGEST_LINE = 16 * 1024
_SMA = "System.Management.Automation"
_COLLECTION = (generic("System.Collections.ObjectModel.Collection", f"{_SMA}.CompletionResult"), OBJECT)
_QUOTED = re.compile(r"[\s;|&(){}<>,'\"`$@#]")
_DASHES = "-\u2013\u2014\u2015"


@dataclass
class _Line:
    """The command that the cursor is in: its words, the one being typed, and where that begins."""

    words: list[str]
    word: str
    start: int


def complete(session: Session, line: str, cursor: int) -> PSObject:
    """The completions of a line at a place, as TabExpansion2 gives them."""
    cursor = max(0, min(cursor, len(line), _LONGEST_LINE))
    typed = _split(line[:cursor])
    found = list(islice(_matches(session, typed), MOST))
    return _answer(found, typed.start, cursor - typed.start)


def _answer(found: Iterable[Match], start: int, length: int) -> PSObject:
    results = [
        PSObject(
            (f"{_SMA}.CompletionResult", OBJECT),
            properties={
                "CompletionText": match.text,
                "ListItemText": match.item or match.text,
                "ResultType": match.kind,
                "ToolTip": match.tip or match.item or match.text,
            },
            to_string=f"{_SMA}.CompletionResult",
        )
        for match in found
        if match.text
    ]
    return PSObject(
        (f"{_SMA}.CommandCompletion", OBJECT),
        properties={
            "CurrentMatchIndex": -1,
            "ReplacementIndex": start,
            "ReplacementLength": length,
            "CompletionMatches": PSList(results, _COLLECTION),
        },
        to_string=f"{_SMA}.CommandCompletion",
    )


def _split(line: str) -> _Line:
    """The words of the last command of an unfinished line."""
    words: list[str] = []
    word, start, quote, inside = "", len(line), "", False
    for at, letter in enumerate(line):
        if quote:
            if letter == quote:
                quote = ""
            else:
                word += letter
        elif letter in "'\"":
            if not inside:
                start, inside = at, True
            quote = letter
        elif letter in ";|\n":
            words, word, inside = [], "", False
        elif letter.isspace():
            if inside:
                words.append(word)
            word, inside = "", False
        elif letter == ",":
            words.append(word + ",")
            word, inside = "", False
        else:
            if not inside:
                start, inside = at, True
            word += letter
    return _Line(words, word, start if inside else len(line))


def _matches(session: Session, line: _Line) -> Iterator[Match]:
    if not line.words:
        yield from _commands(session, line.word)
        return
    spec = session.registry.find(line.words[0])
    if spec is None:
        yield from session.complete_path(line.word)
        return
    if line.word[:1] and line.word[:1] in _DASHES:
        name, colon, value = line.word[1:].partition(":")
        if colon:
            parameter = _parameter(spec, name)
            if parameter is not None:
                prefix = line.word[: len(name) + 2]
                for match in _values(session, spec, parameter, value):
                    yield Match(prefix + match.text, match.kind, match.item, match.tip)
            return
        yield from _parameters(spec, name)
        return
    parameter = _meant(spec, line)
    if parameter is not None:
        yield from _values(session, spec, parameter, line.word)


def _commands(session: Session, word: str) -> Iterator[Match]:
    if "\\" in word or "/" in word or ":" in word:
        yield from session.complete_path(word)
        return
    wanted = word.lower()
    starts = [spec for spec in session.registry if _begins(spec.name.lower(), wanted)]
    for spec in sorted(starts, key=lambda spec: (not spec.module, spec.name.lower())):
        yield Match(spec.name, "Command", tip="\n" + "\n".join(syntax(spec, short=True)) + "\n")


def _begins(name: str, wanted: str) -> bool:
    pattern = wanted.rstrip("*")
    return name.startswith(pattern)


def _parameters(spec: CommandSpec, word: str) -> Iterator[Match]:
    wanted = word.lower()
    for parameter in (*spec.parameters, *spec.shared):
        if parameter.name.lower().startswith(wanted):
            tip = f"[{type_label(parameter.type_name, short=True)}] {parameter.name}"
            yield Match(f"-{parameter.name}", "ParameterName", parameter.name, tip)


def _parameter(spec: CommandSpec, name: str) -> Parameter | None:
    wanted = name.lower()
    found = spec.index.get(wanted)
    if found is not None:
        return found
    starts = [p for p in (*spec.parameters, *spec.shared) if p.name.lower().startswith(wanted)]
    return starts[0] if len(starts) == 1 else None


def _meant(spec: CommandSpec, line: _Line) -> Parameter | None:
    """The parameter whose value is being typed."""
    words = line.words[1:]
    back = len(words)
    while back and words[back - 1].endswith(","):
        back -= 1
    if back and words[back - 1][:1] in _DASHES:
        parameter = _parameter(spec, words[back - 1][1:].rstrip(":"))
        if parameter is not None and not parameter.switch:
            return parameter
    used: set[str] = set()
    position = 0
    skip = False
    for word in words[:back]:
        if word[:1] and word[:1] in _DASHES:
            parameter = _parameter(spec, word[1:].partition(":")[0])
            if parameter is not None:
                used.add(parameter.name)
                skip = not parameter.switch and ":" not in word
        elif skip:
            skip = False
        else:
            position += 1
    for name in sorted(spec.sets, key=lambda name: name != spec.default_set):
        free = [p for _, p in sorted(spec.positions[name].items()) if p.name not in used]
        if position < len(free):
            return free[position]
    return None


def _values(session: Session, spec: CommandSpec, parameter: Parameter, word: str) -> Iterator[Match]:
    wanted = word.lower()
    for value in (*parameter.values, *parameter.words):
        if value.lower().startswith(wanted):
            yield Match(value, "ParameterValue")
    for value in spec.extra.get("words", {}).get(parameter.name, ()):
        if value.lower().startswith(wanted):
            yield Match(value, "ParameterValue")
    if "path" in spec.extra and parameter.name in spec.extra["path"]:
        yield from session.complete_path(word, literal=not parameter.wildcards)
    if parameter.offer is not None:
        yield from _offered(session, parameter.offer, word)
    if parameter.switch or parameter.values or parameter.offer:
        return
    if spec.name == "Get-Help" and parameter.name == "Name":
        yield from _commands(session, word)


def _offered(session: Session, offer: Offer, word: str) -> Iterator[Match]:
    """Values from the server; nothing where the caller may not look."""
    try:
        values = list(_looked_up(session, offer, word))
    except JAMSError:
        return
    wanted = word.lower()
    for value in values:
        leaf = value.rpartition("\\")[2].lower()
        if value.lower().startswith(wanted) or ("\\" not in wanted and leaf.startswith(wanted)):
            yield Match(quoted(value), "ParameterValue", value)


def _looked_up(session: Session, offer: Offer, word: str) -> Iterator[str]:
    operation = session.catalogue[offer.operation]
    parent, slash, leaf = word.rpartition("\\")
    inputs: dict[str, object] = {}
    folder = offer.within or _folder_input(session, offer)
    if folder is not None and slash:
        inputs[folder] = parent or "\\"
    names = {item.name for item in operation.inputs}
    if _is_name(operation, offer) and operation.binding.pattern in names and (leaf if slash else word):
        inputs[str(operation.binding.pattern)] = f"{leaf if slash else word}*"
    if folder is not None and offer.within is None and slash:
        for name, other in operation.offers.items():
            if name == folder and other.operation != offer.operation:
                yield from _looked_up(session, other, word)
    member = snake_name(offer.member)
    if "limit" in names:
        inputs["limit"] = MOST
    for item in session.call(operation, inputs):
        yield text(getattr(item, member))


def _is_name(operation: Operation, offer: Offer) -> bool:
    """Whether what is offered is a name rather than a number."""
    struct = kind_of(operation.result).struct
    if struct is None:
        return False
    hints = typing.get_type_hints(struct, include_extras=True)
    return kind_of(hints[snake_name(offer.member)]).type_name == "System.String"


def _folder_input(session: Session, offer: Offer) -> str | None:
    operation = session.catalogue[offer.operation]
    return next((name for name, other in operation.offers.items() if other.within), None)


def quoted(value: str) -> str:
    """A value as it must be typed."""
    return "'" + value.replace("'", "''") + "'" if _QUOTED.search(value) else value
