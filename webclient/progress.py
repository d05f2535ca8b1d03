"""A line on the terminal that says what is being waited for. Where standard error is no terminal: nothing."""

from __future__ import annotations

import os
import sys
import threading
import time

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_ASCII_FRAMES = "|/-\\"
_EVERY = 0.1


class Progress:
    """What is waited for, its state and how long it has taken, on the last line of the terminal.

    To be used with ``with``; while the block runs a thread keeps the line moving.

    Attributes:
        visible: whether anybody sees it.
    """

    def __init__(self, what: str, *, after: float = 0.0) -> None:
        """``after`` so many seconds the line is shown."""
        self._what = what
        self._after = after
        self._state = ""
        self._begun = time.monotonic()
        self._shown = False
        self._paused = False
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.visible = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        encoding = (sys.stderr.encoding or "").lower().replace("-", "")
        self._frames = _FRAMES if encoding == "utf8" else _ASCII_FRAMES
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Progress:
        if self.visible:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.visible:
            self._stop.set()
            self._thread.join()
            self._clear()

    def state(self, state: str) -> None:
        """Say where it stands."""
        self._state = state

    def pause(self) -> None:
        """Make room for a text; the line stays away until :meth:`resume`."""
        with self._lock:
            self._paused = True
            self._clear()

    def resume(self) -> None:
        """Show the line again. Only to be called when the cursor stands at the beginning of a line."""
        with self._lock:
            self._paused = False

    def _run(self) -> None:
        frame = 0
        while not self._stop.wait(_EVERY):
            frame = (frame + 1) % len(self._frames)
            with self._lock:
                if not self._paused and time.monotonic() - self._begun >= self._after:
                    self._draw(self._frames[frame])

    def _draw(self, frame: str) -> None:
        line = " ".join(
            filter(None, [frame, self._what, self._state, elapsed(time.monotonic() - self._begun)])
        )
        width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        sys.stderr.write(f"\r\x1b[K{line[: width - 1]}")
        sys.stderr.flush()
        self._shown = True

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


def elapsed(seconds: float) -> str:
    """A span of time for people: ``12 s``, ``3 min 05 s``, ``2 h 00 min``."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
