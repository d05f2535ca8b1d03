"""Group commit: one thread writes for everybody, and many callers share one durable commit."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from jams.objects.errors import ServerUnavailable

from . import audit_changes, changes, events, faults

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_UNITS = 512
"""Units that one commit takes at most."""

LONGEST_GATHERING = 0.05
"""Seconds after which a commit takes no further units."""

LOOKS_EVERY = 1.0
"""Seconds between looks at whether other processes have written."""

ATTEMPTS = 4
"""How often a unit is run that others overtake."""


class Session(Protocol):
    """What the writer needs of its connection, and each database does in its own way."""

    late: ClassVar[bool]
    """Whether the error of a statement may come up only with a later one."""

    def mark(self) -> None:
        """Begin a unit within the transaction."""

    def keep(self) -> None:
        """Let what the unit did stand."""

    def undo(self) -> None:
        """Undo what the unit did."""

    def announce(self, changed: changes.Changes) -> None:
        """Tell other processes of the changes, once the transaction is committed."""

    def others_wrote(self) -> bool:
        """Whether other processes have written since this was last asked, without having told so."""


Follower = Callable[[Connection, changes.Changes], Callable[[bool], None] | None]
"""Does what follows from changes, in the transaction that makes them; it may be left out.

What it gives back is called with whether that is durable now; if not, it may be so nevertheless.
"""


@dataclass(slots=True)
class _Unit:
    work: Callable[[Connection], Any]
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: BaseException | None = None


def _following(follower: Follower, changed: changes.Changes, c: Connection) -> Callable[[bool], None] | None:
    return follower(c, changed)


def _told_to(following: Collection[_Unit], *, durable: bool) -> None:
    """Tell those who did what follows whether it is durable."""
    for unit in following:
        if unit.error is None and unit.result is not None:
            unit.result(durable)


class GroupWriter:
    """Runs units of work one after the other in one thread, and commits those that have gathered together.

    Each unit runs between marks: one that raises is undone alone. Nobody is answered before the commit that
    holds his unit is durable; when that fails, all its callers get an error. A lone unit is committed at
    once.

    Others may write to the database as well. When an error comes up that somebody else may have caused, or of
    which it cannot be told whose it is, or the connection was lost before the commit, then the transaction is
    undone and every unit runs again in one of its own, some times at most.
    """

    def __init__(
        self,
        engine: Engine,
        session: Callable[[Connection], Session],
        published: changes.Listener,
        missed: Callable[[], None],
    ) -> None:
        self._engine = engine
        self._session_of = session
        self._published = published
        self._missed = missed
        self._waiting: deque[_Unit] = deque()
        self._something = threading.Condition()
        self._closed = False
        self._connection: Connection | None = None
        self._committing = False
        self._next_look = 0.0
        self.followers: list[Follower] = []
        self.author = audit_changes.Author()
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
        while not self._closed or self._waiting:
            if self._gathered():
                self._write_group()
            self._look_at_others()
        self._disconnect()

    def _gathered(self) -> bool:
        """Wait for a while until there is something to do; whether there is."""
        with self._something:
            if not self._waiting and not self._closed:
                self._something.wait(LOOKS_EVERY)
            return bool(self._waiting)

    def _look_at_others(self) -> None:
        if self._connection is None or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOKS_EVERY
        try:
            wrote = self._session_of(self._connection).others_wrote()
        except Exception:
            self._disconnect()
            wrote = True
        if wrote:
            self._missed()

    def _write_group(self) -> None:
        taken: list[_Unit] = []
        following: list[_Unit] = []
        try:
            changed = self._together(taken, following)
        except Exception as error:
            self._let_go_after(error)
            _told_to(following, durable=False)
            if taken and self._undone(error):
                self._one_by_one(taken)
            else:
                self._fail(taken or self._drain(), error)
            return
        _told_to(following, durable=True)
        if changed:
            self._published(changed)
        for unit in taken:
            if unit.error is None:
                unit.future.set_result(unit.result)
            else:
                unit.future.set_exception(unit.error)

    def _together(self, taken: list[_Unit], following: list[_Unit]) -> changes.Changes:
        """Run what has gathered as one transaction, and what follows; what it has changed, without what was
        undone.
        """
        connection = self._connected()
        batch = events.Batch()
        with self._transaction(connection):
            session = self._session_of(connection)
            deadline = time.monotonic() + LONGEST_GATHERING
            while self._waiting and len(taken) < MOST_UNITS:
                unit = self._waiting.popleft()
                taken.append(unit)
                self._run(unit, connection, session, certain=len(taken) == 1 or not session.late)
                batch.take_in(connection, kept=unit.error is None)
                if time.monotonic() > deadline:
                    break
            for follower in self.followers if batch.changed else ():
                unit = _Unit(partial(_following, follower, batch.changed))
                following.append(unit)
                self._run(unit, connection, session, certain=not session.late)
                if unit.error is not None:
                    log.error("what follows from a change failed", exc_info=unit.error)
                batch.take_in(connection, kept=unit.error is None)
            batch.write(connection)
            if batch.changed:
                session.announce(batch.changed)
        return batch.changed

    def _run(self, unit: _Unit, connection: Connection, session: Session, *, certain: bool) -> None:
        """Run a unit; ``certain`` if an error of the database is about this unit and no earlier one."""
        for _ in range(ATTEMPTS):
            session.mark()
            try:
                unit.result, unit.error = unit.work(connection), None
                session.keep()
                return
            except BaseException as error:
                if isinstance(error, DBAPIError) and (
                    not certain or faults.passing(error) or faults.lost(error)
                ):
                    raise
                unit.error = faults.told(error)
                session.undo()
                if not isinstance(error, faults.Overtaken):
                    return
                events.drop(connection)

    def _one_by_one(self, units: list[_Unit]) -> None:
        """Run each unit as a transaction of its own, and answer its caller."""
        left = deque(units)
        while left:
            try:
                connection = self._connected()
            except Exception as error:
                self._fail(left, error)
                return
            self._alone(left.popleft(), connection)

    def _alone(self, unit: _Unit, connection: Connection) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._transaction(connection):
                    result = unit.work(connection)
                    batch = events.Batch()
                    batch.add(connection)
                    batch.write(connection)
                    if batch.changed:
                        self._session_of(connection).announce(batch.changed)
                break
            except BaseException as error:
                self._let_go_after(error)
                if attempt < ATTEMPTS and faults.passing(error) and self._connection is connection:
                    continue
                unit.future.set_exception(self._told(error, faults.told))
                return
        if batch.changed:
            self._published(batch.changed)
        unit.future.set_result(result)

    @contextmanager
    def _transaction(self, connection: Connection) -> Iterator[None]:
        self._committing = False
        with connection.begin() as transaction:
            yield
            self._committing = True
            transaction.commit()

    def _connected(self) -> Connection:
        self._committing = False
        if self._connection is None:
            self._connection = self._engine.connect()
        audit_changes.observe(self._connection, self.author)
        return self._connection

    def _undone(self, error: BaseException) -> bool:
        """Whether the transaction in which an error of the database came up is undone for certain."""
        return isinstance(error, DBAPIError) and not (self._committing and faults.lost(error))

    def _told(self, error: BaseException, usually: Callable[[BaseException], BaseException]) -> BaseException:
        """What is told to the caller of a transaction that failed."""
        return faults.in_doubt() if self._committing and faults.lost(error) else usually(error)

    def _let_go_after(self, error: BaseException) -> None:
        """Let go of the connection after an error, if that may have left something undone."""
        if self._connection is not None and not self._connection.invalidated:
            events.drop(self._connection)
        if self._committing or not isinstance(error, DBAPIError) or faults.lost(error):
            self._disconnect()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()

    def _drain(self) -> list[_Unit]:
        with self._something:
            units = list(self._waiting)
            self._waiting.clear()
        return units

    def _fail(self, units: Collection[_Unit], error: Exception) -> None:
        log.error("a commit failed; %d callers are told so", len(units), exc_info=error)
        for unit in units:
            unit.future.set_exception(unit.error or self._told(error, faults.not_stored))
