"""REST before a whole JAMS: a job is made, submitted once, followed over a broken connection and read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.running import Running, configure, running

SOURCE = r"""
import pathlib, sys, time
go = pathlib.Path("<<gate>>")
sys.stdout.buffer.write("one\r\nzwölf \U0001f600\n\n".encode()); sys.stdout.buffer.flush()
while not go.exists(): time.sleep(0.02)
sys.stdout.buffer.write(b"data: last without line end"); sys.stdout.buffer.flush()
"""
TEXT = "one\r\nzwölf \U0001f600\n\ndata: last without line end"


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("rest") / "home"
    configure(home)
    with running(home) as found:
        yield found


class Rest:
    """A client with the token of the person who started JAMS; a connection for each request."""

    def __init__(self, jams: Running) -> None:
        self._jams = jams
        self._clients: list[HTTPConnection] = []

    def close(self) -> None:
        """Close every connection."""
        for client in self._clients:
            client.close()

    def open(self, verb: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        """The answer, to be read."""
        parts = urlsplit(self._jams.url)
        client = HTTPConnection(parts.hostname or "", parts.port, timeout=40)
        self._clients.append(client)
        content = None if body is None else json.dumps(body)
        sent = {"Authorization": f"Bearer {self._jams.token}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        client.request(verb, f"{parts.path}/api{path}", content, sent)
        return client.getresponse()

    def json(self, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        """The JSON of an answer that is no error."""
        answer = self.open(verb, path, body, **headers)
        content = answer.read()
        assert answer.status < 300, content
        return json.loads(content)


@pytest.fixture
def rest(jams: Running) -> Iterator[Rest]:
    client = Rest(jams)
    yield client
    client.close()


def events(answer: HTTPResponse) -> Iterator[tuple[str, str, dict[str, Any]]]:
    fields: dict[str, str] = {}
    while line := answer.readline().decode():
        text = line.rstrip("\n")
        if text and not text.startswith(":"):
            name, _, value = text.partition(": ")
            fields[name] = value
        elif not text and "data" in fields:
            yield fields.get("event", "message"), fields["id"], json.loads(fields["data"])
            fields = {}


def test_a_job_from_its_making_to_its_log(rest: Rest, tmp_path: Path) -> None:
    gate = tmp_path / "go"
    job = {
        "JobName": "Slow",
        "parentFolderName": "\\",
        "methodName": "Python",
        "source": SOURCE.replace("<<gate>>", gate.as_posix()),
        "lastChangeUTC": "0001-01-01T00:00:00Z",
    }
    assert rest.open("POST", "/JOB", job).status == 201
    submitted = rest.json("POST", "/submit/job", r"\Slow", Idempotency_Key="key-1")
    assert rest.json("POST", "/submit/job", r"\Slow", Idempotency_Key="key-1") == submitted
    other = rest.open("POST", "/submit/job", {"name": r"\Slow", "hold": True}, Idempotency_Key="key-1")
    assert (other.status, json.loads(other.read())["code"]) == (409, "IdempotencyConflict")
    number = submitted["jamsEntry"]

    stream = rest.open("GET", f"/entry/{number}/log?follow")
    assert stream.status == 200
    seen, last = "", ""
    for _, identifier, piece in events(stream):
        seen, last = seen + piece["text"], identifier
        if seen.endswith("\n\n"):
            break
    stream.close()

    gate.touch()
    again = list(
        events(rest.open("GET", f"/entry/{number}/log", Accept="text/event-stream", Last_Event_ID=last))
    )
    assert seen + "".join(piece["text"] for _, _, piece in again) == TEXT
    assert again[-1][0] == "end"

    entry = rest.json("GET", f"/entry/{number}/wait?timeout=30")
    assert (entry["currentState"], entry["finalSeverity"]) == ("Complete", "Success")
    log = rest.open("GET", f"/entry/{number}/log")
    assert log.read() == TEXT.encode()
    assert log.headers["X-Log-Complete"] == "true"
    assert int(log.headers["X-Next-Offset"]) == len(TEXT.encode())
    listed = rest.json("GET", "/entry?state=complete&folder=%5C")
    assert number in [row["jamsEntry"] for row in listed]


def test_following_an_entry_that_never_runs(rest: Rest) -> None:
    rest.json("POST", "/job", {"jobName": "Never", "methodName": "Command", "source": "true"})
    number = rest.json("POST", "/submit/job", {"name": r"\Never", "hold": True})["jamsEntry"]
    stream = rest.open("GET", f"/entry/{number}/log?follow")
    assert stream.status == 200
    piece = rest.json("GET", f"/entry/{number}/log?timeout=0.05", Accept="application/json")
    assert (piece["text"], piece["nextOffset"], piece["complete"]) == ("", 0, False)
    assert rest.open("GET", f"/entry/{number}/log").status == 404
    rest.json("PUT", f"/entry/{number}/delete")
    found = list(events(stream))
    assert [(name, data["text"], data["complete"]) for name, _, data in found] == [("end", "", True)]


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", "/entry", 401),
        ("GET", "/nothing", 404),
        ("POST", "/submit/job", 401),
        ("GET", "/health", 200),
        ("GET", "/openapi.json", 200),
    ],
)
def test_without_a_caller(rest: Rest, verb: str, path: str, status: int) -> None:
    answer = rest.open(verb, path, {"name": "x"} if verb == "POST" else None, Authorization="")
    content = json.loads(answer.read())
    assert answer.status == status, content
    if status == 401:
        assert content["code"] == "Unauthenticated"
