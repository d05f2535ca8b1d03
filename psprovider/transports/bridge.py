"""What an SSH server starts as its subsystem: brings its client and the JAMS server's unix socket together.

    python -I -S bridge.py SOCKET

It hands the client's input and output over to the server, which then reads and writes them itself, and
becomes a program that waits in less memory than Python until the server closes the socket. Where that
cannot be done it copies. Who the client is, the server reads from the socket.

It runs once for every session, so it imports built-in modules alone and stays small. Standard output belongs
to the protocol; whatever else writes there goes to standard error. POSIX only: Python on Windows has no unix
sockets.
"""

import _signal  # type: ignore[import-not-found]
import _socket
import _stat
import _thread
import posix
import sys

GREETING = b"JAMS descriptors\n"
"""What comes with the client's input and output, in this order. No client of the protocol begins so."""

TAKEN = b"JAMS taken\n"
"""The server's answer. Then the socket carries nothing: it is closed when either side is done."""

CHUNK = 1 << 16
_REFUSED = b"__NamedPipeError__:"
_FAREWELL = 5
"""Seconds for a client to leave that was told why there is no session."""

_WAITERS = ("/usr/bin/cat", "/bin/cat")
"""Programs that end when their input does. Never looked for along PATH, which belongs to the user."""


def main(arguments: list[str]) -> int:
    """Bring client and server together until either ends; the process's exit code."""
    source, sink = posix.dup(0), posix.dup(1)
    nothing = posix.open("/dev/null", posix.O_RDWR)
    posix.dup2(nothing, 0)
    posix.dup2(2, 1)
    if len(arguments) != 2:
        return _refuse(source, sink, "The subsystem is not set up: it needs the path of the server's socket.")
    try:
        ends = _ends(source, sink)
        if ends:
            server = _connect(arguments[1])
            answer = _hand_over(server, ends)
            if answer == TAKEN:
                for descriptor in (source, sink, *ends):
                    posix.close(descriptor)
                _wait(server, nothing)
                return 0
            if answer:
                return _tell(source, sink, answer)
        server = _connect(arguments[1])
    except OSError as error:
        return _refuse(
            source, sink, f"The JAMS server cannot be reached at {arguments[1]}: {error.strerror}."
        )
    _thread.start_new_thread(_send, (source, server))
    return _receive(server, sink)


def _connect(path: str) -> _socket.socket:
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    server.connect(path)
    return server


def _ends(source: int, sink: int) -> tuple[int, ...]:
    """The client's input and output as the server can use them; none if it cannot."""
    try:
        return _own(source, posix.O_RDONLY), _own(sink, posix.O_WRONLY)
    except OSError:
        return ()


def _own(descriptor: int, access: int) -> int:
    """A pipe opened anew, or a socket.

    The server must never be held up by a pipe, but not blocking is a property of an open file, which whoever
    started this process shares. A pipe opened anew is shared with nobody. With sockets every call says
    whether it may block.
    """
    mode = posix.fstat(descriptor).st_mode
    if _stat.S_ISFIFO(mode):
        return posix.open(f"/proc/self/fd/{descriptor}", access | posix.O_NONBLOCK)
    if _stat.S_ISSOCK(mode):
        return posix.dup(descriptor)
    raise OSError


def _hand_over(server: _socket.socket, ends: tuple[int, ...]) -> bytes:
    """The server's answer to being given the descriptors; nothing from one that does not take them."""
    packed = b"".join([end.to_bytes(4, sys.byteorder) for end in ends])
    try:
        server.sendmsg([GREETING], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, packed)])
        return server.recv(CHUNK)
    except OSError:
        return b""


def _wait(server: _socket.socket, nothing: int) -> None:
    """Do nothing until the server closes the socket."""
    posix.dup2(server.fileno(), 0)
    posix.dup2(nothing, 1)
    for program in _WAITERS:
        try:  # noqa: SIM105 - contextlib is not imported for its size
            posix.execve(program, ["cat"], {})
        except OSError:
            pass
    while server.recv(CHUNK):
        pass


def _send(source: int, server: _socket.socket) -> None:
    """From the client to the server; the end of input is passed on."""
    try:
        while data := posix.read(source, CHUNK):
            server.sendall(data)
        server.shutdown(_socket.SHUT_WR)
    except OSError:
        _end(server)


def _receive(server: _socket.socket, sink: int) -> int:
    """From the server to the client, until the server closes or the client is gone; the exit code."""
    code = None
    try:
        while data := server.recv(CHUNK):
            if code is None:
                code = int(data.startswith(_REFUSED))
            view = memoryview(data)
            while view:
                view = view[posix.write(sink, view) :]
    except OSError:
        _end(server)
    return code or 0


def _end(server: _socket.socket) -> None:
    try:  # noqa: SIM105 - contextlib is not imported for its size
        server.shutdown(_socket.SHUT_RDWR)
    except OSError:
        pass


def _refuse(source: int, sink: int, reason: str) -> int:
    return _tell(source, sink, _REFUSED + f"{reason}\n".encode())


def _tell(source: int, sink: int, line: bytes) -> int:
    """Tell the client why there is no session, and wait until it leaves; the exit code.

    PowerShell shows the reason only if it has read it when this process ends.
    """
    try:
        posix.write(sink, line)
        _signal.signal(_signal.SIGALRM, lambda *_: posix._exit(1))
        _signal.alarm(_FAREWELL)
        while posix.read(source, CHUNK):
            pass
    except OSError:
        pass
    return 1


if __name__ == "__main__":
    # Without the usual clean-up: the other thread may still be waiting for a client that is gone.
    code = main(sys.argv)
    posix._exit(code)
