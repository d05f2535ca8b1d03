"""Submissions on SQLite and PostgreSQL by turns in one run; and jobs finished on PostgreSQL."""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support import databases
from tests.support.running import Running

from .report import Row
from .running import Client, server
from .throughput import CLIENTS, JOBS, jobs_per_second

SUBMISSIONS = 200
ROUNDS = 7
SHARE = 0.7
"""What of SQLite's rate PostgreSQL's has to be."""


def rows() -> Iterable[Row]:
    """Rates on both databases; none where no PostgreSQL answers (``JAMS_TEST_POSTGRESQL``)."""
    if not databases.answers():
        return
    with ExitStack() as parts:
        homes = {kind: parts.enter_context(_on(kind)) for kind in ("sqlite", "postgresql")}
        taken: dict[str, list[float]] = {kind: [] for kind in homes}
        for jams in homes.values():
            _submissions(jams, 40)
        for _ in range(ROUNDS):
            for kind, jams in homes.items():
                taken[kind].append(_submissions(jams, SUBMISSIONS))
        sqlite, postgresql = (statistics.median(taken[kind]) for kind in ("sqlite", "postgresql"))
        yield Row(f"submissions on SQLite, {CLIENTS} clients", sqlite, "submits/s", better="higher")
        yield Row(
            f"submissions on PostgreSQL, {CLIENTS} clients",
            postgresql,
            "submits/s",
            sqlite,
            "the same on SQLite",
            SHARE * sqlite,
            better="higher",
        )
    with _on("postgresql") as jams:
        jobs_per_second(jams, 40)
        rate = max(jobs_per_second(jams, JOBS) for _ in range(2))
    yield Row(f"{JOBS} jobs of `true` on PostgreSQL, {CLIENTS} clients", rate, "jobs/s", better="higher")


@contextmanager
def _on(kind: str) -> Iterator[Running]:
    with (
        tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder,
        databases.database(kind, Path(folder)) as place,
        server(**databases.connection_to(place)) as jams,
    ):
        yield jams


def _submissions(jams: Running, number: int) -> float:
    """Submissions in a second, by clients beside each other; nothing of them runs."""
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(CLIENTS + 1)
    workers = [context.Process(target=_submit, args=(jams, number // CLIENTS, ready)) for _ in range(CLIENTS)]
    for worker in workers:
        worker.start()
    ready.wait()
    begin = time.perf_counter()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    return number / (time.perf_counter() - begin)


def _submit(jams: Running, number: int, ready: object) -> None:
    client = Client(jams)
    client.call("GET", "/health")
    ready.wait()  # type: ignore[attr-defined]
    for _ in range(number):
        client.call("POST", "/submit/job", {"name": r"\True", "hold": True})
