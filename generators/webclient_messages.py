"""What the WSDL says of the order and the names of elements, as JAMSWebClient reads it: ``soap.json``.

Loaded by :mod:`webclient.soap`, which writes and reads messages with nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from jams.operations import Catalogue
from jams.wire.soap.names import TYPE_NAMES

from .jsontext import render
from .source import Source
from .webclient_commands import describe_catalogue

FILE = "webclient/soap.json"
_PAGING = ("Limit", "After")
"""Elements by which SOAP gives lists in pieces; JAMSWebClient takes them whole."""
_XS = "{http://www.w3.org/2001/XMLSchema}"


def generate(source: Source) -> Mapping[str, str]:
    """``soap.json``."""
    types = describe_catalogue(source.catalogue)["types"]
    return {FILE: render(describe_messages(source.catalogue, source.wsdl, types))}


def describe_messages(
    catalogue: Catalogue, wsdl: str, types: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """What the WSDL says of messages: for every operation and struct its elements in order.

    Raises:
        ValueError: the WSDL and the catalogue do not know the same inputs or members.
    """
    schemas = {
        schema.get("targetNamespace", ""): schema
        for schema in ElementTree.fromstring(wsdl.encode()).iter(f"{_XS}schema")
    }
    namespace = next(name for name in schemas if name.endswith(":types"))
    base = namespace.removesuffix(":types")
    messages = {}
    for operation in catalogue:
        own = f"{base}:{operation.service.lower()}"
        names = {item.name if not item.document else item.wire: item.wire for item in operation.inputs}
        messages[operation.name] = {
            "namespace": own,
            "name": operation.soap_name,
            "action": f"{own}/{operation.soap_name}",
            "inputs": _matched(operation.soap_name, _elements(schemas.get(own), operation.soap_name), names),
        }
    return {
        "namespace": namespace,
        "messages": messages,
        "types": {
            name: _matched(
                name,
                _elements(schemas[namespace], TYPE_NAMES.get(name, name)),
                {item["wire"]: item["wire"] for item in members},
            )
            for name, members in types.items()
        },
    }


def _elements(schema: ElementTree.Element | None, type_name: str) -> list[str]:
    """The names of the elements of a complex type, in order."""
    types = [] if schema is None else schema.iter(f"{_XS}complexType")
    found = next((t for t in types if t.get("name") == type_name), None)
    if found is None:
        raise ValueError(f"the WSDL has no type {type_name}")
    return [element.get("name", "") for element in found.iter(f"{_XS}element")]


def _matched(owner: str, elements: list[str], names: dict[str, str]) -> list[list[str]]:
    """Each element with the name it has here, told by letters alone: ``$orderby`` and ``Orderby`` are one."""

    def letters(name: str) -> str:
        return "".join(letter for letter in name.casefold() if letter.isalnum())

    known = {letters(alias): name for name, wire in names.items() for alias in (wire, name)}
    pairs = [[element, known.get(letters(element), "")] for element in elements]
    pairs = [pair for pair in pairs if pair[1] or pair[0] not in _PAGING]
    if sorted(name for _, name in pairs) != sorted(names):
        raise ValueError(f"{owner} has the elements {elements} in the WSDL, but {sorted(names)} here")
    return pairs
