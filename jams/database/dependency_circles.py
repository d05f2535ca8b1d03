"""Jobs that would wait for each other, and so for ever (semantics 2.9).

A way counts that leads from a job to one for whose end, or whose word as a precheck, it waits, by what it
says itself or what its folders say; and from a setup or sequence to its members. A dependency with a span
within which the other may have ended does not: an earlier run opens it. What a folder says of a job itself
lets that job wait for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Table, or_, select

from jams.objects.errors import CircularDependency, JAMSError
from jams.objects.parts import Element
from jams.registry import Reference, ValueType, find_element_type, read

from . import lookup, named_in_definitions, names, tables

MOST = 1000
"""Jobs that are looked at; a longer way is not followed."""

_REFERENCES = {"JobDependency": "DependsOnJob", "PrecheckJob": "Job", "SubmitJobTask": "SubmitJob"}


class _Elements(Struct):
    """What of a document is asked here."""

    elements: list[Element] = []
    source_elements: list[Element] = []


class _Node(Struct, frozen=True):
    """A job on the way: its number and path."""

    id: int
    path: str


def way_of(c: Connection, id: int, via: int | None = None) -> list[str] | None:
    """The paths on the way by which a job waits for itself, its own at both ends; None when it does not.

    With ``via`` ways count that begin with that job, for which it waits.
    """
    own = _Node(id, lookup.path(c, tables.job, id))
    starts = list(_waits_for(c, own) if via is None else [_Node(via, lookup.path(c, tables.job, via))])
    if any(node.id == id for node in starts):
        return [own.path, own.path]
    way = _followed(c, starts, lambda node: node.id == id)
    return None if way is None else [own.path, *way]


def check_folder(c: Connection, path: str, elements: Iterable[Element]) -> None:
    """See that no job below a folder waits for itself by its elements, which are those that are stored.

    Raises:
        CircularDependency: one does.
    """
    way = _way_below(c, path, elements, path)
    if way is not None:
        raise CircularDependency(
            f"A job of the folder would wait for itself: {told(way)}.", target=path, member="elements"
        )


def _way_below(c: Connection, path: str, elements: Iterable[Element], top: str) -> list[str] | None:
    """A way from a job below ``top`` to itself, by what the elements of the folder of that path say of it."""
    below = names.fold(top if top == names.ROOT else top + names.ROOT)
    for target in _targets(c, elements, path):
        start = target.id

        def is_below(node: _Node, start: int = start) -> bool:
            return node.id != start and names.fold(node.path).startswith(below)

        way = _followed(c, [target], is_below)
        if way is not None:
            return [way[-1], *way]
    return None


class MovedFolder:
    """Sees that nobody waits for himself because a folder has moved; made before it does.

    A name that named nothing may name a job of it then, and the folders above it may let its jobs wait.
    """

    def __init__(self, c: Connection, name: str) -> None:
        self._c = c
        self._name = name
        self._before = dict(self._ways())

    def check(self, path: str, *, elsewhere: bool) -> None:
        """See that it is so, now that the folder has that path; ``elsewhere``: in another folder than before.

        Raises:
            CircularDependency: somebody waits for himself who did not before.
        """
        c, parts = self._c, names.split(path)
        depths = range(len(parts)) if elsewhere else ()
        above = [names.ROOT + names.ROOT.join(parts[:depth]) for depth in depths]
        query = select(tables.folder.c.path, tables.folder.c.document)
        query = query.where(tables.folder.c.path_key.in_(map(names.fold, above)))
        inherited = (_way_below(c, row.path, _read(row.document), path) for row in c.execute(query).all())
        named = (way for who, way in self._ways() if self._before.get(who) is None)
        for way in (*inherited, *named):
            if way is not None:
                raise CircularDependency(
                    f"A job would wait for itself: {told(way)}.", target=path, member="folderName"
                )

    def _ways(self) -> Iterator[tuple[tuple[str, int], list[str] | None]]:
        """Of each job and folder that names something in a folder of that name, the way to itself."""
        c, written = self._c, [msgspec.json.encode(self._name + each).decode()[1:-1] for each in ("\\", "/")]
        for table in (tables.job, tables.folder):
            naming = or_(*(table.c.document.icontains(each, autoescape=True) for each in written))
            for id in c.scalars(select(table.c.id).where(naming).order_by(table.c.id)).all():
                yield (table.name, id), self._way(table, id)

    def _way(self, table: Table, id: int) -> list[str] | None:
        if table is tables.job:
            return way_of(self._c, id)
        row = self._c.execute(select(table.c.path, table.c.document).where(table.c.id == id)).one()
        return _way_below(self._c, row.path, _read(row.document), row.path)


def told(way: Sequence[str]) -> str:
    """A way as it is told."""
    return " → ".join(way if len(way) <= 12 else [*way[:6], "…", *way[-5:]])


def _followed(c: Connection, starts: Sequence[_Node], is_end: Callable[[_Node], bool]) -> list[str] | None:
    """The paths on a way from one of the jobs to an end, which none of them is; None: there is no way."""
    came_from: dict[int, _Node | None] = {node.id: None for node in starts}
    ahead = list(starts)
    while ahead and len(came_from) < MOST:
        node = ahead.pop()
        for following in _waits_for(c, node):
            if is_end(following):
                return [*_way(came_from, node), following.path]
            if following.id not in came_from:
                came_from[following.id] = node
                ahead.append(following)
    return None


def _waits_for(c: Connection, node: _Node) -> Iterator[_Node]:
    """The jobs for which a job waits."""
    folder = names.ROOT + names.ROOT.join(names.split(node.path)[:-1])
    elements = _elements(c, node.id)
    yield from _targets(c, elements, folder)
    for following in _inherited(c, folder, elements):
        if following.id != node.id:
            yield following


def _inherited(c: Connection, folder: str, own: Iterable[Element]) -> Iterator[_Node]:
    """The jobs for which the folder, and those above it, let a job wait that has these elements itself."""
    has_precheck = any(element.element_type_name == "PrecheckJob" for element in own)
    parts = names.split(folder)
    paths = [names.ROOT + names.ROOT.join(parts[:depth]) for depth in range(len(parts) + 1)]
    table = tables.folder
    query = select(table.c.path, table.c.document).where(table.c.path_key.in_(map(names.fold, paths)))
    for path, text in c.execute(query).all():
        elements = _read(text)
        if has_precheck:
            elements = [element for element in elements if element.element_type_name != "PrecheckJob"]
        yield from _targets(c, elements, path)


def _elements(c: Connection, id: int) -> list[Element]:
    """The elements and tasks of a job."""
    return _read(c.scalar(select(tables.job.c.document).where(tables.job.c.id == id)))


def _read(text: str | None) -> list[Element]:
    """The elements and tasks in a document, as far as they can be read."""
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


def _targets(c: Connection, elements: Iterable[Element], folder: str) -> Iterator[_Node]:
    """The jobs for which the elements let a job wait."""
    for element in elements:
        reference = _reference(element)
        if reference is None:
            continue
        try:
            id = named_in_definitions.find(c, ValueType.JOB, reference, folder)
        except JAMSError:  # it names nothing, or several
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

    if said("Enabled") is False or (kind.name == "JobDependency" and said("WithinTime")):
        return None
    found = said(_REFERENCES[kind.name])
    return found if isinstance(found, Reference) else None
