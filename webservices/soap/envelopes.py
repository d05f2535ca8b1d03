"""Envelopes for faults that are answered before spyne is asked."""

from __future__ import annotations

from typing import Any

from lxml import etree

from jams.wire.soap.names import SOAP12, TYPES, TYPES_PREFIX

from . import faults
from .writer import Writer

_writer = Writer()


def fault_envelope(version: str, fault: faults.JAMSFault, detail_type: Any) -> bytes:
    """A whole message that holds a fault, in the version whose envelope namespace is given."""
    envelope = etree.Element(f"{{{version}}}Envelope", nsmap={"soap": version, TYPES_PREFIX: TYPES})
    body = etree.SubElement(envelope, f"{{{version}}}Body")
    (faults.write12 if version == SOAP12 else faults.write11)(body, fault, detail_type, _writer)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
