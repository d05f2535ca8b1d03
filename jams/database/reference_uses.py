"""Which definitions may refer to an object: an index of what jobs, folders and agents name in properties.

It is written with each of them, and holds of a path its last name alone: so it never misses who refers to an
object, and names a few who mean another one of that name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

from jams.registry import AGENT_PROPERTIES, ELEMENT_TYPES, JOB_PROPERTIES, PropertySet, ValueType
from jams.registry import Property as Known
from jams.registry.references import Reference, read_reference

from . import names, tables

_use = tables.reference_use
_OWNERS = (tables.folder, tables.job, tables.agent, tables.method, tables.trigger, tables.alert)
_LONGEST = 255


class Property(msgspec.Struct, rename="camel"):
    """A property of a document, or of an element of one."""

    property_name: str = ""
    current_value: Any = None


class NamedElement(msgspec.Struct, rename="camel"):
    """An element of a document."""

    element_name: str = ""
    element_type_name: str = ""
    properties: list[Property] = []


class Referring(msgspec.Struct):
    """What of a document refers to others."""

    properties: list[Property] = []
    job_properties: list[Property] = []
    elements: list[NamedElement] = []
    source_elements: list[NamedElement] = []


_decode = msgspec.json.Decoder(Referring).decode


def referring(document: Any) -> Referring:
    """What of a document refers to others; nothing if it cannot be read: it cannot be used either."""
    try:
        return _decode(document)
    except (msgspec.DecodeError, TypeError, UnicodeError, RecursionError):
        return Referring()


def named(said: Referring) -> Iterator[tuple[ValueType, Reference, Property, NamedElement | None]]:
    """What a document names: of which kind, by which property, in which element if it is in one."""
    for item in (*said.properties, *said.job_properties):
        known = JOB_PROPERTIES.get(item.property_name) or AGENT_PROPERTIES.get(item.property_name)
        yield from _named(known, item, None)
    for element in (*said.elements, *said.source_elements):
        properties = _properties_of(element.element_type_name.lower())
        for item in element.properties:
            yield from _named(properties.get(item.property_name) if properties else None, item, element)


def _named(
    known: Known | None, item: Property, element: NamedElement | None
) -> Iterator[tuple[ValueType, Reference, Property, NamedElement | None]]:
    if known is None or not known.value_type.refers:
        return
    try:
        meant = read_reference(known.value_type, item.current_value)
    except ValueError:
        return
    if meant is not None:
        yield known.value_type, meant, item, element


def keys(document: Any) -> set[str]:
    """Under what a document stands in the index."""
    return {
        _of_number(kind, meant.id or 0) if meant.name is None else _of_name(kind, meant.name)
        for kind, meant, _, _ in named(referring(document))
    }


def remember(c: Connection, table: Table, id: int, document: Any) -> None:
    """Note what a definition names, as its document is from now on."""
    if table not in _OWNERS:
        return
    forget(c, table, id)
    found = keys(document)
    if found:
        c.execute(insert(_use), [{"owner": table.name, "owner_id": id, "name_key": key} for key in found])


def forget(c: Connection, table: Table, id: int) -> None:
    """The definition names nothing any more."""
    if table in _OWNERS:
        c.execute(delete(_use).where(_use.c.owner == table.name, _use.c.owner_id == id))


def users(c: Connection, kind: ValueType, id: int, name: str) -> dict[str, set[int]]:
    """The numbers of the definitions that may refer to the object of that number and name, by their table."""
    found: dict[str, set[int]] = defaultdict(set)
    query = select(_use.c.owner, _use.c.owner_id)
    under = [_of_number(kind, id), _of_name(kind, name)]
    for owner, number in c.execute(query.where(_use.c.name_key.in_(under))):
        found[owner].add(number)
    return found


def _of_number(kind: ValueType, id: int) -> str:
    return f"{kind.name}#{id}"


def _of_name(kind: ValueType, name: str) -> str:
    parts = names.split(name) or [""]
    return f"{kind.name}:{names.fold(parts[-1])}"[:_LONGEST]


@cache
def _properties_of(element_type: str) -> PropertySet | None:
    """The properties of the type of that name, in small letters; None where there is no such type."""
    return next(
        (
            each.properties
            for each in ELEMENT_TYPES
            if element_type in (name.lower() for name in (each.name, *each.aliases))
        ),
        None,
    )
