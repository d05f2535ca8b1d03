"""The names of the SOAP interface: namespaces, elements, actions.

Every service has a namespace of its own for the elements of its messages, because document/literal needs one
element for each operation and several services have a ``Get``. The types of all services share one namespace.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from msgspec import Struct

from jams.objects.base import pascal_name, wire_name
from jams.operations.catalogue import Input, Operation

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


_NUMBER_OF = re.compile(r"ID(?=[A-Z]|$)")
_SPELLED = {"WorkDay": "Workday", "Username": "UserName"}
TYPE_NAMES = {"ErrorDocument": FAULT, "WorkDay": "WorkdayRule", "ACL": "Acl", "ACE": "Ace"}
"""Types that are called differently here, because another name differs from theirs in its case only."""


@cache
def element_name(wire: str) -> str:
    """The element of a wire name: in PascalCase, ``Id`` everywhere, each word spelled in one way."""
    name = _NUMBER_OF.sub("Id", pascal_name(wire))
    return _SPELLED.get(name, name)


def input_name(item: Input) -> str:
    """The element of an input."""
    return element_name(item.pascal)


def type_name(cls: type[Struct] | type[Enum]) -> str:
    """What the type of a struct or an enumeration is called."""
    return TYPE_NAMES.get(cls.__name__, cls.__name__)


def member_name(told: str) -> str:
    """The element that an error means by a wire or a Python name."""
    return element_name(wire_name(told.lstrip("$")))


def local_name(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]
