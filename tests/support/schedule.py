"""A database of one test, and a runner that does as the test says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, update

from jams.database import Database, credentials, entries, folders, jobs, open_database, reference_uses, tables
from jams.objects.definitions import Folder, Job
from jams.objects.enums import EntryState
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from jams.objects.schedule import Entry, SubmitInfo, SubmitJob
from jams.scheduler import starts, submission, submission_documents

T = TypeVar("T")
USER = "ada"


class Desk:
    """A database with the calls that tests make of it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.write = database.write

    def read(self, work: Callable[[Connection], T]) -> T:
        with self.database.read() as connection:
            return work(connection)

    def folder(self, path: str, *, lenient: bool = False, **members: Any) -> int:
        above, _, name = path.rpartition("\\")
        document = Folder(folder_name=name, parent_folder_name=above or "\\", **members)
        made = self.write(lambda c: folders.create(c, document, user=USER, lenient=lenient))
        assert made.folder_id is not None
        return made.folder_id

    def job(self, path: str, source: str = "true", *, lenient: bool = False, **members: Any) -> int:
        above, _, name = path.rpartition("\\")
        document = Job(job_name=name, parent_folder_name=above or "\\", source=source, **members)
        made = self.write(lambda c: jobs.create(c, document, user=USER, lenient=lenient))
        assert made.job_id is not None
        return made.job_id

    def stored_before(self, path: str, *, folder: bool = False, **members: Any) -> int:
        """A job, or a folder, with parts as they were stored when nobody held them against the registry."""
        id, table = (self.folder(path), tables.folder) if folder else (self.job(path), tables.job)
        kind = folders.FolderRest if folder else jobs.JobRest

        def work(c: Connection) -> None:
            text = msgspec.json.encode(kind(**members)).decode()
            c.execute(update(table).where(table.c.id == id).values(document=text))
            reference_uses.remember(c, table, id, text)

        self.write(work)
        return id

    def credential(self, name: str) -> None:
        """Store a credential of that name, which opens nothing."""
        self.write(lambda c: credentials.put(c, name, user_name="u", secret="sealed", by=USER))

    def submit(self, name: str = "j", *, user: str = USER, **members: Any) -> int:
        short = SubmitJob(name=name, **members)
        return self.enter(lambda c: submission_documents.from_short(short), user=user)

    def enter(self, document: Callable[[Connection], SubmitInfo], *, user: str = USER) -> int:
        return self.write(lambda c: submission.enter(c, document(c), submission.Submitter(user))).jams_entry

    def entry(self, number: int) -> Entry:
        return self.read(lambda c: entries.get(c, number))

    def claim(self, number: int, token: str = "t") -> None:
        """Claim the entry's start, as the scheduler does."""

        def work(c: Connection) -> None:
            starts.claim(c, [starts.Start(token, entries.locked(c, number), 1)], datetime.now(UTC))

        self.write(work)

    def finish(self, number: int, **values: Any) -> None:
        """Let the entry have ended."""

        def work(c: Connection) -> None:
            row = entries.locked(c, number)
            assert entries.move(c, number, row.state, EntryState.COMPLETE, version=row.version, **values)

        self.write(work)


@cache
def _empty_database() -> bytes:
    """A new database, made once: making it is what takes the time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jams.db"
        open_database(path).close()
        return path.read_bytes()


@contextmanager
def desk(where: Path | str, *, fresh: bool = False) -> Iterator[Desk]:
    """A desk on a database that is closed at the end; ``fresh`` if the database must make itself."""
    if isinstance(where, Path) and where.parent.is_dir() and not where.exists() and not fresh:
        where.write_bytes(_empty_database())
    database = open_database(where)
    try:
        yield Desk(database)
    finally:
        database.close()


class PuppetRunner:
    """Starts nothing; remembers what it was asked, and answers what the test has laid out."""

    def __init__(self) -> None:
        self.requests: list[RunRequest] = []
        self.aborted: list[tuple[str, bool]] = []
        self.forgotten: list[str] = []
        self.purged: list[list[str]] = []
        self.known: dict[str, RunStarted | RunEnded | None] = {}
        self.cpu: dict[str, float] = {}
        self.answer: Callable[[RunRequest], RunStarted | RunEnded] = started

    def start(self, request: RunRequest) -> RunStarted | RunEnded:
        self.requests.append(request)
        return self.answer(request)

    def recover(
        self, tokens: Iterable[str], *, ending: Collection[str] = ()
    ) -> dict[str, RunStarted | RunEnded | None]:
        return {token: self.known.get(token) for token in tokens}

    def abort(self, token: str, *, force: bool = False) -> bool:
        self.aborted.append((token, force))
        return True

    def cpu_seconds(self, tokens: Collection[str]) -> dict[str, float]:
        return {token: self.cpu[token] for token in tokens if token in self.cpu}

    def forget(self, token: str) -> None:
        self.forgotten.append(token)

    def purge(self, keep: Iterable[str]) -> int:
        self.purged.append(list(keep))
        return 0


def started(request: RunRequest, log: str = "/logs/run.log") -> RunStarted:
    """The answer that the work of ``request`` has begun."""
    return RunStarted(
        token=request.token,
        jams_entry=request.jams_entry,
        process_id=4711,
        log_filename=log,
        start_time_utc=datetime.now(UTC),
    )


def ended(token: str, outcome: RunOutcome = RunOutcome.EXITED, **members: Any) -> RunEnded:
    """The end of a run, now."""
    if outcome is RunOutcome.EXITED:
        members.setdefault("exit_code", 0)
    return RunEnded(
        token=token, jams_entry=0, outcome=outcome, completion_time_utc=datetime.now(UTC), **members
    )
