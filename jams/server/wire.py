"""The wire's server side: a JAMServer that others reach over gRPC."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

import grpc
import msgspec

from jams.database.audit import Refusal
from jams.objects.errors import (
    ConfigurationInvalid,
    InternalError,
    InvalidArgument,
    JAMSError,
    MalformedRequest,
    RouteNotFound,
)
from jams.objects.hosts import is_loopback
from jams.objects.listing import Listing
from jams.objects.preconditions import Precondition
from jams.operations import CATALOGUE
from jams.operations.arguments import waiting_seconds
from jams.operations.catalogue import Operation
from jams.operations.context import Refusals
from jams.security.caller import Credentials
from jams.security.files import read_private
from jams.wire.addresses import host_and_port, listening_socket
from jams.wire.authorization import credentials_from
from jams.wire.forwarding import LOCAL, Trusted, is_origin
from jams.wire.protocol import (
    AUTHORIZATION,
    METHOD,
    REFUSED_METHOD,
    SERVICE,
    WAITING_METHOD,
    CallAnswer,
    CallRequest,
    Refused,
)

from .arrivals import Arrivals

log = logging.getLogger(__name__)

Send = Callable[[Any], None]
"""Sends an answer, or None when there will be no more."""

_ANSWER_MARGIN = 1.0
_QUEUED_PER_THREAD = 8
_PROBED = 60_000
"""Milliseconds of silence after which a client is probed."""

DOOR = "wire"
"""The door of a call that does not tell through which it came."""


@dataclass(frozen=True, kw_only=True)
class WireSettings:
    """How the wire is served.

    Attributes:
        address: the address to listen on.
        ports: the port to listen on; of several the first that this account may open. 0 is any free port.
        threads: how many calls are worked on at once; those that wait are not among them.
        waiting: how many that wait may come at once, beside those for which there is room anyway.
        max_bytes: the longest request.
        certificate: PEM file of the certificate to show; None for no TLS.
        key: PEM file of its private key.
        allow_plain: whether to serve without TLS beyond this machine.
        request_time: seconds for a connection's handshake, and for a request to come after its head.
        idle_time: seconds after which a connection without calls is closed.
        trusted: who may tell from where a call came to him.
    """

    address: str = "127.0.0.1"
    ports: tuple[int, ...] = (0,)
    threads: int = 32
    waiting: int = 0
    max_bytes: int = 8 << 20
    certificate: Path | None = None
    key: Path | None = None
    allow_plain: bool = False
    request_time: float = 20.0
    idle_time: float = 120.0
    trusted: Trusted = LOCAL


class Target(Protocol):
    """What runs the calls that come: a :class:`.dispatch.Dispatcher`, or what stands in for one."""

    def admit(self, operation: Operation, *, credentials: Credentials, door: str) -> None:
        """Find out whether somebody may call an operation. Raises JAMSError."""

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials,
        door: str,
        retry_key: str | None,
        condition: Precondition,
        total: bool,
    ) -> Any:
        """Run an operation. Raises JAMSError."""

    def call_later(
        self, operation: Operation, arguments: Mapping[str, Any], *, credentials: Credentials, door: str
    ) -> Future[Any]:
        """As ``call``, of an operation that may wait. Raises JAMSError."""


class WireServer:
    """Answers calls that come over the network.

    Args:
        target: what runs the calls.
        settings: how to serve.
        refusals: takes down what is refused before the target is asked.

    Raises:
        ConfigurationInvalid: the port cannot be opened, the certificate cannot be used, or TLS is missing
            where it is demanded.
    """

    def __init__(self, target: Target, settings: WireSettings, refusals: Refusals | None = None) -> None:
        self._refusals = refusals
        self._target = target
        self._trusted = settings.trusted
        if settings.certificate is None and not settings.allow_plain and not is_loopback(settings.address):
            raise ConfigurationInvalid(
                f"The JAMServer does not listen on {settings.address} without TLS: set WireCertificate and "
                "WireKey (jams certificate makes a pair), or AllowPlainWire.",
                target="WireCertificate",
            )
        port = _openable(settings.address, settings.ports)
        workers = ThreadPoolExecutor(settings.threads, thread_name_prefix="wire")
        self._workers = workers
        self._arrivals = Arrivals(settings.request_time, max(1, settings.threads // 2))
        self._server = grpc.server(
            workers,
            options=[
                ("grpc.so_reuseport", 0),
                ("grpc.max_receive_message_length", settings.max_bytes),
                ("grpc.max_send_message_length", -1),
                ("grpc.server_handshake_timeout_ms", int(settings.request_time * 1000)),
                ("grpc.max_connection_idle_ms", int(settings.idle_time * 1000)),
                # Whoever has vanished without a word is noticed, though he waits for something.
                ("grpc.keepalive_time_ms", _PROBED),
                ("grpc.keepalive_timeout_ms", int(settings.request_time * 1000)),
            ],
            maximum_concurrent_rpcs=settings.threads * _QUEUED_PER_THREAD + settings.waiting,
        )

        def answer_later(requests: Iterator[bytes], context: grpc.ServicerContext, send: Send) -> None:
            self._answer_later(self._come(requests, context), context, send)

        # To gRPC all requests are streams, of one each, since only those are waited for by us.
        # Such a handler may answer when its thread has long gone on to others. gRPC has it for streams alone;
        # to the caller a stream of one answer is that answer.
        vars(answer_later)["experimental_non_blocking"] = True
        methods = {
            METHOD: grpc.stream_unary_rpc_method_handler(self._answer),
            WAITING_METHOD: grpc.stream_stream_rpc_method_handler(answer_later),
            REFUSED_METHOD: grpc.stream_unary_rpc_method_handler(self._take_refused),
        }
        handlers = grpc.method_handlers_generic_handler(
            SERVICE, {method.rpartition("/")[2]: handler for method, handler in methods.items()}
        )
        self._server.add_generic_rpc_handlers((handlers,))
        self.port = self._listen(settings, port)

    def start(self) -> None:
        """Begin to answer."""
        self._server.start()

    def stop(self, grace: float = 2.0) -> None:
        """Take no further calls, and give those under way ``grace`` seconds to end."""
        self._server.stop(grace).wait()
        self._arrivals.close()
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _listen(self, settings: WireSettings, port: int) -> int:
        where = host_and_port(settings.address, port)
        try:
            if settings.certificate is None:
                return int(self._server.add_insecure_port(where))
            return int(self._server.add_secure_port(where, _server_credentials(settings)))
        except RuntimeError:
            raise ConfigurationInvalid(
                f"The JAMServer cannot listen on {where}; the port may just have been taken, or the "
                "certificate and key do not belong together.",
                target="ServerPort",
            ) from None

    def _come(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
        """The one request of a call. Ends the call when it does not come in time."""
        return self._arrivals.request(requests, context, _address(context.peer()))

    def _answer(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
        """Answer a call; it does not wait."""
        request = self._come(requests, context)
        return _answered(lambda: self._call(request, context))

    def _answer_later(self, request: bytes, context: grpc.ServicerContext, send: Send) -> None:
        """Answer a call once it has an answer."""
        begun: Future[Any] = Future()
        try:
            begun = self._begun(request, context)
        except Exception as error:
            begun.set_exception(error)
        # Whoever breaks the call off, or loses his connection, waits no more.
        if not context.add_callback(begun.cancel):
            begun.cancel()
        begun.add_done_callback(lambda come: self._send(come, send))

    def _send(self, come: Future[Any], send: Send) -> None:
        def work() -> None:
            send(_answered(come.result))
            send(None)

        if not come.cancelled():
            with suppress(RuntimeError):  # the server has ended
                self._workers.submit(work)

    def _call(self, request: bytes, context: grpc.ServicerContext) -> Any:
        call, operation, arguments, credentials = self._read(request, context)
        if call.admission:
            return self._target.admit(operation, credentials=credentials, door=_door(call))
        if operation.wait is not None:
            arguments = {**arguments, operation.wait: 0.0}
        return self._target.call(
            operation,
            arguments,
            credentials=credentials,
            door=_door(call),
            retry_key=call.retry_key,
            condition=call.condition,
            total=call.total,
        )

    def _begun(self, request: bytes, context: grpc.ServicerContext) -> Future[Any]:
        call, operation, arguments, credentials = self._read(request, context)
        if operation.wait is None:
            raise RouteNotFound(f"{operation.name} does not wait.", target=operation.name)
        return self._target.call_later(operation, arguments, credentials=credentials, door=_door(call))

    def _read(
        self, request: bytes, context: grpc.ServicerContext
    ) -> tuple[CallRequest, Operation, Mapping[str, Any], Credentials]:
        """What is called, with what, and by whom. Raises JAMSError."""
        origin = _address(context.peer())
        door, called = DOOR, ""
        try:
            call = _request(request)
            door, called = _door(call), call.operation
            origin = self._origin(call.origin, context.peer())
            call, operation, credentials = self._understood(call, origin, context)
        except JAMSError as error:
            self._note(Refusal(user="*", door=door, origin=origin, operation=called[:64], code=error.code))
            raise
        if call.admission:
            return call, operation, {}, credentials
        try:
            given = _decoded(operation, call.arguments)
        except InvalidArgument as error:
            self._target.admit(operation, credentials=credentials, door=door)
            self._note(Refusal(user="*", door=door, origin=origin, operation=called, code=error.code))
            raise
        return call, operation, _within(given, operation, context.time_remaining()), credentials

    def _note(self, refusal: Refusal) -> None:
        if self._refusals is not None:
            self._refusals.note(refusal)

    def _understood(
        self, call: CallRequest, origin: str, context: grpc.ServicerContext
    ) -> tuple[CallRequest, Operation, Credentials]:
        operation = CATALOGUE.get(call.operation)
        if operation is None:
            raise RouteNotFound(
                f"This JAMServer has no operation {call.operation}; the caller may be of another version.",
                target=call.operation,
            )
        metadata = dict(context.invocation_metadata())
        shown = credentials_from(metadata.get(AUTHORIZATION))
        credentials = msgspec.structs.replace(shown, origin=origin)
        return call, operation, credentials

    def _origin(self, told: str, peer: str) -> str:
        """From where a call comes; what is told by somebody who is not trusted shows as what it is."""
        address = _address(peer)
        if not told:
            return address
        believed = address in self._trusted and is_origin(told)
        return f"{told} via {address}" if believed else f"{address} for {told}"

    def _take_refused(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
        """Write down what web services apart have refused; nobody else is listened to."""
        request = self._come(requests, context)
        if self._refusals is not None and _address(context.peer()) in self._trusted:
            with suppress(msgspec.MsgspecError):
                for told in msgspec.msgpack.decode(request, type=Refused):
                    origin = self._origin(told.origin, context.peer())
                    refusal = Refusal(
                        user=told.user,
                        door=f"{told.door} via wire",
                        origin=origin,
                        operation=told.operation,
                        target=told.target,
                        code=told.code,
                    )
                    self._refusals.note(refusal, told.times)
        return b""


def _address(peer: str) -> str:
    """The address of a peer as gRPC writes it."""
    return unquote(peer.partition(":")[2]).rpartition(":")[0].strip("[]") or peer


def _request(request: bytes) -> CallRequest:
    try:
        return msgspec.msgpack.decode(request, type=CallRequest)
    except msgspec.MsgspecError as error:
        raise MalformedRequest(f"The call cannot be read: {error}.") from None


def _door(call: CallRequest) -> str:
    return f"{call.door} via wire"


def _answered(work: Callable[[], Any]) -> bytes:
    """What is answered to a call: its result or its error."""
    try:
        result = work()
        total, most = (result.total, result.most) if isinstance(result, Listing) else (None, None)
        answer = CallAnswer(result=msgspec.Raw(msgspec.msgpack.encode(result)), total=total, most=most)
        return msgspec.msgpack.encode(answer)
    except JAMSError as error:
        return msgspec.msgpack.encode(CallAnswer(error=error.document()))
    except Exception:
        log.exception("a call over the wire failed outside its operation")
        fault = InternalError("The server failed; its log tells more.")
        return msgspec.msgpack.encode(CallAnswer(error=fault.document()))


def _decoded(operation: Operation, encoded: msgspec.Raw) -> dict[str, Any]:
    try:
        given = msgspec.msgpack.decode(encoded, type=operation.arguments)
    except msgspec.MsgspecError as error:
        raise InvalidArgument(f"{operation.name}: {error}.") from None
    return {name: getattr(given, name) for name in given.__struct_fields__}


def _within(arguments: dict[str, Any], operation: Operation, remaining: float | None) -> Mapping[str, Any]:
    """The arguments with no wait longer than the caller's deadline leaves."""
    if remaining is None:
        return arguments
    longest = max(0.0, remaining - _ANSWER_MARGIN)
    shorter = {name: min(wait, longest) for name, wait in waiting_seconds(operation, arguments).items()}
    return {**arguments, **shorter}


def _server_credentials(settings: WireSettings) -> grpc.ServerCredentials:
    assert settings.certificate is not None and settings.key is not None
    pair = (_read(settings.key, "WireKey", secret=True), _read(settings.certificate, "WireCertificate"))
    return grpc.ssl_server_credentials([pair])


def _read(path: Path, key: str, *, secret: bool = False) -> bytes:
    try:
        return read_private(path) if secret else path.read_bytes()
    except OSError as error:
        raise ConfigurationInvalid(f"{key}: {path} cannot be read: {error.strerror}.", target=key) from error


def _openable(address: str, ports: tuple[int, ...]) -> int:
    """The first of the ports that this account may open; gRPC itself does not say why it may not."""
    for port, following in zip(ports, (*ports[1:], None), strict=True):
        try:
            listening_socket(address, port).close()
            return port
        except OSError as error:
            if error.errno == errno.EACCES and following is not None:
                log.warning(
                    "Port %d is privileged and this account may not open it; listening on %d.",
                    port,
                    following,
                )
                continue
            raise ConfigurationInvalid(_why_not(address, port, error), target="ServerPort") from None
    raise ConfigurationInvalid("No port is given to listen on.", target="ServerPort")


def _why_not(address: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {address} is taken, perhaps by another JAMS; give --server-port a free one, "
            "or set ServerPort."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is privileged and this account may not open it; set ServerPort above 1023."
    return f"The JAMServer cannot listen on {address}: {error.strerror or error}; set ListenAddress."
