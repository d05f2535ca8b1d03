"""The frozen WSDL: what is published, and the schema that requests are checked against.

``jams.wsdl`` is a reviewed file, made by ``python run.py generate``. Only the addresses in it are
filled in, from the configuration, when the service starts.
"""

from __future__ import annotations

import re
import threading
from copy import deepcopy
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from jams.wire.soap.names import local_name

from .publication import WSDL, XSD, Publication

WSDL_FILE = Path(__file__).with_name("jams.wsdl")
_ADDRESS = "{*}address"
_NOISE = re.compile(r"\{(?:urn:jams|http://)[^{}\s]*\}|\[facet '\w+'\] ")
_VALUE = "The value '"


class Contract:
    """The published description of the interface.

    Args:
        wsdl: the frozen file.
        address: where callers reach the service.
    """

    def __init__(self, wsdl: bytes, address: str) -> None:
        root = etree.fromstring(wsdl)
        for element in root.iterfind(f"{{{WSDL}}}service/{{{WSDL}}}port/{_ADDRESS}"):
            element.set("location", address)
        self._schema = _compile(root)
        self._lock = threading.Lock()
        self.publication = Publication(root, address)
        self.elements = {
            f"{{{schema.get('targetNamespace')}}}{element.get('name')}"
            for schema in root.iter(f"{{{XSD}}}schema")
            for element in schema.findall(f"{{{XSD}}}element")
        }

    def complaint(self, payload: Element) -> tuple[str, str] | None:
        """What the schema has against a payload: the complaint and the name of the element; None if nothing.

        The lock keeps one caller's complaint from another's: a compiled schema has one error log.
        """
        with self._lock:
            if self._schema.validate(payload):
                return None
            complaints = [entry.message for entry in self._schema.error_log]  # type: ignore[attr-defined]
        return _readable(complaints[0] if complaints else "The request does not match the schema.")


def _readable(message: str) -> tuple[str, str]:
    """A complaint of libxml2 without namespaces, no longer than a line or two, and the element it names."""
    # What the caller has sent stands as it is.
    head, quoted, rest = message[:2000].partition(_VALUE)
    value, end, tail = rest.rpartition("' ")
    text = _NOISE.sub("", head) + quoted + value + end + _NOISE.sub("", tail)
    element = text.removeprefix("Element '").partition("'")[0] if text.startswith("Element '") else ""
    _, colon, complaint = text.partition("': ")
    shown = f"{element}: {complaint}" if colon else text
    return (shown if len(shown) <= 400 else f"{shown[:400]}…"), local_name(element)[:100]


def _compile(root: Element) -> etree.XMLSchema:
    """One schema out of those in the WSDL, which refer to each other by namespace alone."""
    copy = deepcopy(root)
    for item in copy.iter(f"{{{XSD}}}import"):
        item.set("schemaLocation", str(item.get("namespace")))
    # Serialising a part writes out the prefixes it inherits; copying it would lose them.
    schemas = {str(s.get("targetNamespace")): etree.tostring(s) for s in copy.iter(f"{{{XSD}}}schema")}
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_Memory(schemas))
    imports = "".join(f'<xs:import namespace="{name}" schemaLocation="{name}"/>' for name in schemas)
    main = f'<xs:schema xmlns:xs="{XSD}">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(main, parser))


class _Memory(etree.Resolver):
    """Gives the schema compiler its documents without files."""

    def __init__(self, documents: dict[str, bytes]) -> None:
        self._documents = documents

    def resolve(self, system_url: str, public_id: str, context: etree._ResolverContext) -> object:  # type: ignore[override]
        """The document of a namespace."""
        found = self._documents.get(system_url)
        return None if found is None else self.resolve_string(found, context, base_url=system_url)
