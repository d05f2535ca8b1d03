"""What a declared Python type is in XML: a leaf, and whether it may be absent or repeated.

A list is a repeated element, and what is absent is left out, never written as ``xsi:nil``; an empty list and
an absent one look the same. Readers, writers and the schema are all made from these shapes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec.inspect as inspect

SCALARS = (inspect.StrType, inspect.IntType, inspect.FloatType, inspect.BoolType)


@dataclass(frozen=True)
class Shape:
    """A type taken apart.

    Attributes:
        leaf: what one element holds, as msgspec's inspection tells it; a union of scalars stays a union.
        optional: whether None is allowed.
        many: whether it is a list.
        title: name of the type, if its annotation gives one (``title``, or ``type`` among the extras).
        description: what the annotation says of it.
    """

    leaf: Any
    optional: bool = False
    many: bool = False
    title: str | None = None
    description: str = ""


@cache
def shape_of(annotation: Any) -> Shape:
    """The shape of an annotated type. Raises TypeError for types that the SOAP interface does not have."""
    return _shape(inspect.type_info(annotation))


def members(leaf: Any) -> list[tuple[Any, Shape]]:
    """The fields of a struct's leaf as msgspec tells them, each with its shape."""
    return [(field, _shape(field.type)) for field in leaf.fields]


def mixed(leaf: Any) -> bool:
    """Whether a leaf is a union of scalars (and perhaps objects), which XML holds as text."""
    return isinstance(leaf, inspect.UnionType)


def _shape(info: Any) -> Shape:
    if isinstance(info, inspect.Metadata):
        told = info.extra_json_schema or {}
        named = (info.extra or {}).get("type")
        inner = _shape(info.type)
        return replace(
            inner,
            title=told.get("title") or named or inner.title,
            description=told.get("description") or inner.description,
        )
    if isinstance(info, inspect.UnionType):
        choices = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
        optional = len(choices) < len(info.types)
        if len(choices) == 1:
            return replace(_shape(choices[0]), optional=optional)
        choices = [kind.type if isinstance(kind, inspect.Metadata) else kind for kind in choices]
        if all(isinstance(kind, (*SCALARS, inspect.DictType)) for kind in choices):
            return Shape(inspect.UnionType(tuple(choices)), optional=optional)
        raise TypeError(f"a union of {choices} has no form in XML")
    if isinstance(info, inspect.ListType | inspect.VarTupleType):
        item = _shape(info.item_type)
        if item.many or item.optional:
            raise TypeError("a list of lists, or of what may be absent, has no form in XML")
        return replace(item, many=True, title=item.title)
    if isinstance(info, inspect.DictType):
        return Shape(info, many=True)
    if isinstance(info, (*SCALARS, inspect.DateTimeType, inspect.DateType, inspect.EnumType)):
        return Shape(info)
    if isinstance(info, inspect.StructType):
        return Shape(info)
    raise TypeError(f"{info} has no form in XML")
