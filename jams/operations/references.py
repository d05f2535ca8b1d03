"""What operations say of each other: asked when all of them are in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jams.objects.errors import error_classes

from .checks import WrongDeclaration, listed, members
from .model import Offer, Operation


class Operations(Protocol):
    """Whatever gives operations by name: the catalogue."""

    def get(self, name: str) -> Operation | None:
        """The operation of that name, or None."""


def check_references(operation: Operation, operations: Operations) -> None:
    """See that what a declaration says of other operations and of errors is so.

    Raises:
        WrongDeclaration: it is not; all that is wrong is said.
    """
    wrong = [
        *_errors(operation),
        *_shown(operation, operations),
        *_followed(operation, operations),
        *_variables(operation, operations),
    ]
    for name, offer in operation.offers.items():
        wrong += _offered(f"offers[{name!r}]", offer, operations)
    if operation.binding.lookup is not None:
        wrong += _looked_up(operation.binding.lookup, operations)
    if wrong:
        raise WrongDeclaration("\n".join(f"{operation.name}: {sentence}" for sentence in wrong))


def _errors(operation: Operation) -> Iterator[str]:
    known = {cls.__name__ for cls in error_classes().values()}
    for name in operation.errors:
        if name not in known:
            yield f"Raises of its docstring names {name!r}, which is no error of ours."


def _shown(operation: Operation, operations: Operations) -> Iterator[str]:
    name = operation.binding.shows
    if name is None:
        return
    shown = operations.get(name)
    if shown is None or not shown.key:
        yield f"binding.shows names {name!r}, which is no operation that gives an object by its key."
    elif not operation.binding.path and not set(shown.key) & {item.name for item in operation.inputs}:
        yield f"binding.shows names {name!r}, whose key is none of its inputs; binding.path has to make it."
    for other in operation.binding.beside:
        if shown is not None and other not in {item.name for item in shown.inputs}:
            yield f"binding.beside fills {other!r}, which is no input of {name}."


def _offered(hint: str, offer: Offer, operations: Operations) -> Iterator[str]:
    lister = operations.get(offer.operation)
    if lister is None or not lister.lists:
        yield f"{hint} looks in {offer.operation!r}, which is no operation that lists."
        return
    if offer.member not in members(listed(lister)):
        yield f"{hint} takes {offer.member!r}, which {offer.operation} does not list."
    if offer.within is not None and offer.within not in {item.name for item in lister.inputs}:
        yield f"{hint} looks within {offer.within!r}, which is no input of {offer.operation}."


def _looked_up(lookup: Offer, operations: Operations) -> Iterator[str]:
    yield from _offered("binding.lookup", lookup, operations)
    lister = operations.get(lookup.operation)
    if lister is not None and lister.binding.pattern is None:
        yield f"binding.lookup looks in {lookup.operation!r}, which has no binding.pattern."


def _followed(operation: Operation, operations: Operations) -> Iterator[str]:
    waits = []
    if operation.follow is not None:
        waits.append(("follow.until", operation.follow.until))
    if operation.starts is not None:
        waits.append(("starts.wait", operation.starts.wait))
        shown = operations.get(operation.starts.log)
        if shown is None or shown.follow is None:
            yield f"starts.log names {operation.starts.log!r}, which is no operation with follow."
        for name in (operation.starts.wait, operation.starts.log):
            other = operations.get(name)
            if other is not None and operation.starts.input not in {item.name for item in other.inputs}:
                yield f"starts.input is {operation.starts.input!r}, which is no input of {name}."
    for hint, name in waits:
        other = operations.get(name)
        if other is None or other.ending is None:
            yield f"{hint} names {name!r}, which is no operation with ending."


def _variables(operation: Operation, operations: Operations) -> Iterator[str]:
    variables = operation.binding.variables
    if variables is None:
        return
    source = operations.get(variables.operation)
    if source is None or variables.member not in members(source.result):
        told = f"{variables.member!r} of {variables.operation!r}"
        yield f"binding.variables takes {told}, which does not give it."
