"""An operation with plain inputs as a call of its cmdlet, and what the cmdlet gives as plain data again.

Everything is told by the model of the cmdlets; nothing here knows one operation.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from jams.objects.base import pascal_name
from jams.objects.parts import PropertyValue
from jams.operations import CATALOGUE, Operation
from psprovider.cmdlets import Cmdlet, Parameter, ParameterSet, Role, cmdlets
from psprovider.cmdlets.kinds import item_of, paged, strip
from psprovider.cmdlets.model import TIMEOUT

BY_NAME = {cmdlet.name: cmdlet for cmdlet in cmdlets()}

CODES = {
    "MissingMandatoryParameter": "MissingArgument",
    "ParameterArgumentTransformationError": "InvalidArgument",
    "ParameterArgumentValidationError": "InvalidArgument",
    "ParameterArgumentValidationErrorEmptyStringNotAllowed": "InvalidArgument",
    "CommandNotFoundException": "AccessDenied",
}
"""What PowerShell notices by itself, and what the server would have called it.

A session has no commands that its caller may not use.
"""


OTHERWISE = {("find_job_history", "id"): ("find_history", "job_id")}
"""Inputs that a cmdlet has no parameter for, because another of its parameter sets says the same."""


class NotExpressed(Exception):
    """No call of the cmdlet says that."""


@dataclass(frozen=True)
class CmdletCall:
    """A command, and its parameters by name.

    Attributes:
        changes: whether it may ask before it changes something.
        builtin: whether it is PowerShell's own, as those of the drive are.
    """

    name: str
    parameters: dict[str, Any]
    changes: bool
    builtin: bool = False


def cmdlet_call(operation: Operation, inputs: dict[str, Any]) -> CmdletCall:
    """The call that says what the inputs say. Raises NotExpressed."""
    for (name, hidden), (other, shown) in OTHERWISE.items():
        if operation.name == name and hidden in inputs:
            operation = CATALOGUE[other]
            inputs = {shown if given == hidden else given: value for given, value in inputs.items()}
    cmdlet = BY_NAME[operation.cmdlet]
    found = []
    for parameter_set in cmdlet.sets:
        if operation in (parameter_set.operation, parameter_set.lists):
            parameters = _bound(cmdlet, parameter_set, operation, inputs)
            if parameters is not None:
                found.append(parameters)
    if not found:
        raise NotExpressed(f"{cmdlet.name} cannot say {sorted(inputs)}.")
    return CmdletCall(cmdlet.name, found[0], cmdlet.changes)


def _bound(
    cmdlet: Cmdlet, parameter_set: ParameterSet, operation: Operation, inputs: dict[str, Any]
) -> dict[str, Any] | None:
    own = [p for p in cmdlet.parameters if parameter_set.name in p.places]
    found: dict[str, Any] = {}
    if operation.document is not None and operation.body is not None:
        inputs = dict(inputs)
        document = inputs.pop(operation.body.name)
        named = not inputs.keys().isdisjoint(operation.key)
        document = _document(own, operation, document, by_members=named)
        if document is None:
            return None
        found.update(document)
    for name, value in inputs.items():
        parameter = next((p for p in own if _fills(p, name, parameter_set, operation)), None)
        if parameter is None:
            return None
        found[parameter.name] = value
    return found


def _fills(parameter: Parameter, name: str, parameter_set: ParameterSet, operation: Operation) -> bool:
    """Whether a parameter stands for an input of the operation."""
    if operation.ending is not None and name == operation.ending.wait:
        return parameter.target == TIMEOUT
    if operation is parameter_set.lists:
        if name == operation.binding.pattern:
            return parameter.target == parameter_set.key and parameter.role is Role.INPUT
        shared = name in {i.name for i in parameter_set.operation.inputs} - set(parameter_set.operation.key)
        return parameter.target == name and parameter.role is (Role.INPUT if shared else Role.LISTED)
    return parameter.target == name and parameter.role is Role.INPUT


def _document(
    own: list[Parameter], operation: Operation, value: Any, *, by_members: bool
) -> dict[str, Any] | None:
    """A document by its members where it is made of them, or something else names it; else as a whole."""
    struct = operation.document
    assert struct is not None
    names = {field.encode_name: field.name for field in msgspec.structs.fields(struct)}
    members = {p.target: p.name for p in own if p.role is Role.MEMBER}
    whole = next((p for p in own if p.role is Role.DOCUMENT), None)
    by_members = by_members or operation.created
    if by_members and whole is None and all(names.get(wire) in members for wire in value):
        hints = _hints(struct)
        return {members[names[wire]]: pascal(item, hints.get(wire)) for wire, item in value.items()}
    return None if whole is None else {whole.name: pascal(value, struct)}


def pascal(value: Any, annotation: Any = None) -> Any:
    """A document as a hash table with PowerShell's names; an object that is one value keeps its own.

    Without an annotation all that is in it is a document.
    """
    if isinstance(value, list):
        return [pascal(item, annotation and item_of(annotation)) for item in value]
    kind = strip(annotation)
    document = isinstance(kind, type) and issubclass(kind, Struct)
    if not isinstance(value, dict) or (annotation is not None and not document):
        return value
    hints = _hints(kind) if document else {}
    return {
        pascal_name(name): pascal(item, hints.get(name)) for name, item in value.items() if item is not None
    }


def _hints(struct: type[Struct]) -> dict[str, Any]:
    """The types of a document's members, by wire name."""
    hints = typing.get_type_hints(struct, include_extras=True)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(struct)}


def expected(operation: Operation, answer: Any) -> Any:
    """What PowerShell users are told of an operation's answer: the part that they have use for.

    - The lines of a text: whether more will follow is what -Follow waits for.
    - The objects of a page: the next page is asked for with -Skip.
    - Of a value with a name the value, where the cmdlet says so.
    - Of a test whether it holds.
    - Of logging out nothing.
    """
    if operation.session == "closes":
        return None
    if operation.pieces is not None and operation.text is not None:
        return str(answer[operation.pieces.text]).splitlines()
    if operation.text is not None and isinstance(answer, str):
        return answer.splitlines()
    page = paged(operation.result) if isinstance(operation.result, type) else None
    if page is not None:
        return answer[page[0]]
    if operation.binding.value and not operation.binding.value_switch:
        return answer[operation.binding.value]
    if operation.cmdlet.startswith("Test-") and isinstance(answer, str):
        return True
    return answer


_IMPLIED = {f.encode_name for f in msgspec.structs.fields(PropertyValue) if f.name in PropertyValue.implied}


def without_implied(answer: Any) -> Any:
    """An answer without what a session leaves out: what the name of a property says already."""
    if isinstance(answer, list):
        return [without_implied(item) for item in answer]
    if not isinstance(answer, dict):
        return answer
    left_out = answer.keys() & _IMPLIED if answer.keys() >= {"propertyName", "inheritedFromType"} else ()
    return {name: None if name in left_out else without_implied(item) for name, item in answer.items()}


Get = Callable[[Any, str], Any]
"""Gives a property of an object by its PowerShell name, or None."""


def answer(operation: Operation, output: list[Any], told: list[str], get: Get) -> Any:
    """What came out of a cmdlet as plain data with wire names.

    ``told`` is what it said on the verbose stream: there goes the sentence that says what was done.
    """
    result: Any = operation.result
    if operation.session == "closes":
        return None
    if operation.changes and strip(result) is str:
        assert len(told) == 1, told
        return told[0]
    if operation.text is not None:
        return [str(line) for line in output]
    if operation.cmdlet.startswith("Test-"):
        return _only(output)
    page = paged(result) if isinstance(result, type) else None
    if page is not None:
        return [plain(page[1], item, get) for item in output]
    if operation.lists:
        return [plain(item_of(result), item, get) for item in output]
    if operation.binding.value and not operation.binding.value_switch:
        return _only(output)
    return plain(result, _only(output), get)


def _only(output: list[Any]) -> Any:
    assert len(output) == 1, output
    return output[0]


def plain(annotation: Any, value: Any, get: Get) -> Any:
    """A value as JSON would hold it."""
    kind = strip(annotation)
    if value is None:
        return None
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints = typing.get_type_hints(kind, include_extras=True)
        return {
            field.encode_name: plain(hints[field.name], get(value, pascal_name(field.encode_name)), get)
            for field in msgspec.structs.fields(kind)
        }
    if typing.get_origin(kind) in (list, tuple):
        items = value if isinstance(value, list) else [value]
        return [plain(item_of(kind), item, get) for item in items]
    return _scalar(kind, value)


def _scalar(kind: Any, value: Any) -> Any:
    if isinstance(value, str) and kind in (datetime, date):
        value = datetime.fromisoformat(value)
    if kind is date and isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value


def code(error_id: str) -> str:
    """The JAMS code of an error id such as ``JobNotFound,Get-JAMSJob``."""
    own = error_id.partition(",")[0]
    return CODES.get(own, own)
