"""Examples for the help of a cmdlet, derived from its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from jams.objects.base import pascal_name

from .kinds import kind_of
from .model import FOLLOW, WAIT, Cmdlet, Example, Parameter, ParameterSet, Role

_SAMPLES = {
    "System.String": "'text'",
    "System.Int64": "10",
    "System.Double": "60",
    "System.DateTime": "'2026-12-01 06:00'",
    "System.Boolean": "$true",
    "System.Collections.Hashtable": "@{ day = 'today' }",
}


def examples(cmdlet: Cmdlet, others: Mapping[str, Cmdlet]) -> Iterator[Example]:
    """Examples of every parameter set, of the pipeline, and of trying a change out."""
    base = _call(cmdlet, cmdlet.default_set) or cmdlet.name
    for parameter_set in cmdlet.sets:
        yield from _of_set(cmdlet, parameter_set)
    if len(cmdlet.sets) == 1:
        yield from _with_document(cmdlet, others)
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


def _call(cmdlet: Cmdlet, name: str) -> str | None:
    """A call with what must be given, by position where that is possible; None if only an object would do."""
    words = [cmdlet.name]
    for parameter in cmdlet.parameters:
        place = parameter.places.get(name)
        if place is None or not place.mandatory:
            continue
        if parameter.role in (Role.DOCUMENT, Role.OBJECT):
            return None
        value = sample(parameter)
        words.append(value if place.position is not None else f"-{parameter.name} {value}")
    if cmdlet.set(name).operation.patches:
        words.append(_change(cmdlet))
    return " ".join(words)


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
    yield Example(
        f"{' '.join(words)} | {' '.join([cmdlet.name, *change])}",
        f"The same for everything that {source.name} gives.",
    )


def _creates(cmdlet: Cmdlet) -> bool:
    return any(operation.created for operation in cmdlet.operations)


def sample(parameter: Parameter) -> str:
    """A value as it may be typed."""
    if parameter.sample:
        return parameter.sample
    if parameter.offer and parameter.offer.sample:
        return parameter.offer.sample
    if parameter.values:
        return parameter.values[:2][-1]
    if parameter.wildcards:
        return "'L*'"
    return _SAMPLES.get(parameter.type_name.removesuffix("[]"), "'text'")
