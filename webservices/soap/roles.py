"""For whom the blocks of a header are (SOAP 1.1 section 4.2.2, SOAP 1.2 part 1 sections 2.2 and 5.2.2)."""

from __future__ import annotations

from lxml.etree import _Element as Element

from jams.wire.soap.names import SOAP11, SOAP12

_ATTRIBUTES = {SOAP11: f"{{{SOAP11}}}actor", SOAP12: f"{{{SOAP12}}}role"}
_OURS = {
    SOAP11: frozenset({"", "http://schemas.xmlsoap.org/soap/actor/next"}),
    SOAP12: frozenset({"", *(f"{SOAP12}/role/{name}" for name in ("next", "ultimateReceiver"))}),
}


def role_of(block: Element, version: str) -> str:
    """The URI of whom a block is for; empty where nobody is named, which is the last receiver."""
    return (block.get(_ATTRIBUTES[version]) or "").strip()


def blocks_for_us(header: Element | None, version: str) -> list[Element]:
    """The blocks that this server, the last receiver, is to read; those for others are left alone.

    Args:
        header: the header of the envelope.
        version: the namespace of the envelope.
    """
    found = [] if header is None else header
    return [block for block in found if role_of(block, version) in _OURS[version]]
