"""Maps structs, enumerations and constrained scalars to spyne's types, from which the schemas come."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from typing import Any

import msgspec.inspect as inspect
from msgspec import Struct
from spyne import Boolean, ByteArray, Date, DateTime, Double, Integer64, Unicode
from spyne.model.complex import ComplexModel
from spyne.model.enum import Enum

from jams.objects import base
from jams.objects.base import Fact
from jams.wire.soap.names import TYPES, element_name, type_name
from jams.wire.soap.shapes import Shape, members, mixed, shape_of

UNBOUNDED = float("inf")
UNNAMED = "_"
"""Begins the names of types that get none in the schema: they stand where they are used."""

BASE64 = "Base64"
"""What texts are called that are bytes in base64."""

_TIMES = {DateTime: "Timestamp", Date: "Day"}
ZONED = r".+T.+(Z|[+\-][0-9]{2}:[0-9]{2})"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+\-][0-9]{2}:[0-9]{2})?"


class MixedText(Unicode):  # type: ignore[misc]
    """A scalar of any kind, or an object, as text; see :mod:`jams.wire.soap.text`."""


class Types:
    """Makes the spyne type of every member, each struct and enumeration once."""

    def __init__(self, partial: Iterable[type[Struct]] = ()) -> None:
        """``partial`` are the documents of which some members alone may be sent: none is required of them."""
        self._partial = frozenset(partial)
        self._structs: dict[type[Struct], Any] = {}
        self._enums: dict[type, Any] = {}
        self._pair: Any = None
        self._facets: dict[str, tuple[Any, ...]] = {}
        self.descriptions: dict[str, str] = {}
        self._name_scalars()

    def member(self, shape: Shape, name: str, *, required: bool, description: str = "") -> Any:
        """The type of an element called ``name`` in its place: how often it stands there, what it means."""
        occurrence: dict[str, Any] = {
            "min_occurs": int(required and not shape.many),
            "max_occurs": UNBOUNDED if shape.many else 1,
            "nillable": False,
            "sub_name": name,
        }
        told = description or shape.description
        if told and told not in self.descriptions.values():
            occurrence["doc"] = told
        return self._leaf(shape, occurrence)

    def struct(self, leaf: Any) -> Any:
        """The complex type of a struct's leaf; members keep their Python names, ``sub_name`` is the tag."""
        struct: type[Struct] = leaf.cls
        if struct not in self._structs:
            made = {
                field.name: self.member(
                    shape,
                    element_name(field.encode_name),
                    required=not shape.optional
                    and struct not in self._partial
                    and (field.required or issubclass(struct, Fact)),
                )
                for field, shape in members(leaf)
            }
            self._structs[struct] = complex_type(type_name(struct), made, struct.__doc__)
        return self._structs[struct]

    def structs(self) -> Iterable[tuple[type[Struct], Any]]:
        """Every struct made so far with its complex type."""
        return self._structs.items()

    def enums(self) -> Iterable[type]:
        """Every enumeration met so far."""
        return self._enums.keys()

    def _name_scalars(self) -> None:
        """Learn what the scalar types that documents share allow, and what is said of them."""
        for name, annotation in vars(base).items():
            if typing.get_origin(annotation) is typing.Annotated:
                shape = shape_of(annotation)
                if shape.title:
                    self._facets[shape.title] = _facet_key(*_facets(shape.leaf))
                if shape.description:
                    self.descriptions[name] = shape.description

    def _leaf(self, shape: Shape, occurrence: dict[str, Any]) -> Any:
        leaf = shape.leaf
        if mixed(leaf):
            return MixedText.customize(**occurrence)
        match leaf:
            case inspect.StructType():
                return self.struct(leaf).customize(**occurrence)
            case inspect.DictType():
                return self._name_value().customize(**occurrence)
            case inspect.EnumType():
                return self._enum(leaf.cls).customize(**occurrence)
            case inspect.BoolType():
                return Boolean.customize(**occurrence)
            case _:
                return self._scalar(shape, occurrence)

    def _scalar(self, shape: Shape, occurrence: dict[str, Any]) -> Any:
        if shape.title == BASE64:
            return ByteArray.customize(**occurrence)
        kind, facets = _facets(shape.leaf)
        if not facets:
            return kind.customize(**occurrence)
        key, name = _facet_key(kind, facets), shape.title
        # A use of a named type with limits of its own is another type, and has no name.
        if name is None or self._facets.setdefault(name, key) != key:
            name = _TIMES.get(kind) or f"{UNNAMED}{_facet_name(kind, facets)}"
        made = kind.customize(type_name=name, **facets, **occurrence)
        made.__namespace__ = TYPES
        return made

    def _enum(self, cls: type) -> Any:
        if cls not in self._enums:
            values = [item.value for item in typing.cast(Any, cls)]
            made = Enum(*values, type_name=type_name(cls), doc=cls.__doc__ or "")
            made.__namespace__ = TYPES
            self._enums[cls] = made
        return self._enums[cls]

    def _name_value(self) -> Any:
        if self._pair is None:
            self._pair = complex_type(
                "NameValue",
                {
                    "name": Unicode.customize(min_occurs=1, nillable=False, sub_name="Name"),
                    "value": Unicode.customize(min_occurs=0, nillable=False, sub_name="Value"),
                },
                None,
            )
            self.descriptions["NameValue"] = "A value and the name it goes by."
        return self._pair


def complex_type(name: str, made: dict[str, Any], doc: str | None) -> Any:
    """A complex type in the namespace of the types, with the members given by Python name."""
    cls = ComplexModel.produce(namespace=TYPES, type_name=name, members=list(made.items()))
    cls.__doc__ = doc
    return cls


def _facets(leaf: Any) -> tuple[Any, dict[str, Any]]:
    match leaf:
        case inspect.StrType():
            facets = {"min_len": leaf.min_length, "max_len": leaf.max_length, "pattern": leaf.pattern}
            kind = Unicode
        case inspect.DateTimeType():
            facets = {"pattern": ZONED if leaf.tz else None}
            kind = DateTime
        case inspect.DateType():
            facets = {"pattern": DAY}
            kind = Date
        case _:
            kind = Integer64 if isinstance(leaf, inspect.IntType) else Double
            facets = {"ge": leaf.ge, "le": leaf.le, "gt": leaf.gt, "lt": leaf.lt}
    return kind, {facet: value for facet, value in facets.items() if value is not None}


def _facet_key(kind: Any, facets: dict[str, Any]) -> tuple[Any, ...]:
    return (kind.get_type_name(), *sorted(facets.items()))


def _facet_name(kind: Any, facets: dict[str, Any]) -> str:
    words = (f"{facet.partition('_')[0].capitalize()}{value}" for facet, value in facets.items())
    return f"{kind.get_type_name().capitalize()}{''.join(words)}".replace(".", "Point")
