"""The ports of the scheduler and the executor at which it is seen what they do (semantics 1.2, 7.4).

The published system has a debugger that connects to them. Here any program that speaks HTTP does, for one
question: everything that is told is one document, and there is nothing to be changed. Whoever has an account
on this machine may ask, so it holds numbers and the names of threads and functions: no name of a job, no path
below the home, nothing that a caller or a definition has said. A page of a browser cannot ask: no answer is
given to a request that names another host, or comes from another origin.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from jams import __version__
from jams.objects.hosts import is_loopback

_ADDRESS = "127.0.0.1"
_DEEPEST = 40
_ASKED_WITHIN = 5.0

log = logging.getLogger(__name__)

Facts = Callable[[], Mapping[str, Any]]


class Diagnosis:
    """Answers at a port of this machine's own address, in threads of its own.

    Args:
        service: the name of the service.
        facts: what there is to tell of it, in numbers.
        port: where; 0 is any free port.

    Attributes:
        port: where it answers.

    Raises:
        OSError: the port cannot be opened.
    """

    def __init__(self, service: str, facts: Facts, port: int) -> None:
        begun = time.monotonic()

        def document() -> dict[str, Any]:
            return {
                "service": service,
                "version": __version__,
                "process": os.getpid(),
                "now": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "secondsSinceStart": round(time.monotonic() - begun, 3),
                **facts(),
                "threads": _threads(),
            }

        handler = type("Handler", (_Handler,), {"document": staticmethod(document)})
        self._server = ThreadingHTTPServer((_ADDRESS, port), handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 60}, name="diagnosis", daemon=True
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        ending = threading.Thread(target=self._server.shutdown, name="diagnosis-end", daemon=True)
        ending.start()
        while ending.is_alive():
            # It looks whether it is to end when somebody comes.
            with suppress(OSError):
                socket.create_connection((_ADDRESS, self.port), timeout=1).close()
            ending.join(0.05)
        self._server.server_close()


def opened(service: str, facts: Facts, port: int | None) -> Diagnosis | None:
    """The port of a service, which answers; None when there is to be none, or another program has it.

    A server is not kept from working by that: it is said in the log.
    """
    if port is None:
        return None
    try:
        made = Diagnosis(service, facts, port)
    except OSError as error:
        log.info("there is no diagnosis at port %d: %s", port, error.strerror)
        return None
    made.start()
    log.info("diagnosis of %s at port %d of this machine", service, made.port)
    return made


def _threads() -> list[dict[str, Any]]:
    """The threads of this process, and in which function each is; no values, and nobody's text."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return [
        {
            "name": names.get(ident, "unknown"),
            "at": [
                f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_qualname}:{line}"
                if hasattr(frame.f_code, "co_qualname")
                else f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{line}"
                for frame, line in list(traceback.walk_stack(top))[:_DEEPEST]
            ],
        }
        for ident, top in sys._current_frames().items()
    ]


class _Handler(BaseHTTPRequestHandler):
    """Answers ``GET /``; made with ``document``, which gives what is told."""

    document: Callable[[], dict[str, Any]]
    server_version = "JAMS"
    sys_version = ""
    timeout = _ASKED_WITHIN

    def do_GET(self) -> None:
        """Tell everything."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or (self.headers.get("Host") or "")
        if not is_loopback(host.strip("[]")) or self.headers.get("Origin") is not None:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        if self.path != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = json.dumps(type(self).document(), indent=1).encode() + b"\n"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Who looks leaves no line."""
