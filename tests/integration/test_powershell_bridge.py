"""The bridge: what it hands over to the server, what it does where it cannot, and what becomes of both."""

from __future__ import annotations

import fcntl
import os
import resource
import socket
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

if sys.platform != "linux":
    pytest.skip("the socket of PowerShell sessions needs Linux", allow_module_level=True)

from psprovider.transports import unix_socket
from psprovider.transports.bridge import GREETING, TAKEN
from psprovider.transports.people import Quota
from tests.support.psrp_bridge import BRIDGE, bridge, bridge_over_socket, command, copying_bridge
from tests.support.psrp_client import Gone, PairClient, ProcessClient, Refused, SocketClient
from tests.support.psrp_doors import (
    Sleeper,
    SocketDoor,
    Village,
    socket_door,
    wait_until,
    wait_until_empty,
)
from tests.support.psrp_sshd import SSHD, Sshd, sshd

Bridge = Callable[[Path], "ProcessClient | PairClient"]

handing = pytest.mark.parametrize("way", [bridge, bridge_over_socket])
all_ways = pytest.mark.parametrize("way", [bridge, bridge_over_socket, copying_bridge])


@pytest.fixture
def door() -> Iterator[SocketDoor]:
    with socket_door() as found:
        yield found


def descriptors() -> set[str]:
    """What this process, which is the server, has open: number and file of each."""
    found = set()
    for number in os.listdir("/proc/self/fd"):
        try:
            found.add(f"{number} {os.readlink(f'/proc/self/fd/{number}')}")
        except FileNotFoundError:
            continue
    return found


@contextmanager
def nothing_left_open() -> Iterator[None]:
    """Whatever is opened within is closed in the end."""
    before = descriptors()
    yield
    wait_until(lambda: descriptors() <= before)


@handing
def test_who_hands_over_waits_in_a_small_program(door: SocketDoor, way: Bridge) -> None:
    with way(door.path) as client:
        client.open()
        client.run(("Get-Many", {"Count": 5000}))
        process = psutil.Process(client.process.pid)
        wait_until(lambda: process.name() == "cat")
        assert process.environ() == {}
        assert process.memory_info().rss < 8 << 20
        assert process.num_fds() == 3


def test_who_copies_imports_nothing_and_stays_small(door: SocketDoor) -> None:
    with copying_bridge(door.path) as client:
        client.open()
        client.run(("Get-Many", {"Count": 5000}))
        process = psutil.Process(client.process.pid)
        assert process.name() != "cat"
        assert process.memory_full_info().uss < 8 << 20
        assert not any("site-packages" in part.path for part in process.memory_maps())


def test_where_no_small_program_is_found_the_bridge_waits_itself(door: SocketDoor) -> None:
    script = (
        "import importlib.util as u, sys; s = u.spec_from_file_location('bridge', sys.argv.pop(1)); "
        "m = u.module_from_spec(s); s.loader.exec_module(m); m._WAITERS = ('/nowhere/cat',); "
        "sys.exit(m.main(sys.argv))"
    )
    with ProcessClient([sys.executable, "-I", "-c", script, BRIDGE, str(door.path)]) as client:
        client.open()
        assert client.run("Get-Thing").state == "Completed"
        assert psutil.Process(client.process.pid).name() != "cat"
        client.close()
        with pytest.raises(Gone):
            client.line()
        assert client.hang_up() == 0


@all_ways
def test_a_bridge_ends_with_its_client_and_with_its_server(door: SocketDoor, way: Bridge) -> None:
    with way(door.path) as client:
        client.open()
        assert client.hang_up() == 0
    wait_until_empty(door.people)
    with way(door.path) as client:
        client.open()
        door.listener.stop()
        assert client.process.wait(20) == 0
        with pytest.raises(Gone):
            client.line()


@all_ways
def test_a_bridge_without_its_server_says_so(tmp_path: Path, way: Bridge) -> None:
    with way(tmp_path / "none.sock") as client:
        with pytest.raises(Refused, match="cannot be reached"):
            client.open()
        with pytest.raises(subprocess.TimeoutExpired):
            client.process.wait(0.5)  # Whoever finds the process gone before he has read, reads no more.
        assert client.hang_up() == 1


@all_ways
def test_a_refusal_reaches_the_client_and_the_exit_code(way: Bridge) -> None:
    with socket_door(people=Village(accounts={})) as door:
        with way(door.path) as client:
            with pytest.raises(Refused, match="has no account in JAMS"):
                client.open()
            assert client.process.wait(20) == 1
        assert not door.engine.sessions
    with socket_door(quota=Quota(per_account=1)) as door, way(door.path) as first:
        first.open()
        with way(door.path) as second:
            with pytest.raises(Refused, match="ann has 1 PowerShell sessions"):
                second.open()
            assert second.hang_up() == 1
        assert first.run("Get-Thing").state == "Completed"


@all_ways
def test_who_says_nothing_is_not_waited_for(
    door: SocketDoor, way: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unix_socket, "FIRST_WORDS", 0.05)
    with way(door.path) as client:
        assert client.process.wait(20) == 0
        wait_until_empty(door.people)
    assert not door.engine.sessions


@all_ways
def test_nothing_stays_open(door: SocketDoor, way: Bridge) -> None:
    def leave(client: ProcessClient | PairClient) -> None:
        client.close()

    def vanish(client: ProcessClient | PairClient) -> None:
        client.hang_up()

    def die(client: ProcessClient | PairClient) -> None:
        client.process.kill()

    def misbehave(client: ProcessClient | PairClient) -> None:
        client.raw(b"hello\n")

    with way(door.path) as client:
        client.open()
    wait_until_empty(door.people)
    with nothing_left_open():
        for end in (leave, vanish, die, misbehave):
            with way(door.path) as client:
                client.open()
                client.start(("Invoke-Slow", {"Seconds": 1000}))
                end(client)
                wait_until_empty(door.people)


@handing
def test_what_was_handed_over_is_not_passed_on_to_programs(door: SocketDoor, way: Bridge) -> None:
    def inherited() -> int:
        listed = subprocess.run(
            ["/bin/ls", "/proc/self/fd"], capture_output=True, check=True, close_fds=False
        )
        return len(listed.stdout.split())

    before = inherited()
    with way(door.path) as client:
        client.open()
        assert inherited() == before


@all_ways
@pytest.mark.parametrize("end", ["process", "client"])
def test_a_client_that_vanishes_stops_its_pipelines(door: SocketDoor, way: Bridge, end: str) -> None:
    pace = door.engine._pace = Sleeper()
    with way(door.path) as client:
        client.open()
        client.start(("Invoke-Slow", {"Seconds": 1000}))
        assert pace.sleeping.wait(20)
        if end == "process":
            client.process.kill()
        else:
            client.hang_up()
        assert pace.stopped.wait(20)
        wait_until_empty(door.people)


@all_ways
def test_a_client_that_does_not_read_holds_up_itself_alone(door: SocketDoor, way: Bridge) -> None:
    with way(door.path) as lazy, way(door.path) as other:
        lazy.open(), other.open()
        lazy.start(("Get-Many", {"Count": 30_000}))
        assert other.run("Get-Thing").state == "Completed"
        assert sum(lazy.line().startswith(b"<Data") for _ in range(30_001)) == 30_001


@all_ways
@pytest.mark.parametrize("end", ["server", "process", "protocol"])
def test_a_session_whose_client_does_not_read_can_be_ended(way: Bridge, end: str) -> None:
    with socket_door() as door, way(door.path) as lazy:
        lazy.open()
        lazy.start(("Get-Many", {"Count": 100_000}))
        wait_until(lambda: is_full(lazy))
        if end == "server":
            door.listener.stop()
        elif end == "process":
            lazy.process.kill()
        else:
            lazy.raw(b"hello\n")
        wait_until_empty(door.people)
        wait_until(lambda: not door.listener._clients)


def is_full(client: ProcessClient | PairClient) -> bool:
    """Whether as much lies before the client as the way to it can hold, or nearly."""
    number = client.socket if isinstance(client, PairClient) else client.process.stdout
    assert number is not None
    waiting = fcntl.ioctl(number, termios.FIONREAD, bytes(4))
    return int.from_bytes(waiting, sys.byteorder) > 60_000


def test_pipes_that_others_share_are_left_as_they_are(door: SocketDoor) -> None:
    source, ours = os.pipe()
    theirs, sink = os.pipe()
    with subprocess.Popen(command(door.path), stdin=source, stdout=sink) as process:
        os.write(ours, b"\n")
        wait_until(lambda: psutil.Process(process.pid).name() == "cat")
        assert os.get_blocking(source) and os.get_blocking(sink)
        for descriptor in (source, sink, ours):
            os.close(descriptor)
        assert os.read(theirs, 1) == b""
        os.close(theirs)


class Ends:
    """Descriptors to hand over, made and closed with the test."""

    def __init__(self, parts: ExitStack) -> None:
        self._parts = parts

    def pipe(self, blocking: bool = False) -> tuple[int, int]:
        made = os.pipe()
        for descriptor in made:
            os.set_blocking(descriptor, blocking)
            self._parts.callback(os.close, descriptor)
        return made

    def sockets(self, kind: socket.SocketKind = socket.SOCK_STREAM) -> tuple[int, int]:
        made = socket.socketpair(type=kind)
        return self._parts.enter_context(made[0]).fileno(), self._parts.enter_context(made[1]).fileno()

    def file(self, path: str, flags: int) -> int:
        descriptor = os.open(path, flags | os.O_NONBLOCK)
        self._parts.callback(os.close, descriptor)
        return descriptor


@pytest.fixture
def ends() -> Iterator[Ends]:
    with ExitStack() as parts:
        yield Ends(parts)


def handed_over(path: Path, words: bytes, descriptors: list[int]) -> bytes:
    """What the server answers."""
    with connected(path) as client:
        socket.send_fds(client, [words], descriptors) if descriptors else client.sendall(words)
        return answer(client)


@contextmanager
def connected(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(30)
        client.connect(os.fspath(path))
        yield client


def answer(client: socket.socket) -> bytes:
    """What the server says next; nothing if it has closed, with or without having read everything."""
    try:
        return client.recv(100)
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    "made",
    [
        lambda ends, path: [],
        lambda ends, path: [ends.pipe()[0]],
        lambda ends, path: [ends.pipe()[0], ends.pipe()[1], ends.pipe()[1]],
        lambda ends, path: [ends.pipe()[1], ends.pipe()[0]],
        lambda ends, path: [ends.pipe()[0], ends.pipe()[0]],
        lambda ends, path: [*ends.pipe(blocking=True)],
        lambda ends, path: [ends.pipe()[0], ends.pipe(blocking=True)[1]],
        lambda ends, path: [ends.file("/dev/null", os.O_RDONLY), ends.pipe()[1]],
        lambda ends, path: [ends.pipe()[0], ends.file("/proc/self/stat", os.O_RDONLY)],
        lambda ends, path: [ends.file("/tmp", os.O_RDONLY), ends.pipe()[1]],
        lambda ends, path: [*ends.sockets(socket.SOCK_DGRAM)],
        lambda ends, path: [ends.sockets()[0], ends.sockets(socket.SOCK_SEQPACKET)[1]],
        lambda ends, path: [ends.file(str(path), os.O_PATH), ends.pipe()[1]],
        lambda ends, path: [ends.pipe()[0], ends.file(f"/proc/self/fd/{ends.pipe()[1]}", os.O_PATH)],
    ],
    ids=[
        "none", "one", "three", "wrong ends", "no output", "blocking", "blocking output", "device", "file",
        "directory", "datagrams", "packets", "path of a socket", "path of a pipe",
    ],
)  # fmt: skip
def test_descriptors_that_are_unfit_are_closed_and_get_no_answer(
    door: SocketDoor, ends: Ends, made: Callable[[Ends, Path], list[int]]
) -> None:
    given = made(ends, door.path)
    with nothing_left_open():
        assert handed_over(door.path, GREETING, given) == b""
        wait_until_empty(door.people)
    assert not door.engine.sessions
    with SocketClient(door.path) as client:
        client.open()


def test_fit_descriptors_are_taken_with_a_greeting_alone(door: SocketDoor, ends: Ends) -> None:
    given = [ends.pipe()[0], ends.pipe()[1]]
    with nothing_left_open():
        assert handed_over(door.path, GREETING, given) == TAKEN
        for words in (b"\n", b"<Close PSGuid='00000000-0000-0000-0000-000000000000' />\n", GREETING[:-1]):
            assert handed_over(door.path, words, given) == b""
        wait_until_empty(door.people)


def test_who_has_handed_over_and_still_speaks_is_cut_off(door: SocketDoor, ends: Ends) -> None:
    source, theirs = ends.pipe(), ends.pipe()
    with nothing_left_open(), connected(door.path) as client:
        socket.send_fds(client, [GREETING], [source[0], theirs[1]])
        assert answer(client) == TAKEN
        socket.send_fds(client, [b"more"], [source[0]])
        assert answer(client) == b""
        wait_until_empty(door.people)


def test_a_server_without_room_for_descriptors_takes_none(door: SocketDoor, ends: Ends) -> None:
    given = [ends.pipe()[0], ends.pipe()[1]]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with connected(door.path) as client:
        wait_until(lambda: bool(door.people.inside))
        with nothing_left_open():
            free = os.dup(0)
            os.close(free)
            resource.setrlimit(resource.RLIMIT_NOFILE, (free + 1, hard))
            try:
                socket.send_fds(client, [GREETING], given)
                assert answer(client) == b""
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    wait_until_empty(door.people)
    assert not door.engine.sessions


@pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)")
@pytest.mark.parametrize("victim", ["ssh", "sshd", "bridge"])
def test_a_kill_anywhere_on_the_way_through_sshd_stops_the_pipelines(door: SocketDoor, victim: str) -> None:
    pace = door.engine._pace = Sleeper()
    with sshd(jams=" ".join(command(door.path))) as server:
        with ProcessClient(server.ssh("jams")) as client, nothing_left_open():
            client.open()
            client.start(("Invoke-Slow", {"Seconds": 1000}))
            assert pace.sleeping.wait(20)
            waiter = waiter_of(server)
            assert waiter.memory_info().rss < 8 << 20
            {"ssh": psutil.Process(client.process.pid), "sshd": waiter.parent(), "bridge": waiter}[
                victim
            ].kill()
            assert pace.stopped.wait(20)
            wait_until_empty(door.people)
            assert client.process.wait(20) != 0
        psutil.wait_procs([waiter], 20)
        assert not waiter.is_running()


def waiter_of(server: Sshd) -> psutil.Process:
    """The process that waits for the end of the only session."""
    found: list[psutil.Process] = []

    def search() -> bool:
        children = psutil.Process(server.process.pid).children(recursive=True)
        found[:] = [child for child in children if child.name() == "cat"]
        return bool(found)

    wait_until(search)
    return found[0]
