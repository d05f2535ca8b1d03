"""What an SSH server starts as its subsystem: copies between the client and the JAMS server's unix socket.

    python -I -S bridge.py SOCKET

It runs once for every session, so it imports built-in modules alone and stays small. Who the client is, the
server reads from the socket. Standard output belongs to the protocol; whatever else writes there goes to
standard error. POSIX only: Python on Windows has no unix sockets.
"""

import _socket
import _thread
import posix
import sys

CHUNK = 1 << 16


def main(arguments: list[str]) -> int:
    """Copy until either side ends; the process's exit code."""
    source, sink = posix.dup(0), posix.dup(1)
    posix.dup2(posix.open("/dev/null", posix.O_RDONLY), 0)
    posix.dup2(2, 1)
    if len(arguments) != 2:
        return _refuse(sink, "The subsystem is not set up: it needs the path of the server's socket.")
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        server.connect(arguments[1])
    except OSError as error:
        return _refuse(sink, f"The JAMS server cannot be reached at {arguments[1]}: {error.strerror}.")
    _thread.start_new_thread(_send, (source, server))
    _receive(server, sink)
    return 0


def _send(source: int, server: _socket.socket) -> None:
    """From the client to the server; the end of input is passed on."""
    try:
        while data := posix.read(source, CHUNK):
            server.sendall(data)
        server.shutdown(_socket.SHUT_WR)
    except OSError:
        _end(server)


def _receive(server: _socket.socket, sink: int) -> None:
    """From the server to the client, until the server closes or the client is gone."""
    try:
        while data := server.recv(CHUNK):
            view = memoryview(data)
            while view:
                view = view[posix.write(sink, view) :]
    except OSError:
        _end(server)


def _end(server: _socket.socket) -> None:
    try:  # noqa: SIM105 - contextlib is not imported for its size
        server.shutdown(_socket.SHUT_RDWR)
    except OSError:
        pass


def _refuse(sink: int, reason: str) -> int:
    posix.write(sink, f"__NamedPipeError__:{reason}\n".encode())
    return 1


if __name__ == "__main__":
    # Without the usual clean-up: the other thread may still be waiting for a client that is gone.
    code = main(sys.argv)
    posix._exit(code)
