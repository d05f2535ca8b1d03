"""Reading the log of a run: whole, in pieces, from its end, and as it grows.

Offsets and limits count bytes; decoding is the reader's business, since a piece may end inside a
character.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import BinaryIO

from jams.objects.errors import InvalidArgument
from jams.objects.run import LogSlice

from .log_places import LogPlaces

_BLOCK = 64 * 1024
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.2


def read_log(places: LogPlaces, path: str | Path, offset: int = 0, limit: int | None = None) -> LogSlice:
    """At most ``limit`` bytes of the log from byte ``offset`` on (all of the rest without a limit).

    An offset at or past the end gives an empty slice whose ``next_offset`` is the offset asked for.

    Raises:
        LogNotFound: there is no such file, it cannot be read, or it is not in its place.
        InvalidArgument: a negative offset or limit.
    """
    if offset < 0 or (limit is not None and limit < 0):
        raise InvalidArgument("The offset and the limit of a log are not negative.", member="offset")
    with places.open(path) as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(offset)
        wanted = max(0, size - offset)
        data = file.read(wanted if limit is None else min(wanted, limit))
    return LogSlice(data=data, offset=offset, next_offset=offset + len(data), size=size)


def tail_log(
    places: LogPlaces, path: str | Path, *, lines: int | None = None, limit: int = 1 << 20
) -> LogSlice:
    """The end of the log: its last ``lines`` lines, and never more than ``limit`` bytes.

    A last line without its newline counts as a line. Without ``lines`` the last ``limit`` bytes.

    Raises:
        LogNotFound: there is no such file, it cannot be read, or it is not in its place.
        InvalidArgument: a negative number.
    """
    if limit < 0 or (lines is not None and lines < 0):
        raise InvalidArgument("The lines and bytes of a log's tail are not negative.", member="tail")
    with places.open(path) as file:
        size = os.fstat(file.fileno()).st_size
        floor = max(0, size - limit)
        offset = floor if lines is None else _line_start(file, lines, floor, size)
        file.seek(offset)
        data = file.read(size - offset)
    return LogSlice(data=data, offset=offset, next_offset=offset + len(data), size=size)


def wait_for_change(
    places: LogPlaces, path: str | Path, size: int, timeout: float, *, stop: threading.Event | None = None
) -> bool:
    """Wait until the log has another size; False when ``timeout`` seconds passed or ``stop`` is set.

    The size is looked at again after 20 ms, then ever less often, at most every 200 ms. File events would
    save these looks (a microsecond each), but do not arrive from network file systems, where shared log
    locations lie, and Linux grants an account only 128 listeners. A missing file is waited for.
    """
    waiting = stop or threading.Event()
    deadline = time.monotonic() + timeout
    pause = _FIRST_PAUSE
    while True:
        if places.size(path) not in (size, -1):
            return True
        left = deadline - time.monotonic()
        if left <= 0 or waiting.wait(min(pause, left)):
            return places.size(path) not in (size, -1)
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _line_start(file: BinaryIO, lines: int, floor: int, size: int) -> int:
    """Where the last ``lines`` lines begin, looking backwards from ``size`` no further than ``floor``."""
    if lines == 0 or size == floor:
        return size
    file.seek(size - 1)
    missing = lines + (1 if file.read(1) == b"\n" else 0)
    end = size
    while end > floor:
        start = max(floor, end - _BLOCK)
        file.seek(start)
        block = file.read(end - start)
        newlines = block.count(b"\n")
        if newlines >= missing:
            at = len(block)
            for _ in range(missing):
                at = block.rfind(b"\n", 0, at)
            return start + at + 1
        missing -= newlines
        end = start
    return floor
