"""Definitions as XML, in the published form of exports: ``JAMSObjects`` with ``folder``, ``job`` … in it.

What that form does not tell is written by the names of the documents, with a type where a value is no text.
Declares no operation.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from jams.database import object_access

from .definition_documents import ACCESS_LIST, without_access_list

ROOT = "JAMSObjects"
INHERITING = {
    "inheritcontainer": object_access.SUBFOLDERS,
    "inheritobject": object_access.JOBS,
    "inheritonly": object_access.ONLY_BELOW,
}
"""The attributes of a line of an access list that say how it comes down, and their bits."""
LISTS = "accessLists"
"""The attribute of the root that says that access lists are among it."""
TYPE_NAMES = {bool: "System.Boolean", int: "System.Int32", float: "System.Double", str: "System.String"}
OBJECT = "object"
"""The typename of a property that holds a document; its value is JSON."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ATTRIBUTES = {"job": ("methodName",)}
_WRITTEN_AS = {"methodName": "method"}


class Definition(NamedTuple):
    """A definition on its way.

    Attributes:
        kind: its word, as ``job``.
        name: its own name.
        folder: the path of its folder below the place of the export, without a first backslash; empty for
            what lies at the place itself, or in no folder.
        members: its document, by wire names; without its name and place.
    """

    kind: str
    name: str
    folder: str
    members: dict[str, Any]


def written(definitions: Iterable[Definition], place: str, *, ignore_acl: bool = False) -> str:
    r"""The text of an export made at ``place``, the path of the folder in which its topmost parts lie.

    It says whether access lists are among it, so that what has none is known to have none.
    """
    head = _attribute("from", place) + ("" if ignore_acl else _attribute(LISTS, "true"))
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<{ROOT}{head}>"]
    for each in definitions:
        lines += _definition(each._replace(members=without_access_list(each.members)) if ignore_acl else each)
    return "\n".join([*lines, f"</{ROOT}>", ""])


def _definition(given: Definition) -> Iterator[str]:
    head = _attribute("name", given.name)
    if given.folder:
        head += _attribute("folder", given.folder)
    members = dict(given.members)
    for name in _ATTRIBUTES.get(given.kind, ()):
        if name in members:
            head += _attribute(_WRITTEN_AS.get(name, name), members.pop(name))
    yield f"  <{given.kind}{head}>"
    for name, value in members.items():
        yield from _member(name, value, "    ")
    yield f"  </{given.kind}>"


def _member(name: str, value: Any, margin: str) -> Iterator[str]:
    if name == "properties" and isinstance(value, list):
        yield f"{margin}<{name}>"
        for item in value:
            yield f"{margin}  <property{_property(item)} />"
        yield f"{margin}</{name}>"
    elif name == ACCESS_LIST and isinstance(value, dict):
        yield f"{margin}<{name}>"
        for line in value.get("genericACL", ()):
            yield f"{margin}  <ace{_line(line)} />"
        yield f"{margin}</{name}>"
    elif isinstance(value, list):
        yield f'{margin}<{name} type="list">'
        for item in value:
            yield from _member("item", item, margin + "  ")
        yield f"{margin}</{name}>"
    elif isinstance(value, dict):
        yield f'{margin}<{name} type="object">'
        for key, item in value.items():
            yield from _member(key, item, margin + "  ")
        yield f"{margin}</{name}>"
    elif isinstance(value, str):
        encoded = _encoded(value)
        mark, text = ("", value) if encoded is None else (' encoding="base64"', encoded)
        yield f"{margin}<{name}{mark}>{escape(text, _LINE_ENDS)}</{name}>"
    else:
        kind = "null" if value is None else "boolean" if isinstance(value, bool) else "number"
        yield f'{margin}<{name} type="{kind}">{json.dumps(value)}</{name}>'


_LINE_ENDS = {"\r": "&#13;"}


def _line(line: dict[str, Any]) -> str:
    head = _attribute("identifier", line["identifier"])
    head += "".join(f' {name}="{bool(line["flags"] & bit)}"' for name, bit in INHERITING.items())
    return head + _attribute("access", ",".join(line["accessList"]))


def _property(item: dict[str, Any]) -> str:
    value = item["currentValue"]
    kind = OBJECT if isinstance(value, dict) else TYPE_NAMES[type(value)]
    text = value if isinstance(value, str) else json.dumps(value)
    return (
        f"{_attribute('name', item['propertyName'])}{_attribute('typename', kind)}{_attribute('value', text)}"
    )


def _attribute(name: str, value: str) -> str:
    encoded = _encoded(value)
    if encoded is None:
        return f" {name}={quoteattr(value)}"
    return f' {name}="{encoded}" {name}-encoding="base64"'


def _encoded(text: str) -> str | None:
    """What XML cannot hold, in base64; None for what it can."""
    if not _UNWRITABLE.search(text):
        return None
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")
