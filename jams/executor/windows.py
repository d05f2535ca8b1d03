"""Processes on Windows: the same offers as ``posix``, by a supervising Python process. Not verified.

A run is alive as long as its supervising process holds the lock on the journal's file ``alive``; that
needs no process ids, which Windows reuses quickly.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from .journal import Journal, journals
from .outcomes import ChildExit

ALIVE = "alive"
"""The file whose first byte the supervising process keeps locked."""


def spawn(
    journal: Journal,
    record: str,
    directory: str,
    command: Sequence[str] | bytes,
    environment: Mapping[str, str],
    log: int,
    given: bytes = b"",
) -> int:
    """Start the supervising process with its output in ``log``; its process id.

    ``given`` is what the work finds on its standard input.

    Raises:
        OSError: the system refuses.
        ValueError: a NUL in an argument or variable.
    """
    assert not isinstance(command, bytes)  # no method leaves its script to the supervising process here
    wrapper = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wrapper_windows.py")
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    process = subprocess.Popen(
        [sys.executable, "-I", wrapper, journal.path, record, directory, *command],
        env=dict(environment),
        stdin=subprocess.PIPE if given else subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        creationflags=flags,
    )
    if process.stdin is not None:
        with process.stdin as pipe:
            pipe.write(given)
    process.returncode = 0  # the journal tells the end; the handle is not waited for
    return process.pid


def find_runs(root: str) -> dict[str, int]:
    """The process ids of the live supervising processes under the journal directory ``root``, by token."""
    alive = [journal for journal in (Journal(root, token) for token in journals(root)) if _is_alive(journal)]
    return {journal.token: _process_id(journal) for journal in alive}


def is_run(pid: int, journal: Journal) -> bool:
    """Whether the supervising process of the run of ``journal`` is alive."""
    return _is_alive(journal)


def take_exit(pid: int, journal: Journal) -> ChildExit | None:
    """Whether the supervising process has ended; None while it runs. How it ended stands in the journal."""
    return None if _is_alive(journal) else ChildExit(None, None)


def signal_run(pid: int, journal: Journal, *, force: bool) -> None:
    """End the process tree of a live run; without ``force`` it is asked first to close."""
    if not _is_alive(journal):
        return
    subprocess.run(
        ["taskkill", "/T", *(["/F"] if force else []), "/PID", str(pid)], capture_output=True, check=False
    )


def _process_id(journal: Journal) -> int:
    try:
        with open(journal.file("state"), encoding="ascii") as file:
            return int(file.readline())
    except (OSError, ValueError):
        return 0


def _is_alive(journal: Journal) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            with open(journal.file(ALIVE), "r+b") as file:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        except FileNotFoundError:
            return False
        except OSError:
            return True
    return False
