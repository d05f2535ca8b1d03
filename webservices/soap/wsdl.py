"""Builds the WSDL: the types from spyne, everything around them from the catalogue.

spyne's own WSDL cannot have two bindings, or two operations of one name in different services, and it needed
mending at a dozen places to be consumable; its schemas are right, so they are what is taken from it. The
document is WSDL 1.1, document/literal wrapped, in the shape of WS-I Basic Profile 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree
from lxml.etree import SubElement
from lxml.etree import _Element as Element

from jams.operations.catalogue import Catalogue, Operation
from jams.wire.soap.names import FAULT, NAMESPACE, TYPES, TYPES_PREFIX, action, service_namespace

from .publication import WSDL, XSD
from .schemas import schemas, told

HTTP = "http://schemas.xmlsoap.org/soap/http"
BINDINGS = {
    "Soap11": ("soap", "http://schemas.xmlsoap.org/wsdl/soap/"),
    "Soap12": ("soap12", "http://schemas.xmlsoap.org/wsdl/soap12/"),
}
PLACEHOLDER = "http://localhost/JAMS/soap"
"""Stands for the address in the frozen file."""

_ABOUT = (
    "The JAMS workload-automation server. One service a family of objects; every operation answers with "
    "its result or with a fault whose detail is a JAMSFault. Callers show a WS-Security UsernameToken "
    "(text), HTTP Basic credentials or a bearer token. What is absent is left out, never nil; a list is a "
    "repeated element."
)


def build(
    catalogue: Catalogue,
    words: Mapping[str, str] | None = None,
    order: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The WSDL of a catalogue, indented, with a placeholder as address.

    Args:
        catalogue: the operations.
        words: what is said of members that are declared without, by ``Member`` or ``Type.Member``.
        order: the elements of requests that were promised, in their order, by ``service:Operation``; what is
            new stands behind them, wherever it is declared.
    """
    families = sorted(catalogue.services().items())
    prefixes = {TYPES_PREFIX: TYPES, **{name.lower(): service_namespace(name) for name, _ in families}}
    root = etree.Element(
        f"{{{WSDL}}}definitions",
        nsmap={
            "wsdl": WSDL,
            "xs": XSD,
            "tns": NAMESPACE,
            **dict(BINDINGS.values()),
            **prefixes,
        },
    )
    root.set("name", "JAMS")
    root.set("targetNamespace", NAMESPACE)
    _document(root, _ABOUT)
    types = SubElement(root, f"{{{WSDL}}}types")
    types.extend(schemas(catalogue, prefixes, words or {}, order or {}))
    _add_messages(root, families)
    for family, operations in families:
        _add_port_type(root, family, operations)
    for family, operations in families:
        for version in BINDINGS:
            _add_binding(root, family, operations, version)
    for family, _ in families:
        _add_service(root, family)
    # Prefixes that only stand in attribute values count as unused.
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xs", "tns", *prefixes])
    return _text(root)


def _text(root: Element) -> bytes:
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add_messages(root: Element, families: list[tuple[str, list[Operation]]]) -> None:
    _message(root, FAULT, "fault", f"{TYPES_PREFIX}:{FAULT}")
    for family, operations in families:
        for operation in operations:
            name, element = f"{family}_{operation.soap_name}", f"{family.lower()}:{operation.soap_name}"
            _message(root, name, "parameters", element)
            _message(root, f"{name}Response", "parameters", f"{element}Response")


def _message(root: Element, name: str, part: str, element: str) -> None:
    message = SubElement(root, f"{{{WSDL}}}message", name=name)
    SubElement(message, f"{{{WSDL}}}part", name=part, element=element)


def _add_port_type(root: Element, family: str, operations: list[Operation]) -> None:
    port_type = SubElement(root, f"{{{WSDL}}}portType", name=family)
    for operation in operations:
        element = SubElement(port_type, f"{{{WSDL}}}operation", name=operation.soap_name)
        parts = [told(operation.summary), told(operation.description.removeprefix(operation.summary))]
        if operation.errors:
            parts.append(f"Faults: {', '.join(operation.errors)}.")
        _document(element, "\n\n".join(part for part in parts if part.strip()))
        message = f"tns:{family}_{operation.soap_name}"
        SubElement(element, f"{{{WSDL}}}input", message=message)
        SubElement(element, f"{{{WSDL}}}output", message=f"{message}Response")
        SubElement(element, f"{{{WSDL}}}fault", name=FAULT, message=f"tns:{FAULT}")


def _add_binding(root: Element, family: str, operations: list[Operation], version: str) -> None:
    _, soap = BINDINGS[version]
    binding = SubElement(root, f"{{{WSDL}}}binding", name=f"{family}{version}", type=f"tns:{family}")
    SubElement(binding, f"{{{soap}}}binding", style="document", transport=HTTP)
    for operation in operations:
        element = SubElement(binding, f"{{{WSDL}}}operation", name=operation.soap_name)
        SubElement(element, f"{{{soap}}}operation", soapAction=action(operation), style="document")
        for direction in ("input", "output"):
            SubElement(SubElement(element, f"{{{WSDL}}}{direction}"), f"{{{soap}}}body", use="literal")
        fault = SubElement(element, f"{{{WSDL}}}fault", name=FAULT)
        SubElement(fault, f"{{{soap}}}fault", name=FAULT, use="literal")


def _add_service(root: Element, family: str) -> None:
    service = SubElement(root, f"{{{WSDL}}}service", name=family)
    for version, (_, soap) in BINDINGS.items():
        name = f"{family}{version}"
        port = SubElement(service, f"{{{WSDL}}}port", name=name, binding=f"tns:{name}")
        SubElement(port, f"{{{soap}}}address", location=PLACEHOLDER)


def _document(element: Element, text: str) -> None:
    SubElement(element, f"{{{WSDL}}}documentation").text = text
