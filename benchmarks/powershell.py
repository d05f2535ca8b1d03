"""PowerShell sessions: opening, commands, objects and memory, against their targets.

The client writes prepared messages and hardly looks at the answers, so that it is the server that is
measured. With a real PowerShell (JAMS_TEST_PWSH, or ``pwsh`` on PATH) one more row shows what a user sees;
there the client itself is most of it.
"""

from __future__ import annotations

import base64
import os
import resource
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psrpcore
import psutil

from jams.commands.ps import bridge_command
from tests.support.psrp_sshd import SSHD, Sshd, sshd
from tests.support.running import PASSWORD, add_account, free_port
from tests.support.wsman import Hand

from .report import Row, per_second
from .running import TRUE_JOB, Client, server

OPENINGS, COMMANDS, OBJECTS, JOBS, SESSIONS = 15, 1000, 20_000, 500, 100
COMMAND = ("Get-Command", {"Name": "Out-Default"})
_STATE = 0x00041006
_MANY = """
import sys
from pathlib import Path
from psprovider.transports.people import Quota
from psprovider.transports.unix_socket import UnixSocketListener
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Village
engine = DemoEngine()
UnixSocketListener(Path(sys.argv[1]), lambda: engine, Village(), Quota()).start()
print(flush=True)
sys.stdin.read()
"""


class Driver:
    """A session; what it sends is prepared before it is connected to anything."""

    def __init__(self, commands: int = 1, what: tuple[str, dict[str, Any]] = COMMAND) -> None:
        self._source = self._sink = -1
        self._buffer = b""
        pool = psrpcore.ClientRunspacePool()
        pool.open()
        self._opening = _line(pool)
        pool.state = psrpcore.types.RunspacePoolState.Opened
        self._commands = []
        for _ in range(commands):
            pipeline = psrpcore.ClientPowerShell(pool)
            pipeline.add_command(what[0]).add_parameters(**what[1])
            pipeline.start()
            self._commands.append((str(pipeline.pipeline_id).encode(), _line(pool)))

    def connect(self, source: int, sink: int) -> None:
        """Use these descriptors."""
        self._source, self._sink = source, sink

    def open(self) -> None:
        self._write(self._opening)
        self._until(b"<DataAck")

    def run(self) -> int:
        """Run the next command as PowerShell does: each step when the one before is acknowledged."""
        target, creation = self._commands.pop(0)
        self._write(b"<Command PSGuid='%b' />\n" % target)
        self._until(b"<CommandAck")
        self._write(creation)
        lines = 0
        while True:
            line = self._line()
            if line.startswith(b"<Data S"):
                lines += 1
                head = base64.b64decode(line[line.index(b">") + 1 :][:48])
                if struct.unpack_from("<I", head, 25)[0] == _STATE and head[16] & 1:
                    break
        self._write(b"<Close PSGuid='%b' />\n" % target)
        self._until(b"<CloseAck")
        return lines - 1

    def _write(self, data: bytes) -> None:
        os.write(self._sink, data)

    def _until(self, start: bytes) -> None:
        while not self._line().startswith(start):
            pass

    def _line(self) -> bytes:
        while b"\n" not in self._buffer:
            data = os.read(self._source, 1 << 18)
            if not data:
                raise RuntimeError("the server has gone")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line


def _line(pool: Any) -> bytes:
    payload = pool.data_to_send()
    target = str(payload.pipeline_id or "00000000-0000-0000-0000-000000000000").encode()
    return b"<Data Stream='Default' PSGuid='%b'>%b</Data>\n" % (target, base64.b64encode(payload.data))


@contextmanager
def session(driver: Driver, command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A session over the standard streams of a program, not yet opened."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin and process.stdout
    driver.connect(process.stdout.fileno(), process.stdin.fileno())
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def rows() -> Iterable[Row]:
    """Everything that the targets name."""
    with tempfile.TemporaryDirectory(prefix="jams-ps-") as folder:
        path = Path(folder) / "ps.sock"
        port = free_port()
        keys = {"PowerShellSocket": str(path), "WSManPort": str(port), "WSManAllowHttp": "true"}
        with server(**keys) as jams:
            add_account(jams.home, "ann", "Administrators")
            daemon = psutil.Process(jams.processes[0].pid)
            bridge = bridge_command(path).split()
            driver = Driver()
            with session(driver, bridge):
                driver.open()
                driver.run()
            yield from _opening(bridge, daemon)
            yield from _idle(bridge, daemon)
            if SSHD is not None:
                with sshd(jams=bridge_command(path)) as secure:
                    yield from _commands(secure.ssh("jams"), daemon)
                    yield from _real_client(secure)
            yield from _wsman(port)
            yield from _jobs(Client(jams), bridge, daemon)
        yield from _objects(Path(folder) / "many.sock")


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _opening(bridge: list[str], daemon: psutil.Process) -> Iterable[Row]:
    """The server's side of opening: from the start of the bridge to an opened session."""
    opened, first = [], []
    drivers = [Driver() for _ in range(OPENINGS)]
    before, children = _cpu(daemon), _children()
    for driver in drivers:
        begin = time.perf_counter()
        with session(driver, bridge):
            driver.open()
            opened.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            driver.run()
            first.append(time.perf_counter() - begin)
    spent = (_cpu(daemon) - before + _children() - children) / OPENINGS
    bare = [_bare() for _ in range(5)]
    yield Row(
        "PowerShell: open a session over the bridge",
        statistics.median(opened) * 1000,
        "ms",
        statistics.median(bare) * 1000,
        "python3 -I -S -c pass",
        60,
    )
    yield Row("PowerShell: server CPU to open and run one command", spent * 1000, "ms", None, "", 40)
    yield Row("PowerShell: first command", statistics.median(first) * 1000, "ms", None, "", 15)


def _children() -> float:
    """Seconds of CPU that ended processes of ours have used: here, bridges."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bare() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-S", "-c", "pass"], check=True)
    return time.perf_counter() - begin


def _commands(command: list[str], daemon: psutil.Process) -> Iterable[Row]:
    driver = Driver(COMMANDS)
    with session(driver, command):
        driver.open()
        for _ in range(20):
            driver.run()
        before, begin = _cpu(daemon), time.perf_counter()
        count = COMMANDS - 20
        for _ in range(count):
            driver.run()
        taken, spent = time.perf_counter() - begin, _cpu(daemon) - before
    yield Row(
        "PowerShell: commands in one session through sshd",
        count / taken,
        "commands/s",
        None,
        "",
        230,
        better="higher",
    )
    yield Row("PowerShell: server CPU of a command", spent / count * 1000, "ms", None, "", 2.5)


def _idle(bridge: list[str], daemon: psutil.Process) -> Iterable[Row]:
    before = daemon.memory_full_info().uss
    with ExitStack() as stack:
        processes = []
        # One account may have so many sessions; the rest of the hundred is reckoned.
        count = 25
        for _ in range(count):
            driver = Driver()
            process = stack.enter_context(session(driver, bridge))
            driver.open()
            processes.append(psutil.Process(process.pid))
        # Each becomes a smaller program once its session is on its way.
        time.sleep(0.5)
        grown = (daemon.memory_full_info().uss - before) / count * SESSIONS
        memory = [process.memory_full_info() for process in processes]
    largest = max(one.uss for one in memory) / 1e6
    together = sum(one.pss for one in memory) / count * SESSIONS
    yield Row("PowerShell: a bridge, memory of its own", largest, "MB")
    resident = max(one.rss for one in memory) / 1e6
    yield Row("PowerShell: a bridge, resident with shared pages", resident, "MB", None, "", 8)
    yield Row("PowerShell: 100 idle sessions, server's share", max(grown, 0) / 1e6, "MB", None, "", 30)
    yield Row("PowerShell: 100 idle sessions, with bridges", (together + grown) / 1e6, "MB", None, "", 1200)


def _wsman(port: int) -> Iterable[Row]:
    """Over WS-Management, with a client in Python that takes part of the time."""
    opened = []
    for _ in range(OPENINGS):
        with Hand(port, "ann", PASSWORD) as hand:
            begin = time.perf_counter()
            hand.create()
            hand.receive()
            opened.append(time.perf_counter() - begin)
            hand.delete()
    with Hand(port, "ann", PASSWORD) as hand:
        hand.create()
        hand.receive()
        hand.pool.state = psrpcore.types.RunspacePoolState.Opened

        def command() -> None:
            number = hand.command(COMMAND[0], **COMMAND[1])
            while b"CommandState/Done" not in hand.receive(number).body:
                pass
            hand.signal(number, "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate")

        rate = per_second(command)
        hand.delete()
    yield Row("PowerShell: open over WS-Management", statistics.median(opened[1:]) * 1000, "ms")
    yield Row("PowerShell: commands over WS-Management", rate, "commands/s", better="higher")


def _jobs(client: Client, bridge: list[str], daemon: psutil.Process) -> Iterable[Row]:
    """Jobs, with all their properties the largest objects there are, from the database to the client."""
    for number in range(JOBS):
        client.call("POST", "/job", {**TRUE_JOB, "jobName": f"Many{number}"})
    driver = Driver(9, ("Get-JAMSJob", {}))
    with session(driver, bridge):
        driver.open()
        driver.run()
        rate, spent = _many(driver, 8, daemon)
    yield Row("PowerShell: jobs out of the server", rate, "jobs/s", better="higher")
    yield Row("PowerShell: server CPU of a job", spent * 1e6, "µs")


def _objects(path: Path) -> Iterable[Row]:
    """Objects out of the endpoint: a command of the tests makes them, so that no database is measured."""
    process = subprocess.Popen(
        [sys.executable, "-c", _MANY, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin and process.stdout
    try:
        process.stdout.readline()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            driver = Driver(3, ("Get-Many", {"Count": OBJECTS}))
            driver.connect(client.fileno(), client.fileno())
            driver.open()
            driver.run()
            rate, spent = _many(driver, 2, psutil.Process(process.pid))
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
    yield Row("PowerShell: objects out of the endpoint", rate, "objects/s", None, "", 8000, better="higher")
    yield Row("PowerShell: server CPU of an object", spent * 1e6, "µs")


def _many(driver: Driver, times: int, daemon: psutil.Process) -> tuple[float, float]:
    """Run commands that give many objects: how many came in a second, and seconds of CPU for each."""
    before, begin = _cpu(daemon), time.perf_counter()
    count = sum(driver.run() for _ in range(times))
    return count / (time.perf_counter() - begin), (_cpu(daemon) - before) / count


def _real_client(secure: Sshd) -> Iterable[Row]:
    powershell = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
    if powershell is None:
        return
    script = f"""
        $s = New-PSSession -HostName localhost -Port {secure.port} -UserName {secure.user} -Subsystem jams `
            -KeyFilePath {secure.key} -Options @{{UserKnownHostsFile='{secure.known_hosts}'}}
        foreach ($i in 1..300) {{ [void](Invoke-Command $s {{ Get-Command -Name Out-Default }}) }}
        $w = [Diagnostics.Stopwatch]::StartNew()
        foreach ($i in 1..300) {{ [void](Invoke-Command $s {{ Get-Command -Name Out-Default }}) }}
        300 / $w.Elapsed.TotalSeconds
    """
    done = subprocess.run(
        [powershell, "-NoProfile", "-Command", script],
        env={**os.environ, "DOTNET_TieredPGO": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    yield Row(
        "PowerShell: commands of a real client through sshd",
        float(done.stdout.split()[-1].replace(",", ".")),
        "commands/s",
        better="higher",
    )
