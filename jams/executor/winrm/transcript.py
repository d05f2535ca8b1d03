"""The log of a script that runs elsewhere: its output as it is, everything else marked for what it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from .texts import error_lines, object_lines, progress_text

PROGRESS_SECONDS = 10.0
"""An activity's progress is written this often at most, unless it has come far."""
PROGRESS_PERCENT = 10
"""How far is far."""

_COMPLETED = 1


class Transcript:
    """Writes the log.

    Args:
        write: takes the text as bytes, all of them.
        clock: seconds that only grow.
    """

    def __init__(self, write: Callable[[bytes], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._within_line = False
        self._echo: str | None = None
        self._shown: dict[tuple[int, str], tuple[float, int, str]] = {}

    def output(self, value: Any) -> None:
        """An object of the output stream."""
        self._lines("", object_lines(value))

    def error(self, record: Any) -> None:
        """An error record."""
        self._lines("ERROR: ", error_lines(record))

    def note(self, mark: str, text: str) -> None:
        """A text of the stream that ``mark`` names: WARNING, VERBOSE …"""
        self._lines(f"{mark}: ", text.splitlines() or [""])

    def information(self, record: Any) -> None:
        """An information record. What Write-Host says comes to the host as well, and is taken from there."""
        if "PSHOST" in (record.tags or ()):
            return
        text = "\n".join(object_lines(record.message_data))
        self.note("INFORMATION", text)
        self._echo = text

    def host(self, text: str, *, new_line: bool) -> None:
        """Text that the script writes to its host, unless it is information that was written already."""
        echo, self._echo = self._echo, None
        if new_line and text == echo:
            return
        self._put(text + "\n" if new_line else text)
        self._within_line = not new_line and not text.endswith("\n")

    def progress(self, record: Any) -> None:
        """A progress record: written when something has changed, and not more often than anybody reads."""
        key = (record.activity_id or 0, str(record.activity))
        percent = record.percent_complete
        percent = -1 if percent is None else percent
        if getattr(record.progress_type, "value", None) == _COMPLETED:
            before = self._shown.pop(key, None)
            if before is not None and before[1] < 100:
                self.note("PROGRESS", f"{record.activity}: completed")
            return
        text, now = progress_text(record), self._clock()
        before = self._shown.get(key)
        if before is not None:
            since, reached, shown = before
            if text == shown or (now - since < PROGRESS_SECONDS and percent - reached < PROGRESS_PERCENT):
                return
        self._shown[key] = (now, percent, text)
        self.note("PROGRESS", text)

    def say(self, text: str) -> None:
        """Something of our own about the run."""
        self.note("JAMS", text)

    def _lines(self, mark: str, lines: Iterable[str]) -> None:
        self._echo = None
        start = "\n" if self._within_line else ""
        self._within_line = False
        self._put(start + "".join(f"{mark}{line}\n" for line in lines))

    def _put(self, text: str) -> None:
        self._write(text.encode("utf-8", "replace"))


def to_descriptor(descriptor: int) -> Callable[[bytes], None]:
    """Writes at once and without a buffer; a log that is full is no reason to end the work."""

    def write(data: bytes) -> None:
        with suppress(OSError):
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]

    return write
