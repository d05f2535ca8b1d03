"""An open database: reading on snapshots, writing durable transactions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError, TimeoutError

from jams.objects.errors import ServerUnavailable

from . import changes, faults
from .audit_changes import Author
from .entry_cache import EntryCache
from .writer import Follower, GroupWriter

T = TypeVar("T")
log = logging.getLogger(__name__)


class Hold(Protocol):
    """What makes a database one server's alone."""

    @property
    def held(self) -> bool:
        """Whether it is, as far as is known."""

    def confirm(self, connection: Connection) -> None:
        """See :meth:`Database.confirm`."""


class Database:
    """An open database; made by :mod:`jams.database.opening`. All methods may be called from any thread.

    Attributes:
        dialect: ``sqlite``, ``postgresql`` or ``mssql``.
        schema_version: the version of the schema.
        entry_cache: entries as they were last read.
    """

    def __init__(
        self,
        reader: Engine,
        schema_version: str,
        entry_cache: EntryCache,
        writer: Callable[[changes.Listener, Callable[[], None]], GroupWriter],
        closing: Callable[[], None],
        hold: Hold | None = None,
        state: Callable[[], Hashable | None] = lambda: None,
    ) -> None:
        self.dialect = reader.dialect.name
        self.schema_version = schema_version
        self.entry_cache = entry_cache
        self._reader = reader
        self._hold = hold
        self._state = state
        self._listeners: list[tuple[changes.Listener, Callable[[], None]]] = []
        self._ending: list[Callable[[], None]] = []
        self._writer = writer(self.heard, self.missed)
        self._closing = closing

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that reads one state of the database, whatever is written meanwhile.

        Raises:
            InvalidArgument: a value of a kind that the database cannot compare with.
            ServerUnavailable: the database cannot be read.
        """
        try:
            with self._reader.connect() as connection:
                yield connection
        except TimeoutError as error:
            raise ServerUnavailable("All connections to the database are in use; ask again.") from error
        except DBAPIError as error:
            meaning = faults.not_read(error)
            if isinstance(meaning, ServerUnavailable):
                log.error("the database cannot be read: %s", error.orig)
            if meaning is error:
                raise
            raise meaning from error

    def state(self) -> Hashable | None:
        """What names the state of the database, and differs after every change; None where that cannot
        be asked for at little cost: PostgreSQL would name transactions of other databases too.
        """
        return self._state()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as a transaction; return what it returns once that is durable.

        What ``work`` raises undoes it and is raised here. It may share a commit with others and run in
        another thread, so it must not block, and must not call this.

        Raises:
            InvalidArgument: a value that the database cannot hold.
            ServerUnavailable: the database could not store it; nothing was changed.
            RuntimeError: called from inside ``work``.
        """
        return self._writer.write(work)

    @property
    def held(self) -> bool:
        """Whether the database is this server's alone, as far as is known."""
        return self._hold is None or self._hold.held

    def confirm(self, connection: Connection) -> None:
        """Make sure that no other server works with the database until the writing transaction ends.

        Raises:
            ServerUnavailable: another one does.
        """
        if self._hold is not None:
            self._hold.confirm(connection)

    def listen(self, listener: changes.Listener, missed: Callable[[], None] = lambda: None) -> None:
        """Call ``listener`` after each durable transaction, with what it has changed.

        That includes transactions of other processes. ``missed`` is called when there may have been some of
        which is not known what they have changed. Both must not block; they are called in any thread.
        """
        self._listeners.append((listener, missed))

    def when_lost(self, told: Callable[[], None]) -> None:
        """Call ``told`` when another server has taken the database over, and this one must end."""
        self._ending.append(told)

    def follow(self, follower: Follower) -> None:
        """Have ``follower`` do what follows from what transactions change, in the same transactions."""
        self._writer.followers.append(follower)

    def act_for(self, author: Author) -> None:
        """Who the audit trail names for changes of which nothing else says who has made them."""
        self._writer.author = author

    def check(self) -> None:
        """Raises ServerUnavailable when the database cannot be read."""
        with self.read() as connection:
            connection.scalar(select(1))

    def close(self) -> None:
        """Finish what is being written and let go of the database; idempotent."""
        self._writer.close()
        self._reader.dispose()
        self._closing()

    def heard(self, changed: changes.Changes) -> None:
        """Tell the listeners of a durable transaction; for whoever has written it, or has heard of it."""
        for listener, _ in self._listeners:
            _guarded(partial(listener, changed))

    def missed(self) -> None:
        """Tell the listeners that there may have been transactions of which nothing is known."""
        for _, missed in self._listeners:
            _guarded(missed)

    def lost(self) -> None:
        """Tell that another server has taken the database over."""
        for told in self._ending:
            _guarded(told)


def _guarded(listener: Callable[[], None]) -> None:
    try:
        listener()
    except Exception:
        log.exception("a listener to the database failed")
