"""Waiting for what no event tells of."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT = 50.0


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something is so; AssertionError if it never is."""
    until = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < until, holds
        time.sleep(0.01)
