"""Reads the arguments of an operation from a request element that the schema has already accepted.

The values are gathered under their wire names and converted by msgspec exactly as REST converts JSON, so that
both faces check alike and say alike what is wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import msgspec.inspect as inspect
from lxml.etree import _Element as Element

from jams.objects.base import pascal_name
from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument, UnknownArgument
from jams.operations.catalogue import Input, Operation

from .names import TYPES, XSI, local_name, member_name, service_namespace
from .shapes import Shape, members, mixed, shape_of
from .text import read_mixed

_NIL = f"{{{XSI}}}nil"
_PATH = re.compile(r"\$((?:\.\w+|\[[^\]]*\])+)")


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


class Reader:
    """Reads the requests of one operation."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._fields = msgspec.structs.fields(operation.arguments)
        namespace = service_namespace(operation.service)
        self._members = {
            f"{{{namespace}}}{item.pascal}": _member(
                shape_of(item.type), item.pascal, _path(operation, item), required=item.required
            )
            for item in operation.inputs
        }
        self.secrets = frozenset(item.pascal for item in operation.inputs if item.secret)

    def arguments(self, element: Element) -> dict[str, Any]:
        """The function's keyword arguments.

        Raises InvalidArgument for what the schema cannot rule out: an impossible date, a name given twice.
        """
        plain = _gather(self._members, element)
        try:
            given = msgspec.convert(plain, self._operation.arguments, strict=False)
        except msgspec.ValidationError as error:
            raise _invalid(str(error)) from None
        return {field.name: getattr(given, field.name) for field in self._fields}

    def fault(self, element: Element, complaint: str, culprit: str) -> JAMSError:
        """What is wrong with a request that the schema refused.

        Args:
            element: the request.
            complaint: what the schema says.
            culprit: name of the element that it is about.
        """
        found = _misfit(self._members, element)
        if found is not None:
            return found
        if culprit in self.secrets:
            complaint = f"The value of {culprit} is not allowed."
        return InvalidArgument(complaint, member=culprit)


def _path(operation: Operation, item: Input) -> tuple[str, ...]:
    body = operation.body
    if body is not None and not body.document and item.parameter == body.parameter:
        return (body.wire, item.wire)
    return (item.wire,)


def _member(shape: Shape, name: str, path: tuple[str, ...], *, required: bool) -> Member:
    leaf = shape.leaf
    children = _children(leaf) if isinstance(leaf, inspect.StructType) else None
    pairs = isinstance(leaf, inspect.DictType)
    return Member(
        path=path,
        name=name,
        required=required and not shape.many,
        many=shape.many and not pairs,
        pairs=pairs,
        read=_pair if pairs else _leaf(leaf) if children is None else lambda e: _gather(children, e),
        children=children,
    )


def _children(leaf: Any) -> dict[str, Member]:
    found = {}
    for field, shape in members(leaf):
        name = pascal_name(field.encode_name)
        found[f"{{{TYPES}}}{name}"] = _member(shape, name, (field.encode_name,), required=field.required)
    return found


def _gather(plan: dict[str, Member], element: Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for child in element:
        member = plan[str(child.tag)]
        target = values
        for step in member.path[:-1]:
            target = target.setdefault(step, {})
        key, value = member.path[-1], member.read(child)
        if member.many:
            target.setdefault(key, []).append(value)
        elif member.pairs:
            _add_pair(target.setdefault(key, {}), member.name, value)
        else:
            target[key] = value
    return values


def _add_pair(pairs: dict[str, Any], member: str, pair: tuple[str, str | None]) -> None:
    name, value = pair
    if name in pairs:
        raise InvalidArgument(f"{member} gives {name[:100]} twice.", member=member)
    pairs[name] = value


def _pair(element: Element) -> tuple[str, str | None]:
    texts = {local_name(str(child.tag)): child.text or "" for child in element}
    return texts["Name"], texts.get("Value")


def _leaf(leaf: Any) -> Callable[[Element], Any]:
    if mixed(leaf):
        return lambda element: read_mixed(element.text or "")
    match leaf:
        case inspect.StrType() | inspect.EnumType():
            return lambda element: element.text or ""
        case inspect.FloatType():
            return _number
        case _:
            return lambda element: (element.text or "").strip()


def _number(element: Element) -> float:
    value = float((element.text or "").strip().replace("INF", "inf"))
    if not math.isfinite(value):
        name = local_name(str(element.tag))
        raise InvalidArgument(f"{name} must be a finite number.", member=name)
    return value


def _misfit(plan: dict[str, Member], element: Element) -> JAMSError | None:
    """The member that does not exist, or that is missing, if that is what is wrong."""
    tags = {str(child.tag) for child in element}
    for child in element:
        member = plan.get(str(child.tag))
        if member is None:
            name = local_name(str(child.tag))[:100]
            near = any(local_name(tag) == name for tag in plan)
            text = f"{name} stands in the wrong namespace." if near else f"There is no element {name} here."
            return UnknownArgument(text, member=name)
        if child.get(_NIL) is not None:
            return InvalidArgument(f"Leave {member.name} out instead of sending nil.", member=member.name)
        inner = _misfit(member.children, child) if member.children is not None else None
        if inner is not None:
            return inner
    missing = (m for tag, m in plan.items() if m.required and tag not in tags)
    return next((MissingArgument(f"{m.name} is missing.", member=m.name) for m in missing), None)


def _invalid(complaint: str) -> InvalidArgument:
    """A refusal of msgspec, with the path it names turned into element names."""
    text, _, _ = complaint.partition(" - at ")
    found = _PATH.search(complaint)
    if found is None:
        return InvalidArgument(f"{text}.")
    steps = [member_name(step) for step in re.findall(r"\.(\w+)", found[1])]
    return InvalidArgument(f"{text}, at {steps[-1]}.", member=steps[-1])
