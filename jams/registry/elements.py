"""The types of elements, by name. Published are their names and those of most of their properties."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from jams.dates.suggestions import nearest_name
from jams.objects.errors import UnknownElementType

from . import dependencies, events, tasks, triggers
from .kinds import Place, ValueType
from .model import ElementType, Property, PropertySet

ENABLED = Property(
    name="Enabled",
    value_type=ValueType.BOOLEAN,
    description="Whether the element does anything.",
    category="Status",
    places=(Place.ELEMENT,),
    default=True,
)
"""A property of every element: what is not enabled demands nothing."""


def _numbered(types: Sequence[ElementType]) -> tuple[ElementType, ...]:
    return tuple(
        replace(
            each,
            number=number,
            properties=PropertySet(f"an element of the type {each.name}", (*each.properties, ENABLED)),
        )
        for number, each in enumerate(types, start=1)
    )


ELEMENT_TYPES = _numbered((*triggers.TYPES, *dependencies.TYPES, *events.TYPES, *tasks.TYPES, *events.HOOKS))

_BY_NAME = {name.lower(): each for each in ELEMENT_TYPES for name in (each.name, *each.aliases)}


def find_element_type(name: str) -> ElementType | None:
    """The type of element of that name, or None."""
    return _BY_NAME.get(name.strip().lower())


def element_type(name: str, place: Place | None = None) -> ElementType:
    """The type of element of that name, which may stand in the place.

    Raises:
        UnknownElementType: there is none; the message names the nearest.
    """
    found = find_element_type(name)
    if found is None:
        nearest = nearest_name(name, [each.name for each in ELEMENT_TYPES])
        hint = f" Did you mean {nearest}?" if nearest else ""
        raise UnknownElementType(f"There is no type of element {name[:100]}.{hint}", target=name[:100])
    if place is not None:
        found.check_place(place)
    return found
