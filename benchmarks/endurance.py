"""50 jobs a second for ten minutes: whether memory stays as it is, and what share of a core the server takes.

``python -m benchmarks --only endurance``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from datetime import timedelta

import psutil

from tests.support.running import Running

from .idle import cpu_seconds
from .report import Row
from .running import Client, server

RATE = 50
SECONDS = 600.0
WARM_SECONDS = 300.0
"""Until then memory grows: what is used for the first time is loaded, and the 16 MB that SQLite may keep
of the database (``jams/database/sqlite.py``) fill up."""

GROWTH = 1.05


def rows() -> Iterable[Row]:
    """Memory at the end beside that after a minute, and the share of a core."""
    with server() as jams:
        client = Client(jams)
        _steadily(client, WARM_SECONDS)
        early, cpu, begin = _resident(jams), cpu_seconds(jams), time.perf_counter()
        submitted = _steadily(client, SECONDS - WARM_SECONDS)
        taken = time.perf_counter() - begin
        share = (cpu_seconds(jams) - cpu) / taken
        late = _resident(jams)
        states = client.call("GET", "/server/serverStatus")
    span = timedelta(seconds=SECONDS)
    yield Row(
        f"jobs submitted and run, {span}", submitted / taken, "jobs/s", target=0.98 * RATE, better="higher"
    )
    yield Row("entries behind at the end", states["entriesWaiting"], "entries", target=RATE)
    yield Row("resident at the end", late, "MB", early, f"after {WARM_SECONDS:.0f} s", GROWTH * early)
    yield Row("the server's share of a core", share, "cores", target=0.3)


def _steadily(client: Client, seconds: float) -> int:
    """Submit jobs at the rate; how many."""
    begin, done = time.perf_counter(), 0
    while (passed := time.perf_counter() - begin) < seconds:
        if done > passed * RATE:
            time.sleep(done / RATE - passed)
            continue
        client.call("POST", "/submit/job", {"name": r"\True"})
        done += 1
        if done % (RATE * 60) == 0:
            print(f" {passed:.0f} s", end="", file=sys.stderr, flush=True)
    return done


def _resident(jams: Running) -> float:
    return sum(psutil.Process(process.pid).memory_info().rss for process in jams.processes) / 1e6
