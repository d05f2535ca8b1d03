"""Collections of objects and handles to single ones, made from the services of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from jams.objects.base import MAX_ID
from jams.objects.errors import InvalidArgument
from jams.operations.catalogue import Input, Operation

from .methods import Method, Runner, method_names


def collection_name(service: str) -> str:
    """The name of a service's collection: ``Entry`` → ``entries``. History has no plural."""
    word = service.lower()
    if word == "history":
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


class Collection:
    """All objects of one kind at a server. Index it by number or name for a handle to one of them.

    Its methods are the operations of its service that name no single object, and those that do, with the
    key as an argument.
    """

    def __init__(self, runner: Runner, service: str, operations: Sequence[Operation]) -> None:
        self._runner = runner
        self._service = service
        self._operations = {name: operation for operation in operations for name in method_names(operation)}

    def __getitem__(self, key: int | str) -> Handle:
        return Handle(self._runner, self._service, list(self._operations.values()), key)

    def __getattr__(self, name: str) -> Any:
        operation = self.__dict__.get("_operations", {}).get(name)
        if operation is None:
            raise AttributeError(f"{self!r} has no method {name}")
        return Method(self._runner, operation, {})

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._operations})

    def __repr__(self) -> str:
        return f"<{collection_name(self._service)} of the server>"


class Handle:
    """One object at a server, by its key. Nothing is asked of the server until a method is called.

    Its methods are the operations of its service that a key can name, with the key bound; positional
    arguments fill the remaining inputs in order.
    """

    def __init__(self, runner: Runner, service: str, operations: Sequence[Operation], key: int | str) -> None:
        if isinstance(key, bool) or not isinstance(key, int | str):
            raise InvalidArgument(f"A {service.lower()} is named by its number or its name, not by {key!r}.")
        self._runner = runner
        self._service = service
        self._bound = {
            name: (operation, bound)
            for operation in operations
            if (bound := _key_input(operation, key)) is not None
            for name in method_names(operation)
        }
        self.key = key

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__.get("_bound", {}).get(name)
        if found is None:
            raise AttributeError(f"{self!r} has no method {name}")
        operation, bound = found
        return Method(self._runner, operation, {bound: self.key})

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), "key", *self._bound})

    def __repr__(self) -> str:
        return f"<{self._service} {self.key!r}>"


def _key_input(operation: Operation, key: int | str) -> str | None:
    """The input that a key of this kind fills, or None when it names no object of the operation."""
    wanted = int if isinstance(key, int) else str
    return next((name for name in operation.key if _takes(operation.input(name), wanted)), None)


def _takes(item: Input, kind: type) -> bool:
    probe: Any = MAX_ID if kind is int else "x"
    try:
        msgspec.convert(probe, item.type)
    except msgspec.ValidationError:
        return False
    return True
