"""A shell of WS-Management, driven by an independent client of the protocol (psrpcore)."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psrpcore
import pytest
from psrpcore.types import HostInfo, PSCredential, PSSecureString, PSString

from jams.objects.errors import Conflict
from psprovider.endpoint.messages import MessageType
from psprovider.endpoint.protocol_errors import ProtocolViolation
from tests.support.psrp_demo import DemoEngine, Ticks
from tests.support.psrp_shell import ShellConnection

HOLD = 20.0
ROOM = 300_000


class Peer:
    """psrpcore's client at one end of a shell."""

    def __init__(self, host: bool = True, runspaces: int = 1, engine: DemoEngine | None = None) -> None:
        self.connection = ShellConnection(engine or DemoEngine(), identity="ann")
        info = HostInfo(IsHostNull=not host, IsHostUINull=not host, IsHostRawUINull=not host)
        self.pool = psrpcore.ClientRunspacePool(host=info, max_runspaces=runspaces)

    def open(self) -> Peer:
        self.pool.open()
        creation = self.take()
        self.connection.act(lambda shell: shell.create(creation))
        self.receive(None, lambda event: "RunspacePoolState" in type(event).__name__)
        return self

    def take(self) -> bytes:
        payload = self.pool.data_to_send()
        assert payload is not None
        return bytes(payload.data)

    def start(self, build: Callable[[Any], None]) -> Any:
        pipeline = psrpcore.ClientPowerShell(self.pool)
        build(pipeline)
        pipeline.start()
        data = self.take()
        self.connection.act(lambda shell: shell.command(pipeline.pipeline_id, data))
        return pipeline

    def run(self, build: Callable[[Any], None]) -> list[Any]:
        pipeline = self.start(build)
        found = self.receive(pipeline.pipeline_id)
        self.connection.act(lambda shell: shell.terminate(pipeline.pipeline_id))
        return found

    def send(self, target: uuid.UUID | None) -> None:
        data = self.take()
        self.connection.act(lambda shell: shell.send(target, data))

    def receive(
        self, target: uuid.UUID | None, until: Callable[[Any], bool] = lambda event: False
    ) -> list[Any]:
        found: list[Any] = []
        while True:
            part = self.connection.receive(target, ROOM, HOLD)
            assert part is not None
            for fragment in part.fragments:
                self.pool.receive_data(psrpcore.PSRPPayload(fragment, psrpcore.StreamType.default, target))
            for event in iter(self.pool.next_event, None):
                found.append(event)
            if part.done or any(until(event) for event in found):
                return found


def outputs(found: list[Any]) -> list[Any]:
    return [event.data for event in found if isinstance(event, psrpcore.PipelineOutputEvent)]


def state(found: list[Any]) -> Any:
    return next(event for event in found if isinstance(event, psrpcore.PipelineStateEvent))


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer().open()
    yield made
    made.connection.delete()


def test_objects_errors_and_records_arrive(peer: Peer) -> None:
    found = peer.run(lambda p: p.add_command("Test-Streams"))
    names = {type(event).__name__ for event in found}
    assert outputs(found) == ["out 1", "out 2"]
    assert names >= {
        "VerboseRecordEvent", "DebugRecordEvent", "WarningRecordEvent", "InformationRecordEvent",
        "ProgressRecordEvent", "ErrorRecordEvent", "PipelineHostCallEvent",
    }  # fmt: skip
    assert state(found).state == psrpcore.types.PSInvocationState.Completed


def test_every_sample_is_read_by_the_peer(peer: Peer) -> None:
    for group in ("Ints", "Floats", "Decimals", "Strings", "Spans", "Arrays", "Tables", "Objects"):
        found = peer.run(lambda p, g=group: p.add_command("Get-Sample").add_argument(g))
        assert len(outputs(found)) >= 2, group
        assert state(found).state == psrpcore.types.PSInvocationState.Completed


def test_a_failure_carries_its_record(peer: Peer) -> None:
    ended = state(peer.run(lambda p: p.add_command("Get-Nothing")))
    assert ended.state == psrpcore.types.PSInvocationState.Failed
    assert ended.reason.FullyQualifiedErrorId == "CommandNotFoundException"
    assert "Get-Nothing" in str(ended.reason)


def test_statements_and_parameters_arrive(peer: Peer) -> None:
    def build(pipeline: Any) -> None:
        pipeline.add_command("Get-Thing").add_parameter("Count", 2).add_parameter("Name", "thing2")
        pipeline.add_statement()
        pipeline.add_command("Get-Echo").add_argument("five")

    first, second = outputs(peer.run(build))
    assert (first.Name, second) == ("thing2", "five")


def test_a_secret_travels_under_the_session_key(peer: Peer) -> None:
    peer.pool.exchange_key()
    peer.send(None)
    peer.receive(None, lambda event: "EncryptedSessionKey" in type(event).__name__)

    def build(pipeline: Any) -> None:
        pipeline.add_command("Show-Secret").add_parameter("Value", PSSecureString("pa\u00df"))

    assert outputs(peer.run(build)) == ["pa\u00df"]
    secret, credential = outputs(peer.run(lambda p: p.add_command("Get-Sample").add_argument("Secure")))
    assert secret.decrypt() == "abc"
    assert isinstance(credential, PSCredential)


def test_a_server_that_needs_the_key_asks_for_it(peer: Peer) -> None:
    pipeline = peer.start(lambda p: p.add_command("Get-Sample").add_argument("Secure"))
    peer.receive(None, lambda event: "PublicKeyRequest" in type(event).__name__)
    peer.send(None)
    peer.receive(None, lambda event: "EncryptedSessionKey" in type(event).__name__)
    assert len(outputs(peer.receive(pipeline.pipeline_id))) == 2


def test_a_host_call_is_answered(peer: Peer) -> None:
    pipeline = peer.start(lambda p: p.add_command("Read-Something"))
    [call] = peer.receive(pipeline.pipeline_id, lambda event: "HostCall" in type(event).__name__)
    pipeline.host_response(call.ci, return_value={"Your name": PSString("ann")})
    peer.send(pipeline.pipeline_id)
    assert outputs(peer.receive(pipeline.pipeline_id)) == ["got ann"]


def test_a_host_that_fails_says_why(peer: Peer) -> None:
    pipeline = peer.start(lambda p: p.add_command("Read-Something").add_argument("Choice"))
    [call] = peer.receive(pipeline.pipeline_id, lambda event: "HostCall" in type(event).__name__)
    failure = psrpcore.types.ErrorRecord(
        Exception=psrpcore.types.NETException("the console is gone"),
        CategoryInfo=psrpcore.types.ErrorCategoryInfo(),
    )
    pipeline.host_response(call.ci, error_record=failure)
    peer.send(pipeline.pipeline_id)
    found = peer.receive(pipeline.pipeline_id)
    [error] = [event for event in found if isinstance(event, psrpcore.ErrorRecordEvent)]
    assert "the console is gone" in str(error.record)


def test_a_client_without_a_host_is_not_asked() -> None:
    peer = Peer(host=False).open()
    found = peer.run(lambda p: p.add_command("Read-Something"))
    [error] = [event for event in found if isinstance(event, psrpcore.ErrorRecordEvent)]
    assert error.record.FullyQualifiedErrorId.startswith("HostFunctionNotImplemented,")
    peer.connection.delete()


def test_input_is_streamed(peer: Peer) -> None:
    pipeline = psrpcore.ClientPowerShell(peer.pool, no_input=False)
    pipeline.add_command("Get-Echo")
    pipeline.start()
    data = peer.take()
    peer.connection.act(lambda shell: shell.command(pipeline.pipeline_id, data))
    for text in ("one", "two"):
        pipeline.send(text)
        peer.send(pipeline.pipeline_id)
        found = peer.receive(
            pipeline.pipeline_id, lambda event: isinstance(event, psrpcore.PipelineOutputEvent)
        )
        assert outputs(found) == [text]
    pipeline.send_eof()
    peer.send(pipeline.pipeline_id)
    assert state(peer.receive(pipeline.pipeline_id)).state == psrpcore.types.PSInvocationState.Completed


def test_a_stop_ends_in_the_last_state(peer: Peer) -> None:
    pipeline = peer.start(lambda p: p.add_command("Invoke-Slow").add_parameter("Quiet", True))
    assert peer.connection.act(lambda shell: shell.signal_stop(pipeline.pipeline_id))
    assert state(peer.receive(pipeline.pipeline_id)).state == psrpcore.types.PSInvocationState.Stopped


def test_four_commands_run_at_once_in_a_pool_of_four() -> None:
    ticks = Ticks()
    peer = Peer(runspaces=4, engine=DemoEngine(ticks)).open()
    started = [
        peer.start(lambda p: p.add_command("Invoke-Slow").add_parameter("Seconds", 1)) for _ in range(4)
    ]
    while ticks.sleeping < 4:
        assert not any(peer.connection.shell._ended(pipeline.pipeline_id) for pipeline in started)
    for _ in started:
        ticks.let_one_go()
    for pipeline in started:
        assert outputs(peer.receive(pipeline.pipeline_id))[-1] == "done"
    peer.connection.delete()


def test_answers_hold_whole_fragments_within_the_room(peer: Peer) -> None:
    pipeline = peer.start(lambda p: p.add_command("Get-Echo").add_argument("x" * 200_000))
    sizes = []
    while True:
        part = peer.connection.receive(pipeline.pipeline_id, 70_000, HOLD)
        assert part is not None
        sizes.append(sum(map(len, part.fragments)))
        if part.done:
            break
    assert max(sizes) <= 70_000 and len(sizes) >= 3


def test_a_disconnected_shell_keeps_its_output(peer: Peer) -> None:
    pipeline = peer.start(lambda p: p.add_command("Get-Many").add_parameter("Count", 50))
    with pytest.raises(Conflict):
        peer.connection.act(lambda shell: shell.reconnect())
    peer.connection.act(lambda shell: shell.disconnect())
    peer.connection.act(lambda shell: shell.reconnect())
    assert len(outputs(peer.receive(pipeline.pipeline_id))) == 50


def test_another_client_takes_the_shell_over_with_its_running_command(peer: Peer) -> None:
    running = peer.start(lambda p: p.add_command("Get-Many").add_parameter("Count", 5))
    peer.connection.act(lambda shell: shell.disconnect())

    other = psrpcore.ClientRunspacePool(runspace_pool_id=peer.pool.runspace_pool_id)
    other.connect()
    request = other.data_to_send()
    assert request is not None
    answer = peer.connection.act(lambda shell: shell.connect(bytes(request.data)))
    other.receive_data(psrpcore.PSRPPayload(answer, psrpcore.StreamType.default, None))
    names = [type(event).__name__ for event in iter(other.next_event, None)]
    assert names == ["SessionCapabilityEvent", "RunspacePoolInitDataEvent"]
    rest = peer.connection.receive(None, ROOM, HOLD)
    assert rest is not None and len(rest.fragments) == 2
    assert peer.connection.shell.commands() == [running.pipeline_id]
    found = peer.connection.receive(running.pipeline_id, ROOM, HOLD)
    assert found is not None and found.fragments


def test_an_unknown_command_is_terminated_without_complaint(peer: Peer) -> None:
    peer.connection.act(lambda shell: shell.terminate(uuid.uuid4()))
    assert not peer.connection.shell.knows(uuid.uuid4())


def test_a_deleted_shell_tells_its_parked_receive(peer: Peer) -> None:
    gathered: list[Any] = []
    thread = threading.Thread(target=lambda: gathered.append(peer.connection.receive(None, ROOM, HOLD)))
    thread.start()
    peer.connection.delete()
    thread.join(HOLD)
    assert gathered[0].fragments
    kinds = [int.from_bytes(fragment[25:29], "little") for fragment in gathered[0].fragments]
    assert set(kinds) == {MessageType.RUNSPACEPOOL_STATE}


def test_a_violation_ends_the_shell_and_is_raised(peer: Peer) -> None:
    with pytest.raises(ProtocolViolation):
        peer.connection.act(lambda shell: shell.send(None, b"\0" * 40))
    assert peer.connection.session.closed
