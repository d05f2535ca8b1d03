"""How long the server takes until it answers, and how much memory it holds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from tests.support.running import configure, start

from .report import Row, median_seconds
from .running import TRUE_JOB, Client


def rows() -> Iterable[Row]:
    """Seconds to ready on an existing database, and MB resident after some work."""
    bare = median_seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), repeat=5)
    with tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder:
        home = Path(folder) / "home"
        configure(home)
        start(home).kill_tree()
        begin = time.perf_counter()
        jams = start(home)
        ready = time.perf_counter() - begin
        try:
            client = Client(jams)
            client.call("POST", "/job", TRUE_JOB)
            for _ in range(200):
                client.call("POST", "/submit/job", {"name": r"\True"})
            client.raw("GET", "/soap?wsdl")
            client.raw("GET", "/api/entry")
            resident = psutil.Process(jams.processes[0].pid).memory_info().rss / 1e6
        finally:
            jams.kill_tree()
    yield Row("boot to ready", ready, "s", bare, "python3 -c pass", 5)
    yield Row("resident after 200 jobs", resident, "MB", None, "", 250)
