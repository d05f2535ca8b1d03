"""The SOAP endpoint: one address for SOAP 1.1 and 1.2, and for the WSDL.

Everything that can be refused without reading the document is refused here; the document's own envelope then
says which version answers. Whatever happens, the answer is a SOAP message.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from lxml.etree import _Element as Element
from msgspec import structs
from werkzeug.http import parse_accept_header, parse_etags, parse_options_header

from jams.objects.errors import (
    ErrorKind,
    JAMSError,
    MalformedRequest,
    RequestTooLarge,
    RouteNotFound,
    UnsupportedMediaType,
    VerbNotAllowed,
)
from jams.security.caller import NOBODY, Credentials
from jams.wire.authorization import credentials_from
from jams.wire.soap.names import SOAP11, SOAP12
from webservices.origins import origin_of
from webservices.retry_after import retry_after
from webservices.standing import admitted, refused
from webservices.unserved import note

from . import faults
from .contract import Contract
from .document import parse
from .envelopes import fault_envelope
from .publication import Published
from .services import DOOR, Call, Services, incident

log = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MEDIA_TYPES = {SOAP11: "text/xml; charset=utf-8", SOAP12: "application/soap+xml; charset=utf-8"}
_READ = frozenset({"text/xml", "application/xml", "application/soap+xml"})
_STATUS = {
    RequestTooLarge: "413 Content Too Large",
    UnsupportedMediaType: "415 Unsupported Media Type",
    VerbNotAllowed: "405 Method Not Allowed",
    RouteNotFound: "404 Not Found",
}
_FAILED = "500 Internal Server Error"
_SENDER = {400: "400 Bad Request", 500: _FAILED}
_ACTION = re.compile(r';\s*action\s*=\s*(?:"([^"]*)"|([^\s;"]*))', re.I)
_BASIC = 'Basic realm="JAMS", charset="UTF-8"'
_BEARER = 'Bearer realm="JAMS", error="invalid_token"'


class Endpoint:
    """A WSGI application.

    Args:
        services: the operations, for the faults that are answered here.
        contract: what is published.
        versions: the application of each version, by envelope namespace.
        max_request_bytes: longest request that is read.
        sender_status: HTTP status of a Sender fault of SOAP 1.2, 500 or 400.
    """

    def __init__(
        self,
        services: Services,
        contract: Contract,
        versions: Mapping[str, Application],
        max_request_bytes: int,
        sender_status: int = 500,
    ) -> None:
        self._sender_status = _SENDER[sender_status]
        self._services = services
        self._contract = contract
        self._versions = versions
        self._limit = max_request_bytes

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request with a SOAP message or the WSDL."""
        version = SOAP12 if "soap+xml" in environ.get("CONTENT_TYPE", "").lower() else SOAP11
        try:
            if environ.get("PATH_INFO", "").strip("/"):
                raise RouteNotFound("There is nothing at this address; the services are one level up.")
            if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
                return self._publish(environ, start_response)
            media, options = _media_type(environ)
            root = parse(self._body(environ), options.get("charset"))
            version = _version(root, version)
            call = Call(root, environ, _action(environ, media))
            call.origin = origin_of(environ)
            call.credentials = credentials_from(environ.get("HTTP_AUTHORIZATION"))
        except faults.JAMSFault as fault:
            return self._refuse(fault, version, environ, start_response)
        except (RouteNotFound, VerbNotAllowed) as error:
            return self._refuse_unread(error, version, environ, start_response)
        except JAMSError as error:
            error = self._stranger(environ) or error
            return self._refuse_unread(error, version, environ, start_response)
        except Exception as error:
            return self._refuse(faults.fault_of(incident(error)), version, environ, start_response)
        return self._answer(environ, start_response, call, version)

    def _stranger(self, environ: Environ) -> JAMSError | None:
        """Why the caller would not be let in, as far as the HTTP request shows him."""
        try:
            shown = credentials_from(environ.get("HTTP_AUTHORIZATION"))
            credentials = structs.replace(shown, origin=origin_of(environ))
            self._services.admission.check(environ, None, credentials, DOOR)
        except JAMSError as error:
            return error
        return None

    def _answer(
        self, environ: Environ, start_response: StartResponse, call: Call, version: str
    ) -> Iterable[bytes]:
        started: list[Any] = []
        passed = {
            **environ,
            "jams.soap.call": call,
            "wsgi.input": io.BytesIO(),
            "CONTENT_LENGTH": "0",
            "CONTENT_TYPE": "text/xml",
        }
        try:
            body = b"".join(self._versions[version](passed, lambda *told: started.append(told)))
        except Exception as error:
            call.fault = faults.fault_of(incident(error))
        if call.fault is not None:
            return self._refuse(call.fault, version, environ, start_response, call)
        status, headers, *more = started[-1]
        if call.credentials != NOBODY:
            admitted(environ)
        if call.more is not None:
            headers = [*headers, ("X-Truncated", "true")]
        start_response(status, headers, *more)
        return [body]

    def _publish(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        query = {k.lower(): v for k, v in parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)}
        published = self._contract.publication
        for name, give in (("wsdl", published.wsdl), ("singlewsdl", published.wsdl), ("xsd", published.xsd)):
            if name in query:
                return _give(give(query[name]), environ, start_response)
        raise VerbNotAllowed("Send SOAP by POST; the description is at ?wsdl, its schemas are at ?xsd.")

    def _body(self, environ: Environ) -> bytes:
        told = environ.get("CONTENT_LENGTH") or ""
        if told and not (told.isascii() and told.isdigit()):
            raise MalformedRequest("The Content-Length is not a number.")
        length = int(told[:20]) if told else None
        if length is None:
            length = self._limit + 1 if environ.get("wsgi.input_terminated") else 0
        elif length > self._limit:
            raise RequestTooLarge(f"A request may have at most {self._limit} bytes.")
        body: bytes = environ["wsgi.input"].read(length)
        if len(body) > self._limit:
            raise RequestTooLarge(f"A request may have at most {self._limit} bytes.")
        return body

    def _refuse_unread(
        self, error: JAMSError, version: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        status = _STATUS.get(type(error))
        return self._refuse(faults.fault_of(error), version, environ, start_response, status=status)

    def _refuse(
        self,
        fault: faults.JAMSFault,
        version: str,
        environ: Environ,
        start_response: StartResponse,
        call: Call | None = None,
        status: str | None = None,
    ) -> Iterable[bytes]:
        refused(environ, fault.document.kind)
        asked = "" if call is None or call.route is None else call.route.operation.name
        shown = NOBODY if call is None else call.credentials
        note(environ, DOOR, fault.document, operation=asked, shown=None if call is None else shown)
        log.info("%s refused: %s", asked or "request", fault.document.code)
        body = fault_envelope(version, fault, self._services.fault_type)
        head = [("Content-Type", MEDIA_TYPES[version]), ("Content-Length", str(len(body))), *_retry(fault)]
        if _asks_for_login(fault, call):
            status = "401 Unauthorized"
            head += _challenges(environ, shown)
        status = status or self._status(version, fault)
        if status.startswith("405"):
            head.append(("Allow", "POST, GET, HEAD"))
        start_response(status, head)
        return [body]

    def _status(self, version: str, fault: faults.JAMSFault) -> str:
        """500 (SOAP 1.1, 6.2), but what was chosen for a Sender fault of SOAP 1.2 (part 2, 7.5.2.2)."""
        if version == SOAP12 and fault.soap_code is None and faults.is_client(fault):
            return self._sender_status
        return _FAILED


def _give(document: Published, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """A document, unless the caller has it; compressed for who reads that."""
    zipped = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING")).quality("gzip") > 0
    tag = f"{document.tag}{'-gzip' if zipped else ''}"
    head = [("ETag", f'"{tag}"'), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")]
    if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(tag):
        start_response("304 Not Modified", head)
        return []
    body = document.zipped if zipped else document.content
    head += [("Content-Type", MEDIA_TYPES[SOAP11]), ("Content-Length", str(len(body)))]
    if zipped:
        head.append(("Content-Encoding", "gzip"))
    start_response("200 OK", head)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _asks_for_login(fault: faults.JAMSFault, call: Call | None) -> bool:
    """Whether another login with the HTTP request would help.

    It does not where the envelope shows who is calling, or where an operation takes the credentials itself.
    """
    if fault.document.kind is not ErrorKind.UNAUTHENTICATED:
        return False
    if call is None:
        return True
    return not call.secured and (call.route is None or call.route.operation.right is not None)


def _challenges(environ: Environ, shown: Credentials) -> list[tuple[str, str]]:
    """What to log in with; never Basic to a page's script: a browser would put its own dialog before it."""
    found = [] if shown.token is None else [("WWW-Authenticate", _BEARER)]
    if environ.get("HTTP_SEC_FETCH_MODE") not in ("cors", "same-origin"):
        found.append(("WWW-Authenticate", _BASIC))
    return found


def _retry(fault: faults.JAMSFault) -> list[tuple[str, str]]:
    waiting = retry_after(fault.document.kind, fault.document.details)
    return [] if waiting is None else [("Retry-After", waiting)]


def _media_type(environ: Environ) -> tuple[str, dict[str, str]]:
    if environ["REQUEST_METHOD"] != "POST":
        raise VerbNotAllowed("Send SOAP by POST.")
    media, options = parse_options_header(environ.get("CONTENT_TYPE", ""))
    if media.lower() not in _READ:
        raise UnsupportedMediaType("Send text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2).")
    if environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the request without a Content-Encoding.")
    return media.lower(), options


def _version(root: Element, guess: str) -> str:
    for version in MEDIA_TYPES:
        if root.tag == f"{{{version}}}Envelope":
            return version
    message = "The document is not a SOAP 1.1 or 1.2 envelope."
    if str(root.tag).endswith("}Envelope"):
        raise faults.version_mismatch(message)
    raise MalformedRequest(message)


def _action(environ: Environ, media: str) -> str | None:
    """The action the caller names outside the envelope, if any (SOAP 1.1 6.1.1, SOAP 1.2 part 2 6.5).

    Many send the parameter of the media type without the quotes that a URI needs there.
    """
    if media != "application/soap+xml":
        return environ.get("HTTP_SOAPACTION", "").strip().strip('"') or None
    found = _ACTION.search(environ.get("CONTENT_TYPE", ""))
    return (found[1] or found[2] or "").strip() or None if found else None
