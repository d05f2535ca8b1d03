"""Line ends of texts: those of FTP (CR LF) and those of this machine."""

from __future__ import annotations

import os
import re

_ALONE = re.compile(rb"(?<!\r)\n")


class Incoming:
    """From CR LF to this machine's, piece by piece."""

    def __init__(self, end: bytes = os.linesep.encode()) -> None:
        self._end = end
        self._held = b""

    def take(self, data: bytes) -> bytes:
        """What can be written of a further piece."""
        data = self._held + data
        self._held = b"\r" if data.endswith(b"\r") else b""
        return data[: len(data) - len(self._held)].replace(b"\r\n", self._end)

    def rest(self) -> bytes:
        """What is left at the end."""
        return self._held


class Outgoing:
    """To CR LF, piece by piece; lines that end so already stay."""

    def __init__(self) -> None:
        self._last = b""

    def take(self, data: bytes) -> bytes:
        """What is to be sent of a further piece."""
        found = _ALONE.sub(b"\r\n", data)
        if self._last == b"\r" and data.startswith(b"\n"):
            found = found[1:]
        self._last = data[-1:]
        return found
