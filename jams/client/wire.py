"""The wire's client side: a connection to a JAMServer on another machine, or in another process."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from concurrent.futures import Future
from typing import Any

import grpc
import msgspec

from jams.objects.errors import (
    ConfigurationInvalid,
    JAMSError,
    RequestTooLarge,
    ServerBusy,
    ServerUnavailable,
    from_document,
)
from jams.objects.hosts import is_loopback
from jams.objects.listing import Listing
from jams.objects.preconditions import ALWAYS, Precondition
from jams.operations.arguments import check_arguments, waiting_seconds
from jams.operations.catalogue import Operation
from jams.security.caller import NOBODY, Credentials
from jams.wire.addresses import host_and_port
from jams.wire.authorization import authorization
from jams.wire.protocol import (
    AUTHORIZATION,
    METHOD,
    NIL,
    REFUSED_METHOD,
    WAITING_METHOD,
    CallAnswer,
    CallRequest,
    RefusedRequest,
)

_LARGEST_ANSWER = 256 << 20
_FAILED_TO_REACH = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.UNIMPLEMENTED)


class WireConnection:
    """A JAMServer reached over gRPC; see :class:`jams.client.connection.Connection` for ``call``.

    Connecting happens with the first call, and again by itself after the server was away.

    Args:
        host: name or address of the JAMServer.
        port: its port.
        authority: PEM certificate to trust; with it the connection insists on TLS.
        allow_plain: whether to go without TLS to another machine than this one.
        timeout: seconds to wait for an answer, beyond what the call itself asks the server to wait.

    Raises:
        ConfigurationInvalid: TLS is missing where it is demanded.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        authority: bytes | None = None,
        allow_plain: bool = False,
        timeout: float = 30.0,
    ) -> None:
        if authority is None and not allow_plain and not is_loopback(host):
            raise ConfigurationInvalid(
                f"The JAMServer at {host} is not called without TLS; give the certificate to trust "
                "(WireAuthority), or allow it (AllowPlainWire).",
                target="WireAuthority",
            )
        self._where = host_and_port(host, port)
        self._timeout = timeout
        options = [
            ("grpc.max_receive_message_length", _LARGEST_ANSWER),
            ("grpc.max_send_message_length", -1),
            ("grpc.initial_reconnect_backoff_ms", 100),
            ("grpc.max_reconnect_backoff_ms", 2000),
            ("grpc.enable_http_proxy", 0),
        ]
        if authority is None:
            self._channel = grpc.insecure_channel(self._where, options)
        else:
            trusted = grpc.ssl_channel_credentials(root_certificates=authority)
            self._channel = grpc.secure_channel(self._where, trusted, options)
        self._send = self._channel.unary_unary(METHOD)
        self._send_waiting = self._channel.unary_unary(WAITING_METHOD)
        self._send_refused = self._channel.unary_unary(REFUSED_METHOD)

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
        """Run an operation at the server.

        Raises:
            InvalidArgument: an argument that cannot be sent.
            ServerUnavailable: the server cannot be reached, or has not answered in time. Whether it has acted
                is then unknown; a retry key makes it safe to ask again.
            JAMSError: whatever the operation raises.
        """
        check_arguments(operation, arguments)
        patience = self._timeout + sum(waiting_seconds(operation, arguments).values())
        send = self._send if operation.wait is None else self._send_waiting
        request = _request(operation, arguments, credentials, door, retry_key, condition, total=total)
        return _result(operation, self._asked(send, request, credentials, patience))

    def admit(
        self, operation: Operation, *, credentials: Credentials = NOBODY, door: str = "library"
    ) -> None:
        """See :class:`jams.client.connection.PatientConnection`."""
        request = CallRequest(
            operation=operation.name, arguments=NIL, door=door, origin=credentials.origin, admission=True
        )
        encoded = self._asked(self._send, msgspec.msgpack.encode(request), credentials, self._timeout)
        answer = msgspec.msgpack.decode(encoded, type=CallAnswer)
        if answer.error is not None:
            raise from_document(answer.error)

    def standing(
        self, operation: Operation, *, credentials: Credentials = NOBODY, door: str = "library"
    ) -> Hashable | None:
        """See :class:`jams.client.connection.PatientConnection`: to ask would be a call of its own."""
        return None

    def call_later(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials = NOBODY,
        door: str = "library",
    ) -> Future[Any]:
        """See :class:`jams.client.connection.PatientConnection`."""
        check_arguments(operation, arguments)
        patience = self._timeout + sum(waiting_seconds(operation, arguments).values())
        try:
            sent = self._send_waiting.future(
                _request(operation, arguments, credentials, door, None, ALWAYS),
                timeout=patience,
                metadata=_metadata(credentials),
            )
        except ValueError:
            raise _closed() from None
        asked: Future[Any] = Future()

        def take(answered: Any) -> None:
            if not asked.set_running_or_notify_cancel():
                return
            try:
                asked.set_result(_result(operation, answered.result()))
            except grpc.RpcError as error:
                asked.set_exception(self._failure(error, patience))
            except grpc.FutureCancelledError:
                asked.set_exception(_closed())
            except Exception as error:
                asked.set_exception(error)

        sent.add_done_callback(take)
        asked.add_done_callback(lambda _: sent.cancel() if asked.cancelled() else None)
        return asked

    def _asked(self, send: Any, request: bytes, credentials: Credentials, patience: float) -> bytes:
        try:
            answer: bytes = send(request, timeout=patience, metadata=_metadata(credentials))
        except grpc.RpcError as error:
            raise self._failure(error, patience) from None
        except ValueError:
            raise _closed() from None
        return answer

    def tell_refused(self, refused: list[RefusedRequest]) -> None:
        """Tell the server what was refused in front of it. Raises ServerUnavailable."""
        try:
            self._send_refused(msgspec.msgpack.encode(refused), timeout=self._timeout)
        except grpc.RpcError as error:
            raise self._failure(error, self._timeout) from None
        except ValueError:
            raise _closed() from None

    def close(self) -> None:
        """Let go of the connection."""
        self._channel.close()

    def _failure(self, error: Any, patience: float) -> JAMSError:
        code, details = error.code(), error.details() or ""
        if code is grpc.StatusCode.RESOURCE_EXHAUSTED:
            if "message larger than max" in details:
                return RequestTooLarge("The request is longer than the JAMServer takes.")
            return ServerBusy("The JAMServer works on as many calls as it takes at once; try again.")
        if code is grpc.StatusCode.DEADLINE_EXCEEDED:
            return ServerUnavailable(
                f"The JAMServer at {self._where} has not answered within {patience:.0f} seconds.",
                target=self._where,
            )
        reason = (
            "cannot be reached" if code in _FAILED_TO_REACH else f"broke off the call ({code.name.lower()})"
        )
        return ServerUnavailable(f"The JAMServer at {self._where} {reason}.", target=self._where)


def _request(
    operation: Operation,
    arguments: Mapping[str, Any],
    credentials: Credentials,
    door: str,
    retry_key: str | None,
    condition: Precondition,
    *,
    total: bool = False,
) -> bytes:
    request = CallRequest(
        operation=operation.name,
        arguments=msgspec.Raw(msgspec.msgpack.encode(operation.arguments(**arguments))),
        door=door,
        retry_key=retry_key,
        origin=credentials.origin,
        condition=condition,
        total=total,
    )
    return msgspec.msgpack.encode(request)


def _metadata(credentials: Credentials) -> tuple[tuple[str, str], ...] | None:
    header = authorization(credentials)
    return None if header is None else ((AUTHORIZATION, header),)


def _result(operation: Operation, encoded: bytes) -> Any:
    """What an answer says. Raises the JAMSError that it tells."""
    answer = msgspec.msgpack.decode(encoded, type=CallAnswer)
    if answer.error is not None:
        raise from_document(answer.error)
    result = msgspec.msgpack.decode(answer.result, type=operation.result)
    plain = answer.total is None and answer.most is None
    return result if plain else Listing(result, answer.total, answer.most)


def _closed() -> ServerUnavailable:
    return ServerUnavailable("The connection to the JAMServer has been closed.")
