"""A backup of a server whose history has a million runs, and what submissions lose by it.

``python -m benchmarks --only backup``. ``JAMS_BENCHMARK_PURGED`` says of how many runs, for a first look
(``100000``); the time that is aimed at shrinks with them.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from jams.services import backup
from jams.services.configuration import load
from jams.services.settings import Settings

from .crowd import kinds
from .purging import BEFORE, RUNS, served
from .report import Row
from .running import Client

_MILLION = 1_000_000


def rows() -> Iterable[Row]:
    """Seconds of a backup, and submissions a second beside it and without it."""
    for kind in kinds():
        with served(kind) as jams, tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder:
            client = Client(jams)
            alone = _rate(client, _for_a_while())
            taking = _Taking(load(jams.home).settings, Path(folder) / "made.jamsbackup")
            taking.start()
            beside = _rate(client, taking.is_alive)
            taking.join()
            if taking.failure is not None:
                raise taking.failure
        target = 60 * RUNS / _MILLION
        yield Row(f"backup of {RUNS:,} runs beside submissions, {kind}", taking.seconds, "s", target=target)
        yield Row(
            f"submissions a second beside the backup, {kind}",
            beside / alone * 100,
            "% of those without one",
            target=70,
            better="higher",
        )


class _Taking(threading.Thread):
    """Takes a backup as the server's own job does: in a thread, here of another process."""

    def __init__(self, settings: Settings, path: Path) -> None:
        super().__init__()
        self._settings, self._path = settings, path
        self.seconds = 0.0
        self.failure: BaseException | None = None

    def run(self) -> None:
        begun = time.perf_counter()
        try:
            backup.take(self._settings, self._path)
        except BaseException as error:
            self.failure = error
        self.seconds = time.perf_counter() - begun


def _for_a_while() -> Callable[[], bool]:
    until = time.monotonic() + BEFORE
    return lambda: time.monotonic() < until


def _rate(client: Client, goes_on: Callable[[], bool]) -> float:
    """Submissions a second, one after the other."""
    begun, count = time.perf_counter(), 0
    while goes_on():
        client.call("POST", "/submit/job", {"name": "\\True", "hold": True})
        count += 1
    return count / (time.perf_counter() - begun)
