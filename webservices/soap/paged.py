"""Lists in pieces: what SOAP adds to requests for them, and to answers of which more follows.

What more there is stands in the header of an answer. In its body it would be a second result, and toolkits
that make their clients at run time would give their callers something else than before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from lxml.etree import SubElement
from lxml.etree import _Element as Element
from msgspec import Meta

from jams.objects.base import Text, snake_name
from jams.objects.listing import is_full
from jams.operations.catalogue import Input, Operation
from jams.wire.soap.names import TYPES, input_name
from webservices.slices import AFTER, LIMIT, MOST, TOLD, Slices, item_of

from .writer import set_text

MORE = f"{{{TYPES}}}More"
"""The block of an answer's header that says that more follows; what it holds is the input to go on with."""

Going = dict[str, str]
"""By the names of inputs, what to ask with for what follows."""

_KINDS: dict[str, Any] = {LIMIT: Annotated[int, Meta(ge=1, le=MOST)] | None, AFTER: Text | None}
_PAGING = tuple(
    Input(
        name=name,
        wire=name,
        type=kind,
        required=False,
        default=None,
        description=TOLD[name],
        place="query",
        parameter=name,
    )
    for name, kind in _KINDS.items()
)


def inputs_of(operation: Operation) -> tuple[Input, ...]:
    """The inputs of an operation as SOAP has them."""
    return operation.inputs if item_of(operation) is None else (*operation.inputs, *_PAGING)


class Pager:
    """Gives the lists of an operation in the pieces that are asked for."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        item = item_of(operation)
        self._slices = None if item is None else Slices(item)

    def own(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments that the operation itself has."""
        if self._slices is None:
            return arguments
        return {name: value for name, value in arguments.items() if name not in _KINDS}

    def piece(self, arguments: dict[str, Any], found: Any) -> tuple[Any, Going | None]:
        """What is given of a result, and how it goes on; None where nothing follows."""
        if self._slices is not None:
            cut, following = self._slices.cut(found, arguments.get(LIMIT), arguments.get(AFTER))
            return cut, None if following is None else {_element(AFTER): following}
        return found, self._bounded(arguments, found)

    def _bounded(self, arguments: dict[str, Any], found: Sequence[Any]) -> Going | None:
        """Of a list that is as long as its operation lets it be: more may follow, behind its last."""
        bound = self._operation.bound
        if bound is None:
            return None
        most = arguments.get(bound.limit, self._operation.input(bound.limit).default)
        if not is_full(found, most):
            return None
        if bound.cursor is None or bound.member is None:
            return {}
        last = found[0] if bound.backwards else found[-1]
        following = getattr(last, snake_name(bound.member))
        return {input_name(self._operation.input(bound.cursor)): str(following)}


def write(header: Element, going: Going) -> None:
    """Say in the header of an answer how its list goes on."""
    block = SubElement(header, MORE)
    for name, value in going.items():
        set_text(SubElement(block, f"{{{TYPES}}}{name}"), value)


def _element(name: str) -> str:
    return next(input_name(item) for item in _PAGING if item.name == name)
