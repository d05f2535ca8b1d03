"""Connections of the web services that are silent, slow, too many or refused again and again."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.services import web
from jams.services.settings import Settings
from jams.services.web import WebServer

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Application:
    """Answers at once, or when the test lets it."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.go_on = threading.Event()
        self.ended = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path, connection = environ["PATH_INFO"], environ["jams.connection"]
        status = "200 OK"
        if path == "/known":
            connection.admitted()
        elif path == "/wrong":
            status = "401 Unauthorized"
            connection.refused(False)
        elif path == "/unseen":
            status = "429 Too Many Requests"
            connection.refused(True)
        elif path == "/wait":
            self.entered.release()
            assert self.go_on.wait(60)
        elif path == "/much":
            start_response(status, [("Content-Length", str(1 << 40))])
            return self._much()
        body = environ["wsgi.input"].read() or b"answer"
        start_response(status, [("Content-Length", str(len(body)))])
        return [body]

    def _much(self) -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * (1 << 20)
        finally:
            self.ended.set()


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def serve(tmp_path: Path, application: Application) -> Iterator[Callable[..., int]]:
    """Starts a server with the settings given; its port."""
    with contextlib.ExitStack() as servers:

        def start(**settings: Any) -> int:
            server = WebServer(Settings(home=tmp_path, web_port=0, threads=4, **settings))
            server.serve(application)
            servers.callback(server.stop, 0.5)
            return server.port

        yield start


def connect(port: int, address: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(address, 0))


def said_until_closed(client: socket.socket) -> bytes:
    """What the server says before it closes the connection."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while data := client.recv(65536):
            said += data
    return said


def ask(client: socket.socket, path: str = "/", body: bytes = b"") -> bytes:
    """The status and body of one answer."""
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{length}\r\n".encode() + body)
    said = b""
    while not said.endswith(body or b"answer"):
        data = client.recv(65536)
        if not data:
            raise ConnectionError(said)
        said += data
    return said[9:12]


class Dripping:
    """Sends a byte every little while, until the connection is gone."""

    def __init__(self, client: socket.socket, byte: bytes) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._drip, args=(client, byte))

    def __enter__(self) -> Dripping:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def going(self) -> bool:
        """Whether nobody has told it to end."""
        return not self._over.is_set()

    def _drip(self, client: socket.socket, byte: bytes) -> None:
        with contextlib.suppress(OSError):
            while not self._over.wait(0.05):
                client.sendall(byte)


def test_who_says_nothing_is_hung_up_on(serve: Callable[..., int]) -> None:
    with connect(serve(request_time=0.5)) as client:
        assert said_until_closed(client) == b""


@pytest.mark.parametrize(
    ("begin", "byte"),
    [
        (b"G", b"E"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"y"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", b"y"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n", b"y"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", b"y"),
        (WHOLE + b"GET / HTTP/1.1\r\nX: ", b"y"),
    ],
    ids=["line", "header", "body", "continue", "chunk", "second"],
)
class TestPartsOfRequests:
    """A request has a time to arrive whole."""

    def test_who_stops_is_told_so(self, serve: Callable[..., int], begin: bytes, byte: bytes) -> None:
        with connect(serve(request_time=0.5, idle_connection_time=60.0)) as client:
            client.sendall(begin + byte)
            said = said_until_closed(client)
        head, _, body = said[said.rindex(b"HTTP/1.") :].partition(b"\r\n\r\n")
        assert head[9:12] == b"408" and b"application/problem+json" in head
        assert json.loads(body)["code"] == "TimedOut"

    def test_a_byte_now_and_then_makes_it_no_longer(
        self, serve: Callable[..., int], begin: bytes, byte: bytes
    ) -> None:
        with connect(serve(request_time=0.5, idle_connection_time=60.0)) as client:
            client.sendall(begin)
            with Dripping(client, byte) as dripping:
                said_until_closed(client)
                assert dripping.going


def test_a_long_body_arrives_if_it_comes_fast_enough(serve: Callable[..., int]) -> None:
    port = serve(request_time=0.5, request_rate=1000)
    moment = threading.Event()
    with connect(port) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n")
        for _ in range(20):
            client.sendall(b"y" * 1000)
            moment.wait(0.1)
        said = b""
        while not said.endswith(b"y" * 20000):
            said += client.recv(65536)
        assert said.startswith(b"HTTP/1.1 200")


def test_a_connection_without_a_request_is_closed_after_a_time(serve: Callable[..., int]) -> None:
    port = serve(idle_connection_time=1.0)
    with connect(port) as client:
        for path in ("/", "/known"):
            assert ask(client, path) == b"200"
        assert said_until_closed(client) == b""


def test_a_request_may_be_worked_on_for_longer_than_it_may_arrive(
    serve: Callable[..., int], application: Application
) -> None:
    port = serve(request_time=0.3, idle_connection_time=0.3)
    with connect(port) as waiting:
        waiting.sendall(WHOLE.replace(b"/ ", b"/wait ", 1))
        assert application.entered.acquire(timeout=60)
        for _ in range(3):
            with connect(port) as silent:
                said_until_closed(silent)
        application.go_on.set()
        assert waiting.recv(65536).startswith(b"HTTP/1.1 200")


def test_an_answer_that_is_not_taken_is_given_up(serve: Callable[..., int], application: Application) -> None:
    with connect(serve(request_time=0.5)) as client:
        client.sendall(WHOLE.replace(b"/ ", b"/much ", 1))
        assert application.ended.wait(60)


def test_silent_connections_make_room_for_others_of_their_address(serve: Callable[..., int]) -> None:
    port = serve(connections_per_address=10)
    with contextlib.ExitStack() as opened:
        known = opened.enter_context(connect(port))
        assert ask(known, "/known") == b"200"
        silent = [opened.enter_context(connect(port)) for _ in range(180)]
        assert ask(opened.enter_context(connect(port, "127.0.0.2"))) == b"200"
        assert ask(opened.enter_context(connect(port))) == b"200"
        for client in silent[:165]:
            assert said_until_closed(client) == b""
        assert ask(silent[-1]) == b"200"
        assert ask(known) == b"200", "whoever has logged in is not counted"


def test_those_of_a_trusted_proxy_are_not_counted(serve: Callable[..., int]) -> None:
    port = serve(connections_per_address=2, trusted_proxies=("127.0.9.0/24",))
    with contextlib.ExitStack() as opened:
        clients = [opened.enter_context(connect(port, "127.0.9.1")) for _ in range(20)]
        assert [ask(client) for client in clients] == [b"200"] * 20


def test_when_all_places_are_taken_the_longest_silent_goes(
    serve: Callable[..., int], application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_OTHERS", 2)
    port = serve(waiter_limit=10, connections_per_address=4)
    with contextlib.ExitStack() as opened:
        waiting = opened.enter_context(connect(port, "127.0.0.99"))
        waiting.sendall(WHOLE.replace(b"/ ", b"/wait ", 1))
        assert application.entered.acquire(timeout=60)
        clients = []
        for number in range(30):
            clients.append(opened.enter_context(connect(port, f"127.0.0.{number + 2}")))
            assert ask(clients[-1], "/known") == b"200"
        for client in clients[:18]:
            assert said_until_closed(client) == b""
        assert [ask(client) for client in clients[-10:]] == [b"200"] * 10
        application.go_on.set()
        assert waiting.recv(65536).startswith(b"HTTP/1.1 200")


def test_what_is_sent_after_a_refusal_without_waiting_for_it_is_not_looked_at(
    serve: Callable[..., int],
) -> None:
    port = serve()
    for path in ("/unseen", "/wrong"):
        with connect(port) as client:
            client.sendall(WHOLE.replace(b"/ ", path.encode() + b" ", 1) * 50)
            said = said_until_closed(client)
        assert said.count(b"HTTP/1.1 ") <= 6
        assert said.rindex(b"HTTP/1.1 429") == said.rindex(b"HTTP/1.1 ")


def test_a_connection_that_is_held_back_is_answered_later(serve: Callable[..., int]) -> None:
    with connect(serve()) as client:
        for path, status in (("/unseen", b"429"), ("/", b"200"), ("/wrong", b"401"), ("/known", b"200")):
            assert ask(client, path) == status


def test_new_connections_of_who_is_refused_all_the_time_are_answered_later(
    serve: Callable[..., int],
) -> None:
    port = serve()
    for _ in range(25):
        with connect(port) as client:
            assert ask(client, "/unseen") == b"429"
    with connect(port, "127.0.0.2") as other:
        assert ask(other) == b"200"
