"""Listening sockets that take no more connections than the process has room for, and notice who is gone."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections import Counter
from contextlib import suppress

from jams.security.places import place_of

_LOG = logging.getLogger(__name__)

CONNECTIONS = 2000
"""Each busy shell of WS-Management has two connections and one more for every command that runs."""
BACKLOG = 512

_SILENT, _PROBES, _BETWEEN = 60, 3, 20
"""Seconds of silence after which a client is probed, how often, and at which distance."""
_UNHEARD = 120_000
"""Milliseconds for which what was sent may stay without the client's confirmation."""


def room() -> int:
    """How many connections one listener may have: a third of the process's descriptors, for there are two."""
    if os.name != "posix":
        return CONNECTIONS
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if soft == resource.RLIM_INFINITY else min(CONNECTIONS, soft // 3)


def listen(address: str, port: int) -> Listener:
    """Listen for TCP on an address; port 0 is any free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = Listener(family)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _expect_life(listener)
        listener.bind(("127.0.0.1" if address == "localhost" else address, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def hang_up(connection: socket.socket) -> None:
    """End a connection, which wakes whoever waits for it. It may be gone already."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _expect_life(listener: socket.socket) -> None:
    """Notice clients that vanish without a word; connections take these options over from their listener."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    wanted = {
        "TCP_KEEPIDLE": _SILENT,
        "TCP_KEEPINTVL": _BETWEEN,
        "TCP_KEEPCNT": _PROBES,
        "TCP_USER_TIMEOUT": _UNHEARD,
    }
    for name, value in wanted.items():
        if hasattr(socket, name):
            with suppress(OSError):
                listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


class Listener(socket.socket):
    """A listening socket that hangs up on whoever comes while there is no room.

    It counts descriptors from the moment they are there, since whoever is silent in a TLS handshake or before
    he has logged in takes one too.

    Attributes:
        most: how many connections may be open; half of them from one address.
    """

    def __init__(self, family: int) -> None:
        # Told to be TCP, since asyncio switches Nagle's algorithm off only where it reads that.
        super().__init__(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.most = room()
        self._open = 0
        self._places: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return self._open

    def accept(self) -> tuple[socket.socket, object]:
        """The next connection. Raises BlockingIOError, as if there was none, when it had to be hung up on."""
        accepted, address = super().accept()
        place = place_of(str(address[0]))
        client = _Counted(self, accepted, place)
        with self._lock:
            self._open += 1
            self._places[place] += 1
            full = self._open > self.most
            # Whoever is silent leaves room to those who come from elsewhere.
            taken = self._places[place] > max(1, self.most // 2)
        if full or taken:
            client.close()
            _LOG.warning("a connection from %s was refused, since there are too many already", place)
            raise BlockingIOError
        return client, address

    def closed(self, place: str) -> None:
        """A connection was closed."""
        with self._lock:
            self._open -= 1
            self._places[place] -= 1
            if not self._places[place]:
                del self._places[place]


class _Counted(socket.socket):
    """A connection that says when it is closed."""

    def __init__(self, listener: Listener, accepted: socket.socket, place: str) -> None:
        family, kind, protocol = accepted.family, accepted.type, accepted.proto
        super().__init__(family, kind, protocol, fileno=accepted.detach())
        self._listener: Listener | None = listener
        self._place = place

    def close(self) -> None:
        """Close it, and make room for another."""
        super().close()
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.closed(self._place)
