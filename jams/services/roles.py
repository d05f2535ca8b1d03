"""The services of a JAMS: which process does what, and which of them run in a home (semantics 1.2).

Each process holds a file of its home while it lives, and says in it who it is. So whoever asks is told by the
system, and what a killed process has left says nothing.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from jams.objects.errors import ConfigurationInvalid, Conflict, ServerUnavailable
from jams.security.files import write_private


class Role(Enum):
    """What a process does."""

    ALL = "all"
    """The three services together, and the web services unless they are configured as separate."""
    SERVER = "server"
    """JAMSServer: runs what callers want, with the web services unless they are configured as separate."""
    SCHEDULER = "scheduler"
    """JAMSScheduler: plans, starts what is due, settles what has ended, and tells of it."""
    EXECUTOR = "executor"
    """JAMSExecutor: starts the processes of jobs and watches them. It has no access to the database."""
    WEB = "web"
    """The web services alone, in front of the JAMSServer that ``JAMServer`` names."""

    @property
    def service(self) -> str:
        """The name of the service, as its log bears it."""
        return _SERVICES[self]

    @property
    def calls(self) -> bool:
        """Whether it runs what callers want."""
        return self in (Role.ALL, Role.SERVER)


_SERVICES = {
    Role.ALL: "JAMSServer",
    Role.SERVER: "JAMSServer",
    Role.SCHEDULER: "JAMSScheduler",
    Role.EXECUTOR: "JAMSExecutor",
    Role.WEB: "JAMSWebServices",
}

APART = (Role.SERVER, Role.SCHEDULER, Role.EXECUTOR)
"""The services that run in processes of their own, in the order in which they are started."""

_SETTING_UP = "setting-up"

_PATIENCE = 2.0
"""Seconds that a process waits for its file: somebody may just be looking whether it is held."""


class Standing(Struct, frozen=True):
    """A process of a home.

    Attributes:
        role: what it does.
        process: its number.
        start: another text at each start, also when the process stays the same.
        ready: whether it answers.
        lacks: why it can do nothing yet, in a sentence; empty when it can.
    """

    role: Role
    process: int
    start: str
    ready: bool = False
    lacks: str = ""


_GLANCE = 0.2
"""Seconds after which who holds a lock is not somebody who looks whether it is held, as here."""


@contextmanager
def standing(home: Path, role: Role) -> Iterator[Place]:
    """Hold the place of a service in its home, for as long as it runs.

    Raises:
        ConfigurationInvalid: the file cannot be written.
        ServerUnavailable: the service runs already.
    """
    lock = _lock(home, role, _PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        other = _read(home, role)
        who = "" if other is None else f" as process {other.process}"
        raise ServerUnavailable(f"The {_told(role)} of {home} runs already{who}; stop it first.") from None
    except OSError as error:
        raise ConfigurationInvalid(f"The home {home} cannot be written: {error.strerror}.") from None
    place = Place(home, role)
    try:
        place.say(ready=False)
        yield place
    finally:
        with suppress(OSError):
            _file(home, role).unlink()
        lock.release()


class Place:
    """The place of one running service; made by :func:`standing`."""

    def __init__(self, home: Path, role: Role) -> None:
        self._home = home
        self._role = role
        self._start = secrets.token_hex(8)

    def say(self, *, ready: bool, lacks: str = "") -> None:
        """Say whether the service answers, and what it lacks. Raises ConfigurationInvalid."""
        found = Standing(self._role, os.getpid(), self._start, ready, lacks)
        write_private(_file(self._home, self._role), msgspec.json.encode(found) + b"\n")


def found(home: Path, role: Role) -> Standing | None:
    """The process that does this in a home; None when none does."""
    if not _file(home, role).exists() or not _is_held(_lock(home, role, 0)):
        return None
    standing = _read(home, role)
    # Who has just taken the place of one that was killed may not have said yet that he has.
    return standing if standing is not None and _lives(standing.process) else None


def running_in(home: Path) -> list[Standing]:
    """The processes of a home, in the order in which they are started."""
    return [each for role in (Role.ALL, *APART, Role.WEB) if (each := found(home, role)) is not None]


@contextmanager
def setting_up(home: Path) -> Iterator[None]:
    """Let services that wait for a database wait for as long as one is made.

    Raises:
        Conflict: somebody else is at it.
    """
    lock = _lock_named(home, _SETTING_UP, _PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise Conflict(f"Somebody is setting {home} up already; let him end.") from None
    try:
        yield
    finally:
        lock.release()


def is_being_set_up(home: Path) -> bool:
    """Whether somebody is setting a home up."""
    lock = _lock_named(home, _SETTING_UP, _GLANCE)
    return Path(lock.lock_file).exists() and _is_held(lock)


def _is_held(lock: FileLock) -> bool:
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _told(role: Role) -> str:
    return "server" if role is Role.ALL else role.service


def _file(home: Path, role: Role) -> Path:
    return home / f"{role.value}.service"


def _lock(home: Path, role: Role, patience: float) -> FileLock:
    return _lock_named(home, f"{role.value}.service", patience)


def _lock_named(home: Path, name: str, patience: float) -> FileLock:
    return FileLock(home / f".{name}.lock", timeout=patience, is_singleton=False, thread_local=False)


def _read(home: Path, role: Role) -> Standing | None:
    try:
        return msgspec.json.decode(_file(home, role).read_bytes(), type=Standing)
    except (OSError, msgspec.MsgspecError):
        return None
