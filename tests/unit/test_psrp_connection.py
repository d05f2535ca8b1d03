"""A client at the end of a pipe: order, back pressure, stopping, vanishing, misbehaving."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from jams.objects.errors import AccessDenied
from psprovider.endpoint.clixml import read
from psprovider.endpoint.connection import PipeConnection
from psprovider.endpoint.engine import Host, Streams
from psprovider.endpoint.exceptions import PipelineFailed
from psprovider.endpoint.known_errors import internal_error
from psprovider.endpoint.limits import Limits
from psprovider.endpoint.requests import PipelineRequest, SessionInfo
from psprovider.endpoint.runs import Run
from psprovider.endpoint.runtime import Runtime
from psprovider.endpoint.session import Session
from psprovider.endpoint.session_settings import Settings
from psprovider.endpoint.streams import PipelineStreams
from tests.support.psrp_line import OPEN, P1, P2, PATIENCE, Line, ScriptedEngine, limited
from tests.support.psrp_recordings import SESSION, Sender

STOPPED = 3


def quick(request: PipelineRequest, host: Host, streams: Streams) -> None:
    streams.write("done")


def until_stopped(request: PipelineRequest, host: Host, streams: Streams) -> None:
    streams.sleep(PATIENCE)


def test_a_client_that_closes_is_seen_out_whoever_writes_the_last_word() -> None:
    line = Line(ScriptedEngine(until_stopped)).begin()
    line.start(P1)
    line.open.clear()
    seen: list[tuple[bool, str]] = []

    def close() -> None:
        line.packet("Close")
        seen.append((line.connection.finished, line.answers[-1][0]))

    closing = threading.Thread(target=close)
    closing.start()
    assert line.blocked.wait(PATIENCE)
    line.open.set()
    closing.join(PATIENCE)
    assert seen == [(True, "CloseAck")]


def test_an_acknowledgement_follows_what_the_packet_caused() -> None:
    line = Line(ScriptedEngine(quick)).begin()
    assert line.kinds(SESSION) == [
        "SESSION_CAPABILITY",
        "APPLICATION_PRIVATE_DATA",
        "RUNSPACEPOOL_STATE",
        "DataAck",
    ]
    line.start(P1)
    line.wait("PIPELINE_STATE", P1)
    line.packet("Close", P1)
    assert line.kinds(P1) == ["CommandAck", "DataAck", "PIPELINE_OUTPUT", "PIPELINE_STATE", "CloseAck"]


def test_a_stop_is_acknowledged_after_the_last_state() -> None:
    line = Line(ScriptedEngine(until_stopped)).begin()
    line.start(P1)
    line.packet("Signal", P1)
    line.wait("SignalAck", P1)
    assert line.kinds(P1)[-2:] == ["PIPELINE_STATE", "SignalAck"]
    state = read(line.wait("PIPELINE_STATE", P1).encode())
    assert state.get("PipelineState") == 3
    assert state.get("ExceptionAsErrorRecord").get("FullyQualifiedErrorId") == "PipelineStopped"


def test_a_command_that_does_not_stop_is_left_to_itself(gate: threading.Event) -> None:
    def stubborn(request: PipelineRequest, host: Host, streams: Streams) -> None:
        gate.wait(PATIENCE)

    line = Line(ScriptedEngine(stubborn), limited(stop_grace=0.05)).begin()
    line.start(P1)
    line.packet("Signal", P1)
    line.wait("SignalAck", P1)
    line.start(P2)
    gate.set()
    line.packet("Close", P2)
    line.wait("CloseAck", P2)
    assert line.kinds(P1).count("PIPELINE_STATE") == 1


def test_stopping_what_is_gone_or_unknown_is_acknowledged() -> None:
    line = Line(ScriptedEngine(quick)).begin()
    line.start(P1)
    line.wait("PIPELINE_STATE", P1)
    line.packet("Signal", P1)
    line.packet("Close", P1)
    line.packet("Close", P1)
    line.packet("Signal", P2)
    assert line.kinds(P1)[-3:] == ["SignalAck", "CloseAck", "CloseAck"]
    assert line.kinds(P2) == ["SignalAck"]


def test_data_for_what_is_gone_is_acknowledged() -> None:
    line = Line(ScriptedEngine(quick)).begin()
    line.data(P2, [("PIPELINE_INPUT", "<S>late</S>")])
    assert line.kinds(P2) == ["DataAck"]


def test_closing_ends_the_pipelines_first() -> None:
    engine = ScriptedEngine(until_stopped)
    line = Line(engine).begin()
    line.start(P1)
    line.packet("Close")
    line.wait("CloseAck")
    assert [kind for _, target, kind, _ in line.answers if target == P1][-1] == "PIPELINE_STATE"
    assert line.kinds(SESSION)[-3:] == ["RUNSPACEPOOL_STATE", "RUNSPACEPOOL_STATE", "CloseAck"]
    assert line.connection.finished
    assert engine.calls == ["open", "close"]


def test_a_client_that_vanishes_stops_its_pipelines() -> None:
    engine = ScriptedEngine(until_stopped)
    line = Line(engine).begin()
    line.start(P1)
    line.connection.lost()
    assert engine.closed.wait(PATIENCE)
    assert line.connection.finished


def test_a_client_that_cannot_be_written_to_does_no_harm() -> None:
    def gone(_data: bytes) -> None:
        raise BrokenPipeError

    hung_up = threading.Event()
    connection = PipeConnection(ScriptedEngine(quick), gone, hang_up=hung_up.set)
    for data in Sender().data(SESSION, OPEN):
        connection.receive(data)
    assert connection.finished
    assert hung_up.is_set(), "the thread that reads would wait for more"


def test_a_client_that_breaks_the_rules_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    engine = ScriptedEngine(until_stopped)
    line = Line(engine).begin()
    line.start(P1)
    with caplog.at_level(logging.WARNING):
        line.connection.receive(b"<Data secret />\n")
    assert engine.closed.wait(PATIENCE)
    assert line.connection.finished
    assert "was ended" in caplog.text
    assert "secret" not in caplog.text


def test_a_slow_reader_makes_the_producer_wait_and_is_heard_all_the_same(gate: threading.Event) -> None:
    written = []

    def flood(request: PipelineRequest, host: Host, streams: Streams) -> None:
        gate.wait(PATIENCE)
        while True:
            streams.write("x" * 1000)
            written.append(1)

    line = Line(ScriptedEngine(flood)).begin()
    line.start(P1)
    line.open.clear()
    gate.set()
    assert line.blocked.wait(PATIENCE)
    line.packet("Signal", P1)
    assert len(written) <= 1
    line.open.set()
    line.wait("SignalAck", P1)


def test_a_producer_waits_at_the_limit_where_output_is_only_queued() -> None:
    session = Session(Settings(limits=Limits(backlog=5000)))
    taken: list[int] = []
    runtime = Runtime(
        session, ScriptedEngine(quick), wake=lambda: None, backlog=lambda _: session.outbox.waiting
    )
    request = PipelineRequest(P1, ())
    session._opened = True
    session.register(P1)
    streams = PipelineStreams(runtime, request, Run())

    def produce() -> None:
        for _ in range(20):
            streams.write("x" * 1000)

    thread = threading.Thread(target=produce)
    thread.start()
    while len(taken) < 20:
        with runtime.changed:
            runtime.changed.wait(0.05)
            assert session.outbox.waiting < 8000
            taken += [1 for _ in session.outbox.take()]
            runtime.changed.notify_all()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_unused_input_holds_back_acknowledgements(gate: threading.Event) -> None:
    def late(request: PipelineRequest, host: Host, streams: Streams) -> None:
        gate.wait(PATIENCE)
        streams.write(sum(len(text) for text in streams.input()))

    line = Line(ScriptedEngine(late), Settings(limits=Limits(unacknowledged=5000))).begin()
    line.start(P1, has_input=True)
    sent = 1
    for _ in range(10):
        sent += line.data(P1, [("PIPELINE_INPUT", f"<S>{'x' * 1000}</S>")])
    held = sent - line.kinds(P1).count("DataAck")
    assert held > 0
    gate.set()
    line.wait("DataAck", P1, sent)
    line.data(P1, [("END_OF_PIPELINE_INPUT", "")])
    line.wait("PIPELINE_STATE", P1)
    assert read(line.wait("PIPELINE_OUTPUT", P1).encode()) == 10_000


def test_held_acknowledgements_come_when_the_pipeline_ends_without_reading() -> None:
    line = Line(ScriptedEngine(until_stopped), Settings(limits=Limits(unacknowledged=100))).begin()
    line.start(P1, has_input=True)
    sent = 1 + line.data(P1, [("PIPELINE_INPUT", f"<S>{'x' * 1000}</S>")])
    assert line.kinds(P1).count("DataAck") == sent - 1
    line.packet("Signal", P1)
    line.wait("DataAck", P1, sent)


def test_objects_larger_than_a_fragment_arrive_both_ways() -> None:
    def echo(request: PipelineRequest, host: Host, streams: Streams) -> None:
        for value in streams.input():
            streams.write(value)

    line = Line(ScriptedEngine(echo)).begin()
    line.start(P1, has_input=True)
    text = "y" * 200_000
    messages = [("PIPELINE_INPUT", f"<S>{text}</S>")] * 3 + [("END_OF_PIPELINE_INPUT", "")]
    assert line.data(P1, messages) > 10
    line.wait("PIPELINE_STATE", P1)
    assert [a[3] for a in line.answers if a[2] == "PIPELINE_OUTPUT"] == [f"<S>{text}</S>"] * 3


def test_a_fault_of_ours_says_nothing_but_an_incident(caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: PipelineRequest, host: Host, streams: Streams) -> None:
        raise RuntimeError("the password is swordfish")

    line = Line(ScriptedEngine(broken)).begin()
    line.start(P1)
    body = line.wait("PIPELINE_STATE", P1)
    assert "InternalError" in body and "swordfish" not in body
    incident = read(body.encode()).get("ExceptionAsErrorRecord").get("TargetObject")
    assert incident in caplog.text


def test_a_pipeline_ends_even_if_its_error_cannot_be_written(caplog: pytest.LogCaptureFixture) -> None:
    endless: list[object] = []
    endless.append(endless)

    def fails(request: PipelineRequest, host: Host, streams: Streams) -> None:
        raise PipelineFailed(replace(internal_error("1"), target=endless))

    line = Line(ScriptedEngine(fails)).begin()
    line.start(P1)
    record = read(line.wait("PIPELINE_STATE", P1).encode()).get("ExceptionAsErrorRecord")
    assert record.get("FullyQualifiedErrorId") == "InternalError"
    assert record.get("TargetObject") in caplog.text
    line.packet("Close")
    line.wait("CloseAck")


def test_what_begins_while_a_session_ends_is_stopped_too(gate: threading.Event) -> None:
    def stubborn(request: PipelineRequest, host: Host, streams: Streams) -> None:
        gate.wait(PATIENCE)
        streams.sleep(PATIENCE)

    engine = ScriptedEngine(stubborn)
    line = Line(engine).begin()
    counted = '<Obj RefId="0"><MS><I32 N="MaxRunspaces">2</I32><I64 N="ci">1</I64></MS></Obj>'
    line.data(SESSION, [("SET_MAX_RUNSPACES", counted)])
    line.start(P1)
    line.connection.runtime.leave(tell=False)
    line.start(P2)
    assert read(line.wait("PIPELINE_STATE", P2).encode()).get("PipelineState") == STOPPED
    gate.set()
    assert engine.closed.wait(PATIENCE)
    assert [(each.request.id, each.state) for each in engine.outcomes] == [(P1, "Stopped")]


def test_a_jams_error_keeps_its_code_and_gets_a_category() -> None:
    def denied(request: PipelineRequest, host: Host, streams: Streams) -> None:
        raise AccessDenied("You may not.", target="\\Sales")

    line = Line(ScriptedEngine(denied)).begin()
    line.start(P1)
    record = read(line.wait("PIPELINE_STATE", P1).encode()).get("ExceptionAsErrorRecord")
    assert record.get("FullyQualifiedErrorId") == "AccessDenied"
    assert record.get("ErrorCategory_Message").startswith("PermissionDenied: (\\Sales:String)")


def test_a_session_that_an_engine_refuses_is_broken_with_the_reason() -> None:
    class Refusing(ScriptedEngine):
        def open(self, session: SessionInfo) -> ScriptedEngine:
            raise AccessDenied("This account has no rights.")

    line = Line(Refusing(quick)).begin()
    state = read(line.wait("RUNSPACEPOOL_STATE", SESSION).encode())
    assert state.get("RunspaceState") == 5
    assert "no rights" in str(state.get("ExceptionAsErrorRecord"))
    assert line.connection.finished


def test_a_reset_reaches_the_engine() -> None:
    engine = ScriptedEngine(quick)
    line = Line(engine).begin()
    line.data(SESSION, [("RESET_RUNSPACE_STATE", '<Obj RefId="0"><MS><I64 N="ci">1</I64></MS></Obj>')])
    line.wait("RUNSPACE_AVAILABILITY")
    assert engine.calls == ["open", "reset"]


def test_answers_of_a_host_that_make_no_sense_are_errors() -> None:
    def ask(request: PipelineRequest, host: Host, streams: Streams) -> None:
        host.choose("Cap", "Which?", [])

    line = Line(ScriptedEngine(ask)).begin()
    line.start(P1)
    line.wait("PIPELINE_HOST_CALL", P1)
    answer = '<Obj RefId="0"><MS><S N="mr">x</S><I64 N="ci">1</I64></MS></Obj>'
    line.data(P1, [("PIPELINE_HOST_RESPONSE", answer)], "PromptResponse")
    record = read(line.wait("PIPELINE_STATE", P1).encode()).get("ExceptionAsErrorRecord")
    assert record.get("FullyQualifiedErrorId") == "HostFunctionNotImplemented,Read-Host"


def test_pipelines_run_where_the_server_says() -> None:
    waiting: list[Callable[[], None]] = []
    line = Line(ScriptedEngine(quick), spawn=waiting.append).begin()
    line.start(P1)
    assert line.kinds(P1) == ["CommandAck", "DataAck"]
    waiting.pop()()
    assert line.kinds(P1)[2:] == ["PIPELINE_OUTPUT", "PIPELINE_STATE"]
    assert isinstance(line.connection.runtime, Runtime)


def test_the_engine_hears_how_every_pipeline_ended() -> None:
    engine = ScriptedEngine(quick)
    line = Line(engine).begin()
    line.start(P1)
    line.wait("PIPELINE_STATE", P1)
    [outcome] = engine.outcomes
    assert isinstance(outcome.request, PipelineRequest)
    assert outcome.request.command_names == ["Get-Thing"]
    assert (outcome.state, outcome.error_id, outcome.objects) == ("Completed", None, 1)


def test_a_fault_in_opening_breaks_the_session_only(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(ScriptedEngine):
        def open(self, session: SessionInfo) -> ScriptedEngine:
            raise RuntimeError("swordfish")

    line = Line(Broken(quick)).begin()
    assert "swordfish" not in line.wait("RUNSPACEPOOL_STATE", SESSION)
    assert line.connection.finished
    assert "swordfish" in caplog.text
