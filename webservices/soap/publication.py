"""What is published of the contract: the whole WSDL, that of one family alone, and the schemas apart."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.etree import SubElement
from lxml.etree import _Element as Element

from jams.objects.errors import RouteNotFound
from jams.wire.soap.names import FAULT, TYPES, TYPES_PREFIX, service_namespace

WSDL = "http://schemas.xmlsoap.org/wsdl/"
XSD = "http://www.w3.org/2001/XMLSchema"
_REFERENCES = ("type", "base", "memberTypes", "ref", "element")


@dataclass(frozen=True)
class Published:
    """A document as it is sent."""

    content: bytes

    @cached_property
    def zipped(self) -> bytes:
        """The content, compressed by gzip."""
        return gzip.compress(self.content, mtime=0)

    @cached_property
    def tag(self) -> str:
        """What changes with the content: the opaque part of an ETag."""
        return hashlib.sha256(self.content).hexdigest()[:32]


class Publication:
    """All documents, each made when somebody first asks for it.

    Args:
        root: the whole WSDL, with its addresses.
        address: where callers reach the service.
    """

    def __init__(self, root: Element, address: str) -> None:
        self._root = root
        self._address = address
        self._made: dict[tuple[str, str], Published] = {}
        self._lock = threading.Lock()
        services = [str(service.get("name")) for service in root.findall(f"{{{WSDL}}}service")]
        self._families = {name.lower(): name for name in services}
        self._schemas = {
            str(schema.get("targetNamespace")).rpartition(":")[2]: schema
            for schema in root.iter(f"{{{XSD}}}schema")
        }

    def wsdl(self, family: str = "") -> Published:
        """The WSDL, of one family with the types that this uses, or of all. Raises RouteNotFound."""
        name = self._families.get(family.lower(), "")
        if family and not name:
            raise RouteNotFound(f"There is no service {family[:100]}.")
        return self._kept("wsdl", name, lambda: _only(self._root, name) if name else self._root)

    def xsd(self, name: str = "") -> Published:
        """One schema, or one that imports them all. Raises RouteNotFound."""
        name = name.lower()
        if name and name not in self._schemas:
            raise RouteNotFound(f"There is no schema {name[:100]}; there are {', '.join(self._schemas)}.")
        return self._kept("xsd", name, lambda: self._schema(name))

    def _kept(self, kind: str, name: str, make: Callable[[], Element]) -> Published:
        with self._lock:
            found = self._made.get((kind, name))
            if found is None:
                content = etree.tostring(make(), xml_declaration=True, encoding="UTF-8")
                found = self._made[kind, name] = Published(content)
            return found

    def _schema(self, name: str) -> Element:
        if not name:
            root = etree.Element(f"{{{XSD}}}schema", nsmap={"xs": XSD})
            for each, schema in self._schemas.items():
                namespace = str(schema.get("targetNamespace"))
                SubElement(
                    root,
                    f"{{{XSD}}}import",
                    namespace=namespace,
                    schemaLocation=f"{self._address}?xsd={each}",
                )
            return root
        # Serialising a part writes out the prefixes it inherits; copying it would lose them.
        root = etree.fromstring(etree.tostring(self._schemas[name], with_tail=False))
        for item in root.iter(f"{{{XSD}}}import"):
            each = str(item.get("namespace")).rpartition(":")[2]
            item.set("schemaLocation", f"{self._address}?xsd={each}")
        return root


def _only(root: Element, family: str) -> Element:
    """The WSDL with one service, for toolkits that know a WSDL's operations by their bare names only."""
    copy = deepcopy(root)
    for tag in ("service", "portType", "binding", "message"):
        for element in copy.findall(f"{{{WSDL}}}{tag}"):
            if not _belongs(str(element.get("name")), family, tag):
                copy.remove(element)
    schemas = {str(schema.get("targetNamespace")): schema for schema in copy.iter(f"{{{XSD}}}schema")}
    own, types = schemas.pop(service_namespace(family)), schemas.pop(TYPES)
    for other in schemas.values():
        parent = other.getparent()
        assert parent is not None
        parent.remove(other)
    _keep_used(types, own)
    etree.cleanup_namespaces(copy, keep_ns_prefixes=["xs", "tns", TYPES_PREFIX, family.lower()])
    return copy


def _keep_used(types: Element, own: Element) -> None:
    """Remove the types that neither the messages of a family nor the fault use, however indirectly."""
    kinds = {str(item.get("name")): item for item in types if item.tag != f"{{{XSD}}}element"}
    used, new = set[str](), [FAULT, *_used_by(own, kinds)]
    while new:
        name = new.pop()
        if name not in used:
            used.add(name)
            new += _used_by(kinds[name], kinds)
    for name, item in kinds.items():
        if name not in used:
            types.remove(item)


def _used_by(item: Element, kinds: Mapping[str, Element]) -> Iterator[str]:
    for inner in item.iter():
        for attribute in _REFERENCES:
            for reference in str(inner.get(attribute) or "").split():
                prefix, _, name = reference.partition(":")
                if prefix == TYPES_PREFIX and name in kinds:
                    yield name


def _belongs(name: str, family: str, tag: str) -> bool:
    if tag == "message":
        return name == FAULT or name.startswith(f"{family}_")
    return name.removesuffix("Soap12").removesuffix("Soap11") == family
