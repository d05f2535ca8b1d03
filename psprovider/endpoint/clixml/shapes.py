"""What Python's classes look like to PowerShell: type names and members of structs and enumerations."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from jams.objects.base import Document, pascal_name

from .text import escape_name
from .types import CUSTOM_OBJECT, OBJECT, EnumValue


@dataclass(frozen=True, slots=True)
class Shape:
    """How objects of one class are written.

    Attributes:
        names: the chain of type names.
        members: of every field, in order, the ready-made ``N`` attribute and the element of a null; None of
            one that is not written.
        more: of every further property the same, and what gives it.
        to_string: gives the object's text, or None where it has none.
    """

    names: tuple[str, ...]
    members: tuple[tuple[str, str] | None, ...]
    more: tuple[tuple[str, str, Callable[[Any], Any]], ...] = ()
    to_string: Callable[[Any], str] | None = None


class Shapes:
    """The shapes of all classes, worked out once each.

    A struct appears as a custom object whose members bear the wire names in PascalCase. Its type is the
    class's name in ``namespace`` unless ``declare`` said otherwise.
    """

    def __init__(self, namespace: str = "MVPSI.JAMS") -> None:
        self._namespace = namespace
        self._names: dict[type, tuple[str, ...]] = {}
        self._texts: dict[type, Callable[[Any], str]] = {}
        self._structs: dict[type, Shape] = {}
        self._enums: dict[enum.Enum, EnumValue] = {}
        self._further: Callable[[type[msgspec.Struct]], Iterable[tuple[str, Callable[[Any], Any]]]] | None = (
            None
        )

    def extend(
        self, further: Callable[[type[msgspec.Struct]], Iterable[tuple[str, Callable[[Any], Any]]]]
    ) -> None:
        """Have the objects of a class bear further properties: names, and what gives their values."""
        self._further = further
        self._structs.clear()

    def declare(self, cls: type, *names: str, to_string: Callable[[Any], str] | None = None) -> None:
        """Give ``cls`` type names, most derived first, and a text; call it before objects are written."""
        if names:
            self._names[cls] = names
        if to_string is not None:
            self._texts[cls] = to_string
        self._structs.pop(cls, None)

    def names(self, cls: type) -> tuple[str, ...]:
        """The type names of a class, without the chain that ends every custom object."""
        return self._names.get(cls) or (f"{self._namespace}.{cls.__name__}",)

    def struct(self, cls: type[msgspec.Struct]) -> Shape:
        """The shape of a struct class."""
        shape = self._structs.get(cls)
        if shape is None:
            implied = cls.implied if issubclass(cls, Document) else ()
            members = tuple(
                None if field.name in implied else _labels(pascal_name(field.encode_name))
                for field in msgspec.structs.fields(cls)
            )
            further = () if self._further is None else self._further(cls)
            more = tuple((*_labels(name), value) for name, value in further)
            names = (*self.names(cls), CUSTOM_OBJECT, OBJECT)
            shape = self._structs[cls] = Shape(names, members, more, self._texts.get(cls))
        return shape

    def member(self, value: enum.Enum) -> EnumValue:
        """An enumeration's member as .NET shows it: numbered by value if that is a number, else by order."""
        found = self._enums.get(value)
        if found is None:
            cls = type(value)
            number = value.value if isinstance(value.value, int) else list(cls).index(value)
            name = value.value if isinstance(value.value, str) else pascal_name(value.name.lower())
            found = self._enums[value] = EnumValue(self.names(cls)[0], number, name)
        return found


def _labels(name: str) -> tuple[str, str]:
    label = f' N="{escape_name(name)}"'
    return label, f"<Nil{label} />"


DEFAULT_SHAPES = Shapes()
