"""What a turn costs where very many entries wait; the floor is the same turn where few do."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import psycopg
from msgspec.structs import replace
from sqlalchemy import Connection, delete

from jams.database import event_tables
from jams.objects.enums import EntryState, Severity
from jams.objects.needs import JobNeed, Needs
from jams.scheduler import topics
from jams.scheduler.starts import Start

from .crowd import Crowd, crowd, element, kinds
from .report import Row

DEPENDENCIES = 20_000
OPENED = 10
IN_LINE = 5_000
FEW = 100
ENDS = 15
FINISHED = 1_000
MEMBERS, STEPS = 1_000, 10
_FIRST_JOB = 1_000
_SIZE = """
SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def rows() -> Iterable[Row]:
    """Milliseconds of turns and bytes of finished runs, on each database."""
    for kind in kinds():
        with crowd(kind) as few, crowd(kind) as many:
            floor, taken = _settling(few, FEW), _settling(many, DEPENDENCIES)
            yield Row(
                f"an end that opens {OPENED} of {DEPENDENCIES:,} dependencies, {kind}",
                taken * 1e3,
                "ms",
                floor * 1e3,
                f"of {FEW}",
                5,
            )
        with crowd(kind) as few, crowd(kind) as many:
            floor, taken = _freed(few, FEW), _freed(many, IN_LINE)
            yield Row(
                f"a resource freed for which {IN_LINE:,} wait: the next start, {kind}",
                taken * 1e3,
                "ms",
                floor * 1e3,
                f"for which {FEW} wait",
                20,
            )
        with crowd(kind) as few, crowd(kind) as many:
            floor, taken = _freed(few, FEW, apart=True), _freed(many, IN_LINE, apart=True)
            yield Row(
                f"the same, each in a line of its own, {kind}",
                taken * 1e3,
                "ms",
                floor * 1e3,
                f"for which {FEW} wait",
                20,
            )
        with crowd(kind) as alone, crowd(kind) as together:
            floor, taken = _alone(alone), _together(together)
            yield Row(
                f"a setup of {MEMBERS:,} members in {STEPS} steps, from its submission to its end, {kind}",
                taken,
                "s",
                floor,
                "the same jobs, submitted one by one",
                1.1 * floor,
            )
        with crowd(kind) as made:
            run, events = _bytes(made)
            yield Row(f"a finished run in the database, without its log, {kind}", run, "bytes", target=1024)
            yield Row(f"its events, which are kept for a week, {kind}", events, "bytes")


def _settling(made: Crowd, dependencies: int) -> float:
    """Seconds of the turn that settles an end for which ten entries wait; they start in the next."""
    made.many_jobs(_FIRST_JOB, dependencies // OPENED)
    made.job("\\down", elements=[element("JobDependency", DependsOnJob=f"\\J{_FIRST_JOB}")])
    number = made.waiting("down", EntryState.DEPENDENCY_WAIT)

    def needs(index: int, original: Needs) -> Needs:
        id = _FIRST_JOB + index // OPENED
        return replace(original, jobs=(JobNeed(job_id=id, name=f"\\J{id}"),))

    # The original waits for the first job too: the ends that are measured are those of others.
    made.copy(number, dependencies, needs)
    taken = []
    last = min(ENDS, dependencies // OPENED - 1)
    for job in range(1, last + 1):
        made.submit(f"J{_FIRST_JOB + job}")
        started = made.rest()
        assert len(started) == 1, started
        made.turn(*started, starts=False)
        taken.append(made.seconds)
        opened = made.turn()
        assert len(opened) == OPENED, len(opened)
        assert not made.rest(*opened)
    return statistics.median(taken)


def _freed(made: Crowd, waiting: int, *, apart: bool = False) -> float:
    """Seconds of the turn that settles the run that held a resource, and starts the next that needs it.

    ``apart``: each of those that wait stands in a line of its own.
    """
    resource = made.resource("R", 1)
    made.job("\\one", elements=[element("ResourceRequirement", Resource="R", Quantity=1)])
    made.submit("one")
    holder = made.rest()
    assert len(holder) == 1
    number = made.waiting("one", EntryState.RESOURCE_WAIT)
    made.copy(number, waiting)
    if apart:
        made.lines_apart(number, waiting, topics.resource(resource))
    taken = []
    for _ in range(ENDS):
        holder = list(made.turn(*holder))
        taken.append(made.seconds)
        assert len(holder) == 1, len(holder)
        assert not made.turn()
    return statistics.median(taken)


def _alone(made: Crowd) -> float:
    """Seconds in which so many jobs are submitted and their runs are settled."""
    made.job("\\one")
    begin = time.perf_counter()
    for _ in range(MEMBERS):
        made.submit("one")
    started = made.turn()
    while started:
        started = made.turn(*started)
    return time.perf_counter() - begin


def _together(made: Crowd) -> float:
    """Seconds of a setup with as many members."""
    made.job("\\one")
    members = [
        element("SubmitJobTask", SubmitJob="\\one", Step=place * STEPS // MEMBERS) for place in range(MEMBERS)
    ]
    made.job("\\all", "", method_name="Setup", source_elements=members)
    begin = time.perf_counter()
    number = made.submit("all")
    started: Sequence[Start] = ()
    while not made.entry(number).current_state.ended:
        started = made.turn(*started)
    taken = time.perf_counter() - begin
    assert made.entry(number).final_severity is Severity.SUCCESS
    return taken


def _bytes(made: Crowd) -> tuple[float, float]:
    """Bytes by which the database grows with a run that has ended, its entry, history and audit in it; and
    those of its events.
    """
    made.job("\\one")
    _run(made, 50)
    made.write(_without_events)
    before = _size(made)
    _run(made, FINISHED)
    with_events = _size(made)
    made.write(_without_events)
    after = _size(made)
    return (after - before) / FINISHED, (with_events - after) / FINISHED


def _without_events(c: Connection) -> None:
    c.execute(delete(event_tables.event))


def _run(made: Crowd, number: int) -> None:
    for _ in range(number):
        made.submit("one")
    started = made.turn()
    while started:
        started = made.turn(*started)


def _size(made: Crowd) -> int:
    """The bytes in use; on PostgreSQL without the rows that were written anew and are not taken away yet."""
    if isinstance(made.place, Path):
        with closing(sqlite3.connect(made.place)) as c:
            pages, free, size = (
                c.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        return int((pages - free) * size)
    with psycopg.connect(made.place, autocommit=True) as c:
        c.execute("VACUUM FULL")
        found = c.execute(_SIZE).fetchone()
    assert found is not None
    return int(found[0])
