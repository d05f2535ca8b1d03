"""A million runs purged from the history of a server that takes 50 submissions a second meanwhile.

``python -m benchmarks --only purging``. ``JAMS_BENCHMARK_PURGED`` says of how many runs, for a first look
(``100000``); the time that is aimed at shrinks with them.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from jams.database import open_database, tables
from tests.support import databases
from tests.support.old_history import row, trail
from tests.support.running import Running, configure, running

from .crowd import kinds
from .idle import cpu_seconds
from .report import Row
from .running import TRUE_JOB, Client

_MILLION = 1_000_000
RUNS = int(os.environ.get("JAMS_BENCHMARK_PURGED", _MILLION))
KEPT = RUNS // 100
RATE = 50
LOGGED = 10
"""One of so many runs has a log that is still there."""

BEFORE = 8.0
"""Seconds of submissions without a purge, for comparison."""

_CHUNK = 20_000
_JOB = 500
"""The number of the job whose history is purged; there is no such job any more."""


def rows() -> Iterable[Row]:
    """Seconds of a purge, its share of a core, and what a submission takes beside it."""
    for kind in kinds():
        with served(kind) as jams:
            client = Client(jams)
            alone, _ = _submissions(client, until=lambda: False, seconds=BEFORE)
            job = {
                "jobName": "Purge",
                "methodName": "JAMSPurge",
                "parentFolderName": "\\",
                "parameters": [
                    {"paramName": "Days", "defaultValue": "400"},
                    {"paramName": "Maximum", "defaultValue": str(KEPT)},
                ],
            }
            client.call("POST", "/job", job)
            used = cpu_seconds(jams)
            entry = client.call("POST", "/submit/job", {"name": "\\Purge"})["jamsEntry"]

            def over(client: Client = client, entry: int = entry) -> bool:
                return bool(client.call("GET", f"/entry/{entry}")["currentState"] == "Complete")

            beside, seconds = _submissions(client, until=over, seconds=600)
            used = cpu_seconds(jams) - used
            told = client.call("GET", f"/entry/{entry}")
            assert f"{RUNS - KEPT:,} rows" in told["jobStatus"], told
        yield Row(
            f"{RUNS:,} runs purged beside {RATE} submissions a second, {kind}",
            seconds,
            "s",
            target=60 * RUNS / _MILLION,
        )
        yield Row(f"the server's share of a core meanwhile, {kind}", used / seconds * 100, "% of a core")
        yield Row(
            f"a submission beside the purge, {kind}", beside * 1e3, "ms", alone * 1e3, "without one", 250
        )


def _submissions(client: Client, until: Any, seconds: float) -> tuple[float, float]:
    """Submit at the rate for so long, or until that is so; a submission's 95th percentile, and how long."""
    taken: list[float] = []
    begin = time.perf_counter()
    while (passed := time.perf_counter() - begin) < seconds:
        if len(taken) % RATE == 0 and until():
            break
        time.sleep(max(0.0, len(taken) / RATE - passed))
        one = time.perf_counter()
        client.call("POST", "/submit/job", {"name": "\\True"})
        taken.append(time.perf_counter() - one)
    return statistics.quantiles(taken, n=20)[-1], time.perf_counter() - begin


@contextmanager
def served(kind: str) -> Iterator[Running]:
    """A server whose history has that many runs."""
    with (
        tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder,
        databases.database(kind, Path(folder)) as place,
    ):
        home = Path(folder) / "home"
        configure(home, **databases.connection_to(place))
        _fill(place, home / "logs" / "jobs")
        with running(home) as jams:
            Client(jams).call("POST", "/job", TRUE_JOB)
            yield jams


def _fill(place: Path | str, logs: Path) -> None:
    logs.mkdir(parents=True)
    database = open_database(place)
    first = datetime.now(UTC) - timedelta(days=30)
    one = {**row(_JOB, 1, first), "job_name_key": "j", "path_key": "\\j"}
    try:
        for start in range(0, RUNS, _CHUNK):
            found = [
                {
                    **one,
                    "number": 10_000_000 + n,
                    "ron": 10_000_000 + n,
                    "completion_time": first + timedelta(seconds=2 * n),
                    "log_filename": None if n % LOGGED else str(logs / f"{n}.log"),
                }
                for n in range(start, min(start + _CHUNK, RUNS))
            ]
            for n in range(start, min(start + _CHUNK, RUNS), LOGGED):
                (logs / f"{n}.log").touch()
                os.utime(logs / f"{n}.log", (0, 0))

            def work(c: Any, found: Any = found) -> None:
                c.execute(insert(tables.history), found)
                c.execute(insert(tables.entry_audit), trail(found))

            database.write(work)
        if database.dialect == "postgresql":
            # As it does itself within a minute; a million rows are not there from one moment to the next.
            database.write(lambda c: c.exec_driver_sql("ANALYZE"))
    finally:
        database.close()
