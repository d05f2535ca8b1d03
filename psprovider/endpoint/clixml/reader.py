"""The reader: what clients send, strictly and within limits, as plain values.

Type names that come from a client are labels; no class is ever looked up by them. Refused are: anything
but UTF-8, document types, comments and processing instructions, unknown elements, references forward, and
whatever exceeds the limits on size, elements and depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

from ..limits import DEFAULT_LIMITS, Limits
from ..protocol_errors import ClixmlViolation, NestedTooDeeply, SessionKeyMissing
from . import types as t
from .scalars import PARSERS
from .text import unescape

_NONCHARACTER = re.compile(r"&#(?:[xX]0*[fF]{3}([eEfF])|0*6553([45]));")
_CONTAINERS = frozenset(("LST", "IE", "QUE", "STK", "DCT"))


def _no_key(_sealed: str) -> str:
    raise SessionKeyMissing("no session key")


class Reader:
    """Reads one message; ``unseal`` turns the text of an SS element into the secret, when asked."""

    __slots__ = ("_chains", "_depth", "_limits", "_objects", "_unseal")

    def __init__(self, limits: Limits = DEFAULT_LIMITS, unseal: Callable[[str], str] = _no_key) -> None:
        self._limits = limits
        self._unseal = unseal
        self._chains: dict[str, tuple[str, ...]] = {}
        self._objects: dict[str, Any] = {}
        self._depth = 0

    def read(self, body: bytes) -> Any:
        """The value in ``body``; an empty body is null. Raises ClixmlViolation."""
        if not body.strip(b"\xef\xbb\xbf \r\n\t"):
            return None
        try:
            return self._value(_parse(body, self._limits))
        except ClixmlViolation:
            raise
        except (ValueError, OverflowError, InvalidOperation) as problem:
            raise ClixmlViolation("A value is not of the type it claims.") from problem

    def _value(self, element: Element) -> Any:
        tag = element.tag
        scalar = PARSERS.get(tag)
        if scalar is not None:
            if len(element):
                raise ClixmlViolation("An element that holds a value holds other elements.")
            return scalar(element.text or "")
        if tag == "Obj":
            return self._object(element)
        if tag == "Ref":
            return self._reference(element)
        if tag == "SS":
            return self._secret(element)
        raise ClixmlViolation(f"The element {tag[:40]!r} is not known.")

    def _secret(self, element: Element) -> t.SecureString:
        sealed, unseal = element.text or "", self._unseal
        return t.SecureString(lambda: unseal(sealed))

    def _reference(self, element: Element) -> Any:
        try:
            return self._objects[element.attrib["RefId"]]
        except KeyError:
            raise ClixmlViolation("A reference means nothing that came before it.") from None

    def _object(self, element: Element) -> Any:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise NestedTooDeeply("Objects are nested too deeply.")
        names: tuple[str, ...] = ()
        to_string: str | None = None
        core: Element | None = None
        properties = members = None
        for child in element:
            tag = child.tag
            if tag == "TN":
                names = self._chain(child)
            elif tag == "TNRef":
                names = self._chain_reference(child)
            elif tag == "ToString":
                to_string = unescape(child.text or "")
            elif tag == "MS":
                members = child
            elif tag == "Props":
                properties = child
            elif core is None:
                core = child
            else:
                raise ClixmlViolation("An object holds more than one value.")
        number = element.get("RefId")
        value = self._build(number, names, to_string, core, properties, members)
        if number is not None:
            self._objects[number] = value
        self._depth -= 1
        return value

    def _build(
        self,
        number: str | None,
        names: tuple[str, ...],
        to_string: str | None,
        core: Element | None,
        properties: Element | None,
        members: Element | None,
    ) -> Any:
        if core is not None and core.tag in _CONTAINERS:
            return self._container(number, names, to_string, core, properties, members)
        if core is not None:
            value = self._value(core)
            if "System.Enum" in names:
                return t.EnumValue(names[0], _whole(value), to_string or str(value))
            if members is None and properties is None and not names and to_string is None:
                return value
            made = t.PSObject(names, to_string=to_string, value=value)
        else:
            made = t.PSObject(names, to_string=to_string)
        if number is not None:
            self._objects[number] = made
        self._fill(made, properties, members)
        return _known(made)

    def _container(
        self,
        number: str | None,
        names: tuple[str, ...],
        to_string: str | None,
        core: Element,
        properties: Element | None,
        members: Element | None,
    ) -> Any:
        value: Any
        if core.tag == "DCT":
            value = {} if names in ((), t.HASHTABLE) else t.PSDict((), names)
        else:
            plain = names in ((), t.ARRAY) and core.tag == "LST"
            value = [] if plain else t.PSList((), names or t.ARRAY, core.tag)
        made = t.PSObject(names, to_string=to_string, value=value) if members is not None else value
        if number is not None:
            self._objects[number] = made
        if core.tag == "DCT":
            self._entries(value, core)
        else:
            value.extend([self._value(child) for child in core])
        if members is not None:
            self._fill(made, properties, members)
        elif properties is not None and isinstance(value, t.PSList):
            value.properties.update(self._named(properties))
        return made

    def _entries(self, table: dict[Any, Any], element: Element) -> None:
        for entry in element:
            parts = {child.get("N"): child for child in entry}
            if entry.tag != "En" or len(entry) != 2 or parts.keys() != {"Key", "Value"}:
                raise ClixmlViolation("An entry of a dictionary is not a key and a value.")
            key = self._value(parts["Key"])
            try:
                table[key] = self._value(parts["Value"])
            except TypeError:
                raise ClixmlViolation("The key of a dictionary is a list or a dictionary.") from None

    def _fill(self, made: t.PSObject, properties: Element | None, members: Element | None) -> None:
        if properties is not None:
            made.properties.update(self._named(properties))
        if members is not None:
            made.members.update(self._named(members))

    def _named(self, element: Element) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for child in element:
            name = child.get("N")
            if name is None:
                raise ClixmlViolation("A member of an object has no name.")
            found[unescape(name)] = self._value(child)
        return found

    def _chain(self, element: Element) -> tuple[str, ...]:
        names = tuple([unescape(child.text or "") for child in element if child.tag == "T"])
        if len(names) != len(element) or len(names) > 64:
            raise ClixmlViolation("A list of type names holds something else.")
        number = element.get("RefId")
        if number is not None:
            self._chains[number] = names
        return names

    def _chain_reference(self, element: Element) -> tuple[str, ...]:
        try:
            return self._chains[element.attrib["RefId"]]
        except KeyError:
            raise ClixmlViolation("A reference to type names comes before them.") from None


def _parse(body: bytes, limits: Limits) -> Element:
    """The element tree of a body, after the checks that need no tree."""
    if b"<!" in body or b"<?" in body:
        raise ClixmlViolation("Document types, comments and instructions are not allowed.")
    if body.count(b"<") > limits.elements:
        raise ClixmlViolation(f"The message has more than {limits.elements} elements.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ClixmlViolation("The message is not UTF-8.") from None
    if "&#" in text:
        text = _NONCHARACTER.sub(_escape_noncharacter, text)
    parser = XMLParser(encoding="utf-8")
    try:
        parser.feed(text.encode("utf-8"))
        root: Element = parser.close()
    except (ParseError, ValueError):
        raise ClixmlViolation("The message is not well-formed.") from None
    return root


def _escape_noncharacter(match: re.Match[str]) -> str:
    last = (match[1] or ("E" if match[2] == "4" else "F")).upper()
    return f"_xFFF{last}_"


def _known(made: t.PSObject) -> Any:
    """The objects that PowerShell gives back their own type: credentials and switches."""
    if t.CREDENTIAL[0] in made.type_names and isinstance(made.get("Password"), t.SecureString):
        return t.Credential(str(made.get("UserName")), made.get("Password"))
    if t.SWITCH[0] in made.type_names:
        return t.Switch(made.get("IsPresent") is True)
    return made


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise ClixmlViolation("A member of an enumeration is no number.")
    return int(value)


def read(body: bytes, limits: Limits = DEFAULT_LIMITS, unseal: Callable[[str], str] = _no_key) -> Any:
    """The value in the body of a message; see :class:`Reader`."""
    return Reader(limits, unseal).read(body)
