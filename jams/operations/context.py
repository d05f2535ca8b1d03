"""What an operation works with: the caller, and the parts of the server it may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import msgspec
from sqlalchemy import Connection

from jams.database import (
    audit,
    audit_changes,
    definition_stamps,
    guarding,
    known_names,
    object_access,
    patterns,
    retries,
    revision_notes,
    revisions,
)
from jams.objects.errors import (
    ErrorDocument,
    ErrorKind,
    IdempotencyConflict,
    InvalidArgument,
    MissingArgument,
    ServerBusy,
)
from jams.objects.listing import Listing
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.run import MethodInfo
from jams.objects.session import ServerStatistics
from jams.scheduler.forecast.asking import Forecasts
from jams.security.caller import Caller
from jams.security.object_lists import Reach

from .catalogue import Operation
from .object_guard import ObjectGuard, guard_of, reach_of
from .patience import Patience

if TYPE_CHECKING:
    from jams.database import Database
    from jams.scheduler import ForCallers
    from jams.security.accounts import Accounts
    from jams.security.credentials import CredentialStore

T = TypeVar("T")
P = TypeVar("P")


class Logs(Protocol):
    """The logs of runs, wherever they are kept. Positions are bytes."""

    def check_location(self, location: str) -> None:
        """Raises InvalidArgument when logs may not lie in a directory, or its format is malformed."""

    def read(self, filename: str, offset: int, limit: int) -> tuple[bytes, int]:
        """At most ``limit`` bytes from ``offset`` on, and the whole size. Raises LogNotFound."""

    def tail(self, filename: str, lines: int) -> int:
        """The offset at which the last ``lines`` lines begin. Raises LogNotFound."""

    def wait(self, filename: str, size: int, timeout: float) -> bool:
        """Wait until the log has another size; whether it has. One that is not there is waited for."""

    def look(self, filename: str) -> tuple[int, int]:
        """The size, -1 where there is no such log, and the time of the last change."""


class Refusals(Protocol):
    """Takes down what is refused."""

    def note(self, refusal: audit.Refusal, times: int = 1) -> None:
        """Take a refusal, that has happened so often; it is written later."""


@dataclass(frozen=True)
class Services:
    """The parts of one running server that operations use."""

    database: Database
    scheduler: ForCallers
    accounts: Accounts
    logs: Logs
    refusals: Refusals
    methods: Callable[[], list[MethodInfo]]
    server_name: str
    home: Path
    started: datetime
    credentials: CredentialStore
    forecasts: Forecasts = field(default_factory=Forecasts)
    account_refusal: Callable[[str], str | None] = lambda name: None
    """Why work on this machine cannot take an account of it, in a sentence; None if it can."""
    statistics: Callable[[], ServerStatistics | None] = lambda: None
    """The last sample of what this server uses."""
    jobs_run_as: str = ""
    """The account that it takes where none is named."""
    jobs_apart: bool = False
    """Whether it never is that of the server."""


@dataclass(frozen=True)
class Context:
    """One call: who makes it, of what, and with what; ``patience`` is how it waits, if it does.

    ``condition`` is what must hold of the definition that is changed or removed.
    ``lenient`` says that what is known and not obeyed is to be kept; ``note``, what is to be said of the
    revisions of what is changed.
    ``retry_key`` and ``fingerprint`` are set when the caller may repeat the call: the first answer that was
    written under the key is given again to the same request, and refused to another one.
    ``connection`` is one that reads already, and is used for all that is read.
    ``total`` says that the caller wants to know how long a list is in all of which a part is given.
    """

    caller: Caller
    services: Services
    operation: Operation
    patience: Patience
    target: str | None = None
    condition: Precondition = ALWAYS
    lenient: bool = False
    note: str | None = None
    retry_key: str | None = None
    fingerprint: bytes = b""
    connection: Connection | None = None
    total: bool = False
    of_lists: list[str] = field(default_factory=list, compare=False)
    """What is to be told of the access lists that were written last, in sentences."""

    @property
    def database(self) -> Database:
        """The database."""
        return self.services.database

    @property
    def scheduler(self) -> ForCallers:
        """The scheduler's side that callers may talk to."""
        return self.services.scheduler

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on a reading connection."""
        if self.connection is not None:
            with guarding.keep(self.connection, self._guard()):
                return work(self.connection)
        with self.database.read() as connection, guarding.keep(connection, self._guard()):
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as one transaction together with its audit record; return once it is durable.

        ``work`` raises to undo everything. It may run in the writer's thread and must not block. Patterns
        whose answers it needs are matched between two attempts.
        """
        unit = self._audited if self.retry_key is None else self._once

        def decided(connection: Connection) -> T:
            guard = self._guard()
            with patterns.decided_outside(), guarding.keep(connection, guard):
                object_access.new_names(connection)
                result = unit(connection, work)
                self.of_lists[:] = self._told_of_lists(connection, guard)
                return result

        while True:
            try:
                return self.database.write(decided)
            except patterns.Undecided as undecided:
                undecided.decide()

    def write_prepared(
        self, prepare: Callable[[Connection], P], store: Callable[[Connection, P], T], *, attempts: int = 4
    ) -> T:
        """Prepare on a reading connection what ``store`` then writes as one transaction.

        For work that takes long, which must not be done in a transaction for which others wait. It is
        prepared anew when a definition has changed meanwhile.

        Raises:
            ServerBusy: a definition has changed each time.
        """
        for _ in range(attempts):
            with self.database.read() as connection, guarding.keep(connection, self._guard()):
                stamp = definition_stamps.stamp(connection)
                prepared = prepare(connection)
            with suppress(_Overtaken):
                return self.write(partial(_unless_overtaken, stamp, prepared, store))
        raise ServerBusy("Definitions are being changed all the time; try again in a moment.")

    def reach(self) -> Reach | None:
        """What the access lists of objects let the caller do; None where none limits him."""
        return self.read(lambda c: reach_of(c, self.caller))

    def _guard(self) -> ObjectGuard | None:
        return guard_of(self.caller, self.operation.right)

    def record(self, connection: Connection, account: str, message: str | None = None) -> None:
        """Write down that an account has done what is called for; :meth:`write` does it by itself."""
        audit.record(
            connection,
            user=account,
            door=self.caller.door,
            operation=self.operation.name,
            origin=self.caller.origin,
            target=self.target,
            message=message,
        )

    def refused(self, answers: Iterable[tuple[ErrorDocument | None, object]]) -> None:
        """Take down what was refused of a call that does many things: the error, and what it was about."""
        for error, target in answers:
            if error is not None:
                self.services.refusals.note(self._refusal(error, target))

    def _refusal(self, error: ErrorDocument, target: object) -> audit.Refusal:
        return audit.Refusal(
            user=self.caller.account,
            door=self.caller.door,
            origin=self.caller.origin,
            operation=self.operation.name,
            target=str(target),
            code=error.code,
            message=error.message if error.kind is ErrorKind.DENIED else None,
        )

    def _audited(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        if self.operation.versioned:
            definition_stamps.lock(connection)  # before anything is looked up, by its name or its version
        audit_changes.by_somebody(connection)
        changes = revisions.Changes()
        with revision_notes.keep(connection, changes):
            result = work(connection)
        changes.write(
            connection,
            revisions.By(
                user=self.caller.account,
                door=self.caller.door,
                operation=self.operation.name,
                origin=self.caller.origin,
                note=self.note,
            ),
        )
        self.record(connection, self.caller.account, result if isinstance(result, str) else None)
        return result

    def _once(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        account, key = self.caller.account, self.retry_key or ""
        answer = retries.recall(connection, account, key, self.fingerprint)
        if answer is not None:
            return cast(T, self._repeated(answer))
        result = self._audited(connection, work)
        retries.remember(connection, account, key, self.fingerprint, msgspec.json.encode(result))
        return result

    def _repeated(self, answer: bytes) -> Any:
        try:
            return msgspec.json.decode(answer, type=self.operation.result)
        except msgspec.DecodeError:
            raise IdempotencyConflict(
                f"The answer given under the idempotency key {self.retry_key} cannot be read any more.",
                target=self.retry_key,
            ) from None

    def counted(self, found: list[T], count: Callable[[], int]) -> list[T]:
        """A part of a list; with how long that is in all, where the caller wants to know."""
        return Listing(found, count()) if self.total else found

    def remarks(self, not_obeyed: list[str]) -> str:
        """What an answer says besides of a definition that was made or changed; mostly nothing.

        That is what was kept because leniency was asked for, whom its access list names and nobody knows, and
        that the caller may not look at it any more.
        """
        told = ""
        if self.lenient and not_obeyed:
            told += f" Kept, but not supported here: {' '.join(not_obeyed)}"
        return "".join([told, *(f" {sentence}" for sentence in self.of_lists)])

    def _told_of_lists(self, connection: Connection, guard: ObjectGuard | None) -> Iterator[str]:
        nobodies = known_names.nobodies(connection, object_access.new_names(connection))
        if nobodies:
            yield f"Its access list names who is no account and no group here: {', '.join(nobodies)}."
        if guard is not None and guard.shuts_out(connection):
            yield f"{self.caller.account} may not look at it now: its access list does not give that."

    def now(self) -> datetime:
        """The time of this call, in UTC."""
        return datetime.now(UTC)


class _Overtaken(Exception):
    """A definition has changed since what is to be written was prepared."""


def _unless_overtaken(
    stamp: int, prepared: P, store: Callable[[Connection, P], T], connection: Connection
) -> T:
    if definition_stamps.changed_since(connection, stamp):
        raise _Overtaken
    return store(connection, prepared)


def one_of(**choices: Any) -> None:
    """Check that exactly one of the choices is given. Raises MissingArgument or InvalidArgument."""
    given = [name for name, value in choices.items() if value is not None]
    names = " or ".join(choices)
    if not given:
        raise MissingArgument(f"Give {names}.", member=next(iter(choices)))
    if len(given) > 1:
        raise InvalidArgument(f"Give only one of {names}.", member=given[1])
