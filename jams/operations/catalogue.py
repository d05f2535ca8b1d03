"""What an operation is, and the catalogue of all of them.

An operation is declared once, as a typed function under :func:`operation`. The declaration carries the
names it bears on every face and hints as data; the faces derive everything else. This module imports
nothing of ours but the struct bases and the name rules of the nouns.

    @operation(right=Monitor.MANAGE, rest="PUT /entry/{id}/hold", soap="Entry.Hold",
               cmdlet="Suspend-JAMSEntry", command="hold")
    def hold_entry(context: Context, id: EntryNumber, body: Comment) -> Message:
        '''Hold an entry until someone releases it. ...'''
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol

import msgspec
from docstring_parser import parse as parse_docstring
from msgspec import NODEFAULT, Meta, Struct

from jams.objects.base import Arguments, Document, pascal_name, wire_name

Message = Annotated[str, Meta(title="Message", description="What was done, as a sentence.")]
"""The answer of operations that have nothing to show but that they were done."""

Place = Literal["path", "query", "body"]


class Right(Protocol):
    """What a caller must be allowed: an area and a kind of access within it."""

    @property
    def area(self) -> str: ...

    @property
    def access(self) -> str: ...


@dataclass(frozen=True)
class Route:
    """A REST address: verb, path template below ``/api`` and the names of its query parameters."""

    verb: str
    path: str
    query: tuple[str, ...]


@dataclass(frozen=True)
class Follow:
    """How a growing result is followed by asking again.

    Attributes:
        cursor: input that says where to continue.
        next: result member that holds the next cursor.
        done: boolean result member that says nothing will follow.
        wait: input that says how many seconds the server may wait for something new.
        text: result member that holds the new text.
    """

    cursor: str
    next: str
    done: str
    wait: str
    text: str


@dataclass(frozen=True)
class Input:
    """One thing a caller gives, as the faces without a body show it.

    Attributes:
        name: Python name.
        wire: JSON name; SOAP and PowerShell show it in PascalCase.
        type: the annotated type.
        required: whether it must be given.
        default: its value when it is not given.
        description: one sentence.
        place: where REST carries it; ``body`` also marks the members of an arguments body.
        parameter: the function parameter it belongs to.
        document: whether the value is a whole document.
        secret: whether the value must never be shown or logged.
    """

    name: str
    wire: str
    type: Any
    required: bool
    default: Any
    description: str
    place: Place
    parameter: str
    document: bool = False
    secret: bool = False

    @property
    def pascal(self) -> str:
        """The name in SOAP and PowerShell."""
        return pascal_name(self.wire)


@dataclass(frozen=True)
class Operation:
    """Everything the faces need to know of one operation."""

    name: str
    function: Callable[..., Any]
    right: Right | None
    routes: tuple[Route, ...]
    service: str
    soap_name: str
    cmdlet: str
    command: str
    inputs: tuple[Input, ...]
    body: Input | None
    body_type: type[Struct] | None
    arguments: type[Struct]
    result: Any
    summary: str
    description: str
    errors: tuple[str, ...]
    changes: bool
    created: bool = False
    key: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    follow: Follow | None = None
    text: str | None = None
    retry_key: bool = False
    pipeline: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def input(self, name: str) -> Input:
        """The input of that Python name."""
        return next(item for item in self.inputs if item.name == name)

    @property
    def lists(self) -> bool:
        """Whether the result is a list."""
        return typing.get_origin(self.result) is list

    def gather(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The function's keyword arguments from flat values by Python name.

        Members of an arguments body are put together into that struct; everything else passes through.
        """
        if self.body_type is None or self.body is None or self.body.document:
            return dict(values)
        parameter = self.body.parameter
        members = {i.name for i in self.inputs if i.parameter == parameter}
        given = {name: value for name, value in values.items() if name in members}
        rest = {name: value for name, value in values.items() if name not in members}
        return {**rest, parameter: self.body_type(**given)}


class Catalogue:
    """All operations, by name and by what each face calls them."""

    def __init__(self) -> None:
        self._operations: dict[str, Operation] = {}

    def add(self, operation: Operation) -> None:
        """Take an operation in; a name or address that is already taken is a fault of the declaration."""
        for other in self._operations.values():
            for attribute in ("name", "command", "cmdlet"):
                if getattr(other, attribute) == getattr(operation, attribute):
                    raise ValueError(f"{operation.name} and {other.name} share the {attribute}")
            if (other.service, other.soap_name) == (operation.service, operation.soap_name):
                raise ValueError(f"{operation.name} and {other.name} share the SOAP name")
            taken = {(r.verb, r.path) for r in other.routes} & {(r.verb, r.path) for r in operation.routes}
            if taken:
                raise ValueError(f"{operation.name} and {other.name} share the routes {taken}")
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

    def services(self) -> dict[str, list[Operation]]:
        """The operations by SOAP service, in the order of declaration."""
        found: dict[str, list[Operation]] = {}
        for operation in self:
            found.setdefault(operation.service, []).append(operation)
        return found


CATALOGUE = Catalogue()


def operation(
    *,
    right: Right | None,
    rest: str | tuple[str, ...],
    soap: str,
    cmdlet: str,
    command: str,
    key: tuple[str, ...] = (),
    positional: tuple[str, ...] | None = None,
    columns: tuple[str, ...] = (),
    follow: Follow | None = None,
    text: str | None = None,
    created: bool = False,
    changes: bool | None = None,
    retry_key: bool = False,
    names: Mapping[str, str] | None = None,
    pipeline: Mapping[str, str] | None = None,
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an operation and enter it in the catalogue.

    Args:
        right: what the caller must be allowed; None lets anybody in, even without a caller.
        rest: ``"VERB /path/{parameter}?query,query"``, several where the interface has several. A lone
            route without ``?`` takes every remaining parameter as query.
        soap: ``"Service.Operation"``.
        cmdlet: ``"Verb-JAMSNoun"``.
        command: the word on the command line.
        key: inputs of which one names the object (by number or by name): one positional argument on the
            command line, one parameter set each in PowerShell.
        positional: inputs that may be given by position; the key, if not told otherwise.
        columns: wire names of the result members that a table shows.
        follow: how the result is followed while it grows.
        text: result member that REST sends as plain text unless JSON is asked for.
        created: whether REST answers 201.
        changes: whether it changes anything (and is audited); by default every verb but GET does.
        retry_key: whether REST honours ``Idempotency-Key`` on it.
        names: wire names that differ from the rule, by Python name (``filter`` → ``$filter``).
        pipeline: property of piped objects that fills an input, by Python name.
        aliases: further names of an input, by Python name.
        catalogue: where to enter it.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        catalogue.add(
            _describe(
                function,
                rest=(rest,) if isinstance(rest, str) else rest,
                soap=soap,
                names=names or {},
                right=right,
                cmdlet=cmdlet,
                command=command,
                key=key,
                positional=key[:1] if positional is None else positional,
                columns=columns,
                follow=follow,
                text=text,
                created=created,
                changes=changes,
                retry_key=retry_key,
                pipeline=pipeline or {},
                aliases=aliases or {},
            )
        )
        return function

    return declare


def _describe(
    function: Callable[..., Any],
    *,
    rest: tuple[str, ...],
    soap: str,
    names: Mapping[str, str],
    changes: bool | None,
    **hints: Any,
) -> Operation:
    doc = parse_docstring(inspect.getdoc(function) or "")
    told = {p.arg_name: " ".join((p.description or "").split()) for p in doc.params}
    annotations = typing.get_type_hints(function, include_extras=True)
    signature = list(inspect.signature(function).parameters.values())[1:]
    templates = [_split(text) for text in rest]
    in_path = {name for _, path, _ in templates for name in re.findall(r"{(\w+)}", path)}
    wires = {p.name: names.get(p.name, wire_name(p.name)) for p in signature}

    inputs: list[Input] = []
    body: Input | None = None
    for parameter in signature:
        kind = annotations[parameter.name]
        struct = _struct_of(kind)
        item = Input(
            name=parameter.name,
            wire=wires[parameter.name],
            type=kind,
            required=parameter.default is parameter.empty,
            default=None if parameter.default is parameter.empty else parameter.default,
            description=told.get(parameter.name, ""),
            place="body" if struct else "path" if parameter.name in in_path else "query",
            parameter=parameter.name,
            document=struct is not None and issubclass(struct, Document),
        )
        if struct is None:
            inputs.append(item)
            continue
        if body is not None:
            raise ValueError(f"{function.__name__} has two bodies")
        body = item
        inputs.extend([item] if item.document else _members(item, struct))

    routes = tuple(
        Route(verb, re.sub(r"{(\w+)}", lambda m: "{%s}" % wires[m[1]], path), tuple(wires[q] for q in query))
        for verb, path, query in _with_queries(templates, inputs, in_path)
    )
    service, _, soap_name = soap.partition(".")
    return Operation(
        name=function.__name__,
        function=function,
        routes=routes,
        service=service,
        soap_name=soap_name,
        inputs=tuple(inputs),
        body=body,
        body_type=_struct_of(body.type) if body else None,
        arguments=_arguments_struct(function.__name__, signature, annotations, wires),
        result=annotations["return"],
        summary=doc.short_description or "",
        description=doc.description or "",
        errors=tuple(r.type_name for r in doc.raises if r.type_name),
        changes=any(route.verb != "GET" for route in routes) if changes is None else changes,
        **hints,
    )


def _split(text: str) -> tuple[str, str, tuple[str, ...] | None]:
    verb, _, address = text.partition(" ")
    path, mark, query = address.partition("?")
    return verb, path, tuple(filter(None, query.split(","))) if mark else None


def _with_queries(
    templates: list[tuple[str, str, tuple[str, ...] | None]], inputs: list[Input], in_path: set[str]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    remaining = tuple(i.name for i in inputs if i.place == "query" and i.name not in in_path)
    for verb, path, query in templates:
        yield verb, path, remaining if query is None and len(templates) == 1 else query or ()


def _struct_of(kind: Any) -> type[Struct] | None:
    if typing.get_origin(kind) is Annotated:
        kind = typing.get_args(kind)[0]
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        kind = next((a for a in typing.get_args(kind) if a is not type(None)), kind)
    return kind if isinstance(kind, type) and issubclass(kind, Document | Arguments) else None


def _members(body: Input, struct: type[Struct]) -> Iterator[Input]:
    hints = typing.get_type_hints(struct, include_extras=True)
    for member in msgspec.structs.fields(struct):
        metas = [a for a in getattr(hints[member.name], "__metadata__", ()) if isinstance(a, Meta)]
        default = member.default
        if default is NODEFAULT and member.default_factory is not NODEFAULT:
            default = member.default_factory()
        yield Input(
            name=member.name,
            wire=member.encode_name,
            type=hints[member.name],
            required=member.required,
            default=None if default is NODEFAULT else default,
            description=next((m.description for m in metas if m.description), ""),
            place="body",
            parameter=body.name,
            secret=any((m.extra or {}).get("secret") for m in metas),
        )


def _arguments_struct(
    name: str, signature: list[inspect.Parameter], annotations: dict[str, Any], wires: dict[str, str]
) -> type[Struct]:
    fields: list[Any] = []
    for parameter in signature:
        if parameter.default is parameter.empty:
            default = NODEFAULT
            struct = _struct_of(annotations[parameter.name])
            if (
                struct
                and issubclass(struct, Arguments)
                and not any(f.required for f in msgspec.structs.fields(struct))
            ):
                default = struct()
        else:
            default = parameter.default
        fields.append(
            (
                parameter.name,
                annotations[parameter.name],
                msgspec.field(name=wires[parameter.name], default=default),
            )
        )
    return msgspec.defstruct(
        "".join(word.capitalize() for word in name.split("_")) + "Arguments",
        fields,
        kw_only=True,
        forbid_unknown_fields=True,
        frozen=True,
    )
