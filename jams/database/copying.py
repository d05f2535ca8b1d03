"""Copies of a whole database, taken while a server works with it, and databases made of such copies.

A copy holds one state of the database, that of the moment at which it began. Of SQLite it is a database file,
of PostgreSQL what ``pg_dump`` writes; see :mod:`jams.database.sqlite_copying` and
:mod:`jams.database.postgresql_copying`.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

Tell = Callable[[str], None]


LONGEST_REST = 0.5
"""Seconds that a rest between two pieces takes at most."""

RESTS = 3.0
"""How many times as long as it works a copy rests: resting once as long, submissions beside it lost 40 %."""


class BrokenOff(Exception):
    """A copy was broken off because somebody has asked for that."""


class Pace:
    """Rests between two pieces of work, so that most of the time is others'.

    Nobody waits for a backup, and many wait for the database from which it is taken: on two cores a copy that
    hurries takes as much of them as all submissions together.

    Args:
        stop: breaks a rest off.
        rests: how many times as long as it works it rests.
        clock: tells seconds.
    """

    def __init__(
        self, stop: threading.Event, *, rests: float = RESTS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stop = stop
        self._rests = rests
        self._clock = clock
        self._begun = clock()

    def rest(self) -> None:
        """A piece is done. Raises BrokenOff when no further one is wanted."""
        if self._stop.wait(min(self._rests * (self._clock() - self._begun), LONGEST_REST)):
            raise BrokenOff
        self._begun = self._clock()


class Copied(NamedTuple):
    """What was copied: its schema's version, and how many rows each table has."""

    schema: str
    place: str
    rows: Mapping[str, int]


class Held(Protocol):
    """A database that is held: no server works with it."""

    def replace(self, copy: Path) -> str | None:
        """Put a copy in the place of what is there, all or nothing; where that is kept, if it is."""


class Source(Protocol):
    """A database that can be copied, and replaced by a copy.

    Attributes:
        kind: ``sqlite`` or ``postgresql``.
    """

    kind: str

    def copy(self, to: Path, stop: threading.Event, tell: Tell) -> Copied:
        """Write a copy into a file. Raises BrokenOff, OSError, ServerUnavailable, DatabaseUnusable."""

    def held(self) -> Any:
        """A context in which no server works with the database: a :class:`Held`. Raises DatabaseUnusable."""

    def scratch(self, copy: Path, place: str) -> Any:
        """A context with a database made of a copy, which is removed after it: what opens it."""

    def check_place(self, place: str) -> None:
        """Raises DatabaseUnusable when a copy of tables that lay there cannot be put where ours lie."""


def flush(path: Path) -> None:
    """Make a file durable."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
