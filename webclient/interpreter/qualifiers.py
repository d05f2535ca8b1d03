"""Qualifiers of the interpreter as options of the command that they belong to."""

from __future__ import annotations

import argparse

from ..client_errors import UsageError, did_you_mean
from ..options import Parser
from .lines import Qualifier

HIDDEN = {"HELP", "EXAMPLE", "VERSION"}
"""Options that are no qualifiers: HELP is a verb."""


_WHOSE = frozenset({"USER-NAME"})
"""Names of somebody, and not of what the verb is about."""


def qualifiers_of(parser: Parser) -> dict[str, argparse.Action]:
    """What may stand behind a slash, and the option that it is."""
    found: dict[str, argparse.Action] = {}
    for action in parser.actions:
        for option in action.option_strings:
            if option.startswith("--") and option[2:].upper() not in HIDDEN:
                found[option[2:].upper()] = action
    return found


def option_words(verb: str, parser: Parser, given: Qualifier) -> list[str]:
    """The words of a command line for a qualifier. Raises UsageError."""
    known = qualifiers_of(parser)
    typed = given.name.upper().replace("_", "-")
    if typed == "NOPROMPT":
        return []
    name = _one(verb, typed, known)
    if name is None and typed.startswith("NO"):
        positive = _one(verb, typed[2:].lstrip("-"), known)
        if positive is not None:
            return _negated(verb, positive, known[positive], given)
    if name is None:
        near = did_you_mean(typed, [*known])
        raise UsageError(
            f"{verb} has no qualifier /{typed}{near.replace('mean ', 'mean /')} (HELP {verb} shows all)"
        )
    action, option = known[name], f"--{name.lower()}"
    if action.nargs == 0:
        if given.values and "TIMEOUT" in known and name in ("WAIT", "FOLLOW"):
            return [option, f"--timeout={given.values[0].whole}"]
        if given.values:
            raise UsageError(f"/{name} takes no value")
        return [option]
    if not given.values:
        raise UsageError(f"/{name} needs a value: /{name}=...")
    return [f"{option}={value.whole}" for value in given.values]


def _one(verb: str, typed: str, known: dict[str, argparse.Action]) -> str | None:
    """The qualifier that begins so. Raises UsageError where it can be several."""
    if typed in known:
        return typed
    found = [name for name in known if typed and name.startswith(typed)]
    actions = {id(known[name]) for name in found}
    if len(actions) > 1:
        raise UsageError(
            f"/{typed} of {verb} can be {', '.join('/' + name for name in found)}; write more of it"
        )
    if not found:  # what DCL calls by the last word: /NAME of SUBMIT is /OVERRIDE-NAME
        found = [name for name in known if name.rpartition("-")[2] == typed and name not in _WHOSE]
    return found[0] if len(found) == 1 or len(actions) == 1 else None


def _negated(verb: str, name: str, action: argparse.Action, given: Qualifier) -> list[str]:
    if given.values:
        raise UsageError(f"/{given.name.upper()} takes no value")
    if isinstance(action, argparse.BooleanOptionalAction):
        return [f"--no-{name.lower()}"]
    if action.nargs == 0:
        return []
    raise UsageError(f"/{name} of {verb} cannot be negated")
