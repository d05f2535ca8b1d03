"""Finds what names and patterns mean: one object, those that match, or the numbers behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from jams.objects.base import snake_name
from jams.objects.errors import InvalidArgument, NotFound
from jams.operations.catalogue import Operation
from psprovider.cmdlets.model import Parameter, ParameterSet, Role

from .invocation import Invocation
from .patterns import has_wildcards, matches, unescaped
from .values import MISSING, as_list, get, is_scalar, struct_of, text

_SHELL_ONLY = frozenset("[`")
"""What means something in a pattern of PowerShell, and nothing in one of the server."""


class Call(Protocol):
    """A call for which something is to be found: a cmdlet with its values bound.

    Attributes:
        set: its parameter set.
        values: the values by parameter name.
        parameters: the parameters that were given.
        invocation: the command that is run.
    """

    set: ParameterSet
    values: Mapping[str, Any]
    parameters: list[Parameter]
    invocation: Invocation

    def inputs(self, key: Any) -> dict[str, Any]:
        """The inputs of the operation, with one value of the key."""

    def call(self, operation: Operation, inputs: Mapping[str, Any]) -> Any:
        """Call an operation as the session's caller."""

    def emit(self, operation: Operation, result: Any) -> Iterator[Any]:
        """A result as objects of the pipeline."""

    def guarded(self, output: Iterator[Any]) -> Iterator[Any]:
        """The same output; what is refused meanwhile is an error that ends nothing else."""


def find(call: Call) -> Iterator[Any]:
    """The objects of a set that takes names, patterns, or neither."""
    getter, lister, key = call.set.operation, call.set.lists, call.set.key
    assert lister is not None and key is not None
    given = call.inputs(None)
    names = as_list(given.pop(key, None))
    listed = {p.target: call.values[p.name] for p in call.parameters if p.role is Role.LISTED}
    listed |= {item.name: given[item.name] for item in lister.inputs if item.name in given}

    def found(name: str | None) -> Iterator[Any]:
        if name is None:
            yield from call.emit(lister, call.call(lister, listed))
        elif has_wildcards(name):
            yield from call.emit(lister, _matching(call, lister, listed, name))
        else:
            path = _within(lister, listed, unescaped(name))
            yield from call.emit(getter, call.call(getter, {**given, key: path}))

    for name in map(text, names) if names else (None,):
        yield from call.guarded(found(name))


def _matching(call: Call, lister: Operation, listed: dict[str, Any], pattern: str) -> list[Any]:
    folder = _folder_input(lister)
    inputs = dict(listed)
    parent, backslash, leaf = pattern.rpartition("\\")
    if backslash and folder is not None and not has_wildcards(parent):
        inputs[folder] = parent or "\\"
        pattern = leaf
    elif backslash:
        found = call.call(lister, inputs)
        return [item for item in found if matches(pattern, text(get(item, "QualifiedName")))]
    wanted = lister.binding.pattern
    assert wanted is not None
    if not any(item.name == wanted for item in lister.inputs):
        member = snake_name(wanted)
        return [item for item in call.call(lister, inputs) if matches(pattern, text(getattr(item, member)))]
    if _SHELL_ONLY.isdisjoint(pattern):
        inputs[wanted] = pattern
        return list(call.call(lister, inputs))
    return [item for item in call.call(lister, inputs) if matches(pattern, _leaf(item))]


def _leaf(item: Any) -> str:
    return text(get(item, "QualifiedName")).rpartition("\\")[2]


def _within(lister: Operation, listed: dict[str, Any], name: str) -> str:
    """A bare name in the folder that is listed, as a path."""
    folder = listed.get(_folder_input(lister) or "")
    if folder is None or "\\" in name:
        return name
    return f"{text(folder).rstrip(chr(92))}\\{name}"


def _folder_input(operation: Operation) -> str | None:
    """The input that takes a path in which to look."""
    names = {item.name for item in operation.inputs}
    return next((name for name, offer in operation.offers.items() if offer.within and name in names), None)


def named(invocation: Invocation, operation: Operation, result: Any, patterns: Any) -> Any:
    """Of a list, those whose name matches one of the patterns; a name without wildcards must be there."""
    if patterns is None or not operation.binding.pattern:
        return result
    member = snake_name(operation.binding.pattern)
    found: list[Any] = []
    for pattern in map(text, as_list(patterns)):
        chosen = [item for item in result if matches(pattern, text(getattr(item, member)))]
        if not chosen and not has_wildcards(pattern):
            invocation.error(NotFound(f"There is no {_noun(operation)} {pattern}.", target=pattern))
        found.extend(item for item in chosen if item not in found)
    return found


def _noun(operation: Operation) -> str:
    return operation.cmdlet.partition("-JAMS")[2].lower()


def numbers(call: Call, names: Sequence[Any]) -> list[int]:
    """The numbers of the objects that names or patterns mean; a number stands for itself.

    Of those found the ones that have not ended are meant; where all have, the newest.
    """
    lookup = call.set.operation.binding.lookup
    assert lookup is not None
    lister = call.invocation.session.catalogue[lookup.operation]
    member = snake_name(lookup.member)
    found: list[int] = []
    for name in map(text, names):
        if name.isascii() and name.isdigit():
            found.append(int(name))
            continue
        items = call.call(lister, {str(lister.binding.pattern): name})
        going = [item for item in items if not _ended(call, item)] or items[-1:]
        if not going and not has_wildcards(name):
            call.invocation.error(NotFound(f"Nothing named {name} is there.", target=name))
        found.extend(getattr(item, member) for item in going)
    return found


def _ended(call: Call, item: Any) -> bool:
    for operation in call.invocation.session.catalogue:
        if operation.ending and operation.result is type(item):
            return text(getattr(item, snake_name(operation.ending.state))) == operation.ending.ended
    return False


def kind_and_name(parameter: Parameter, value: Any) -> str:
    """An object as ``Kind:name``; a text stands for itself. Raises InvalidArgument."""
    if is_scalar(value):
        return text(value)
    kind = struct_of(value)
    if kind is not None:
        for property_name in ("QualifiedName", f"{kind}Name", "Name"):
            found = get(value, property_name)
            if found is not MISSING and found is not None:
                return f"{kind}:{text(found)}"
    raise InvalidArgument(f"What is given as {parameter.name} is no object of JAMS.", member=parameter.name)


def name_of(call: Call, parameter: Parameter, value: Any) -> str:
    """The name of an object that is given itself. Raises InvalidArgument."""
    if is_scalar(value):
        return text(value)
    found = get(value, parameter.piped or "")
    if found is MISSING or found is None:
        raise InvalidArgument(
            f"The object given as {parameter.name} has no {parameter.piped}.", member=parameter.name
        )
    return text(found)


def add_folder(call: Call, inputs: dict[str, Any]) -> None:
    """Put the folder that is given before the pattern of the input that takes both."""
    name = call.set.operation.binding.folder
    folder = next((call.values[p.name] for p in call.parameters if p.role is Role.FOLDER), None)
    if name and folder is not None:
        inputs[name] = f"{text(folder).rstrip(chr(92))}\\{inputs.get(name) or '*'}"
