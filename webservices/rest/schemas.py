"""JSON Schemas of everything that the operations take and give, for the OpenAPI description."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct

from jams.objects.base import Document, members_marked, read_only_members
from jams.objects.patch import patch_of
from jams.operations.catalogue import Input, Operation

from .problems import Problem

Schema = dict[str, Any]
Words = Mapping[str, Mapping[str, str]]
_REFERENCE = "#/components/schemas/{name}"

_CALLED = {"WorkDay": "WorkdayRule"}
"""Types that are called differently here, as in the WSDL: another name differs in its case only."""

PATCH = "Patch"
"""How the type of a change is called: as its document, and this."""


@cache
def member_words() -> Words:
    """What is said of members that are declared without, by type and member; generated."""
    words: Words = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return words


class Schemas:
    """The schema of each type, and the components that they refer to."""

    def __init__(self, operations: Iterable[Operation], words: Words | None = None) -> None:
        """Collect the types of the operations; ``words`` explain members whose declaration does not."""
        self._of: dict[int, Schema] = {}
        types = [Problem, *_types(list(operations))]
        schemas, self.components = _renamed(*msgspec.json.schema_components(types, ref_template=_REFERENCE))
        self._keep = types  # an id stays taken for as long as its type lives
        for kind, schema in zip(types, schemas, strict=True):
            self._of[id(kind)] = schema
        for struct in _documents(Document):
            self._mark_read_only(struct, struct.__name__)
            self._mark_read_only(struct, patch_of(struct).__name__)
            self._demand(struct.__name__, patch_of(struct).__name__)
        for operation in operations:
            self._mark_secrets(operation)
        self._explain(member_words() if words is None else words)

    def of(self, kind: Any) -> Schema:
        """The schema of a type that an operation takes or gives."""
        return self._of[id(kind)]

    def of_parameter(self, item: Input) -> Schema:
        """The schema of a path or query value, which cannot be null."""
        schema = dict(self.of(item.type))
        choices = [choice for choice in schema.pop("anyOf", []) if choice != {"type": "null"}]
        if len(choices) == 1:
            schema = {**choices[0], **schema}
        elif choices:
            schema["anyOf"] = choices
        if schema.get("default", NODEFAULT) is None:
            del schema["default"]
        if item.default is not None:
            schema["default"] = msgspec.to_builtins(item.default)
        return schema

    def _explain(self, words: Words) -> None:
        """Give each member a description: of a change, that which the document has of it."""
        for name, component in sorted(self.components.items(), key=lambda item: item[0].endswith(PATCH)):
            document = self.components.get(name.removesuffix(PATCH), {}).get("properties", {})
            for member, schema in component.get("properties", {}).items():
                if "description" in schema:
                    continue
                told = words.get(name, {}).get(member) or document.get(member, {}).get("description")
                told = told or self._of_type(schema)
                if told:
                    schema["description"] = told

    def _demand(self, document: str, change: str) -> None:
        """Allow no null in a change where the document has to have a value."""
        if change in self.components:
            for member in self.components.get(document, {}).get("required", ()):
                schema = self.components[change]["properties"].get(member, {})
                choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
                if choices:
                    schema["anyOf"] = choices

    def _of_type(self, schema: Schema) -> str:
        """What is said of the type of a member, or of one that it may have."""
        parts = [schema, *schema.get("anyOf", []), schema.get("items", {})]
        parts += [self.components.get(str(part.get("$ref")).rpartition("/")[2], {}) for part in parts]
        told = (str(part["description"]).partition("\n\n")[0] for part in parts if part.get("description"))
        return next(told, "")

    def _mark_read_only(self, struct: type[Struct], name: str) -> None:
        component = self.components.get(name)
        if component is None:
            return
        names = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
        for member in read_only_members(struct):
            component["properties"][names[member]]["readOnly"] = True
        for member in members_marked(struct, "write_only"):
            component["properties"][names[member]] |= {"writeOnly": True, "format": "password"}

    def _mark_secrets(self, operation: Operation) -> None:
        for item in operation.inputs:
            if item.secret and operation.body_type is not None:
                member = self.components[operation.body_type.__name__]["properties"][item.wire]
                member["writeOnly"] = True
                member["format"] = "password"


def _types(operations: list[Operation]) -> Iterator[Any]:
    for operation in operations:
        yield from (item.type for item in operation.inputs if item.place != "body")
        yield from (body for body in (operation.body_type, operation.document) if body is not None)
        yield operation.result


def _documents(base: type[Document]) -> Iterator[type[Document]]:
    for struct in base.__subclasses__():
        yield struct
        yield from _documents(struct)


def _renamed(
    schemas: Iterable[Schema], components: dict[str, Schema]
) -> tuple[list[Schema], dict[str, Schema]]:
    text = msgspec.json.encode([list(schemas), components]).decode()
    for name, other in _CALLED.items():
        text = text.replace(f'"{_REFERENCE.format(name=name)}"', f'"{_REFERENCE.format(name=other)}"')
    made: tuple[list[Schema], dict[str, Schema]] = msgspec.json.decode(
        text, type=tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]
    )
    for name, other in _CALLED.items():
        if name in made[1]:
            made[1][other] = {**made[1].pop(name), "title": other}
    return made
