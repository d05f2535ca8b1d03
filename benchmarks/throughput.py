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
        answers, rates = zip(*(at_once(jams, JOBS) for _ in range(3)), strict=True)
    yield Row(
        f"{JOBS} jobs of `true` through REST, {CLIENTS} clients",
        rate,
        "jobs/s",
        spawned,
        "posix_spawn alone",
        120,
        better="higher",
    )
    yield Row(f"{JOBS} jobs of `true` in one call: the answer", min(answers), "s", target=0.15)
    yield Row(
        f"{JOBS} jobs of `true` in one call",
        max(rates),
        "jobs/s",
        spawned,
        "posix_spawn alone",
        better="higher",
    )


def at_once(jams: Running, jobs: int) -> tuple[float, float]:
    """Submit so many in one call, and wait until all have finished: seconds to the answer, jobs a second."""
    client = Client(jams)
    wanted = [{"name": r"\True"}] * jobs
    begin = time.perf_counter()
    answer = client.call("POST", "/submit/many", {"submissions": wanted})
    answered = time.perf_counter() - begin
    assert len(answer) == jobs and all(each["error"] is None for each in answer)
    return answered, jobs / (_finished(client, jobs) - begin)


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
    return jobs / (_finished(Client(jams), jobs) - begin)


def _finished(client: Client, jobs: int) -> float:
    """Wait until all have finished; when that was."""
    while True:
        states = client.call("GET", "/server/serverStatus")
        if not states["entriesWaiting"] and not states["entriesExecuting"]:
            break
        time.sleep(0.005)
    now = time.perf_counter()
    newest = client.call("GET", f"/entry?limit={jobs}")
    assert len(newest) == jobs and all(e["finalSeverity"] == "Success" for e in newest)
    return now


def _submit(jams: Running, jobs: int) -> None:
    client = Client(jams)
    for _ in range(jobs):
        client.call("POST", "/submit/job", {"name": r"\True"})
