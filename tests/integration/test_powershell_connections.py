"""Connections of WS-Management and SSH that are silent, unfinished, too many or gone."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from jams.security.certificates import make_certificate
from psprovider.transports import listening
from psprovider.transports.people import Quota
from psprovider.transports.wsman.connections import Connection
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Village, WSManDoor, wsman_door
from tests.support.wsman import Hand

RECEIVE = "<rsp:Receive><rsp:DesiredStream>stdout</rsp:DesiredStream></rsp:Receive>"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little patience with clients."""
    monkeypatch.setattr(Connection, "patience", 0.5)


@pytest.fixture
def door() -> Iterator[WSManDoor]:
    with wsman_door() as found:
        yield found


def connect(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port))
    made.settimeout(20)
    return made


def is_hung_up_on(client: socket.socket) -> bool:
    """Wait for the server to close the connection; what it says before is read."""
    try:
        while client.recv(4096):
            pass
    except ConnectionError:
        pass
    return True


def until_open(door: WSManDoor, count: int) -> None:
    """Wait until so many connections are open."""
    moment = threading.Event()
    for _ in range(400):
        if door.listener._socket.connections == count:
            return
        moment.wait(0.02)
    raise AssertionError(door.listener._socket.connections)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"POST /wsm",
        b"POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
        b"POST /wsman HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
    ids=["silent", "line", "body", "chunk", "no-login", "nonsense"],
)
def test_who_is_silent_before_he_has_logged_in_is_hung_up_on(
    hurried: None, door: WSManDoor, said: bytes
) -> None:
    with connect(door.port) as client:
        client.sendall(said)
        assert is_hung_up_on(client)
    until_open(door, 0)


def test_who_has_logged_in_may_be_silent_between_requests_but_not_within_one(
    hurried: None, door: WSManDoor
) -> None:
    with Hand(door.port) as known, connect(door.port) as silent:
        assert known.post(b"").status == 200
        assert is_hung_up_on(silent)
        first = known._connection.sock
        assert known.post(b"").status == 200
        assert known._connection.sock is first
        first.sendall(b"POST /wsman HTTP/1.1\r\n")
        assert is_hung_up_on(first)


def test_a_receive_may_be_parked_for_longer_than_a_request_may_take(hurried: None, door: WSManDoor) -> None:
    with Hand(door.port) as known:
        known.create()
        known.receive()
        answer = known.receive(header="<w:OperationTimeout>PT2.0S</w:OperationTimeout>")
        assert answer.subcode == "w:TimedOut"


def test_a_silent_tls_handshake_takes_a_place_and_gives_it_back(tmp_path: Path) -> None:
    made = make_certificate(tmp_path, [], days=2, replace=False)
    with wsman_door(certificate=made.certificate, key=made.key) as door:
        with connect(door.port), connect(door.port):
            until_open(door, 2)
        until_open(door, 0)


def test_beyond_the_room_connections_are_hung_up_on_and_others_go_on(door: WSManDoor) -> None:
    with Hand(door.port) as known, contextlib.ExitStack() as silent:
        assert known.post(b"").status == 200
        door.listener._socket.most = 10  # half of them from one address
        others = [silent.enter_context(connect(door.port)) for _ in range(4)]
        until_open(door, 5)
        with connect(door.port) as late:
            assert is_hung_up_on(late)
        assert known.post(b"").status == 200
        others.pop().close()
        until_open(door, 4)
        with Hand(door.port) as another:
            assert another.post(b"").status == 200


def test_one_address_leaves_room_to_others() -> None:
    with listening.listen("127.0.0.1", 0) as listener, contextlib.ExitStack() as opened:
        listener.most = 6
        port = listener.getsockname()[1]

        def come(address: str) -> None:
            client = socket.create_connection(("127.0.0.1", port), source_address=(address, 0))
            opened.enter_context(client)
            opened.enter_context(listener.accept()[0])

        for _ in range(3):
            come("127.0.0.1")
        with pytest.raises(BlockingIOError):
            come("127.0.0.1")
        for number in range(2, 5):
            come(f"127.0.0.{number}")
        with pytest.raises(BlockingIOError):
            come("127.0.0.9")
    assert listener.connections == 0 and not listener._places


def test_there_is_room_for_a_third_of_the_descriptors(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    for soft, most in ((1024, 341), (resource.RLIM_INFINITY, 2000), (1 << 20, 2000)):
        monkeypatch.setattr(resource, "getrlimit", lambda _which, soft=soft: (soft, soft))
        assert listening.room() == most


def test_clients_that_vanish_are_probed(door: WSManDoor) -> None:
    with listening.listen("127.0.0.1", 0) as listener, connect(listener.getsockname()[1]):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 120_000
    assert listener.connections == 0


def test_who_closes_his_side_while_a_receive_is_parked_is_gone(door: WSManDoor) -> None:
    with Hand(door.port) as owner, Hand(door.port) as half:
        owner.create()
        owner.receive()
        half.shell = owner.shell
        half._connection.request(
            "POST",
            "/wsman",
            half.envelope(
                "Receive", "<rsp:Receive><rsp:DesiredStream>stdout</rsp:DesiredStream></rsp:Receive>"
            ),
            {"Authorization": half.authorization, "Content-Type": "application/soap+xml"},
        )
        (shell,) = door.listener._service.shells.of("ann")
        moment = threading.Event()
        while not shell._parked:
            moment.wait(0.02)
        half._connection.sock.shutdown(socket.SHUT_WR)
        while shell._parked:
            moment.wait(0.02)
        assert is_hung_up_on(half._connection.sock)


@pytest.mark.skipif(find_spec("asyncssh") is None, reason="no asyncssh (the extra ssh)")
class TestSsh:
    """The SSH server of our own."""

    @pytest.fixture
    def port(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
        from psprovider.transports import ssh

        monkeypatch.setattr(ssh, "_LOGIN", 0.5)
        engine, people = DemoEngine(reads_text=True), Village()
        listener = ssh.SshListener("localhost", 0, tmp_path / "ssh", lambda: engine, people, Quota())
        try:
            yield listener.port
        finally:
            listener.stop()

    def test_who_does_not_log_in_is_hung_up_on(self, port: int) -> None:
        for said in (b"", b"SSH-2.0-half", b"SSH-2.0-whole\r\n"):
            with connect(port) as client:
                client.sendall(said)
                assert is_hung_up_on(client)

    def test_who_opens_no_session_is_hung_up_on(self, port: int) -> None:
        import asyncio

        import asyncssh

        async def log_in() -> None:
            connection = await asyncssh.connect(
                "localhost", port, username="ann", password="secret-of-ann", known_hosts=None,
                client_keys=None, agent_path=None, config=None,
            )  # fmt: skip
            async with asyncio.timeout(20):
                process = await connection.create_process(subsystem="jams", encoding=None)
                await asyncio.sleep(1.0)
                process.stdin.write(b"<Close PSGuid='00000000-0000-0000-0000-000000000000' />\n")
                process.stdin.write_eof()
                assert (await process.stdout.read()).startswith(b"<CloseAck ")
                await connection.wait_closed()

        asyncio.run(log_in())

    def test_forty_sessions_are_open_at_once(self, tmp_path: Path) -> None:
        import asyncio

        import asyncssh

        from psprovider.transports.ssh import SshListener

        engine, people = DemoEngine(reads_text=True), Village()
        listener = SshListener("localhost", 0, tmp_path / "ssh", lambda: engine, people, Quota(40, 40))
        close = b"<Close PSGuid='00000000-0000-0000-0000-000000000000' />\n"
        signal = b"<Signal PSGuid='11111111-1111-1111-1111-111111111111' />\n"

        async def work() -> None:
            async with asyncssh.connect(
                "localhost", listener.port, username="ann", password="secret-of-ann", known_hosts=None,
                client_keys=None, agent_path=None, config=None,
            ) as connection:  # fmt: skip
                sessions = [
                    await connection.create_process(subsystem="jams", encoding=None) for _ in range(40)
                ]
                for session in sessions:
                    session.stdin.write(signal)
                    assert (await session.stdout.readline()).startswith(b"<SignalAck ")
                late = await connection.create_process(subsystem="jams", encoding=None)
                assert b"40 PowerShell sessions" in await late.stdout.read()
                for session in sessions:
                    session.stdin.write(close)
                    session.stdin.write_eof()
                    assert (await session.stdout.read()).startswith(b"<CloseAck ")

        try:
            asyncio.run(work())
            assert not people.inside
        finally:
            listener.stop()
