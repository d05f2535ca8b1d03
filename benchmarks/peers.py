"""Jobs of `true`, each a process, here and with Celery, Flower and huey over Redis, by turns in one run.

``python -m benchmarks --only peers``. Redis answers here, at port 6379 or ``JAMS_BENCHMARK_REDIS``.
The peers are installed into an environment of their own in the folder for temporary files, and kept there.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.support.running import free_port

from .report import Row
from .running import Client, server
from .submit import through_rest
from .throughput import CLIENTS, JOBS, at_once, jobs_per_second

ROUNDS = 2
SINGLES = 60
REDIS = int(os.environ.get("JAMS_BENCHMARK_REDIS", "6379"))
DATABASE = 15
"""The database of Redis that is used, and emptied."""

_HOME = Path(tempfile.gettempdir()) / "jams-benchmark-peers"
_READY_SECONDS = 30.0
_PEERS = f"""
import json, subprocess, sys, time
from celery import Celery, group
from huey import RedisHuey

URL = "redis://127.0.0.1:{REDIS}/{DATABASE}"
app = Celery("peers", broker=URL, backend=URL)
huey = RedisHuey("peers", url=URL)


@app.task(name="true")
def true():
    subprocess.run(["/bin/sh", "-c", "true"], check=True)


@huey.task()
def huey_true():
    subprocess.run(["/bin/sh", "-c", "true"], check=True)
    return True


def celery_group(jobs):
    group(true.s() for _ in range(jobs)).apply_async().get(disable_sync_subtasks=False)


def huey_map(jobs):
    huey_true.map(() for _ in range(jobs)).get(blocking=True)


def serve():
    work = {{"celery": celery_group, "huey": huey_map}}[sys.argv[1]]
    for line in sys.stdin:
        jobs = int(line)
        begin = time.perf_counter()
        work(jobs)
        print(jobs / (time.perf_counter() - begin), flush=True)
"""


def rows() -> Iterable[Row]:
    """Times and rates beside each peer's."""
    if not _redis_answers():
        print(f"no Redis answers at port {REDIS}: no peers", file=sys.stderr)
        return
    python = _environment()
    with ExitStack() as parts:
        jams = parts.enter_context(server())
        flower = parts.enter_context(_celery_and_flower(python))
        parts.enter_context(_process(python.with_name("huey_consumer"), "peers.huey", "-w", str(CLIENTS)))
        celery, huey = (parts.enter_context(_caller(python, which)) for which in ("celery", "huey"))
        client, other = Client(jams), _Flower(flower)
        ways: dict[str, Callable[[int], float]] = {
            "jams": lambda jobs: jobs_per_second(jams, jobs),
            "flower": lambda jobs: _through_flower(flower, jobs),
            "celery": celery,
            "jams, one call": lambda jobs: at_once(jams, jobs)[1],
            "huey": huey,
        }
        for each in ways.values():
            each(40)
        mine, theirs = [], []
        for _ in range(SINGLES):
            mine.append(_seconds(lambda: through_rest(client)))
            theirs.append(_seconds(other.run_one))
        single, flowers = statistics.median(mine) * 1e3, statistics.median(theirs) * 1e3
        rates = dict.fromkeys(ways, 0.0)
        for _ in range(ROUNDS):
            for way, rate in ways.items():
                rates[way] = max(rates[way], rate(JOBS))
    yield Row("submit through REST to finished, 1 job", single, "ms", flowers, "Flower", 0.8 * flowers)
    for name, way, peer, share in (
        (f"{JOBS} jobs through REST, {CLIENTS} clients", "jams", "flower", 1.5),
        (f"{JOBS} jobs through REST, {CLIENTS} clients", "jams", "celery", 1.2),
        (f"{JOBS} jobs through REST, one call", "jams, one call", "huey", 0.7),
    ):
        floor = rates[peer]
        yield Row(name, rates[way], "jobs/s", floor, peer.capitalize(), share * floor, better="higher")


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


class _Flower:
    """Flower's REST over one connection that is kept alive."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def call(self, verb: str, path: str) -> Any:
        """A request and its answer."""
        self._connection.request(verb, path, "{}" if verb == "POST" else None)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{verb} {path}: {answer.status} {content[:300]!r}")
        return json.loads(content)

    def submit(self) -> str:
        """Submit one job; its number."""
        return str(self.call("POST", "/api/task/async-apply/true")["task-id"])

    def run_one(self) -> None:
        """One job from submission to finished."""
        id = self.submit()
        while (state := self.call("GET", f"/api/task/result/{id}")["state"]) != "SUCCESS":
            assert state in ("PENDING", "STARTED"), state


def _through_flower(port: int, jobs: int) -> float:
    """As many clients as with JAMS; the results are counted in Redis, which costs Flower nothing."""
    before = _finished()
    context = multiprocessing.get_context("fork")
    begin = time.perf_counter()
    workers = [context.Process(target=_submit, args=(port, jobs // CLIENTS)) for _ in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    while _finished() < before + jobs:
        time.sleep(0.005)
    return jobs / (time.perf_counter() - begin)


def _submit(port: int, jobs: int) -> None:
    flower = _Flower(port)
    for _ in range(jobs):
        flower.submit()


def _finished() -> int:
    """How many results Celery has stored."""
    answer = _redis("EVAL \"return #redis.call('keys','celery-task-meta-*')\" 0")
    return int(answer.removeprefix(":"))


def _redis(command: str) -> str:
    """A command to Redis, and the line that it answers."""
    with socket.create_connection(("127.0.0.1", REDIS), timeout=10) as connection:
        connection.sendall(f"SELECT {DATABASE}\r\n{command}\r\n".encode())
        with connection.makefile() as answers:
            answers.readline()
            answer = answers.readline().strip()
    if answer.startswith("-"):
        raise RuntimeError(f"{command}: {answer}")
    return answer


def _redis_answers() -> bool:
    try:
        return _redis("PING") == "+PONG"
    except OSError:
        return False


def _environment() -> Path:
    """The Python of the peers' environment, which is made when it is not there."""
    python = _HOME / "bin" / "python"
    if not (_HOME / "made").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_HOME)], check=True)
        install = [str(python), "-m", "pip", "install", "-q", "celery[redis]", "flower", "huey"]
        subprocess.run(install, check=True)
        (_HOME / "made").touch()
    (_HOME / "peers.py").write_text(_PEERS, encoding="utf-8")
    return python


@contextmanager
def _process(*command: str | Path, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A peer's process for the time of a ``with`` block; what it says goes to a file beside it."""
    with (_HOME / "output").open("ab") as output:
        options = {"stdout": output, "stderr": output, **options}
        environment = {**os.environ, "FLOWER_UNAUTHENTICATED_API": "true", "PYTHONPATH": str(_HOME)}
        made = subprocess.Popen(
            [str(part) for part in command], cwd=_HOME, env=environment, text=True, **options
        )
    try:
        yield made
    finally:
        made.terminate()
        try:
            made.wait(10)
        except subprocess.TimeoutExpired:
            made.kill()
            made.wait()


@contextmanager
def _celery_and_flower(python: Path) -> Iterator[int]:
    """Celery's worker as it comes, a process a core, with Flower before it; Flower's port."""
    _redis("FLUSHDB")
    celery, port = python.with_name("celery"), free_port()
    with (
        _process(celery, "-A", "peers", "worker", "--loglevel", "WARNING"),
        _process(celery, "-A", "peers", "flower", f"--port={port}", "--address=127.0.0.1"),
    ):
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            try:
                _Flower(port).run_one()
                break
            except (OSError, RuntimeError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield port
    _redis("FLUSHDB")


@contextmanager
def _caller(python: Path, which: str) -> Iterator[Callable[[int], float]]:
    """A peer's own interface: runs so many jobs, and tells how many a second were finished."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with _process(python, "-c", "import peers; peers.serve()", which, **pipes) as made:
        assert made.stdin is not None
        assert made.stdout is not None
        talk, listen = made.stdin, made.stdout

        def run(jobs: int) -> float:
            talk.write(f"{jobs}\n")
            talk.flush()
            return float(listen.readline())

        yield run
