"""Following a growing text: event by event, without loss or repetition, and never too many at a time."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from jams.objects.errors import NotFound
from jams.operations.catalogue import Operation
from tests.support.web_stub import LOG, Piece, StubConnection, stub_application

LENGTH = len(LOG.encode())


@dataclass
class Event:
    name: str
    id: str
    data: dict[str, Any]


def events(stream: str | Iterator[bytes]) -> list[Event]:
    """Reads a stream as section 9.2 of the HTML standard says."""
    text = stream if isinstance(stream, str) else b"".join(stream).decode()
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line and not line.startswith(":"))
        if "data" in fields:
            found.append(Event(fields.get("event", "message"), fields["id"], json.loads(fields["data"])))
    return found


def follow(client: Client, number: int = 1, last: str | None = None, query: str = "follow") -> TestResponse:
    headers = {"Last-Event-ID": last} if last is not None else {}
    return client.get(f"/JAMS/api/thing/{number}/log?{query}", headers=headers)


@pytest.fixture
def client() -> Client:
    return Client(stub_application(StubConnection()))


def test_the_texts_of_a_stream_are_the_whole_text(client: Client) -> None:
    answer = follow(client)
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    found = events(answer.text)
    assert "".join(e.data["text"] for e in found) == LOG
    assert [e.name for e in found][-2:] == ["message", "end"]
    assert found[-1].id == str(LENGTH)
    assert found[-1].data["complete"] is True


def test_it_resumes_at_every_event(client: Client) -> None:
    whole = events(follow(client).text)
    for index, event in enumerate(whole):
        before = "".join(e.data["text"] for e in whole[: index + 1])
        after = "".join(e.data["text"] for e in events(follow(client, last=event.id).text))
        assert before + after == LOG


def test_the_first_piece_is_where_the_caller_says(client: Client) -> None:
    found = events(follow(client, query="follow&offset=5").text)
    assert "".join(e.data["text"] for e in found) == LOG.encode()[5:].decode()
    found = events(follow(client, query="follow=true&preview=true").text)
    assert "".join(e.data["text"] for e in found) == LOG


def test_it_follows_only_if_asked_to(client: Client) -> None:
    assert follow(client, query="follow=false").mimetype == "text/plain"
    assert client.head("/JAMS/api/thing/1/log?follow").data == b""
    accepted = client.get("/JAMS/api/thing/1/log", headers={"Accept": "text/event-stream"})
    assert accepted.mimetype == "text/event-stream"
    assert client.get("/JAMS/api/thing/1?follow").status_code == 422


def test_an_error_before_it_begins_is_a_problem(client: Client) -> None:
    assert follow(client, 404).status_code == 404
    assert follow(client, last="x").status_code == 422
    assert follow(client, query="follow&zzz=1").status_code == 422


def test_an_error_within_it_is_an_event(client: Client) -> None:
    found = events(follow(client, 503).text)
    assert [e.name for e in found] == ["message", "error"]
    assert found[1].data["code"] == "ServerUnavailable"
    assert found[1].id == found[0].id


class Script(StubConnection):
    """A server whose log follows a script; calls are handed in one by one."""

    def __init__(self, log: Callable[[dict[str, Any]], Any]) -> None:
        super().__init__()
        self.log = log

    def call(self, operation: Operation, arguments: Any, **_: Any) -> Any:
        return self.log(dict(arguments))


def test_it_waits_for_a_text_that_has_not_begun() -> None:
    asked: list[dict[str, Any]] = []

    def log(arguments: dict[str, Any]) -> Piece:
        asked.append(arguments)
        if len(asked) < 3:
            return Piece(text="", next_offset=0, size=0, complete=False)
        return Piece(text="hello", next_offset=5, size=5, complete=True)

    found = events(follow(Client(stub_application(Script(log))), query="follow&offset=0").text)
    assert [e.name for e in found] == ["message", "end"]
    assert [a["offset"] for a in asked] == [0, 0, 0]
    assert all(a["timeout"] > 0 for a in asked)


def test_a_text_that_never_begins_is_not_found() -> None:
    answers: Iterator[Piece] = iter([Piece(text="", next_offset=0, size=0, complete=False)])

    def log(arguments: dict[str, Any]) -> Piece:
        for answer in answers:
            return answer
        raise NotFound("Never started.")

    client = Client(stub_application(Script(log)))
    found = events(follow(client).text)
    assert [e.name for e in found] == ["error"]
    assert found[0].data["code"] == "NotFound"
    assert follow(client).status_code == 404


def test_an_idle_stream_says_that_it_is_alive() -> None:
    pieces = iter(
        [
            Piece(text="", next_offset=0, size=0, complete=False),
            Piece(text="a", next_offset=1, size=1, complete=False),
            Piece(text="", next_offset=1, size=1, complete=True),
        ]
    )
    client = Client(stub_application(Script(lambda _: next(pieces))))
    text = follow(client).text
    assert ": alive\n\n" in text
    assert [e.name for e in events(text)] == ["message", "end"]


def test_who_finds_no_thread_to_wait_in_is_told_what_there_is_and_when_to_ask_again() -> None:
    connection = StubConnection()
    client = Client(stub_application(connection, max_waiting_threads=2))
    first, second = follow(client), follow(client)
    third = follow(client)
    assert connection.last.arguments["timeout"] == 0
    found = events(third.text)
    assert [e.name for e in found] == ["message"] and "retry: " in third.text
    rest = events(follow(client, last=found[0].id).text)
    assert len(rest) == 1 and found[0].data["text"] + rest[0].data["text"] == LOG.encode()[:20].decode()
    first.close()
    assert [e.name for e in events(follow(client, last=rest[0].id).text)][-1] == "end"
    assert follow(client, 404).status_code == 404
    second.close()


def test_who_waits_for_an_end_without_a_thread_is_told_when_to_ask_again() -> None:
    connection = StubConnection()
    client = Client(stub_application(connection, max_waiting_threads=1))
    with follow(client):
        answer = client.get("/JAMS/api/thing/425/wait?timeout=30")
        assert (answer.status_code, connection.last.arguments["timeout"]) == (200, 0)
        assert int(answer.headers["Retry-After"]) >= 1
    assert client.get("/JAMS/api/thing/1/wait?timeout=30").headers.get("Retry-After") is None
    assert connection.last.arguments["timeout"] == 30
    assert client.get("/JAMS/api/thing/425/wait?timeout=0").headers.get("Retry-After") is None


def test_streams_end_when_the_services_close() -> None:
    waiting = threading.Event()

    def log(arguments: dict[str, Any]) -> Piece:
        waiting.set()
        return Piece(text="x", next_offset=1, size=1, complete=False)

    application = stub_application(Script(log))
    seen: list[Event] = []
    reader = threading.Thread(target=lambda: seen.extend(events(follow(Client(application)).text)))
    reader.start()
    assert waiting.wait(10)
    application.close()
    reader.join(10)
    assert not reader.is_alive()
    assert {e.name for e in seen} == {"message"}
