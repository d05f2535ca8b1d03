"""Rows as they are read: typed columns, and the struct that is kept in the column ``document``.

A row that holds what it cannot hold, whoever wrote it, is read as far as it goes: where a value cannot be
read a neutral one stands, and ``damage`` says what is wrong. So one bad row takes nothing else with it; what
it belongs to can be listed, shown, replaced and removed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import Column, Float, Integer, String

from jams.objects.base import MAX_ID, Name, ObjectId
from jams.objects.enums import Severity
from jams.objects.errors import Damaged
from jams.objects.texts import storable

from .columns import AnyRow, Choice, Day, SeverityRank, UtcTime, YesNo
from .names import UNREADABLE

log = logging.getLogger(__name__)

Found = Any
"""A row as it was read: its columns by name, ``rest`` (the struct of its document), ``damage``, and in
``mended`` the columns that could not be read, with what stands for them."""

_WHOLE = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
_FINITE = Annotated[float, Meta(ge=-1e300, le=1e300)]
_MOMENT = Annotated[datetime, Meta(tz=True)]
_NAMED: dict[str, Any] = {"name": Name, "version": ObjectId}
_MOST_TOLD = 1000
_LONGEST_FAULT = 200
_LONGEST_DAMAGE = 1000


class Reader:
    """Reads rows of one shape.

    Args:
        columns: the columns of the rows, in order.
        rest: the struct of the column ``document``, if there is one.
        types: of columns that hold less than the database lets them.
    """

    def __init__(
        self, columns: Iterable[Column[Any]], rest: type[Struct] | None = None, **types: Any
    ) -> None:
        self._columns = tuple(columns)
        self._types = [
            types.get(column.name) or _NAMED.get(column.name) or _type_of(column) for column in self._columns
        ]
        fields = [(str(column.name), kind) for column, kind in zip(self._columns, self._types, strict=True)]
        extra: list[Any] = [("rest", Any, None), ("damage", str | None, None), ("mended", Any, ())]
        self._struct = msgspec.defstruct("Found", [*fields, *extra], array_like=True)
        self._rest = rest
        self._decode = msgspec.json.Decoder(rest).decode if rest is not None else None
        self._told: set[object] = set()

    def __call__(self, row: Sequence[Any]) -> Found:
        """What a row holds."""
        try:
            found: Any = msgspec.convert(tuple(row), self._struct)
            if self._decode is not None:
                found.rest = self._decode(found.document)
            return found
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return self._salvaged(row)

    def every(self, rows: Iterable[AnyRow]) -> list[Found]:
        """What rows hold."""
        return [self(row) for row in rows]

    def _salvaged(self, row: Sequence[Any]) -> Found:
        values: list[Any] = []
        mended: dict[Column[Any], Any] = {}
        faults: list[str] = []
        for column, kind, value in zip(self._columns, self._types, row, strict=True):
            try:
                values.append(msgspec.convert(value, kind))
            except msgspec.ValidationError as error:
                mended[column] = None if column.nullable else _neutral(kind)
                values.append(mended[column])
                faults.append(_fault(column.name, error))
        found: Any = self._struct(*values)
        found.mended = mended
        if self._rest is not None:
            found.rest, inner = salvaged(found.document, self._rest)
            faults.extend(inner)
        found.damage = storable("; ".join(faults), _LONGEST_DAMAGE)
        self._tell(values[0], found.damage)
        return found

    def _tell(self, key: object, damage: str) -> None:
        """Say in the log what is wrong, once."""
        if key not in self._told and len(self._told) < _MOST_TOLD:
            self._told.add(key)
            log.error("the row %s of table %s cannot be read: %s", key, self._columns[0].table.name, damage)


def check_whole(found: Found, what: str) -> None:
    """Raises Damaged when something of it cannot be read: what it says is then not all that it should do."""
    if found.damage is not None:
        raise Damaged(f"What is stored of {what} cannot be read ({found.damage}).", target=what)


def salvaged(text: str, struct: type[Struct]) -> tuple[Struct, list[str]]:
    """What can be read of a struct's JSON, member by member and item by item; and what cannot."""
    try:
        members = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return struct(), [_fault("document", error)]
    if not isinstance(members, dict):
        return struct(), ["document: it is no JSON object"]
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field in msgspec.structs.fields(struct):
        if field.encode_name in members:
            for value in _readable(members[field.encode_name], field, faults):
                values[field.name] = value
    return struct(**values), faults


def _readable(value: Any, field: msgspec.structs.FieldInfo, faults: list[str]) -> Iterator[Any]:
    """The value of a member, or of a list those items that can be read; nothing if it cannot be."""
    try:
        yield msgspec.convert(value, field.type)
        return
    except (msgspec.ValidationError, RecursionError) as error:
        faults.append(_fault(field.encode_name, error))
    if isinstance(value, list):
        kept = []
        for item in value:
            try:
                kept.extend(msgspec.convert([item], field.type))
            except (msgspec.ValidationError, RecursionError):
                continue
        yield kept


def _fault(name: str, error: Exception) -> str:
    return storable(f"{name}: {error}", _LONGEST_FAULT)


def _type_of(column: Column[Any]) -> Any:
    kind = _plain_type(column)
    return kind | None if column.nullable else kind


def _plain_type(column: Column[Any]) -> Any:
    kind = column.type
    match kind:
        case UtcTime():
            return _MOMENT
        case Choice():
            return kind.choices
        case SeverityRank():
            return Severity
        case Day():
            return date
        case YesNo():
            return bool
        case Float():
            return _FINITE
        case Integer():
            return ObjectId if column.primary_key else _WHOLE
        case String():
            return str if kind.length is None else Annotated[str, Meta(max_length=kind.length)]
    raise TypeError(f"column {column} has a type that is not read")


def _neutral(kind: Any) -> Any:
    """What stands where something must be and cannot be read."""
    info = msgspec.inspect.type_info(kind)
    while isinstance(info, msgspec.inspect.Metadata):
        info = info.type
    match info:
        case msgspec.inspect.StrType():
            return UNREADABLE
        case msgspec.inspect.IntType():
            return MAX_ID if (info.ge or 0) > 0 else 0
        case msgspec.inspect.FloatType():
            return 0.0
        case msgspec.inspect.BoolType():
            return False
        case msgspec.inspect.DateTimeType():
            return datetime.min.replace(tzinfo=UTC)
        case msgspec.inspect.DateType():
            return date.min
        case msgspec.inspect.EnumType():
            return _fallback(info.cls)
    raise TypeError(f"{kind} has nothing neutral")


def _fallback(choices: type[Enum]) -> Enum:
    members = list(choices)
    return next((each for each in members if each.name in ("UNKNOWN", "HELD")), members[0])
