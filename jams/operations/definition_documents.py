"""Documents as plain values that mean the same on another server, and how two of them differ.

Numbers, versions and what only a server writes are left out, as is what comes down from above: names say what
is meant. No secret is among them: definitions name credentials, and what is kept encrypted is not told.
Declares no operation.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from msgspec import NODEFAULT, Struct, to_builtins
from msgspec.structs import FieldInfo

from jams.database import access_lines, object_access
from jams.objects.base import Document, read_only_members, struct_members
from jams.objects.exchange import MemberDifference
from jams.objects.parts import ACE, ParamDef, PropertyValue

_LEFT_OUT = frozenset(
    {"version", "damage", "not_obeyed", "new_encrypted_value", "owner_uid", "definition_version"}
)
_SHORTHAND = frozenset({"schedule", "at", "time_zone", "except_for"})
"""What stands for elements, which are told themselves."""

_LONGEST_TOLD = 200
_NAMES = ("propertyName", "paramName", "elementName", "tagName", "startDate", "specificType", "agentName")
"""Members by which the parts of a list are known."""


ACCESS_LIST = "acl"
"""The member that says who may do what, which travels only where that is wanted."""


def without_access_list(members: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a document but for its access list."""
    return {name: value for name, value in members.items() if name != ACCESS_LIST}


def plain(document: Document) -> dict[str, Any]:
    """The members of a document that another server can take, by wire names; only what says something."""
    silent = read_only_members(type(document)) | _LEFT_OUT
    if hasattr(document, "elements"):
        silent |= _SHORTHAND
    found: dict[str, Any] = {}
    for field in struct_members(type(document)):
        value = getattr(document, field.name)
        if field.name in silent or _is_number(field.name) or _says_nothing(field, value):
            continue
        if isinstance(document, ParamDef) and document.encrypt and field.name == "default_value":
            continue
        told = _plain(value)
        if told != []:
            found[field.encode_name] = told
    return found


def _is_number(name: str) -> bool:
    return name.endswith(("_id", "_ids"))


def _says_nothing(field: FieldInfo, value: Any) -> bool:
    if field.default is not NODEFAULT:
        return bool(value == field.default)
    if field.default_factory is not NODEFAULT:
        return bool(value == field.default_factory())
    return False


def _plain(value: Any) -> Any:
    if isinstance(value, PropertyValue):
        return {"propertyName": value.property_name, "currentValue": _named(value.current_value)}
    if isinstance(value, ACE):
        return {
            "identifier": value.identifier,
            "accessList": access_lines.words_of(value),
            "flags": object_access.flags_of(value),
        }
    if isinstance(value, Document):
        return plain(value)
    if isinstance(value, list):
        return [_plain(each) for each in value if not _comes_from_above(each)]
    if isinstance(value, Struct | Enum | datetime.date | datetime.timedelta):
        return to_builtins(value)
    return value


def _comes_from_above(value: Any) -> bool:
    if isinstance(value, PropertyValue):
        return value.current_value is None
    return bool(getattr(value, "inherited", False))


def _named(value: Any) -> Any:
    """A reference without the number, where it has a name as well."""
    if not isinstance(value, dict) or not any(_is_name(key) and value[key] for key in value):
        return value
    return {key: item for key, item in value.items() if not key.casefold().endswith("id")}


def _is_name(key: str) -> bool:
    return key.casefold().endswith("name")


def moved(value: Any, paths: Mapping[str, str]) -> Any:
    """A value with other paths in place of those that stand in it as a whole, by folded paths."""
    if isinstance(value, str):
        return paths.get(value.casefold(), value) if value.startswith("\\") else value
    if isinstance(value, list):
        return [moved(each, paths) for each in value]
    if isinstance(value, dict):
        return {key: moved(item, paths) for key, item in value.items()}
    return value


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[MemberDifference, ...]:
    """In what two documents differ, by member, and within a list by part."""
    return tuple(_differing(before, after, ""))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], of: str) -> Iterator[MemberDifference]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        member = f"{of}{name}"
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _differing(old, new, f"{member} ")
            continue
        parts = _parts(old), _parts(new)
        if None not in parts and parts != ({}, {}):
            yield from _differing(parts[0] or {}, parts[1] or {}, f"{member} ")
        else:
            yield MemberDifference(member=member, before=_told(old), after=_told(new))


def _parts(value: Any) -> dict[str, Any] | None:
    """The parts of a list by their names; None for what is no list, or one whose parts have none."""
    if value is None:
        return {}
    if not isinstance(value, list):
        return None
    found: dict[str, Any] = {}
    for item in value:
        name = next((str(item[key]) for key in _NAMES if isinstance(item, dict) and item.get(key)), None)
        if name is None or name in found:
            return None
        found[name] = item["currentValue"] if set(item) == {"propertyName", "currentValue"} else item
    return found


def _told(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_TOLD else f"{text[: _LONGEST_TOLD - 1]}…"
