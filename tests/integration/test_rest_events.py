"""The stream of events at a running server: whole, in order, for who may hear it, whatever is restarted."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.support.running import PASSWORD, ROOT, Running, add_account, running, start, start_web_services

Event = tuple[str, str, dict[str, Any]]


class Listener:
    """Listens to the stream; its connection is closed with it."""

    def __init__(self, jams: Running, query: str = "", token: str = "", last: str = "") -> None:
        parts = urlsplit(jams.url)
        self._connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        headers = {"Authorization": f"Bearer {token or jams.token}", "Accept": "text/event-stream"}
        headers |= {"Last-Event-ID": last} if last else {}
        self._connection.request("GET", f"{parts.path}/api/event?{query}", headers=headers)
        self.answer = self._connection.getresponse()
        self._events = self._read()

    def __next__(self) -> Event:
        return next(self._events)

    def close(self) -> None:
        self.answer.close()
        self._connection.close()

    def named(self, count: int) -> list[str]:
        """The names of the next events."""
        return [next(self)[2]["name"] for _ in range(count)]

    def _read(self) -> Iterator[Event]:
        kind, id, data = "message", "", ""
        while line := self.answer.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                id = value
            elif name == "data":
                data = value
            elif not line.strip() and data:
                yield kind, id, json.loads(data)
                kind, data = "message", ""


Listen = Callable[..., Listener]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Makes listeners, and hangs up for them at the end."""
    with ExitStack() as stack:
        yield lambda *given, **more: stack.enter_context(closing(Listener(*given, **more)))


def call(jams: Running, verb: str, path: str, body: Any = None, token: str = "") -> Any:
    parts = urlsplit(jams.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token or jams.token}", "Content-Type": "application/json"}
    connection.request(verb, f"{parts.path}/api{path}", json.dumps(body) if body else None, headers)
    with closing(connection):
        answer = connection.getresponse()
        said = answer.read()
    assert answer.status < 300, said
    return json.loads(said)


def login(jams: Running, name: str) -> str:
    body = {"username": name, "password": PASSWORD}
    return str(call(jams, "POST", "/authentication/login", body)["access_token"])


def folder(jams: Running, name: str) -> None:
    call(jams, "POST", "/folder", {"folderName": name, "parentFolderName": "\\"})


@pytest.fixture(params=["in process", "apart"])
def jams(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "home") as made:
        if request.param == "in process":
            yield made
            return
        apart = start_web_services(tmp_path / "web", made)
        yield apart
        apart.kill_tree()


def test_each_hears_what_he_asks_for_and_may_hear(jams: Running, listen: Listen) -> None:
    add_account(jams.home, "eve", "Submitters")
    folder(jams, "Before")
    job = {"jobName": "j", "parentFolderName": "\\", "methodName": "Command", "source": "true"}
    call(jams, "POST", "/job", job)
    everything, folders = listen(jams), listen(jams, "kind=Folder&name=L*")
    eve = listen(jams, "kind=Entry", token=login(jams, "eve"))
    assert everything.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    for each in (everything, folders, eve):
        assert next(each)[::2] == ("ready", {"listAnew": False})
    for name in ("One", "Late", "Two", "Later"):
        folder(jams, name)
    assert everything.named(4) == ["\\One", "\\Late", "\\Two", "\\Later"]
    assert folders.named(2) == ["\\Late", "\\Later"]
    mine = call(jams, "POST", "/submit/job", {"name": "\\j", "hold": True})["jamsEntry"]
    told = next(everything)[2]
    assert (told["kind"], told["action"], told["objectID"]) == ("Entry", "Added", mine)
    hers = call(jams, "POST", "/submit/job", {"name": "\\j", "hold": True}, login(jams, "eve"))["jamsEntry"]
    told = next(eve)[2]
    assert told["objectID"] in (mine, hers)
    sees_all = told["objectID"] == mine
    assert not sees_all or next(eve)[2]["objectID"] == hers
    one = listen(jams, f"entry={hers}&after=0")
    assert next(one)[0] == "ready"
    assert next(one)[2]["objectID"] == hers


def test_who_comes_back_misses_nothing_though_it_was_restarted(tmp_path: Path, listen: Listen) -> None:
    first = start(tmp_path / "home")
    try:
        listener = listen(first)
        next(listener)
        folder(first, "One")
        _, last, told = next(listener)
        assert told["name"] == "\\One"
        listener.close()
        folder(first, "Two")
    finally:
        first.kill_tree()
    second = start(tmp_path / "home")
    try:
        folder(second, "Three")
        listener = listen(second, last=last)
        assert next(listener)[0] == "ready"
        assert listener.named(2) == ["\\Two", "\\Three"]
        late = listen(second, last=str(int(last) + 1_000_000))
        assert next(late)[::2] == ("ready", {"listAnew": True})
        folder(second, "Four")
        assert late.named(1) == listener.named(1) == ["\\Four"]
    finally:
        second.kill_tree()


def test_who_may_not_listen_is_answered_as_ever(tmp_path: Path, listen: Listen) -> None:
    with running(tmp_path / "home") as jams:
        refused = listen(jams, token="nothing")
        assert refused.answer.status == 401
        wrong = listen(jams, last="nowhere")
        assert wrong.answer.status == 422
        assert listen(jams, f"name={quote(chr(92) + 'x')}").answer.status == 200


def test_the_command_line_goes_on_showing_what_happens(tmp_path: Path) -> None:
    with running(tmp_path / "home") as jams:
        words = [sys.executable, "-m", "webclient", "events", "--follow", "--after", "0", "-o", "ndjson"]
        with subprocess.Popen(
            [*words, "--kind", "Folder"], cwd=ROOT, env=jams.environment, stdout=subprocess.PIPE, text=True
        ) as client:
            assert client.stdout is not None
            for name in ("One", "Two"):
                folder(jams, name)
                assert json.loads(client.stdout.readline())["name"] == f"\\{name}"
            client.kill()
