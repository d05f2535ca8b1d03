"""Who refers to an object that properties name: jobs and folders, by their own or by those of elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, or_, select

from jams.objects.capacity import Reference
from jams.objects.errors import InUse
from jams.registry import ELEMENT_TYPES, JOB_PROPERTIES, ValueType
from jams.registry.references import read_reference

from . import names, tables

_folder = tables.folder
_TYPES = {tables.job.name: "Job", _folder.name: "Folder"}


class _Property(msgspec.Struct, rename="camel"):
    property_name: str = ""
    current_value: Any = None


class _Element(msgspec.Struct, rename="camel"):
    element_name: str = ""
    element_type_name: str = ""
    properties: list[_Property] = []


class _Rest(msgspec.Struct):
    properties: list[_Property] = []
    elements: list[_Element] = []
    source_elements: list[_Element] = []


_decode = msgspec.json.Decoder(_Rest).decode


def references(c: Connection, kind: ValueType, id: int, name: str) -> list[Reference]:
    """All that refer to the object of that kind, number and name, by path."""
    found = [each for table in (_folder, tables.job) for each in _of_table(c, table, kind, id, name)]
    return sorted(found, key=lambda each: names.fold(f"{each.folder_path}\\{each.referring_name}"))


def check_unused(c: Connection, kind: ValueType, id: int, name: str) -> None:
    """Raises InUse when something refers to the object; the message names one that does."""
    found = references(c, kind, id, name)
    if found:
        first, more = found[0], len(found) - 1
        path = names.join(first.folder_path or names.ROOT, first.referring_name)
        others = f" and {more} more" if more else ""
        raise InUse(
            f"{name} is used by {first.type.lower()} {path} ({first.property_name}){others}.", target=name
        )


def _of_table(c: Connection, table: Table, kind: ValueType, id: int, name: str) -> Iterator[Reference]:
    above = _folder.alias("above")
    parent = table.c.folder_id if "folder_id" in table.c else table.c.parent_id
    text = func.lower(table.c.document)
    told = or_(*(text.contains(f'"{word}"', autoescape=True) for word in _words(kind)))
    query = select(table.c.name, table.c.document, above.c.path)
    for row in c.execute(query.outerjoin(above, parent == above.c.id).where(told)):
        for property_name, description in _uses(_rest(row.document), kind, id, name):
            yield Reference(
                type=_TYPES[table.name],
                referring_name=names.readable(row.name),
                folder_path=row.path,
                property_name=property_name,
                description=description,
            )


def _uses(rest: _Rest, kind: ValueType, id: int, name: str) -> Iterator[tuple[str, str]]:
    for item in rest.properties:
        if _refers(item, kind, id, name):
            yield item.property_name, f"Its property {item.property_name} names it."
    for element in (*rest.elements, *rest.source_elements):
        for item in element.properties:
            if _refers(item, kind, id, name):
                told = f"Its element {element.element_name} ({element.element_type_name}) names it."
                yield item.property_name, told


def _refers(item: _Property, kind: ValueType, id: int, name: str) -> bool:
    if item.property_name.lower() not in _words(kind):
        return False
    try:
        reference = read_reference(kind, item.current_value)
    except ValueError:
        return False
    if reference is None:
        return False
    if reference.name is None:
        return reference.id == id
    return names.fold(reference.name) == names.fold(name)


def _rest(document: Any) -> _Rest:
    """What of a document refers to others; nothing if it cannot be read: it cannot be used either."""
    try:
        return _decode(document)
    except (msgspec.DecodeError, TypeError, UnicodeError, RecursionError):
        return _Rest()


@cache
def _words(kind: ValueType) -> frozenset[str]:
    """The names of the properties that hold a reference of the kind, in small letters."""
    known: Iterable[Any] = (*JOB_PROPERTIES, *(each for type in ELEMENT_TYPES for each in type.properties))
    held = [each for each in known if each.value_type is kind]
    return frozenset(name.lower() for each in held for name in (each.name, *each.aliases))
