"""Definitions from XML: this server's own exports, and those of other versions.

Two published forms are read: lower-case elements with lists of properties and no namespace, and those of the
namespace ``http://jams.mvpsi.com/v1`` with a member for each property. Entities and document types are
refused unread. Declares no operation.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from jams.objects.errors import UnreadableDefinitions
from jams.registry import JOB_PROPERTIES, ValueType

from .definition_documents import ACCESS_LIST, without_access_list
from .xml_writing import INHERITING, LISTS, OBJECT, ROOT, Definition

NAMESPACE = "http://jams.mvpsi.com/v1"
MOST_DEFINITIONS = 2000
_KINDS = {
    each.casefold(): each
    for each in (
        *("method", "agent", "queue", "resource", "namedTime", "calendar", "dateType", "folder", "variable"),
        *("job", "setup", "trigger"),
    )
}
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_MEMBERS = {"description": "description", "source": "source", "methodname": "methodName"}
_DEFAULT_VALUE = {
    "sequence": "sequence", "defaultvalue": "defaultValue", "defaultformat": "defaultFormat",
    "prompt": "prompt", "hide": "hide", "required": "required", "uppercase": "uppercase",
}  # fmt: skip
"""Properties of a parameter, and the members that they are here."""


class Exported(NamedTuple):
    """What a text of XML holds.

    Attributes:
        place: the path of the folder at which it was made; None where it does not say.
        definitions: what is in it, in its order.
        own: whether it was written by a server such as this one, so that what it leaves out is as by itself.
        remarks: what was left out, in sentences.
        lists: whether access lists are among it, so that what has none is to have none.
    """

    place: str | None
    definitions: list[Definition]
    own: bool
    remarks: list[str]
    lists: bool = False

    def without_lists(self) -> Exported:
        """The same without the access lists."""
        definitions = [each._replace(members=without_access_list(each.members)) for each in self.definitions]
        return self._replace(definitions=definitions, lists=False)


def exported(text: str) -> Exported:
    """What a text holds. Raises UnreadableDefinitions, which names the line or the definition."""
    try:
        root = fromstring(text.removeprefix("\ufeff").encode("utf-8", "surrogatepass"), forbid_dtd=True)
    except ParseError as error:
        raise UnreadableDefinitions(f"The text is not XML: {error}.") from None
    except (DefusedXmlException, ValueError):
        raise UnreadableDefinitions("XML with a document type or entities is not read.") from None
    reader = _Reader()
    tag = _tag(root)
    if _kind_of(root) is not None:
        definitions = [reader.definition(root)]
    elif tag == ROOT.casefold() or _KINDS.get(tag.removesuffix("s")) is not None:
        definitions = [reader.definition(each) for each in root]
    else:
        raise UnreadableDefinitions(f"The text has {tag[:40]!r} where {ROOT} is expected.")
    if not definitions:
        reader.remarks.append("There are no definitions in the text.")
    if len(definitions) > MOST_DEFINITIONS:
        raise UnreadableDefinitions(f"A text has at most {MOST_DEFINITIONS} definitions.")
    place = _attribute(root, "from")
    remarks = list(dict.fromkeys(reader.remarks))
    return Exported(place, definitions, place is not None, remarks, _attribute(root, LISTS) == "true")


class _Reader:
    def __init__(self) -> None:
        self.remarks: list[str] = []

    def definition(self, element: Element) -> Definition:
        """One definition. Raises UnreadableDefinitions."""
        kind = _kind_of(element)
        if kind is None:
            raise UnreadableDefinitions(f"{_tag(element)[:40]!r} is no definition that is known here.")
        name = _attribute(element, "name") or ""
        called = f"{kind} {name[:60] or 'without a name'}"
        if not name:
            raise UnreadableDefinitions(f"A {kind} has no name.")
        try:
            if element.tag.startswith(f"{{{NAMESPACE}}}") or element.tag == "anyType":
                members = self._of_members(element, called)
            else:
                members = self._of_lists(element, called)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise UnreadableDefinitions(f"The {called} cannot be read: {error}"[:300]) from None
        if (method := _attribute(element, "method")) is not None:
            members["methodName"] = method
        return Definition(kind, name, (_attribute(element, "folder") or "").strip("\\"), members)

    def _of_lists(self, element: Element, called: str) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for child in element:
            if child.tag == ACCESS_LIST:
                if len(child):
                    members[ACCESS_LIST] = {"genericACL": [_line(each) for each in child]}
            elif child.tag == "parameters" and len(child) and child[0].tag == "parameter":
                found = (_parameter(each) for each in child if _attribute(each, "inherited") != "True")
                members["parameters"] = list(found)
            elif child.tag in members:
                raise ValueError(f"{child.tag} stands there twice.")
            elif child.tag == "elements" and not len(child):
                members[child.tag] = []
            else:
                members[child.tag] = _value(child)
        if (tags := _attribute(element, "tags")) is not None:
            members["tags"] = [{"tagName": each.strip()} for each in tags.split(",") if each.strip()]
        return members

    def _of_members(self, element: Element, called: str) -> dict[str, Any]:
        members: dict[str, Any] = {}
        properties: list[dict[str, Any]] = []
        for child in element:
            name, text = _tag(child, folded=False), child.text or ""
            if name.casefold() in _MEMBERS:
                members[_MEMBERS[name.casefold()]] = text
            elif not len(child) and JOB_PROPERTIES.get(name) is not None:
                properties.append({"propertyName": name, "currentValue": _scalar(name, text.strip())})
            else:
                self.remarks.append(f"{name[:60]} of {called} is not known here, and was left out.")
        if properties:
            members["properties"] = properties
        return members


def _kind_of(element: Element) -> str | None:
    tag = _tag(element)
    return _KINDS.get((element.get(_TYPE) or "").rpartition(":")[2].casefold() if tag == "anytype" else tag)


def _tag(element: Element, *, folded: bool = True) -> str:
    name = str(element.tag).rpartition("}")[2]
    return name.casefold() if folded else name


def _attribute(element: Element, name: str) -> str | None:
    found = element.get(name)
    if found is not None and element.get(f"{name}-encoding") == "base64":
        return _decoded(found)
    return found


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "surrogatepass")
    except (binascii.Error, UnicodeDecodeError):
        raise UnreadableDefinitions(f"{text[:40]!r} is not base64.") from None


def _value(element: Element) -> Any:
    if element.tag == "properties":
        return [_property(each) for each in element]
    kind = element.get("type")
    text = element.text or ""
    if kind == "list":
        return [_value(each) for each in element]
    if kind == "object":
        return {each.tag: _value(each) for each in element}
    if len(element):
        raise ValueError(f"{element.tag} has parts where a text is expected.")
    if kind is None:
        return _decoded(text) if element.get("encoding") == "base64" else text
    return json.loads(text)


def _property(element: Element) -> dict[str, Any]:
    name, value = _attribute(element, "name"), _attribute(element, "value") or ""
    if not name:
        raise ValueError("a property has no name.")
    return {"propertyName": name, "currentValue": _typed(value, element.get("typename") or "", name)}


def _typed(value: str, type_name: str, name: str) -> Any:
    kind = type_name.rpartition(".")[2].casefold()
    if type_name == OBJECT:
        return json.loads(value)
    if kind == "boolean":
        return {"true": True, "false": False}[value.casefold()]
    if kind in ("int16", "int32", "int64"):
        return int(value)
    if kind in ("double", "single", "decimal"):
        return float(value)
    return value


def _scalar(name: str, text: str) -> Any:
    """The value of a property whose type only its name tells."""
    known = JOB_PROPERTIES.get(name)
    if known is not None and known.value_type is ValueType.INTEGER:
        return int(text)
    return {"true": True, "false": False}.get(text, text)


def _line(element: Element) -> dict[str, Any]:
    """A line of an access list, as its document."""
    identifier = _attribute(element, "identifier")
    if not identifier:
        raise ValueError("a line of an access list names nobody.")
    on = (name for name in INHERITING if (_attribute(element, name) or "").casefold() == "true")
    words = (_attribute(element, "access") or "").split(",")
    return {
        "identifier": identifier,
        "accessList": [word.strip() for word in words if word.strip()],
        "flags": sum(INHERITING[name] for name in on),
    }


def _parameter(element: Element) -> dict[str, Any]:
    """A parameter of the published form, as its document."""
    found: dict[str, Any] = {
        "paramName": _attribute(element, "name"), "dataType": _attribute(element, "dataType") or "Text"
    }  # fmt: skip
    if (length := element.get("length")) not in (None, "", "0"):
        found["length"] = int(length or 0)
    for name, value in _properties_of(element):
        member = _DEFAULT_VALUE.get(name.casefold())
        if member is not None:
            found[member] = value
    return found


def _properties_of(element: Element) -> Iterator[tuple[str, Any]]:
    for each in element.iter("property"):
        item = _property(each)
        yield str(item["propertyName"]), item["currentValue"]
