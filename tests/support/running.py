"""A real JAMS in processes of its own, on free ports, with a home that is thrown away."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil

from jams.client.home import let_in, read_login
from jams.objects.errors import ServerUnavailable

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 30.0
PASSWORD = "correct horse battery staple"


@dataclass
class Running:
    """A JAMS that runs: where its web services are and how to get in."""

    home: Path
    url: str
    given: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def token(self) -> str:
        """A token of the owner, if none was given."""
        return self.given or local_token(self.home)

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables under which the command line finds this JAMS."""
        return {**os.environ, "JAMS_HOME": str(self.home)}

    def stop(self) -> None:
        """End it as an operator would."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(20)

    def kill_tree(self) -> None:
        """``kill -9`` of the server, of its jobs, and of everything below them, at once."""
        doomed = [p for process in self.processes for p in _descendants(process.pid)]
        doomed += [p for p in psutil.process_iter(["cmdline"]) if str(self.home) in " ".join(_cmdline(p))]
        for process in [*self.processes, *doomed]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        for process in self.processes:
            process.wait(20)


def local_token(home: Path) -> str:
    """A token that the server of a home gives its owner. Raises OSError when nobody answers."""
    login = read_login(home)
    assert login is not None
    try:
        return let_in(login).token
    except ServerUnavailable as error:
        raise ConnectionError(error.message) from error


def configure(home: Path, **keys: str) -> None:
    """Write ``Common.config`` with free ports and the keys given (``Auth__TokenLifetime`` for a colon).

    Without ``DeliverJobs`` a server begins with no job of its own, which every list would show.
    """
    home.mkdir(parents=True, exist_ok=True)
    settings = {"WebPort": "0", "ServerPort": "0", "DeliverJobs": "false"}
    settings |= {"SchedulerPort": "none", "ExecutorPort": "none", **keys}
    lines = [f'    <add key="{key.replace("__", ":")}" value="{value}"/>' for key, value in settings.items()]
    body = "\n".join(["<configuration>", "  <appSettings>", *lines, "  </appSettings>", "</configuration>"])
    (home / "Common.config").write_text(body + "\n", encoding="utf-8")


def launch(home: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start ``jams start`` for a home; its output goes to files beside it."""
    with (home.parent / f"{home.name}.output").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "jams.commands.main", "start", "--home", str(home), *options],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def wait_ready(home: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The content of ``client.json`` once the web services answer; fails when the process ends before."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _check_alive(home, process)
        try:
            login: dict[str, Any] = json.loads((home / "client.json").read_bytes())
        except (OSError, ValueError):
            time.sleep(0.02)
            continue
        _wait_healthy(login["url"], home, process)
        return login
    raise AssertionError("JAMS was not ready in time")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def start_web_services(home: Path, jams: Running) -> Running:
    """Start web services of their own in front of a JAMServer that runs already."""
    host, _, port = json.loads((jams.home / "client.json").read_bytes())["wire"].rpartition(":")
    web_port = free_port()
    configure(home, JAMServer=host, ServerPort=port, WebPort=str(web_port))
    process = launch(home, "--role", "web")
    url = f"http://127.0.0.1:{web_port}/JAMS"
    _wait_healthy(url, home, process)
    return Running(home=jams.home, url=url, given=jams.given, processes=[process])


def _wait_healthy(url: str, home: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _check_alive(home, process)
        try:
            with urlopen(f"{url}/api/health", timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"{url} was not ready in time")


def _check_alive(home: Path, process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        output = (home.parent / f"{home.name}.output").read_text(errors="replace")
        raise AssertionError(f"JAMS ended with {process.returncode}:\n{output}")


def start(home: Path, *options: str, **keys: str) -> Running:
    """Start everything in one process and wait until it answers."""
    if not (home / "Common.config").exists():
        configure(home, **keys)
    (home / "client.json").unlink(missing_ok=True)
    process = launch(home, *options)
    login = wait_ready(home, process)
    return Running(home=home, url=login["url"], processes=[process])


@contextmanager
def running(home: Path, *options: str, **keys: str) -> Iterator[Running]:
    """A JAMS for the time of a ``with`` block."""
    jams = start(home, *options, **keys)
    try:
        yield jams
    finally:
        jams.kill_tree()


def administer(home: Path, command: str, *words: str, given: str = "") -> None:
    """Say a command of the administrator's to a home; ``given`` is what it reads. It has to succeed."""
    subprocess.run(
        [sys.executable, "-m", "jams.commands.main", command, "--home", str(home), *words],
        cwd=ROOT, input=given, text=True, check=True, capture_output=True,
    )  # fmt: skip


def add_account(home: Path, name: str, group: str, password: str = PASSWORD) -> None:
    """Make an account with the administrator's command."""
    administer(home, "account", "add", name, "--group", group, given=password)


def examined(home: Path) -> dict[str, tuple[bool, str]]:
    """What ``jams doctor`` finds in a home: what it has looked at, whether that is good, and what it says."""
    words = [sys.executable, "-m", "jams.commands.main", "doctor", "--home", str(home), "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=50)
    return {each["what"]: (each["good"], each["told"]) for each in json.loads(done.stdout)}


def _descendants(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _cmdline(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
