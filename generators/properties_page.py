"""What definitions may say: the page ``docs/properties.md``, from the registry of properties and elements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jams.registry import AGENT_PROPERTIES, ELEMENT_TYPES, JOB_PROPERTIES, ElementType, Place, Property

from .source import Source

_HEAD = """\
# Properties and elements

What the definitions of jobs, folders and agents may say beside their members, and whether this server obeys
it. This page is written from the registry (`jams/registry`) by `python run.py generate`.

What is not known is refused when it is saved, with the nearest name that is; a value that the property
cannot hold is refused with what is wrong with it; what is known but not obeyed here is refused as
`NotSupported`. What demands nothing is always taken: a value equal to the default, an element that is not
enabled, what only the server writes, and what is stored already. Whoever moves house may ask to have the rest
kept (`lenient`); it is then named in the answer, and in `notObeyed` of the definition.

Names are taken in any case. A reference is written as a name or as published (`{"agentName": "win1"}`), a
span or a time of day as a text (`0.00:10`, `08:30`) or with `totalSeconds`.
"""


def generate(source: Source) -> Mapping[str, str]:
    """``docs/properties.md``."""
    del source
    return {"docs/properties.md": page()}


def page() -> str:
    """The page, as Markdown."""
    parts = [
        _HEAD,
        *_properties("Properties of jobs and folders", JOB_PROPERTIES),
        *_properties("Properties of agents", AGENT_PROPERTIES),
        "## Types of elements\n",
        "Every element has the property `Enabled` besides: what is not enabled demands nothing.\n",
    ]
    for each in ELEMENT_TYPES:
        parts.extend(_element(each))
    return "\n".join(parts)


def _properties(title: str, properties: Iterable[Property]) -> Iterator[str]:
    yield f"## {title}\n"
    yield _table(
        ("property", "holds", "default", "where", "merge", "meaning", "obeyed"),
        (
            (*_cells(each), _places(each.places), each.merge.value, each.description, _obeyed(each))
            for each in properties
        ),
    )


def _element(each: ElementType) -> Iterator[str]:
    yield f"### {each.name}\n"
    yield f"{each.description} {f'Not supported: {each.unsupported}' if each.unsupported else 'Obeyed.'}\n"
    yield f"- Kind: {each.kind.value}. Stands at: {_places(each.places)}."
    if each.aliases:
        yield f"- Also called: {', '.join(f'`{name}`' for name in each.aliases)}."
    yield ""
    own = [one for one in each.properties if one.name != "Enabled"]
    yield _table(
        ("property", "holds", "default", "meaning"),
        ((*_cells(one), one.description + (" Required." if one.required else "")) for one in own),
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cells(each: Property) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (each.name, *each.aliases))
    return names, _holds(each), "" if each.default is None else f"`{_plain(each.default)}`"


def _holds(each: Property) -> str:
    words = (*each.words, *(word for word, _ in each.synonyms))
    return ", ".join(f"`{word}`" for word in words) if words else each.value_type.told


def _obeyed(each: Property) -> str:
    if each.unsupported:
        return f"no: {each.unsupported}"
    told = [f"not at a {place.value.lower()}: {why}" for place, why in each.unsupported_in]
    told += [f"not `{word}`: {why}" for word, why in each.unsupported_words]
    return " ".join(["yes", *told])


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _places(places: Iterable[Place]) -> str:
    return ", ".join(place.value for place in places)
