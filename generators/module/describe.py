"""The catalogue and its cmdlets as the module reads them: the content of ``JAMS.json``.

The description holds ``operations`` and ``cmdlets`` by name, ``errors`` (kind by code), ``endings`` (how a
document tells that it has ended), ``tree`` and ``containers`` (what the drive shows), and the names of the
operations that open and close a session and tell who is calling.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import msgspec

from jams.objects.base import pascal_name
from jams.objects.errors import error_classes
from jams.operations.catalogue import Catalogue, Input, Operation
from jams.operations.versioned import is_patch
from psprovider.cmdlets.kinds import kind_of, paged
from psprovider.cmdlets.model import Cmdlet, Parameter, ParameterSet, Role

from .classes import member_line
from .drive import containers, tree


def describe(catalogue: Catalogue, cmdlets: Iterable[Cmdlet]) -> dict[str, Any]:
    """Everything that the module must know, as JSON values."""
    sessions = {operation.session: operation.name for operation in catalogue if operation.session}
    return {
        "opens": sessions.get("opens"),
        "closes": sessions.get("closes"),
        "whoami": _identity(catalogue),
        "errors": {code: cls.kind.value for code, cls in sorted(error_classes().items())},
        "endings": _endings(catalogue),
        "tree": tree(catalogue),
        "containers": containers(catalogue),
        "operations": {operation.name: _operation(operation) for operation in catalogue},
        "cmdlets": {cmdlet.name: _cmdlet(cmdlet) for cmdlet in cmdlets if not cmdlet.session},
    }


def _identity(catalogue: Catalogue) -> str | None:
    """The operation that says who is calling: it takes nothing and gives an Identity."""
    found = (o.name for o in catalogue if getattr(o.result, "__name__", "") == "Identity" and not o.inputs)
    return next(found, None)


def _endings(catalogue: Catalogue) -> dict[str, Any]:
    return {
        operation.result.__name__: {
            "state": pascal_name(operation.ending.state),
            "ended": operation.ending.ended,
        }
        for operation in catalogue
        if operation.ending
    }


def _operation(operation: Operation) -> dict[str, Any]:
    binding = operation.binding
    struct = kind_of(operation.result).struct
    page = paged(struct) if struct else None
    document = operation.body.name if operation.body and operation.body.document else None
    naming = operation.positional if binding.positional is None else binding.positional
    described = {
        "routes": [[route.verb, route.path, list(route.query)] for route in operation.routes],
        "inputs": [_input(item) for item in operation.inputs],
        "result": member_line("result", operation.result),
        "page": pascal_name(page[0]) if page else None,
        "pages": _pages(operation),
        "key": list(operation.key),
        "naming": [*operation.key, *naming],
        "changes": operation.changes,
        "created": operation.created,
        "anonymous": operation.right is None,
        "body": operation.body is not None,
        "document": document,
        "retry": operation.retry_key,
        "text": operation.text,
        "pieces": _hint(operation.pieces),
        "follow": _hint(operation.follow),
        "ending": _hint(operation.ending),
        "starts": _hint(operation.starts),
        "offers": {name: _hint(offer) for name, offer in operation.offers.items()},
        "pattern": _pattern(operation),
        "folder": binding.folder,
        "lookup": _lookup(operation),
        "limit": _limit(operation),
        "variables": _variables(operation),
        "gathers": binding.gathers,
        "here": binding.here,
        "value": pascal_name(binding.value) if binding.value else None,
        "valueSwitch": binding.value_switch,
        "shows": binding.shows,
        "path": [pascal_name(name) for name in binding.path],
        "beside": {name: pascal_name(member) for name, member in binding.beside.items()},
    }
    return _told(described)


def _input(item: Input) -> dict[str, Any]:
    kind = item.type.document_type if is_patch(item.type) else item.type
    line = member_line(item.wire, kind, name=pascal_name(item.name))
    return _told(
        {
            "name": item.name,
            "member": line,
            "body": item.place == "body" and not item.document,
            "condition": item.place == "condition",
            "required": item.required,
        }
    )


def _pattern(operation: Operation) -> str | None:
    pattern = operation.binding.pattern
    if pattern is None or any(item.name == pattern for item in operation.inputs):
        return pattern
    return pascal_name(pattern)


def _lookup(operation: Operation) -> dict[str, Any] | None:
    lookup = operation.binding.lookup
    return {"operation": lookup.operation, "member": pascal_name(lookup.member)} if lookup else None


def _limit(operation: Operation) -> dict[str, Any] | None:
    item = operation.usual_bound
    if item is None:
        return None
    parameter = operation.binding.names.get(item.name) or item.pascal
    cursor = operation.bound.cursor if operation.bound is not None else None
    told = {"input": item.name, "parameter": parameter, "default": item.default}
    if cursor is not None:
        told["cursor"] = operation.binding.names.get(cursor) or operation.input(cursor).pascal
    return told


def _pages(operation: Operation) -> dict[str, Any] | None:
    page = operation.page
    if page is None:
        return None
    names, skip = operation.binding.names, operation.input(page.skip)
    return {
        "skip": page.skip,
        "size": page.size,
        "parameter": names.get(page.skip) or skip.pascal,
        "total": pascal_name(page.total),
    }


def _variables(operation: Operation) -> dict[str, Any] | None:
    variables = operation.binding.variables
    if variables is None:
        return None
    target = next(item for item in operation.inputs if item.name == variables.input)
    return {
        "parameter": operation.binding.names.get(variables.input) or target.pascal,
        "operation": variables.operation,
        "member": pascal_name(variables.member),
        "name": pascal_name(variables.name),
    }


def _cmdlet(cmdlet: Cmdlet) -> dict[str, Any]:
    return {
        "noun": cmdlet.noun.removeprefix("JAMS"),
        "default": cmdlet.default_set,
        "sets": [_set(item) for item in cmdlet.sets],
        "parameters": [_parameter(item, cmdlet) for item in cmdlet.parameters],
    }


def _set(item: ParameterSet) -> dict[str, Any]:
    return _told(
        {
            "name": item.name,
            "operation": item.operation.name,
            "lists": item.lists.name if item.lists else None,
            "key": item.key,
        }
    )


def _parameter(parameter: Parameter, cmdlet: Cmdlet) -> dict[str, Any]:
    return _told(
        {
            "name": parameter.name,
            "role": parameter.role.value,
            "target": parameter.target,
            "wire": _wire(parameter, cmdlet) if parameter.role is Role.MEMBER else None,
            "sets": list(parameter.places),
            "words": {word: list(values) for word, values in parameter.words.items()},
            "offer": _hint(parameter.offer),
            "piped": parameter.piped,
            "told": list(parameter.told),
            "sources": {struct: list(properties) for struct, properties in parameter.sources.items()},
            "struct": parameter.struct if parameter.role is Role.DOCUMENT else None,
            "kinds": parameter.kinds,
            "ownEntry": parameter.own_entry,
        }
    )


def _wire(parameter: Parameter, cmdlet: Cmdlet) -> str:
    """The wire name of the member that a parameter fills."""
    for operation in cmdlet.operations:
        struct = operation.document
        for field in msgspec.structs.fields(struct) if struct else ():
            if field.name == parameter.target:
                return field.encode_name
    raise LookupError(parameter.name)


def _hint(hint: Any) -> dict[str, Any] | None:
    if hint is None:
        return None
    told = dataclasses.asdict(hint)
    # What else tells such a value is said with the parameters it fills.
    told.pop("referred", None)
    return _told(told)


def _told(described: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in described.items() if value not in (None, "", False, [], {})}
