"""Starts are made away from the scheduler: what hangs or fails concerns its own entry."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from jams.database import agents, runs
from jams.objects.definitions import Agent
from jams.objects.enums import AgentType, EntryState, Severity
from jams.objects.errors import ServerUnavailable
from jams.objects.parts import PropertyValue
from jams.objects.run import RunEnded, RunRequest, RunStarted
from jams.objects.schedule import Cancel, Release, Restart
from jams.scheduler import actions, dispatching
from jams.scheduler.bell import Bell
from jams.scheduler.dispatching import MOST_QUEUED, Dispatcher
from jams.scheduler.starts import Start
from jams.security.credentials import Logon
from tests.support.schedule import USER, Desk, PuppetRunner, desk, ended, started
from tests.support.stage import LIMIT, Stage, acting


class Gated(PuppetRunner):
    """Starts of the job Stuck hang until the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.stuck = threading.Semaphore(0)
        self.answer = self.start_slowly

    def start_slowly(self, request: RunRequest) -> RunStarted | RunEnded:
        if request.job_name == "Stuck":
            self.stuck.release()
            self.gate.wait(LIMIT)
        return started(request)


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        made.job("\\j")
        yield made


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(dispatching, "LONG", 0.05)


def logon(c: Connection, name: str) -> Logon:
    return Logon(r"CORP\svc", "very secret")


def remote(d: Desk, limit: int) -> None:
    """An agent, and the job Stuck on it."""
    given = {"Address": "win.example", "Credential": "svc"}
    agent = Agent(
        agent_name="win",
        agent_type=AgentType.WIN_RM,
        job_limit=limit,
        properties=[PropertyValue(property_name=name, current_value=value) for name, value in given.items()],
    )
    d.credential("svc")
    d.write(lambda c: agents.create(c, agent, user=USER))
    d.job("\\Stuck", properties=[PropertyValue(property_name="Agent", current_value="win")])


def states(stage: Stage, numbers: list[int]) -> list[EntryState]:
    return [stage.desk.entry(number).current_state for number in numbers]


def test_a_host_that_hangs_delays_its_own_entries_alone(d: Desk) -> None:
    remote(d, 100)
    runner = Gated()
    with acting(d, runner, logon) as stage:
        stuck = [stage.submit("Stuck", priority=9) for _ in range(40)]
        for _ in range(MOST_QUEUED):
            assert runner.stuck.acquire(timeout=LIMIT), "those behind one that takes long are made beside it"
        number = stage.submit()
        stage.scheduler.run_ended(ended(stage.executing(number)))
        assert stage.over(number).final_severity is Severity.SUCCESS
        found = states(stage, stuck)
        assert found == [EntryState.STARTING] * MOST_QUEUED + [EntryState.PENDING] * (40 - MOST_QUEUED)
        runner.gate.set()
        for number in stuck:
            stage.until(number, lambda e: e.current_state is EntryState.EXECUTING)
    assert len({r.token for r in runner.requests}) == len(runner.requests) == 41


def test_what_a_turn_has_claimed_takes_room_before_it_is_handed_over(
    d: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    d.job("\\Stuck")
    gated = Gated()
    committed, gate = threading.Event(), threading.Event()
    write = d.database.write

    def lingering(work: Callable[[Connection], object]) -> object:
        result = write(work)
        if getattr(result, "starts", ()):
            committed.set()
            gate.wait(LIMIT)
        return result

    with acting(d, gated) as stage:
        held = [stage.submit("Stuck", hold=True) for _ in range(MOST_QUEUED)]
        monkeypatch.setattr(d.database, "write", lingering)
        write(lambda c: [actions.release(c, number, "bob", Release()) for number in held])
        assert committed.wait(LIMIT)
        alone = stage.submit("Stuck")
        assert states(stage, [*held, alone]) == [EntryState.STARTING] * MOST_QUEUED + [EntryState.PENDING]
        gate.set()
        gated.gate.set()
        for number in [*held, alone]:
            stage.until(number, lambda e: e.current_state is EntryState.EXECUTING)


def test_a_start_that_hangs_delays_no_other_on_its_agent(d: Desk) -> None:
    d.job("\\Stuck")
    runner = Gated()
    with acting(d, runner) as stage:
        stuck = [stage.submit("Stuck") for _ in range(5)]
        numbers = [stage.submit() for _ in range(20)]
        for number in numbers:
            stage.until(number, lambda e: e.current_state is EntryState.EXECUTING)
        assert states(stage, stuck) == [EntryState.STARTING] * 5
        runner.gate.set()
        for number in stuck:
            stage.until(number, lambda e: e.current_state is EntryState.EXECUTING)


def test_whoever_is_more_urgent_comes_before_what_is_not_claimed_yet(d: Desk) -> None:
    d.job("\\Stuck")
    runner = Gated()
    with acting(d, runner) as stage:
        stuck = [stage.submit("Stuck") for _ in range(MOST_QUEUED)]
        for _ in stuck:
            assert runner.stuck.acquire(timeout=LIMIT)
        calm = [stage.submit() for _ in range(40)]
        urgent = stage.submit(priority=9)
        assert set(states(stage, [*calm, urgent])) == {EntryState.PENDING}
        runner.gate.set()
        for number in [*stuck, *calm, urgent]:
            stage.until(number, lambda e: e.current_state is EntryState.EXECUTING)
    order = [r.jams_entry for r in runner.requests][MOST_QUEUED:]
    assert order.index(urgent) <= 1, "two are made beside each other"


def test_what_is_cancelled_before_its_turn_is_not_started(d: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "LONG", 3600)
    d.job("\\Stuck")
    runner = Gated()
    with acting(d, runner) as stage:
        for _ in range(dispatching.AT_ONCE):
            stage.submit("Stuck")
            assert runner.stuck.acquire(timeout=LIMIT)
        number = stage.submit()
        stage.until(number, lambda e: e.current_state is EntryState.STARTING)
        stage.act(actions.cancel, number, Cancel(severity=Severity.INFO))
        entry = stage.over(number)
        assert (entry.final_severity, entry.final_status) == (Severity.INFO, "Cancelled by bob.")
        assert number not in [r.jams_entry for r in runner.requests]
        again = stage.submit()
        stage.until(again, lambda e: e.current_state is EntryState.STARTING)
        stage.act(actions.restart, again, Restart())
        stage.until(again, lambda e: e.restart_count == 1)
        runner.gate.set()
        stage.until(again, lambda e: e.current_state is EntryState.EXECUTING)
    assert [r.ron for r in runner.requests if r.jams_entry == again] == [stage.desk.entry(again).ron]


def test_what_is_cancelled_while_it_starts_is_ended_when_it_has(d: Desk) -> None:
    d.job("\\Stuck")
    runner = Gated()
    abort, alive = runner.abort, set[str]()
    runner.abort = lambda token, force=False: token in alive and abort(token, force=force)  # type: ignore[method-assign]
    with acting(d, runner) as stage:
        number = stage.submit("Stuck")
        assert runner.stuck.acquire(timeout=LIMIT)
        stage.act(actions.cancel, number, Cancel())
        token = runner.requests[0].token
        while token not in stage.scheduler._aborts.unmet:
            stage.scheduler.wait_for_change(number, 0.05)
        alive.add(token)
        runner.gate.set()
        stage.until(number, lambda e: e.current_state is EntryState.EXECUTING)
        while not runner.aborted:
            stage.scheduler.wait_for_change(number, 0.05)
        stage.scheduler.run_ended(ended(token))
        stage.over(number)


def test_a_scheduler_that_stops_gives_back_what_it_has_not_begun(
    d: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatching, "LONG", 3600)
    d.job("\\Stuck")
    runner = Gated()
    with acting(d, runner) as stage:
        begun = [stage.submit("Stuck") for _ in range(dispatching.AT_ONCE)]
        for _ in begun:
            assert runner.stuck.acquire(timeout=LIMIT)
        waiting = [stage.submit() for _ in range(5)]
        for number in waiting:
            stage.until(number, lambda e: e.current_state is EntryState.STARTING)
        threading.Timer(0.2, runner.gate.set).start()
        stage.scheduler.stop()
        assert states(stage, waiting) == [EntryState.PENDING] * 5
        assert states(stage, begun) == [EntryState.EXECUTING] * len(begun)
        assert len(stage.desk.read(runs.tokens)) == len(begun)
    assert [r.jams_entry for r in runner.requests] == begun


def test_a_scheduler_does_not_wait_for_ever_for_a_start_that_hangs(
    d: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jams.scheduler.scheduler.STARTS_END", 0.05)
    d.job("\\Stuck")
    runner = Gated()
    with acting(d, runner) as stage:
        number = stage.submit("Stuck")
        assert runner.stuck.acquire(timeout=LIMIT)
        stage.scheduler.stop()
        assert stage.desk.entry(number).current_state is EntryState.STARTING, "whoever starts next finds it"
    runner.gate.set()


@pytest.mark.parametrize(
    ("what", "state"),
    [("began", EntryState.EXECUTING), ("ended", EntryState.COMPLETE), ("never", EntryState.COMPLETE)],
)
def test_a_start_in_doubt_is_asked_about_until_it_is_known(
    d: Desk, caplog: pytest.LogCaptureFixture, what: str, state: EntryState
) -> None:
    runner = PuppetRunner()
    asked: list[str] = []

    def fail(request: RunRequest) -> RunStarted:
        known = {"began": started(request), "ended": ended(request.token, exit_code=3), "never": None}
        runner.known[request.token] = known[what]
        raise RuntimeError("broken pipe")

    def look(tokens: list[str], *, ending: object = ()) -> object:
        asked.extend(tokens)
        if len(asked) < 4:
            raise ConnectionError("still away")
        return {token: runner.known[token] for token in tokens}

    runner.answer = fail
    with acting(d, runner) as stage, caplog.at_level(logging.CRITICAL):
        runner.recover = look  # type: ignore[assignment]
        number = stage.submit()
        entry = stage.until(number, lambda e: e.current_state is state)
    assert len(runner.requests) == 1 and len(asked) == 4
    if what == "ended":
        assert (entry.final_status, entry.final_status_code) == ("Exit code 3", 3)
    if what == "never":
        assert entry.final_severity is Severity.FATAL
        assert entry.final_status == "The start failed: RuntimeError('broken pipe')."


def test_pauses_between_looks_grow_and_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "FIRST_PAUSE", 1.0)
    monkeypatch.setattr(dispatching.time, "monotonic", lambda: 0.0)
    dispatcher = Dispatcher(lambda start: None, lambda start: None, lambda start, answer: None)  # type: ignore[arg-type,return-value]
    lane = dispatching._Lane(threading.Condition(dispatcher._lock))
    start = Start("t", None, 1)  # type: ignore[arg-type]
    pauses = []
    for _ in range(9):
        dispatcher._doubt(lane, start)
        pauses.append(lane.doubtful.pop()[0])
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize("before", [False, True])
def test_a_claim_whose_transaction_seemed_to_fail_is_made_once(
    d: Desk, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """The database fails before or after the commit of the turn that claims."""
    monkeypatch.setattr("jams.scheduler.scheduler.PAUSE_AFTER_FAILURE", 0.01)
    good = d.database.write
    failed = threading.Event()

    def write(work: Callable[[Connection], object]) -> object:
        if threading.current_thread().name != "jams-scheduler" or failed.is_set():
            return good(work)
        result = None if before else good(work)
        if not before and not d.read(runs.tokens):
            return result
        failed.set()
        raise ServerUnavailable("The connection is gone.")

    number = d.submit()
    monkeypatch.setattr(d.database, "write", write)
    with acting(d) as stage:
        stage.executing(number)
        assert failed.is_set()
        assert len(stage.runner.requests) == len(stage.desk.read(runs.tokens)) == 1


def test_a_bell_wakes_at_once_or_soon() -> None:
    bell = Bell()
    bell.ring(3600)
    bell.wait(0.01)
    bell.ring()
    bell.wait(3600)
    bell.wait(3600)
    bell.clear()
    threading.Timer(0.05, bell.ring, [0.05]).start()
    bell.wait(3600)
    bell.clear()
    bell.wait(0.01)
