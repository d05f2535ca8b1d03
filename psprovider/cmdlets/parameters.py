"""Parameters from inputs of operations and from members of documents."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from jams.objects.base import Document, members_marked, pascal_name, read_only_members
from jams.objects.patch import clearable_members, version_member
from jams.operations.catalogue import Input, Offer, Operation
from jams.operations.versioned import CLEARED

from .kinds import NAMESPACE, Kind, kind_of, means_day
from .model import (
    FOLLOW,
    PASS_THRU,
    SECURE_STRING,
    SWITCH,
    TIMEOUT,
    VALUE_ONLY,
    WAIT,
    WHILE,
    Parameter,
    Place,
    Role,
)

_TEXT = "System.String"


def input_parameter(operation: Operation, item: Input, *, key: bool = False) -> Parameter:
    """The parameter of an input; ``key`` lets it take several values, one call each."""
    binding = operation.binding
    kind = kind_of(item.type)
    name = binding.names.get(item.name) or item.pascal
    kinds = item.name == binding.gathers
    return Parameter(
        name=name,
        type_name="System.Object[]" if kinds else _type_name(kind, item.default, key, item.secret),
        help=_told(item.description or _help_of(item.type)),
        target=item.name,
        aliases=_aliases(operation, item.name, name, item.pascal),
        values=kind.values,
        words=binding.words.get(item.name, {}),
        enum=kind.enum.__name__ if kind.enum else None,
        struct=kind.struct.__name__ if kind.struct else None,
        wildcards=item.name in (binding.pattern, binding.folder),
        offer=operation.offers.get(item.name),
        secret=item.secret,
        default=plain_default(item.default),
        piped=operation.pipeline.get(item.name),
        sample=_sample(operation, item.name),
        day=means_day(item.type),
        kinds=kinds,
        own_entry=key and binding.own_entry,
        **_range(item.type),
    )


def shown_inputs(operation: Operation) -> Iterator[Input]:
    """The inputs that are parameters: not those the door itself uses, nor those the declaration hides."""
    hidden = {name for name, shown in operation.binding.names.items() if not shown}
    if operation.pieces:
        hidden |= {operation.pieces.cursor, operation.pieces.single}
    if operation.follow:
        hidden |= {operation.follow.wait, operation.follow.cursor}
    if operation.ending:
        hidden.add(operation.ending.wait)
    return (item for item in operation.inputs if item.name not in hidden and not item.document)


def member_parameters(operation: Operation, struct: type[Struct], taken: set[str]) -> Iterator[Parameter]:
    """The members of a document that callers may write, as parameters.

    A name that is ``taken`` by what says which document is meant gets ``New`` in front.
    """
    hints = typing.get_type_hints(struct, include_extras=True)
    hidden = read_only_members(struct)
    secrets = members_marked(struct, "secret")
    if operation.created:
        hidden |= {version_member(struct) or ""}
    for member in msgspec.structs.fields(struct):
        kind = kind_of(hints[member.name])
        if member.name in hidden or operation.binding.names.get(member.name, "?") == "":
            continue
        pascal = pascal_name(member.encode_name)
        name = operation.binding.names.get(member.name) or pascal
        aliases = _aliases(operation, member.name, name, pascal)
        help_text = _told(_help_of(hints[member.name]))
        if name.lower() in taken:
            name, aliases = f"New{name}", tuple(a for a in aliases if a.lower() not in taken)
            help_text = f"New {help_text[:1].lower()}{help_text[1:]}"
        yield Parameter(
            name=name,
            type_name=_type_name(kind, None, False, member.name in secrets),
            help=help_text,
            role=Role.MEMBER,
            target=member.name,
            aliases=aliases,
            values=kind.values,
            enum=kind.enum.__name__ if kind.enum else None,
            struct=kind.struct.__name__ if kind.struct else None,
            offer=operation.offers.get(member.name),
            secret=member.name in secrets,
            sample=_sample(operation, member.name),
            day=means_day(hints[member.name]),
            places={"": Place(mandatory=member.required)},
        )


def clear_parameter(operation: Operation, struct: type[Document]) -> Parameter:
    """The parameter that names members of a document which go back to what they are by themselves."""
    members = {f.name: pascal_name(f.encode_name) for f in msgspec.structs.fields(struct)}
    return replace(
        input_parameter(operation, operation.input(CLEARED)),
        help="Members that go back to what they are by themselves.",
        values=tuple(members[name] for name in clearable_members(struct)),
    )


def document_parameter(operation: Operation, struct: type[Struct], name: str) -> Parameter:
    """The parameter that takes the whole document, piped or given."""
    return Parameter(
        name=name,
        type_name=f"{NAMESPACE}.{struct.__name__}",
        help=f"The whole {struct.__name__}, as got from the server and changed.",
        role=Role.DOCUMENT,
        target=operation.body.name if operation.body else "",
        struct=struct.__name__,
        places={"": Place(mandatory=True, by_value=True)},
    )


def object_parameter(operation: Operation, source: str, name: str, struct: str) -> Parameter:
    """The parameter that takes an object, one property of which fills an input."""
    return Parameter(
        name=name,
        type_name=f"{NAMESPACE}.{struct}",
        help=f"The {struct} itself instead of its name.",
        role=Role.OBJECT,
        target=source,
        piped=operation.pipeline.get(source),
        places={"": Place(mandatory=True, by_value=True)},
    )


def pattern_parameter(offer: Offer | None = None) -> Parameter:
    """The parameter whose pattern is compared with the names of what an operation lists."""
    return Parameter(
        name="Name",
        type_name=f"{_TEXT}[]",
        help="Only those whose name matches; * stands for anything, ? for one character.",
        role=Role.PATTERN,
        wildcards=True,
        offer=offer,
        places={"": Place(position=0)},
    )


def folder_parameter(offer: Offer | None) -> Parameter:
    """The parameter that goes before the pattern of another one."""
    return Parameter(
        name="Folder",
        type_name=_TEXT,
        help="Only what is in this folder or below it.",
        role=Role.FOLDER,
        wildcards=True,
        offer=offer,
    )


def lookup_parameter(key: Parameter) -> Parameter:
    """The parameter that names the objects whose numbers are meant."""
    return Parameter(
        name="Name",
        type_name=f"{_TEXT}[]",
        help=f"Every {key.name.lower()} whose name matches and that has not ended; a number will do as well.",
        role=Role.LOOKUP,
        target=key.target,
        wildcards=True,
        places={"": Place(mandatory=True)},
    )


def switches(operation: Operation) -> Iterator[Parameter]:
    """The parameters that say how the cmdlet goes about it."""
    if operation.starts:
        yield _switch("Wait", WAIT, "Wait until it has ended, and show it then.")
    if operation.changes and operation.binding.shows and not operation.created:
        yield _switch("PassThru", PASS_THRU, "Show the object after the change; otherwise nothing is shown.")
    if operation.follow:
        yield _switch("Follow", FOLLOW, "Go on showing what is added, until the end.")
    if operation.binding.value_switch:
        help_text = "Show the bare value instead of the object."
        yield _switch(operation.binding.value_switch, VALUE_ONLY, help_text)
    if operation.ending:
        yield Parameter(
            name="Timeout",
            type_name="System.Double",
            help="Seconds to wait at most; without it, as long as it takes.",
            role=Role.SWITCH,
            target=TIMEOUT,
        )
        state = _member_kind(operation, operation.ending.state)
        yield Parameter(
            name="State",
            type_name=f"{_TEXT}[]",
            help="Wait only while it is in one of these states.",
            role=Role.SWITCH,
            target=WHILE,
            values=state.values,
            enum=state.enum.__name__ if state.enum else None,
        )


def read_file_parameter(operation: Operation) -> Parameter:
    """The parameter that names the files which fill an input, a call for each."""
    return Parameter(
        name="Path",
        type_name=f"{_TEXT}[]",
        help="The files, on the machine where you are; wildcards are allowed.",
        role=Role.FILE,
        target=operation.binding.reads or "",
        aliases=("FullName", "PSPath", "LiteralPath"),
        wildcards=True,
        sample="Sales.xml",
        places={"": Place(mandatory=True, by_name=True)},
    )


def save_file_parameter() -> Parameter:
    """The parameter that names the file into which the answer goes."""
    return Parameter(
        name="Path",
        type_name=_TEXT,
        help="The file into which it goes, on the machine where you are; one that is there is replaced.",
        role=Role.FILE,
        sample="Sales.xml",
    )


def server_parameter() -> Parameter:
    """The parameter that names the server."""
    return Parameter(
        name="Server",
        type_name=_TEXT,
        help="The JAMS server; the one connected to, if not given.",
        role=Role.SERVER,
    )


def placed(parameter: Parameter, name: str, place: Place | None = None) -> Parameter:
    """The parameter as it stands in one set."""
    return replace(parameter, places={name: place or parameter.places.get("", Place())})


def plain_default(value: Any) -> Any:
    """A default as a document shows it, or None where it says nothing."""
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float) and value != "" and value is not False else None


def _type_name(kind: Kind, default: Any, key: bool, secret: bool) -> str:
    if secret and kind.full_name == _TEXT:
        return SECURE_STRING
    if kind.type_name == SWITCH and default is True:
        return "System.Boolean"
    if kind.struct is not None:
        return "System.Object[]" if kind.many else "System.Object"
    return kind.type_name + "[]" if key and not kind.many else kind.full_name


def _range(annotation: Any) -> dict[str, Any]:
    """The range that a number's declaration allows."""
    while typing.get_origin(annotation) not in (None, Annotated):
        annotation = next((a for a in typing.get_args(annotation) if a is not type(None)), None)
    metas = [a for a in getattr(annotation, "__metadata__", ()) if isinstance(a, Meta)]
    lowest = next((m.ge for m in metas if m.ge is not None), None)
    highest = next((m.le for m in metas if m.le is not None), None)
    return {"minimum": lowest, "maximum": highest}


def _sample(operation: Operation, name: str) -> str | None:
    """A sample of the value: of the names offered, or the last part of one for the name of a new object."""
    if name in operation.binding.samples:
        return operation.binding.samples[name]
    offer = operation.offers.get(name)
    if offer is not None:
        return offer.sample
    if (name,) != operation.binding.path[-1:]:
        return None
    path = next((o.sample for o in operation.offers.values() if o.sample), None)
    return "New" + path.rpartition("\\")[2] if path else None


def _aliases(operation: Operation, target: str, name: str, pascal: str) -> tuple[str, ...]:
    declared = [word[:1].upper() + word[1:] for word in operation.aliases.get(target, ())]
    found = [operation.pipeline.get(target), pascal, *declared]
    kept: dict[str, str] = {}
    for alias in found:
        if alias and alias.lower() != name.lower():
            kept.setdefault(alias.lower(), alias)
    return tuple(kept.values())


def _member_kind(operation: Operation, wire: str) -> Kind:
    hints = typing.get_type_hints(operation.result, include_extras=True)
    member = next(m for m in msgspec.structs.fields(operation.result) if m.encode_name == wire)
    return kind_of(hints[member.name])


def _help_of(annotation: Any) -> str:
    metas = [a for a in getattr(annotation, "__metadata__", ()) if isinstance(a, Meta)]
    return next((m.description for m in metas if m.description), "")


def _told(text: str) -> str:
    """A description as a sentence, without the marks of code."""
    text = text.replace("``", "")
    return text[:1].upper() + text[1:]


def _switch(name: str, target: str, help_text: str) -> Parameter:
    return Parameter(name=name, type_name=SWITCH, help=help_text, role=Role.SWITCH, target=target)
