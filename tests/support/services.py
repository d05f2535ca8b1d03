"""The services of a JAMS in processes of their own, which a test starts, stops and kills one by one."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jams.services.roles import APART, Role, Standing, found
from tests.support.eventually import eventually
from tests.support.running import Running, configure, launch

SERVER, SCHEDULER, EXECUTOR = APART

__all__ = ["APART", "EXECUTOR", "SCHEDULER", "SERVER", "Apart", "apart"]


class Apart:
    """The services of a home.

    Attributes:
        home: the home.
        processes: those that were started, by what they do.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.processes: dict[Role, subprocess.Popen[bytes]] = {}

    def start(self, role: Role) -> Standing:
        """Start a service, and wait until it answers."""
        process = self.processes[role] = launch(self.home, role.value)
        return self.ready(role, process)

    def ready(self, role: Role, process: subprocess.Popen[bytes]) -> Standing:
        """Wait until a service answers that is being started."""

        def is_ready() -> bool:
            assert process.poll() is None, self.output()
            now = found(self.home, role)
            return now is not None and now.ready

        eventually(is_ready)
        standing = found(self.home, role)
        assert standing is not None
        return standing

    def stop(self, role: Role) -> None:
        """Stop a service as an operator does."""
        process = self.processes.pop(role)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, self.output()

    def kill(self, role: Role) -> None:
        """``kill -9`` of a service, and of nothing else."""
        process = self.processes.pop(role)
        process.kill()
        process.wait(30)

    def output(self) -> str:
        """What the services have written to their terminals."""
        return (self.home.parent / f"{self.home.name}.output").read_text(errors="replace")


@contextmanager
def apart(home: Path, **keys: str) -> Iterator[Apart]:
    """The three services, each in a process of its own; what they have set going ends with them."""
    configure(home, **keys)
    made = Apart(home)
    try:
        for role in APART:
            made.start(role)
        yield made
    finally:
        Running(home, "", processes=[*made.processes.values()]).kill_tree()
