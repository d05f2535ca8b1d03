"""Reads the arguments of an operation from a request element that the schema has already accepted.

The values are gathered under their wire names and converted by msgspec exactly as REST converts JSON, so that
both faces check alike and say alike what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from lxml.etree import _Element as Element

from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument, UnknownArgument
from jams.operations.catalogue import Input, Operation
from jams.wire.soap.names import XSI, input_name, local_name, member_name, service_namespace
from jams.wire.soap.reading import Member, gather, member
from jams.wire.soap.shapes import shape_of

from .paged import inputs_of

_NIL = f"{{{XSI}}}nil"
_OF_XSI_TYPE = ("xsi:type", "The QName value")
"""What is in the complaints about an ``xsi:type``: nothing else of a request is a QName."""

_MISSING = re.compile(r"Object missing required field `(\w+)`$")
_BOUNDS = re.compile(r"Expected `(?P<kind>\w+)` (?:of )?(?P<bound>length (?:<=|>=) \d+|(?:<=|>=|<|>) \S+)$")
_PATH = re.compile(r"\$((?:\.\w+|\[[^\]]*\])+)")


class Reader:
    """Reads the requests of one operation."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        inputs = inputs_of(operation)
        self._arguments = _with(operation.arguments, inputs[len(operation.inputs) :])
        self._fields = msgspec.structs.fields(self._arguments)
        namespace = service_namespace(operation.service)
        self._members = {
            f"{{{namespace}}}{input_name(item)}": member(
                shape_of(item.type), input_name(item), _path(operation, item), required=item.required
            )
            for item in inputs
        }
        self.secrets = frozenset(input_name(item) for item in operation.inputs if item.secret)

    def arguments(self, element: Element) -> dict[str, Any]:
        """The function's keyword arguments.

        Raises InvalidArgument for what the schema cannot rule out: an impossible date, a name given twice.
        """
        plain = gather(self._members, element)
        try:
            given = msgspec.convert(plain, self._arguments, strict=False)
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
        if any(word in complaint for word in _OF_XSI_TYPE):
            complaint = f"{culprit}: its xsi:type is not the type in the description; leave xsi:type out."
        if culprit in self.secrets:
            complaint = f"The value of {culprit} is not allowed."
        return InvalidArgument(complaint, member=culprit)


def _with(arguments: type[msgspec.Struct], inputs: Sequence[Input]) -> type[msgspec.Struct]:
    """The arguments of an operation with further ones."""
    if not inputs:
        return arguments
    more = [(item.name, item.type, msgspec.field(name=item.wire, default=item.default)) for item in inputs]
    return msgspec.defstruct(
        arguments.__name__, more, bases=(arguments,), kw_only=True, forbid_unknown_fields=True, frozen=True
    )


def _path(operation: Operation, item: Input) -> tuple[str, ...]:
    body = operation.body
    if body is not None and not body.document and item.parameter == body.parameter:
        return (body.wire, item.wire)
    return (item.wire,)


def _misfit(plan: dict[str, Member], element: Element) -> JAMSError | None:
    """The member that does not exist, or that is missing, if that is what is wrong."""
    tags = {str(child.tag) for child in element}
    for child in element:
        found = plan.get(str(child.tag))
        if found is None:
            name = local_name(str(child.tag))[:100]
            near = any(local_name(tag) == name for tag in plan)
            text = f"{name} stands in the wrong namespace." if near else f"There is no element {name} here."
            return UnknownArgument(text, member=name)
        if child.get(_NIL) is not None:
            return InvalidArgument(f"Leave {found.name} out instead of sending nil.", member=found.name)
        inner = _misfit(found.children, child) if found.children is not None else _misread(found, child)
        if inner is not None:
            return inner
    missing = (m for tag, m in plan.items() if m.required and tag not in tags)
    return next((MissingArgument(f"{m.name} is missing.", member=m.name) for m in missing), None)


def _misread(plan: Member, element: Element) -> JAMSError | None:
    """Why the text of an element is no value of its type, if it is none."""
    if plan.pairs or len(element):
        return None
    try:
        plan.read(element)
    except InvalidArgument as error:
        return error
    return None


def _invalid(complaint: str) -> InvalidArgument:
    """A refusal of msgspec, with the path it names turned into element names."""
    text, _, _ = complaint.partition(" - at ")
    missing = _MISSING.match(text)
    if missing is not None:
        name = member_name(missing[1])
        return MissingArgument(f"{name} is missing.", member=name)
    found = _PATH.search(complaint)
    steps = [] if found is None else [member_name(step) for step in re.findall(r"\.(\w+)", found[1])]
    name = steps[-1] if steps else "The request"
    return InvalidArgument(f"{name} {_plainly(text)}.", member=steps[-1] if steps else None)


def _plainly(text: str) -> str:
    """What msgspec says of a value that the schema has let through, in words that follow upon its name."""
    found = _BOUNDS.match(text)
    if found is not None:
        what = {"array": "items", "str": "characters"}.get(found["kind"], "")
        if found["bound"].startswith("length"):
            return f"has to have {found['bound'].removeprefix('length ')} {what}"
        return f"has to be {found['bound']}"
    return "has a value that is not allowed"
