"""Operations as methods: called with positional arguments, and followed while their result grows."""

from __future__ import annotations

import inspect
import time
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from jams.objects.base import snake_name
from jams.objects.errors import InvalidArgument
from jams.operations.catalogue import Follow, Input, Operation

_FOLLOW_SECONDS = 20.0
_PACE = 0.5


class Runner(Protocol):
    """Whatever runs an operation: the server object."""

    def run(self, operation: Operation, arguments: Mapping[str, Any], *, retry_key: str | None = None) -> Any:
        """Run it with its inputs by their Python names."""


def method_names(operation: Operation) -> tuple[str, ...]:
    """The names an operation has as a method: ``GetLog`` is ``log`` and ``get_log``."""
    name = snake_name(operation.soap_name)
    return (name.removeprefix("get_"), name) if name.startswith("get_") else (name,)


class Method:
    """An operation with some of its inputs bound, ready to be called.

    Positional arguments fill the inputs that are not bound, in the order of the declaration. An operation
    whose result grows takes ``follow=True`` and then gives its text piece by piece until the end.
    """

    def __init__(self, runner: Runner, operation: Operation, bound: Mapping[str, Any]) -> None:
        self._runner = runner
        self._bound = dict(bound)
        self._free = _free_inputs(operation, bound)
        self.operation = operation
        self.__name__ = method_names(operation)[0]
        self.__doc__ = _documentation(operation, self._free)
        self.__signature__ = _signature(operation, self._free)

    def __call__(
        self, *positional: Any, follow: bool = False, retry_key: str | None = None, **named: Any
    ) -> Any:
        """Run the operation.

        Raises:
            InvalidArgument: too many positional arguments, one given twice, or nothing to follow.
            JAMSError: whatever the operation raises.
        """
        values = {**self._bound, **self._by_position(positional, named), **named}
        if follow:
            return self._follow(values)
        return self._runner.run(self.operation, values, retry_key=retry_key)

    def __repr__(self) -> str:
        return f"<method {self.__name__}{self.__signature__}>"

    def _by_position(self, positional: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
        if len(positional) > len(self._free):
            raise InvalidArgument(f"{self.__name__} takes at most {len(self._free)} positional arguments.")
        placed = {item.name: value for item, value in zip(self._free, positional, strict=False)}
        twice = placed.keys() & named.keys()
        if twice:
            raise InvalidArgument(f"{self.__name__} is given {', '.join(sorted(twice))} twice.")
        return placed

    def _follow(self, values: dict[str, Any]) -> Iterator[str]:
        hint = self.operation.follow
        if hint is None:
            raise InvalidArgument(f"{self.__name__} has nothing to follow.")
        return self._pieces(hint, {hint.wait: _FOLLOW_SECONDS, **values})

    def _pieces(self, hint: Follow, asked: dict[str, Any]) -> Iterator[str]:
        kept = {item.name for item in self.operation.inputs if item.required}
        kept |= {*self.operation.key, hint.wait}
        while True:
            began = time.monotonic()
            part = self._runner.run(self.operation, asked)
            piece = getattr(part, snake_name(hint.text))
            if piece:
                yield piece
            if getattr(part, snake_name(hint.done)):
                return
            if not piece and time.monotonic() - began < _PACE:
                time.sleep(_PACE)  # a server without room for one more waiting caller answers at once
            asked = {name: value for name, value in asked.items() if name in kept}
            asked[hint.cursor] = getattr(part, snake_name(hint.next))


def _free_inputs(operation: Operation, bound: Mapping[str, Any]) -> list[Input]:
    """The inputs left to give: once one key is bound the others would contradict it."""
    taken = {*bound, *(operation.key if bound else ())}
    first = [operation.input(name) for name in operation.positional if name not in taken]
    rest = [item for item in operation.inputs if item.name not in taken and item not in first]
    return first + rest


def _documentation(operation: Operation, free: list[Input]) -> str:
    lines = [operation.summary]
    if operation.description and operation.description != operation.summary:
        lines += ["", operation.description]
    if free:
        lines += ["", "Args:"]
        lines += [f"    {item.name}: {item.description}" for item in free]
    return "\n".join(lines)


def _signature(operation: Operation, free: list[Input]) -> inspect.Signature:
    ordered = sorted(free, key=lambda item: not item.required) if not operation.positional else free
    parameters = []
    optional = False
    for item in ordered:
        optional = optional or not item.required
        default = inspect.Parameter.empty if item.required and not optional else item.default
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(inspect.Parameter(item.name, kind, default=default, annotation=item.type))
    return inspect.Signature(parameters, return_annotation=operation.result)
