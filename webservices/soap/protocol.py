"""spyne's SOAP protocols with their weak places taken out.

What arrives is checked before spyne sees it: one envelope, one payload, the operation known, the action
agreeing, the schema met. References between elements and ``xsi:type`` are never followed. What leaves is
written by the compiled writer, and faults by the endpoint.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from lxml.etree import Element as new_element
from lxml.etree import _Element as Element
from msgspec import structs
from spyne.protocol.soap import Soap11, Soap12

from jams.objects.errors import ErrorKind, InvalidArgument, JAMSError, MalformedRequest, RouteNotFound
from jams.wire.soap.names import SOAP11, SOAP12, XSI, action, local_name

from . import faults, paged, security
from .contract import Contract
from .roles import blocks_for_us
from .services import DOOR, Call, Route, Services, incident
from .writer import Writer

log = logging.getLogger(__name__)

_NIL = f"{{{XSI}}}nil"
_LONGEST_KEY = 255
_TRUTHS = {"1": True, "true": True, "0": False, "false": False, "": False}


class _Checked:
    """What both versions share. ``envelope`` is the namespace of the version."""

    envelope: str

    def __init__(self, services: Services, contract: Contract) -> None:
        super().__init__(parse_xsi_type=False)  # type: ignore[call-arg]
        self._services = services
        self._contract = contract
        self._write = Writer()

    def create_in_document(self, ctx: Any, charset: str | None = None) -> None:
        """Take the document that the endpoint has parsed."""
        ctx.udc = ctx.transport.req_env["jams.soap.call"]
        ctx.in_document = (ctx.udc.root, None)

    def decompose_incoming_envelope(self, ctx: Any, message: Any) -> None:
        """Find the operation and its payload. Raises JAMSFault for anything but one valid request."""
        call: Call = ctx.udc
        ctx.in_document = call.root
        try:
            blocks, body = self._open(call.root)
            call.secured = any(block.tag == security.SECURITY for block in blocks)
            call.credentials = security.agreed(security.from_blocks(blocks, self.envelope), call.credentials)
            payload = _payload(body)
            call.route = self._route(payload, call)
            call.retry_key = _retry_key(call.environ)
            self._validate(call.route, payload)
        except JAMSError as error:
            raise self._refusal(call, error) from None
        ctx.in_header_doc = None
        ctx.in_body_doc = payload
        ctx.method_request_string = call.route.key

    def deserialize(self, ctx: Any, message: Any) -> None:
        """Read the arguments. Raises JAMSFault."""
        route: Route = ctx.udc.route
        try:
            ctx.in_object = (route.reader.arguments(ctx.in_body_doc),)
        except JAMSError as error:
            raise self._refusal(ctx.udc, error) from None
        except Exception:
            log.exception("a request for %s passed the schema but could not be read", route.key)
            raise self._refusal(ctx.udc, MalformedRequest("The request cannot be read.")) from None

    def serialize(self, ctx: Any, message: Any) -> None:
        """Write the envelope of a result, whose header tells how a list goes on."""
        super().serialize(ctx, message)  # type: ignore[misc]
        call: Call | None = ctx.udc
        if ctx.out_error is None and call is not None and call.more is not None:
            header = new_element(f"{{{self.envelope}}}Header")
            ctx.out_document.insert(0, header)
            paged.write(header, call.more)

    def complex_to_parent(
        self, ctx: Any, cls: Any, inst: Any, parent: Element, ns: str, name: str | None = None, **_: Any
    ) -> None:
        """Write a result with the compiled writer."""
        try:
            self._write(cls, f"{{{ns}}}{name or cls.get_type_name()}")(parent, inst)
        except Exception as error:
            # spyne answers with whatever document and status there are, so there must be none.
            ctx.out_document = ctx.transport.resp_code = None
            ctx.udc.failure = faults.fault_of(incident(error))
            raise

    def fault_to_parent(self, ctx: Any, cls: Any, inst: Any, parent: Element, *_: Any, **__: Any) -> None:
        """Keep a fault for the endpoint, which writes all of them."""
        call: Call = ctx.udc
        call.fault = call.failure or faults.of_any(inst)

    def fault_to_http_response_code(self, fault: Any) -> str:
        """Any HTTP status: the endpoint gives the right one."""
        return "500 Internal Server Error"

    def _refusal(self, call: Call, error: JAMSError) -> faults.JAMSFault:
        """The fault for a request that is not in order; who may not call hears only that."""
        if error.kind is ErrorKind.UNAUTHENTICATED:
            return faults.fault_of(error)
        credentials = structs.replace(call.credentials, origin=call.origin)
        operation = None if call.route is None else call.route.operation
        try:
            self._services.admission.check(call.environ, operation, credentials, DOOR)
        except JAMSError as refused:
            return faults.fault_of(refused)
        return faults.fault_of(error)

    def _open(self, root: Element) -> tuple[list[Element], Element]:
        """The blocks of the header that are for us, and the Body.

        What has to be understood is looked at before all else (SOAP 1.2 part 1, 2.6).
        """
        header, body = f"{{{self.envelope}}}Header", f"{{{self.envelope}}}Body"
        tags = [str(child.tag) for child in root]
        if tags not in ([body], [header, body]):
            raise MalformedRequest("An envelope holds at most one Header and then one Body.")
        blocks = blocks_for_us(root[0] if len(root) == 2 else None, self.envelope)
        strange = [str(block.tag) for block in blocks if self._must_be_understood(block)]
        if strange:
            raise faults.not_understood(strange)
        return blocks, root[-1]

    def _must_be_understood(self, block: Element) -> bool:
        """Whether a block that is not understood here has to be. Raises MalformedRequest."""
        told = (block.get(f"{{{self.envelope}}}mustUnderstand") or "").strip()
        if told not in _TRUTHS:
            name = local_name(str(block.tag))[:100]
            raise MalformedRequest(f"mustUnderstand of the header {name} must be true, false, 1 or 0.")
        return _TRUTHS[told] and block.tag != security.SECURITY

    def _route(self, payload: Element, call: Call) -> Route:
        route = self._services.routes.get(str(payload.tag))
        if route is None:
            raise RouteNotFound(
                f"There is no operation {str(payload.tag)[:200]}.", target=str(payload.tag)[:200]
            )
        if call.action and call.action != action(route.operation):
            raise MalformedRequest(f"The action {call.action[:200]} is not that of {route.key}.")
        return route

    def _validate(self, route: Route, payload: Element) -> None:
        found = self._contract.complaint(payload)
        if found is not None:
            raise route.reader.fault(payload, *found)


def _payload(body: Element) -> Element:
    if len(body) != 1:
        raise MalformedRequest("The Body must hold exactly one element.")
    # An operation without arguments is sent as nil by some toolkits (SOAP::Lite).
    if _NIL in body[0].attrib:
        del body[0].attrib[_NIL]
    return body[0]


def _retry_key(environ: Mapping[str, Any]) -> str | None:
    key: str | None = environ.get("HTTP_IDEMPOTENCY_KEY")
    if key is not None and not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        raise InvalidArgument(f"An Idempotency-Key has 1 to {_LONGEST_KEY} printable characters.")
    return key


class CheckedSoap11(_Checked, Soap11):  # type: ignore[misc]
    """SOAP 1.1."""

    envelope = SOAP11


class CheckedSoap12(_Checked, Soap12):  # type: ignore[misc]
    """SOAP 1.2."""

    envelope = SOAP12
