"""What the scheduler and an executor of another process say to each other, over a socket file of their home.

Each question has a connection of its own, so that none waits for another; one further connection is that of
who follows: on it the executor tells each end, as soon as it is there. Messages are MessagePack behind their
length.
"""

from __future__ import annotations

import socket
import struct
from typing import Any

import msgspec
from msgspec import Struct

from jams.objects.run import RunEnded, RunRequest, RunStarted

SOCKET = "executor.sock"
"""The socket in the home directory."""

_LENGTH = struct.Struct("!I")
_LONGEST = 64 << 20

Became = RunStarted | RunEnded | None
"""What became of a start; None: it was not made, and is not going to be."""


class Told(Struct, frozen=True, omit_defaults=True):
    """What became of a start, as it travels; one of both, or none."""

    started: RunStarted | None = None
    ended: RunEnded | None = None

    @property
    def became(self) -> Became:
        """What it says."""
        return self.started or self.ended


def told(became: Became) -> Told:
    """What became of a start, as it travels."""
    return Told(started=became) if isinstance(became, RunStarted) else Told(ended=became)


class Start(Struct, frozen=True, tag=True):
    """See :meth:`jams.scheduler.runner.Runner.start`."""

    request: RunRequest


class Recover(Struct, frozen=True, tag=True):
    """See :meth:`jams.scheduler.runner.Runner.recover`."""

    tokens: list[str]
    ending: list[str]


class Abort(Struct, frozen=True, tag=True):
    """See :meth:`jams.scheduler.runner.Runner.abort`."""

    token: str
    force: bool


class Measure(Struct, frozen=True, tag=True):
    """See :meth:`jams.scheduler.runner.Runner.cpu_seconds`."""

    tokens: list[str]


class Forget(Struct, frozen=True, tag=True):
    """See :meth:`jams.scheduler.runner.Runner.forget`."""

    tokens: list[str]


class Purge(Struct, frozen=True, tag=True):
    """See :meth:`jams.scheduler.runner.Runner.purge`."""

    keep: list[str]


class Refusal(Struct, frozen=True, tag=True):
    """Why runs cannot take an account of the machine; None if they can."""

    account: str


class Follow(Struct, frozen=True, tag=True):
    """From now on ends are told on this connection."""


Question = Start | Recover | Abort | Measure | Forget | Purge | Refusal | Follow


class Answer(Struct, frozen=True):
    """What came of a question: its result, or why the executor could not do it."""

    result: msgspec.Raw = msgspec.Raw(b"\xc0")
    unavailable: str | None = None


class Lost(Exception):
    """The connection has ended, or what came is no message."""


def send(to: socket.socket, message: Any) -> None:
    """Send a message. Raises OSError."""
    data = msgspec.msgpack.encode(message)
    to.sendall(_LENGTH.pack(len(data)) + data)


def receive(of: socket.socket, kind: Any) -> Any:
    """The next message, of a kind. Raises Lost, OSError."""
    (length,) = _LENGTH.unpack(_exactly(of, _LENGTH.size))
    if length > _LONGEST:
        raise Lost
    try:
        return msgspec.msgpack.decode(_exactly(of, length), type=kind)
    except msgspec.MsgspecError as error:
        raise Lost from error


def _exactly(of: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = of.recv(min(length - len(parts), 1 << 20))
        if not part:
            raise Lost
        parts += part
    return bytes(parts)
