"""A JAMSServer reached through its SOAP web services, by those whom nothing else lets through.

zeep reads the WSDL and writes the requests; answers and faults are read as the server reads requests, so that
objects and errors are those of the wire.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import zeep
from zeep.exceptions import Error as ZeepError
from zeep.exceptions import ValidationError
from zeep.loader import parse_xml

from jams.objects.errors import (
    ConfigurationInvalid,
    ErrorDocument,
    InvalidArgument,
    JAMSError,
    PreconditionFailed,
    RequestTooLarge,
    RouteNotFound,
    ServerBusy,
    ServerUnavailable,
    from_document,
)
from jams.objects.hosts import is_loopback
from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations.arguments import waiting_seconds
from jams.operations.catalogue import Operation
from jams.security.caller import NOBODY, Credentials
from jams.wire.authorization import authorization
from jams.wire.soap.names import FAULT, NAMESPACE, SOAP11, TYPES, service_namespace
from jams.wire.soap.reading import Member, gather, member
from jams.wire.soap.shapes import shape_of

from .soap_values import wire_member, written

RETRY_HEADER = "Idempotency-Key"
_ANSWERS = (200, 400, 401, 500)
"""The statuses of an envelope: an answer, or a fault (SOAP 1.1 section 6.2; 1.2 part 2, 7.5.2.2)."""


class SoapConnection:
    """A JAMServer reached over SOAP; see :class:`jams.client.connection.Connection` for ``call``.

    The description is read with the first call, which takes half a second.

    Args:
        address: of the SOAP web services, as ``https://host/JAMS/soap``.
        authority: PEM file of the certificate to trust, instead of those that this machine trusts.
        allow_plain: whether to go without TLS to another machine.
        timeout: seconds to wait for an answer, beyond what the call itself asks the server to wait.

    Raises:
        ConfigurationInvalid: the address is none, or TLS is missing where it is demanded.
    """

    def __init__(
        self,
        address: str,
        *,
        authority: str | Path | None = None,
        allow_plain: bool = False,
        timeout: float = 30.0,
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ConfigurationInvalid(
                f"{address} is no address of web services; give one such as https://host/JAMS/soap."
            )
        near = is_loopback(parts.hostname)
        if parts.scheme == "http" and not near and not allow_plain:
            raise ConfigurationInvalid(
                f"The web services at {parts.hostname} are not called without TLS; give an address that "
                "begins with https, or allow it (allow_plain)."
            )
        self._address, self._timeout = address, timeout
        self._transport = _Transport(address, timeout)
        self._transport.session.trust_env = not near
        if authority is not None:
            self._transport.session.verify = str(authority)
        self._services: dict[str, Any] = {}
        self._client: Any = None
        self._lock = threading.Lock()
        self._closed = False

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
        retry_key: str | None = None,
        condition: Precondition = ALWAYS,
        total: bool = False,
    ) -> Any:
        """Run an operation at the server; in its audit trail the door is SOAP. No list says its ``total``.

        Raises:
            PreconditionFailed: a condition is given; over SOAP a version goes among the arguments.
            ServerUnavailable: the server cannot be reached, or has not answered in time. Whether it has acted
                is then unknown; a retry key makes it safe to ask again.
            InvalidArgument: a text holds a character that XML cannot hold.
            JAMSError: whatever the operation raises.
        """
        if condition != ALWAYS:
            raise PreconditionFailed("SOAP carries a version among the arguments, and no other condition.")
        run = self._operation(operation)
        patience = self._timeout + sum(waiting_seconds(operation, arguments).values())
        headers = {
            name: value
            for name, value in (("Authorization", authorization(credentials)), (RETRY_HEADER, retry_key))
            if value is not None
        }
        try:
            with self._transport.sending(headers, patience):
                response = run(**written(operation, arguments))
            envelope = self._envelope(response)
        except ValidationError as error:
            raise InvalidArgument(f"{operation.name}: {error.message}.") from None
        except requests.Timeout:
            raise ServerUnavailable(
                f"The JAMServer at {self._address} has not answered within {patience:.0f} seconds.",
                target=self._address,
            ) from None
        except requests.RequestException as error:
            raise self._unreachable(error) from None
        return self._result(operation, envelope)

    def close(self) -> None:
        """Let go of the connection."""
        self._closed = True
        self._transport.session.close()

    def _operation(self, operation: Operation) -> Any:
        """What calls an operation: a function of zeep's."""
        if self._closed:
            raise ServerUnavailable("The connection to the JAMServer has been closed.")
        with self._lock:
            if self._client is None:
                self._client = self._load()
            if operation.service not in self._services:
                binding = f"{{{NAMESPACE}}}{operation.service}Soap11"
                try:
                    made = self._client.create_service(binding, self._address)
                except ValueError:
                    raise self._unknown(operation) from None
                self._services[operation.service] = made
        try:
            return self._services[operation.service][operation.soap_name]
        except AttributeError:
            raise self._unknown(operation) from None

    def _load(self) -> Any:
        settings = zeep.Settings(strict=True, xml_huge_tree=False, raw_response=True)
        try:
            return zeep.Client(  # type: ignore[no-untyped-call]
                f"{self._address}?wsdl", transport=self._transport, settings=settings
            )
        except requests.RequestException as error:
            raise self._unreachable(error) from None
        except (ZeepError, ValueError):
            raise ServerUnavailable(
                f"What {self._address}?wsdl gives is no description of web services.", target=self._address
            ) from None

    def _envelope(self, response: Any) -> Any:
        """The body of an answer. Raises JAMSError for what is no envelope."""
        if response.status_code not in _ANSWERS or "xml" not in response.headers.get("Content-Type", ""):
            raise self._foreign(response.status_code)
        try:
            envelope = parse_xml(response.content, self._transport, settings=self._client.settings)
        except ZeepError:
            raise self._foreign(response.status_code) from None
        body = envelope.find(f"{{{SOAP11}}}Body")
        if body is None or len(body) != 1:
            raise self._foreign(response.status_code)
        return body[0]

    def _result(self, operation: Operation, answer: Any) -> Any:
        if answer.tag == f"{{{SOAP11}}}Fault":
            raise self._error(operation, answer)
        name = f"{{{service_namespace(operation.service)}}}{operation.soap_name}Response"
        if answer.tag != name:
            raise self._foreign(200)
        plan = dict.fromkeys((str(child.tag) for child in answer), _result_of(operation.result))
        found = gather(plan, answer).get("result", [] if operation.lists else None)
        return msgspec.convert(found, operation.result, strict=False)

    def _error(self, operation: Operation, fault: Any) -> JAMSError:
        detail = fault.find(f"detail/{{{TYPES}}}{FAULT}")
        if detail is None:
            return ServerUnavailable(
                f"The web services at {self._address} refused the request: {fault.findtext('faultstring')}",
                target=self._address,
            )
        plan = member(shape_of(ErrorDocument), FAULT, (FAULT,), required=True)
        document = msgspec.convert(plan.read(detail), ErrorDocument, strict=False)
        if document.member is not None:
            document = msgspec.structs.replace(document, member=wire_member(operation, document.member))
        return from_document(document)

    def _foreign(self, status: int) -> JAMSError:
        """The error for an answer that is none of JAMS: of a proxy, or of something else at that address."""
        if status == 413:
            return RequestTooLarge("The request is longer than the web services take.")
        if status in (429, 503):
            return ServerBusy(f"The web services at {self._address} are busy; try again.")
        return ServerUnavailable(
            f"What answers at {self._address} (status {status}) are no web services of JAMS.",
            target=self._address,
        )

    def _unreachable(self, error: requests.RequestException) -> JAMSError:
        if isinstance(error, requests.exceptions.SSLError):
            reason = "shows a certificate that is not trusted"
        elif isinstance(error, requests.HTTPError) and error.response is not None:
            return self._foreign(error.response.status_code)
        else:
            reason = "cannot be reached"
        return ServerUnavailable(f"The JAMServer at {self._address} {reason}.", target=self._address)

    def _unknown(self, operation: Operation) -> RouteNotFound:
        return RouteNotFound(
            f"The JAMServer at {self._address} has no operation {operation.name}; it may be of another "
            "version.",
            target=operation.name,
        )


@cache
def _result_of(result: Any) -> Member:
    """How the elements of an answer are read; whatever they are called, there is nothing else in it."""
    return member(shape_of(result), "result", ("result",), required=False)


class _Transport(zeep.Transport):
    """Sends to one address only, with the headers and the patience of the call at hand."""

    def __init__(self, address: str, timeout: float) -> None:
        super().__init__(timeout=timeout)  # type: ignore[no-untyped-call]
        self._address = address
        self._call = threading.local()

    @contextmanager
    def sending(self, headers: Mapping[str, str], patience: float) -> Iterator[None]:
        """Send so in a ``with`` block of this thread."""
        self._call.headers, self._call.patience = headers, patience
        try:
            yield
        finally:
            self._call.headers = {}

    def load(self, url: str) -> Any:
        """The description; nothing else that it may name."""
        if url != f"{self._address}?wsdl":
            raise ValueError(f"the description names {url}")
        return self._load_remote_data(url)  # type: ignore[no-untyped-call]

    def post(self, address: str, message: Any, headers: Mapping[str, str]) -> Any:
        """Send a request; neither followed elsewhere nor given other credentials."""
        return self.session.post(
            self._address,
            data=message,
            headers={**headers, **self._call.headers},
            timeout=self._call.patience,
            allow_redirects=False,
            auth=lambda request: request,
        )
