"""The catalogue of all operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .checks import WrongDeclaration, check, check_apart, claims
from .model import (
    Binding,
    Bound,
    Ending,
    Feed,
    Follow,
    Input,
    Making,
    Message,
    Offer,
    Operation,
    Page,
    Pieces,
    Place,
    Right,
    Route,
    Start,
    Variables,
)
from .references import check_references

__all__ = [
    "CATALOGUE",
    "Binding",
    "Bound",
    "Catalogue",
    "Ending",
    "Feed",
    "Follow",
    "Input",
    "Making",
    "Message",
    "Offer",
    "Operation",
    "Page",
    "Pieces",
    "Place",
    "Right",
    "Route",
    "Start",
    "Variables",
    "WrongDeclaration",
]


class Catalogue:
    """All operations, by name and by what each face calls them."""

    def __init__(self) -> None:
        self._operations: dict[str, Operation] = {}
        self._claims: dict[tuple[str, Any], Operation] = {}

    def add(self, operation: Operation) -> None:
        """Take an operation in.

        Operations may share a cmdlet as parameter sets of different names.

        Raises:
            WrongDeclaration: a name or address is taken, or a hint does not fit the operation; says which.
        """
        check(operation)
        wanted = claims(operation)
        check_apart(wanted, self._claims)
        self._claims.update(wanted)
        self._operations[operation.name] = operation

    def __iter__(self) -> Iterator[Operation]:
        return iter(self._operations.values())

    def __len__(self) -> int:
        return len(self._operations)

    def __getitem__(self, name: str) -> Operation:
        return self._operations[name]

    def get(self, name: str) -> Operation | None:
        """The operation of that name, or None."""
        return self._operations.get(name)

    def check(self) -> None:
        """See that what operations say of each other is so; to be asked when all are there.

        Raises:
            WrongDeclaration: an operation names one that is not there or does not do what is expected of it.
        """
        for operation in self:
            check_references(operation, self)

    def services(self) -> dict[str, list[Operation]]:
        """The operations by SOAP service, in the order of declaration."""
        found: dict[str, list[Operation]] = {}
        for operation in self:
            found.setdefault(operation.service, []).append(operation)
        return found


CATALOGUE = Catalogue()
