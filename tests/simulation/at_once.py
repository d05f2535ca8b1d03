"""Units of work that are done in the thread of whoever asks: for one who is alone, handing each over and back
takes a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection

from jams.database.writer import GroupWriter, _Unit
from tests.support.schedule import Desk

T = TypeVar("T")


@contextmanager
def at_once(desk: Desk) -> Iterator[None]:
    """For a block, what is written on a desk is written by the writer's own means, in this thread."""
    writer: GroupWriter = desk.database._writer
    writer.close()

    def write(work: Callable[[Connection], T]) -> T:
        unit = _Unit(work)
        writer._waiting.append(unit)
        writer._write_group()
        result: T = unit.future.result(0)
        return result

    desk.write = desk.database.write = write  # type: ignore[method-assign]
    try:
        yield
    finally:
        writer._disconnect()
