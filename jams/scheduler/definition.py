"""A definition by the registry: what its elements and properties mean (semantics 2.1, 2.2, 2.9).

Elements come down from folders to the jobs below, and are told apart by the folder that names what they refer
to relatively.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from jams.objects.errors import JAMSError
from jams.objects.parts import Element, PropertyData
from jams.registry import ElementType, Property, element_type, read
from jams.registry.elements import ENABLED


class Part:
    """An enabled element with the meanings of its properties.

    Attributes:
        type: its type.
        folder: the folder from which it comes; references may be relative to it.
    """

    def __init__(self, kind: ElementType, element: Element, folder: str) -> None:
        self.type = kind
        self.folder = folder
        self.name = element.element_name
        self._given: dict[str, PropertyData] = {}
        for item in element.properties:
            known = kind.properties.get(item.property_name)
            if known is not None and item.current_value is not None:
                self._given[known.name] = item.current_value

    @property
    def enabled(self) -> bool:
        """Whether it demands anything."""
        return self._given.get(ENABLED.name) is not False and self.get(ENABLED.name) is not False

    def get(self, name: str) -> Any:
        """What a property means; its default where it is not set.

        Raises JAMSError when it is not what the property holds.
        """
        definition: Property = self.type.properties[name]
        value = self._given.get(definition.name)
        meaning = read(definition, value)
        return read(definition, definition.default) if meaning is None else meaning

    def given(self, name: str) -> Any:
        """What a property means that is set; None where it is not. Raises as :meth:`get`."""
        definition: Property = self.type.properties[name]
        return read(definition, self._given.get(definition.name))


def parts_of(sources: Iterable[tuple[str, Sequence[Element]]]) -> Iterator[Part]:
    """The enabled elements of folders, from the root down, and then of the job; each with its folder's path.

    Elements of an unknown type demand nothing: they were kept before types were checked.
    """
    for kind, element, folder in _of_known_types(sources):
        part = Part(kind, element, folder)
        if part.enabled:
            yield part


def enabled_parts(sources: Iterable[tuple[str, Sequence[Element]]], types: Collection[str]) -> Iterator[Part]:
    """The enabled elements of those types, from the root down. Never raises: what is unreadable is none."""
    for part in _parts_of_types(sources, types):
        if _is_enabled(part):
            yield part


def nearest_parts(sources: Iterable[tuple[str, Sequence[Element]]], types: Collection[str]) -> Iterator[Part]:
    """The enabled elements of those types; of those of one type and name the one that is nearest to the job.

    One that is not enabled takes away the inherited one of its name. Never raises.
    """
    nearest: dict[tuple[str, str], Part] = {}
    for part in _parts_of_types(sources, types):
        nearest[(part.type.name, part.name.casefold())] = part
    yield from filter(_is_enabled, nearest.values())


def _parts_of_types(
    sources: Iterable[tuple[str, Sequence[Element]]], types: Collection[str]
) -> Iterator[Part]:
    for kind, element, folder in _of_known_types(sources):
        if kind.name in types:
            yield Part(kind, element, folder)


def _of_known_types(
    sources: Iterable[tuple[str, Sequence[Element]]],
) -> Iterator[tuple[ElementType, Element, str]]:
    """The elements with their types, from the root down; those of a type that is not known are left out."""
    for folder, elements in sources:
        for element in elements:
            try:
                kind = element_type(element.element_type_name)
            except JAMSError:
                continue
            yield kind, element, folder


def _is_enabled(part: Part) -> bool:
    try:
        return part.enabled
    except JAMSError:
        return False
