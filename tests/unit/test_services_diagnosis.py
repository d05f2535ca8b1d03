"""What the ports of the scheduler and the executor tell, and to whom."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator

import pytest

from jams.services import diagnosis
from jams.services.diagnosis import Diagnosis
from jams.services.values import port_or_none


@pytest.fixture
def door() -> Iterator[Diagnosis]:
    made = diagnosis.opened("JAMSScheduler", lambda: {"turns": 7}, 0)
    assert made is not None
    yield made
    made.stop()


def ask(
    door: Diagnosis, method: str = "GET", path: str = "/", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", door.port, timeout=20)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_it_tells_what_the_service_does_and_where_its_threads_are(door: Diagnosis) -> None:
    status, headers, body = ask(door)
    told = json.loads(body)
    assert status == 200 and headers["Content-Type"] == "application/json"
    assert told["service"] == "JAMSScheduler" and told["turns"] == 7
    named = {thread["name"]: thread["at"] for thread in told["threads"]}
    assert any("socketserver" in place for place in named["diagnosis"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(door: Diagnosis, method: str) -> None:
    assert ask(door, method)[0] == 501


def test_there_is_one_document(door: Diagnosis) -> None:
    assert ask(door, path="/threads")[0] == ask(door, path="/../etc/passwd")[0] == 404


@pytest.mark.parametrize(
    "headers", [{"Host": "jams.example:2773"}, {"Host": ""}, {"Origin": "http://localhost"}]
)
def test_a_page_of_a_browser_is_told_nothing(door: Diagnosis, headers: dict[str, str]) -> None:
    status, _, body = ask(door, **headers)
    assert status == 403 and b"threads" not in body


def test_it_answers_this_machine_alone(door: Diagnosis) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in others - {"127.0.0.1"}:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, door.port), timeout=5).close()


def test_a_port_that_another_program_has_keeps_nobody_from_working() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert diagnosis.opened("JAMSExecutor", dict, other.getsockname()[1]) is None


def test_there_is_none_where_none_is_wanted() -> None:
    assert port_or_none("none") is None and port_or_none("2773") == 2773
    assert diagnosis.opened("JAMSExecutor", dict, None) is None
