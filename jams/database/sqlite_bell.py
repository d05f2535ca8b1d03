"""How the two parts of a server tell each other at once what they have written to a file of SQLite.

SQLite itself tells nobody. Each part has a socket beside the file, to which the other sends what a durable
transaction has changed. A message that is lost costs a second, in which the writer looks by itself
(:data:`jams.database.writer.LOOKS_EVERY`); so nothing here is waited for, and where there are no such
sockets, or the path is too long for one, that look is all there is.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from . import notices
from .changes import Changes, Listener
from .parts import Part

_LONGEST = 8192
_END = b""


def bell_of(path: Path, part: Part) -> Bell | None:
    """The bell of a part of a server; None for a whole one, and where there cannot be one."""
    if part is Part.WHOLE or not hasattr(socket, "AF_UNIX"):
        return None
    own, other = (f"{path}.{each.value}.bell" for each in (part, part.other))
    made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        # Who holds the lock of the part may remove what a dead one has left.
        with suppress(FileNotFoundError):
            os.unlink(own)
        made.bind(own)
        os.chmod(own, 0o600)
    except OSError:
        made.close()
        return None
    return Bell(made, own, other)


class Bell:
    """Tells the other part of a server, and hears it in a thread of its own.

    Args:
        door: the socket that hears.
        own: the path of its file.
        other: that of the other part's.
    """

    def __init__(self, door: socket.socket, own: str, other: str) -> None:
        self._door = door
        self._own = own
        self._other = other
        self._sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._sender.setblocking(False)
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def telling(self, published: Listener) -> Listener:
        """A listener that tells the other part as well."""

        def tell(changed: Changes) -> None:
            self._send(self._other, notices.encode(changed).encode())
            published(changed)

        return tell

    def start(self, heard: Listener, missed: Callable[[], None]) -> None:
        """Begin to hear: what the other part has changed, or that it has changed more than is told."""
        self._thread = threading.Thread(
            target=self._hear, args=(heard, missed), name="jams-bell", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Hear no more; idempotent."""
        self._closing.set()
        self._send(self._own, _END)
        if self._thread is not None:
            self._thread.join()
        self._door.close()
        self._sender.close()
        with suppress(OSError):
            os.unlink(self._own)

    def _send(self, to: str, message: bytes) -> None:
        with suppress(OSError):
            self._sender.sendto(message, to)

    def _hear(self, heard: Listener, missed: Callable[[], None]) -> None:
        # Between two looks: the message that ends this may find the queue full.
        self._door.settimeout(1.0)
        while not self._closing.is_set():
            try:
                message = self._door.recv(_LONGEST)
            except TimeoutError:
                continue
            except OSError:
                return
            if message == _END:
                continue
            changed = notices.decode(message.decode(errors="replace"))
            if changed is None:
                missed()
            else:
                heard(changed)
