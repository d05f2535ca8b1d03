"""Processes on POSIX systems: start a run, know it again, end it, learn how it ended.

Finding a run's processes reads /proc on Linux. Elsewhere it asks ``ps``, and processes that a run has
left behind are not looked for; that is not verified.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from .journal import Journal
from .native_spawn import Spawner
from .outcomes import ChildExit

_HELD = 9
"""Where the supervising shell finds the script that it runs itself. Shells know descriptors of one digit."""

_HOLDS = hasattr(os, "memfd_create")

WRAPPER = f"""\
exec 3< "$0.state"
read -r claim <&3 && kill -KILL $$
printf '%s\\n' $$ "$1" >> "$0.state" && read -r claim <&3 && [ "$claim" = $$ ] || kill -KILL $$
exec 3<&-
trap : TERM INT HUP
if cd -- "$2"; then
  shift 2
  case $# in
    0) (. {f"/dev/fd/{_HELD}" if _HOLDS else '"$0.sh"'}) ;;
    *) "$@" ;;
  esac
  code=$?
else
  code=126
fi
echo "exit $code" >> "$0.state"
exit $code
"""
"""The supervising shell of a run: arguments are the journal, the answer to the start, the working directory
and the command. Without a command it runs the script itself in a copy of itself, which saves a second
shell: a third of what a short job costs the machine beside the server. Where the system can, that script is
in memory and its file is saved as well.

It claims the run before anything else and falls dead when the claim was taken from it. It stays alive
through signals meant for the work (traps, unlike ignored signals, are not inherited), to record the exit
code; that it exits with the same code serves an executor whose disk is full.
"""

MOST_GIVEN = 4096
"""Bytes that every pipe takes without a reader; more is given in memory, where the system can."""

_SHELL = "/bin/sh"
_RESET: list[signal.Signals] = [
    getattr(signal, name)
    for name in (
        "SIGPIPE",
        "SIGXFSZ",
        "SIGINT",
        "SIGQUIT",
        "SIGTERM",
        "SIGHUP",
        "SIGCHLD",
        "SIGUSR1",
        "SIGUSR2",
    )
    if hasattr(signal, name)
]
_spawner = Spawner(_RESET) if sys.platform == "linux" else None


def spawn(
    journal: Journal,
    record: str,
    directory: str,
    command: Sequence[str] | bytes,
    environment: Mapping[str, str],
    log: int,
    given: bytes = b"",
    told: bytes = b"",
) -> int:
    """Start the supervising shell in a session of its own with its output in ``log``; its process id.

    ``given`` is what the work finds on its standard input: a pipe that is filled before the start, or a file
    in memory, which lives as long as the work although nobody else holds it. Where ``command`` is a shell
    script, the supervising shell runs it itself. ``told`` is what the command finds in the descriptor of
    :data:`jams.executor.switching.ENVIRONMENT`.

    Raises:
        OSError: the system refuses (too many processes, arguments too long …).
        ValueError: a NUL in an argument or variable, or more given than fits.
    """
    script = command if isinstance(command, bytes) else None
    arguments = [
        _SHELL,
        "-c",
        WRAPPER,
        journal.path,
        record,
        directory,
        *(() if script is not None else command),
    ]
    held = None
    if script is not None:
        held = _held(journal, script)
    elif told:
        held = _in_memory(journal.token, told)
    source = _filled_pipe(given) if given else None
    handed = (
        {1: log, 2: log} | ({} if source is None else {0: source}) | ({} if held is None else {_HELD: held})
    )
    try:
        if _spawner is not None:
            return _spawner.spawn(_SHELL, arguments, environment, handed)
        nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
        return os.posix_spawn(
            _SHELL,
            arguments,
            environment,
            file_actions=[
                *([nothing] if source is None else []),
                *[(os.POSIX_SPAWN_DUP2, ours, theirs) for theirs, ours in handed.items()],
            ],
            setsid=True,
            setsigmask=(),
            setsigdef=_RESET,
        )
    finally:
        for descriptor in (source, held):
            if descriptor is not None:
                os.close(descriptor)


def _held(journal: Journal, script: bytes) -> int | None:
    """A descriptor in which the script is; None where it lies in the journal."""
    if not _HOLDS:
        journal.write("sh", script, os.O_EXCL)
        return None
    # The work shall not inherit it; on the script's own first line, so that lines are counted as written.
    return _in_memory(journal.token, b"exec %d<&-;" % _HELD + script)


def _in_memory(name: str, data: bytes) -> int:
    """A descriptor of a file in memory that holds ``data``. Others may read it who have the descriptor."""
    descriptor = os.memfd_create(name)
    try:
        os.fchmod(descriptor, 0o444)
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _filled_pipe(data: bytes) -> int:
    """The reading end of a pipe that holds ``data`` and then ends, or of a file in memory that does."""
    if len(data) > MOST_GIVEN:
        if not _HOLDS:
            raise ValueError("too much is given to the work")
        held = _in_memory("given", data)
        os.lseek(held, 0, os.SEEK_SET)
        os.fchmod(held, 0o400)
        return held
    source, target = os.pipe()
    try:
        os.write(target, data)
    finally:
        os.close(target)
    return source


def find_runs(root: str) -> dict[str, int]:
    """The process ids of the live supervising shells under the journal directory ``root``, by token."""
    if sys.platform != "linux":
        return _find_by_ps(root)
    found: dict[str, int] = {}
    for name in _process_ids():
        token = _token(root, name)
        if token is not None and _leads_session(int(name)):
            found[token] = int(name)
    return found


def is_run(pid: int, journal: Journal) -> bool:
    """Whether ``pid`` is, now, the supervising shell of the run of ``journal``."""
    root = os.path.dirname(journal.path)
    if sys.platform != "linux":
        return _find_by_ps(root).get(journal.token) == pid
    return _token(root, str(pid)) == journal.token


def supervises(root: str, pid: int) -> bool:
    """Whether a process is the supervising shell of any run whose journal lies under ``root``."""
    return _token(root, str(pid)) is not None


def take_exit(pid: int, journal: Journal) -> ChildExit | None:
    """How the supervising shell ``pid`` ended; None while it runs. Of a stranger's child little is known."""
    try:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
    except ChildProcessError:
        return None if is_run(pid, journal) else ChildExit(None, None)
    if ended == 0:
        return None
    return ChildExit(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)


def _token(root: str, process: str) -> str | None:
    """The token in the command line of a supervising shell, None for any other process."""
    arguments = read(f"/proc/{process}/cmdline").split(b"\0")
    if len(arguments) < 7 or arguments[:2] != [os.fsencode(_SHELL), b"-c"]:
        return None
    parent, token = os.path.split(os.fsdecode(arguments[3]))
    return token if parent == root and _is_ours(process) else None


def _is_ours(process: str) -> bool:
    """Whether a process has our account: a run of another could call itself a supervisor."""
    try:
        return os.stat(f"/proc/{process}").st_uid == os.geteuid()
    except OSError:
        return False


def _leads_session(pid: int) -> bool:
    """Whether it is the shell itself, not a copy that is the work or about to become it."""
    try:
        return os.getsid(pid) == pid
    except OSError:
        return False


def _find_by_ps(root: str) -> dict[str, int]:
    command = ["ps", "-axww", "-o", "pid=,pgid=,command="]
    listing = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False).stdout
    shell = re.compile(rf"\s*(\d+)\s+(\d+)\s+{re.escape(_SHELL)} -c .*\s{re.escape(root)}/([\w-]+)\s")
    matches = filter(None, map(shell.match, listing.splitlines()))
    return {match.group(3): int(match.group(1)) for match in matches if match.group(1) == match.group(2)}


def _process_ids() -> list[str]:
    return [name for name in os.listdir("/proc") if name.isdigit()]


def read(path: str) -> bytes:
    """The content of a small file; empty when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
