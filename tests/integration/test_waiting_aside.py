"""Requests that wait in the web server hold no thread of it, and end with their connection or the server."""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from jams.objects.errors import NotFound
from jams.operations.catalogue import Operation
from jams.services.settings import Settings
from jams.services.web import WebServer
from tests.support.web_stub import Piece, StubConnection, Thing, stub_application

pytestmark = pytest.mark.integration

THREADS = 2
LONG = 30.0
FLOOD = Piece(text="x" * (1 << 20), next_offset=1, size=2, complete=False)


class Patient(StubConnection):
    """A server at which everybody waits until the test says what comes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Future[Any]] = []
        self._came = threading.Condition()
        self.flood = False

    def call_later(self, operation: Operation, arguments: Mapping[str, Any], **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.flood:
            future.set_result(FLOOD)
            return future
        with self._came:
            self.asked.append(future)
            self._came.notify_all()
        return future

    def waiting(self, count: int) -> list[Future[Any]]:
        """The futures of so many, once they have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.asked) >= count, LONG)
            return self.asked[:count]


class Asker:
    """A client that asks, and listens when it is told to."""

    def __init__(self, port: int, path: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=LONG)
        self.connection.request("GET", f"/JAMS/api{path}")

    @property
    def answered(self) -> bool:
        assert self.connection.sock is not None
        return bool(select.select([self.connection.sock], [], [], 0)[0])

    def answer(self) -> tuple[HTTPResponse, Any]:
        answer = self.connection.getresponse()
        return answer, json.loads(answer.read())

    def hang_up(self) -> None:
        self.connection.close()


@pytest.fixture
def far() -> Patient:
    return Patient()


@pytest.fixture
def server(tmp_path: Path, far: Patient) -> Iterator[WebServer]:
    made = WebServer(Settings(home=tmp_path, web_port=0, threads=THREADS))
    made.serve(stub_application(far))
    yield made
    made.stop()


def get(port: int, path: str) -> tuple[HTTPResponse, Any]:
    asker = Asker(port, path)
    try:
        return asker.answer()
    finally:
        asker.hang_up()


def cancelled(future: Future[Any]) -> threading.Event:
    """Set when the future is over; it must then have been cancelled."""
    over = threading.Event()
    future.add_done_callback(lambda _: over.set())
    return over


def test_others_are_answered_while_more_wait_than_there_are_threads(server: WebServer, far: Patient) -> None:
    askers = [Asker(server.port, f"/thing/{n}/wait") for n in range(1, 6 * THREADS)]
    futures = far.waiting(len(askers))
    assert get(server.port, "/thing/7")[0].status == 200
    assert not any(asker.answered for asker in askers)
    for number, future in enumerate(futures):
        future.set_result(Thing(thing_name=f"thing {number}"))
    names = {asker.answer()[1]["thingName"] for asker in askers}
    assert names == {f"thing {number}" for number in range(len(futures))}
    for asker in askers:
        asker.hang_up()


def test_errors_and_further_requests_come_over_the_connection_that_waited(
    server: WebServer, far: Patient
) -> None:
    asker = Asker(server.port, "/thing/404/wait")
    far.waiting(1)[0].set_exception(NotFound("It is gone.", target=404))
    answer, problem = asker.answer()
    assert (answer.status, problem["code"], answer.getheader("Connection")) == (404, "NotFound", None)
    asker.connection.request("GET", "/JAMS/api/thing/7")
    assert asker.answer()[0].status == 200
    asker.connection.request("GET", "/JAMS/api/thing/8/wait")
    far.waiting(2)[1].set_result(Thing(thing_name="eight"))
    assert asker.answer()[1]["thingName"] == "eight"
    asker.hang_up()


def test_a_request_behind_one_that_waits_has_its_turn_after_it(server: WebServer, far: Patient) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=LONG) as client:
        heads = [
            f"GET /JAMS/api/thing/{path} HTTP/1.1\r\nHost: h\r\n\r\n" for path in ("1/wait", "2/wait", "3")
        ]
        client.sendall("".join(heads).encode())
        far.waiting(1)[0].set_result(Thing(thing_name="first"))
        far.waiting(2)[1].set_result(Thing(thing_name="second"))
        got = b""
        while got.count(b"HTTP/1.1 200 OK") < 3:
            got += client.recv(65536)
        assert got.index(b'"first"') < got.index(b'"second"') < got.rindex(b"HTTP/1.1 200 OK")


def test_a_client_that_hangs_up_waits_no_more(server: WebServer, far: Patient) -> None:
    askers = [Asker(server.port, "/thing/1/wait"), Asker(server.port, "/thing/1/log?follow")]
    overs = [cancelled(future) for future in far.waiting(2)]
    for asker in askers:
        asker.hang_up()
    for over, future in zip(overs, far.asked, strict=True):
        assert over.wait(LONG) and future.cancelled()


@pytest.mark.skipif(not hasattr(select, "epoll"), reason="no epoll")
def test_connections_that_wait_cost_the_loop_nothing(server: WebServer, far: Patient) -> None:
    askers = [Asker(server.port, "/thing/1/wait") for _ in range(6 * THREADS)]
    futures = far.waiting(len(askers))
    client = HTTPConnection("127.0.0.1", server.port, timeout=LONG)
    while len(server._channels) >= len(askers):
        client.request("GET", "/JAMS/api/thing/7")
        assert client.getresponse().read()
    client.close()
    for future in futures:
        future.set_result(Thing(thing_name="here"))
    for asker in askers:
        assert asker.answer()[1]["thingName"] == "here"
        asker.connection.request("GET", "/JAMS/api/thing/7")
        assert asker.answer()[0].status == 200
        asker.hang_up()


def test_a_client_that_leaves_a_stream_waits_no_more(server: WebServer, far: Patient) -> None:
    asker = Asker(server.port, "/thing/1/log?follow")
    far.waiting(1)[0].set_result(Piece(text="a", next_offset=1, size=1, complete=False))
    answer = asker.connection.getresponse()
    assert b"retry" in answer.readline()
    future = far.waiting(2)[1]
    over = cancelled(future)
    answer.close()
    asker.hang_up()
    assert over.wait(LONG) and future.cancelled()


def test_a_client_that_does_not_read_its_stream_holds_no_thread(server: WebServer, far: Patient) -> None:
    askers = [Asker(server.port, "/thing/1/log?follow") for _ in range(3 * THREADS)]
    far.waiting(len(askers))
    far.flood = True
    for future in far.asked:
        future.set_result(FLOOD)
    for _ in range(40):
        assert get(server.port, "/thing/7")[0].status == 200
    answer = askers[0].connection.getresponse()
    taken = 0
    while taken < 40:  # it goes on when it is read
        line = answer.readline()
        assert line
        taken += line.startswith(b"data:")
    answer.close()
    for asker in askers:
        asker.hang_up()


def test_who_waits_is_answered_when_the_server_stops(tmp_path: Path, far: Patient) -> None:
    server = WebServer(Settings(home=tmp_path, web_port=0, threads=THREADS))
    server.serve(stub_application(far))
    askers = [Asker(server.port, "/thing/1/wait") for _ in range(6 * THREADS)]
    stream = Asker(server.port, "/thing/1/log?follow")
    futures = far.waiting(len(askers) + 1)
    server.stop(LONG)
    for asker in [*askers, stream]:
        answer, problem = asker.answer()
        assert (answer.status, problem["code"]) == (503, "ServerUnavailable")
        asker.hang_up()
    assert all(future.cancelled() for future in futures)


def test_a_stream_ends_when_the_server_stops(tmp_path: Path, far: Patient) -> None:
    server = WebServer(Settings(home=tmp_path, web_port=0, threads=THREADS))
    server.serve(stub_application(far))
    asker = Asker(server.port, "/thing/1/log?follow")
    far.waiting(1)[0].set_result(Piece(text="a", next_offset=1, size=1, complete=False))
    answer = asker.connection.getresponse()
    far.waiting(2)
    server.stop(LONG)
    text = answer.read().decode()
    assert '"text":"a"' in text and "event:" not in text
    asker.hang_up()
