"""When Python looks for garbage: not while a process starts, and later not through what stays for good."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SETTLED = 5.0
"""Seconds after which a process that has started has also built what it builds while it answers already."""


@contextmanager
def starting() -> Iterator[None]:
    """Start a process in the block: what a start makes stays, so it is looked through once, and later.

    A look through everything takes a tenth of a second, in which nobody is answered; without this there would
    be one for each few hundred jobs.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    timer = threading.Timer(SETTLED, settle)
    timer.name, timer.daemon = "garbage", True
    timer.start()


def settle() -> None:
    """Remove what the start has left behind, and look through what is there now no more."""
    gc.collect()
    gc.freeze()
