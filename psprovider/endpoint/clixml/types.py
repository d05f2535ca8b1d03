"""The values of CLIXML that Python has no type for.

Python's own values stand for themselves: None, bool, str, int (Int32, Int64, Decimal or a string, by
size), float (Double), Decimal, UUID, bytes, datetime, timedelta, list (Object[]), dict (Hashtable) and
msgspec structs. The classes here carry what those cannot: narrower numbers, type names, members.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

OBJECT = "System.Object"
CUSTOM_OBJECT = "System.Management.Automation.PSCustomObject"
ENUM_CHAIN = ("System.Enum", "System.ValueType", OBJECT)
ARRAY = ("System.Object[]", "System.Array", OBJECT)
ARRAY_LIST = ("System.Collections.ArrayList", OBJECT)
HASHTABLE = ("System.Collections.Hashtable", OBJECT)
PRIMITIVE_DICTIONARY = ("System.Management.Automation.PSPrimitiveDictionary", *HASHTABLE)
SWITCH = ("System.Management.Automation.SwitchParameter", "System.ValueType", OBJECT)
CREDENTIAL = ("System.Management.Automation.PSCredential", OBJECT)


class Byte(int):
    """An unsigned number of 8 bits."""


class SByte(int):
    """A signed number of 8 bits."""


class Int16(int):
    """A signed number of 16 bits."""


class UInt16(int):
    """An unsigned number of 16 bits."""


class UInt32(int):
    """An unsigned number of 32 bits."""


class Int64(int):
    """A signed number of 64 bits that is to stay one though it would fit in 32."""


class UInt64(int):
    """An unsigned number of 64 bits."""


class Switch(int):
    """Whether a switch parameter is present, as an object of its own; true or false like a bool."""

    def __str__(self) -> str:
        return str(bool(self))


class Single(float):
    """A floating point number of 32 bits."""


class Char(str):
    """One UTF-16 unit; may be a lone surrogate."""


class Uri(str):
    """An address, as it was written."""


class XmlText(str):
    """An XML document, as text."""


class ScriptBlock(str):
    """The text of a script block. It is never run here."""


class Version(tuple[int, ...]):
    """A version of two to four numbers; compares number by number."""

    __slots__ = ()

    def __new__(cls, text: str) -> Version:
        """Read ``1.2``, ``1.2.3`` or ``1.2.3.4``; raises ValueError otherwise."""
        parts = text.split(".")
        if not 2 <= len(parts) <= 4 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("not a version")
        return tuple.__new__(cls, (int(part[:10]) for part in parts))

    def __str__(self) -> str:
        return ".".join(map(str, self))


class Primitive:
    """A scalar in its wire form, for values that Python's types cannot hold exactly.

    A time with seven decimals is read as ``Primitive("DT", ...)``, so that it can be sent back unharmed.
    """

    __slots__ = ("tag", "text")

    def __init__(self, tag: str, text: str) -> None:
        self.tag = tag
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Primitive) and (self.tag, self.text) == (other.tag, other.text)

    def __hash__(self) -> int:
        return hash((self.tag, self.text))

    def __repr__(self) -> str:
        return f"Primitive({self.tag!r}, {self.text!r})"

    def __str__(self) -> str:
        return self.text


class EnumValue:
    """A member of a .NET enumeration: its type's full name, its number, its name."""

    __slots__ = ("name", "type_name", "value")

    def __init__(self, type_name: str, value: int, name: str) -> None:
        self.type_name = type_name
        self.value = value
        self.name = name

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EnumValue):
            return NotImplemented
        return self.type_name == other.type_name and self.value == other.value

    def __hash__(self) -> int:
        return hash((self.type_name, self.value))

    def __int__(self) -> int:
        return int(self.value)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"EnumValue({self.type_name!r}, {self.value}, {self.name!r})"


class SecureString:
    """A secret text. Its value is asked for explicitly, so that it does not end in a log by accident.

    What arrives encrypted under the session key is decrypted when it is asked for.
    """

    __slots__ = ("_reveal",)

    def __init__(self, secret: str | Callable[[], str]) -> None:
        self._reveal = secret if callable(secret) else lambda: secret

    def reveal(self) -> str:
        """The text itself. Raises SessionKeyMissing while it cannot be decrypted."""
        return self._reveal()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecureString) and self.reveal() == other.reveal()

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "SecureString(...)"

    def __str__(self) -> str:
        return "System.Security.SecureString"


class Credential:
    """A user name and a password (PSCredential)."""

    __slots__ = ("password", "user_name")

    def __init__(self, user_name: str, password: SecureString) -> None:
        self.user_name = user_name
        self.password = password

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Credential)
            and self.user_name == other.user_name
            and self.password == other.password
        )

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"Credential({self.user_name!r}, ...)"

    def __str__(self) -> str:
        return CREDENTIAL[0]


class PSList(list[Any]):
    """A list of another type than Object[].

    Attributes:
        type_names: the chain of type names, most derived first.
        kind: LST, IE (anything enumerable), QUE or STK.
        properties: adapted properties, for collections that show some.
    """

    __slots__ = ("kind", "properties", "type_names")

    def __init__(
        self,
        items: Iterable[Any] = (),
        type_names: tuple[str, ...] = ARRAY_LIST,
        kind: str = "LST",
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(items)
        self.type_names = type_names
        self.kind = kind
        self.properties = dict(properties or {})


class PSDict(dict[Any, Any]):
    """A dictionary of another type than Hashtable; ``type_names`` is its chain of type names."""

    __slots__ = ("type_names",)

    def __init__(self, items: Any = (), type_names: tuple[str, ...] = PRIMITIVE_DICTIONARY) -> None:
        super().__init__(items)
        self.type_names = type_names


class PSObject:
    """An object with type names and members.

    Attributes:
        type_names: the chain of type names, most derived first; empty for a scalar with added members.
        to_string: what ToString() gives, or None.
        value: the scalar or container it is built around, or None.
        properties: adapted properties (``Props``), as the object's .NET type declares them.
        members: note properties (``MS``), as a custom object has them.
    """

    __slots__ = ("members", "properties", "to_string", "type_names", "value")

    def __init__(
        self,
        type_names: tuple[str, ...] = (CUSTOM_OBJECT, OBJECT),
        members: Mapping[str, Any] | None = None,
        *,
        properties: Mapping[str, Any] | None = None,
        to_string: str | None = None,
        value: Any = None,
    ) -> None:
        self.type_names = type_names
        self.to_string = to_string
        self.value = value
        self.properties: dict[str, Any] = dict(properties or {})
        self.members: dict[str, Any] = dict(members or {})

    def get(self, name: str, default: Any = None) -> Any:
        """A member's or property's value, by its name in any case."""
        for table in (self.members, self.properties):
            if name in table:
                return table[name]
        lower = name.lower()
        for table in (self.members, self.properties):
            for key, value in table.items():
                if key.lower() == lower:
                    return value
        return default

    def __contains__(self, name: str) -> bool:
        missing = object()
        return self.get(name, missing) is not missing

    def is_type(self, type_name: str) -> bool:
        """Whether the type, or its deserialised shadow, is in the chain."""
        return type_name in self.type_names or f"Deserialized.{type_name}" in self.type_names

    def __repr__(self) -> str:
        return f"PSObject({self.type_names[:1]!r}, {list(self.members or self.properties)!r})"

    def __str__(self) -> str:
        if self.to_string is not None:
            return self.to_string
        return str(self.value) if self.value is not None else (self.type_names or ("",))[0]


def custom(type_name: str | None = None, /, **members: Any) -> PSObject:
    """A custom object, as ``[pscustomobject]@{...}`` makes one, with an optional type name in front."""
    names = (type_name,) if type_name else ()
    return PSObject((*names, CUSTOM_OBJECT, OBJECT), members)
