"""The wish that a process stops, which a signal may bring at any moment."""

from __future__ import annotations

import queue
from contextlib import suppress

_LOOKS_EVERY = 1.0
"""Seconds. A signal that another thread takes, or that comes just before the wait, does not end the wait."""


class StopWish:
    """Set once, by whoever wants the process to stop, and waited for in its main thread.

    A :class:`threading.Event` does not do: its lock may be held by the very thread that a signal interrupts,
    and a handler that sets it then waits for itself.
    """

    def __init__(self) -> None:
        self._said: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._wanted = False

    def set(self) -> None:
        """Want the process to stop; for any thread, and for a handler of signals."""
        self._wanted = True
        # It alone may be interrupted by itself (queue.SimpleQueue.put in Python's documentation).
        self._said.put(None)

    def is_set(self) -> bool:
        """Whether somebody wants it."""
        return self._wanted

    def wait(self) -> None:
        """Wait until somebody wants it; for the main thread, in which handlers of signals run."""
        while not self._wanted:
            with suppress(queue.Empty):
                self._said.get(timeout=_LOOKS_EVERY)
