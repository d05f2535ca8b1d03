"""REST over a real socket: what only the HTTP server can get wrong, and streams that break off."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from jams.objects.errors import Unauthenticated
from jams.operations.catalogue import Operation
from jams.services.settings import Settings
from jams.services.web import WebServer
from tests.support.web_stub import LOG, Piece, StubConnection, Thing, stub_application

THREADS = 4


class Growing(StubConnection):
    """A server whose log grows when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.ended = False
        self._grown = threading.Condition()

    def grow(self, text: str, *, end: bool = False) -> None:
        """Write to the log."""
        with self._grown:
            self.text += text
            self.ended = end
            self._grown.notify_all()

    def call(self, operation: Operation, arguments: Any, **more: Any) -> Any:
        if operation.name != "get_log":
            return super().call(operation, arguments, **more)
        start = arguments.get("offset") or 0
        with self._grown:
            self._grown.wait_for(
                lambda: len(self.text.encode()) > start or self.ended, min(arguments["timeout"], 5)
            )
            data = self.text.encode()
            return Piece(
                text=data[start:].decode(), next_offset=len(data), size=len(data), complete=self.ended
            )


@contextmanager
def serving(home: Path, connection: StubConnection, **settings: Any) -> Iterator[WebServer]:
    server = WebServer(Settings(home=home, web_port=0, max_request_bytes=65536, threads=THREADS))
    application = stub_application(connection, max_request_bytes=65536, **settings)
    server.serve(application)
    try:
        yield server
    finally:
        server.stop()


def raw(server: WebServer, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """The answer to exactly these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(request)
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, dict(answer.headers), answer.read()


@pytest.mark.parametrize(
    ("request_bytes", "status", "code"),
    [
        (
            b"POST /JAMS/api/thing HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n",
            413,
            "RequestTooLarge",
        ),
        (
            b"POST /JAMS/api/thing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"20000\r\n" + b"x" * 0x20000 + b"\r\n0\r\n\r\n",
            413,
            "RequestTooLarge",
        ),
        (b"GET /JAMS HTTP/1.1\r\nBad Header: x\r\n\r\n", 400, "MalformedRequest"),
        (b"GET /JAMS HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400, "MalformedRequest"),
        (b"GET /JAMS HTTP/1.1\r\nX: " + b"x" * 70000 + b"\r\n\r\n", 431, "RequestTooLarge"),
        (b"GET /JAMS/api/trouble/\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400, "MalformedRequest"),
        (b"GET /JAMS/api/thing/all?words=\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400, "MalformedRequest"),
    ],
)
def test_bad_http_is_answered_like_every_other_error(
    tmp_path: Path, request_bytes: bytes, status: int, code: str
) -> None:
    connection = StubConnection()
    with serving(tmp_path, connection) as server:
        found, headers, body = raw(server, request_bytes)
        assert (found, json.loads(body)["code"]) == (status, code), body
        assert headers["Content-Type"] == "application/problem+json"
        assert "Server" not in headers
        assert connection.calls == []


class Closed(StubConnection):
    """Lets nobody in."""

    def admit(self, operation: Operation, **who: Any) -> None:
        raise Unauthenticated("Log in first.")


@pytest.mark.parametrize(
    "body",
    [b"Content-Length: 65537\r\n\r\n",
     b"Content-Length: 9999999999\r\n\r\nGET /JAMS HTTP/1.1\r\nHost: x\r\n\r\n",
     b"Transfer-Encoding: chunked\r\n\r\n20000\r\n" + b"x" * 0x20000 + b"\r\n0\r\n\r\n"],
)  # fmt: skip
def test_a_stranger_is_told_to_log_in_though_his_body_is_too_long(tmp_path: Path, body: bytes) -> None:
    connection = Closed()
    with serving(tmp_path, connection) as server:
        found, headers, said = raw(server, b"POST /JAMS/api/thing HTTP/1.1\r\nHost: x\r\n" + body)
        assert (found, json.loads(said)["code"]) == (401, "Unauthenticated")
        assert headers["Connection"] == "close" and connection.calls == []


def bare(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answers with the status that the path names."""
    status = environ["PATH_INFO"][1:4]
    start_response(f"{status} x", [] if status in ("204", "304") else [("Content-Length", "2")])
    return [] if status in ("204", "304") else [b"ok"]


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize(
    ("version", "said", "kept"), [("1.1", "", True), ("1.1", "close", False), ("1.0", "", False)]
)
def test_an_answer_without_a_body_ends_no_connection(
    tmp_path: Path, status: int, version: str, said: str, kept: bool
) -> None:
    server = WebServer(Settings(home=tmp_path, web_port=0, threads=THREADS))
    server.serve(bare)
    head = [f"GET /{status} HTTP/{version}", "Host: x", *([f"Connection: {said}"] if said else [])]
    asked = "\r\n".join([*head, "", ""])
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(asked.encode() + (b"GET /200 HTTP/1.1\r\nHost: x\r\n\r\n" if kept else b""))
            received = b""
            while data := connection.recv(4096):
                received += data
                if received.endswith(b"ok"):
                    break
    finally:
        server.stop()
    assert received.startswith(f"HTTP/{version} {status} ".encode())
    assert received.endswith(b"ok") is kept and (b"Connection: close" in received) is not kept
    assert b"Transfer-Encoding" not in received


def test_a_chunked_body_is_read(tmp_path: Path) -> None:
    with serving(tmp_path, StubConnection()) as server:
        client = HTTPConnection("127.0.0.1", server.port, timeout=20)
        body = iter([b'{"thing', b'Name": ', b'"box"}'])
        client.request(
            "POST", "/JAMS/api/thing", body, {"Content-Type": "application/json"}, encode_chunked=True
        )
        answer = client.getresponse()
        assert (answer.status, json.loads(answer.read())) == (201, "Thing box was created.")
        client.request("HEAD", "/JAMS/api/thing/1")
        head = client.getresponse()
        assert (head.status, head.read()) == (200, b"")
        client.request("GET", "/JAMS/api/thing/1")
        assert json.loads(client.getresponse().read())["thingID"] == 1
        client.close()


class Plentiful(StubConnection):
    """A server with a list of so many things."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def call(self, operation: Operation, arguments: Any, **more: Any) -> Any:
        return [Thing(thing_id=number, thing_name="x" * 100) for number in range(1, self.count + 1)]


@pytest.mark.parametrize("count", [1, 300, 500, 20_000])
def test_answers_of_every_length_arrive_whole(tmp_path: Path, count: int) -> None:
    with serving(tmp_path, Plentiful(count)) as server:
        client = HTTPConnection("127.0.0.1", server.port, timeout=20)
        for _ in range(2):
            client.request("GET", "/JAMS/api/thing/all")
            answer = client.getresponse()
            body = answer.read()
            assert [thing["thingID"] for thing in json.loads(body)] == [*range(1, count + 1)]
            assert answer.headers["Content-Type"] == "application/json"
            assert answer.headers["Content-Length"] == str(len(body))
            client.request("HEAD", "/JAMS/api/thing/all")
            head = client.getresponse()
            assert (head.headers["Content-Length"], head.read()) == (str(len(body)), b"")
        client.close()


class Stream:
    """A client of server-sent events, read as they come; a context that breaks off at its end."""

    def __init__(self, server: WebServer, last: str | None = None) -> None:
        self._client = HTTPConnection("127.0.0.1", server.port, timeout=30)
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
        self._client.request("GET", "/JAMS/api/thing/1/log", headers=headers)
        self.answer = self._client.getresponse()

    def event(self) -> dict[str, str] | None:
        """The next event that has data; None at the end of the stream."""
        fields: dict[str, str] = {}
        while line := self.answer.readline():
            text = line.decode().rstrip("\n")
            if not text and "data" in fields:
                return fields
            if text and not text.startswith(":"):
                name, _, value = text.partition(": ")
                fields[name] = value
        return None

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.answer.close()
        self._client.close()


def text_of(event: dict[str, str] | None) -> str:
    assert event is not None
    text: str = json.loads(event["data"])["text"]
    return text


def test_events_come_while_the_text_grows_and_resume_where_they_broke_off(tmp_path: Path) -> None:
    log = Growing()
    with serving(tmp_path, log) as server:
        with Stream(server) as stream:
            assert stream.answer.status == 200
            log.grow(LOG[:7])
            first = stream.event()
            assert text_of(first) == LOG[:7]
        assert first is not None
        log.grow(LOG[7:9])
        with Stream(server, last=first["id"]) as again:
            second = again.event()
            assert text_of(second) == LOG[7:9]
            log.grow(LOG[9:], end=True)
            third = again.event()
            assert text_of(first) + text_of(second) + text_of(third) == LOG
            end = again.event()
            assert end is not None and end["event"] == "end"
            assert again.event() is None


def test_streams_hold_no_thread(tmp_path: Path) -> None:
    log = Growing()
    with serving(tmp_path, log) as server, ExitStack() as stack:
        log.grow("a")
        streams = [stack.enter_context(Stream(server)) for _ in range(THREADS * 3)]
        assert [text_of(stream.event()) for stream in streams] == ["a"] * len(streams)
        client = HTTPConnection("127.0.0.1", server.port, timeout=30)
        client.request("GET", "/JAMS/api/thing/1")
        assert client.getresponse().status == 200
        client.close()
        log.grow("b", end=True)
        assert [text_of(stream.event()) for stream in streams] == ["b"] * len(streams)
        ends = [stream.event() for stream in streams]
        assert [end and end["event"] for end in ends] == ["end"] * len(streams)


def test_stopping_ends_streams_in_order(tmp_path: Path) -> None:
    log = Growing()
    with serving(tmp_path, log) as server, Stream(server) as stream:
        log.grow("before")
        assert text_of(stream.event()) == "before"
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        log.grow("after")
        rest = stream.event()
        stopping.join(20)
        assert not stopping.is_alive()
        assert rest is None or text_of(rest) == "after"
        assert stream.event() is None
