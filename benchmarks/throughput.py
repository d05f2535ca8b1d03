"""500 jobs that do nothing, submitted by four clients through REST: how many a second are finished."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable

from tests.support.running import Running

from .report import Row
from .running import Client, server

JOBS = 500
CLIENTS = 4


def rows() -> Iterable[Row]:
    """Jobs finished in a second; the floor is the spawning of as many processes, one after the other."""
    spawned = _spawn_alone()
    with server() as jams:
        jobs_per_second(jams, 40)
        rate = max(jobs_per_second(jams, JOBS) for _ in range(3))
    yield Row(
        f"{JOBS} jobs of `true` through REST, {CLIENTS} clients",
        rate,
        "jobs/s",
        spawned,
        "posix_spawn alone",
        120,
        better="higher",
    )


def _spawn_alone() -> float:
    begin = time.perf_counter()
    for _ in range(JOBS):
        os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "true"], dict(os.environ)), 0)
    return JOBS / (time.perf_counter() - begin)


def jobs_per_second(jams: Running, jobs: int) -> float:
    """Submit so many, and wait until all of them have finished."""
    context = multiprocessing.get_context("fork")
    begin = time.perf_counter()
    workers = [context.Process(target=_submit, args=(jams, jobs // CLIENTS)) for _ in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    client = Client(jams)
    while True:
        states = client.call("GET", "/server/serverStatus")
        if not states["entriesWaiting"] and not states["entriesExecuting"]:
            break
        time.sleep(0.005)
    taken = time.perf_counter() - begin
    newest = client.call("GET", f"/entry?limit={jobs}")
    assert len(newest) == jobs and all(e["finalSeverity"] == "Success" for e in newest)
    return jobs / taken


def _submit(jams: Running, jobs: int) -> None:
    client = Client(jams)
    for _ in range(jobs):
        client.call("POST", "/submit/job", {"name": r"\True"})
