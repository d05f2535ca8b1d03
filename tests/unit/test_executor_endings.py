"""A run that is cancelled has ended when nothing of it lives."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jams.executor import posix
from jams.executor.executor import Executor
from jams.executor.journal import Journal
from jams.executor.log_places import LogPlaces
from jams.executor.logs import read_log, wait_for_change
from jams.executor.posix import spawn
from jams.executor.survivors import survivors
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from tests.support.logs import ANYWHERE

pytestmark = [pytest.mark.unit, pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")]

SHORT = 0.3
"""Seconds in which something that must not happen would have happened."""

SLOW = """\
import os, signal, sys, time
def end(*_):
    print("asked", flush=True)
    while not os.path.exists(sys.argv[1]):
        time.sleep(0.01)
    print("gone", flush=True)
    os._exit(3)
signal.signal(signal.SIGTERM, end)
print("ready", os.getpid(), flush=True)
while True:
    time.sleep(0.05)
"""
"""A program that takes as long to end as the test wants."""

DAEMON = """\
import os, signal, sys, time
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", os.getpid(), flush=True)
time.sleep(1000)
"""
"""A program that goes into the background for good, and does not listen."""


class Bench:
    """Executors one after the other over one journal."""

    def __init__(self, path: Path, grace: float) -> None:
        self.path = path
        self.grace = grace
        self.told: queue.Queue[RunEnded] = queue.Queue()
        (path / "slow.py").write_text(SLOW)
        (path / "daemon.py").write_text(DAEMON)
        self.executor = self.build()
        self.executor.recover([])

    def build(self) -> Executor:
        return Executor(
            self.path / "journal",
            log_location=self.path / "logs",
            log_places=ANYWHERE,
            on_ended=self.told.put,
            grace_seconds=self.grace,
        )

    def request(self, source: str, token: str = "t", **members: object) -> RunRequest:
        values: dict[str, object] = {"jams_entry": 7, "ron": 1, "job_name": "j", **members}
        return RunRequest(token=token, source=source, method="Command", folder_name="\\", **values)  # type: ignore[arg-type]

    def start(self, source: str, token: str = "t", **members: object) -> RunStarted:
        answer = self.executor.start(self.request(source, token, **members))
        assert isinstance(answer, RunStarted), answer
        return answer

    def slow(self, before: str = "", after: str = "") -> tuple[RunStarted, int]:
        """Start the slow program; the number of its process."""
        started = self.start(f"{before} {sys.executable} {self.path}/slow.py {self.path}/gate {after}")
        return started, self.ready(started)

    def ready(self, started: RunStarted) -> int:
        self.wait_for(started, "ready")
        return int(self.text(started).partition("ready ")[2].split()[0])

    def wait_for(self, started: RunStarted, text: str) -> None:
        size = 0
        while text not in self.text(started):
            assert wait_for_change(ANYWHERE, started.log_filename, size, 30), self.text(started)
            size = len(self.text(started))

    def text(self, started: RunStarted) -> str:
        return read_log(ANYWHERE, started.log_filename).data.decode()

    def open(self) -> None:
        (self.path / "gate").touch()

    def ended(self) -> RunEnded:
        return self.told.get(timeout=50)

    def not_told(self) -> bool:
        try:
            self.told.get(timeout=SHORT)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[float], Bench]]:
    benches: list[Bench] = []

    def build(grace: float) -> Bench:
        benches.append(Bench(tmp_path, grace))
        return benches[-1]

    yield build
    for bench in benches:
        bench.executor.close()
        for left in survivors(str(tmp_path / "journal"), {"t": None}).get("t", []):
            left.end(force=True)


@pytest.fixture
def bench(make: Callable[[float], Bench]) -> Bench:
    return make(3600)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("session", ["", "setsid", "env -i setsid"])
def test_a_program_that_takes_its_time_is_waited_for(bench: Bench, session: str) -> None:
    """Its shell falls at once; the run has ended when the program has."""
    started, program = bench.slow(session, "&\nwait")
    assert bench.executor.abort("t")
    bench.wait_for(started, "asked")
    assert bench.not_told()
    bench.open()
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert bench.text(started).endswith("gone\n") and not lives(program)
    assert not bench.executor.abort("t")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("escape", ["", "setsid", "env -i setsid", "nohup"])
def test_what_does_not_listen_is_killed_wherever_it_is(
    make: Callable[[float], Bench], escape: str, force: bool
) -> None:
    bench = make(3600 if force else 0.1)
    started = bench.start(
        f"{escape} sh -c 'trap \"\" TERM; echo ready $$; while :; do sleep 1000; done' &\nwait"
    )
    program = bench.ready(started)
    assert bench.executor.abort("t", force=force)
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert not lives(program)


def test_a_daemon_without_parents_is_found_by_its_environment(make: Callable[[float], Bench]) -> None:
    bench = make(0.1)
    started = bench.start(f"{sys.executable} {bench.path}/daemon.py\nsleep 1000")
    program = bench.ready(started)
    assert bench.executor.abort("t")
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert not lives(program)


def test_patience_ends_when_force_is_asked_for(bench: Bench) -> None:
    started, program = bench.slow()
    assert bench.executor.abort("t")
    bench.wait_for(started, "asked")
    assert bench.not_told()
    assert bench.executor.abort("t", force=True)
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert not lives(program) and "gone" not in bench.text(started)


def test_many_at_once(bench: Bench) -> None:
    tokens = [f"t{n}" for n in range(20)]
    for token in tokens:
        bench.start("sleep 1000 & wait", token)
    for token in tokens:
        assert bench.executor.abort(token)
    assert {bench.ended().token for _ in tokens} == set(tokens)


def test_work_that_begins_after_its_end_was_asked_for_is_asked_then(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = "trap : TERM INT HUP\n"
    assert trap in posix.WRAPPER
    monkeypatch.setattr(
        posix, "WRAPPER", posix.WRAPPER.replace(trap, f'{trap}until [ -e "$0.go" ]; do :; done\n')
    )
    bench.start("sleep 1000 & wait")
    assert bench.executor.abort("t") and bench.not_told()
    (bench.path / "journal" / "t.go").touch()
    assert bench.ended().outcome is RunOutcome.ABORTED


def test_a_supervisor_whose_environment_cannot_be_read_yet_is_its_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system empties it for a moment when a process becomes another program."""
    started = bench.start("sleep 1000 & wait")
    monkeypatch.setattr("jams.executor.survivors._environment", lambda name: b"")
    found = survivors(str(bench.path / "journal"), {"t": started.process_id})["t"]
    assert started.process_id in {survivor.pid for survivor in found}


def test_who_comes_when_all_that_were_asked_have_gone_is_asked_too(bench: Bench) -> None:
    started = bench.start(
        "trap 'setsid sleep 1000 & exit' TERM; echo ready $$; while :; do sleep 1000 & wait; done"
    )
    bench.ready(started)
    assert bench.executor.abort("t")
    assert bench.ended().outcome is RunOutcome.ABORTED


def test_what_a_run_leaves_that_ends_by_itself_goes_on(bench: Bench) -> None:
    started = bench.start(f"{sys.executable} {bench.path}/daemon.py\nexit 4")
    ended = bench.ended()
    assert (ended.outcome, ended.exit_code) == (RunOutcome.EXITED, 4)
    daemon = bench.ready(started)
    try:
        assert lives(daemon)
    finally:
        os.kill(daemon, signal.SIGKILL)


def test_a_new_executor_does_not_ask_twice(bench: Bench) -> None:
    started, program = bench.slow()
    assert bench.executor.abort("t")
    bench.wait_for(started, "asked")
    bench.executor.close()
    bench.executor = bench.build()
    assert bench.executor.recover(["t"])["t"] == started
    assert bench.not_told()
    bench.open()
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert bench.text(started).count("asked") == 1 and not lives(program)


@pytest.mark.parametrize("known", [True, False])
def test_a_new_executor_ends_what_an_earlier_one_was_asked_to(bench: Bench, known: bool) -> None:
    """The supervisor ends with its shell while nobody looks; the program lives."""
    started, program = bench.slow("setsid", "&\nwait $!\nexit 0")
    bench.executor.close()
    if known:
        Journal(str(bench.path / "journal"), "t").mark_abort()
    os.killpg(started.process_id, signal.SIGTERM)
    os.waitpid(started.process_id, 0)
    assert lives(program)
    bench.executor = bench.build()
    found = bench.executor.recover(["t"], ending=() if known else ["t"])["t"]
    assert isinstance(found, RunStarted)
    bench.wait_for(started, "asked")
    assert bench.not_told()
    bench.open()
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert not lives(program)


def test_a_run_that_ended_by_itself_before_the_end_was_asked_for_has_its_code(bench: Bench) -> None:
    bench.start("exit 6")
    bench.ended()
    bench.executor.close()
    bench.executor = bench.build()
    found = bench.executor.recover(["t"], ending=["t"])["t"]
    assert isinstance(found, RunEnded)
    assert (found.outcome, found.exit_code) == (RunOutcome.EXITED, 6)


def test_a_start_that_hangs_delays_no_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, create = threading.Event(), LogPlaces.create

    def slowly(places: LogPlaces, path: Path) -> tuple[int, str]:
        if "stuck" in path.name:
            gate.wait(50)
        return create(places, path)

    monkeypatch.setattr(LogPlaces, "create", slowly)
    answers: queue.Queue[RunStarted | RunEnded] = queue.Queue()

    stuck = bench.request("true", "stuck", job_name="stuck")
    threads = [
        threading.Thread(target=lambda: answers.put(bench.executor.start(stuck)), daemon=True)
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    bench.start("sleep 1000", "other")
    assert bench.executor.abort("other")
    assert bench.ended().token == "other"
    gate.set()
    first, second = answers.get(timeout=50), answers.get(timeout=50)
    assert isinstance(first, RunStarted) and first == second
    assert bench.ended().token == "stuck"


@pytest.mark.parametrize(
    "error", [RecursionError("too deep"), KeyError("x"), OSError(11, "no more"), MemoryError()]
)
def test_whatever_goes_wrong_in_a_start_is_its_reason(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr("jams.executor.posix.spawn", fail)
    answer = bench.executor.start(bench.request("true"))
    assert isinstance(answer, RunEnded) and answer.outcome is RunOutcome.NOT_STARTED and answer.reason
    assert bench.executor.start(bench.request("true")) == answer
    assert list((bench.path / "logs").iterdir()) == []


@pytest.mark.parametrize(
    "location", ["/proc/self/fd", "/proc/1/nothing", "/dev/null", "/sys", "x" * 300, "\0"]
)
def test_a_place_that_takes_no_log_is_the_reason(bench: Bench, location: str) -> None:
    answer = bench.executor.start(bench.request("true", log_location=location))
    assert isinstance(answer, RunEnded) and answer.outcome is RunOutcome.NOT_STARTED and answer.reason


def test_a_start_that_fails_after_it_began_has_begun(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_late(*arguments: object) -> int:
        pid = spawn(*arguments)  # type: ignore[arg-type]
        journal = Journal(str(bench.path / "journal"), "t")
        while journal.recorded() is None:
            os.sched_yield()
        raise RuntimeError(f"after process {pid} was made")

    monkeypatch.setattr("jams.executor.posix.spawn", fail_late)
    answer = bench.executor.start(bench.request("echo once; sleep 1000"))
    assert isinstance(answer, RunStarted), answer
    assert bench.executor.abort("t")
    assert bench.ended().outcome is RunOutcome.ABORTED
