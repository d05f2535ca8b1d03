"""Puts the SOAP web services together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from spyne import Application
from spyne.server.wsgi import WsgiApplication

from jams.operations.catalogue import CATALOGUE, Catalogue
from jams.wire.soap.names import NAMESPACE, SOAP11, SOAP12, TYPES, TYPES_PREFIX, service_namespace
from webservices.waiting import Waits

from .contract import WSDL_FILE, Contract
from .endpoint import Endpoint
from .protocol import CheckedSoap11, CheckedSoap12
from .services import Services

log = logging.getLogger(__name__)


def create_soap(
    waits: Waits,
    *,
    public_url: str,
    max_request_bytes: int = 8 << 20,
    sender_status: int = 500,
    catalogue: Catalogue = CATALOGUE,
) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """The SOAP web services as a WSGI application, to be mounted where ``public_url`` points.

    Args:
        waits: calls the JAMServer, in this process or elsewhere.
        public_url: address of the endpoint as callers see it; what the WSDL says.
        max_request_bytes: longest request that is read.
        sender_status: HTTP status of a Sender fault of SOAP 1.2: 400, as its standard says, or 500, of which
            .NET reads the body.
        catalogue: the operations to offer; all of them, if not told otherwise.
    """
    contract = Contract(WSDL_FILE.read_bytes(), public_url)
    services = Services(waits, catalogue)
    stale = sorted(tag for tag in services.routes if tag not in contract.elements)
    if stale:
        log.warning("jams.wsdl lacks %s; run: python run.py generate", ", ".join(stale))
    versions = {
        version: _application(services, contract, protocol)
        for version, protocol in ((SOAP11, CheckedSoap11), (SOAP12, CheckedSoap12))
    }
    return Endpoint(services, contract, versions, max_request_bytes, sender_status)


def _application(services: Services, contract: Contract, protocol: Any) -> Any:
    application = Application(
        services.classes,
        NAMESPACE,
        name="JAMS",
        in_protocol=protocol(services, contract),
        out_protocol=protocol(services, contract),
        classes=[services.fault_type],
    )
    interface = application.interface
    prefixes = {TYPES_PREFIX: TYPES} | {
        s.__name__.lower(): service_namespace(s.__name__) for s in services.classes
    }
    # The prefixes of the answers; those that an answer does not need are taken off it again.
    for prefix, namespace in prefixes.items():
        interface.nsmap[prefix] = namespace
        interface.prefmap[namespace] = prefix
    return WsgiApplication(application)
