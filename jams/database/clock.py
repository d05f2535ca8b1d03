"""The time, as everybody has it who works with a database: the machine's, or the one of a turn.

A turn is a function of the time that it is given, which is that of all that is written down in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_shown: ContextVar[datetime | None] = ContextVar("jams_clock", default=None)


def now() -> datetime:
    """The time, in UTC."""
    return _shown.get() or datetime.now(UTC)


@contextmanager
def showing(moment: datetime) -> Iterator[None]:
    """For a block, in this thread alone, it is that time."""
    before = _shown.set(moment)
    try:
        yield
    finally:
        _shown.reset(before)
