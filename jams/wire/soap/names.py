"""The names of the SOAP interface: namespaces, elements, actions.

Every service has a namespace of its own for the elements of its messages, because document/literal needs one
element for each operation and several services have a ``Get``. The types of all services share one namespace.
"""

from __future__ import annotations

from jams.objects.base import pascal_name, wire_name
from jams.operations.catalogue import Operation

NAMESPACE = "urn:jams:v1"
TYPES = f"{NAMESPACE}:types"
TYPES_PREFIX = "t"
FAULT = "JAMSFault"
"""Element and type of the typed fault detail."""

SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def service_namespace(service: str) -> str:
    """The namespace of a service's messages: ``Entry`` → ``urn:jams:v1:entry``."""
    return f"{NAMESPACE}:{service.lower()}"


def request_tag(operation: Operation) -> str:
    """The request element as ``{namespace}name``."""
    return f"{{{service_namespace(operation.service)}}}{operation.soap_name}"


def action(operation: Operation) -> str:
    """The SOAP action of an operation."""
    return f"{service_namespace(operation.service)}/{operation.soap_name}"


def member_name(told: str) -> str:
    """The element that an error means by a wire or a Python name."""
    return pascal_name(wire_name(told.lstrip("$")))


def local_name(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]
