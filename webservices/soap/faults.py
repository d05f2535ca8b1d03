"""Errors as SOAP faults: a typed detail, and only the children that SOAP 1.1 and 1.2 allow in a fault."""

from __future__ import annotations

import logging
from typing import Any

from lxml.etree import SubElement
from lxml.etree import _Element as Element
from msgspec.structs import replace
from spyne.model.fault import Fault

from jams.objects.enums import Severity
from jams.objects.errors import ErrorDocument, ErrorKind, JAMSError
from jams.wire.soap.names import FAULT, SOAP11, SOAP12, TYPES, TYPES_PREFIX, member_name

from .writer import Writer, set_text

log = logging.getLogger(__name__)

SERVER_KINDS = frozenset(
    {ErrorKind.INTERNAL, ErrorKind.BUSY, ErrorKind.THROTTLED, ErrorKind.UNAVAILABLE, ErrorKind.TIMED_OUT}
)
"""Failures for which the same request may succeed later; all others are the caller's to mend."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class JAMSFault(Fault):  # type: ignore[misc]
    """A fault that carries an error.

    Attributes:
        document: the error.
        soap_code: a code of SOAP itself that the fault bears instead of Client or Server.
    """

    def __init__(self, document: ErrorDocument, soap_code: str | None = None) -> None:
        self.document = document
        self.soap_code = soap_code
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


def not_understood(header: str) -> JAMSFault:
    """The fault for a mandatory header that this server does not know."""
    return JAMSFault(_malformed(f"The header {header} must be understood, but is not."), "MustUnderstand")


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


def http_status(version: str, fault: JAMSFault) -> str:
    """400 for a Sender fault of SOAP 1.2 (part 2, 7.5.2.2), otherwise 500 (SOAP 1.1, 6.2)."""
    if version == SOAP12 and fault.soap_code is None and is_client(fault):
        return "400 Bad Request"
    return "500 Internal Server Error"


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
