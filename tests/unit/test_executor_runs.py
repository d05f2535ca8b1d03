from __future__ import annotations

import os
import queue
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jams.executor.executor import Executor
from jams.executor.log_names import DEFAULT_LOG_FORMAT
from jams.executor.logs import read_log, wait_for_change
from jams.executor.watcher import Watcher
from jams.objects.errors import ConfigurationInvalid, ServerUnavailable
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from tests.support.logs import ANYWHERE

pytestmark = [pytest.mark.unit, pytest.mark.skipif(os.name == "nt", reason="POSIX processes")]

EXITED, ABORTED, LOST, NOT_STARTED = (
    RunOutcome.EXITED,
    RunOutcome.ABORTED,
    RunOutcome.LOST,
    RunOutcome.NOT_STARTED,
)


class Bench:
    """An executor with the ends it has told."""

    def __init__(self, path: Path, **options: object) -> None:
        self.path = path
        self.told: queue.Queue[RunEnded] = queue.Queue()
        settings: dict[str, object] = {"log_location": path / "logs", "on_ended": self.told.put, **options}
        self.executor = Executor(path / "journal", **settings)  # type: ignore[arg-type]

    def request(self, source: str, token: str = "t1", **members: object) -> RunRequest:
        values: dict[str, object] = {"method": "Command", "jams_entry": 17, "ron": 2, **members}
        return RunRequest(token=token, source=source, job_name="Load", folder_name=r"\Sales", **values)  # type: ignore[arg-type]

    def started(self, source: str, token: str = "t1", **members: object) -> RunStarted:
        answer = self.executor.start(self.request(source, token, **members))
        assert isinstance(answer, RunStarted), answer
        return answer

    def run(self, source: str, token: str = "t1", **members: object) -> tuple[RunEnded, str]:
        started = self.started(source, token, **members)
        return self.ended(), read_log(ANYWHERE, started.log_filename).data.decode()

    def ended(self) -> RunEnded:
        return self.told.get(timeout=50)

    def refused(self, **members: object) -> str:
        answer = self.executor.start(self.request(**{"source": "true", **members}))  # type: ignore[arg-type]
        assert isinstance(answer, RunEnded) and answer.outcome is NOT_STARTED and answer.exit_code is None
        assert answer.reason
        return answer.reason

    def files(self) -> list[str]:
        return sorted(name for name in os.listdir(self.path / "journal") if not name.startswith("."))


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def build(**options: object) -> Bench:
        benches.append(Bench(tmp_path, **options))
        return benches[-1]

    yield build
    for bench in benches:
        bench.executor.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    return make()


def wait_for_text(started: RunStarted, text: str) -> None:
    """Block until the log holds ``text``."""
    size = 0
    while text.encode() not in read_log(ANYWHERE, started.log_filename).data:
        assert wait_for_change(ANYWHERE, started.log_filename, size, 50)
        size = read_log(ANYWHERE, started.log_filename).size


def test_output_and_exit_code_are_kept(bench: Bench) -> None:
    ended, log = bench.run("echo out; echo err >&2; exit 7")
    assert (ended.outcome, ended.exit_code, ended.reason) == (EXITED, 7, None)
    assert (ended.token, ended.jams_entry) == ("t1", 17)
    assert log == "out\nerr\n"
    assert ended.elapsed_seconds is not None and ended.elapsed_seconds > 0
    assert ended.cpu_seconds is not None and ended.cpu_seconds >= 0


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("true", 0),
        ("", 0),
        ("exit 255", 255),
        ("kill -9 $$", 128 + 9),
        ("kill -TERM $$", 128 + 15),
        ("kill -TERM $PPID; exit 3", 3),
        ("no-such-command", 127),
        ("if", 2),
        ("#!/usr/bin/awk -f\nBEGIN { exit 5 }", 5),
        ("#!/no/such/interpreter\n", 127),
        ("exec sh -c 'exit 9'", 9),
        ("trap 'exit 4' EXIT; set -eu; false", 4),
        ("echo a\r\nexit 6\r\n", 6),
        ("\ufeffexit 7", 7),
        ("\ufeff#!/usr/bin/awk -f\nBEGIN { exit 5 }", 5),
        ("\ufeff#!/usr/bin/awk -f\r\nBEGIN { exit 8 }\r\n", 8),
        ("#!/usr/bin/env sh\r\nexit 9\r\n", 9),
        ("#! /bin/sh\nexit 10", 10),
    ],
)
def test_exit_codes(bench: Bench, source: str, code: int) -> None:
    ended, _ = bench.run(source)
    assert (ended.outcome, ended.exit_code) == (EXITED, code)


@pytest.mark.parametrize("method", ["Command", "Python"])
def test_a_byte_order_mark_is_no_part_of_the_source(bench: Bench, method: str) -> None:
    lines = {"Command": "echo one\necho two", "Python": "print('one')\nprint('two')"}
    ended, log = bench.run("\ufeff" + lines[method], method=method)
    assert (ended.exit_code, log) == (0, "one\ntwo\n")


def test_a_source_that_would_run_as_something_else_is_refused(bench: Bench) -> None:
    utf16 = "#!/bin/sh\nexit 0\n".encode("utf-16-le").decode()
    assert "save it as UTF-8" in bench.refused(token="a", source=utf16)
    assert "260 bytes" in bench.refused(token="b", source=f"#!/{'x' * 257}\n# a comment to the shell\nexit 0")
    ended, _ = bench.run(f"#!/bin/sh {'x' * 245}\nexit 0", "c")
    assert ended.exit_code != 0


def test_processor_time_of_the_work_is_measured(bench: Bench) -> None:
    ended, _ = bench.run("import time\nwhile time.process_time() < 0.2: pass", method="Python")
    assert ended.cpu_seconds is not None and ended.cpu_seconds >= 0.2


def test_python_runs_unbuffered_with_its_own_interpreter(bench: Bench) -> None:
    ended, log = bench.run("import sys; print(sys.executable); sys.exit(3)", method="python")
    assert (ended.exit_code, log) == (3, os.path.abspath(sys.executable) + "\n")


def test_the_work_sees_its_surroundings(bench: Bench, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    ended, log = bench.run(
        'echo "$JAMS_ENTRY $JAMS_RON $JAMS_JOB $JAMS_FOLDER"; echo "$JAMS_LOG"\n'
        'echo "$Run_Date|$EXTRA"; pwd; cat',
        home_directory=str(home),
        parameters={"Run Date": "to\nday"},
        environment={"EXTRA": "$x"},
    )
    name = bench.executor.start(bench.request("")).log_filename  # type: ignore[union-attr]
    assert log == f"17 2 Load \\Sales\n{name}\nto\nday|$x\n{home}\n"
    assert ended.exit_code == 0


def test_the_servers_secrets_do_not_reach_the_work(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAMS_SECRET", "hidden")
    _, log = make().run("env")
    assert "hidden" not in log


def test_a_pipe_to_a_reader_that_stops_ends_quietly(bench: Bench) -> None:
    ended, log = bench.run("yes | head -n 1")
    assert (ended.exit_code, log) == (0, "y\n")


def test_the_same_token_never_starts_twice(bench: Bench) -> None:
    request = bench.request("echo x")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: bench.executor.start(request), range(32)))
    assert isinstance(answers[0], RunStarted)
    assert all(answer == answers[0] for answer in answers)
    bench.ended()
    assert bench.executor.start(request) == answers[0]
    assert read_log(ANYWHERE, answers[0].log_filename).data == b"x\n"
    assert bench.told.empty()


def test_what_cannot_be_started_says_why(bench: Bench, tmp_path: Path) -> None:
    assert "no execution method" in bench.refused(token="a", method="Rexec")
    assert "does not exist" in bench.refused(token="b", home_directory=str(tmp_path / "none"))
    assert "does not exist" in bench.refused(token="c", home_directory="relative")
    assert "token" in bench.refused(token="../x")
    assert "null" in bench.refused(token="d", environment={"A": "x\0y"})
    assert "Argument list too long" in bench.refused(token="e", environment={"A": "x" * (4 << 20)})
    assert "encoded" in bench.refused(token="f", source="\ud800")
    assert "brace" in bench.refused(token="g", log_location=str(tmp_path / "{x"))
    (tmp_path / "logs").mkdir(exist_ok=True)
    (tmp_path / "logs" / "file").touch()
    assert "Not a directory" in bench.refused(token="h", log_location=str(tmp_path / "logs" / "file"))
    for number, where in enumerate(("/etc", "/proc/self/fd", "/dev", "logs/../..", str(tmp_path), "/")):
        refused = bench.refused(token=f"i{number}", log_location=where)
        assert "Logs do not lie in" in refused and "AllowedLogLocations" in refused
    assert bench.told.empty()
    assert not list(tmp_path.glob("**/*.log"))


def test_a_refusal_is_the_answer_to_its_token_for_good(make: Callable[..., Bench], tmp_path: Path) -> None:
    bench = make()
    bench.refused(environment={"A": "x\0y"})
    reason = bench.refused(source="echo again")
    assert "null" in reason
    bench.executor.close()
    assert "new start token" in make().refused(source="echo again")


def test_an_unavailable_method_names_the_remedy(make: Callable[..., Bench], tmp_path: Path) -> None:
    bench = make(programs={"PowerShell": str(tmp_path / "pwsh")})
    assert "unavailable" in bench.refused(method="PowerShell")
    told = {info.name: info.available for info in bench.executor.methods()}
    assert (told["Command"], told["Python"], told["PowerShell"]) == (True, True, False)


def test_abort_asks_first_and_the_work_may_tidy_up(bench: Bench) -> None:
    started = bench.started("trap 'echo tidy; exit 3' TERM; echo ready; while :; do sleep 0.01; done")
    wait_for_text(started, "ready")
    assert bench.executor.abort("t1")
    ended = bench.ended()
    assert (ended.outcome, ended.exit_code) == (ABORTED, 3)
    assert ended.reason
    assert b"tidy" in read_log(ANYWHERE, started.log_filename).data
    assert not bench.executor.abort("t1")


def test_what_does_not_listen_is_ended_after_the_grace_time(make: Callable[..., Bench]) -> None:
    bench = make(grace_seconds=0.05)
    started = bench.started("trap '' TERM; echo ready; while :; do sleep 30; done")
    wait_for_text(started, "ready")
    assert bench.executor.abort("t1")
    assert bench.ended().outcome is ABORTED


def test_force_ends_everything_the_work_has_started(make: Callable[..., Bench]) -> None:
    bench = make(grace_seconds=3600)
    started = bench.started("trap '' TERM; setsid sleep 1000 & echo $!; echo ready; wait")
    wait_for_text(started, "ready")
    escaped = int(read_log(ANYWHERE, started.log_filename).data.split()[0])
    descriptor = os.pidfd_open(escaped)
    try:
        assert bench.executor.abort("t1", force=True)
        assert bench.ended().outcome is ABORTED
        watched: queue.Queue[str] = queue.Queue()
        watcher = Watcher(watched.put)
        watcher.watch("escaped", escaped, lambda: True)
        assert watched.get(timeout=50) == "escaped"
        watcher.close()
    finally:
        os.close(descriptor)


def test_abort_of_nothing_is_false(bench: Bench) -> None:
    assert not bench.executor.abort("unknown")
    bench.run("true")
    assert not bench.executor.abort("t1", force=True)


def test_work_whose_supervisor_is_killed_is_lost_and_ended(bench: Bench) -> None:
    started = bench.started("echo $$; echo ready; exec sleep 1000")
    wait_for_text(started, "ready")
    work = os.pidfd_open(int(read_log(ANYWHERE, started.log_filename).data.split()[0]))
    os.kill(started.process_id, signal.SIGKILL)
    ended = bench.ended()
    assert (ended.outcome, ended.exit_code) == (LOST, None)
    assert "signal 9" in (ended.reason or "")
    assert select.select([work], [], [], 0)[0]
    os.close(work)


def test_forget_removes_the_journal_and_keeps_the_log(bench: Bench) -> None:
    started = bench.started("echo x")
    bench.ended()
    assert bench.files() == ["t1.state"]
    bench.executor.forget("t1")
    assert bench.files() == []
    assert read_log(ANYWHERE, started.log_filename).data == b"x\n"
    bench.executor.forget("t1")
    bench.executor.forget("../x")


def test_a_script_is_a_file_of_its_run_alone_and_goes_with_it(bench: Bench) -> None:
    source = '#!/bin/sh\necho "$0"; ls -ld "$0" "$(dirname "$0")" | cut -c1-10; exit 4'
    for token in ("t1", "t2"):
        ended, told = bench.run(source, token)
        name, *modes = told.splitlines()
        assert ended.exit_code == 4
        assert Path(name).parent == (bench.path / "journal").resolve() and token in Path(name).name
        assert sorted(modes) == ["-rwx------", "drwx------"]
        bench.executor.forget(token)
        assert not Path(name).exists(), "it is removed when the end of the run is settled"


def test_short_runs_need_no_new_file(bench: Bench) -> None:
    for number in range(5):
        bench.run(f"echo {number}", f"t{number}")
        bench.executor.forget(f"t{number}")
    left = [path for path in (bench.path / "journal").iterdir() if path.name not in (".boot", ".marks")]
    assert len(left) == 1, left
    assert left[0].read_bytes() == b"", "what a run has said of itself is no other's"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which descriptors there are")
def test_the_work_inherits_the_three_descriptors_and_no_other(bench: Bench) -> None:
    for source in ("ls -l /proc/self/fd", "#!/bin/sh\nls -l /proc/self/fd", "ls -l /proc/self/fd; : $$"):
        _, told = bench.run(source, f"t{len(source)}")
        lines = [line.partition(" -> ") for line in told.splitlines() if " -> " in line]
        handed = [head.split()[-1] for head, _, where in lines if not where.startswith("/proc/")]
        assert handed == ["0", "1", "2"], told


def test_lines_of_a_script_count_as_written(bench: Bench) -> None:
    ended, told = bench.run("true\ntrue\nno-such-program-at-all\n")
    assert ended.exit_code == 127
    assert ": 3: " in told.replace("line 3", ": 3")


def test_a_long_script_runs_whole(bench: Bench) -> None:
    ended, told = bench.run("".join(f"echo line {number}\n" for number in range(20_000)) + "exit 6\n")
    assert ended.exit_code == 6
    assert told.endswith("line 19999\n")


def test_a_live_run_is_forgotten_when_it_has_ended(make: Callable[..., Bench], tmp_path: Path) -> None:
    def take(ended: RunEnded) -> None:
        made.executor.forget("t1")
        made.told.put(ended)

    made = make(on_ended=take)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    made.started(f"read line < {fifo}; exit 5")
    made.executor.forget("t1")
    assert "t1.state" in made.files()
    fifo.write_text("go\n")
    assert made.ended().exit_code == 5
    made.executor.close()
    assert made.files() == []


def test_an_end_that_nobody_can_take_does_not_stop_the_others(
    make: Callable[..., Bench], caplog: pytest.LogCaptureFixture
) -> None:
    def take(ended: RunEnded) -> None:
        if ended.token == "bad":
            refused.set()
            raise RuntimeError("no")
        made.told.put(ended)

    refused = threading.Event()
    made = make(on_ended=take)
    made.started("true", token="bad")
    assert refused.wait(30)
    made.started("true", token="good")
    assert made.ended().token == "good"
    made.executor.close()
    assert "could not be handled" in caplog.text


def test_runs_beyond_the_limit_of_descriptors_are_seen_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(pid: int, flags: int = 0) -> int:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(os, "pidfd_open", full)
    ended, _ = bench.run("exit 4")
    assert (ended.outcome, ended.exit_code) == (EXITED, 4)
    assert ended.cpu_seconds is not None


def test_many_at_once_all_end_with_their_own_code_and_log(bench: Bench) -> None:
    starts = {
        f"t{n}": bench.started(f"echo {n}; exit {n}", token=f"t{n}", jams_entry=n + 1) for n in range(60)
    }
    ends = {ended.token: ended for ended in (bench.ended() for _ in starts)}
    assert {token: ended.exit_code for token, ended in ends.items()} == {f"t{n}": n for n in range(60)}
    assert [read_log(ANYWHERE, starts[f"t{n}"].log_filename).data for n in range(60)] == [
        b"%d\n" % n for n in range(60)
    ]
    assert len({started.log_filename for started in starts.values()}) == 60


def test_nothing_of_the_journal_or_log_is_open_to_others(bench: Bench, tmp_path: Path) -> None:
    started = bench.started("true")
    bench.ended()
    for path in [tmp_path / "journal", Path(started.log_filename), *(tmp_path / "journal").glob("t1.*")]:
        assert path.stat().st_mode & 0o077 == 0 or path.suffix not in ("", ".sh", ".log"), path


def test_a_closed_executor_starts_nothing(bench: Bench) -> None:
    bench.executor.close()
    bench.executor.close()
    with pytest.raises(ServerUnavailable):
        bench.executor.start(bench.request("true"))
    with pytest.raises(ServerUnavailable):
        bench.executor.recover(["t1"])
    assert bench.files() == []


def test_unusable_settings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for directory, log_format in ((tmp_path / "file", DEFAULT_LOG_FORMAT), (tmp_path / "j", "{99}")):
        with pytest.raises(ConfigurationInvalid):
            Executor(directory, log_format=log_format, log_location=tmp_path, on_ended=print)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_cpu_time_of_a_run_and_of_all_that_it_has_set_going(make: Callable[..., Bench]) -> None:
    bench = make()
    burning = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; "
    bench.started(f"({burning}) & wait; setsid sh -c '{burning} touch {bench.path}/burnt; sleep 60' & wait")
    bench.started("sleep 60", token="idle")
    assert bench.executor.cpu_seconds([]) == {}
    while not (bench.path / "burnt").exists():
        threading.Event().wait(0.02)
    found = bench.executor.cpu_seconds(["t1", "idle", "stranger"])
    assert set(found) == {"t1", "idle"}
    assert found["t1"] > 0.1 > found["idle"]
    for token in ("t1", "idle"):
        bench.executor.abort(token, force=True)
        bench.ended()
    assert bench.executor.cpu_seconds(["t1", "idle"]) == {}
