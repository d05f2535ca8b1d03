"""Calls that wait without a thread come back when they have something to say, and leave nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from jams.objects.enums import EntryState
from jams.objects.errors import AccessDenied, EntryNotFound, InvalidArgument, LogNotFound, ServerUnavailable
from jams.objects.run import RunRequest, RunStarted
from jams.operations import CATALOGUE
from jams.security.caller import Caller, Credentials
from jams.server.dispatch import Dispatcher
from tests.support import databases
from tests.support.schedule import ended, started
from tests.support.town import Town, town

LONG = 30.0
MOST = 3


class Waiting:
    """A town with few places to wait in."""

    def __init__(self, place: Town) -> None:
        self.town = place
        self.dispatcher = Dispatcher(place.services, most_waiting=MOST)

    def later(self, operation: str, caller: str = "ann", **inputs: Any) -> Future[Any]:
        return self.dispatcher.call_later(
            CATALOGUE[operation], inputs, credentials=Credentials(username=caller, password="x")
        )

    def held(self) -> int:
        number: int = self.town.call("submit_job", "ann", name="\\j", hold=True).jams_entry
        return number

    def run(self, number: int) -> str:
        """Let it run; the token of its run."""
        self.town.call("release_entry", "ann", id=number)
        return self.town.executing(number)

    def end(self, number: int) -> None:
        token = self.run(number)
        self.town.scheduler.run_ended(ended(token))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Waiting]:
    with databases.database(request.param, tmp_path) as where, town(tmp_path, where) as made:
        made.admit("ann")
        made.desk.job("\\j")
        waiting = Waiting(made)
        yield waiting
        waiting.dispatcher.release_waiters()


def test_who_waits_for_an_end_is_told_of_it_and_not_of_less(place: Waiting) -> None:
    number = place.held()
    asked = [place.later("wait_for_entry", id=number, timeout=LONG) for _ in range(MOST)]
    token = place.run(number)
    assert place.dispatcher.waiting == MOST
    place.town.scheduler.run_ended(ended(token))
    assert {each.result(LONG).current_state for each in asked} == {EntryState.COMPLETE}
    assert place.dispatcher.waiting == 0 and place.town.scheduler.waiters._waiting == {}


def test_what_has_ended_is_not_waited_for(place: Waiting) -> None:
    number = place.held()
    place.end(number)
    place.town.over(number)
    assert place.later("wait_for_entry", id=number).done()


def test_when_the_time_is_over_it_is_told_how_things_are(place: Waiting) -> None:
    number = place.held()
    assert (
        place.later("wait_for_entry", id=number, timeout=0.05).result(LONG).current_state is EntryState.HELD
    )
    assert place.later("wait_for_entry", id=number, timeout=0.0).done()


def test_who_comes_when_all_places_are_taken_is_answered_at_once(place: Waiting) -> None:
    number = place.held()
    asked = [place.later("wait_for_entry", id=number, timeout=LONG) for _ in range(MOST)]
    further = place.later("wait_for_entry", id=number, timeout=LONG)
    assert further.result(0).current_state is EntryState.HELD
    assert asked[0].cancel()
    assert place.dispatcher.waiting == MOST - 1
    again = place.later("wait_for_entry", id=number, timeout=LONG)
    assert not again.done() and place.dispatcher.waiting == MOST
    place.end(number)
    assert {each.result(LONG).current_state for each in [*asked[1:], again]} == {EntryState.COMPLETE}


def test_who_gives_up_leaves_nothing_behind(place: Waiting) -> None:
    number = place.held()
    asked = [place.later("wait_for_entry", id=number), place.later("get_entry_log", id=number, timeout=LONG)]
    assert all(each.cancel() for each in asked)
    assert place.dispatcher.waiting == 0 and place.town.scheduler.waiters._waiting == {}


@pytest.mark.parametrize("operation", ["wait_for_entry", "get_entry_log", "find_events"])
def test_who_loses_his_rights_while_he_waits_is_told_nothing_more(place: Waiting, operation: str) -> None:
    number, town = place.held(), place.town
    token = place.run(number)
    inputs: dict[str, Any] = {"id": number}
    if operation == "get_entry_log":
        inputs["cursor"] = town.call(operation, "ann", id=number).cursor
    elif operation == "find_events":
        inputs = {"after": town.call(operation, "ann", limit=0).next}
    town.admit("eve")
    asked = place.later(operation, "eve", **inputs, timeout=LONG)
    assert not asked.done()
    town.admit("eve", ())
    town.scheduler.run_ended(ended(token))
    assert isinstance(asked.exception(LONG), AccessDenied)
    assert place.dispatcher.waiting == 0


def test_who_waits_in_his_thread_and_loses_his_rights_is_told_nothing_more(
    place: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, town, admitted = place.held(), place.town, threading.Event()
    town.admit("eve")
    known = town.accounts.authenticate

    def authenticate(credentials: Credentials, door: str) -> Caller:
        found = known(credentials, door)
        if found.account == "eve":
            admitted.set()
        return found

    monkeypatch.setattr(town.accounts, "authenticate", authenticate)
    with ThreadPoolExecutor(1) as one:
        asked = one.submit(town.call, "wait_for_entry", "eve", id=number, timeout=LONG)
        assert admitted.wait(LONG)
        town.admit("eve", ())
        place.end(number)
        assert isinstance(asked.exception(LONG), AccessDenied)


def test_who_may_not_ask_does_not_wait(place: Waiting) -> None:
    number = place.held()
    place.town.admit("eve", ())
    with pytest.raises(AccessDenied):
        place.later("wait_for_entry", "eve", id=number)
    for operation, inputs, error in [
        ("wait_for_entry", {"id": 99}, EntryNotFound),
        ("get_entry_log", {"id": number}, LogNotFound),
        ("get_entry_log", {"id": number, "cursor": "x", "timeout": LONG}, InvalidArgument),
    ]:
        assert isinstance(place.later(operation, **inputs).exception(0), error)
    assert place.dispatcher.waiting == 0


def test_an_entry_that_is_removed_meanwhile_is_not_found(place: Waiting) -> None:
    number = place.held()
    asked = place.later("wait_for_entry", id=number, timeout=LONG)
    place.town.call("cancel_entry", "ann", id=number)
    place.town.over(number)
    assert asked.result(LONG).current_state is EntryState.COMPLETE


@pytest.mark.parametrize("closing", ["dispatcher", "waiters"])
def test_who_waits_is_told_when_the_server_stops(place: Waiting, closing: str) -> None:
    number = place.held()
    asked = [place.later("wait_for_entry", id=number), place.later("get_entry_log", id=number, timeout=LONG)]
    if closing == "dispatcher":
        place.dispatcher.release_waiters()
    else:
        place.town.scheduler.release_waiters()
    assert {type(each.exception(LONG)) for each in asked} == {ServerUnavailable}
    assert isinstance(place.later("wait_for_entry", id=number).exception(0), ServerUnavailable)


def test_a_caller_who_closes_his_connection_ends_nobodys_waiting(place: Waiting) -> None:
    number = place.held()
    asked = place.later("wait_for_entry", id=number, timeout=LONG)
    place.dispatcher.close()
    place.end(number)
    assert asked.result(LONG).current_state is EntryState.COMPLETE


class Followed:
    """An entry that executes, the log of its run, and somebody who follows it."""

    def __init__(self, place: Waiting) -> None:
        self.place = place
        self.place.town.runner.answer = self._start
        self.number = place.held()
        self.cursor: str | None = None
        self.written = threading.Event()

    def _start(self, request: RunRequest) -> RunStarted:
        self.log = self.place.town.logs / f"{request.ron}.log"
        self.log.write_text("")
        return started(request, str(self.log))

    def next(self, timeout: float = LONG) -> Future[Any]:
        more = {} if self.cursor is None else {"cursor": self.cursor}
        return self.place.later("get_entry_log", id=self.number, timeout=timeout, **more)

    def text(self, asked: Future[Any]) -> str:
        part = asked.result(LONG)
        self.cursor = part.cursor
        text: str = part.text
        return text


def test_a_log_is_followed_from_before_its_start_to_its_end(place: Waiting) -> None:
    job = Followed(place)
    asked = job.next()
    token = place.run(job.number)
    assert not asked.done()
    job.log.write_text("one\n")
    assert job.text(asked) == "one\n"
    asked = job.next()
    assert not asked.done() and place.dispatcher.waiting == 1
    with job.log.open("a") as file:
        file.write("two\n")
    assert job.text(asked) == "two\n"
    asked = job.next()
    place.town.scheduler.run_ended(ended(token))
    part = asked.result(LONG)
    assert (part.text, part.complete) == ("", True)


def test_the_rest_of_a_run_comes_before_the_run_that_follows_it(place: Waiting) -> None:
    job = Followed(place)
    token = place.run(job.number)
    asked, first = job.next(), job.log
    first.write_text("the rest\n")
    assert job.text(asked) == "the rest\n"
    asked = job.next()
    place.town.call("restart_entry", "ann", id=job.number)
    with first.open("a") as file:
        file.write("and more\n")
    place.town.scheduler.run_ended(ended(token))
    assert job.text(asked) == "and more\n"


def test_a_log_that_is_written_anew_with_the_same_length_is_noticed(place: Waiting) -> None:
    job = Followed(place)
    place.run(job.number)
    job.log.write_text("old\n")
    assert job.text(job.next()) == "old\n"
    asked = job.next()
    job.log.write_text("new\n")
    part = asked.result(LONG)
    assert (part.text, part.begun_anew) == ("new\n", True)


def test_the_time_of_who_follows_a_silent_log_is_over_too(place: Waiting) -> None:
    job = Followed(place)
    place.run(job.number)
    part = job.next(0.3).result(LONG)
    assert (part.text, part.complete) == ("", False)
