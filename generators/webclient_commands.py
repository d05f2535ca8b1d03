"""The catalogue as JAMSWebClient reads it: ``commands.json``, loaded by :mod:`webclient.commands`."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct, inspect

import jams
from jams.objects import base
from jams.objects.errors import error_classes
from jams.objects.patch import clearable_members, version_member
from jams.operations import Catalogue, Input, Operation
from jams.registry import AGENT_PROPERTIES, JOB_PROPERTIES, Place, Property

from .jsontext import render
from .soap_members import words_of
from .source import Source

FILE = "webclient/commands.json"

SHORT_TEXT = 4096
"""A text that may be longer than this is more conveniently given as a file."""

_SOAP_NAME = re.compile(r"\b[A-Z]\w+\.[A-Z]\w+\b")

_SCALARS: dict[type, str] = {
    inspect.StrType: "text",
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
    inspect.DateTimeType: "time",
    inspect.DateType: "date",
}

_GENERAL = {
    meta.description
    for annotation in vars(base).values()
    if typing.get_origin(annotation) is typing.Annotated
    for meta in annotation.__metadata__
}
"""What the types that all documents share say of themselves: too general to explain a member."""

_PARTS: dict[str, dict[str, str]] = {
    "PropertyValue": {"name": "propertyName", "value": "currentValue", "unset": "nothing"},
    "ParamDef": {"name": "paramName", "value": "defaultValue"},
    "SubmitParam": {"name": "paramName", "value": "paramValue"},
    "SetupParameter": {"name": "paramName", "value": "defaultValue"},
    "Tag": {"name": "tagName"},
    "ResourceDetail": {"name": "agentName", "value": "quantityAvailable"},
    "QueueAgent": {"name": "agentName"},
    "SetupJob": {"name": "jobName", "rank": "step"},
    "DateTypeLink": {"name": "dateTypeType"},
    "SpecificType": {"name": "specificType", "rank": "sequence"},
}
"""Parts of documents that are written in short: by a name, with a value, or their place among others.

One whose value is ``unset`` may say nothing.
"""

_PROPERTIES = {
    "Job": (JOB_PROPERTIES, Place.JOB),
    "Setup": (JOB_PROPERTIES, Place.JOB),
    "Folder": (JOB_PROPERTIES, Place.FOLDER),
    "Agent": (AGENT_PROPERTIES, Place.AGENT),
}
"""Whose properties are options of their own."""


def generate(source: Source) -> Mapping[str, str]:
    """``commands.json``."""
    return {FILE: render(describe_catalogue(source.catalogue), whole={"errors"})}


def describe_catalogue(catalogue: Catalogue) -> dict[str, Any]:
    """Everything that the client must know of the operations, as JSON values."""
    types = _Types({f"{each.service}.{each.soap_name}": each.command for each in catalogue})
    commands = {
        operation.command: _Describer(catalogue, operation, types).describe() for operation in catalogue
    }
    return {
        "version": jams.__version__,
        "errors": {code: cls.kind.value for code, cls in sorted(error_classes().items())},
        "commands": commands,
        "types": types.structs,
        "enums": types.enums,
        "parts": _PARTS,
        "properties": {
            owner: {
                each.name: _property_help(each)
                for each in known.at(place)
                if not each.refusal(place) and not each.unsupported
            }
            for owner, (known, place) in _PROPERTIES.items()
        },
    }


def _property_help(each: Property) -> str:
    """What it means, and what it may hold where that is more than a text."""
    words = f"one of {', '.join(each.words)}" if each.words else each.value_type.told
    return each.description.rstrip(".") + ("" if words == "a text" else f"; {words}")


class _Types:
    """The structs and enumerations that commands speak of, each described once."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """``words`` are the commands, by the names of their operations in SOAP."""
        self._words = words
        self.structs: dict[str, list[dict[str, Any]]] = {}
        self.enums: dict[str, list[str]] = {}

    def kind(self, annotation: Any) -> dict[str, Any]:
        """How a type is described: ``kind``, and what applies of ``of``, ``many``, ``help``, ``long``."""
        return self._kind(inspect.type_info(annotation))

    def _kind(self, info: Any) -> dict[str, Any]:
        if isinstance(info, inspect.Metadata):
            described = self._kind(info.type)
            told = (info.extra_json_schema or {}).get("description")
            described = {**described, **({"help": told} if told and told not in _GENERAL else {})}
            if (info.extra or {}).get("text") == "parameter":
                described.pop("long", None)
            marks = ("read_only", "secret")
            return {**described, **{mark: True for mark in marks if (info.extra or {}).get(mark)}}
        if isinstance(info, inspect.UnionType):
            choices = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
            if len(choices) > 1:
                return {"kind": "any"}
            inner = self._kind(choices[0])
            nullable = inner.get("many") and len(choices) < len(info.types)
            return {**inner, "nullable": True} if nullable else inner
        if isinstance(info, inspect.ListType | inspect.VarTupleType):
            return {**self._kind(info.item_type), "many": True}
        if isinstance(info, inspect.DictType):
            return {"kind": "map"}
        if isinstance(info, inspect.EnumType):
            self.enums.setdefault(info.cls.__name__, [member.value for member in info.cls])
            return {"kind": "enum", "of": info.cls.__name__}
        if isinstance(info, inspect.StructType):
            self._struct(info)
            return {"kind": "object", "of": info.cls.__name__}
        long = isinstance(info, inspect.StrType) and (info.max_length or 0) > SHORT_TEXT
        return {"kind": _SCALARS[type(info)], **({"long": True} if long else {})}

    def _struct(self, info: Any) -> None:
        name = info.cls.__name__
        if name in self.structs:
            return
        self.structs[name] = []
        self.structs[name].extend(self._field(name, field) for field in info.fields)

    def _field(self, owner: str, field: Any) -> dict[str, Any]:
        told = self._kind(field.type)
        if "help" not in told and not told.get("read_only"):
            words = self._said(words_of(owner, field.encode_name))
            told = {**told, **({"help": words} if words else {})}
        default = {} if field.required else _default(field.default)
        return {"name": field.name, "wire": field.encode_name, **told, **default}

    def _said(self, text: str) -> str:
        """The words of the WSDL as they are said of JSON and of commands."""
        text = text.replace("Left out", "Null").replace("left out", "null")
        return _SOAP_NAME.sub(lambda found: f"jamswebclient {self._words.get(found[0], found[0])}", text)


class _Describer:
    """Describes one operation."""

    def __init__(self, catalogue: Catalogue, operation: Operation, types: _Types) -> None:
        self._catalogue = catalogue
        self._operation = operation
        self._types = types

    def describe(self) -> dict[str, Any]:
        """The operation as JSON values; what does not apply is left out."""
        operation = self._operation
        document = operation.body if operation.body and operation.body.document else None
        described = {
            "operation": operation.name,
            "summary": operation.summary,
            "description": _without_summary(operation),
            "service": operation.service,
            "routes": [[route.verb, route.path, list(route.query)] for route in operation.routes],
            "body": operation.body is not None,
            "document": self._document(document) if document else None,
            "inputs": [self._input(item) for item in operation.inputs if not item.document],
            "key": list(operation.key),
            "positional": list(operation.positional),
            "result": self._types.kind(operation.result),
            "columns": list(operation.columns),
            "whole": operation.whole,
            "text": operation.text,
            "failing": operation.failing,
            "retry": operation.retry_key,
            "pieces": _hint(operation.pieces),
            "follow": _hint(operation.follow),
            "feed": _hint(operation.feed),
            "making": _hint(operation.making),
            "ending": _hint(operation.ending),
            "starts": _hint(operation.starts),
            "bound": _hint(operation.bound) if operation.usual_bound else None,
            "page": _hint(operation.page),
            "session": operation.session,
            "signOn": operation.sign_on,
            "errors": list(operation.errors),
        }
        return {key: value for key, value in described.items() if value not in (None, [], "", False)}

    def _document(self, document: Input) -> dict[str, Any]:
        """The document that the operation takes, its members' hints, and who gives one to be changed."""
        struct = self._operation.document
        assert struct is not None
        found = {"wire": document.wire, **self._types.kind(struct)}
        members = {field.name for field in msgspec.structs.fields(struct)}
        hinted = {name: hints for name in members if (hints := self._hints(name))}
        source = None if self._operation.created else self._source_of(struct)
        clears = list(clearable_members(struct).values()) if self._operation.patches else None
        told = {**found, "hints": dict(sorted(hinted.items())), "source": source, "clears": clears}
        told["path"] = (list(self._operation.binding.path) or None) if self._operation.created else None
        if self._operation.created or self._operation.patches:
            told["reader"] = self._source_of(struct)
            told["named"] = self._path_of(struct)
        told["version"] = _wire_of(struct, version_member(struct)) if self._operation.patches else None
        return {key: value for key, value in told.items() if value is not None}

    def _input(self, item: Input) -> dict[str, Any]:
        described = {
            "name": item.name,
            "wire": item.wire,
            "place": item.place,
            **self._types.kind(item.type),
            **({"help": item.description} if item.description else {}),
            **self._hints(item.name),
        }
        if item.required:
            described["required"] = True
        if item.secret:
            described["secret"] = True
        return {**described, **_default(item.default)}

    def _hints(self, name: str) -> dict[str, Any]:
        offer, aliases = self._operation.offers.get(name), self._operation.aliases.get(name)
        return {
            **({"offer": _hint(offer)} if offer else {}),
            **({"aliases": list(aliases)} if aliases else {}),
        }

    def _source_of(self, struct: type[Struct]) -> str | None:
        """The operation that gives one document of this type, found by its key."""
        found = [
            item.name
            for item in self._catalogue
            if item.result is struct and item.key and not any(each.required for each in item.inputs)
        ]
        first = [name for name in found if name.startswith("get_")]
        return next((names[0] for names in (found, first) if len(names) == 1), None)

    def _path_of(self, struct: type[Struct]) -> list[str] | None:
        """The members of a document of this type that make its path, as its creation says."""
        created = (each for each in self._catalogue if each.created and each.document is struct)
        return next((list(each.binding.path) for each in created if each.binding.path), None)


def _wire_of(struct: type[Struct], name: str | None) -> str | None:
    return next((field.encode_name for field in msgspec.structs.fields(struct) if field.name == name), None)


def _without_summary(operation: Operation) -> str:
    return operation.description.removeprefix(operation.summary).strip()


def _default(value: Any) -> dict[str, Any]:
    """The default of an input or member, where it says something."""
    if isinstance(value, Enum):
        value = value.value
    return {"default": value} if isinstance(value, str | int | float) and value != "" else {}


def _hint(hint: Any) -> dict[str, Any] | None:
    if hint is None:
        return None
    told = {name: value for name, value in dataclasses.asdict(hint).items() if value is not None}
    told.pop("referred", None)
    return told
