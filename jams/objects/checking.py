"""Whether a value can be kept and read back: one check for what callers send and for what is written down.

A check is made from a declared type. It holds the bounds that the type tells (lengths, ends of ranges), and
what no declaration can tell: the characters of texts (:mod:`jams.objects.texts`), numbers that are none, and
times that have no place in UTC. A value that passes is one that a strict reader of the same type takes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import UNSET, Struct, inspect

from .base import LONGEST_NAME, LONGEST_TEXT, MAX_ID
from .errors import InvalidArgument, InvalidName, InvalidParameter
from .texts import free_fault, line_fault, raw_fault, unseen_fault

Check = Callable[[Any], None]

MOST_NESTED = 8
MOST_PARTS = 1000
"""How deep an object may go that stands as the value of a property, and how many values it may hold."""

_FAULTS = {"name": line_fault, "label": unseen_fault, "raw": raw_fault}
_ERRORS = {"name": InvalidName, "parameter": InvalidParameter}


class _Unsound(Exception):
    """A value that cannot be taken: why, and behind which members it stands, the innermost first."""

    def __init__(self, why: str, error: type[InvalidArgument] = InvalidArgument) -> None:
        super().__init__(why)
        self.why = why
        self.error = error
        self.path: list[str] = []


def check(value: Any, annotation: Any, place: str = "") -> None:
    """Check a value against the type that it is declared to have; ``place`` is what the caller calls it.

    Raises:
        InvalidArgument: it, or something in it, cannot be taken; InvalidParameter for a parameter's value.
    """
    if value is None:
        return
    checked = check_of(annotation)
    if checked is None:
        return
    try:
        checked(value)
    except _Unsound as unsound:
        path = "".join(reversed(unsound.path)).removeprefix(".")
        where = path or place
        raise unsound.error(f"{where or 'The value'}: {unsound.why}.", member=where or None) from None


@cache
def check_of(annotation: Any) -> Check | None:
    """What checks values of a declared type but None; None where every value will do."""
    return _check(inspect.type_info(annotation), {}, "")


def _check(kind: inspect.Type, known: dict[type, Check], rule: str) -> Check | None:
    match kind:
        case inspect.Metadata():
            return _check(kind.type, known, (kind.extra or {}).get("text", rule))
        case inspect.StrType():
            return _text(kind, rule)
        case inspect.IntType():
            return _whole(kind)
        case inspect.FloatType():
            return _number(kind)
        case inspect.DateTimeType():
            return _time
        case inspect.ListType() | inspect.VarTupleType():
            return _items(_check(kind.item_type, known, rule), kind.min_length, kind.max_length)
        case inspect.DictType():
            return _pairs(_check(kind.key_type, known, rule), _check(kind.value_type, known, rule))
        case inspect.StructType():
            return _struct(kind, known)
        case inspect.UnionType():
            return _union([(part, _check(part, known, rule)) for part in kind.types])
        case inspect.AnyType():
            return _plain
    return None


def _text(kind: inspect.StrType, rule: str) -> Check:
    fault = _FAULTS.get(rule, free_fault)
    error = _ERRORS.get(rule, InvalidArgument)
    least, most = kind.min_length or 0, kind.max_length or math.inf

    def apply(value: str) -> None:
        if not least <= len(value) <= most:
            raise _Unsound(_lengths(least, most, "characters"), error)
        found = fault(value)
        if found is not None:
            what = {"name": "a name", "label": "a label"}.get(rule, "a text")
            raise _Unsound(f"{what} cannot hold {found}", error)

    return apply


def _lengths(least: float, most: float, what: str) -> str:
    if not least:
        return f"it has at most {most} {what}"
    return f"it has at least {least} {what}" if math.isinf(most) else f"it has {least} to {most} {what}"


def _whole(kind: inspect.IntType) -> Check | None:
    low = -math.inf if kind.ge is None else kind.ge
    high = math.inf if kind.le is None else kind.le

    def apply(value: int) -> None:
        if not low <= value <= high:
            raise _Unsound(f"a whole number from {low} to {high} is wanted")

    return apply


def _number(kind: inspect.FloatType) -> Check:
    low = -math.inf if kind.ge is None else kind.ge
    high = math.inf if kind.le is None else kind.le

    def apply(value: float) -> None:
        if not math.isfinite(value):
            raise _Unsound("a finite number is wanted")
        if not low <= value <= high:
            raise _Unsound(f"a number from {low} to {high} is wanted")

    return apply


def _time(value: datetime) -> None:
    try:
        value.astimezone(UTC)
    except OverflowError:
        raise _Unsound("a time lies between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z") from None


def _items(item: Check | None, least: int | None, most: int | None) -> Check | None:
    low, high = least or 0, math.inf if most is None else most

    def apply(values: Any) -> None:
        if not low <= len(values) <= high:
            raise _Unsound(_lengths(low, high, "items"))
        if item is None:
            return
        for number, value in enumerate(values):
            try:
                item(value)
            except _Unsound as unsound:
                unsound.path.append(f"[{number}]")
                raise

    return apply


def _pairs(key: Check | None, value: Check | None) -> Check:
    def apply(pairs: Mapping[str, Any]) -> None:
        for name, item in pairs.items():
            if key is not None:
                key(name)
            if value is None or item is None:
                continue
            try:
                value(item)
            except _Unsound as unsound:
                unsound.path.append(f".{name}")
                raise

    return apply


def _struct(kind: inspect.StructType, known: dict[type, Check]) -> Check:
    if kind.cls in known:
        return known[kind.cls]
    plan: list[tuple[Callable[[Any], Any], str, Check]] = []

    def apply(value: Struct) -> None:
        for get, name, inner in plan:
            item = get(value)
            if item is None or item is UNSET:
                continue
            try:
                inner(item)
            except _Unsound as unsound:
                unsound.path.append(f".{name}")
                raise

    known[kind.cls] = apply  # before its members: a struct may hold itself
    for field in kind.fields:
        inner = _check(field.type, known, "")
        if inner is not None:
            plan.append((attrgetter(field.name), field.encode_name, inner))
    return apply


_PYTHON_TYPES: dict[type[inspect.Type], tuple[type, ...]] = {
    inspect.StrType: (str,),
    inspect.IntType: (int,),
    inspect.FloatType: (float,),
    inspect.BoolType: (bool,),
    inspect.DictType: (dict,),
    inspect.ListType: (list,),
    inspect.DateTimeType: (datetime,),
}


def _union(parts: list[tuple[inspect.Type, Check | None]]) -> Check | None:
    """A check by the type that the value has; None is checked nowhere."""
    parts = [part for part in parts if not isinstance(part[0], inspect.NoneType)]
    if len(parts) == 1:
        return parts[0][1]
    by_type: dict[type, Check | None] = {}
    for part, checked in parts:
        kind = part.type if isinstance(part, inspect.Metadata) else part
        if isinstance(kind, inspect.StructType):
            by_type[kind.cls] = checked
        for python_type in _PYTHON_TYPES.get(type(kind), ()):
            by_type[python_type] = checked
    by_type = {python_type: checked for python_type, checked in by_type.items() if checked is not None}
    if not by_type:
        return None

    def apply(value: Any) -> None:
        checked = by_type.get(type(value))
        if checked is not None:
            checked(value)

    return apply


def _plain(value: Any) -> None:
    """Check a value of no declared type, as JSON would write it."""
    left = MOST_PARTS

    def walk(item: Any, depth: int) -> None:
        nonlocal left
        left -= 1
        if depth > MOST_NESTED or left < 0:
            raise _Unsound(f"an object holds at most {MOST_PARTS} values, nested {MOST_NESTED} deep")
        match item:
            case bool() | None:
                return
            case str():
                _free(item, LONGEST_TEXT)
            case int() if not -MAX_ID <= item <= MAX_ID:
                raise _Unsound(f"a whole number from {-MAX_ID} to {MAX_ID} is wanted")
            case float() if not math.isfinite(item):
                raise _Unsound("a finite number is wanted")
            case dict():
                for key, inner in item.items():
                    _free(key, LONGEST_NAME)
                    walk(inner, depth + 1)
            case list() | tuple():
                for inner in item:
                    walk(inner, depth + 1)

    walk(value, 1)


def _free(text: str, longest: int) -> None:
    found = free_fault(text)
    if len(text) > longest:
        raise _Unsound(_lengths(0, longest, "characters"))
    if found is not None:
        raise _Unsound(f"a text cannot hold {found}")
