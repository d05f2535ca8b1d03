"""Jobs that would wait for each other, and so for ever (semantics 2.9).

A way counts that leads from a job to one for whose end, or whose word as a precheck, it waits, and from a
setup or sequence to its members. A dependency
with a span within which the other may have ended does not: an earlier run opens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from jams.objects.errors import CircularDependency, JAMSError, NotFound
from jams.objects.parts import Element
from jams.registry import Reference, ValueType, find_element_type, read

from . import lookup, named_in_definitions, names, tables

MOST = 1000
"""Jobs that are looked at; a longer way is not followed."""

_REFERENCES = {"JobDependency": "DependsOnJob", "PrecheckJob": "Job", "SubmitJobTask": "SubmitJob"}


class _Elements(Struct):
    """What of a job's document is asked here."""

    elements: list[Element] = []
    source_elements: list[Element] = []


class _Node(Struct, frozen=True):
    """A job on the way: its number and path."""

    id: int
    path: str


def check(c: Connection, path: str, folder: str, elements: Sequence[Element], own: int | None) -> None:
    """See that a job would not wait for itself.

    Args:
        c: the connection.
        path: of the job.
        folder: the path of its folder.
        elements: its own elements and tasks, as they are to become.
        own: its number, if it has one.

    Raises:
        CircularDependency: it would; the whole way is told.
    """
    came_from: dict[int, _Node | None] = {}
    ahead: list[_Node] = []
    for node in _targets(c, elements, folder, path):
        if node.id == own or node.path == path:
            raise _refused([path, path])
        came_from.setdefault(node.id, None)
        ahead.append(node)
    while ahead and len(came_from) < MOST:
        node = ahead.pop()
        folder_of = "\\" + "\\".join(names.split(node.path)[:-1])
        for following in _targets(c, _elements(c, node.id), folder_of, node.path):
            if following.id == own or names.fold(following.path) == names.fold(path):
                raise _refused([path, *_way(came_from, node), path])
            if following.id not in came_from:
                came_from[following.id] = node
                ahead.append(following)


def _elements(c: Connection, id: int) -> list[Element]:
    """The elements of a job, as far as they can be read."""
    text = c.scalar(select(tables.job.c.document).where(tables.job.c.id == id))
    try:
        found = msgspec.json.decode(text or "{}", type=_Elements)
        return [*found.elements, *found.source_elements]
    except msgspec.DecodeError:
        return []


def _way(came_from: dict[int, _Node | None], node: _Node) -> list[str]:
    way = [node.path]
    before = came_from[node.id]
    while before is not None:
        way.append(before.path)
        before = came_from[before.id]
    return way[::-1]


def _refused(way: Sequence[str]) -> CircularDependency:
    told = " → ".join(way if len(way) <= 12 else [*way[:6], "…", *way[-5:]])
    return CircularDependency(f"The job would wait for itself: {told}.", target=way[0], member="elements")


def _targets(c: Connection, elements: Iterable[Element], folder: str, path: str) -> Iterator[_Node]:
    """The jobs for which the elements let a job wait; itself by its own path, whether it is there or not."""
    for element in elements:
        reference = _reference(element)
        if reference is None:
            continue
        if named_in_definitions.is_job(reference, path, folder):
            yield _Node(0, path)
            continue
        try:
            id = named_in_definitions.find(c, ValueType.JOB, reference, folder)
        except JAMSError as error:
            if isinstance(error, NotFound) and named_in_definitions.is_called(reference, path):
                yield _Node(0, path)
            continue
        if id is not None:
            yield _Node(id, lookup.path(c, tables.job, id))


def _reference(element: Element) -> Reference | None:
    kind = find_element_type(element.element_type_name)
    if kind is None or kind.name not in _REFERENCES:
        return None
    given = {item.property_name.lower(): item.current_value for item in element.properties}

    def said(name: str) -> object:
        definition = kind.properties[name]
        spelt = (definition.name, *definition.aliases)
        value = next((given[key.lower()] for key in spelt if given.get(key.lower()) is not None), None)
        try:
            return read(definition, value)
        except JAMSError:
            return None

    if said("Enabled") is False or (kind.name == "JobDependency" and said("WithinTime") is not None):
        return None
    found = said(_REFERENCES[kind.name])
    return found if isinstance(found, Reference) else None
