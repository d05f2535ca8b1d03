"""The writer: values straight into text, without a tree in between.

Element order in an object is that of PowerShell: type names, ToString, the scalar or container, adapted
properties, members; ``N`` stands before ``RefId``. References and type names are numbered anew in every
message.
"""

from __future__ import annotations

import base64
import enum
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from ..protocol_errors import SessionKeyMissing
from . import types as t
from .scalars import FORMATS, decimal_tag, integer_tag
from .shapes import DEFAULT_SHAPES, Shapes
from .text import escape, escape_name

MAX_DEPTH = 40
"""Objects nested deeper than this are written as their text; clients refuse more than 50 elements."""


def _no_key(_secret: str) -> str:
    raise SessionKeyMissing("no session key")


class Writer:
    """Writes one message. ``seal`` turns a secret into the text of its SS element."""

    __slots__ = ("_chains", "_depth", "_kept", "_out", "_refs", "_seal", "_shapes")

    def __init__(self, shapes: Shapes = DEFAULT_SHAPES, seal: Callable[[str], str] = _no_key) -> None:
        self._shapes = shapes
        self._seal = seal
        self._out: list[str] = []
        self._refs: dict[int, int] = {}
        self._chains: dict[tuple[str, ...], int] = {}
        self._kept: list[Any] = []
        self._depth = 0

    def text(self) -> str:
        """What has been written."""
        return "".join(self._out)

    def raw(self, text: str) -> None:
        """Append ready-made CLIXML."""
        self._out.append(text)

    def value(self, value: Any, name: str = "") -> None:
        """Write any value; ``name`` is empty or a ready-made `` N="..."`` attribute."""
        method = _METHODS.get(type(value))
        if method is None:
            method = _method_of(type(value))
        method(self, value, name)

    def open(self, name: str = "", key: object = None) -> int:
        """Begin an object; ``key``, if given, is what later references to it mean. Gives its number."""
        number = len(self._kept)
        self._kept.append(key)
        if key is not None:
            self._refs[id(key)] = number
        self._out.append(f'<Obj{name} RefId="{number}">')
        return number

    def close(self) -> None:
        """End an object."""
        self._out.append("</Obj>")

    def chain(self, names: tuple[str, ...]) -> None:
        """Write the type names, or the reference to them."""
        number = self._chains.get(names)
        if number is not None:
            self._out.append(f'<TNRef RefId="{number}" />')
            return
        number = self._chains[names] = len(self._chains)
        inner = "".join([f"<T>{escape(name)}</T>" for name in names])
        self._out.append(f'<TN RefId="{number}">{inner}</TN>')

    def to_string(self, text: str) -> None:
        """Write what ToString() gives."""
        self._out.append(f"<ToString>{escape(text)}</ToString>" if text else "<ToString />")

    def members(self, table: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> None:
        """Write note properties."""
        self._out.append("<MS>")
        for key, value in table.items() if isinstance(table, Mapping) else table:
            self.value(value, f' N="{escape_name(key)}"')
        self._out.append("</MS>")

    def properties(self, table: Mapping[str, Any]) -> None:
        """Write adapted properties; enumerations among them become their names, as in PowerShell."""
        self._out.append("<Props>")
        for key, value in table.items():
            if isinstance(value, t.EnumValue):
                value = str(value)
            self.value(value, f' N="{escape_name(key)}"')
        self._out.append("</Props>")

    def referenced(self, value: object, name: str) -> bool:
        """Write a reference if ``value`` was written before, or its text if it lies too deep."""
        number = self._refs.get(id(value))
        if number is not None:
            self._out.append(f'<Ref{name} RefId="{number}" />')
            return True
        if self._depth > MAX_DEPTH:
            self._out.append(f"<S{name}>{escape(short_text(value))}</S>")
            return True
        return False

    def enumeration(self, type_name: str, number: int, text: str, name: str = "") -> None:
        """Write a member of a .NET enumeration."""
        self.open(name)
        self.chain((type_name, *t.ENUM_CHAIN))
        self._out.append(f"<ToString>{escape(text)}</ToString><I32>{number}</I32></Obj>")

    def _list(self, value: list[Any] | tuple[Any, ...], name: str) -> None:
        self._sequence(value, name, t.ARRAY, "LST")

    def _set(self, value: Iterable[Any], name: str) -> None:
        self._sequence(list(value), name, t.ARRAY, "LST")

    def _ps_list(self, value: t.PSList, name: str) -> None:
        self._sequence(value, name, value.type_names, value.kind, value.properties)

    def _sequence(
        self,
        value: Iterable[Any],
        name: str,
        names: tuple[str, ...],
        kind: str,
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        if self.referenced(value, name):
            return
        self._depth += 1
        self.open(name, value)
        self.chain(names)
        self.items(value, kind)
        if properties:
            self.properties(properties)
        self.close()
        self._depth -= 1

    def items(self, value: Iterable[Any], kind: str = "LST") -> None:
        """Write the container element of a list."""
        out = self._out
        mark = len(out)
        out.append(f"<{kind}>")
        for item in value:
            method = _METHODS.get(type(item)) or _method_of(type(item))
            method(self, item, "")
        if len(out) == mark + 1:
            out[mark] = f"<{kind} />"
        else:
            out.append(f"</{kind}>")

    def _dict(self, value: dict[Any, Any], name: str) -> None:
        self._table(value, name, t.HASHTABLE)

    def _ps_dict(self, value: t.PSDict, name: str) -> None:
        self._table(value, name, value.type_names)

    def _table(self, value: dict[Any, Any], name: str, names: tuple[str, ...]) -> None:
        if self.referenced(value, name):
            return
        self._depth += 1
        self.open(name, value)
        self.chain(names)
        self.entries(value)
        self.close()
        self._depth -= 1

    def entries(self, value: Mapping[Any, Any]) -> None:
        """Write the container element of a dictionary."""
        if not value:
            self._out.append("<DCT />")
            return
        self._out.append("<DCT>")
        for key, item in value.items():
            self._out.append("<En>")
            self.value(key, ' N="Key"')
            self.value(item, ' N="Value"')
            self._out.append("</En>")
        self._out.append("</DCT>")

    def _object(self, value: t.PSObject, name: str) -> None:
        if self.referenced(value, name):
            return
        self._depth += 1
        self.open(name, value)
        if value.type_names:
            self.chain(value.type_names)
        if value.to_string is not None:
            self.to_string(value.to_string)
        if value.value is not None:
            self._core(value.value)
        if value.properties:
            self.properties(value.properties)
        if value.members:
            self.members(value.members)
        self.close()
        self._depth -= 1

    def _core(self, value: Any) -> None:
        if isinstance(value, t.PSList):
            self.items(value, value.kind)
        elif isinstance(value, (list, tuple)):
            self.items(value)
        elif isinstance(value, dict):
            self.entries(value)
        else:
            self.value(value)

    def _struct(self, value: msgspec.Struct, name: str) -> None:
        if self.referenced(value, name):
            return
        shape = self._shapes.struct(type(value))
        self._depth += 1
        self.open(name, value)
        self.chain(shape.names)
        if shape.to_string is not None:
            self.to_string(shape.to_string(value))
        if shape.members:
            out = self._out
            out.append("<MS>")
            for item, labels in zip(msgspec.structs.astuple(value), shape.members, strict=True):
                if labels is None or item is msgspec.UNSET:
                    continue
                if item is None:
                    out.append(labels[1])
                else:
                    method = _METHODS.get(type(item)) or _method_of(type(item))
                    method(self, item, labels[0])
            for label, null, further in shape.more:
                item = further(value)
                if item is None:
                    out.append(null)
                else:
                    self.value(item, label)
            out.append("</MS>")
        self.close()
        self._depth -= 1

    def _enum_value(self, value: t.EnumValue, name: str) -> None:
        self.enumeration(value.type_name, value.value, value.name, name)

    def _enum(self, value: enum.Enum, name: str) -> None:
        """Write a member of an enumeration of ours as its name.

        A client has no such type: what it would get is a number with a text, which equals neither
        ``'Complete'`` nor anything else that a user can type.
        """
        self._string(self._shapes.member(value).name, name)

    def _secret(self, value: t.SecureString, name: str) -> None:
        self._out.append(f"<SS{name}>{self._seal(value.reveal())}</SS>")

    def _credential(self, value: t.Credential, name: str) -> None:
        self.open(name)
        self.chain(t.CREDENTIAL)
        self.to_string(t.CREDENTIAL[0])
        self.properties({"UserName": value.user_name, "Password": value.password})
        self.close()

    def _switch(self, value: t.Switch, name: str) -> None:
        self.open(name)
        self.chain(t.SWITCH)
        self.to_string(str(value))
        self.properties({"IsPresent": bool(value)})
        self.close()

    def _string(self, value: str, name: str) -> None:
        self._out.append(f"<S{name}>{escape(value)}</S>")

    def _integer(self, value: int, name: str) -> None:
        tag = "I32" if -0x80000000 <= value <= 0x7FFFFFFF else integer_tag(value)
        self._out.append(f"<{tag}{name}>{int(value)}</{tag}>")

    def _decimal(self, value: Decimal, name: str) -> None:
        tag = decimal_tag(value)
        self._out.append(f"<{tag}{name}>{value:f}</{tag}>")

    def _bytes(self, value: bytes, name: str) -> None:
        text = base64.b64encode(value).decode("ascii")
        self._out.append(f"<BA{name}>{text}</BA>" if text else f"<BA{name} />")

    def _primitive(self, value: t.Primitive, name: str) -> None:
        self._out.append(f"<{value.tag}{name}>{escape(value.text)}</{value.tag}>")


def short_text(value: object) -> str:
    """What stands for an object that is not written out: its text, or its type's name."""
    if isinstance(value, t.PSObject):
        return str(value)
    if isinstance(value, (t.PSList, t.PSDict)):
        return value.type_names[0]
    if isinstance(value, dict):
        return t.HASHTABLE[0]
    return t.ARRAY[0] if isinstance(value, (list, tuple, set, frozenset)) else type(value).__name__


def _scalar(tag: str, text: Callable[[Any], str]) -> Callable[[Writer, Any, str], None]:
    def method(writer: Writer, value: Any, name: str) -> None:
        writer._out.append(f"<{tag}{name}>{text(value)}</{tag}>")

    return method


def _any(writer: Writer, value: Any, name: str) -> None:
    """Whatever has no form of its own travels as its text, as .NET objects do below the first level."""
    writer.raw(f"<S{name}>{escape(str(value))}</S>")


_METHODS: dict[type, Callable[[Writer, Any, str], None]] = {
    **{cls: _scalar(tag, text) for cls, (tag, text) in FORMATS.items()},
    type(None): lambda writer, _value, name: writer.raw(f"<Nil{name} />"),
    str: Writer._string,
    int: Writer._integer,
    Decimal: Writer._decimal,
    bytes: Writer._bytes,
    bytearray: Writer._bytes,
    t.Primitive: Writer._primitive,
    t.SecureString: Writer._secret,
    t.Credential: Writer._credential,
    t.EnumValue: Writer._enum_value,
    t.Switch: Writer._switch,
    t.PSObject: Writer._object,
    t.PSList: Writer._ps_list,
    t.PSDict: Writer._ps_dict,
    list: Writer._list,
    tuple: Writer._list,
    set: Writer._set,
    frozenset: Writer._set,
    dict: Writer._dict,
}


def _method_of(cls: type) -> Callable[[Writer, Any, str], None]:
    if issubclass(cls, msgspec.Struct):
        method: Callable[[Writer, Any, str], None] = Writer._struct
    elif issubclass(cls, enum.Enum):
        method = Writer._enum
    else:
        method = next((_METHODS[base] for base in cls.__mro__ if base in _METHODS), _any)
    _METHODS[cls] = method
    return method


def write(value: Any, shapes: Shapes = DEFAULT_SHAPES, seal: Callable[[str], str] = _no_key) -> str:
    """One value as the body of a message; see :class:`Writer`."""
    writer = Writer(shapes, seal)
    writer.value(value)
    return writer.text()
