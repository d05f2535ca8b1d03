"""The reference of all operations: the page ``docs/operations.md``."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

from msgspec import Struct

from jams.objects.errors import error_classes
from jams.operations import Catalogue, Input, Operation
from jams.operations.versioned import is_patch

from .source import Source

_PLAIN = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "yes or no",
    datetime: "time",
    date: "day",
    Any: "any value",
}
_HEAD = """\
# Operations

Everything that can be done to a JAMServer, and what it is called at each door. This page is written from
the catalogue by `python run.py generate`.

REST addresses stand below `/JAMS/api`. SOAP shows names in PascalCase; PowerShell shows the same names.
Every operation but those marked *anybody* needs a caller with the right named.
"""


def generate(source: Source) -> Mapping[str, str]:
    """``docs/operations.md``."""
    return {"docs/operations.md": reference(source.catalogue)}


def reference(catalogue: Catalogue) -> str:
    """The page, as Markdown."""
    parts = [_HEAD]
    for service, operations in sorted(catalogue.services().items()):
        parts.append(f"## {service}\n")
        parts.extend(_operation(operation) for operation in operations)
    parts.append(_errors())
    return "\n".join(parts)


def _operation(operation: Operation) -> str:
    right = operation.right
    lines = [
        f"### {operation.summary.rstrip('.')}\n",
        f"- REST: {' or '.join(f'`{address}`' for address in _addresses(operation))}",
        f"- SOAP: `{operation.service}.{operation.soap_name}`",
        f"- JAMSWebClient: `{operation.command}`",
        f"- PowerShell: `{operation.cmdlet}`",
        f"- Class library: `{operation.name}`",
        f"- Right: `{right.area}.{right.access}`" if right else "- Right: *anybody*",
        f"- Answer: {type_name(operation.result)}",
    ]
    if operation.errors:
        codes = {cls.__name__: cls.code for cls in error_classes().values()}
        lines.append(f"- Errors: {', '.join(f'`{codes[name]}`' for name in operation.errors)}")
    if operation.description:
        lines.append(f"\n{operation.description}")
    if operation.inputs:
        lines.append("\n| input | type | required | meaning |\n| --- | --- | --- | --- |")
        lines.extend(_input(item) for item in operation.inputs)
    return "\n".join(lines) + "\n"


def _addresses(operation: Operation) -> Iterator[str]:
    for route in operation.routes:
        yield f"{route.verb} {route.path}" + (f"?{'&'.join(route.query)}" if route.query else "")


def _input(item: Input) -> str:
    return (
        f"| `{item.wire}` | {type_name(item.type)} | {'yes' if item.required else ''} | {item.description} |"
    )


def type_name(kind: Any) -> str:
    """What a type is called in the reference."""
    if typing.get_origin(kind) is Annotated:
        base, *metas = typing.get_args(kind)
        title = next((m.title for m in metas if getattr(m, "title", None)), None)
        return title.lower() if title == "Message" else type_name(base)
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return " or ".join(type_name(a) for a in typing.get_args(kind) if a is not type(None))
    if typing.get_origin(kind) is list:
        return f"list of {type_name(typing.get_args(kind)[0])}"
    if typing.get_origin(kind) is dict:
        return "names and values"
    if is_patch(kind):
        return f"[some](changing.md) of `{kind.document_type.__name__}`"
    if isinstance(kind, type) and issubclass(kind, Struct | Enum):
        return f"`{kind.__name__}`"
    return _PLAIN[kind]


def _errors() -> str:
    lines = ["## Errors\n", "| code | kind | meaning |", "| --- | --- | --- |"]
    for code, cls in sorted(error_classes().items()):
        meaning = (cls.__doc__ or "").strip().splitlines()[0]
        lines.append(f"| `{code}` | {cls.kind.value} | {meaning} |")
    return "\n".join(lines) + "\n"
