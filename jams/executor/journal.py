"""What is kept of a run on disk while the scheduler has not settled it: files that begin with its token.

============= ========================================= =====================================================
TOKEN.…       written by                                meaning
============= ========================================= =====================================================
state         executor, empty, before the start         the token is used
sh, py …      executor, exclusively, before the start   the source, unless the supervisor holds it
state         supervisor, appended, its first act       the run has begun: its process id, the answer (JSON)
state         supervisor, appended                      the run is over: ``exit`` and its code
state         executor, appended, when it recovers      ``void``: never ran, never will; ``doubt``: not known
abort         executor, before it signals               somebody wants the end (``orders.ABORT``)
order         executor, before the start                the work is done on another host (``orders``)
sent          the work on another host                  the host may have begun
outcome       the work on another host, at its end      how it ended, where an exit code does not say it
============= ========================================= =====================================================

The supervisor is the process of ``posix.WRAPPER``. The first line of ``state`` is the claim, and only one of
the two can have written it, which is what makes "it never ran" provable: both append, and look afterwards
who came first. The exit code is one short write that counts only with its newline, so a
torn one is recognised; a file of its own, written and renamed, would say no more and cost each job another
process (``mv``, a millisecond) and a file. There are few files, and no directory for each run, because
file systems make them dear: ext4 looks through all recently removed ones for each new one. So the one that
each run needs is used again (:mod:`jams.executor.spares`).

Nothing is flushed to the device: a killed process loses nothing that it had written, and when the machine
itself stops, ``Vouch`` notices that the journal may be short.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from jams.objects.errors import ConfigurationInvalid
from jams.objects.run import LogPatterns, RunStarted

from .marks import prepare_key
from .orders import (
    ABORT,
    ASKED,
    FORCE,
    LONGEST_IDLE,
    ORDER,
    OUTCOME,
    SENT,
    Outcome,
    decode_order,
    decode_outcome,
    idle_seconds,
)
from .spares import Spares

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_VOID, _DOUBT = b"void\n", b"doubt\n"
_EXIT = re.compile(rb"(?:[^\n]*\n)*exit (-?\d+)\n")
_BINARY = getattr(os, "O_BINARY", 0)
_REMOTE_SUFFIXES = (f"{OUTCOME}.new", OUTCOME, SENT, ORDER)
_MARGIN = 5
_OWN_SUFFIXES = (ABORT, "alive")
_decoder = msgspec.json.Decoder(RunStarted)


class _Remembered(msgspec.Struct):
    patterns: LogPatterns | None = None


_encode = msgspec.json.Encoder().encode
_remembered = msgspec.json.Decoder(_Remembered)


def record_of(started: RunStarted, patterns: LogPatterns | None) -> str:
    """What a supervisor writes down of a start: the answer to it, and what to look for at the end."""
    if patterns is None:
        return _encode(started).decode()
    return _encode({**msgspec.to_builtins(started), "patterns": patterns}).decode()


class Journal:
    """The files of one run; ``path`` is what their names begin with, up to the dot."""

    __slots__ = ("path", "token")

    def __init__(self, root: str, token: str) -> None:
        """Names the files; touches nothing.

        Raises:
            ValueError: the token cannot begin the name of a file.
        """
        if _TOKEN.fullmatch(token) is None:
            raise ValueError("a start token is 1 to 128 letters, digits, hyphens and underscores")
        self.token = token
        self.path = f"{root}{os.sep}{token}"

    def file(self, suffix: str) -> str:
        """The path of one of its files."""
        return f"{self.path}.{suffix}"

    def create(self, spares: Spares) -> None:
        """Use up the token.

        Raises:
            FileExistsError: the token was used before.
        """
        path = self.file("state")
        if os.path.exists(path):
            raise FileExistsError(path)
        if not spares.take(path):
            self.write("state", b"", os.O_EXCL)

    def recorded(self) -> RunStarted | None:
        """The answer to the start, with the supervisor's process id, or None when it is missing or torn."""
        lines = (self._read("state") or b"").split(b"\n")
        try:
            return replace(_decoder.decode(lines[1]), process_id=int(lines[0])) if len(lines) > 2 else None
        except (msgspec.DecodeError, ValueError):
            return None

    @property
    def patterns(self) -> LogPatterns | None:
        """What is to be looked for in the log when the run has ended."""
        lines = (self._read("state") or b"").split(b"\n")
        if len(lines) < 3 or b'"patterns"' not in lines[1]:
            return None
        try:
            return _remembered.decode(lines[1]).patterns
        except msgspec.DecodeError:
            return None

    def write(self, suffix: str, data: bytes, flags: int = os.O_TRUNC, mode: int = 0o600) -> str:
        """Write one of its files and return its path."""
        path = self.file(suffix)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flags | _BINARY, mode)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)
        return path

    def claim(self, *, proven: bool = True) -> bool:
        """Take the claim in place of the supervisor: this token does not start from now on.

        False when the claim was taken before. The run is void unless the absence of its claim proves
        nothing (``proven=False``); it is then one that may have run and is lost.
        """
        mark = _VOID if proven else _DOUBT
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY
        descriptor = os.open(self.file("state"), flags, 0o600)
        try:
            if os.read(descriptor, 1):
                return False
            os.write(descriptor, mark)
            os.lseek(descriptor, 0, os.SEEK_SET)
            return os.read(descriptor, len(mark)) == mark
        finally:
            os.close(descriptor)

    @property
    def is_void(self) -> bool:
        """Whether it is settled that this token never ran and never will."""
        return (self._read("state") or b"").startswith(_VOID)

    @property
    def exit_code(self) -> int | None:
        """The recorded exit code; None while there is none, or when it is torn."""
        match = _EXIT.fullmatch(self._read("state") or b"")
        return int(match.group(1)) if match else None

    @property
    def state_time(self) -> float | None:
        """When the state was last written, in seconds since the epoch."""
        try:
            return os.stat(self.file("state")).st_mtime
        except OSError:
            return None

    def mark_abort(self, *, force: bool = False) -> None:
        """Note that somebody asked for the end, before it is brought about; ``force`` if by force."""
        if force or not self.aborted:
            self.write(ABORT, FORCE if force else b"")

    @property
    def aborted(self) -> bool:
        """Whether somebody asked for the end."""
        return os.path.exists(self.file(ABORT))

    def mark_asked(self) -> None:
        """Note that the work was asked to end, so that it is not asked twice."""
        if not self.forced:
            self.write(ABORT, ASKED)

    @property
    def asked(self) -> bool:
        """Whether the work was asked to end."""
        return self._read(ABORT) == ASKED

    @property
    def forced(self) -> bool:
        """Whether the end was asked for by force."""
        return self._read(ABORT) == FORCE

    @property
    def since_abort(self) -> float:
        """Seconds since the end was asked for; 0 when it was not."""
        try:
            return max(0.0, time.time() - os.stat(self.file(ABORT)).st_mtime)
        except OSError:
            return 0.0

    @property
    def remote(self) -> bool:
        """Whether the work is done on another host."""
        return os.path.exists(self.file(ORDER))

    @property
    def idle(self) -> int:
        """Seconds after which another host has ended work that nobody asks about; 0 when the work is here."""
        if not self.remote:
            return 0
        try:
            order = decode_order(Path(self.file(ORDER)).read_bytes())
        except (OSError, msgspec.DecodeError):
            return LONGEST_IDLE
        return idle_seconds(order.remote) + _MARGIN

    @property
    def may_live(self) -> int:
        """Seconds for which the work may go on at another host after our side was gone; 0 when it is over."""
        outcome = self.outcome
        if (outcome is not None and outcome.over) or not os.path.exists(self.file(SENT)):
            return 0
        return self.idle

    @property
    def outcome(self) -> Outcome | None:
        """How the work on another host ended, if that was written down."""
        return decode_outcome(self._read(OUTCOME))

    def remove(self, script_suffixes: Iterable[str], spares: Spares) -> None:
        """Remove the files; the one that marks the token as used goes last."""
        of_host = _REMOTE_SUFFIXES if self.remote else ()
        # Whose run is known to be over writes no more; what others may still write into is not used again.
        over = self.exit_code is not None
        for suffix in (*script_suffixes, *of_host, *_OWN_SUFFIXES):
            with suppress(FileNotFoundError):
                os.unlink(self.file(suffix))
        with suppress(FileNotFoundError):
            if over:
                spares.give(self.file("state"))
            else:
                os.unlink(self.file("state"))

    def _read(self, suffix: str) -> bytes | None:
        try:
            descriptor = os.open(self.file(suffix), os.O_RDONLY | _BINARY)
        except OSError:
            return None
        try:
            return os.read(descriptor, 1 << 16)
        finally:
            os.close(descriptor)


def journals(root: str) -> set[str]:
    """The tokens that have a journal under ``root``."""
    return {token for token in (name.partition(".")[0] for name in os.listdir(root)) if token}


def prepare(directory: Path) -> str:
    """The directory for journals, made if need be. Raises ConfigurationInvalid.

    Who else could write there could have a run ended, give it another exit code, or lead what is written to a
    file of the server's.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        root = os.path.realpath(directory)
        shared = shared_with(root)
        if shared is not None:
            raise ConfigurationInvalid(
                f"The executor's directory {directory} cannot be used: {shared}.", target=directory
            )
        if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, "no permission to write there")
        prepare_key(root)
    except OSError as error:
        raise ConfigurationInvalid(
            f"The executor's directory {directory} cannot be used: {error.strerror}.", target=directory
        ) from error
    return root


def shared_with(directory: str | Path) -> str | None:
    """Why a directory that is there is not this account's own, in words for people; None if it is."""
    if sys.platform == "win32":
        return None
    found = os.stat(directory)
    if found.st_uid not in (os.geteuid(), 0):
        return "it belongs to another account; name a directory of its own"
    if found.st_mode & 0o022:
        return "others may write there; name a directory of its own in it, which is made"
    return None


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

    def trust(self) -> None:
        """All runs that were in doubt are settled: from now on an absent mark proves again."""
        self.keep()
        self.doubt = None

    def keep(self) -> None:
        """Say durably that from now on this journal answers for this boot of the machine."""
        if self._kept:
            return
        temporary = self._file.with_suffix(".new")
        with open(temporary, "w", encoding="ascii") as file:
            file.write(self._boot)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._file)
        self._kept = True


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return "unknown"
