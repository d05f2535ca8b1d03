from __future__ import annotations

import os
import queue
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from jams.executor import wrapper_windows
from jams.executor.executor import Executor
from jams.executor.journal import Journal
from jams.executor.logs import read_log, wait_for_change
from jams.executor.posix import spawn
from jams.executor.spares import Spares
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from tests.support.logs import ANYWHERE

pytestmark = [pytest.mark.unit, pytest.mark.skipif(os.name == "nt", reason="POSIX processes")]


class Bench:
    """Executors one after the other over one journal, as after restarts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = str(path / "journal")
        self.told: queue.Queue[RunEnded] = queue.Queue()
        self.executor = self._executor()
        self.executor.recover([])

    def _executor(self) -> Executor:
        return Executor(
            Path(self.root), log_location=self.path / "logs", on_ended=self.told.put, grace_seconds=0.05
        )

    def restart(self) -> None:
        self.executor.close()
        self.executor = self._executor()

    def request(self, source: str, token: str = "t1") -> RunRequest:
        return RunRequest(
            token=token,
            jams_entry=17,
            ron=1,
            method="Command",
            source=source,
            job_name="Load",
            folder_name="\\",
        )

    def start(self, source: str, token: str = "t1") -> RunStarted:
        answer = self.executor.start(self.request(source, token))
        assert isinstance(answer, RunStarted), answer
        return answer

    def recover(self, token: str = "t1") -> RunStarted | RunEnded | None:
        return self.executor.recover([token])[token]

    def lost(self, token: str = "t1") -> str:
        found = self.recover(token)
        assert isinstance(found, RunEnded), found
        assert found.outcome is RunOutcome.LOST and found.exit_code is None
        assert found.reason
        return found.reason

    def ended(self) -> RunEnded:
        return self.told.get(timeout=50)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.executor.close()


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Work that reads ``gate`` waits until the test opens it."""
    os.mkfifo(tmp_path / "gate")

    def open_gate() -> None:
        (tmp_path / "gate").write_text("go\n")

    yield open_gate


def gated(bench: Bench, then: str) -> str:
    return f"echo ready; read line < {bench.path}/gate; {then}"


def ready(started: RunStarted) -> None:
    assert wait_for_change(ANYWHERE, started.log_filename, 0, 50)


def test_a_live_run_is_adopted_with_its_output_and_exit_code(bench: Bench, gate: Callable[[], None]) -> None:
    started = bench.start(gated(bench, "echo done; exit 6"))
    ready(started)
    bench.restart()
    assert bench.recover() == started
    assert bench.executor.start(bench.request("exit 1")) == started
    gate()
    ended = bench.ended()
    assert (ended.outcome, ended.exit_code, ended.jams_entry) == (RunOutcome.EXITED, 6, 17)
    assert read_log(ANYWHERE, started.log_filename).data == b"ready\ndone\n"
    assert bench.recover() == ended
    assert bench.told.empty()


def test_a_run_that_ended_meanwhile_is_reported(bench: Bench, gate: Callable[[], None]) -> None:
    started = bench.start(gated(bench, "exit 3"))
    ready(started)
    process = os.pidfd_open(started.process_id)
    bench.executor.close()
    gate()
    assert os.waitid(os.P_PIDFD, process, os.WEXITED) is not None
    os.close(process)
    bench.restart()
    found = bench.recover()
    assert isinstance(found, RunEnded)
    assert (found.outcome, found.exit_code, found.jams_entry) == (RunOutcome.EXITED, 3, 17)
    assert found.elapsed_seconds is not None and found.elapsed_seconds >= 0
    assert bench.recover() == found
    assert bench.executor.start(bench.request("exit 1")) == found


def test_a_start_that_never_came_to_be_is_void_for_good(bench: Bench) -> None:
    Journal(bench.root, "t1").create(Spares(bench.root))
    for _ in range(2):
        bench.restart()
        assert bench.executor.recover(["t1", "t2", "../x"]) == {"t1": None, "t2": None, "../x": None}
    for token in ("t1", "t2"):
        answer = bench.executor.start(bench.request("echo never", token))
        assert isinstance(answer, RunEnded) and answer.outcome is RunOutcome.NOT_STARTED
    assert not (bench.path / "logs").exists()


def test_a_supervisor_that_comes_too_late_does_not_run_the_work(bench: Bench) -> None:
    """The executor was killed after it made the process, which is slow to come up; its successor is not."""
    journal = Journal(bench.root, "t1")
    journal.create(Spares(bench.root))
    assert bench.recover() is None
    witness = bench.path / "witness"
    log = os.open(bench.path / "log", os.O_CREAT | os.O_WRONLY, 0o600)
    pid = spawn(journal, "{}", "/", ["/bin/sh", "-c", f"echo ran > {witness}"], {}, log)
    os.close(log)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    assert not witness.exists()
    assert journal.is_void


def test_a_supervisor_whose_token_is_forgotten_does_not_run_the_work(bench: Bench) -> None:
    """The same, and the start has been settled and forgotten when the process comes up."""
    journal, spares = Journal(bench.root, "t1"), Spares(bench.root)
    journal.create(spares)
    assert bench.recover() is None
    journal.remove((), spares)
    log = os.open(bench.path / "log", os.O_CREAT | os.O_WRONLY, 0o600)
    pid = spawn(journal, "{}", "/", f"echo ran > {bench.path / 'witness'}".encode(), {}, log)
    os.close(log)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0
    assert not (bench.path / "witness").exists()
    assert journal.recorded() is None


@pytest.mark.parametrize(
    "state", [b"doubt\n", b"99999", b"99999\n", b"99999\n{}\nexit 1", b"9\n{}\nexit", b"9\n{}\nexit \n"]
)
def test_a_torn_record_is_a_loss_and_never_a_code(bench: Bench, state: bytes) -> None:
    journal = Journal(bench.root, "t1")
    journal.write("state", state)
    assert "Neither an exit code nor a live process" in bench.lost()


def test_everything_killed_is_lost(bench: Bench, gate: Callable[[], None]) -> None:
    started = bench.start(gated(bench, "exit 0"))
    ready(started)
    bench.executor.close()
    os.killpg(started.process_id, signal.SIGKILL)
    os.waitpid(started.process_id, 0)
    bench.restart()
    assert "killed" in bench.lost()


def test_work_left_by_a_killed_supervisor_is_ended(bench: Bench) -> None:
    started = bench.start("echo $$; exec sleep 1000")
    ready(started)
    work = os.pidfd_open(int(read_log(ANYWHERE, started.log_filename).data))
    bench.executor.close()
    os.kill(started.process_id, signal.SIGKILL)
    os.waitpid(started.process_id, 0)
    bench.restart()
    assert bench.recover() == started, "it has ended when nothing of it lives"
    assert bench.ended().outcome is RunOutcome.LOST
    assert select.select([work], [], [], 0)[0]
    os.close(work)


def test_a_reused_process_id_is_not_adopted(bench: Bench) -> None:
    stranger = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    try:
        journal = Journal(bench.root, "t1")
        start = replace(bench.start("true", "t2"), token="t1")
        bench.ended()
        journal.write("state", b"%d\n%s\n" % (stranger.pid, msgspec.json.encode(start)))
        bench.lost()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_an_abort_is_remembered_and_carried_through(bench: Bench) -> None:
    started = bench.start("trap '' TERM; echo ready; while :; do sleep 1000; done")
    ready(started)
    Journal(bench.root, "t1").mark_abort()
    bench.restart()
    assert bench.recover() == started
    assert bench.ended().outcome is RunOutcome.ABORTED


def test_an_adopted_run_can_be_aborted_and_forgotten(bench: Bench, gate: Callable[[], None]) -> None:
    started = bench.start(gated(bench, "exit 0"))
    ready(started)
    bench.restart()
    assert not bench.executor.abort("t1")
    bench.recover()
    assert bench.executor.abort("t1")
    assert bench.ended().outcome is RunOutcome.ABORTED
    bench.executor.forget("t1")
    assert [name for name in os.listdir(bench.root) if name[0] != "."] == []


def test_a_journal_of_another_boot_proves_nothing(bench: Bench) -> None:
    (Path(bench.root) / ".boot").write_text("another")
    bench.restart()
    assert "restarted" in bench.lost()
    bench.restart()
    bench.lost()


def test_a_new_journal_does_not_know_old_tokens(bench: Bench) -> None:
    os.unlink(Path(bench.root) / ".boot")
    bench.restart()
    assert "new" in bench.lost()
    assert bench.recover("t2") is None


def test_purge_removes_what_nobody_asks_for_any_more(bench: Bench, gate: Callable[[], None]) -> None:
    for token in ("old", "kept"):
        bench.start("true", token)
        bench.ended()
    ready(bench.start(gated(bench, "exit 0"), "live"))
    bench.restart()
    bench.executor.recover(["kept"])
    assert bench.executor.purge(["kept"]) == 1
    tokens = {name.partition(".")[0] for name in os.listdir(bench.root)} - {""}
    assert tokens == {"kept", "live"}
    gate()


def test_the_journal_moves_with_a_relative_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory is resolved once, so a link or a relative path finds the same runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "journal")
    (tmp_path / "journal").mkdir()
    os.mkfifo(tmp_path / "gate")
    told: queue.Queue[RunEnded] = queue.Queue()
    first = Executor(Path("journal"), log_location=tmp_path, on_ended=told.put)
    first.recover([])
    source = f"echo ready; read line < {tmp_path}/gate; exit 2"
    request = RunRequest(
        token="t", jams_entry=1, ron=1, method="Command", source=source, job_name="J", folder_name="\\"
    )
    started = first.start(request)
    assert isinstance(started, RunStarted)
    ready(started)
    first.close()
    second = Executor(tmp_path / "link", log_location=tmp_path, on_ended=told.put)
    assert second.recover(["t"]) == {"t": started}
    (tmp_path / "gate").write_text("go\n")
    assert told.get(timeout=50).exit_code == 2
    second.close()


def test_the_windows_supervisor_keeps_the_same_journal(tmp_path: Path) -> None:
    """Its part that needs no Windows: claim, run, record; and a second one finds the claim taken."""
    journal = Journal(str(tmp_path), "t1")
    journal.create(Spares(str(tmp_path)))
    command = [sys.executable, "-I", wrapper_windows.__file__, journal.path, "{}", str(tmp_path)]
    work = [sys.executable, "-c", "import sys; print('ran'); sys.exit(9)"]
    first = subprocess.run([*command, *work], capture_output=True, text=True, check=False)
    second = subprocess.run([*command, *work], capture_output=True, text=True, check=False)
    assert (first.returncode, first.stdout.strip(), first.stderr) == (9, "ran", "")
    assert (second.returncode, second.stdout) == (125, "")
    assert journal.exit_code == 9
