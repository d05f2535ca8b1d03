"""Connections and calls over the wire that say nothing."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from jams.client.wire import WireConnection
from jams.operations import CATALOGUE
from jams.server.wire import WireServer, WireSettings
from jams.wire.protocol import METHOD, REFUSED_METHOD, WAITING_METHOD

PATIENCE = 1.0


class Target:
    """A server that answers."""

    def call(self, *_: object, **__: object) -> str:
        return "Held."


@pytest.fixture
def port() -> Iterator[int]:
    settings = WireSettings(threads=4, request_time=PATIENCE, idle_time=1.0)
    server = WireServer(Target(), settings)  # type: ignore[arg-type]
    server.start()
    yield server.port
    server.stop(0)


def hold(port: int) -> Any:
    connection = WireConnection("127.0.0.1", port, timeout=50)
    try:
        return connection.call(CATALOGUE["hold_entry"], {"id": 7})
    finally:
        connection.close()


@pytest.mark.parametrize("said", [b"", b"PRI * HTTP/2.0\r\n", b"GET / HTTP/1.1\r\n"])
def test_a_connection_that_says_nothing_is_closed(port: int, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=50) as client:
        client.sendall(said)
        with contextlib.suppress(ConnectionError):
            while client.recv(4096):
                pass


@pytest.mark.parametrize("method", [METHOD, WAITING_METHOD, REFUSED_METHOD])
def test_calls_whose_request_does_not_come_hold_nobody_up_and_end(port: int, method: str) -> None:
    over = threading.Event()

    def nothing() -> Iterator[bytes]:
        over.wait(50)
        yield from ()

    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        calls = [channel.stream_unary(method).future(nothing()) for _ in range(16)]
        assert hold(port) == "Held."
        for call in calls:
            assert call.exception(timeout=50).code() is grpc.StatusCode.CANCELLED
        assert hold(port) == "Held."
        over.set()


def test_a_call_without_a_request_is_told_so(port: int) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        with pytest.raises(grpc.RpcError) as refused:
            channel.stream_unary(METHOD)(iter(()), timeout=50)
        assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_a_connection_without_calls_is_closed_and_opened_again(port: int) -> None:
    closed = threading.Event()
    states: list[grpc.ChannelConnectivity] = []

    def note(state: grpc.ChannelConnectivity) -> None:
        states.append(state)
        if state is grpc.ChannelConnectivity.IDLE and grpc.ChannelConnectivity.READY in states:
            closed.set()

    connection = WireConnection("127.0.0.1", port)
    try:
        connection._channel.subscribe(note)
        for _ in range(2):
            closed.clear()
            states.clear()
            states.append(grpc.ChannelConnectivity.READY)
            assert connection.call(CATALOGUE["hold_entry"], {"id": 7}) == "Held."
            assert closed.wait(50)
    finally:
        connection.close()
