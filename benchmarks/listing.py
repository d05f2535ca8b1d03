"""A list of 1,000 entries over REST, one client; the floor is the same bytes from the bare HTTP server."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from http.client import HTTPConnection
from pathlib import Path

from .report import Row, per_second
from .running import Client, server, serving

ENTRIES = 1000
_SERVE = """
import sys, waitress
body = open(sys.argv[1], "rb").read()
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
server = waitress.create_server(application, listen="127.0.0.1:0", threads=4, outbuf_overflow=64 << 20)
print(server.effective_port, flush=True)
server.run()
"""


def rows() -> Iterable[Row]:
    """Requests a second."""
    with server() as jams:
        client = Client(jams)
        for _ in range(ENTRIES):
            client.call("POST", "/submit/job", {"name": r"\True", "hold": True})
        path = f"/api/entry?limit={ENTRIES}"
        body = client.raw("GET", path)
        assert len(json.loads(body)) == ENTRIES
        rate = per_second(lambda: client.raw("GET", path), seconds=5)
    floor = bare(body)
    yield Row(
        f"list of 1,000 entries ({len(body) >> 10} KiB), one client",
        rate,
        "requests/s",
        floor,
        "the same bytes from waitress",
        150,
        better="higher",
    )


def bare(body: bytes) -> float:
    """How often in a second the bare HTTP server gives these bytes to one client."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(body)
        with serving(_SERVE, file.name) as port:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)

            def fetch() -> None:
                connection.request("GET", "/")
                connection.getresponse().read()

            return per_second(fetch, seconds=3)
