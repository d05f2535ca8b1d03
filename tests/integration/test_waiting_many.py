"""Many who wait at one server: nobody else waits for them, and each is told what he waits for."""

from __future__ import annotations

import json
import os
import select
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from jams.operations import CATALOGUE
from jams.wire.soap.names import SOAP11, request_tag
from tests.support.running import Running, configure, running, start_web_services

pytestmark = [pytest.mark.integration, pytest.mark.skipif(os.name == "nt", reason="POSIX shell")]

THREADS = 4
JOB = {"jobName": "Quick", "parentFolderName": "\\", "methodName": "Command", "source": "echo done"}
_TAG = etree.QName(request_tag(CATALOGUE["wait_for_entry"]))
ENVELOPE = (
    f'<Envelope xmlns="{SOAP11}"><Body><{_TAG.localname} xmlns="{_TAG.namespace}"><Id>{{number}}</Id>'
    f"<Timeout>60</Timeout></{_TAG.localname}></Body></Envelope>"
)


class Client:
    """One connection to the web services."""

    def __init__(self, jams: Running) -> None:
        parts = urlsplit(jams.url)
        self._base = parts.path
        self._headers = {"Authorization": f"Bearer {jams.token}"}
        self.connection = HTTPConnection(parts.hostname or "", parts.port, timeout=50)

    def ask(self, verb: str, path: str, body: Any = None, **headers: str) -> None:
        """Send a request."""
        data = body if isinstance(body, str) else None if body is None else json.dumps(body)
        more = {"Content-Type": "application/json"} if data else {}
        self.connection.request(verb, self._base + path, data, {**self._headers, **more, **headers})

    def answer(self) -> tuple[int, bytes]:
        """Status and body of the answer."""
        found = self.connection.getresponse()
        return found.status, found.read()

    def call(self, verb: str, path: str, body: Any = None) -> Any:
        self.ask(verb, f"/api{path}", body)
        status, content = self.answer()
        assert status < 300, content
        return json.loads(content)

    @property
    def answered(self) -> bool:
        assert self.connection.sock is not None
        return bool(select.select([self.connection.sock], [], [], 0)[0])


Meet = Callable[[Running], Client]


@pytest.fixture(scope="module", params=["in one process", "web services apart"])
def jams(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("many") / "home"
    configure(home, Threads=str(THREADS))
    with running(home) as found:
        client = Client(found)
        client.call("POST", "/job", JOB)
        client.connection.close()
        if request.param == "in one process":
            yield found
            return
        apart = start_web_services(home.parent / "web", found)
        try:
            yield apart
        finally:
            apart.stop()


@pytest.fixture
def meet() -> Iterator[Meet]:
    """Makes clients, and closes them in the end."""
    with ExitStack() as stack:

        def made(jams: Running) -> Client:
            client = Client(jams)
            stack.callback(client.connection.close)
            return client

        yield made


def held(client: Client) -> int:
    number: int = client.call("POST", "/submit/job", {"name": r"\Quick", "hold": True})["jamsEntry"]
    return number


def wait_for(client: Client, number: int, *, soap: bool) -> None:
    """Ask for the end of an entry, without listening to the answer."""
    if soap:
        client.ask(
            "POST", "/soap", ENVELOPE.format(number=number), **{"Content-Type": "text/xml; charset=utf-8"}
        )
    else:
        client.ask("GET", f"/api/entry/{number}/wait?timeout=60")


def test_nobody_waits_for_hundreds_who_wait(jams: Running, meet: Meet) -> None:
    client = meet(jams)
    number = held(client)
    waiting = [meet(jams) for _ in range(300)]
    for index, each in enumerate(waiting):
        wait_for(each, number, soap=index % 4 == 0)
    for _ in range(3 * THREADS):
        client.ask("GET", "/api/health")
        assert client.answer()[0] == 200
        assert number in [entry["jamsEntry"] for entry in client.call("GET", "/entry")]
    assert not any(each.answered for each in waiting)
    client.call("PUT", f"/entry/{number}/release", {})
    for each in waiting:
        status, body = each.answer()
        assert status == 200 and b"Complete" in body, body


def test_streams_hold_no_thread(jams: Running, meet: Meet) -> None:
    client = meet(jams)
    number = held(client)
    followers = [meet(jams) for _ in range(8 * THREADS)]
    for each in followers:
        each.ask("GET", f"/api/entry/{number}/log?follow")
    assert client.call("GET", f"/entry/{number}")["currentState"] == "Held"
    client.call("PUT", f"/entry/{number}/release", {})
    for each in followers:
        status, body = each.answer()
        assert status == 200 and b'"text":"done\\n"' in body and b"event: end" in body, body


def test_everybody_is_answered_when_the_server_stops(tmp_path: Path, meet: Meet) -> None:
    configure(tmp_path / "home", Threads=str(THREADS))
    with running(tmp_path / "home") as jams:
        client = meet(jams)
        client.call("POST", "/job", JOB)
        number = held(client)
        client.ask("GET", "/soap?wsdl")
        assert client.answer()[0] == 200
        waiting = [meet(jams) for _ in range(100)]
        for index, each in enumerate(waiting):
            wait_for(each, number, soap=index % 4 == 0)
        meet(jams).call("GET", "/entry")
        jams.stop()
        for each in waiting:
            status, body = each.answer()
            assert status in (500, 503) and b"ServerUnavailable" in body, (status, body)


def test_so_many_wait_as_may_and_the_others_are_told_to_ask_again(tmp_path: Path, meet: Meet) -> None:
    configure(tmp_path / "home", Threads=str(THREADS), WaiterLimit="5")
    with running(tmp_path / "home") as jams:
        client = meet(jams)
        client.call("POST", "/job", JOB)
        number = held(client)
        asking = [meet(jams) for _ in range(12)]
        for each in asking:
            each.ask("GET", f"/api/entry/{number}/wait?timeout=60")
        early = 0
        while early < 7:
            sockets = [each.connection.sock for each in asking]
            ready = select.select(sockets, [], [], 50)[0]
            assert ready
            for each in [each for each in asking if each.connection.sock in ready]:
                found = each.connection.getresponse()
                assert found.status == 200 and found.getheader("Retry-After")
                assert json.loads(found.read())["currentState"] == "Held"
                asking.remove(each)
                early += 1
        assert len(asking) == 5
        client.call("PUT", f"/entry/{number}/release", {})
        for each in asking:
            status, body = each.answer()
            assert status == 200 and json.loads(body)["currentState"] == "Complete"
