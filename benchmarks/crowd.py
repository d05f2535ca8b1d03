"""A database in which very many entries wait, and turns that are taken there one by one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from jams.database import Database, tables
from jams.database.entry_documents import EntryRest, encode_rest
from jams.objects.enums import EntryState
from jams.objects.needs import Needs
from jams.objects.parts import Element, PropertyValue
from jams.objects.run import RunEnded, RunOutcome, RunStarted
from jams.scheduler import topics, turn
from jams.scheduler.starts import Start
from tests.support import databases
from tests.support.schedule import Desk, desk

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where no disk is waited for: what a turn computes is measured, not what a disk takes to be sure."""

COPIES_FROM = 1_000_000
"""The number of the first copy: none that is drawn comes so far."""

_CHUNK = 1_000


class Crowd(Desk):
    """A desk with turns; runs last until they are ended. ``place`` is where its database is."""

    def __init__(self, database: Database, place: Path | str) -> None:
        super().__init__(database)
        self.place = place
        self._tokens = count(1)
        self.seconds = 0.0

    def turn(self, *over: Start, starts: bool = True) -> Sequence[Start]:
        """Take a turn in which these runs have ended well; what it starts. ``seconds`` is what it took."""
        now = datetime.now(UTC)
        told = turn.Happenings(
            started=[_begun(each, now) for each in over], ended=[_end(o, now) for o in over]
        )
        # As the server's thread has it where nobody has asked for an end, and no setting has changed.
        keep = timedelta(days=1)
        limits = turn.Limits(lambda agent: 1000, lambda c: None, starts=starts, aborts=False, keep=keep)
        begin = time.perf_counter()
        decisions = self.write(lambda c: turn.take(c, now, told, limits, lambda: f"t{next(self._tokens)}"))
        self.seconds = time.perf_counter() - begin
        return decisions.starts

    def rest(self, *over: Start) -> list[Start]:
        """Take turns until nothing more starts; all that has started."""
        started = found = list(self.turn(*over))
        while found:
            found = list(self.turn())
            started += found
        return started

    def waiting(self, job: str, state: EntryState) -> int:
        """Submit a job, which has to wait so; the number of its entry."""
        number = self.submit(job)
        assert not self.rest()
        assert self.entry(number).current_state is state
        return number

    def many_jobs(self, first: int, number: int) -> None:
        r"""Jobs ``\J<number>`` with those numbers, all at once."""
        now = datetime.now(UTC)
        stamp = {"version": 1, "changed": now, "changed_by": "JAMS", "document": "{}"}
        placed = {"folder_id": 1, "method_id": 1, "source": "true", "run_count": 0, "cpu_count": 0}
        found = [
            {**stamp, **placed, "id": id, "name": f"J{id}", "name_key": f"j{id}"}
            for id in range(first, first + number)
        ]
        self.write(lambda c: c.execute(insert(tables.job), found))

    def copy(self, number: int, times: int, needs: Callable[[int, Needs], Needs] | None = None) -> None:
        """Copies of an entry that waits; ``needs`` says what each waits for, if not for the same."""
        for first in range(0, times, _CHUNK):
            which = range(first, min(times, first + _CHUNK))
            self.write(lambda c, which=which: _copy(c, number, which, needs))  # type: ignore[misc]
        self.write(_count_anew)

    def lines_apart(self, number: int, times: int, lacks: str) -> None:
        """Give each copy of an entry a line of its own, which lacks that."""
        first = COPIES_FROM + number * 100_000
        made = [{"id": first + each, "signature": f"apart {each}", "lacks": lacks} for each in range(times)]
        moved = update(tables.entry).where(tables.entry.c.number.between(first, first + times - 1))

        def work(c: Connection) -> None:
            c.execute(insert(tables.waiting_line), made)
            c.execute(moved.values(line_id=tables.entry.c.number))
            _count_anew(c)

        self.write(work)

    def resource(self, name: str, quantity: int) -> int:
        """A resource of which there is so much."""

        def work(c: Connection) -> int:
            keyed = {"name": name, "name_key": name.lower(), "document": "{}", "agent_specific": False}
            changed = {"version": 1, "changed": datetime.now(UTC), "changed_by": "JAMS"}
            made = c.execute(insert(tables.resource).values(**keyed, **changed, quantity=quantity))
            return int(made.inserted_primary_key[0])

        return self.write(work)


@contextmanager
def crowd(kind: str) -> Iterator[Crowd]:
    """A crowd on an empty database of that kind."""
    with (
        tempfile.TemporaryDirectory(prefix="jams-benchmark-", dir=MEMORY) as folder,
        databases.database(kind, Path(folder)) as place,
        desk(place) as made,
    ):
        if kind == "postgresql":
            made.write(lambda c: c.exec_driver_sql("SET synchronous_commit TO OFF"))
        yield Crowd(made.database, place)


def kinds() -> Iterable[str]:
    """The kinds of databases that there are here."""
    return ["sqlite", "postgresql"] if databases.answers() else ["sqlite"]


def element(kind: str, **properties: Any) -> Element:
    """An element of that type."""
    found = [PropertyValue(property_name=name, current_value=value) for name, value in properties.items()]
    return Element(element_name=kind, element_type_name=kind, properties=found)


def _copy(c: Connection, number: int, which: range, needs: Callable[[int, Needs], Needs] | None) -> None:
    entry = dict(c.execute(select(tables.entry).where(tables.entry.c.number == number)).one()._mapping)
    rest = msgspec.json.decode(entry["document"], type=EntryRest)
    assert rest.needs is not None
    rows, told, files = [], [], []
    original = rest.needs
    for index in which:
        copied = COPIES_FROM + number * 100_000 + index
        wanted = needs(index, original) if needs else original
        rest.needs = wanted
        rows.append({**entry, "number": copied, "ron": copied, "document": encode_rest(rest)})
        about = {topics.ended(need.job_id) for need in wanted.jobs} | {
            topics.job(j.job_id) for j in wanted.jobs
        }
        for need in wanted.files:
            topic = topics.file(need.agent_id, need.path)
            about.add(topic)
            files.append({"topic": topic, "agent_id": need.agent_id, "path": need.path, "present": False})
        told += [{"number": copied, "topic": topic} for topic in about]
    c.execute(insert(tables.entry), rows)
    if told:
        c.execute(insert(tables.wait_topic), told)
    if files:
        c.execute(insert(tables.file_fact), [{**each, "looked_at": datetime.now(UTC)} for each in files])


def _count_anew(c: Connection) -> None:
    """Let PostgreSQL count what is in its tables, as it does by itself within a minute."""
    if c.dialect.name == "postgresql":
        c.exec_driver_sql("ANALYZE")


def _begun(start: Start, now: datetime) -> RunStarted:
    return RunStarted(
        token=start.token,
        jams_entry=start.row.number,
        process_id=1,
        log_filename=f"/var/lib/jams/logs/2027/03/01/{start.row.number}.log",
        start_time_utc=now,
    )


def _end(start: Start, now: datetime) -> RunEnded:
    return RunEnded(
        token=start.token,
        jams_entry=start.row.number,
        outcome=RunOutcome.EXITED,
        completion_time_utc=now,
        exit_code=0,
        elapsed_seconds=0.01,
        cpu_seconds=0.001,
    )
