"""Socket files: a door for programs of this machine, of which the system says whose they are.

Linux alone tells that in the form used here (SO_PEERCRED); elsewhere there is no such door.
"""

from __future__ import annotations

import logging
import os
import socket
import stat
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jams.objects.errors import ConfigurationInvalid

_CREDENTIALS = struct.Struct("3i")
_RECOVERY = 0.2
"""Seconds to wait when a connection cannot be accepted, since all descriptors may be in use."""


def supported() -> bool:
    """Whether this system can tell who has connected to a unix socket."""
    return hasattr(socket, "AF_UNIX") and hasattr(socket, "SO_PEERCRED")


def peer(client: socket.socket) -> tuple[int, int]:
    """Process and user number of who has connected, as the kernel knows them."""
    found = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, uid, _gid = _CREDENTIALS.unpack(found)
    return pid, uid


class UnixDoor:
    """Accepts connections at a socket file, in a thread of its own.

    Args:
        path: the socket file; one that a dead server has left is replaced.
        mode: who may connect, as the file's permission bits.
        take: takes each connection; must not block.
        name: of the thread.
        setting: which setting is told of when the socket cannot be made.
        log: where it is told that a connection could not be accepted.

    Raises:
        ConfigurationInvalid: this system cannot tell who connects, or the socket cannot be made.
    """

    def __init__(
        self,
        path: Path,
        mode: int,
        take: Callable[[socket.socket], None],
        *,
        name: str,
        setting: str,
        log: logging.Logger,
    ) -> None:
        if not supported():
            raise ConfigurationInvalid("This system cannot tell who connects to a unix socket.")
        self.path = path
        self._take = take
        self._log = log
        self._stopping = threading.Event()
        self._listener = _listen(path, mode, setting)
        self._inode = path.stat().st_ino
        self._thread = threading.Thread(target=self._accept, name=name, daemon=True)

    @property
    def closed(self) -> bool:
        """Whether nobody is let in any more."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin to accept connections."""
        self._thread.start()

    def close(self) -> None:
        """Accept no more, and remove the socket file if it is still this one's."""
        self._stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with suppress(OSError):
            if self.path.stat().st_ino == self._inode:
                self.path.unlink()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError as error:
                if self.closed:
                    return
                self._log.warning("a connection could not be accepted: %s", error.strerror)
                self._stopping.wait(_RECOVERY)
                continue
            self._take(client)


def _listen(path: Path, mode: int, setting: str) -> socket.socket:
    """A listening socket. Its file has its mode before anybody can connect.

    Raises ConfigurationInvalid, about a setting, when it cannot be made.
    """
    _remove_leftover(path, setting)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(os.fspath(path))
        path.chmod(mode)
        listener.listen(128)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise ConfigurationInvalid(f"The socket {path} cannot be made: {reason}.", target=setting) from None
    return listener


def _remove_leftover(path: Path, setting: str) -> None:
    """Remove the socket of a server that is gone. Raises ConfigurationInvalid if one still answers."""
    try:
        if not stat.S_ISSOCK(path.lstat().st_mode):
            return
    except FileNotFoundError:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(os.fspath(path))
        except ConnectionRefusedError:
            path.unlink()
            return
        except OSError as error:
            raise ConfigurationInvalid(
                f"The socket {path} cannot be replaced: {error.strerror}.", target=setting
            ) from None
    raise ConfigurationInvalid(f"Another server answers on the socket {path}.", target=setting)
