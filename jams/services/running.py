"""Running a process of JAMS until somebody stops it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .server import Process
from .stopping import StopWish

RESTARTING = "SIGUSR1"
"""The signal upon which a process stops and begins anew, with the same number: whoever has started it, and
waits for it, notices nothing. Windows has none such."""

_STOPPING = [name for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


@contextmanager
def running(process: Process) -> Iterator[StopWish]:
    """Start the process, give the wish to stop that a signal sets, and stop the process in the end.

    Must be used in the main thread. A second signal ends at once. On Windows Ctrl+C and Ctrl+Break are
    signals, and there is no other (not verified there). Raises, at the end of the block, the failure for
    which the process has stopped by itself.
    """
    stop = process.stop_wanted

    def ask(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    def ask_again(number: int, _frame: object) -> None:
        process.restart_wanted = True
        stop.set()

    before = {name: signal.signal(getattr(signal, name), ask) for name in _STOPPING}
    if hasattr(signal, RESTARTING):
        before[RESTARTING] = signal.signal(getattr(signal, RESTARTING), ask_again)
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


def begin_anew() -> None:
    """Replace this process, whose parts have stopped, by one that was started with the same words."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
