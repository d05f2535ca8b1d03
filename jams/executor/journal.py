"""What is kept of a run on disk while the scheduler has not settled it: one directory for each token.

======== ======================================================= ===========================================
file     written by                                              meaning
======== ======================================================= ===========================================
run      executor, before the process is made                    the answer to the start, without process id
script.* executor                                                the source
started  supervising process, exclusively, as its first act      this token runs or has run; its process id
started  executor, exclusively, when it recovers                 never ran, never will (``void``), or unknown
exit     supervising process, when the work has ended            the exit code and a newline
abort    executor, before it signals                             somebody asked for the end
======== ======================================================= ===========================================

Only one of the two can create ``started``, which is what makes "it never ran" provable. The exit code
is one short write that counts only with its newline: a torn one is recognised, and next to writing a
second name and renaming it this saves each job a process (``mv``), about a millisecond. A process killed
between the two steps loses the code either way.

Nothing is flushed to the device: a killed process loses nothing that it had written, and when the machine
itself stops, ``Vouch`` notices that the journal may be short.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from jams.objects.run import RunStarted

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_VOID = b"void\n"
_EXIT = re.compile(rb"(-?\d+)\r?\n")
_record = msgspec.json.Encoder()
_recorded = msgspec.json.Decoder(RunStarted)


class Journal:
    """The directory of one run."""

    __slots__ = ("path", "token")

    def __init__(self, root: str, token: str) -> None:
        """Names the directory; touches nothing.

        Raises:
            ValueError: the token cannot be the name of a directory.
        """
        if _TOKEN.fullmatch(token) is None:
            raise ValueError("A start token is 1 to 128 letters, digits, hyphens and underscores.")
        self.token = token
        self.path = os.path.join(root, token)

    def file(self, name: str) -> str:
        """The path of one of its files."""
        return f"{self.path}{os.sep}{name}"

    def create(self) -> None:
        """Make the directory; FileExistsError says that the token was used before."""
        os.mkdir(self.path, 0o700)

    def write(self, name: str, data: bytes, mode: int = 0o600) -> str:
        """Write one of its files anew and return its path."""
        path = self.file(name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, mode)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)
        return path

    def record(self, started: RunStarted) -> None:
        """Keep the answer to the start."""
        self.write("run", _record.encode(started))

    def recorded(self) -> RunStarted | None:
        """The answer to the start, or None when it is missing or torn."""
        data = self._read("run")
        if data is None:
            return None
        try:
            return _recorded.decode(data)
        except msgspec.DecodeError:
            return None

    def claim(self, *, proven: bool = True) -> bool:
        """Take the claim in place of the supervising process: this token does not start from now on.

        False when the claim was taken before. The run is void unless the absence of its claim proves
        nothing (``proven=False``); it is then one that may have run and is lost. The mark appears whole
        or not at all (it is linked in), so that a later recovery reads it.
        """
        with suppress(FileExistsError):
            self.create()
        mark = self.write(f"claim-{os.getpid()}", _VOID if proven else b"")
        try:
            os.link(mark, self.file("started"))
        except FileExistsError:
            return False
        finally:
            os.unlink(mark)
        return True

    @property
    def is_void(self) -> bool:
        """Whether it is settled that this token never ran and never will."""
        return self._read("started") == _VOID

    @property
    def exit_code(self) -> int | None:
        """The recorded exit code; None while there is none, or when it is torn."""
        data = self._read("exit")
        match = _EXIT.fullmatch(data) if data is not None else None
        return int(match.group(1)) if match else None

    @property
    def exit_time(self) -> float | None:
        """When the exit code was recorded, in seconds since the epoch."""
        try:
            return os.stat(self.file("exit")).st_mtime
        except OSError:
            return None

    def mark_abort(self) -> None:
        """Note that somebody asked for the end, before it is brought about."""
        self.write("abort", b"")

    @property
    def aborted(self) -> bool:
        """Whether somebody asked for the end."""
        return os.path.exists(self.file("abort"))

    def remove(self) -> None:
        """Remove the directory; what a job has put there goes too."""
        try:
            for name in os.listdir(self.path):
                os.unlink(self.file(name))
            os.rmdir(self.path)
        except FileNotFoundError:
            return
        except OSError:
            shutil.rmtree(self.path, ignore_errors=True)

    def _read(self, name: str) -> bytes | None:
        try:
            with open(self.file(name), "rb") as file:
                return file.read()
        except OSError:
            return None


def journals(root: str) -> list[str]:
    """The tokens that have a journal under ``root``."""
    return [
        name
        for name in os.listdir(root)
        if _TOKEN.fullmatch(name) and os.path.isdir(os.path.join(root, name))
    ]


class Vouch:
    """Whether an absent mark in the journal proves that a run never started.

    It does while the journal is the one that was there when the token was claimed and the machine has
    not stopped since: files of a killed process survive it, files of a stopped machine need not. The
    boot is known on Linux only; elsewhere a stop of the machine goes unnoticed.
    """

    def __init__(self, root: str) -> None:
        self._file = Path(root) / ".boot"
        self._boot = _boot_id()
        try:
            before = self._file.read_text("ascii")
        except OSError:
            before = None
        self.doubt: str | None = None
        if before is None:
            self.doubt = "the executor's journal is new and does not know it"
        elif before != self._boot:
            self.doubt = "the machine was restarted meanwhile, and the journal may have lost its start"
        self._kept = self.doubt is None

    def keep(self) -> None:
        """Say durably that from now on this journal answers for this boot of the machine."""
        if self._kept:
            return
        self._kept = True
        temporary = self._file.with_suffix(".new")
        with open(temporary, "w", encoding="ascii") as file:
            file.write(self._boot)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._file)


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return "unknown"
