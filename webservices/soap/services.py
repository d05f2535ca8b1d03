"""Makes spyne's services out of the catalogue: one service a family, one method an operation."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec.inspect as inspect
from lxml.etree import _Element as Element
from msgspec import structs
from spyne import Service, rpc

from jams.objects.errors import ErrorDocument, InternalError, JAMSError
from jams.operations.catalogue import Catalogue, Message, Operation
from jams.security.caller import NOBODY, Credentials
from jams.wire.soap.names import NAMESPACE, input_name, request_tag, type_name
from jams.wire.soap.shapes import shape_of
from webservices.admission import Admission
from webservices.unserved import ASKED
from webservices.waiting import Waits

from .faults import JAMSFault, fault_of
from .paged import Going, Pager, inputs_of
from .reader import Reader
from .types import Types

log = logging.getLogger(__name__)

DOOR = "SOAP"


@dataclass
class Call:
    """One request on its way through spyne: what it brought, and what is known of it by now.

    ``failure`` is a fault of ours in writing the answer, ``fault`` the one to be answered; ``secured`` tells
    that the envelope has a WS-Security header for us, ``more`` how a list goes on of which more may follow.
    """

    root: Element
    environ: dict[str, Any]
    action: str | None = None
    credentials: Credentials = NOBODY
    secured: bool = False
    retry_key: str | None = None
    origin: str = ""
    route: Route | None = None
    failure: JAMSFault | None = None
    fault: JAMSFault | None = None
    more: Going | None = None


@dataclass(frozen=True)
class Route:
    """Where a request element leads: the operation, its reader, and the name spyne knows it by."""

    operation: Operation
    reader: Reader
    key: str


class Services:
    """All services, and the types and routes that belong to them; and who may come in."""

    def __init__(self, waits: Waits, catalogue: Catalogue) -> None:
        self.admission = Admission(waits.connection, catalogue)
        self.types = Types(o.document for o in catalogue if o.patches and o.document)
        self.fault_type = self.types.struct(shape_of(ErrorDocument).leaf)
        self.routes = {request_tag(o): Route(o, Reader(o), _key(o)) for o in catalogue}
        self.classes = [
            self._service(family, operations, waits)
            for family, operations in sorted(catalogue.services().items())
        ]

    def _service(self, family: str, operations: list[Operation], waits: Waits) -> Any:
        methods = {o.soap_name: self._method(o, waits) for o in operations}
        service: Any = type(family, (Service,), {"__module__": __name__, **methods})
        for operation in operations:
            # spyne names a method by its request element alone; ours differ by namespace only.
            service.public_methods[operation.soap_name].name = _method_name(operation)
        return service

    def _method(self, operation: Operation, waits: Waits) -> Any:
        request = request_tag(operation)
        inputs = [
            self.types.member(
                shape_of(operation.document if item.document else item.type),
                input_name(item),
                required=item.required,
                description=item.description,
            )
            for item in inputs_of(operation)
        ]
        return rpc(
            *inputs,
            _args=[item.name for item in inputs_of(operation)],
            _in_message_name=request,
            _out_message_name=f"{request}Response",
            _returns=[self._result(operation)],
            _out_variable_names=["result"],
        )(_runner(waits, operation))

    def _result(self, operation: Operation) -> Any:
        shape = shape_of(operation.result)
        if isinstance(shape.leaf, inspect.StructType):
            name = type_name(shape.leaf.cls)
        else:
            name = "Message" if operation.result == Message else "Result"
        return self.types.member(shape, name, required=not shape.optional)


def _method_name(operation: Operation) -> str:
    return f"{operation.service}.{operation.soap_name}"


def _key(operation: Operation) -> str:
    return f"{{{NAMESPACE}}}{_method_name(operation)}"


def _runner(waits: Waits, operation: Operation) -> Callable[..., Any]:
    pager = Pager(operation)

    def run(context: Any, arguments: dict[str, Any]) -> Any:
        call: Call = context.udc
        credentials = structs.replace(call.credentials, origin=call.origin)
        call.environ[ASKED] = True
        try:
            if operation.wait is not None:
                return waits.call(call.environ, operation, arguments, credentials=credentials, door=DOOR)
            found = waits.connection.call(
                operation, pager.own(arguments), credentials=credentials, door=DOOR, retry_key=call.retry_key
            )
            piece, call.more = pager.piece(arguments, found)
            return piece
        except JAMSError as error:
            raise fault_of(error) from None
        except Exception as error:
            raise fault_of(incident(error)) from None

    run.__name__ = operation.soap_name
    return run


def incident(error: Exception) -> InternalError:
    """Log a failure that nobody foresaw under a number, and make the error that names only the number."""
    number = secrets.token_hex(4)
    log.error("incident %s", number, exc_info=error)
    return InternalError(f"The server failed; its log tells more under incident {number}.", target=number)
