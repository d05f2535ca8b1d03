"""Sessions over the unix socket, with and without the bridge, with a client that forgives nothing."""

from __future__ import annotations

import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from jams.objects.errors import ConfigurationInvalid
from psprovider.transports import streams
from psprovider.transports.people import Quota
from psprovider.transports.unix_socket import UnixSocketListener
from tests.support.psrp_bridge import bridge, bridge_over_socket, copying_bridge
from tests.support.psrp_client import Gone, Refused, SocketClient, StrictClient
from tests.support.psrp_doors import Sleeper, SocketDoor, Village, socket_door, wait_until_empty


@pytest.fixture
def door() -> Iterator[SocketDoor]:
    with socket_door() as found:
        yield found


@pytest.fixture(
    params=[SocketClient, bridge, bridge_over_socket, copying_bridge], ids=lambda way: way.__name__
)
def client(door: SocketDoor, request: pytest.FixtureRequest) -> Iterator[StrictClient]:
    with request.param(door.path) as made:
        yield made


def test_a_session_opens_runs_and_ends(client: StrictClient, door: SocketDoor) -> None:
    client.open()
    assert door.engine.sessions[0].info.identity.account == "ann"  # type: ignore[attr-defined]
    result = client.run(("Get-Thing", {"Count": 2}))
    assert [item.Name for item in result.output] == ["thing1", "thing2"]
    assert result.state == "Completed"
    client.close()
    with pytest.raises(Gone):
        client.line()


def test_who_has_closed_his_session_ends_the_connection_himself(client: StrictClient) -> None:
    client.open()
    client.close(leave=False)
    ended = threading.Event()

    def watch() -> None:
        with suppress(Gone):
            client.line()
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    assert not ended.wait(0.5)
    client._leave()
    assert ended.wait(20)


def test_who_has_closed_his_session_and_stays_is_hung_up_on(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PARTING", 0.2)
    client.open()
    client.close(leave=False)
    with pytest.raises(Gone):
        client.line()


def test_errors_and_refusals_end_only_their_pipeline(client: StrictClient) -> None:
    client.open()
    assert client.run("Get-Nothing").state == "Failed"
    script = client.wait(client.script("$x = 1"))
    assert script.reason.FullyQualifiedErrorId == "ScriptsNotAllowed"
    missing = client.run(("Get-Thing", {"Name": "nope"}))
    assert missing.errors[0].FullyQualifiedErrorId == "ThingNotFound,Get-Thing"
    assert client.run("Get-Thing").state == "Completed"


def test_input_is_streamed(client: StrictClient) -> None:
    client.open()
    assert client.run("Get-Echo", given=["a", 2, "\u20ac"]).output == ["a", 2, "\u20ac"]


def test_objects_larger_than_a_fragment_go_both_ways(client: StrictClient) -> None:
    client.open()
    big = "x" * 300_000
    assert client.run("Get-Echo", given=[big, "end"]).output == [big, "end"]


def test_a_running_pipeline_is_stopped(client: StrictClient) -> None:
    client.open()
    pipeline = client.start(("Invoke-Slow", {"Seconds": 1000}))
    client.until(pipeline, lambda result: bool(result.output))
    assert client.stop(pipeline).state == "Stopped"
    assert client.run("Get-Thing").state == "Completed"


def test_a_pipeline_that_waits_for_input_is_stopped(client: StrictClient) -> None:
    client.open()
    pipeline = client.start("Get-Echo", has_input=True)
    client.send(pipeline, ["one"], end=False)
    client.until(pipeline, lambda result: result.output == ["one"])
    assert client.stop(pipeline).state == "Stopped"


def test_two_sessions_do_not_see_each_other(door: SocketDoor) -> None:
    with SocketClient(door.path) as one, SocketClient(door.path) as two:
        one.open(), two.open()
        slow = one.start(("Invoke-Slow", {"Seconds": 1000}))
        one.until(slow, lambda result: bool(result.output))
        assert two.run("Get-Thing").state == "Completed"
        assert one.stop(slow).state == "Stopped"


@pytest.mark.parametrize(
    "nonsense",
    [
        b"hello\n",
        b"<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000000'>!!!</Data>\n",
        b"<Signal PSGuid='00000000-0000-0000-0000-000000000000' />\n",
        b"<Command PSGuid='11111111-1111-1111-1111-111111111111' Extra='1' />\n",
        b"x" * (2 << 20),
    ],
    ids=["text", "base64", "signal", "attributes", "long"],
)
def test_a_session_that_breaks_the_protocol_ends_alone(door: SocketDoor, nonsense: bytes) -> None:
    with SocketClient(door.path) as bad, SocketClient(door.path) as good:
        good.open()
        bad.open()
        try:
            bad.raw(nonsense)
            with pytest.raises(Gone):
                bad.line()
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert good.run("Get-Thing").state == "Completed"


def test_a_client_that_vanishes_stops_its_pipelines() -> None:
    with socket_door() as door:
        pace = door.engine._pace = Sleeper()
        with SocketClient(door.path) as client:
            client.open()
            client.start(("Invoke-Slow", {"Seconds": 1000}))
            assert pace.sleeping.wait(20)
        assert pace.stopped.wait(20)
        wait_until_empty(door.people)


def test_a_client_that_does_not_read_makes_its_producer_wait(door: SocketDoor) -> None:
    with SocketClient(door.path) as lazy, SocketClient(door.path) as other:
        lazy.open(), other.open()
        lazy.start(("Get-Many", {"Count": 30_000}))
        assert other.run("Get-Thing").state == "Completed"
        assert sum(lazy.line().startswith(b"<Data") for _ in range(30_001)) == 30_001


def test_a_user_without_an_account_learns_why() -> None:
    with socket_door(people=Village(accounts={})) as door:
        with SocketClient(door.path) as client, pytest.raises(Refused, match="has no account in JAMS"):
            client.open()
        assert not door.engine.sessions


def test_sessions_are_counted() -> None:
    with socket_door(quota=Quota(per_account=1)) as door:
        with SocketClient(door.path) as first:
            first.open()
            with (
                SocketClient(door.path) as second,
                pytest.raises(Refused, match="ann has 1 PowerShell sessions"),
            ):
                second.open()
        wait_until_empty(door.people)
        with SocketClient(door.path) as third:
            third.open()


def test_the_socket_lets_in_its_owner_alone(door: SocketDoor) -> None:
    assert stat.S_IMODE(door.path.stat().st_mode) == 0o600


def test_a_dead_servers_socket_is_replaced_and_a_live_ones_is_not(door: SocketDoor) -> None:
    with pytest.raises(ConfigurationInvalid, match="Another server answers"):
        UnixSocketListener(door.path, lambda: door.engine, door.people, Quota())
    left = door.path.with_name("left.sock")
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(left))
    dead.close()
    again = UnixSocketListener(left, lambda: door.engine, door.people, Quota(), mode=0o660)
    again.start()
    assert stat.S_IMODE(left.stat().st_mode) == 0o660
    again.stop()
    assert not left.exists()


def test_a_path_that_no_socket_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="cannot be made"):
        UnixSocketListener(tmp_path / ("x" * 120), lambda: None, Village(), Quota())  # type: ignore[arg-type, return-value]


def test_stopping_ends_every_session() -> None:
    with socket_door() as door, SocketClient(door.path) as client:
        client.open()
        pipeline = client.start(("Invoke-Slow", {"Seconds": 1000}))
        client.until(pipeline, lambda result: bool(result.output))
        door.listener.stop()
        with pytest.raises(Gone):
            while True:
                client.line()
        wait_until_empty(door.people)


def test_a_client_that_comes_while_the_server_stops_is_hung_up_on() -> None:
    with socket_door() as door:
        door.listener.stop()
        late = UnixSocketListener(door.path, lambda: door.engine, door.people, Quota())
        real = late._door._listener

        class Stopped:
            """A listening socket that gives a connection when the server has stopped already."""

            def accept(self) -> tuple[socket.socket, object]:
                accepted = real.accept()
                late.stop()
                return accepted

            def __getattr__(self, name: str) -> Any:
                return getattr(real, name)

        late._door._listener = Stopped()  # type: ignore[assignment]
        with SocketClient(door.path) as client:
            late._door._accept()
            with pytest.raises((Gone, ConnectionResetError)):
                client.line()
        assert not late._clients and not door.people.inside
