"""Many who wait over the wire hold no thread of the JAMServer, and leave their place when they go."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from jams.client.wire import WireConnection
from jams.objects.enums import EntryState
from jams.objects.errors import EntryNotFound, InvalidArgument, ServerUnavailable
from jams.operations import CATALOGUE
from jams.security.caller import Credentials
from jams.server.dispatch import Dispatcher
from jams.server.wire import WireServer, WireSettings
from tests.support.schedule import ended
from tests.support.town import Town, town

pytestmark = pytest.mark.integration

LONG = 30.0
ANN = Credentials(username="ann", password="x")
WAIT = CATALOGUE["wait_for_entry"]


class Far:
    """A town, and the wire to it with few threads."""

    def __init__(self, place: Town) -> None:
        self.town = place
        self.dispatcher = Dispatcher(place.services, most_waiting=200)
        self.server = WireServer(self.dispatcher, WireSettings(threads=2, waiting=200))
        self.server.start()
        self.connection = WireConnection("127.0.0.1", self.server.port)
        self.asked: list[Future[Any]] = []

    def held(self) -> int:
        number: int = self.town.call("submit_job", "ann", name="\\j", hold=True).jams_entry
        return number

    def later(self, number: int, timeout: float = LONG) -> Future[Any]:
        asked = self.connection.call_later(WAIT, {"id": number, "timeout": timeout}, credentials=ANN)
        self.asked.append(asked)
        return asked

    def parked(self, count: int) -> None:
        """Wait until so many have a place."""
        tick, tries = threading.Event(), 0
        while self.dispatcher.waiting != count:
            tick.wait(0.01)
            tries += 1
            assert tries < 2000, (
                self.dispatcher.waiting,
                [each.exception() for each in self.asked if each.done()],
            )

    def end(self, number: int) -> None:
        self.town.call("release_entry", "ann", id=number)
        self.town.scheduler.run_ended(ended(self.town.executing(number)))


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Far]:
    with town(tmp_path) as place:
        place.admit("ann")
        place.desk.job("\\j")
        made = Far(place)
        yield made
        made.connection.close()
        made.dispatcher.release_waiters()
        made.server.stop(0)


def test_others_are_answered_while_more_wait_than_there_are_threads(far: Far) -> None:
    number = far.held()
    asked = [far.later(number) for _ in range(100)]
    in_threads: list[Any] = []
    callers = [
        threading.Thread(
            target=lambda: in_threads.append(
                far.connection.call(WAIT, {"id": number, "timeout": LONG}, credentials=ANN)
            )
        )
        for _ in range(5)
    ]
    for caller in callers:
        caller.start()
    far.parked(105)
    shown = far.connection.call(CATALOGUE["get_entry"], {"id": number}, credentials=ANN)
    assert shown.current_state is EntryState.HELD
    assert not any(each.done() for each in asked)
    far.end(number)
    assert {each.result(LONG).current_state for each in asked} == {EntryState.COMPLETE}
    for caller in callers:
        caller.join(LONG)
    assert [each.current_state for each in in_threads] == [EntryState.COMPLETE] * 5
    far.parked(0)


def test_who_gives_up_or_is_cut_off_waits_no_more(far: Far) -> None:
    number = far.held()
    asked = [far.later(number) for _ in range(3)]
    far.parked(3)
    assert asked[0].cancel()
    far.parked(2)
    far.connection.close()
    far.parked(0)
    assert {type(each.exception(LONG)) for each in asked[1:]} == {ServerUnavailable}


def test_errors_and_short_waits(far: Far) -> None:
    number = far.held()
    assert isinstance(far.later(99).exception(LONG), EntryNotFound)
    assert far.later(number, 0.0).result(LONG).current_state is EntryState.HELD
    assert far.later(number, 0.05).result(LONG).current_state is EntryState.HELD
    with pytest.raises(InvalidArgument):
        far.later(number, -1.0)


def test_who_waits_is_told_when_the_server_stops(far: Far) -> None:
    asked = far.later(far.held())
    far.parked(1)
    far.dispatcher.release_waiters()
    error = asked.exception(LONG)
    assert isinstance(error, ServerUnavailable) and "stopping" in error.message
    far.server.stop(LONG)
    assert isinstance(far.later(1).exception(LONG), ServerUnavailable)
