"""Values of calls as zeep takes them: by the names of elements, what is absent left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import msgspec.inspect as inspect
from msgspec import UNSET

from jams.objects.errors import InvalidArgument
from jams.objects.patch import clearable_members
from jams.operations.catalogue import Operation
from jams.operations.versioned import CLEARED
from jams.wire.soap.names import element_name, input_name, member_name
from jams.wire.soap.shapes import Shape, members, mixed, shape_of
from jams.wire.soap.text import legal, write_mixed


def written(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of an operation, already of the declared types, by the names of their elements.

    Raises:
        InvalidArgument: a text holds a character that XML cannot hold.
    """
    found = {}
    for item in operation.inputs:
        value = arguments.get(item.parameter)
        if item.parameter != item.name:
            value = getattr(value, item.name, None)
        if not _absent(value):
            found[input_name(item)] = _value(shape_of(item.type), value, item.wire)
    cleared = [*(arguments.get(CLEARED) or ()), *_emptied(operation, arguments)]
    if operation.patches and cleared:
        found[input_name(operation.input(CLEARED))] = cleared
    return found


def _emptied(operation: Operation, arguments: Mapping[str, Any]) -> Iterator[str]:
    """The members that a patch says are null or empty: in XML it would look as if it said nothing of them."""
    if not operation.patches or operation.body is None or operation.document is None:
        return
    patch = arguments[operation.body.parameter]
    for name, wire in clearable_members(operation.document).items():
        value = getattr(patch, name)
        if value is not UNSET and _absent(value):
            yield wire


def wire_member(operation: Operation, element: str) -> str:
    """The wire name of what an error calls by the name of its element."""
    inputs = [item.wire for item in operation.inputs]
    below = (name for item in operation.inputs for name in _names(shape_of(item.type)))
    return next(
        (name for name in (*inputs, *below) if member_name(name) == element),
        element[:1].lower() + element[1:],
    )


def _names(shape: Shape) -> Iterator[str]:
    """The wire names of all members below a type."""
    if isinstance(shape.leaf, inspect.StructType):
        for field, inner in members(shape.leaf):
            yield field.encode_name
            yield from _names(inner)


def _absent(value: Any) -> bool:
    return value is None or value is UNSET or (isinstance(value, list | tuple | dict) and not value)


def _value(shape: Shape, value: Any, name: str) -> Any:
    leaf = shape.leaf
    if isinstance(leaf, inspect.DictType):
        return [_pair(key, one, name) for key, one in value.items()]
    if shape.many:
        return [_leaf(leaf, one, name) for one in value]
    return _leaf(leaf, value, name)


def _pair(key: str, value: Any, name: str) -> dict[str, str]:
    """An item of a mapping: a text as it stands, for pairs are read without a type."""
    told = {"Name": _legal(key, name)}
    if value is not None:
        told["Value"] = _legal(value if isinstance(value, str) else write_mixed(value), name)
    return told


def _leaf(leaf: Any, value: Any, name: str) -> Any:
    if isinstance(leaf, inspect.StructType):
        return {
            element_name(field.encode_name): _value(inner, found, field.encode_name)
            for field, inner in members(leaf)
            if not _absent(found := getattr(value, field.name))
        }
    if mixed(leaf):
        return _legal(write_mixed(value), name)
    if isinstance(value, Enum):
        return value.value
    return _legal(value, name) if isinstance(value, str) else value


def _legal(text: str, name: str) -> str:
    if legal(text) != text:
        raise InvalidArgument(f"{name} holds a character that XML cannot hold.", member=name)
    return text
