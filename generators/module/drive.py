"""What the drive shows: kinds of definitions that lie in folders, and containers that list one kind each.

Both follow from the catalogue: a definition that has a path can be got, listed, created, changed and deleted
by it; containers are declared with the operations that list what is in them.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from jams.objects.base import Document, pascal_name
from jams.operations.catalogue import Catalogue, Operation
from psprovider.cmdlets.kinds import kind_of
from psprovider.drive.kinds import own_name

_CONTENT = ("source", "value")
"""Members that are what a definition holds, as Get-Content shows it."""


def tree(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The kinds of definitions that lie in folders, folders first."""
    kinds = []
    for operation in catalogue:
        struct = operation.document
        if operation.created and struct is not None and "qualified_name" in struct.__struct_fields__:
            kinds.append(_kind(catalogue, struct, operation))
    for kind in kinds:
        if also := _also(catalogue, kind["kind"]):
            kind["also"] = also
    return sorted(kinds, key=lambda kind: (not kind.get("container"), kind["kind"]))


def _also(catalogue: Catalogue, name: str) -> list[dict[str, str]]:
    """The kinds whose items are items of this one as well, and by which member and value they are told."""
    told = {
        struct.__name__: struct.also
        for operation in catalogue
        if operation.created and (struct := operation.document) is not None and issubclass(struct, Document)
    }
    return [
        {"kind": kind, "member": pascal_name(also[1]), "value": also[2]}
        for kind, also in sorted(told.items())
        if also is not None and also[0] == name
    ]


def containers(catalogue: Catalogue) -> list[dict[str, Any]]:
    """What the catalogue calls a container, by name; not what has a search of its own, as entries have."""
    found = []
    for operation in catalogue:
        name, member = operation.binding.container, operation.binding.pattern
        struct = kind_of(operation.result).struct
        fields = {field.name: field.encode_name for field in msgspec.structs.fields(struct)} if struct else {}
        if member in {item.name for item in operation.inputs}:
            member = fields.get(own_name(catalogue, struct) or "")
        if name and member:
            number = next((pascal_name(fields[own]) for own in fields if own.endswith("_id")), None)
            described = {
                "name": name,
                "list": operation.name,
                "member": pascal_name(member),
                "number": number,
            }
            found.append({key: value for key, value in described.items() if value is not None})
    return sorted(found, key=lambda container: container["name"])


def _kind(catalogue: Catalogue, struct: type[Struct], create: Operation) -> dict[str, Any]:
    getter = next(o for o in catalogue if o.result is struct and "name" in o.key)
    lister = next(o for o in catalogue if o.lists and kind_of(o.result).struct is struct and _within(o))
    changed = [o for o in catalogue if o.document is struct and not o.created]
    deleted = next(o for o in catalogue if o.changes and o.key == getter.key and _deletes(o, create))
    fields = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
    recurse = next((i.name for i in lister.inputs if i.name == "recursive"), None)
    content = next((fields[name] for name in _CONTENT if name in fields), None)
    described = {
        "kind": struct.__name__,
        "container": struct.__name__ == "Folder",
        "get": getter.name,
        "list": lister.name,
        "within": _within(lister),
        "recurse": recurse,
        "create": create.name,
        "change": changed[0].name,
        "delete": deleted.name,
        "name": pascal_name(fields[create.binding.path[-1]]),
        "parent": "ParentFolderName",
        "content": pascal_name(content) if content else None,
        "method": "MethodName" if "method_name" in fields else None,
    }
    return {name: value for name, value in described.items() if value not in (None, False)}


def _within(operation: Operation) -> str | None:
    """The input that takes the folder in which to list."""
    names = {item.name for item in operation.inputs}
    return next((name for name, offer in operation.offers.items() if offer.within and name in names), None)


def _deletes(operation: Operation, create: Operation) -> bool:
    return operation.service == create.service and any(route.verb == "DELETE" for route in operation.routes)
