"""Reading over REST: a list in the members that are wanted, and a definition that its reader has already."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.support.running import Running

from .listing import ENTRIES, bare
from .report import Row, per_second
from .running import Client, server, serving

LIST_TARGET, TAG_TARGET = 2_000, 3_000
MEMBERS = "jamsEntry,displayName,currentState,finalSeverity"
_JOB = "/job?name=%5CTrue"
_CONNECTIONS = 2
"""So that the server has a request while the client looks at an answer."""

_SECONDS = 5.0
_BARE = """
import flask, waitress
application = flask.Flask("bare")
@application.get("/JAMS/api/job")
def job():
    return flask.Response(headers={"ETag": flask.request.headers["If-None-Match"]})
server = waitress.create_server(application, listen="127.0.0.1:0", threads=4)
print(server.effective_port, flush=True)
server.run()
"""


def rows() -> Iterable[Row]:
    """Requests a second."""
    with server() as jams:
        client = Client(jams)
        client.call(
            "POST",
            "/submit/many",
            {"submissions": [{"name": r"\True", "hold": True}] * ENTRIES},
        )
        path = f"/api/entry?limit={ENTRIES}&fields={MEMBERS}"
        body = client.raw("GET", path)
        assert len(json.loads(body)) == ENTRIES
        rate = per_second(lambda: client.raw("GET", path), seconds=_SECONDS)
        known = _known(jams)
        unchanged = _unchanged(jams.url, known, 304)
    floor = bare(body)
    with serving(_BARE) as port:
        bare_tag = _unchanged(f"http://127.0.0.1:{port}/JAMS", known, 200)
    yield Row(
        f"list of 1,000 entries, light ({len(body) >> 10} KiB), one client",
        rate,
        "requests/s",
        floor,
        "the same bytes from waitress",
        min(LIST_TARGET, floor),
        better="higher",
    )
    yield Row(
        f"a job with If-None-Match, {_CONNECTIONS} connections",
        unchanged,
        "requests/s",
        bare_tag,
        "Flask and waitress, who look nothing up",
        TAG_TARGET,
        better="higher",
    )


def _known(jams: Running) -> dict[str, str]:
    """The headers of who has the job already."""
    parts = urlsplit(jams.url)
    known = {"Authorization": f"Bearer {jams.token}"}
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request("GET", f"{parts.path}/api{_JOB}", headers=known)
    with connection.getresponse() as answer:
        known["If-None-Match"] = answer.headers["ETag"]
    return known


def _unchanged(url: str, known: Mapping[str, str], status: int) -> float:
    """Answers without a body a second; the client's own work is as little as can be."""
    parts = urlsplit(url)
    head = [
        f"GET {parts.path}/api{_JOB} HTTP/1.1",
        f"Host: {parts.netloc}",
        *(f"{name}: {value}" for name, value in known.items()),
    ]
    asked = "\r\n".join([*head, "", ""]).encode()
    with ExitStack() as stack:
        sockets = [
            stack.enter_context(socket.create_connection((parts.hostname or "", parts.port or 0), 30))
            for _ in range(_CONNECTIONS)
        ]
        for each in sockets:
            each.sendall(asked)
        count, begin = 0, time.perf_counter()
        while (taken := time.perf_counter() - begin) < _SECONDS:
            for each in sockets:
                told = each.recv(1 << 12)
                while not told.endswith(b"\r\n\r\n"):
                    told += each.recv(1 << 12)
                assert told.startswith(b"HTTP/1.1 %d" % status), told
                each.sendall(asked)
                count += 1
    return count / taken
