"""The logs of runs on this machine, as operations read them."""

from __future__ import annotations

import threading

from jams.executor.logs import read_log, tail_log, wait_for_growth
from jams.objects.errors import ServerUnavailable


class LocalLogs:
    """Reads logs that lie on this machine; see :class:`jams.operations.context.Logs`."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def read(self, filename: str, offset: int, limit: int) -> tuple[bytes, int]:
        """At most ``limit`` bytes from ``offset`` on, and the whole size. Raises LogNotFound."""
        part = read_log(filename, offset, limit)
        return part.data, part.size

    def tail(self, filename: str, lines: int) -> int:
        """The offset at which the last ``lines`` lines begin. Raises LogNotFound."""
        return tail_log(filename, lines=lines).offset

    def wait(self, filename: str, offset: int, timeout: float) -> bool:
        """Wait until the log is longer than ``offset``; whether it is.

        Raises ServerUnavailable when the server stops meanwhile.
        """
        grown = wait_for_growth(filename, offset, timeout, stop=self._stop)
        if self._stop.is_set():
            raise ServerUnavailable("The server is stopping; ask again when it is back.")
        return grown

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stop.set()
