"""Writes results as XML, compiled: what has to be found out of a type is found out once.

spyne walks its type descriptions for every element it writes. Here the first use of a type builds closures
that hold the finished tags and conversions; afterwards writing costs one ``SubElement`` an element. The
result is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from lxml.etree import SubElement
from lxml.etree import _Element as Element
from spyne import Boolean, ByteArray, Date, DateTime, Double, Integer64, Unicode
from spyne.model.complex import ComplexModelBase
from spyne.model.enum import EnumBase

from jams.wire.soap.text import legal, write_mixed

from .types import MixedText

Write = Callable[[Element, Any], None]


class Pair(NamedTuple):
    """An item of a mapping, as it is written."""

    name: str
    value: str | None


class Writer:
    """Builds and keeps the closures that write each type under each tag."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, str], Write] = {}

    def __call__(self, cls: Any, tag: str) -> Write:
        """What writes a value of ``cls`` as a new child called ``tag``, a name with its namespace."""
        made = self._made.get((cls, tag))
        if made is None:
            made = _complex(self, cls, tag) if issubclass(cls, ComplexModelBase) else _simple(cls, tag)
            self._made[cls, tag] = made
        return made


def _complex(writer: Writer, cls: Any, tag: str) -> Write:
    namespace = cls.get_namespace()
    plan = [
        (name, writer(kind, f"{{{namespace}}}{kind.Attributes.sub_name}"), kind.Attributes.max_occurs > 1)
        for name, kind in cls._type_info.items()
    ]

    def write(parent: Element, value: Any) -> None:
        element = SubElement(parent, tag)
        for name, inner, many in plan:
            item = getattr(value, name)
            if item is None:
                continue
            if many:
                for one in _items(item):
                    inner(element, one)
            else:
                inner(element, item)

    return write


def _items(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (Pair(name, _pair_value(item)) for name, item in value.items())
    items: Iterable[Any] = value
    return items


def _pair_value(value: Any) -> str | None:
    """The value of a pair: a text as it stands, for pairs are read without a type as well."""
    return value if value is None or isinstance(value, str) else write_mixed(value)


def _simple(cls: Any, tag: str) -> Write:
    if issubclass(cls, Unicode) and not issubclass(cls, MixedText):
        return lambda parent, value: set_text(SubElement(parent, tag), value)
    convert = converter(cls)

    def write(parent: Element, value: Any) -> None:
        set_text(SubElement(parent, tag), convert(value))

    return write


def set_text(element: Element, text: str) -> None:
    """Give an element its text; characters that XML cannot hold become U+FFFD."""
    try:
        element.text = text
    except ValueError:
        element.text = legal(text)


def _time(value: datetime) -> str:
    """UTC with its letter: .NET takes ``+00:00`` for the time of the machine it runs on."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def converter(cls: Any) -> Callable[[Any], str]:
    """What turns a value of a simple type into text."""
    kinds: list[tuple[Any, Callable[[Any], str]]] = [
        (MixedText, write_mixed),
        (EnumBase, lambda value: value.value),
        (Boolean, lambda value: "true" if value else "false"),
        (Double, repr),
        (Integer64, str),
        (Date, date.isoformat),
        (DateTime, _time),
        (Unicode, str),
        (ByteArray, str),
    ]
    for kind, convert in kinds:
        if issubclass(cls, kind):
            return convert
    raise TypeError(f"{cls} cannot be written")
