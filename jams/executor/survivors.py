"""What lives of runs: their supervisors, and whatever these have set going, wherever it has moved to.

On Linux a process belongs to a run if it carries the run's mark (:mod:`jams.executor.marks`) in its
environment, stands in the session of the supervisor, or descends from such a process; the nearest of these
counts. So work is found that made a session of its own, and work that threw its environment away; not found
is only what did both and has lost its parent. Elsewhere the process group and the descent count, as ``ps``
tells them; that is not verified. On Windows a run lives as long as its supervisor does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from .journal import Journal
from .marks import Marks
from .processes import host

_DEAD = (b"Z", b"X")


class Survivor(NamedTuple):
    """A live process of a run; when it started tells it from a later one of the same number."""

    pid: int
    started: bytes
    journal: Journal

    def alive(self) -> bool:
        """Whether it has not ended."""
        if sys.platform == "win32":
            return host.is_run(self.pid, self.journal)
        if sys.platform != "linux":
            return _exists(self.pid)
        status = _status(str(self.pid))
        return status is not None and status.started == self.started

    def end(self, *, force: bool) -> None:
        """Ask it to end, or end it; a stranger is left alone. Raises OSError when the system refuses."""
        if sys.platform == "win32":
            host.signal_run(self.pid, self.journal, force=force)
            return
        number = signal.SIGKILL if force else signal.SIGTERM
        with suppress(ProcessLookupError):
            if sys.platform != "linux":
                os.kill(self.pid, number)
                return
            handle = os.pidfd_open(self.pid)
            try:
                if self.alive():
                    signal.pidfd_send_signal(handle, number)
            finally:
                os.close(handle)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def survivors(
    root: str, runs: Mapping[str, int | None], known: Iterable[Survivor] = ()
) -> dict[str, list[Survivor]]:
    """What lives of runs whose journals lie under ``root``.

    Args:
        root: the journal directory.
        runs: by token the process id of the supervisor, None when it was not seen alive by this executor.
        known: what was found before. It belongs to its run also when nothing tells so any more.
    """
    journals = {token: Journal(root, token) for token in runs}
    if sys.platform == "win32":
        return {
            token: [Survivor(runs[token] or 0, b"", journal)]
            for token, journal in journals.items()
            if host.is_run(runs[token] or 0, journal)
        }
    table = _by_proc(root) if sys.platform == "linux" else _by_ps(root)
    found: dict[str, list[Survivor]] = {}
    owners = {
        survivor.pid: survivor.journal.token
        for survivor in known
        if survivor.pid in table and table[survivor.pid].started == survivor.started
    }
    for pid, token in _owners(table, {pid: token for token, pid in runs.items() if pid}, owners).items():
        if token in runs:
            found.setdefault(token, []).append(Survivor(pid, table[pid].started, journals[token]))
    return found


def of_a_run(root: str, pid: int) -> bool:
    """Whether a process belongs to any run whose journal lies under ``root``, as far as Linux tells.

    So it is where it or a process from which it descends carries a run's JAMS_RUN, or stands in the session
    of a supervisor. One that is gone is taken for one of a run.
    """
    root = os.path.realpath(root)
    marks = Marks(root)
    while pid > 1:
        status = _status(str(pid))
        if status is None or host.supervises(root, status.session):
            return True
        if marks.looks_marked(_environment(str(pid))):
            return True
        pid = status.parent
    return False


class _Process(NamedTuple):
    parent: int
    session: int
    started: bytes
    named: str | None
    """The token whose mark stands in its environment or, for a supervisor, in its command."""


def _owners(
    table: Mapping[int, _Process], supervisors: Mapping[int, str], owners: dict[int, str]
) -> dict[int, str]:
    """The token of each process that belongs to a run; ``owners`` are those that are known."""
    strangers: set[int] = set()

    def own(process: _Process) -> str | None:
        leader = table.get(process.session)
        token = supervisors.get(process.session)
        # Where the leader of the session is another process by now, so is the session. A child of this one
        # that has no name is the supervisor: while it becomes the shell its environment cannot be read.
        beginning = leader is not None and leader.named is None and leader.parent == os.getpid()
        return token if leader is None or leader.named == token or beginning else None

    for pid, process in table.items():
        line = []
        while pid in table and pid not in owners and pid not in strangers and pid not in line:
            line.append(pid)
            token = process.named or own(process)
            if token is not None:
                owners[pid] = token
                break
            pid = process.parent
            if pid in table:
                process = table[pid]
        token = owners.get(pid)
        if token is None:
            strangers.update(line)
        else:
            owners.update(dict.fromkeys(line, token))
    return owners


def _by_proc(root: str) -> dict[int, _Process]:
    found, marks = {}, Marks(root)
    for name in os.listdir("/proc"):
        status = _status(name) if name.isdigit() else None
        if status is not None:
            found[int(name)] = status._replace(named=marks.token(_environment(name)))
    return found


def _status(name: str) -> _Process | None:
    """What the kernel says of a live process; None when it is no more."""
    fields = host.read(f"/proc/{name}/stat").rpartition(b") ")[2].split()
    if len(fields) < 20 or fields[0] in _DEAD:
        return None
    return _Process(int(fields[1]), int(fields[3]), fields[19], None)


def _environment(name: str) -> bytes:
    return host.read(f"/proc/{name}/environ")


def _by_ps(root: str) -> dict[int, _Process]:
    command = ["ps", "-axww", "-o", "pid=,ppid=,pgid=,stat=,lstart="]
    listing = subprocess.run(command, capture_output=True, check=False).stdout
    supervisors = {pid: token for token, pid in host.find_runs(root).items()}
    found = {}
    for line in listing.splitlines():
        fields = line.split(None, 4)
        if len(fields) == 5 and not fields[3].startswith(_DEAD):
            pid, parent, group = (int(field) for field in fields[:3])
            found[pid] = _Process(parent, group, fields[4], supervisors.get(pid))
    return found
