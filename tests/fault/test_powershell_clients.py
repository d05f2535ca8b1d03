"""PowerShell clients that vanish, misbehave, say nothing or come in hundreds, at a real server.

Whatever they do, the server serves everybody else, and when they are gone it has the threads and sockets that
it had before.
"""

from __future__ import annotations

import base64
import getpass
import json
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psrpcore
import psutil
import pytest

if sys.platform != "linux":
    pytest.skip("the socket of PowerShell sessions needs Linux", allow_module_level=True)

from tests.support.psrp_client import Gone, ProcessClient, Refused, SocketClient
from tests.support.psrp_follower import USER, ssh
from tests.support.running import PASSWORD, ROOT, Running, add_account, free_port, running
from tests.support.wsman import NAMES, SHELL, Hand

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

HAS_SSH = find_spec("asyncssh") is not None and shutil.which("ssh") is not None
needs_ssh = pytest.mark.skipif(not HAS_SSH, reason="no asyncssh (the extra ssh), or no ssh client")
WAYS = ["socket", "bridge", "stdio", "wsman", pytest.param("ssh", marks=needs_ssh)]
PATIENCE = 60.0
SESSIONS, PIPELINES = 100, 2
LOGS = ("JAMSServer.log", "JAMSPowerShell.log")


POOLS = ("wire_", "wsman_", "asyncio_")
"""How the threads of pools begin that grow when one more comes at the same time than ever before, and that
have a bound; one of them more says nothing about what a client has left."""


@dataclass(frozen=True)
class Burden:
    """What a server's process holds: threads, and sockets; its database's files come and go by themselves.

    Of threads those of Python that belong to no pool, with how many of a name there are: gRPC makes and ends
    threads of its own as it likes.
    """

    names: Counter[str]
    sockets: int

    @property
    def threads(self) -> int:
        return self.names.total()

    def within(self, other: Burden) -> bool:
        """Whether it is no more than another."""
        return self.threads <= other.threads and self.sockets <= other.sockets


@dataclass
class House:
    """A server with every door open, and a job that writes a line and goes on."""

    jams: Running
    socket: Path
    wsman: int
    ssh: int
    key: Path
    diagnosis: int
    entry: int = 1

    @property
    def pid(self) -> int:
        return self.jams.processes[0].pid

    @property
    def burden(self) -> Burden:
        held = []
        for number in os.listdir(f"/proc/{self.pid}/fd"):
            with suppress(OSError):
                held.append(os.readlink(f"/proc/{self.pid}/fd/{number}"))
        sockets = sum(name.startswith("socket:") for name in held)
        with urlopen(f"http://127.0.0.1:{self.diagnosis}/", timeout=PATIENCE) as answer:
            names = [thread["name"] for thread in json.load(answer)["threads"]]
        kept = (name for name in names if not name.startswith(POOLS) and "process_request" not in name)
        return Burden(Counter(name.rstrip("0123456789") for name in kept), sockets)

    def until(self, enough: Callable[[Burden], bool], before: Burden | None = None) -> Burden:
        """Wait until the burden is as wanted; ``before`` is told beside it if it does not come to that."""
        deadline = time.monotonic() + PATIENCE
        while not enough(found := self.burden):
            assert time.monotonic() < deadline, (found, before)
            time.sleep(0.05)
        return found

    def rest(self, before: Burden) -> None:
        """Wait until there is no more than before."""
        self.until(lambda now: now.within(before), before)

    def place(self, way: str) -> list[str]:
        """Where a follower finds its way in."""
        places = {
            "socket": [str(self.socket)],
            "bridge": [str(self.socket)],
            "stdio": [str(self.jams.home)],
            "wsman": [str(self.wsman)],
            "ssh": [str(self.ssh), str(self.key)],
        }
        return places[way]

    def follow(self, way: str) -> subprocess.Popen[bytes]:
        """A process that follows the log; it has begun to."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.psrp_follower", way, str(self.entry), *self.place(way)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout and process.stdout.readline() == b"following\n"
        return process

    def log(self, name: str) -> list[str]:
        """The lines of a log, if there is one."""
        path = self.jams.home / "logs" / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def works(self) -> None:
        """Every door lets somebody in who asks properly."""
        with SocketClient(self.socket) as client:
            client.open()
            assert client.run("Get-JAMSServer").state == "Completed"
        with Hand(self.wsman, USER, PASSWORD) as hand:
            assert hand.create().status == 200
            assert hand.delete().status == 200
        if HAS_SSH:
            with ProcessClient(ssh(str(self.ssh), str(self.key))) as client:
                client.open()
                client.close()
                assert client.hang_up() == 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("ps")
    path, key, wsman, door = folder / "ps.sock", folder / "key", free_port(), free_port()
    diagnosis = free_port()
    more = {"PowerShellSshPort": str(door)} if HAS_SSH else {}
    with running(
        tmp_path_factory.mktemp("jams") / "home",
        PowerShellSocket=str(path),
        PowerShellSessions="300",
        PowerShellSessionsPerAccount=str(SESSIONS + 20),
        WSManPort=str(wsman),
        WSManAllowHttp="true",
        SchedulerPort=str(diagnosis),
        **more,
    ) as jams:
        add_account(jams.home, USER, "Administrators")
        if HAS_SSH:
            _let_in(jams.home, key)
        house = House(jams, path, wsman, door, key, diagnosis)
        _begin_job(house)
        _warm_up(house)
        yield house
        with SocketClient(path) as client:
            client.open()
            client.run(("Stop-JAMSEntry", {"JAMSEntry": house.entry, "Confirm": False}))


def _let_in(home: Path, key: Path) -> None:
    import asyncssh

    made = asyncssh.generate_private_key("ssh-ed25519")
    made.write_private_key(str(key))
    key.chmod(0o600)
    keys = home / "ssh" / "authorized_keys"
    keys.mkdir(parents=True, exist_ok=True)
    made.write_public_key(str(keys / USER))


def _begin_job(house: House) -> None:
    job = {"JobName": "Endless", "ParentFolderName": "\\", "MethodName": "Command"}
    with SocketClient(house.socket) as client:
        client.open()
        made = client.run(("New-JAMSJob", {**job, "Source": "echo begun\nexec sleep 600\n"}))
        assert not made.errors and made.state == "Completed", (made.errors, made.reason)
        assert not client.run(("Submit-JAMSEntry", {"Name": "\\Endless"})).errors


def _warm_up(house: House) -> None:
    """Let those threads of pipelines be made that are kept."""
    with SocketClient(house.socket) as client:
        client.pool = psrpcore.ClientRunspacePool(max_runspaces=8)
        client.open()
        running = [client.start("Get-JAMSJob", has_input=True) for _ in range(8)]
        for pipeline in running:
            client.stop(pipeline)
    house.works()


def calm(house: House) -> Burden:
    """The burden once nothing more is given back."""
    before = house.burden
    for _ in range(40):
        time.sleep(0.25)
        now = house.burden
        if now == before:
            return now
        before = now
    raise AssertionError("the server does not come to rest")


@pytest.mark.parametrize("way", WAYS)
def test_a_client_that_is_killed_while_it_follows_a_log_leaves_nothing(house: House, way: str) -> None:
    log = LOGS[way == "stdio"]

    def stopped() -> int:
        return sum("-Follow" in line and ": stopped," in line for line in house.log(log))

    earlier = stopped()
    kill_followers(house, way)  # what is started once, by the first of its kind, is there afterwards
    house.until(lambda _: stopped() >= earlier + 3)  # a slow machine tells of them later than they are gone
    before = calm(house)
    kill_followers(house, way)
    house.rest(before)
    house.works()
    house.until(lambda _: stopped() >= earlier + 6)
    assert stopped() == earlier + 6


def kill_followers(house: House, way: str) -> None:
    """Kill three clients at once; what they have started ends by itself."""
    followers = [house.follow(way) for _ in range(3)]
    helpers = [child for each in followers for child in psutil.Process(each.pid).children(recursive=True)]
    for each in followers:
        each.kill()
        each.wait(20)
        assert each.stdout
        each.stdout.close()
    assert not psutil.wait_procs(helpers, 20)[1]
    if way == "wsman":
        _end_shells(house, 3)


def _end_shells(house: House, count: int) -> None:
    """Sessions over WS-Management outlive their clients; the account they belong to can end them."""
    with Hand(house.wsman, USER, PASSWORD) as hand:
        listed = hand.ask(f"{NAMES['n']}/Enumerate", "<n:Enumerate/>", SHELL, None)
        shells = [item.text for item in listed.root.iterfind(".//rsp:ShellId", NAMES)]
        assert len(shells) == count
        for shell in shells:
            assert hand.ask(f"{NAMES['x']}/Delete", shell=shell).status == 200


def data(fragment: bytes) -> bytes:
    """A line with a fragment for the session."""
    return b"<Data Stream='Default' PSGuid='%b'>%b</Data>\n" % (
        str(uuid.UUID(int=0)).encode(),
        base64.b64encode(fragment),
    )


NONSENSE = [
    b"hello\n",
    b"<Data Stream='Default' PSGuid='00000000-0000-0000-0000-000000000000'>!!!</Data>\n",
    data(bytes(24)),
    data(struct.pack(">QQBI", 7, 0, 3, 0xFFFFFFFF)),
    data(struct.pack(">QQBI", 7, 5, 0, 1) + b"x"),
    data(struct.pack(">QQBI", 7, 0, 3, 3) + b"abc"),
    b"\0" * (2 << 20),
]


def test_sessions_that_misbehave_end_alone(house: House) -> None:
    before = calm(house)
    with SocketClient(house.socket) as good:
        good.open()
        for nonsense in NONSENSE * 5:
            with SocketClient(house.socket) as bad:
                bad.open()
                bad.start(("Get-JAMSLog", {"JAMSEntry": house.entry, "Follow": True}))
                with suppress(BrokenPipeError, ConnectionResetError):
                    bad.raw(nonsense)
                with pytest.raises((Gone, ConnectionResetError)):
                    while True:
                        bad.line()
        for number in range(20):
            with Hand(house.wsman, USER, PASSWORD) as hand:
                assert hand.create().status == 200
                hand.command("Get-JAMSLog", JAMSEntry=house.entry, Follow=True)
                data = ("A" * 32, "/" * 64)[number % 2]
                answer = hand.ask(
                    "Send", f"<rsp:Send><rsp:Stream Name='stdin'>{data}</rsp:Stream></rsp:Send>"
                )
                assert answer.subcode == "w:InternalError"
                assert hand.receive().subcode == "w:InvalidSelectors"
        assert good.run("Get-JAMSServer").state == "Completed"
    house.rest(before)


def test_hundreds_who_say_nothing_keep_nobody_out(house: House) -> None:
    before = calm(house)
    with ExitStack() as silent:
        for _ in range(200):
            silent.enter_context(socket.create_connection(("127.0.0.1", house.wsman)))
            if HAS_SSH:
                silent.enter_context(socket.create_connection(("127.0.0.1", house.ssh)))
        for _ in range(SESSIONS):
            local = silent.enter_context(socket.socket(socket.AF_UNIX))
            local.connect(os.fspath(house.socket))
        house.until(lambda now: now.sockets >= before.sockets + 200 + SESSIONS)
        house.works()
    house.rest(before)


def test_a_user_who_is_silent_too_often_is_told_when_he_asks(house: House) -> None:
    before = calm(house)
    with ExitStack() as silent:
        clients = []
        for _ in range(SESSIONS + 25):
            local = silent.enter_context(socket.socket(socket.AF_UNIX))
            local.connect(os.fspath(house.socket))
            clients.append(local)
        refused: list[socket.socket] = []
        while len(refused) < 5:
            refused, _, _ = select.select(clients, [], [], PATIENCE)
        told = f"{getpass.getuser()} has {SESSIONS + 20} "
        with SocketClient(house.socket) as client, pytest.raises(Refused, match=told):
            client.open()
        with Hand(house.wsman, USER, PASSWORD) as other:
            assert other.create().status == 200
            assert other.delete().status == 200
    house.rest(before)


def test_a_storm_of_sessions_stays_within_bounds_and_leaves_nothing(house: House) -> None:
    before = calm(house)
    follow: tuple[str, dict[str, Any]] = ("Get-JAMSLog", {"JAMSEntry": house.entry, "Follow": True})
    for _ in range(2):
        with ExitStack() as storm:
            clients = []
            for _ in range(SESSIONS):
                client = storm.enter_context(SocketClient(house.socket))
                client.pool = psrpcore.ClientRunspacePool(max_runspaces=PIPELINES)
                clients.append(client.open())
            running = [(client, client.start(follow)) for client in clients for _ in range(PIPELINES)]
            for client, pipeline in running:
                client.until(pipeline, lambda result: result.output == ["begun"])
            # One thread for a session, one for a pipeline; the alarms of all share one.
            bound = before.threads + SESSIONS * (1 + PIPELINES) + 2
            assert before.threads + SESSIONS < house.burden.threads <= bound
            assert clients[0].stop(running[0][1]).state == "Stopped"
            assert clients[0].run("Get-JAMSServer").state == "Completed"
        house.rest(before)
    house.works()
