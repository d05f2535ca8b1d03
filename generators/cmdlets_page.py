"""The list of all cmdlets: the page ``docs/cmdlets.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from psprovider.cmdlets.model import Cmdlet, Parameter, Place, Sources
from psprovider.cmdlets.syntax import short_type, syntax_lines

from .source import Source

_HEAD = """\
# Cmdlets

The cmdlets of sessions on JAMS and of the module, by noun. This page is written from the catalogue by
`python run.py generate`; `Get-Help` tells of each what its parameters mean, with examples, and the
[reference of operations](operations.md) which right it takes and which errors it knows. How to get in
stands in the [guide](powershell.md).

- *Operations*: what of the catalogue runs, and in which parameter set where there are several.
- *Position*: parameters that need no name. In brackets: only in these parameter sets.
- *Pipeline*: what a piped object fills: a plain value, the object itself, or a property. An object of JAMS
  fills only what it is or tells (of an entry, `Get-JAMSJob` shows the job); any other object fills a
  parameter by a property of its name or of an alias.
- *Aliases*: further names of parameters.

Every cmdlet takes `-Server` and the common parameters; those that change something take `-WhatIf` and
`-Confirm` (asked for by itself where the impact is high). In the module, what may take its time has `-AsJob`,
and `Submit-JAMSEntry` has `-UseVariables`. `Connect-JAMSServer` and `Disconnect-JAMSServer` are there
in the module alone, and written by hand: in a session it is settled who calls.
"""


def generate(source: Source) -> Mapping[str, str]:
    """``docs/cmdlets.md``."""
    return {"docs/cmdlets.md": reference(source.cmdlets)}


def reference(cmdlets: Iterable[Cmdlet]) -> str:
    """The page, as Markdown."""
    nouns: dict[str, list[Cmdlet]] = {}
    for cmdlet in cmdlets:
        nouns.setdefault(cmdlet.noun, []).append(cmdlet)
    parts = [_HEAD, "| cmdlet | does |", "| --- | --- |"]
    every = [cmdlet for noun in sorted(nouns) for cmdlet in nouns[noun]]
    parts += [f"| [`{cmdlet.name}`](#{cmdlet.name.lower()}) | {_cell(cmdlet.summary)} |" for cmdlet in every]
    for noun in sorted(nouns):
        parts.append(f"\n## {noun}")
        parts.extend(line for cmdlet in nouns[noun] for line in _cmdlet(cmdlet))
    return "\n".join(parts) + "\n"


def _cmdlet(cmdlet: Cmdlet) -> Iterator[str]:
    yield f"\n### {cmdlet.name}\n"
    yield f"{_cell(cmdlet.summary)}\n"
    if not cmdlet.session:
        yield from (f"    {line}" for line in syntax_lines(cmdlet))
        yield ""
    yield f"- Operations: {', '.join(_operations(cmdlet))}"
    told = {
        "Position": _positions(cmdlet),
        "Pipeline": _piped(cmdlet),
        "Aliases": [f"`{p.name}`: {', '.join(p.aliases)}" for p in cmdlet.parameters if p.aliases],
    }
    if not cmdlet.session:
        yield from (f"- {name}: {'; '.join(found)}" for name, found in told.items() if found)
    if cmdlet.output:
        yield f"- Output: {', '.join(f'`{short_type(name)}`' for name in cmdlet.output)}"
    if cmdlet.changes and cmdlet.impact == "High":
        yield "- Impact: high"


def _operations(cmdlet: Cmdlet) -> Iterator[str]:
    for operation in cmdlet.operations:
        names = [s.name for s in cmdlet.sets if operation in (s.operation, s.lists)]
        told = "" if len(cmdlet.operations) == 1 else f" ({', '.join(names)})"
        yield f"`{operation.name}`{told}"


def _positions(cmdlet: Cmdlet) -> list[str]:
    found: dict[tuple[int, str], list[str]] = {}
    for parameter in cmdlet.parameters:
        for name, place in parameter.places.items():
            if place.position is not None:
                found.setdefault((place.position, parameter.name), []).append(name)
    return [f"{position} `{name}`{_in(cmdlet, sets)}" for (position, name), sets in sorted(found.items())]


def _piped(cmdlet: Cmdlet) -> list[str]:
    found = []
    for parameter in cmdlet.parameters:
        places = {n: p for n, p in parameter.places.items() if p.by_value or p.by_name}
        if places:
            ways = ", ".join(_ways(parameter, places.values()))
            found.append(f"`{parameter.name}`{_in(cmdlet, places)}: {ways}")
    return found


def _ways(parameter: Parameter, places: Iterable[Place]) -> Iterator[str]:
    places = list(places)
    if any(place.by_value for place in places):
        yield f"a {short_type(parameter.type_name.removesuffix('[]'))}"
    if not any(place.by_name for place in places):
        return
    if parameter.sources:
        yield from _told(parameter.sources)
    else:
        yield f"the property {parameter.piped or parameter.name}"


def _told(found: Sources) -> Iterator[str]:
    """The objects, those that tell the same by one property together."""
    by_property: dict[tuple[str, ...], list[str]] = {}
    for struct, properties in found.items():
        by_property.setdefault(properties, []).append(struct)
    for properties, structs in by_property.items():
        yield f"{' or '.join(structs)} (by {' and '.join(properties)})"


def _in(cmdlet: Cmdlet, sets: Iterable[str]) -> str:
    names = list(sets)
    return "" if len(names) == len(cmdlet.sets) else f" ({', '.join(names)})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
