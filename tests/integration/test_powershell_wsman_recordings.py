"""Requests that a real PowerShell sent over WS-Management, sent again: each gets an answer of the same kind.

``tests/data/wsman`` holds what PowerShell 7.6 with PSWSMan sent, with the status of the answer it got. The
commands in them belong to another server; here they fail as commands, which is no matter.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psrpcore
import pytest

from tests.support.psrp_doors import WSManDoor, wsman_door
from tests.support.wsman import Answer, Hand

RECORDINGS = sorted((Path(__file__).parents[1] / "data" / "wsman").glob("*.jsonl"))
ENDED = {2150858843, 2150859230, 2150859204, 2150858793}
"""What a Receive may be told: gone, being disconnected, disconnected, nothing new."""


def requests(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class Replay:
    """Sends what was sent, on as many connections; Receives wait on theirs while the others go on."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._hands: dict[int, Hand] = {}
        self._threads = ThreadPoolExecutor(20)
        self.receives: list[Future[Answer]] = []
        self._last: dict[int, Future[Answer]] = {}

    def send(self, request: dict[str, Any]) -> Answer | None:
        number, body = request["connection"], request["body"].encode()
        hand = self._hands.setdefault(number, Hand(self._port))
        before = self._last.pop(number, None)
        if before is not None:
            before.result(30)
        if "/shell/Receive<" not in request["body"]:
            return hand.post(body)
        waiting = self._threads.submit(hand.post, body)
        self._last[number] = waiting
        self.receives.append(waiting)
        return None

    def close(self) -> None:
        for hand in self._hands.values():
            hand._connection.close()
        self._threads.shutdown()


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_a_recorded_client_gets_what_it_got(path: Path) -> None:
    with wsman_door(hold=2.0) as door:
        replay = Replay(door.port)
        try:
            for request in requests(path):
                answer = replay.send(request)
                if answer is None:
                    until_settled(replay, door)
                    continue
                assert answer.status == request["status"], (request["body"][:3000], answer.body)
                number = re.search("MessageID>([^<]*)<", request["body"])
                assert number is not None
                assert answer.text("a:RelatesTo") == number[1]
            answers = [waiting.result(30) for waiting in replay.receives]
        finally:
            replay.close()
    assert any(b"</rsp:Stream>" in answer.body for answer in answers)
    for answer in answers:
        assert answer.status == 200 or answer.code in ENDED, answer.body
        if answer.status == 200:
            whole(answer)
    assert door.people.inside == []


def until_settled(replay: Replay, door: WSManDoor) -> None:
    """Wait until every Receive is answered or parked."""
    moment = threading.Event()
    for _ in range(1000):
        parked = sum(len(shell._parked) for shell in door.listener._service.shells.of("ann"))
        if parked == sum(not waiting.done() for waiting in replay.receives):
            return
        moment.wait(0.01)
    raise AssertionError("a Receive was lost")


def whole(answer: Answer) -> None:
    """Every Stream holds whole fragments."""
    for item in answer.root.iter("{*}Stream"):
        data = bytearray(base64.b64decode(item.text or ""))
        while data:
            fragment = psrpcore._payload.unpack_fragment(data)
            data = data[21 + len(fragment.data) :]


def test_there_are_recordings() -> None:
    assert len(RECORDINGS) == 8
