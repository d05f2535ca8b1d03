"""Messages that hold a fault, with the header blocks that SOAP wants beside some faults."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.etree import SubElement
from lxml.etree import _Element as Element

from jams.wire.soap.names import SOAP11, SOAP12, TYPES, TYPES_PREFIX, local_name

from . import faults
from .writer import Writer

_writer = Writer()


def fault_envelope(version: str, fault: faults.JAMSFault, detail_type: Any) -> bytes:
    """A whole message that holds a fault, in the version whose envelope namespace is given."""
    envelope = etree.Element(f"{{{version}}}Envelope", nsmap={"soap": version, TYPES_PREFIX: TYPES})
    _add_header(envelope, version, fault)
    body = SubElement(envelope, f"{{{version}}}Body")
    (faults.write12 if version == SOAP12 else faults.write11)(body, fault, detail_type, _writer)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def _add_header(envelope: Element, version: str, fault: faults.JAMSFault) -> None:
    """The versions that are understood (SOAP 1.2 part 1, 5.4.7), or the headers that are not (5.4.8)."""
    if fault.soap_code == "VersionMismatch":
        upgrade = SubElement(_header(envelope, version), f"{{{SOAP12}}}Upgrade")
        for known in (SOAP12, SOAP11):
            _named(upgrade, "SupportedEnvelope", f"{{{known}}}Envelope")
    elif fault.not_understood and version == SOAP12:
        header = _header(envelope, version)
        for name in fault.not_understood:
            _named(header, "NotUnderstood", name)


def _header(envelope: Element, version: str) -> Element:
    return SubElement(envelope, f"{{{version}}}Header")


def _named(parent: Element, tag: str, name: str) -> None:
    """An element whose attribute ``qname`` bears a name, with the prefix of its namespace beside it."""
    namespace = name[1:].partition("}")[0] if name.startswith("{") else ""
    element = SubElement(parent, f"{{{SOAP12}}}{tag}", nsmap={"q": namespace} if namespace else None)
    element.set("qname", f"q:{local_name(name)}" if namespace else name)
