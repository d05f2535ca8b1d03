"""Group commit: one thread writes for everybody, and many callers share one durable commit."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from jams.objects.errors import ServerUnavailable

from . import changes, sqlite

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_UNITS = 512
"""Units that one commit takes at most."""

LONGEST_GATHERING = 0.05
"""Seconds after which a commit takes no further units."""


@dataclass(slots=True)
class _Unit:
    work: Callable[[Connection], Any]
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: BaseException | None = None


class GroupWriter:
    """Runs units of work one after the other in one thread, and commits those that have gathered together.

    Each unit runs inside a savepoint: one that raises is undone alone. Nobody is answered before the
    commit that holds his unit is durable; when that fails, all its callers get an error. A lone unit
    is committed at once. Made for SQLite, which lets one connection write at a time.
    """

    def __init__(self, engine: Engine, published: changes.Listener) -> None:
        self._engine = engine
        self._published = published
        self._waiting: deque[_Unit] = deque()
        self._something = threading.Condition()
        self._closed = False
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._work, name="jams-writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` and return what it returns, once it is durable; raise what it raises.

        Raises:
            ServerUnavailable: the database is closed, or the commit failed.
            RuntimeError: called from inside a unit of work, which would wait for itself.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("A unit of work writes through the connection it is given.")
        unit = _Unit(work)
        with self._something:
            if self._closed:
                raise ServerUnavailable("The database is closed.")
            self._waiting.append(unit)
            self._something.notify()
        result: T = unit.future.result()
        return result

    def close(self) -> None:
        """Commit what has gathered, then stop; idempotent."""
        with self._something:
            self._closed = True
            self._something.notify()
        self._thread.join()

    def _work(self) -> None:
        while self._gathered():
            self._commit()
        self._disconnect()

    def _gathered(self) -> bool:
        """Wait until there is something to do; False when there never will be again."""
        with self._something:
            while not self._waiting and not self._closed:
                self._something.wait()
            return bool(self._waiting)

    def _commit(self) -> None:
        taken: list[_Unit] = []
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            connection = self._connection
            with connection.begin():
                changed = self._run_units(connection, taken)
        except Exception as error:
            self._disconnect()
            self._fail(taken or self._drain(), error)
            return
        if changed:
            self._published(changed)
        for unit in taken:
            if unit.error is None:
                unit.future.set_result(unit.result)
            else:
                unit.future.set_exception(unit.error)

    def _run_units(self, connection: Connection, taken: list[_Unit]) -> changes.Changes:
        """Run what has gathered; what it changes, without what was undone."""
        changed: dict[int, changes.Change] = {}
        execute = connection.connection.driver_connection.execute  # type: ignore[union-attr]
        deadline = time.monotonic() + LONGEST_GATHERING
        while self._waiting and len(taken) < MOST_UNITS:
            unit = self._waiting.popleft()
            taken.append(unit)
            execute("SAVEPOINT unit")
            try:
                unit.result = unit.work(connection)
            except BaseException as error:
                unit.error = sqlite.not_stored(error) if sqlite.cannot_store(error) else error
                execute("ROLLBACK TO unit")
            execute("RELEASE unit")
            noted = changes.take(connection)
            if unit.error is None:
                changes.merge(changed, noted)
            if time.monotonic() > deadline:
                break
        return changed

    def _disconnect(self) -> None:
        """Let go of the connection, and with it of whatever a failure has left undone."""
        connection, self._connection = self._connection, None
        if connection is not None:
            changes.take(connection)
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()

    def _drain(self) -> list[_Unit]:
        with self._something:
            units = list(self._waiting)
            self._waiting.clear()
        return units

    def _fail(self, units: list[_Unit], error: Exception) -> None:
        log.error("a commit failed; %d callers are told so", len(units), exc_info=error)
        for unit in units:
            unit.future.set_exception(unit.error or sqlite.not_stored(error))
