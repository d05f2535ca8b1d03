"""Who refers to an object that properties name: jobs, folders, agents and methods, or elements of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, null, select

from jams.objects.capacity import Reference
from jams.objects.errors import InUse, JAMSError
from jams.registry import ValueType

from . import guarding, methods, named_in_definitions, names, reference_uses, tables
from .columns import AnyRow

_folder = tables.folder
_TYPES = {
    _folder: "Folder",
    tables.job: "Job",
    tables.agent: "Agent",
    tables.method: "Method",
    tables.trigger: "Trigger",
    tables.alert: "Alert",
}


class _Sought(NamedTuple):
    kind: ValueType
    id: int


def references(c: Connection, kind: ValueType, id: int, name: str) -> list[Reference]:
    """All that refer to the object of that kind, number and name or path, by path.

    That a job refers to itself does not count.
    """
    return by_path(each for each, _ in with_sight(c, kind, id, name))


def with_sight(c: Connection, kind: ValueType, id: int, name: str) -> Iterator[tuple[Reference, bool]]:
    """The same in any order, and of each whether who works on the connection may look at what refers."""
    users = reference_uses.users(c, kind, id, name)
    if kind is ValueType.JOB:
        users[tables.job.name].discard(id)
    sought = _Sought(kind, id)
    for table in _TYPES:
        yield from _of_table(c, table, sorted(users[table.name]), sought)


def by_path(references: Iterable[Reference]) -> list[Reference]:
    """References in the order of the paths of those that refer."""
    return sorted(references, key=lambda each: (names.fold(_path(each)), each.type))


_MOST_NAMED = 10
"""Definitions that are named at once."""


def users_of(c: Connection, kind: ValueType, id: int, name: str) -> str | None:
    """Tell by what an object is used; None if nothing refers to it."""
    found = list(with_sight(c, kind, id, name))
    if not found:
        return None
    seen = by_path(each for each, sees in found if sees)
    each = [f"{one.type.lower()} {_path(one)} ({one.property_name})" for one in seen]
    return f"{name} is used by {listed(each, hides=len(seen) < len(found))}."


def listed(found: Sequence[str], *, hides: bool) -> str:
    """Some of what was found, in words, and how many more there are; ``hides`` if some of it is closed."""
    told = [*found[:_MOST_NAMED], *([guarding.CLOSED] if hides else [])]
    more = len(found) - _MOST_NAMED
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def check_unused(c: Connection, kind: ValueType, id: int, name: str) -> None:
    """Raises InUse when something refers to the object; the message names what does."""
    told = users_of(c, kind, id, name)
    if told is not None:
        raise InUse(told, target=name)


def _path(reference: Reference) -> str:
    if reference.folder_path is None:
        return reference.referring_name
    return names.join(reference.folder_path, reference.referring_name)


def _of_table(
    c: Connection, table: Table, users: list[int], sought: _Sought
) -> Iterator[tuple[Reference, bool]]:
    for at in range(0, len(users), 500):
        query = rows(table).add_columns(table.c.id).where(table.c.id.in_(users[at : at + 500]))
        for row in c.execute(query).all():
            begins_at = row.path if "folder_id" in table.c else row.own_path
            for property_name, description in _uses(c, row.document, begins_at or names.ROOT, sought):
                found = Reference(
                    type=type_of(table, row),
                    referring_name=names.readable(row.name),
                    folder_path=row.path,
                    property_name=property_name,
                    description=description,
                )
                yield found, guarding.sees(c, table, row.id)


def type_of(table: Table, row: AnyRow) -> str:
    """What a definition of :func:`rows` is, as a reference says it."""
    return "Setup" if table is tables.job and row.base == methods.SETUP else _TYPES[table]


def rows(table: Table) -> Select[Any]:
    """Name and document of definitions, the path of the folder above each, and its own if it is a folder.

    Of a job also ``base``, which tells whether it is a setup.
    """
    if table in (tables.agent, tables.method, tables.alert):
        nowhere = null()
        return select(table.c.name, table.c.document, nowhere.label("path"), nowhere.label("own_path"))
    above = _folder.alias("above")
    parent = table.c.folder_id if "folder_id" in table.c else table.c.parent_id
    own = table.c.path if "path" in table.c else null()
    query = select(table.c.name, table.c.document, above.c.path, own.label("own_path"))
    query = query.outerjoin(above, parent == above.c.id)
    if table is tables.job:
        method = tables.method
        query = query.add_columns(method.c.base).outerjoin(method, table.c.method_id == method.c.id)
    return query


def _uses(c: Connection, document: Any, begins_at: str, sought: _Sought) -> Iterator[tuple[str, str]]:
    """By which properties a document, whose relative paths begin at a folder, refers to what is sought."""
    for kind, meant, item, element in reference_uses.named(reference_uses.referring(document)):
        if kind is not sought.kind:
            continue
        try:
            with guarding.unlimited(c):  # what a name means does not depend on who asks
                found = named_in_definitions.find(c, kind, meant, begins_at)
        except JAMSError:  # it names nothing, or several
            continue
        if found == sought.id:
            told = "property " + item.property_name
            if element is not None:
                told = f"element {element.element_name} ({element.element_type_name})"
            yield item.property_name, f"Its {told} names it."
