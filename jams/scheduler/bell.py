"""A wake-up for one thread: at once, or soon, so that news may gather that is in no hurry."""

from __future__ import annotations

import threading
import time


class Bell:
    """Rung from any thread, waited for by one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: float | None = None

    def ring(self, within: float = 0.0) -> None:
        """Wake whoever waits, in so many seconds at the latest. Costs next to nothing."""
        due = time.monotonic() + within
        with self._changed:
            if self._due is None or due < self._due:
                self._due = due
                self._changed.notify()

    def wait(self, seconds: float) -> None:
        """Wait until it has rung, or so long."""
        until = time.monotonic() + seconds
        with self._changed:
            while True:
                end = until if self._due is None else min(until, self._due)
                left = end - time.monotonic()
                if left <= 0:
                    return
                self._changed.wait(left)

    def clear(self) -> None:
        """Forget that it has rung: whoever waited looks now."""
        with self._changed:
            self._due = None
