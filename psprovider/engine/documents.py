"""Documents from what PowerShell users give: objects got from the server, hash tables, single members.

Member names are taken in any case, as JSON and PowerShell write them. What only the server writes is passed
over.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from jams.objects import complaints
from jams.objects.base import Document, Duration, pascal_name, read_only_members
from jams.objects.errors import InvalidArgument
from jams.objects.patch import Patch, stated
from psprovider.cmdlets.further import further
from psprovider.cmdlets.kinds import item_of, kind_of, means_secret, titles

from .conversion import ConversionError, plain, revealed, to_day, to_secret
from .values import is_scalar, members, text, unwrapped


def to_document(struct: type[Struct], value: Any) -> Struct:
    """A document of the type ``struct`` from a struct, an object or a hash table.

    Raises:
        InvalidArgument: a member is unknown or holds what it cannot hold.
    """
    return _converted(_wire(struct, value), struct)


def changed(document: Struct, changes: Mapping[str, Any], own: str | None = None) -> Struct:
    """The document with other members, given by attribute name.

    Where a member names something (``parentFolderName``), its number (``parentFolderID``) no longer holds;
    ``own`` is the document's own name, whose number stays.

    Raises:
        InvalidArgument: a member cannot hold the value.
    """
    if not changes:
        return document
    struct = type(document)
    wire = {**msgspec.to_builtins(document), **_members(struct, changes)}
    fields = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
    for name in changes:
        number = f"{name.removesuffix('_name')}_id"
        if name.endswith("_name") and name != own and number in fields and number not in changes:
            wire[fields[number]] = None
    for name in read_only_members(struct):
        wire.pop(fields[name], None)
    return _converted(wire, struct)


def title(document: Struct) -> str | None:
    """What a document is called: its path, its name or its number; None if nothing says so."""
    found = (member(document, name) for name in titles(type(document)))
    return next((text(name) for name in found if name is not None), None)


def member(document: Struct, name: str) -> Any:
    """A member of a document by its attribute name; None if there is none, or nothing is said of it."""
    found = getattr(document, name, None)
    return None if found is msgspec.UNSET else found


def made(struct: type[Struct], members_given: Mapping[str, Any]) -> Struct:
    """A new document of members given by attribute name. Raises InvalidArgument."""
    return _converted(_members(struct, members_given), struct)


def _members(struct: type[Struct], given: Mapping[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(struct, include_extras=True)
    fields = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
    return {fields[name]: _value(hints[name], value) for name, value in given.items()}


def _wire(struct: type[Struct], value: Any) -> Any:
    """A value as JSON would hold it, with wire names."""
    noun = struct.document_type if issubclass(struct, Patch) else struct
    if isinstance(value, Document) and isinstance(value, noun) and noun is not struct:
        value = stated(value)
    if isinstance(value, struct):
        return msgspec.to_builtins(value)
    if noun is Duration and (seconds := _seconds(value)) is not None:
        return {"totalSeconds": seconds}
    if is_scalar(value):
        raise InvalidArgument(f"A {noun.__name__} is wanted: an object of that type, or a hash table.")
    hints = typing.get_type_hints(struct, include_extras=True)
    names: dict[str, msgspec.structs.FieldInfo] = {}
    for field in msgspec.structs.fields(struct):
        for name in (field.name, field.encode_name, pascal_name(field.encode_name)):
            names[name.lower()] = field
    hidden = read_only_members(noun)
    wire: dict[str, Any] = {}
    meant: dict[str, Any] = {}
    bag: list[dict[str, Any]] = []
    for name, item in members(value):
        found = names.get(name.lower())
        if found is None:
            if name.startswith("PS") or name == "RunspaceId":
                continue
            more = further(noun).get(name.lower())
            if more is None:
                raise InvalidArgument(f"A {noun.__name__} has no member {name}.", member=name)
            if more.alias is not None:
                meant[more.alias.lower()] = item
            elif more.bag is not None and isinstance(value, dict):
                bag.append({"propertyName": more.bag, "currentValue": plain(item)})
            continue
        if found.name not in hidden:
            wire[found.encode_name] = _value(hints[found.name], item)
    if bag:
        wire["properties"] = [*wire.get("properties", ()), *bag]
    for name, item in meant.items():
        found = names[name]
        if found.encode_name not in wire and found.name not in hidden:
            wire[found.encode_name] = _value(hints[found.name], item)
    return wire


_CLOCK = re.compile(r"(?:(\d+)\.)?(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)


def _seconds(value: Any) -> int | None:
    """The seconds of a span, or those since midnight of a time: ``08:00``, a TimeSpan, a DateTime."""
    value = unwrapped(value)
    if isinstance(value, datetime):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if not isinstance(value, str):
        return None
    match = _CLOCK.fullmatch(value.strip())
    if match is None:
        return _of_half_day(value.strip())
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return None if minutes > 59 or seconds > 59 else ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _of_half_day(text: str) -> int | None:
    """The seconds since midnight of a time with AM or PM."""
    for form in ("%I:%M %p", "%I:%M:%S %p"):
        try:
            time = datetime.strptime(text, form)
        except ValueError:
            continue
        return (time.hour * 60 + time.minute) * 60 + time.second
    return None


def _value(annotation: Any, value: Any) -> Any:
    kind = kind_of(annotation)
    if value is None:
        return [] if kind.many else None
    if kind.struct is not None:
        items = value if isinstance(value, list | tuple) else [value]
        found = [_wire(kind.struct, item) for item in items]
        return found if kind.many else found[0]
    try:
        if item_of(annotation) is date:
            return [to_day(v) for v in value] if kind.many else to_day(value)
        if means_secret(annotation):
            return revealed(to_secret(value))
        value = plain(value)
    except ConversionError as error:
        raise InvalidArgument(str(error)) from None
    return [value] if kind.many and not isinstance(value, list) else value


def _converted(wire: Any, struct: type[Struct]) -> Struct:
    try:
        return msgspec.convert(wire, struct)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        noun = struct.document_type if issubclass(struct, Patch) else struct
        raise InvalidArgument(f"The {noun.__name__} cannot be used: {complaints.told(str(error))}.") from None
