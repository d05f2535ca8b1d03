"""An SSH server of the machine's own kind, on a free port, for the current user alone."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.running import free_port

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class Sshd:
    """Where it listens, and how to get in."""

    port: int
    key: Path
    known_hosts: Path
    user: str
    process: subprocess.Popen[bytes]

    def ssh(self, subsystem: str) -> list[str]:
        """The command with which PowerShell starts ssh."""
        return [
            "ssh", "-F", "none", "-i", str(self.key), "-l", self.user, "-p", str(self.port),
            "-o", f"UserKnownHostsFile={self.known_hosts}", "-o", "BatchMode=yes",
            "-s", "localhost", subsystem,
        ]  # fmt: skip


@contextmanager
def sshd(*lines: str, **subsystems: str) -> Iterator[Sshd]:
    """An sshd with throw-away keys, further lines of configuration and the subsystems given."""
    assert SSHD is not None
    with tempfile.TemporaryDirectory(prefix="jams-sshd-") as name:
        folder = Path(name)
        for key in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)], check=True
            )
        shutil.copy(folder / "user.pub", folder / "authorized")
        port = free_port()
        host_key = (folder / "host.pub").read_text().split()
        (folder / "known").write_text(f"[localhost]:{port} {host_key[0]} {host_key[1]}\n")
        (folder / "config").write_text(
            "\n".join(
                [
                    f"Port {port}",
                    "ListenAddress localhost",
                    f"HostKey {folder / 'host'}",
                    f"AuthorizedKeysFile {folder / 'authorized'}",
                    "PidFile none",
                    "StrictModes no",
                    "UsePAM no",
                    "PermitRootLogin yes",
                    "PasswordAuthentication no",
                    *lines,
                    *(f"Subsystem {name} {command}" for name, command in subsystems.items()),
                ]
            )
            + "\n"
        )
        _separation_directory()
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [SSHD, "-D", "-e", "-f", str(folder / "config")],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        try:
            _wait_for(port, process, folder / "log")
            yield Sshd(port, folder / "user", folder / "known", getpass.getuser(), process)
        finally:
            process.kill()
            process.wait(20)


def _separation_directory() -> None:
    """Root's sshd wants this directory, which its start script makes."""
    folder = Path("/run/sshd")
    if not folder.exists() and getpass.getuser() == "root":
        folder.mkdir(mode=0o755)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    pause = threading.Event()
    for _ in range(200):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return
        except OSError:
            pause.wait(0.05)
    raise AssertionError(log.read_text())
