"""Values at the bounds of what a caller may send, and beyond them, for every member that he may send.

Members are found by walking the declared types; what a property may hold is told by the registry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from msgspec import inspect

from jams.objects.base import MAX_ID
from jams.registry import Property, ValueType
from jams.registry.references import MEMBERS

ITEM, KEY, VALUE = "[]", "{key}", "{}"
"""Steps of a path: into the one item of a list, to a key of an object, to a value of one."""

OPEN = {"currentValue", "defaultValue"}
"""Members that hold whatever a property may hold."""

EMOJI = "\N{GRINNING FACE}"
"""One character, of four bytes in UTF-8 and two units in UTF-16."""


@dataclass(frozen=True)
class Probe:
    """A value, and what is special about it."""

    name: str
    value: Any


TELLING = {"example", "empty", "short", "too long", "growing in capitals", "high half of a surrogate pair",
           "turning round", "end of a C string", "like a number", "like nothing",
           "greatest", "more than greatest", "2^63", "last", "after the last", "no day"}  # fmt: skip
"""Names of the probes that are sent where not all of them are."""


DIFFERING = {"example", "true", "short", "longest of four bytes each", "growing in capitals",
             "end of a C string", "no character", "greatest", "2^63", "first", "last", "largest",
             "smallest", "unknown"}  # fmt: skip
"""Names of the probes at which databases differ."""

SURE = {"example", "short", "true", "too long", "greatest", "2^63", "last", "after the last",
        "unknown"}  # fmt: skip
"""Names of one that can be taken, and of some that cannot."""


def sample(sent: Iterable[Probe], sure: Collection[str], turn: tuple[int, int]) -> tuple[Probe, ...]:
    """The probes of sure names, and a share of the others.

    ``turn`` says which of how many members of one type this is: all of them together get all probes.
    """
    place, of = turn
    sent = list(sent)
    others = [probe for probe in sent if probe.name not in sure]
    own = others[place % of :: of]
    return tuple(probe for probe in sent if probe.name in sure or probe in own)


def telling(sent: Iterable[Probe]) -> list[Probe]:
    """A few of the probes."""
    return [probe for probe in sent if probe.name in TELLING]


def few(sent: Iterable[Probe]) -> list[Probe]:
    """One that can be taken, and some that cannot."""
    return [probe for probe in sent if probe.name in SURE]


@dataclass(frozen=True)
class Member:
    """Something that a caller may send: where it stands in what is sent, and what it is declared to be.

    Attributes:
        path: names of members, and the steps ITEM, KEY and VALUE.
        kind: its type.
        kept: whether what is sent is kept, and not the server's alone to say.
        owner: the struct that has it, if any.
    """

    path: tuple[str, ...]
    kind: inspect.Type
    kept: bool
    owner: type | None

    def __str__(self) -> str:
        return ".".join(self.path).replace(f".{ITEM}", ITEM).replace(".{", "{")


def members(kind: inspect.Type, path: tuple[str, ...] = ()) -> Iterator[Member]:
    """The texts, numbers and times in a type."""
    yield from _members(kind, path, True, ())


def _members(
    kind: inspect.Type, path: tuple[str, ...], kept: bool, within: tuple[type, ...]
) -> Iterator[Member]:
    match kind:
        case inspect.Metadata():
            mark = kind.extra or {}
            mine = kept and not (mark.get("read_only") or mark.get("redundant"))
            yield from _members(kind.type, path, mine, within)
        case _ if path and path[-1] in OPEN:
            return
        case inspect.ListType() | inspect.VarTupleType():
            yield from _members(kind.item_type, (*path, ITEM), kept, within)
        case inspect.DictType():
            yield from _members(kind.key_type, (*path, KEY), kept, within)
            yield from _members(kind.value_type, (*path, VALUE), kept, within)
        case inspect.UnionType():
            for part in kind.types:
                yield from _members(part, path, kept, within)
        case inspect.StructType() if kind.cls not in within:
            for field in kind.fields:
                yield from _members(field.type, (*path, field.encode_name), kept, (*within, kind.cls))
        case (
            inspect.StrType()
            | inspect.IntType()
            | inspect.FloatType()
            | inspect.DateTimeType()
            | inspect.DateType()
            | inspect.EnumType()
        ):
            yield Member(path, kind, kept, within[-1] if within else None)


def probes(kind: inspect.Type) -> list[Probe]:
    """What to send in a member of a type."""
    match kind:
        case inspect.StrType():
            return list(texts(kind.max_length or 0))
        case inspect.IntType():
            return list(whole_numbers(kind.ge, kind.le))
        case inspect.FloatType():
            return list(numbers(kind.ge or 0, kind.le or 0))
        case inspect.DateTimeType():
            return list(times())
        case inspect.DateType():
            return list(days())
    return [*(choices(kind.cls) if isinstance(kind, inspect.EnumType) else ()), *words()]


LONG = 1 << 16
"""Texts that may be longer than this are not sent at their full length in every way."""


def texts(longest: int) -> Iterator[Probe]:
    """Texts for where there may be so many characters."""
    yield Probe("empty", "")
    yield Probe("blank", " ")
    yield Probe("short", "x")
    yield Probe("longest", "x" * longest)
    yield Probe("too long", "x" * (longest + 1))
    within = min(longest, LONG)
    yield Probe("longest of four bytes each", EMOJI * within)
    yield Probe("growing in capitals", "ß" * within)
    yield Probe("growing when folded", "ΐ" * within)
    yield Probe("growing in small letters", "İ" * within)
    yield Probe("composed", "Cafe\N{COMBINING ACUTE ACCENT}")
    yield Probe("high half of a surrogate pair", "a\ud83d")
    yield Probe("low half of a surrogate pair", "\ude00a")
    yield Probe("turning round", "exe\N{RIGHT-TO-LEFT OVERRIDE}txt")
    yield Probe("mark of direction", "\N{RIGHT-TO-LEFT MARK}abc")
    yield Probe("nothing to see", "a\N{ZERO WIDTH SPACE}b")
    yield Probe("end of a C string", "a\0b")
    yield Probe("control character", "a\x1bb")
    yield Probe("no character", "a\uffffb")
    yield Probe("lines", "a\nb")
    yield Probe("lines of Windows", "a\r\nb\r")
    yield Probe("tab", "a\tb")
    yield Probe("blanks around", "  x  ")
    yield Probe("markup", '<a b="c">&amp;\'</a>]]>')
    yield Probe("pattern", "*?[%_]")
    yield Probe("path", "\\..\\.")
    yield Probe("quoted", "'\";--$(x)`y")
    yield Probe("opened often", "[" * min(longest, 1500))
    yield Probe("like a number", "007")
    yield Probe("like nothing", "null")


def whole_numbers(low: int | None, high: int | None) -> Iterator[Probe]:
    """Whole numbers where those from ``low`` to ``high`` may be."""
    least, most = -MAX_ID if low is None else low, MAX_ID if high is None else high
    yield Probe("least", least)
    yield Probe("less than least", least - 1)
    yield Probe("greatest", most)
    yield Probe("more than greatest", most + 1)
    yield Probe("zero", 0)
    yield Probe("minus one", -1)
    for bits in (31, 32, 53, 63, 64, 100):
        yield Probe(f"2^{bits}", 2**bits)
    yield Probe("-2^63 - 1", -(2**63) - 1)


def numbers(low: float, high: float) -> Iterator[Probe]:
    """Numbers where those from ``low`` to ``high`` may be."""
    yield Probe("least", low)
    yield Probe("less than least", low * 1.1 if low else -0.1)
    yield Probe("greatest", high)
    yield Probe("more than greatest", high * 1.1)
    yield Probe("zero below", -0.0)
    yield Probe("smallest", 5e-324)
    yield Probe("largest", 1.7976931348623157e308)
    yield Probe("broken", 0.1)


def times() -> Iterator[Probe]:
    """Times at the ends of the calendar, and some that are none."""
    yield Probe("first", "0001-01-01T00:00:00Z")
    yield Probe("second", "0001-01-01T00:00:01Z")
    yield Probe("before the first", "0001-01-01T00:00:00+14:00")
    yield Probe("last", "9999-12-31T23:59:59.999999Z")
    yield Probe("after the last", "9999-12-31T23:59:59-12:00")
    yield Probe("last in the east", "9999-12-31T23:59:59+14:00")
    yield Probe("first in the west", "0001-01-01T00:00:00-12:00")
    yield Probe("without an offset", "2026-11-24T12:00:00")
    yield Probe("no day", "2026-02-30T12:00:00Z")
    yield Probe("leap second", "2026-06-30T23:59:60Z")
    yield Probe("year 0", "0000-12-31T00:00:00Z")
    yield Probe("year 10000", "10000-01-01T00:00:00Z")
    yield Probe("empty", "")


def days() -> Iterator[Probe]:
    """Days at the ends of the calendar, and some that are none."""
    yield Probe("first", "0001-01-01")
    yield Probe("last", "9999-12-31")
    yield Probe("leap day", "2028-02-29")
    yield Probe("no leap day", "2026-02-29")
    yield Probe("year 0", "0000-12-31")
    yield Probe("year 10000", "10000-01-01")
    yield Probe("empty", "")


def words() -> Iterator[Probe]:
    """Words that no enumeration has."""
    yield Probe("empty", "")
    yield Probe("unknown", "NoSuchWord")
    yield Probe("too long", "x" * 5000)
    yield Probe("half of a surrogate pair", "a\ud83d")
    yield Probe("number", 2**63)


def choices(kind: type[Enum]) -> Iterator[Probe]:
    """The first and the last word of an enumeration that say something."""
    known = [each for each in kind if each.value != "Unknown"]
    first, *_, last = (*known, *known)
    yield Probe("first", first.value)
    yield Probe("last", last.value)


_OF_TEXTS = (
    ValueType.TEXT,
    ValueType.FILE,
    ValueType.WEB_ADDRESS,
    ValueType.DATES,
    ValueType.PATTERN,
    ValueType.EMAILS,
)


def property_values(known: Property) -> list[Probe]:
    """What to send as the value of a property, whatever it holds."""
    sent = list(texts(known.longest))
    if known.value_type not in _OF_TEXTS:
        sent = telling(sent)
    if known.value_type is ValueType.INTEGER:
        sent += whole_numbers(known.minimum, known.maximum)
    sent += (Probe(f"choice {word}", word) for word in known.words)
    return [*sent, *_objects(known), *_anything()]


def _objects(known: Property) -> Iterator[Probe]:
    """Objects as references and spans are written."""
    if known.value_type.refers:
        number, name = MEMBERS[known.value_type]
        yield from (Probe(f"name {probe.name}", {name: probe.value}) for probe in texts(255))
        yield from (
            Probe(f"number {probe.name}", {number: probe.value}) for probe in whole_numbers(1, MAX_ID)
        )
    if known.value_type in (ValueType.SPAN, ValueType.TIME_OF_DAY):
        for seconds in (-1, -2, 0, 1, 86399, 86400, 3660 * 86400, 10**10, 10**10 + 1, 2**63):
            yield Probe(f"{seconds} seconds", {"totalSeconds": seconds})


def _anything() -> Iterator[Probe]:
    yield Probe("true", True)
    yield Probe("greatest number", MAX_ID)
    yield Probe("more than the greatest number", 2**64)
    yield Probe("large", 1e300)
    yield Probe("largest", -1.7976931348623157e308)
    yield Probe("nothing in it", {})
    yield Probe("longest key", {"x" * 255: 1})
    yield Probe("key too long", {"x" * 256: 1})
    yield Probe("key with half of a surrogate pair", {"a\ud83d": 1})
    yield Probe("very deep", _nested(9))
    yield Probe("much deeper", _nested(300))
    yield Probe("very many", {f"m{number}": number for number in range(1001)})


def _nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"in": value}
    return value
