"""Reads values from elements: of a request at the server, of an answer at the class library.

The values are gathered under their wire names, to be converted by msgspec exactly as JSON is, so that all
ends check alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec.inspect as inspect

from jams.objects.errors import InvalidArgument

from .names import TYPES, element_name, local_name
from .scalars import reader_of
from .shapes import Shape, members, mixed
from .text import read_mixed

_NONE: Mapping[str, type[list[Any] | dict[str, Any]]] = {}


class Element(Protocol):
    """An element, of lxml or of the standard library."""

    @property
    def tag(self) -> Any:
        """Its name, as ``{namespace}name``."""

    @property
    def text(self) -> str | None:
        """What it holds before its first child."""

    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Member:
    """A child element: where its value goes, and how it is read."""

    path: tuple[str, ...]
    name: str
    required: bool
    many: bool
    pairs: bool
    read: Callable[[Element], Any]
    children: dict[str, Member] | None


def member(shape: Shape, name: str, path: tuple[str, ...], *, required: bool) -> Member:
    """How the element of a name and type is read, with all below it."""
    leaf = shape.leaf
    children = _children(leaf) if isinstance(leaf, inspect.StructType) else None
    empty = _empty(leaf) if isinstance(leaf, inspect.StructType) else {}
    pairs = isinstance(leaf, inspect.DictType)
    return Member(
        path=path,
        name=name,
        required=required and not shape.many,
        many=shape.many and not pairs,
        pairs=pairs,
        read=_pair if pairs else _leaf(leaf) if children is None else lambda e: gather(children, e, empty),
        children=children,
    )


def gather(
    plan: dict[str, Member], element: Element, empty: Mapping[str, type[list[Any] | dict[str, Any]]] = _NONE
) -> dict[str, Any]:
    """The values of the children that are planned for; others, which a newer server may have, are left.

    Args:
        plan: how the children are read, by their tags.
        element: what is read.
        empty: lists and mappings that are always there: in XML an empty one looks like none.

    Raises:
        InvalidArgument: a name of a mapping is given twice, or a text is no value of its type.
    """
    values: dict[str, Any] = {name: kind() for name, kind in empty.items()}
    for child in element:
        found = plan.get(str(child.tag))
        if found is None:
            continue
        target = values
        for step in found.path[:-1]:
            target = target.setdefault(step, {})
        key, value = found.path[-1], found.read(child)
        if found.many:
            target.setdefault(key, []).append(value)
        elif found.pairs:
            _add_pair(target.setdefault(key, {}), found.name, value)
        else:
            target[key] = value
    return values


def _children(leaf: Any) -> dict[str, Member]:
    found = {}
    for field, shape in members(leaf):
        name = element_name(field.encode_name)
        found[f"{{{TYPES}}}{name}"] = member(shape, name, (field.encode_name,), required=field.required)
    return found


def _empty(leaf: inspect.StructType) -> dict[str, type[list[Any] | dict[str, Any]]]:
    """The lists and mappings among the members of a struct without which it is none."""
    return {
        field.encode_name: dict if isinstance(shape.leaf, inspect.DictType) else list
        for field, shape in members(leaf)
        if field.required and not shape.optional and (shape.many or isinstance(shape.leaf, inspect.DictType))
    }


def _add_pair(pairs: dict[str, Any], owner: str, pair: tuple[str, str | None]) -> None:
    name, value = pair
    if name in pairs:
        raise InvalidArgument(f"{owner} gives {name[:100]} twice.", member=owner)
    pairs[name] = value


def _pair(element: Element) -> tuple[str, str | None]:
    texts = {local_name(str(child.tag)): child.text or "" for child in element}
    return texts["Name"], texts.get("Value")


def _leaf(leaf: Any) -> Callable[[Element], Any]:
    read_text = read_mixed if mixed(leaf) else reader_of(leaf)

    def read(element: Element) -> Any:
        try:
            return read_text(element.text or "")
        except ValueError as error:
            name = local_name(str(element.tag))
            raise InvalidArgument(f"{name} {error}.", member=name) from None

    return read
