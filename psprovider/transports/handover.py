"""What a connection of the unix socket talks through: the socket itself, or pipes that are handed over.

The bridge hands its client's input and output over with its first words, so that nobody has to copy between
them and the socket. Whoever begins otherwise speaks the protocol on the socket.

What is handed over still lies in the hands of foreign processes. The server must not be held up by them, so
it takes only what it can use without blocking and without changing how others use it: pipes that are in
non-blocking mode already, and stream sockets. Only the session that handed them over can suffer from what
is done to them afterwards.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import stat
import threading
from array import array
from contextlib import ExitStack, suppress
from typing import Protocol

from .bridge import CHUNK, GREETING, TAKEN
from .listening import hang_up


class Unfit(Exception):
    """What was handed over cannot be used. Everything has been closed."""


class Stream(Protocol):
    """The bytes of one session, in both directions. Whoever shuts the connection down wakes all who wait."""

    def read(self) -> bytes:
        """Wait for bytes from the client; none when it has left. Raises OSError when it is gone."""

    def write(self, data: bytes) -> None:
        """Send bytes; waits while the client does not read. Raises OSError when it is gone."""

    def close(self) -> None:
        """Use it no more. Whoever waits for the client to read gets an OSError."""


def begin(client: socket.socket) -> Stream:
    """What a new connection talks through, by its first words, for which the socket's time limit holds.

    Raises:
        Unfit: descriptors came that cannot be used.
        OSError: the client has left, or said nothing in its time.
    """
    # Not socket.recv_fds, which forgets its flags: then programs that the server starts would inherit them.
    data, ancillary, flags, _ = client.recvmsg(CHUNK, socket.CMSG_LEN(8), socket.MSG_CMSG_CLOEXEC)
    descriptors = [
        number
        for level, kind, packed in ancillary
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS)
        for number in array("i", packed)
    ]
    if not data:
        raise ConnectionResetError(errno.ECONNRESET, "the client has left")
    if not descriptors and data != GREETING:
        return SocketStream(client, data)
    with ExitStack() as unused:
        for descriptor in descriptors:
            unused.callback(os.close, descriptor)
        if data != GREETING or len(descriptors) != 2 or flags & socket.MSG_CTRUNC:
            raise Unfit("A greeting comes with two descriptors, and descriptors with a greeting.")
        for descriptor, access in zip(descriptors, (os.O_RDONLY, os.O_WRONLY), strict=True):
            _check(descriptor, access)
        client.sendall(TAKEN)
        unused.pop_all()
    stream = HandedOver(client, _end(descriptors[0]), _end(descriptors[1]))
    stream.expect(client.gettimeout())
    return stream


def _check(descriptor: int, access: int) -> None:
    """Raise Unfit unless it is a pipe in non-blocking mode with that access, or a stream socket."""
    mode, flags = os.fstat(descriptor).st_mode, fcntl.fcntl(descriptor, fcntl.F_GETFL)
    if stat.S_ISFIFO(mode):
        fit = flags & os.O_ACCMODE == access and bool(flags & os.O_NONBLOCK)
    elif stat.S_ISSOCK(mode):
        probe = socket.socket(fileno=descriptor)
        fit = (probe.family, probe.type) == (socket.AF_UNIX, socket.SOCK_STREAM)
        probe.detach()
    else:
        fit = False
    if not fit:
        raise Unfit(
            "A descriptor is neither a stream socket nor the right end of a pipe that does not block."
        )


class SocketStream:
    """The socket itself; ``first`` is what has been read from it."""

    def __init__(self, client: socket.socket, first: bytes) -> None:
        self._client = client
        self._first: bytes | None = first

    def read(self) -> bytes:
        """See Stream."""
        if self._first is None:
            return self._client.recv(CHUNK)
        first, self._first = self._first, None
        return first

    def write(self, data: bytes) -> None:
        """See Stream."""
        self._client.sendall(data)

    def close(self) -> None:
        """See Stream."""
        hang_up(self._client)


class HandedOver:
    """A client's input and output, as long as the connection they came over is open."""

    def __init__(self, control: socket.socket, source: _Pipe | _Socket, sink: _Pipe | _Socket) -> None:
        self._control = control
        self._source = source
        self._sink = sink
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(source.fileno(), select.POLLIN)
        self._writable.register(sink.fileno(), select.POLLOUT)
        for each in (self._readable, self._writable):
            each.register(control.fileno(), select.POLLIN)
        self._number = control.fileno()
        self._using = threading.Lock()
        self._closed = False

    def expect(self, seconds: float | None) -> None:
        """Wait for the client to say something; close and raise TimeoutError if it does not."""
        if not self._readable.poll(None if seconds is None else seconds * 1000):
            self.close()
            raise TimeoutError(errno.ETIMEDOUT, "the client says nothing")

    def read(self) -> bytes:
        """See Stream."""
        while self._wait(self._readable):
            with suppress(BlockingIOError):
                return self._source.read()
        return b""

    def write(self, data: bytes) -> None:
        """See Stream."""
        view = memoryview(data)
        with self._using:
            while view:
                if self._closed:
                    raise BrokenPipeError(errno.EPIPE, "the session is over")
                try:
                    view = view[self._sink.write(view) :]
                except BlockingIOError:
                    self._closed = not self._wait(self._writable)

    def close(self) -> None:
        """See Stream."""
        hang_up(self._control)
        # A descriptor's number is given to the next file at once, so nobody may be using it now.
        with self._using:
            self._closed = True
            self._source.close()
            self._sink.close()

    def _wait(self, poll: select.poll) -> bool:
        """Wait until something can be done; False if the connection has ended, on which nothing is said."""
        return all(descriptor != self._number for descriptor, _ in poll.poll())


class _Pipe:
    """One end of a pipe. What cannot be done at once raises BlockingIOError."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def read(self) -> bytes:
        return os.read(self._descriptor, CHUNK)

    def write(self, data: memoryview) -> int:
        return os.write(self._descriptor, data)

    def close(self) -> None:
        os.close(self._descriptor)


class _Socket:
    """A socket in one direction. What cannot be done at once raises BlockingIOError."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)

    def fileno(self) -> int:
        return self._socket.fileno()

    def read(self) -> bytes:
        return self._socket.recv(CHUNK, socket.MSG_DONTWAIT)

    def write(self, data: memoryview) -> int:
        return self._socket.send(data, socket.MSG_DONTWAIT)

    def close(self) -> None:
        self._socket.close()


def _end(descriptor: int) -> _Pipe | _Socket:
    return _Socket(descriptor) if stat.S_ISSOCK(os.fstat(descriptor).st_mode) else _Pipe(descriptor)
