"""What somebody has said of a definition: its document without what the server writes, and without defaults.

Two documents of one essence mean the same definition. What is a secret is not part of it.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from .base import Document, read_only_members, struct_members
from .parts import ParamDef, PropertyValue
from .patch import default_of, number_member, version_member

SECRET = ("default_value", "new_encrypted_value")
"""Members of a parameter that are not told where it is to be encrypted."""


def essence(document: Document) -> dict[str, Any]:
    """What somebody has said of a definition, by wire name, as JSON has it."""
    own = (number_member(type(document)), version_member(type(document)))
    return _said(document, without=frozenset(filter(None, own)))


def _said(struct: Struct, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    silent = read_only_members(type(struct)) | without
    if isinstance(struct, ParamDef) and struct.encrypt:
        silent |= frozenset(SECRET)
    found = {}
    for field in struct_members(type(struct)):
        value = getattr(struct, field.name)
        if field.name not in silent and (field.required or value != default_of(field)):
            found[field.encode_name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, Struct):
        return _said(value)
    if isinstance(value, list | tuple):
        return [_value(each) for each in value if not _says_nothing(each)]
    return msgspec.to_builtins(value)


def _says_nothing(value: Any) -> bool:
    return isinstance(value, PropertyValue) and value.current_value is None
