"""A program on a terminal of its own, for tests: type, and wait for what appears (POSIX only)."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>78])")


class Terminal:
    """A program that believes a person sits before it, at 100 columns and 45 lines."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            # What is started in the background inherits that Ctrl+C is ignored, and hands that on.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execve(command[0], list(command), dict(environment))
        ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 100, 0, 0))
        self._seen = ""

    def type(self, text: str) -> None:
        """Type text; ``\\r`` is the Enter key, ``\\x03`` Ctrl+C."""
        os.write(self._fd, text.encode())

    def expect(self, pattern: str, patience: float = 25.0) -> str:
        """Wait until ``pattern`` has appeared since the last call; gives what was seen, plain."""
        end = time.monotonic() + patience
        while True:
            match = re.search(pattern, self._seen)
            if match:
                seen, self._seen = self._seen[: match.end()], self._seen[match.end() :]
                return seen
            left = end - time.monotonic()
            assert left > 0, f"{pattern!r} did not appear after {self._seen[-600:]!r}"
            ready, _, _ = select.select([self._fd], [], [], left)
            if ready:
                self._seen += self._read()

    def _read(self) -> str:
        try:
            return _ESCAPE.sub("", os.read(self._fd, 65536).decode("utf-8", "replace"))
        except OSError:
            raise AssertionError(f"the program ended after {self._seen[-600:]!r}") from None

    def close(self) -> None:
        """End the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.close(self._fd)
        os.waitpid(self._pid, 0)
