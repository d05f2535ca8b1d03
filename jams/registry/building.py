"""What the types of elements have in common, so that they read as lists."""

from __future__ import annotations

from enum import Enum
from typing import Any

from jams.objects.enums import ElementKind
from jams.objects.parts import PropertyData

from .kinds import Place, ValueType
from .model import DEFINITION, ElementType, Property, PropertySet


def holding(name: str, value_type: ValueType, description: str, **members: Any) -> Property:
    """A property of an element."""
    return Property(
        name=name, value_type=value_type, description=description, places=(Place.ELEMENT,), **members
    )


def choosing(
    name: str, choices: type[Enum], description: str, default: PropertyData = None, **members: Any
) -> Property:
    """A property of an element that holds one of several words."""
    return holding(name, ValueType.CHOICE, description, choices=choices, default=default, **members)


def element(
    name: str,
    kind: ElementKind,
    description: str,
    *properties: Property,
    places: tuple[Place, ...] = DEFINITION,
    aliases: tuple[str, ...] = (),
    needs_one: tuple[str, ...] = (),
    unsupported: str = "",
) -> ElementType:
    """A type of element."""
    return ElementType(
        name=name,
        kind=kind,
        description=description,
        properties=PropertySet(f"an element of the type {name}", properties),
        places=places,
        aliases=aliases,
        needs_one=needs_one,
        unsupported=unsupported,
    )
