"""Errors as SOAP faults: a typed detail, and only the children that SOAP 1.1 and 1.2 allow in a fault."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from lxml.etree import SubElement
from lxml.etree import _Element as Element
from msgspec.structs import replace
from spyne.model.fault import Fault

from jams.objects.enums import Severity
from jams.objects.errors import ErrorDocument, ErrorKind, JAMSError
from jams.wire.soap.names import FAULT, SOAP11, SOAP12, TYPES, TYPES_PREFIX, local_name, member_name

from .writer import Writer, set_text

log = logging.getLogger(__name__)

SERVER_KINDS = frozenset(
    {ErrorKind.INTERNAL, ErrorKind.BUSY, ErrorKind.THROTTLED, ErrorKind.UNAVAILABLE, ErrorKind.TIMED_OUT}
)
"""Failures for which the same request may succeed later; all others are the caller's to mend."""

_ADDRESSING = ("{http://www.w3.org/2005/08/addressing}", "{http://schemas.xmlsoap.org/ws/2004/08/addressing}")
_MOST_NAMED = 20
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class JAMSFault(Fault):  # type: ignore[misc]
    """A fault that carries an error.

    Attributes:
        document: the error.
        soap_code: a code of SOAP itself that the fault bears instead of Client or Server.
        not_understood: the headers that had to be understood, each as ``{namespace}name``.
    """

    def __init__(
        self, document: ErrorDocument, soap_code: str | None = None, not_understood: tuple[str, ...] = ()
    ) -> None:
        self.document = document
        self.soap_code = soap_code
        self.not_understood = not_understood
        super().__init__("Server" if document.kind in SERVER_KINDS else "Client", document.message)


def fault_of(error: JAMSError) -> JAMSFault:
    """The fault of an error, whose member then bears its SOAP name."""
    document = error.document()
    if document.member is not None:
        document = replace(document, member=member_name(document.member))
    return JAMSFault(document)


def version_mismatch(message: str) -> JAMSFault:
    """The fault for an envelope of no known version (SOAP 1.1 4.4.1, SOAP 1.2 5.4.7)."""
    return JAMSFault(_malformed(message), "VersionMismatch")


def not_understood(headers: Sequence[str]) -> JAMSFault:
    """The fault for mandatory headers that this server does not know, each as ``{namespace}name``."""
    names = [local_name(header)[:100] for header in headers[:_MOST_NAMED]]
    message = f"The header {', '.join(names)} must be understood, but is not."
    if any(header.startswith(_ADDRESSING) for header in headers):
        message += " WS-Addressing is not spoken here: send it without mustUnderstand, or not at all."
    return JAMSFault(_malformed(message), "MustUnderstand", tuple(headers[:_MOST_NAMED]))


def of_any(fault: Any) -> JAMSFault:
    """A fault that spyne raised, as ours; what it says of a failure of the server is kept to the log."""
    if isinstance(fault, JAMSFault):
        return fault
    if str(fault.faultcode).startswith("Client"):
        return JAMSFault(_malformed(str(fault.faultstring)))
    log.error("spyne failed: %s", fault.faultstring)
    return JAMSFault(
        ErrorDocument(
            code="InternalError",
            kind=ErrorKind.INTERNAL,
            severity=Severity.FATAL,
            message="The server failed; its log tells more.",
        )
    )


def is_client(fault: JAMSFault) -> bool:
    """Whether the caller has to change the request."""
    return fault.document.kind not in SERVER_KINDS


def write11(body: Element, fault: JAMSFault, detail_type: Any, writer: Writer) -> None:
    """Add a SOAP 1.1 fault (4.4) to a Body; its children have no namespace (WS-I BP 1.1 R1001)."""
    element = SubElement(body, f"{{{SOAP11}}}Fault")
    prefix = element.prefix
    code = fault.soap_code or ("Client" if is_client(fault) else "Server")
    SubElement(element, "faultcode").text = f"{prefix}:{code}"
    set_text(SubElement(element, "faultstring"), fault.document.message)
    if fault.soap_code is None:
        writer(detail_type, f"{{{TYPES}}}{FAULT}")(SubElement(element, "detail"), fault.document)


def write12(body: Element, fault: JAMSFault, detail_type: Any, writer: Writer) -> None:
    """Add a SOAP 1.2 fault (5.4) to a Body; the subcode is the error's code in the namespace of the types.

    The prefix of that namespace must be declared on the envelope; the detail keeps it in use there.
    """
    element = SubElement(body, f"{{{SOAP12}}}Fault")
    code = SubElement(element, f"{{{SOAP12}}}Code")
    value = fault.soap_code or ("Sender" if is_client(fault) else "Receiver")
    SubElement(code, f"{{{SOAP12}}}Value").text = f"{element.prefix}:{value}"
    if fault.soap_code is None:
        subcode = SubElement(code, f"{{{SOAP12}}}Subcode")
        SubElement(subcode, f"{{{SOAP12}}}Value").text = f"{TYPES_PREFIX}:{fault.document.code}"
    reason = SubElement(element, f"{{{SOAP12}}}Reason")
    text = SubElement(reason, f"{{{SOAP12}}}Text")
    text.set(_LANG, "en")
    set_text(text, fault.document.message)
    if fault.soap_code is None:
        detail = SubElement(element, f"{{{SOAP12}}}Detail")
        writer(detail_type, f"{{{TYPES}}}{FAULT}")(detail, fault.document)


def _malformed(message: str) -> ErrorDocument:
    return ErrorDocument(
        code="MalformedRequest", kind=ErrorKind.MALFORMED, severity=Severity.ERROR, message=message
    )
