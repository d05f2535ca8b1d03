"""Calls that wait in a web server which can put them aside: a few stay for a moment, a crowd does not."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import pytest

from jams.operations.catalogue import CATALOGUE, Operation
from jams.security.caller import NOBODY
from tests.support.web_stub import StubConnection
from webservices.waiting import PLACE, STAYING, Aside, Place, Waits

LONG = 30.0
OPERATION = next(operation for operation in CATALOGUE if operation.wait is not None)


class Later(StubConnection):
    """A server whose answers come when the test gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Future[Any]] = []
        self.came = threading.Semaphore(0)

    def call_later(self, operation: Operation, arguments: Mapping[str, Any], **more: Any) -> Future[Any]:
        self.asked.append(Future())
        self.came.release()
        return self.asked[-1]


def ask(waits: Waits, place: Place) -> Any:
    return waits.call({PLACE: place}, OPERATION, {}, credentials=NOBODY, door="REST")


def test_what_comes_in_a_moment_is_answered_in_its_thread() -> None:
    far, got = Later(), []
    waits = Waits(far, 1, moment=LONG)
    thread = threading.Thread(target=lambda: got.append(ask(waits, Place())))
    thread.start()
    assert far.came.acquire(timeout=LONG)
    far.asked[0].set_result("it has ended")
    thread.join(LONG)
    assert got == ["it has ended"]


def test_what_takes_longer_is_put_aside_and_asked_for_once() -> None:
    far, place = Later(), Place()
    waits = Waits(far, 1, moment=0.0)
    with pytest.raises(Aside):
        ask(waits, place)
    far.asked[0].set_result("it has ended")
    assert ask(waits, place) == "it has ended"
    assert len(far.asked) == 1


def test_a_crowd_is_put_aside_at_once_and_those_who_stay_make_room_again() -> None:
    far, got = Later(), []
    waits = Waits(far, 1, moment=LONG)
    threads = [threading.Thread(target=lambda: got.append(ask(waits, Place()))) for _ in range(STAYING)]
    for thread in threads:
        thread.start()
        assert far.came.acquire(timeout=LONG)
    while waits.staying < STAYING:
        threads[-1].join(0.01)
    for _ in range(3):
        with pytest.raises(Aside):
            ask(waits, Place())
    for future in far.asked:
        future.set_result("it has ended")
    for thread in threads:
        thread.join(LONG)
    assert got == ["it has ended"] * STAYING
    assert waits.staying == 0
