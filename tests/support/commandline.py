"""Running JAMSWebClient as its users do: as a process, on a terminal, before a server that misbehaves."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "webclient"]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which the client knows nothing but what a test gives it."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    for name in ("NO_COLOR", "COLUMNS", "JAMS_HOME"):
        kept.pop(name, None)
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "HOME": str(folder),
        **more,
    }


def run(
    *arguments: str, env: Mapping[str, str], stdin: str = "", timeout: float = 50
) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=dict(env),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


class Terminal:
    """A process on a terminal of its own."""

    def __init__(self, arguments: list[str], env: Mapping[str, str], columns: int = 80) -> None:
        self._main, side = pty.openpty()
        self._seen = b""
        size = {"COLUMNS": str(columns), "LINES": "40"}
        _resize(side, columns)
        self.process = subprocess.Popen(
            arguments,
            env={"TERM": "xterm", "LANG": "C.UTF-8", **env, **size},
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(side)

    def type(self, text: str) -> None:
        """Press keys; ``\\x03`` is Ctrl+C."""
        os.write(self._main, text.encode())

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """Everything shown so far, once it holds the text."""
        self._read(lambda: text in self.shown, seconds)
        assert text in self.shown, f"{text!r} did not appear in {self.shown!r}"
        return self.shown

    def end(self, seconds: float = 30) -> int:
        """The exit code, once the process has ended and everything it showed is read."""
        self._read(lambda: False, seconds)
        return self.process.wait(seconds)

    @property
    def shown(self) -> str:
        """Everything that was written to the terminal."""
        return self._seen.decode("utf-8", "replace")

    def forget(self) -> None:
        """Begin a new account of what is shown."""
        self._seen = b""

    def close(self) -> None:
        """End the process if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
        with suppress(OSError):
            os.close(self._main)

    def _read(self, enough: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not enough() and time.monotonic() < deadline:
            if not select.select([self._main], [], [], 0.5)[0]:
                continue
            try:
                piece = os.read(self._main, 65536)
            except OSError:  # the other side of the terminal is closed
                return
            if not piece:
                return
            self._seen += piece


def _resize(descriptor: int, columns: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests run in the background inherit none


@contextmanager
def terminal(arguments: list[str], env: Mapping[str, str], columns: int = 80) -> Iterator[Terminal]:
    """A terminal for the time of a ``with`` block."""
    found = Terminal(arguments, env, columns)
    try:
        yield found
    finally:
        found.close()


@dataclass
class Request:
    """A request as the stub received it."""

    verb: str
    path: str
    headers: dict[str, str]
    body: Any
    connection: tuple[str, int]


class Hang(Exception):
    """Raised by a reply to close the connection without an answer."""


Reply = Callable[[Request], tuple[int, Any] | tuple[int, Any, str]]


@dataclass
class Stub:
    """An HTTP server that answers as it is told.

    ``replies`` are used up in order, the last one for good. A reply gives a status and a JSON value, or bytes
    and their content type; or it raises :class:`Hang`.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    def answer(self, *answers: Any) -> None:
        """Answer with these JSON values, one a request, each with status 200."""
        self.replies[:] = [_replying(200, answer) for answer in answers]

    def refuse(self, status: int, code: str, detail: str = "No.", **more: Any) -> None:
        """Answer every request with a problem."""
        problem = {"status": status, "code": code, "detail": detail, "severity": "Error", **more}
        self.replies[:] = [lambda _: (status, problem, "application/problem+json")]


def _replying(status: int, answer: Any) -> Reply:
    return lambda _: (status, answer)


@contextmanager
def stub(tls: ssl.SSLContext | None = None) -> Iterator[Stub]:
    """A stub for the time of a ``with`` block; with ``tls`` it speaks TLS."""
    found = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            data = self.rfile.read(length)
            request = Request(
                self.command,
                self.path,
                dict(self.headers),
                json.loads(data) if data[:1] in (b"{", b"[") else data.decode(),
                self.client_address,
            )
            found.requests.append(request)
            reply = found.replies.pop(0) if len(found.replies) > 1 else found.replies[0]
            try:
                status, answer, *kind = reply(request)
            except Hang:
                self.close_connection = True
                return
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind[0] if kind else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do

        def handle(self) -> None:
            with suppress(ConnectionError, ssl.SSLError):  # clients of these tests break off at will
                super().handle()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        found.url = f"http://127.0.0.1:{server.server_address[1]}/JAMS"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join(10)
