"""Requests as clients send them: SOAP 1.2 envelopes with the headers of WS-Management (DSP0226)."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lxml import etree

from . import faults, names

_KNOWN_HEADERS = {
    (names.ADDRESSING, name) for name in ("Action", "To", "MessageID", "ReplyTo", "From", "FaultTo")
} | {
    (space, name)
    for space in (names.WSMAN, names.MICROSOFT, names.SHELL)
    for name in (
        "ResourceURI", "SelectorSet", "OptionSet", "MaxEnvelopeSize", "OperationTimeout", "Locale",
        "DataLocale", "SessionId", "OperationID", "SequenceId", "ActivityId", "CompressionType",
    )
}  # fmt: skip
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DURATION = re.compile(r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,12}(?:\.\d{1,9})?)S)?)?")
_MUST = f"{{{names.SOAP}}}mustUnderstand"
SMALLEST, LARGEST = 8192, 512_000
"""Bounds of MaxEnvelopeSize, in bytes, and of a request, in characters. What a client does not say is 153,600
(MS-WSMV 3.1.4.1)."""
_USUAL = 153_600
_HEADERS = 200


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        action: the address of what to do; for Identify the element's name.
        message_id: what the answer must repeat.
        to: the address it was sent to.
        resource: the resource's address.
        selectors, options: by their names in lower case.
        max_envelope: how large the answer may be, in bytes.
        timeout: how long the client waits for the answer, in seconds.
        session_id: the client's own session.
        compression: how bodies of Send and Receive are to be packed; empty for not at all.
        body: the first element in the body.
    """

    action: str
    message_id: str = ""
    to: str = ""
    resource: str = ""
    selectors: Mapping[str, str] = ()  # type: ignore[assignment]
    options: Mapping[str, str] = ()  # type: ignore[assignment]
    max_envelope: int = _USUAL
    timeout: float | None = None
    session_id: str = ""
    compression: str = ""
    body: etree._Element | None = None

    def shell_id(self) -> UUID:
        """The shell that is meant. Raises WSManFault."""
        return identifier(self.selectors.get("shellid", ""))

    def element(self, path: str) -> etree._Element | None:
        """An element below the body's first one; ``path`` has local names with their prefixes."""
        return None if self.body is None else self.body.find(path, _PREFIXES)

    def attribute(self, name: str) -> str | None:
        """An attribute of the body's first element."""
        return None if self.body is None else self.body.get(name)


_PREFIXES = {"rsp": names.SHELL, "ps": names.POWERSHELL, "w": names.WSMAN, "n": names.ENUMERATION}


def parse(body: bytes, charset: str = "") -> Request:
    """Read a request. Raises WSManFault."""
    text = _text(body, charset.lower())
    if len(text) > LARGEST:
        raise faults.envelope_too_large(LARGEST)
    root = _tree(text)
    if root.tag != f"{{{names.SOAP}}}Envelope":
        raise faults.not_understood("The request is no SOAP 1.2 envelope.")
    content = root.find(f"{{{names.SOAP}}}Body")
    first = None if content is None else next(iter(content), None)
    if first is not None and first.tag == names.IDENTIFY:
        return Request(names.IDENTIFY)
    header = root.find(f"{{{names.SOAP}}}Header")
    if content is None or header is None or len(header) > _HEADERS:
        raise faults.not_understood("The request has no header or no body, or too many headers.")
    return _request(header, first)


def _text(body: bytes, charset: str) -> str:
    """The text of a body in UTF-8 or UTF-16, told by its first bytes or by the content type."""
    encoding = "utf-8-sig"
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif charset.startswith("utf-16"):
        encoding = "utf-16-be" if charset == "utf-16be" else "utf-16-le"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise faults.not_understood("The request is not in the encoding that it declares.") from None


def _tree(text: str) -> etree._Element:
    if "<!DOCTYPE" in text:
        raise faults.not_understood("A document type is not allowed.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        declaration = _DECLARATION.match(text)
        return etree.fromstring(text[declaration.end() if declaration else 0 :].encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError):
        raise faults.not_understood("The request is not well-formed XML.") from None


def _request(header: etree._Element, body: etree._Element | None) -> Request:
    found: dict[str, str] = {}
    unknown = ""
    for item in header:
        name = etree.QName(item)
        if (name.namespace, name.localname) in _KNOWN_HEADERS:
            found[name.localname] = (item.text or "").strip()
        elif (item.get(_MUST) or "").lower() in ("true", "1"):
            unknown = name.localname[:80]
    try:
        _check(found, unknown)
    except faults.WSManFault as problem:
        problem.relates_to = found.get("MessageID", "")[:256]
        raise
    return Request(
        action=found["Action"],
        message_id=found["MessageID"][:256],
        to=found.get("To", "")[:1024],
        resource=found.get("ResourceURI", ""),
        selectors=_named(header, "SelectorSet", "Selector"),
        options=_named(header, "OptionSet", "Option"),
        max_envelope=min(_number(found.get("MaxEnvelopeSize", ""), _USUAL), LARGEST),
        timeout=seconds(found.get("OperationTimeout", "")),
        session_id=found.get("SessionId", "")[:64],
        compression=found.get("CompressionType", "").lower(),
        body=body,
    )


def _check(found: Mapping[str, str], unknown: str) -> None:
    if unknown:
        raise faults.header_not_understood(unknown)
    if not found.get("Action") or not found.get("MessageID"):
        raise faults.not_understood("The request lacks an Action or a MessageID.")
    if found.get("MaxEnvelopeSize", "").isdecimal() and int(found["MaxEnvelopeSize"][:9]) < SMALLEST:
        raise faults.envelope_too_small()


def _named(header: etree._Element, group: str, item: str) -> dict[str, str]:
    found = header.find(f"{{{names.WSMAN}}}{group}")
    if found is None:
        return {}
    return {
        (each.get("Name") or "").lower(): (each.text or "").strip()
        for each in found.iterfind(f"{{{names.WSMAN}}}{item}")
    }


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else default


def seconds(text: str) -> float | None:
    """A span of time as XML Schema writes it, in seconds; None if it is none."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, rest = match.groups()
    return int(days or 0) * 86400 + int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest or 0)


def identifier(text: str | None) -> UUID:
    """A GUID that a client chose. Raises WSManFault as if nothing was known by it."""
    try:
        return UUID((text or "").strip().removeprefix("uuid:"))
    except ValueError:
        raise faults.no_shell() from None


def data(element: etree._Element | None) -> bytes:
    """The bytes that an element holds as base64. Raises WSManFault."""
    if element is None or not element.text:
        raise faults.not_understood("The request does not hold what it is for.")
    try:
        return base64.b64decode("".join(element.text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise faults.not_understood("The request does not hold base64.") from None
