"""What a server costs in which very many wait, and how late it is when very many are due at once."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from msgspec.structs import replace

from jams.objects.enums import EntryState
from jams.objects.needs import FileNeed, JobNeed, Needs
from tests.support import databases
from tests.support.running import Running
from tests.support.schedule import desk

from .crowd import Crowd, element, kinds
from .report import Row
from .running import Client, server

JOBS = 9_000
FILES = 1_000
POINTS = 200
SECONDS = 10.0
_SETTLE_SECONDS = 4.0
_FIRST_JOB = 1_000


def rows() -> Iterable[Row]:
    """Share of a core and lateness, on each database."""
    with ExitStack() as parts:
        there = {kind: parts.enter_context(_serving(kind, crowded=True)) for kind in kinds()}
        alone = {kind: parts.enter_context(_serving(kind, crowded=False)) for kind in kinds()}
        time.sleep(_SETTLE_SECONDS)
        before = [cpu_seconds(jams) for jams in (*there.values(), *alone.values())]
        begin = time.perf_counter()
        time.sleep(SECONDS)
        taken = time.perf_counter() - begin
        after = [cpu_seconds(jams) for jams in (*there.values(), *alone.values())]
        shares = [100 * (late - early) / taken for early, late in zip(before, after, strict=True)]
        for index, kind in enumerate(there):
            yield Row(
                f"an idle server, {JOBS + FILES:,} wait for as many things ({FILES:,} files), {kind}",
                shares[index],
                "% of a core",
                shares[index + len(there)],
                "nobody waits",
                1,
            )
        spawned = _spawn_alone()
        for kind, jams in alone.items():
            late = _lateness(jams)
            yield Row(
                f"{POINTS} points on one second: lateness p99, {kind}",
                late[int(POINTS * 0.99) - 1] * 1e3,
                "ms",
                spawned * 1e3,
                f"posix_spawn of {POINTS} alone",
                500,
            )


@contextmanager
def _serving(kind: str, *, crowded: bool) -> Iterator[Running]:
    with (
        tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder,
        databases.database(kind, Path(folder)) as place,
    ):
        if crowded:
            with desk(place) as made:
                _fill(Crowd(made.database, place), Path(folder))
        with server(**databases.connection_to(place)) as jams:
            yield jams


def _fill(made: Crowd, folder: Path) -> None:
    """Entries that wait, each for a job or a file of its own."""
    made.many_jobs(_FIRST_JOB, JOBS)
    made.job("\\after", elements=[element("JobDependency", DependsOnJob=f"\\J{_FIRST_JOB}")])
    made.job("\\file", elements=[element("FileDependency", FileName=str(folder / "come"))])

    def job(index: int, needs: Needs) -> Needs:
        id = _FIRST_JOB + index
        return replace(needs, jobs=(JobNeed(job_id=id, name=f"\\J{id}"),))

    def file(index: int, needs: Needs) -> Needs:
        return replace(needs, files=(FileNeed(path=str(folder / f"come{index}")),))

    made.copy(made.waiting("after", EntryState.DEPENDENCY_WAIT), JOBS - 1, job)
    made.copy(made.waiting("file", EntryState.DEPENDENCY_WAIT), FILES - 1, file)


def cpu_seconds(jams: Running) -> float:
    """CPU seconds of the server's processes until now."""
    seconds = 0.0
    for process in jams.processes:
        root = psutil.Process(process.pid)
        for each in (root, *root.children(recursive=True)):
            times = each.cpu_times()
            seconds += times.user + times.system
    return seconds


def _lateness(jams: Running) -> list[float]:
    """Seconds by which runs of the same second began too late, the least first."""
    client = Client(jams)
    newest = 0
    ahead = timedelta(seconds=3)
    while True:
        due = (datetime.now(UTC) + ahead).replace(microsecond=0)
        body = {"name": r"\True", "after": due.isoformat()}
        for _ in range(POINTS):
            newest = client.call("POST", "/submit/job", body)["jamsEntry"]
        if datetime.now(UTC) < due - timedelta(seconds=0.5):
            break
        # Too slow a machine: the first were due before the last were submitted.
        ahead *= 2
        client.call("GET", f"/entry/{newest}/wait?timeout=60")
    while True:
        states = client.call("GET", "/server/serverStatus")
        if not states["entriesWaiting"] and not states["entriesExecuting"]:
            break
        time.sleep(0.2)
    found = client.call("GET", f"/entry?limit={POINTS}")
    began = [datetime.fromisoformat(entry["startTimeUTC"]) for entry in found]
    assert len(began) == POINTS
    late = sorted((moment - due).total_seconds() for moment in began)
    assert late[0] >= 0, late[0]
    return late


def _spawn_alone() -> float:
    begin = time.perf_counter()
    for _ in range(POINTS):
        os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "true"], dict(os.environ)), 0)
    return time.perf_counter() - begin
