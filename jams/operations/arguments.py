"""The arguments of a call made by a program: plain Python values in, the declared types out.

Declares no operation.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from jams.objects import complaints
from jams.objects.base import Seconds, struct_members
from jams.objects.checking import check, check_of
from jams.objects.errors import InvalidArgument, MissingArgument, UnknownArgument
from jams.objects.patch import stated

from .catalogue import Input, Operation


def checked_arguments(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments of the operation's function, checked and converted to the declared types.

    Raises:
        InvalidArgument: a value is not one the operation can take.
    """
    names = {field.name: field.encode_name for field in struct_members(operation.arguments)}
    said = {name: _stated(operation, value) for name, value in arguments.items()}
    plain = msgspec.to_builtins(said, enc_hook=_refuse)
    try:
        given = msgspec.convert({names.get(k, k): v for k, v in plain.items()}, operation.arguments)
    except msgspec.ValidationError as error:
        raise InvalidArgument(f"{operation.name}: {complaints.told(str(error))}.") from None
    except UnicodeEncodeError as error:  # of a text where a word of an enumeration is wanted
        letter = ord(error.object[error.start])
        raise InvalidArgument(f"{operation.name}: a text cannot hold U+{letter:04X}.") from None
    return {name: getattr(given, name) for name in names}


def check_arguments(operation: Operation, arguments: Mapping[str, Any]) -> None:
    """Check that what was sent can be kept and given back: every text, number and time of it.

    Raises:
        InvalidArgument: something in it cannot be taken; InvalidParameter for the value of a parameter.
    """
    for name, annotation, place in _declared(operation.arguments):
        check(arguments.get(name), annotation, place)


@cache
def _declared(arguments: type[Struct]) -> tuple[tuple[str, Any, str], ...]:
    """Name, type and wire name of each argument in which something is to be checked."""
    fields = msgspec.structs.fields(arguments)
    return tuple((f.name, f.type, f.encode_name) for f in fields if check_of(f.type) is not None)


def arguments_from(operation: Operation, values: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments from flat values by Python name, as a program gives them to a call.

    Members of an arguments body stand beside the other inputs, and so may members of a document that is
    changed in part. One value will do where a list is wanted.

    Raises:
        UnknownArgument: the operation has no input of that name.
        MissingArgument: a required input is not given.
        InvalidArgument: a value is not one the operation can take.
    """
    inputs = {item.name: item for item in operation.inputs}
    values = _with_members(operation, values)
    for name in values:
        if name not in inputs:
            known = ", ".join(inputs) or "no arguments"
            raise UnknownArgument(f"{operation.name} has no argument {name}; it takes {known}.", member=name)
    for item in inputs.values():
        if item.required and item.name not in values:
            raise MissingArgument(f"{operation.name} needs {item.name}.", member=item.wire)
    listed = {
        name: [value] if _wants_list(inputs[name]) and _is_single(value) else value
        for name, value in values.items()
    }
    return checked_arguments(operation, operation.gather(listed))


def waiting_seconds(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, float]:
    """The arguments that say how long the server may wait, with their values."""
    waits = [item for item in operation.inputs if item.type == Seconds and item.place != "body"]
    return {item.name: float(arguments.get(item.name, item.default) or 0) for item in waits}


def _with_members(operation: Operation, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with those that are members of a patched document put into the document."""
    if not operation.patches or operation.document is None or operation.body is None:
        return dict(values)
    wires = {field.name: field.encode_name for field in struct_members(operation.document)}
    own = {item.name for item in operation.inputs}
    members = {wires[name]: value for name, value in values.items() if name in wires and name not in own}
    rest = {name: value for name, value in values.items() if name in own or name not in wires}
    if members:
        document = _stated(operation, rest.get(operation.body.name, {}))
        rest[operation.body.name] = {**msgspec.to_builtins(document, enc_hook=_refuse), **members}
    return rest


def _stated(operation: Operation, value: Any) -> Any:
    """The value; of a document that is sent as a change, what it says."""
    whole = operation.patches and operation.document is not None and isinstance(value, operation.document)
    return stated(value) if whole else value


def _wants_list(item: Input) -> bool:
    return any(typing.get_origin(kind) is list for kind in _alternatives(item.type))


def _alternatives(kind: Any) -> list[Any]:
    if typing.get_origin(kind) is Annotated:
        kind = typing.get_args(kind)[0]
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return list(typing.get_args(kind))
    return [kind]


def _is_single(value: Any) -> bool:
    return value is not None and not isinstance(value, list | tuple | set | frozenset)


def _refuse(value: Any) -> Any:
    raise InvalidArgument(f"A value of type {type(value).__name__} cannot be sent.")
