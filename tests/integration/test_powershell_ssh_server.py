"""Sessions over our own SSH server, by ssh, asyncssh and a real PowerShell."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("asyncssh") is None:
    pytest.skip("no asyncssh (the extra ssh)", allow_module_level=True)

import asyncssh

from psprovider.endpoint.engine import Streams
from psprovider.transports import ssh
from psprovider.transports.people import Quota
from psprovider.transports.ssh import HOST_KEY, KEYS, SshListener
from tests.support.psrp_client import Gone, ProcessClient, Refused
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Village, wait_until, wait_until_empty

PWSH = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
pytestmark = pytest.mark.skipif(shutil.which("ssh") is None, reason="no ssh client")


@dataclass
class SshDoor:
    """A listening SSH server and the key that opens it for ann."""

    listener: SshListener
    engine: DemoEngine
    people: Village
    folder: Path

    def ssh(self, subsystem: str = "jams", user: str = "ann", key: str = "user") -> list[str]:
        return [
            "ssh", "-F", "none", "-i", str(self.folder / key), "-l", user, "-p", str(self.listener.port),
            "-o", f"UserKnownHostsFile={self.folder / 'known'}", "-o", "BatchMode=yes",
            "-o", "IdentitiesOnly=yes", "-s", "localhost", subsystem,
        ]  # fmt: skip


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SshDoor]:
    for name in ("user", "other"):
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(str(tmp_path / name))
        (tmp_path / name).chmod(0o600)
        key.write_public_key(str(tmp_path / f"{name}.pub"))
    keys = tmp_path / "ssh" / KEYS
    keys.mkdir(parents=True)
    shutil.copy(tmp_path / "user.pub", keys / "ann")
    engine, people = DemoEngine(reads_text=True), Village()
    listener = SshListener("localhost", 0, tmp_path / "ssh", lambda: engine, people, Quota(per_account=2))
    host = asyncssh.read_private_key(str(tmp_path / "ssh" / HOST_KEY)).export_public_key().decode().split()
    (tmp_path / "known").write_text(f"[localhost]:{listener.port} {host[0]} {host[1]}\n")
    try:
        yield SshDoor(listener, engine, people, tmp_path)
    finally:
        listener.stop()


def test_a_session_by_key(door: SshDoor) -> None:
    with ProcessClient(door.ssh()) as client:
        client.open()
        assert len(client.run(("Get-Thing", {"Count": 2})).output) == 2
        big = "x" * 400_000
        assert client.run("Get-Echo", given=[big]).output == [big]
        slow = client.start(("Invoke-Slow", {"Seconds": 1000}))
        client.until(slow, lambda result: bool(result.output))
        assert client.stop(slow).state == "Stopped"
        client.close()
        with pytest.raises(Gone):
            client.line()
        assert client.hang_up() == 0
    identity = door.engine.sessions[0].info.identity
    assert (identity.account, identity.origin) == ("ann", "127.0.0.1")  # type: ignore[attr-defined]
    assert door.people.inside == []


def test_a_key_that_is_not_his_opens_nothing(door: SshDoor) -> None:
    for user, key in (("ann", "other"), ("bob", "user"), ("../ann", "user"), ("..", "user"), ("", "user")):
        with ProcessClient(door.ssh(user=user or "nobody", key=key)) as client:
            with pytest.raises((Gone, BrokenPipeError)):
                client.open()
            assert client.hang_up() == 255


def test_passwords_and_nothing_but_the_subsystem(door: SshDoor) -> None:
    async def connect(password: str) -> str:
        async with asyncssh.connect(
            "localhost", door.listener.port, username="Ann", password=password, known_hosts=None,
            client_keys=None, agent_path=None, config=None,
        ) as connection:  # fmt: skip
            done = await connection.run("id")
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.open_connection("localhost", 22)
            return f"{done.exit_status} {done.stderr}"

    assert asyncio.run(connect("secret-of-ann")).startswith("1 This server offers the subsystem jams")
    with pytest.raises(asyncssh.PermissionDenied):
        asyncio.run(connect("wrong"))


def test_sessions_are_counted(door: SshDoor) -> None:
    with ProcessClient(door.ssh()) as one, ProcessClient(door.ssh()) as two:
        one.open()
        two.open()
        with ProcessClient(door.ssh()) as three, pytest.raises(Refused, match="2 PowerShell sessions"):
            three.open()


def test_stopping_ends_sessions(door: SshDoor) -> None:
    with ProcessClient(door.ssh()) as client:
        client.open()
        client.start(("Invoke-Slow", {"Seconds": 1000}))
        door.listener.stop()
        door.listener.stop = lambda: None  # type: ignore[method-assign]
        client.process.wait(20)
        assert door.people.inside == []


def test_stopping_closes_connections_without_a_session(door: SshDoor) -> None:
    async def work() -> None:
        connection = await asyncssh.connect(
            "localhost", door.listener.port, username="ann", password="secret-of-ann", known_hosts=None,
            client_keys=None, agent_path=None, config=None,
        )  # fmt: skip
        await asyncio.to_thread(door.listener.stop)
        door.listener.stop = lambda: None  # type: ignore[method-assign]
        await asyncio.wait_for(connection.wait_closed(), 20)

    asyncio.run(work())


def test_a_client_that_neither_reads_nor_stays_ends_its_session(door: SshDoor) -> None:
    """Each side of the session waits for the other then: nobody reads its output, and it reads no input."""

    async def work() -> None:
        async with asyncssh.connect(
            "localhost", door.listener.port, username="ann", password="secret-of-ann", known_hosts=None,
            client_keys=None, agent_path=None, config=None,
        ) as connection:  # fmt: skip
            session = await connection.create_process(subsystem="jams", encoding=None, window=1 << 12)
            # Everything is acknowledged, so many lines make the server write until it cannot.
            line = b"<Signal PSGuid='11111111-1111-1111-1111-111111111111' />\n"
            for _ in range(200):
                session.stdin.write(line * 1000)
                try:
                    await asyncio.wait_for(session.stdin.drain(), 1)
                except TimeoutError:
                    break
            else:
                raise AssertionError("the server takes everything")
            connection.abort()

    asyncio.run(work())
    wait_until_empty(door.people)


def test_what_does_not_stop_ends_quietly_after_the_server(
    door: SshDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh, "_GRACE", 0.3)
    running, gate = threading.Event(), threading.Event()

    def stubborn(_streams: Streams, _seconds: float) -> None:
        running.set()
        gate.wait(60)

    door.engine._pace = stubborn
    with ProcessClient(door.ssh()) as client:
        client.open()
        client.start(("Invoke-Slow", {"Seconds": 1000}))
        assert running.wait(20)
        door.listener.stop()
        door.listener.stop = lambda: None  # type: ignore[method-assign]
        assert sum(each.name == "powershell" for each in threading.enumerate()) == 1
        gate.set()
        wait_until(lambda: all(each.name != "powershell" for each in threading.enumerate()))


def test_the_host_key_is_kept_and_private(door: SshDoor) -> None:
    path = door.folder / "ssh" / HOST_KEY
    before = path.read_bytes()
    again = SshListener("localhost", 0, path.parent, lambda: door.engine, door.people, Quota())
    again.stop()
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(PWSH is None, reason="no PowerShell (JAMS_TEST_PWSH, or pwsh on PATH)")
def test_a_real_powershell_opens_a_session(door: SshDoor) -> None:
    assert PWSH is not None
    script = f"""
        $s = New-PSSession -HostName localhost -Port {door.listener.port} -UserName ann -Subsystem jams `
            -KeyFilePath {door.folder / "user"} -Options @{{UserKnownHostsFile='{door.folder / "known"}'}}
        Invoke-Command $s {{ Get-Thing -Count 2 }} | % Name
        Remove-PSSession $s
    """
    done = subprocess.run(
        [PWSH, "-NoProfile", "-Command", script], capture_output=True, text=True, timeout=50
    )
    assert done.stdout.split() == ["thing1", "thing2"], done.stderr
