"""How long things may take: pipelines, stops, silence; and what is told of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from psprovider.endpoint import connection
from psprovider.endpoint.alarms import Alarms
from psprovider.endpoint.clixml import read
from psprovider.endpoint.clixml.types import PSObject
from psprovider.endpoint.engine import Host, Streams
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.endpoint.requests import PipelineRequest
from tests.support.psrp_line import P1, P2, PATIENCE, Line, ScriptedEngine, limited

FAILED = 5
MOMENT = 0.3
"""Long enough for a busy machine to begin something in it, short enough to wait for."""


def quick(request: PipelineRequest, host: Host, streams: Streams) -> None:
    streams.write("done")


def until_stopped(request: PipelineRequest, host: Host, streams: Streams) -> None:
    streams.sleep(PATIENCE)


def polls(gate: threading.Event, monitor: bool) -> Callable[[PipelineRequest, Host, Streams], None]:
    def run(request: PipelineRequest, host: Host, streams: Streams) -> None:
        if monitor:
            streams.monitor()
        while not gate.is_set():
            streams.sleep(0.01)

    return run


def state(line: Line, pipeline: Any = P1) -> PSObject:
    found = read(line.wait("PIPELINE_STATE", pipeline).encode())
    assert isinstance(found, PSObject)
    return found


def error_id(found: PSObject) -> str:
    return str(found.get("ExceptionAsErrorRecord").get("FullyQualifiedErrorId"))


def test_a_pipeline_that_takes_too_long_is_stopped_and_the_session_goes_on() -> None:
    engine = ScriptedEngine(until_stopped)
    line = Line(engine, limited(run_time=MOMENT)).begin()
    line.start(P1)
    found = state(line)
    assert (found.get("PipelineState"), error_id(found)) == (FAILED, "PipelineOverdue")
    record = found.get("ExceptionAsErrorRecord")
    assert record.get("ErrorCategory_Category") == ErrorCategory.OperationTimeout
    assert "0.3 seconds" in record.get("Exception").get("Message")
    engine._run = quick
    line.start(P2)
    assert state(line, P2).get("PipelineState") == 4
    assert [(each.state, each.error_id) for each in engine.outcomes] == [
        ("Failed", "PipelineOverdue"),
        ("Completed", None),
    ]


def test_one_that_does_not_stop_either_is_left_to_itself_and_told_once(gate: threading.Event) -> None:
    left = threading.Event()

    def stubborn(request: PipelineRequest, host: Host, streams: Streams) -> None:
        gate.wait(PATIENCE)
        left.set()

    engine = ScriptedEngine(stubborn)
    line = Line(engine, limited(run_time=MOMENT, stop_grace=MOMENT)).begin()
    line.start(P1)
    assert error_id(state(line)) == "PipelineOverdue"
    assert [each.error_id for each in engine.outcomes] == ["PipelineOverdue"]
    line.start(P2)
    gate.set()
    assert left.wait(PATIENCE)
    line.wait("PIPELINE_STATE", P2)
    assert line.kinds(P1).count("PIPELINE_STATE") == 1
    assert [each.request.id for each in engine.outcomes] == [P1, P2]


def test_a_stop_of_the_client_stays_a_stop(gate: threading.Event) -> None:
    def stubborn(request: PipelineRequest, host: Host, streams: Streams) -> None:
        gate.wait(PATIENCE)

    engine = ScriptedEngine(stubborn)
    line = Line(engine, limited(stop_grace=MOMENT)).begin()
    line.start(P1)
    line.packet("Signal", P1)
    assert error_id(state(line)) == "PipelineStopped"
    assert [(each.state, each.error_id) for each in engine.outcomes] == [("Stopped", "PipelineStopped")]


def test_monitors_may_run_on(gate: threading.Event) -> None:
    monitor = Line(ScriptedEngine(polls(gate, True)), limited(run_time=MOMENT)).begin()
    monitor.start(P1)
    other = Line(ScriptedEngine(polls(gate, False)), limited(run_time=MOMENT)).begin()
    other.start(P1)
    assert error_id(state(other)) == "PipelineOverdue"
    gate.set()
    assert state(monitor).get("PipelineState") == 4


def test_monitors_have_a_limit_of_their_own(gate: threading.Event) -> None:
    line = Line(ScriptedEngine(polls(gate, True)), limited(run_time=None, monitor_time=MOMENT)).begin()
    line.start(P1)
    assert error_id(state(line)) == "PipelineOverdue"


def test_a_pipeline_that_waits_for_input_or_its_reader_is_stopped_too() -> None:
    def reads(request: PipelineRequest, host: Host, streams: Streams) -> None:
        for item in streams.input():
            streams.write(item)

    line = Line(ScriptedEngine(reads), limited(run_time=MOMENT)).begin()
    line.start(P1, has_input=True)
    assert error_id(state(line)) == "PipelineOverdue"


def test_one_that_never_ran_is_told_too() -> None:
    engine = ScriptedEngine(until_stopped)
    line = Line(engine).begin()
    line.start(P1)
    line.start(P2)
    line.packet("Signal", P2)
    line.wait("SignalAck", P2)
    assert [(each.request.id, each.state, each.objects) for each in engine.outcomes] == [(P2, "Stopped", 0)]
    line.connection.lost()


def test_without_a_thread_a_pipeline_fails_and_the_next_has_its_chance() -> None:
    threads: list[bool] = [False, False, True]

    def spawn(work: Callable[[], None]) -> None:
        if not threads.pop(0):
            raise RuntimeError("can't start new thread")
        work()

    engine = ScriptedEngine(quick)
    line = Line(engine, spawn=spawn).begin()
    line.start(P1)
    assert error_id(state(line)) == "ServerBusy"
    line.packet("Close", P1)
    line.start(P2)
    assert error_id(state(line, P2)) == "ServerBusy"
    line.packet("Close", P2)
    line.wait("CloseAck", P2)
    line.start(P1)
    assert read(line.wait("PIPELINE_STATE", P1, 2).encode()).get("PipelineState") == 4
    assert len(engine.outcomes) == 3


def test_a_client_without_a_word_is_told_that_the_session_ends_and_is_hung_up_on() -> None:
    hung_up = threading.Event()
    engine = ScriptedEngine(quick)
    line = Line(engine, limited(idle=MOMENT), hang_up=hung_up.set).begin()
    assert hung_up.wait(PATIENCE)
    assert 'RunspaceState">3<' in line.wait("RUNSPACEPOOL_STATE", count=3)
    assert engine.closed.is_set() and line.connection.finished


def test_a_client_that_says_nothing_at_all_is_hung_up_on() -> None:
    hung_up = threading.Event()
    line = Line(ScriptedEngine(quick), limited(idle=MOMENT), hang_up=hung_up.set)
    assert hung_up.wait(PATIENCE)
    assert line.connection.finished


def test_a_client_that_does_not_read_is_hung_up_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_FAREWELL", MOMENT)
    hung_up = threading.Event()

    def hang_up() -> None:
        hung_up.set()
        line.open.set()

    settings = limited(run_time=MOMENT, stop_grace=MOMENT, idle=2 * MOMENT)
    line = Line(ScriptedEngine(quick), settings, hang_up=hang_up).begin()
    line.open.clear()
    line.start(P1)
    assert hung_up.wait(PATIENCE / 2)
    line.connection.lost()


def test_who_has_a_pipeline_running_is_not_idle(gate: threading.Event) -> None:
    hung_up, other_hung_up = threading.Event(), threading.Event()
    busy = Line(ScriptedEngine(polls(gate, False)), limited(idle=MOMENT), hang_up=hung_up.set).begin()
    busy.start(P1)
    other = Line(ScriptedEngine(quick), limited(idle=4 * MOMENT), hang_up=other_hung_up.set).begin()
    assert other_hung_up.wait(PATIENCE) and other.connection.finished
    assert not busy.connection.finished
    gate.set()
    assert state(busy).get("PipelineState") == 4
    assert hung_up.wait(PATIENCE)


def test_a_lost_client_is_not_waited_for() -> None:
    hung_up = threading.Event()
    line = Line(ScriptedEngine(quick), limited(idle=MOMENT), hang_up=hung_up.set).begin()
    line.connection.lost()
    other_hung_up = threading.Event()
    Line(ScriptedEngine(quick), limited(idle=4 * MOMENT), hang_up=other_hung_up.set).begin()
    assert other_hung_up.wait(PATIENCE)
    assert not hung_up.is_set()


def test_alarms_go_off_in_order_unless_they_were_called_off() -> None:
    alarms, heard, last = Alarms(), [], threading.Event()
    before = set(threading.enumerate())
    silent = [alarms.after(60 + number, lambda: heard.append("never")) for number in range(500)]
    alarms.after(4 * MOMENT, last.set)
    alarms.after(MOMENT, lambda: heard.append("first"))
    assert len(set(threading.enumerate()) - before) <= 2
    alarms.after(2 * MOMENT, lambda: heard.append("called off")).cancel()
    for alarm in silent:
        alarm.cancel()
    assert last.wait(PATIENCE)
    assert heard == ["first"]
    assert not alarms._pending
