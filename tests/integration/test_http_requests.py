"""Requests whose end or whose host two programs could take differently, on every port that speaks HTTP.

Raw bytes, so that this holds whatever serves the ports.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path

import pytest

from jams.services.settings import Settings
from jams.services.web import WebServer
from tests.support.psrp_doors import wsman_door
from tests.support.web_stub import StubConnection, stub_application

CHUNKED = b"Transfer-Encoding: chunked\r\n"
HIDDEN = b"0\r\n\r\nDELETE /hidden HTTP/1.1\r\nHost: x\r\n\r\n"


@dataclass(frozen=True)
class Port:
    """A port that speaks HTTP, and a request that it answers with ``status`` if nothing is wrong with it."""

    number: int
    verb: bytes
    path: bytes
    status: int
    connection: StubConnection | None = None

    def request(self, headers: bytes, body: bytes = b"", *, version: bytes = b"1.1") -> bytes:
        return b"%s %s HTTP/%s\r\n%s\r\n%s" % (self.verb, self.path, version, headers, body)

    def answers(self, sent: bytes) -> tuple[list[int], bool]:
        """The statuses of the answers to these bytes, and whether the connection was closed after them."""
        with socket.create_connection(("127.0.0.1", self.number), timeout=20) as connection:
            connection.sendall(sent)
            statuses = []
            while True:
                answer = HTTPResponse(connection, method=self.verb.decode())
                with contextlib.suppress(ConnectionError):
                    answer.begin()
                    answer.read()
                    statuses.append(answer.status)
                    if not answer.will_close:
                        return statuses, False
                with contextlib.suppress(ConnectionError):
                    return statuses, connection.recv(1) == b""
                return statuses, True


@pytest.fixture(params=["web", "wsman"])
def port(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Port]:
    if request.param == "wsman":
        with wsman_door() as door:
            yield Port(door.port, b"POST", b"/wsman", 401)
        return
    connection = StubConnection()
    server = WebServer(Settings(home=tmp_path, web_port=0, threads=4))
    server.serve(stub_application(connection))
    try:
        yield Port(server.port, b"GET", b"/JAMS/api/thing/1", 200, connection)
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("headers", "body", "version"),
    [
        (b"Host: x\r\nContent-Length: 4\r\n" + CHUNKED, HIDDEN, b"1.1"),
        (CHUNKED + b"Host: x\r\nContent-Length: 60\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 4\r\n" + CHUNKED, HIDDEN, b"1.0"),
        (b"Host: x\r\n" + CHUNKED, HIDDEN, b"1.0"),
        (b"Host: x\r\n" + CHUNKED + CHUNKED, HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding: chunked, chunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding: gzip, chunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding: identity\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding: xchunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding:\x0bchunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding:\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding : chunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nX: a\r\n Transfer-Encoding: chunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nTransfer-Encoding:\r\n chunked\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 0\r\nContent-Length: 40\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 0, 40\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: +5\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: -5\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 0x5\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 5 5\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length:\r\n", HIDDEN, b"1.1"),
        (b"Host: x\r\nContent-Length: 1" + b"0" * 30 + b"\r\n", b"", b"1.1"),
        (b"Host: x\r\nContent-Length : 0\r\n", b"", b"1.1"),
        (b"", b"", b"1.1"),
        (b"Accept: */*\r\n", b"", b"1.1"),
        (b"Host: x\r\nHost: x\r\n", b"", b"1.1"),
        (b"Host: x\r\nHost: y\r\n", b"", b"1.1"),
        (b"Host: x\r\nhost: y\r\n", b"", b"1.0"),
        (b"Host: x, y\r\n", b"", b"1.1"),
        (b"Host: x y\r\n", b"", b"1.1"),
        (b"Host: x/y\r\n", b"", b"1.1"),
        (b"Host: u@x\r\n", b"", b"1.1"),
        (b"Host : x\r\n", b"", b"1.1"),
        (b"Host: x\r\n folded\r\n", b"", b"1.1"),
        (b"Host: x\r\nX: a\nY: b\r\n", b"", b"1.1"),
        (b"Host: x\r\nX: a\rY: b\r\n", b"", b"1.1"),
        (b"Host: x\r\nX: a\0b\r\n", b"", b"1.1"),
        (b"Host: x\r\nno colon\r\n", b"", b"1.1"),
        (b"Host: x\r\n: no name\r\n", b"", b"1.1"),
        (b" Host: x\r\n", b"", b"1.1"),
        (b"Host: x\r\n", b"", b"2.0"),
        (b"Host: x\r\n", b"", b"1.10"),
    ],
    ids=repr,
)
def test_a_request_that_can_be_read_in_two_ways_is_refused_and_its_connection_closed(
    port: Port, headers: bytes, body: bytes, version: bytes
) -> None:
    statuses, closed = port.answers(port.request(headers, body, version=version))
    assert (statuses, closed) == ([400], True)
    assert port.connection is None or port.connection.calls == []


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"GET / HTTP/1.1\r\nHost: x\n\n",
        b"GET / HTTP/1.1\nHost: x\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / a HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://y@x/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http:/// HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET HTTPS://x:444/ HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=repr,
)
def test_a_first_line_that_can_be_read_in_two_ways_is_refused(port: Port, request_bytes: bytes) -> None:
    assert port.answers(request_bytes) == ([400], True)


@pytest.mark.parametrize(
    "chunks",
    [
        b"zz\r\nabc\r\n0\r\n\r\n",
        b"-1\r\nabc\r\n0\r\n\r\n",
        b"0x3\r\nabc\r\n0\r\n\r\n",
        b"+3\r\nabc\r\n0\r\n\r\n",
        b"3\r\nabcd\r\n0\r\n\r\n",
        b"3\r\nabcXX0\r\n\r\n",
        b" 3\r\nabc\r\n0\r\n\r\n",
    ],
    ids=repr,
)
def test_a_broken_chunk_is_refused_and_nothing_after_it_is_read(port: Port, chunks: bytes) -> None:
    sent = port.request(b"Host: x\r\n" + CHUNKED, chunks) + port.request(b"Host: x\r\n")
    statuses, closed = port.answers(sent)
    assert closed
    assert statuses in ([400], [])
    assert port.connection is None or port.connection.calls == []


@pytest.mark.parametrize(
    ("headers", "version"),
    [
        (b"Host: x\r\n", b"1.1"),
        (b"Host:\r\n", b"1.1"),
        (b"hOST: [::1]:8080\r\n", b"1.1"),
        (b"Host: example.com:80\r\n", b"1.1"),
        (b"Host: localhost\r\nContent-Length: 0\r\n", b"1.1"),
        (b"", b"1.0"),
        (b"Host: x\r\n", b"1.0"),
    ],
    ids=repr,
)
def test_what_can_be_read_in_one_way_is_answered(port: Port, headers: bytes, version: bytes) -> None:
    statuses, _ = port.answers(port.request(headers, version=version))
    assert statuses == [port.status]


def test_the_whole_address_may_be_the_target(port: Port) -> None:
    sent = port.request(b"Host: X\r\n").replace(port.path, b"http://x" + port.path)
    assert port.answers(sent)[0] == [port.status]


def test_a_bad_request_behind_a_good_one_is_refused_too(port: Port) -> None:
    good = port.request(b"Host: x\r\nContent-Length: 0\r\n")
    with socket.create_connection(("127.0.0.1", port.number), timeout=20) as connection:
        connection.sendall(good + port.request(b"Host: x\r\nHost: y\r\n"))
        said = b""
        while data := connection.recv(4096):
            said += data
    first, _, second = said.partition(b"HTTP/1.")[2].partition(b"HTTP/1.")
    assert (first[2:5], second[2:5]) == (str(port.status).encode(), b"400")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Sec_Fetch_Site: cross-site\r\n", 201),
        (b"Sec-Fetch-Site: cross-site\r\n", 403),
        (b"Sec-Fetch-Site: cross-site\r\nSec_Fetch_Site: none\r\n", 403),
    ],
)
def test_a_header_with_underscores_is_never_taken_for_one_with_hyphens(
    tmp_path: Path, headers: bytes, status: int
) -> None:
    server = WebServer(Settings(home=tmp_path, web_port=0, threads=4))
    server.serve(stub_application(StubConnection()))
    try:
        body = b'{"thingName": "box"}'
        port = Port(server.port, b"POST", b"/JAMS/api/thing", 201)
        told = b"Host: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
        assert port.answers(port.request(told + headers, body))[0] == [status]
    finally:
        server.stop()
