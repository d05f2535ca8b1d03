"""Examples for the help of a cmdlet, derived from its parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from jams.objects.base import pascal_name
from jams.operations.catalogue import Operation

from .kinds import kind_of
from .model import FOLLOW, SECURE_STRING, WAIT, Cmdlet, Example, Parameter, ParameterSet, Place, Role

_BY_NAME = {
    "Access": "Submit",
    "Country": "DE",
    "Date": "'last workday of month'",
    "Dates": "'every workday'",
    "Day": "2026-12-24",
    "Description": "'Loads the orders of the day'",
    "EndDate": "2026-12-31",
    "EndTime": "06:00",
    "Filter": "\"FinalSeverity eq 'Error'\"",
    "InputObject": r"'Job:\Sales\Load'",
    "MethodTypeName": "Command",
    "Name": "day",
    "ParamName": "day",
    "StartDate": "2026-12-24",
    "StartTime": "22:00",
    "Status": "'42 of 100 rows'",
    "TokenName": "'Nightly build'",
    "Value": "north",
    "Years": "2027",
}
"""What is typed for parameters of a name, where the declaration tells nothing better."""

_SAMPLES = {
    "System.String": "'text'",
    "System.Int64": "10",
    "System.Double": "60",
    "System.DateTime": "'2026-12-01 06:00'",
    "System.Boolean": "$true",
    "System.Collections.Hashtable": "@{ day = 'today' }",
}

_ASKED = re.compile(r"-(\w+) \((Read-Host '[^']*' -AsSecureString)\)")
"""A parameter whose secret value is asked for."""


def examples(cmdlet: Cmdlet, others: Mapping[str, Cmdlet]) -> Iterator[Example]:
    """Examples of every parameter set, of the pipeline, and of trying a change out."""
    base = _call(cmdlet, cmdlet.default_set) or cmdlet.name
    for parameter_set in cmdlet.sets:
        yield from _of_set(cmdlet, parameter_set)
    if len(cmdlet.sets) == 1:
        yield from _with_document(cmdlet, others)
    yield from _with_secret(cmdlet, _call(cmdlet, cmdlet.default_set, either=False) or cmdlet.name)
    yield from _filtered(cmdlet, base)
    yield from _piped(cmdlet, others)
    for parameter in cmdlet.parameters:
        if parameter.role is Role.SWITCH and parameter.target in (WAIT, FOLLOW):
            yield Example(f"{base} -{parameter.name}", parameter.help)
    if cmdlet.changes:
        yield Example(f"{base} -WhatIf", "Say what would be done, and do nothing.")


def _of_set(cmdlet: Cmdlet, parameter_set: ParameterSet) -> Iterator[Example]:
    line = _call(cmdlet, parameter_set.name)
    if line is None:
        return
    if parameter_set.lists is not None:
        yield Example(line, parameter_set.lists.summary)
        named = next(p for p in cmdlet.parameters if p.target == parameter_set.key and p.role is Role.INPUT)
        yield Example(f"{line} {sample(named)}", parameter_set.operation.summary)
        return
    yield Example(line, parameter_set.operation.summary)


def _with_document(cmdlet: Cmdlet, others: Mapping[str, Cmdlet]) -> Iterator[Example]:
    """A call that is piped the document it needs, from the cmdlet that gets such."""
    wanted = next((p for p in cmdlet.parameters if p.role is Role.DOCUMENT), None)
    if wanted is None or cmdlet.sets[0].operation.patches:
        return
    for source in others.values():
        struct = kind_of(source.operations[0].result).struct
        if struct is None or source.name == cmdlet.name or not source.name.startswith("Get-"):
            continue
        if wanted.type_name.rpartition(".")[2] == struct.__name__:
            asked = _call(source, source.default_set) or source.name
            words = [cmdlet.name]
            for parameter in cmdlet.parameters:
                place = parameter.places.get(cmdlet.default_set)
                if parameter is not wanted and place is not None and place.mandatory:
                    words.append(f"-{parameter.name} {sample(parameter)}")
            yield Example(f"{asked} | {' '.join(words)}", cmdlet.sets[0].operation.summary)
            return


def _call(cmdlet: Cmdlet, name: str, *, either: bool = True) -> str | None:
    """A call with what must be given, by position where that is possible; None if only an object would do.

    ``either`` says whether what need not be given is said as well where the declaration has a sample of it:
    then it, or something else that the call does not say, must be.
    """
    words = [cmdlet.name]
    needed = [(p, p.places[name]) for p in cmdlet.parameters if name in p.places and p.places[name].mandatory]
    if any(parameter.role in (Role.DOCUMENT, Role.OBJECT) for parameter, _ in needed):
        return None
    operation = cmdlet.set(name).operation
    if either:
        needed += _sampled(cmdlet, name)

    def typed(parameter: Parameter) -> str:
        # What one parameter takes in several sets may mean something else in each.
        return _own_sample(operation, parameter) or sample(parameter)

    placed = sorted((p for p in needed if p[1].position is not None), key=lambda p: p[1].position or 0)
    words += [typed(parameter) for parameter, _ in placed]
    words += [f"-{p.name} {typed(p)}" for p, place in needed if place.position is None]
    if operation.patches:
        words.append(_change(cmdlet))
    return " ".join(words)


def _sampled(cmdlet: Cmdlet, name: str) -> list[tuple[Parameter, Place]]:
    """What need not be given, and has a sample of its own."""
    operation = cmdlet.set(name).operation
    return [
        (parameter, place)
        for parameter in cmdlet.parameters
        if (place := parameter.places.get(name)) is not None
        and not place.mandatory
        and _own_sample(operation, parameter)
    ]


def _own_sample(operation: Operation, parameter: Parameter) -> str | None:
    return operation.binding.samples.get(parameter.target) if parameter.role is Role.INPUT else None


def _change(cmdlet: Cmdlet) -> str:
    """A member changed."""
    texts = [p for p in cmdlet.parameters if p.role is Role.MEMBER and p.type_name == "System.String"]
    chosen = next((p for p in texts if not (p.sample or p.values or p.offer)), texts[0])
    return f"-{chosen.name} {sample(chosen)}"


def _filtered(cmdlet: Cmdlet, base: str) -> Iterator[Example]:
    """A call with optional parameters that say something: a known value, or a name that can be looked up."""
    told = (Role.INPUT, Role.LISTED, Role.FOLDER, Role.PATTERN, Role.MEMBER)
    chosen = [
        parameter
        for parameter in cmdlet.parameters
        if parameter.role in told
        and (parameter.values or parameter.offer or parameter.type_name.endswith("Hashtable"))
        and (place := parameter.places.get(cmdlet.default_set)) is not None
        and not place.mandatory
        and place.position is None
    ][:2]
    if chosen:
        words = [base, *(f"-{parameter.name} {sample(parameter)}" for parameter in chosen)]
        yield Example(" ".join(words), " ".join(parameter.help for parameter in chosen))


def _with_secret(cmdlet: Cmdlet, base: str) -> Iterator[Example]:
    """A call with a secret that may be given."""
    for parameter in cmdlet.parameters:
        place = parameter.places.get(cmdlet.default_set)
        if parameter.type_name == SECURE_STRING and place is not None and not place.mandatory:
            remark = "The same with a secret, which is asked for so that it stands in no history."
            yield Example(f"{base} -{parameter.name} {sample(parameter)}", remark)
            return


def _piped(cmdlet: Cmdlet, others: Mapping[str, Cmdlet]) -> Iterator[Example]:
    """Objects from the cmdlet that gets them, where they have what this one binds."""
    source = others.get(f"Get-{cmdlet.noun}")
    if source is None or source.name == cmdlet.name or source.session or _creates(cmdlet):
        return
    struct = kind_of(source.operations[0].result).struct
    given = {pascal_name(field.encode_name) for field in msgspec.structs.fields(struct)} if struct else set()
    if not any(p.piped in given for p in cmdlet.parameters):
        return
    chosen = next((p for p in source.parameters if p.values and source.default_set in p.places), None)
    words = [source.name, *([f"-{chosen.name} {sample(chosen)}"] if chosen else [])]
    change = [_change(cmdlet)] if cmdlet.sets[0].operation.patches else []
    operation = cmdlet.set(cmdlet.default_set).operation
    change += [f"-{p.name} {_own_sample(operation, p)}" for p, _ in _sampled(cmdlet, cmdlet.default_set)]
    yield Example(
        f"{' '.join(words)} | {' '.join([cmdlet.name, *change])}",
        f"The same for everything that {source.name} gives.",
    )


def _creates(cmdlet: Cmdlet) -> bool:
    return any(operation.created for operation in cmdlet.operations)


def in_session(example: Example) -> Example:
    """The same for a session, whose language knows no parentheses: a secret is asked for before, and sent."""
    asked = _ASKED.findall(example.code)
    if not asked:
        return example
    names = [f"{name[:1].lower()}{name[1:]}" for name, _ in asked]
    questions = "".join(f"${name} = {question}; " for name, (_, question) in zip(names, asked, strict=True))
    sent = _ASKED.sub(lambda found: f"-{found[1]} $using:{found[1][:1].lower()}{found[1][1:]}", example.code)
    return Example(f"{questions}Invoke-Command $session {{ {sent} }}", example.remark)


def sample(parameter: Parameter) -> str:
    """A value as it may be typed."""
    if parameter.sample:
        return parameter.sample
    if parameter.type_name == SECURE_STRING:
        words = re.sub(r"(?<=[a-z])[A-Z]", lambda letter: f" {letter[0].lower()}", parameter.name)
        return f"(Read-Host '{words}' -AsSecureString)"
    if parameter.offer and parameter.offer.sample:
        return parameter.offer.sample
    if parameter.values:
        return parameter.values[:2][-1]
    if parameter.wildcards:
        return "'L*'"
    if parameter.name in _BY_NAME:
        return _BY_NAME[parameter.name]
    return _SAMPLES.get(parameter.type_name.removesuffix("[]"), "'text'")
