"""Running a process of JAMS until somebody stops it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .server import Process

_STOPPING = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


@contextmanager
def running(process: Process) -> Iterator[threading.Event]:
    """Start the process, give the event that a signal to stop sets, and stop the process in the end.

    Must be used in the main thread. A second signal ends at once. On Windows Ctrl+C and Ctrl+Break are
    signals, and there is no other (not verified there). Raises, at the end of the block, the failure for
    which the process has stopped by itself.
    """
    stop = process.stop_wanted

    def ask(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {name: signal.signal(getattr(signal, name), ask) for name in _STOPPING}
    try:
        process.start()
        try:
            yield stop
        finally:
            process.stop()
        if process.failure is not None:
            raise process.failure
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def wait_for(stop: threading.Event) -> None:
    """Wait until the event is set. Windows delivers a signal only between waits, so they are short there."""
    while not stop.wait(0.5 if os.name == "nt" else 3600):
        pass
