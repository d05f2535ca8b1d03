"""Runs on a Windows host without an agent: a real executor and its process, our own WS-Management there."""

from __future__ import annotations

import http.server
import os
import queue
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from jams.executor.executor import Executor
from jams.executor.journal import Journal
from jams.executor.logs import read_log, wait_for_change
from jams.executor.orders import Outcome, write_outcome
from jams.objects.run import Remote, RunEnded, RunOutcome, RunRequest, RunStarted
from jams.security.certificates import make_certificate
from tests.support.cable import cable
from tests.support.logs import ANYWHERE
from tests.support.winrm_far_end import FarEnd, far_end

pytestmark = [pytest.mark.integration, pytest.mark.skipif(os.name == "nt", reason="POSIX processes")]

SECRET = "secret-of-ann"
EXITED, ABORTED, LOST, REFUSED = (
    RunOutcome.EXITED,
    RunOutcome.ABORTED,
    RunOutcome.LOST,
    RunOutcome.REFUSED,
)


class Bench:
    """An executor, the ends it has told, and how the host is reached."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.told: queue.Queue[RunEnded] = queue.Queue()
        self.executor = Executor(
            path / "journal", log_location=path / "logs", on_ended=self.told.put, **options
        )
        self.executor.recover([])
        self.log = ""

    def start(self, far: FarEnd | int, source: str, token: str = "t1", **members: Any) -> RunStarted:
        answer = self.executor.start(self.request(far, source, token, **members))
        assert isinstance(answer, RunStarted), answer
        self.log = answer.log_filename
        return answer

    def request(
        self,
        far: FarEnd | int,
        source: str,
        token: str = "t1",
        *,
        method: str = "PowerShell",
        parameters: dict[str, str] | None = None,
        home_directory: str | None = None,
        **members: Any,
    ) -> RunRequest:
        given: dict[str, Any] = {
            "kind": "WinRM",
            "agent_name": "win",
            "address": "127.0.0.1",
            "port": far if isinstance(far, int) else far.port,
            "use_tls": False,
            "authentication": "Basic",
            "user_name": "ann",
            "password": SECRET,
            "configuration_name": "JAMS",
            **members,
        }
        return RunRequest(
            token=token,
            jams_entry=17,
            ron=2,
            method=method,
            source=source,
            job_name="Load",
            folder_name="\\Sales",
            parameters=parameters or {},
            home_directory=home_directory,
            remote=Remote(**given),
        )

    def ended(self) -> RunEnded:
        return self.told.get(timeout=50)

    def text(self) -> str:
        return read_log(ANYWHERE, self.log).data.decode()

    def run(self, far: FarEnd | int, source: str, **members: Any) -> RunEnded:
        self.start(far, source, **members)
        return self.ended()

    def wait_for_text(self, text: str) -> None:
        size = 0
        while text not in self.text():
            assert wait_for_change(ANYWHERE, self.log, size, 30), self.text()
            size = len(read_log(ANYWHERE, self.log).data)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def build(**options: Any) -> Bench:
        benches.append(Bench(tmp_path, **options))
        return benches[-1]

    yield build
    for bench in benches:
        bench.executor.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    return make()


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end() as made:
        yield made


EXPECTED = """\
out 1
VERBOSE: verbose text
DEBUG: debug text
WARNING: warning text
WARNING: of two lines
INFORMATION: information text
INFORMATION: shown too
host text
half a line and the rest
open line
PROGRESS: Working: half: step (50%)
PROGRESS: Working: completed
ERROR: first error
"""


def test_the_streams_come_to_the_log_in_their_order(bench: Bench, far: FarEnd) -> None:
    ended = bench.run(far, "streams")
    assert (ended.outcome, ended.exit_code, ended.reason) == (EXITED, 0, None), bench.text()
    text = bench.text()
    assert text.startswith(EXPECTED), text
    assert "ERROR:     + FullyQualifiedErrorId : First,script\n" in text
    assert text.endswith("ERROR: error line\nout 2\nout 3\n\u00e4\u20ac\U0001f600\n")
    assert far.scripts[0].text == "streams"


def test_objects_are_formatted_by_the_host_if_it_can(bench: Bench, far: FarEnd) -> None:
    assert bench.run(far, "objects").exit_code == 0
    assert "formatted 42\n" in bench.text()


def test_and_here_if_it_cannot(bench: Bench) -> None:
    with far_end(formats=False) as far:
        assert bench.run(far, "objects").exit_code == 0
    assert bench.text() == (
        "Name  : one\nCount : 1\nTags  : {a, b}\nNote  : \nInner : {A=1}\n\n42\nTrue\n1\n2\na : 1\n\n\n"
    )


def test_parameters_are_the_arguments_of_the_script(bench: Bench, far: FarEnd) -> None:
    source = "param([string]$Day, $Count)\nparameters"
    bench.run(far, source, parameters={"day": "to'day\u20ac", "Count": "3", "Other": "x"})
    assert bench.text() == "day=to'day\u20ac\nCount=3\n"


def test_a_large_script_and_much_output(bench: Bench, far: FarEnd) -> None:
    source = "# " + "x" * 1_500_000 + "\nmany"
    assert bench.run(far, source).exit_code == 0
    assert bench.text() == "".join(f"line {number}\n" for number in range(20_000))
    assert far.scripts[0].text == source


@pytest.mark.parametrize("code", [0, 3, 3010, 256])
def test_exit_gives_the_code(bench: Bench, far: FarEnd, code: int) -> None:
    ended = bench.run(far, f"exit {code}")
    assert (ended.outcome, ended.exit_code) == (EXITED, code)
    assert bench.text() == "leaving\n"


def test_an_error_that_ends_the_script_is_code_1(bench: Bench, far: FarEnd) -> None:
    ended = bench.run(far, "fail")
    assert (ended.outcome, ended.exit_code) == (EXITED, 1)
    assert bench.text().startswith("before\nERROR: it broke\n")
    assert "Broke,script" in bench.text()


def test_errors_that_do_not_end_it_are_no_failure(bench: Bench, far: FarEnd) -> None:
    ended = bench.run(far, "errors")
    assert (ended.outcome, ended.exit_code) == (EXITED, 0)
    assert bench.text().count("ERROR: error ") == 2 and bench.text().endswith("went on\n")


def test_a_script_that_asks_ends_with_an_error(bench: Bench, far: FarEnd) -> None:
    ended = bench.run(far, "ask")
    assert (ended.outcome, ended.exit_code) == (EXITED, 1)
    assert bench.text().startswith("asking\nERROR: The script asks for input")
    assert far.closed.acquire(timeout=20)


def test_progress_does_not_flood_the_log(bench: Bench, far: FarEnd) -> None:
    bench.run(far, "chatter")
    lines = bench.text().splitlines()
    assert [line for line in lines if line.startswith("line")] == [f"line {n * 100}" for n in range(20)]
    assert 10 <= sum(line.startswith("PROGRESS: Counting: item") for line in lines) <= 30


def test_the_script_starts_in_its_home_directory(bench: Bench, far: FarEnd) -> None:
    assert bench.run(far, "exit 0", home_directory=r"C:\Work").outcome is EXITED
    ended = bench.run(far, "exit 0", token="t2", home_directory=r"C:\None")
    assert ended.outcome is REFUSED and "C:\\None cannot be entered" in (ended.reason or "")
    assert len(far.scripts) == 1


def test_output_comes_while_the_script_runs_and_a_cancel_stops_it(bench: Bench, far: FarEnd) -> None:
    bench.start(far, "wait")
    bench.wait_for_text("waiting\n")
    assert bench.executor.abort("t1")
    ended = bench.ended()
    assert ended.outcome is ABORTED
    assert far.stopped.wait(20), "the script was stopped on the host"
    assert far.closed.acquire(timeout=20), "the session was ended on the host"
    assert "the script is being stopped" in bench.text()


def test_a_script_that_does_not_stop_loses_its_session(bench: Bench, far: FarEnd) -> None:
    bench.start(far, "deaf")
    bench.wait_for_text("waiting\n")
    assert bench.executor.abort("t1")
    assert bench.ended().outcome is ABORTED
    far.go.set()
    assert far.closed.acquire(timeout=20)


def test_a_cancel_by_force_leaves_no_process(make: Callable[..., Bench], far: FarEnd) -> None:
    bench = make(grace_seconds=0.1)
    bench.start(far, "wait")
    bench.wait_for_text("waiting\n")
    children = psutil.Process().children(recursive=True)
    assert bench.executor.abort("t1", force=True)
    assert bench.ended().outcome is ABORTED
    assert far.closed.acquire(blocking=False), "it has ended when nothing of it runs on the host"
    assert "being stopped" not in bench.text()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


def test_the_password_is_nowhere_to_be_seen(bench: Bench, far: FarEnd) -> None:
    bench.start(far, "wait")
    assert far.running.wait(30)
    shell = [p for p in psutil.Process().children(recursive=True) if "jams.executor.winrm" in p.cmdline()]
    assert len(shell) >= 2, "the wrapper and the work"
    for process in shell:
        shown = " ".join(process.cmdline()) + " ".join(f"{k}={v}" for k, v in process.environ().items())
        assert SECRET not in shown
    for file in bench.path.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file
    order = bench.path / "journal" / "t1.order"
    assert order.stat().st_mode & 0o777 == 0o600
    far.go.set()
    assert bench.ended().exit_code == 0
    assert SECRET not in bench.text()
    bench.executor.forget("t1")
    assert [name for name in os.listdir(bench.path / "journal") if not name.startswith(".")] == []


def test_parameters_are_no_variables_of_our_own_process(bench: Bench, far: FarEnd) -> None:
    bench.start(far, "wait", parameters={"PYTHONPATH": "/evil", "LD_PRELOAD": "/evil.so"})
    assert far.running.wait(30)
    for process in psutil.Process().children(recursive=True):
        if "jams.executor.winrm" in process.cmdline():
            assert "/evil" not in " ".join(process.environ().values())
    far.go.set()
    bench.ended()


@pytest.mark.parametrize("password", ["wrong", "secret-of-bob"])
def test_a_wrong_password_is_a_refusal(bench: Bench, far: FarEnd, password: str) -> None:
    ended = bench.run(far, "exit 0", password=password)
    assert (ended.outcome, ended.exit_code) == (REFUSED, None)
    assert "does not let ann in" in (ended.reason or "") and password not in bench.text()
    assert bench.text() == f"JAMS: {ended.reason}\n"
    assert far.sessions == []


def test_a_host_that_is_not_there(bench: Bench) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ended = bench.run(taken.getsockname()[1], "exit 0")
    assert ended.outcome is REFUSED and "refused" in (ended.reason or "").lower()


def test_a_host_that_does_not_answer(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        ended = bench.run(port, "exit 0", use_tls=True, connect_timeout=1)
    assert ended.outcome is REFUSED and "timed out" in (ended.reason or ""), ended


def test_a_cancel_before_the_host_answers(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bench.start(silent.getsockname()[1], "exit 0", connect_timeout=600)
        with silent.accept()[0]:
            assert bench.executor.abort("t1")
            assert bench.ended().outcome is ABORTED


def test_something_else_listens_there(bench: Bench) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        ended = bench.run(other.server_port, "exit 0")
        other.shutdown()
    assert ended.outcome is REFUSED and "is WinRM there?" in (ended.reason or "")


def test_an_unknown_configuration_is_a_refusal(bench: Bench, far: FarEnd) -> None:
    ended = bench.run(far, "exit 0", configuration_name="Nothing")
    assert ended.outcome is REFUSED and "refused the session" in (ended.reason or "")


def test_tls_with_a_certificate_that_is_trusted_or_not(bench: Bench, tmp_path: Path) -> None:
    made = make_certificate(tmp_path / "tls", [])
    with far_end(made.certificate, made.key) as far:
        ended = bench.run(far, "exit 3", use_tls=True)
        assert ended.outcome is REFUSED and "cannot be trusted: self" in (ended.reason or "")
        authority = str(made.certificate)
        ended = bench.run(far, "exit 3", token="t2", use_tls=True, certificate_authority=authority)
        assert (ended.outcome, ended.exit_code) == (EXITED, 3), ended
        ended = bench.run(far, "exit 3", token="t3", use_tls=True, verify_certificate=False)
        assert (ended.outcome, ended.exit_code) == (EXITED, 3), ended
        assert "Warning" not in bench.text()


def test_a_connection_that_comes_back_is_taken_up_again(bench: Bench, far: FarEnd) -> None:
    with cable(far.port) as wire:
        bench.start(wire.port, "wait", reconnect_timeout=60)
        bench.wait_for_text("waiting\n")
        wire.cut()
        bench.wait_for_text("trying again.\n")
        far.go.set()
        wire.mend()
        ended = bench.ended()
    assert (ended.outcome, ended.exit_code) == (EXITED, 0), ended
    lines = bench.text().splitlines()
    assert (lines[0], lines[-1]) == ("waiting", "went")
    assert "JAMS: The connection is back; something of what was sent may be missing." in lines


def test_a_connection_that_does_not_come_back_loses_the_run(bench: Bench, far: FarEnd) -> None:
    with cable(far.port) as wire:
        bench.start(wire.port, "wait", reconnect_timeout=1)
        bench.wait_for_text("waiting\n")
        wire.cut()
        ended = bench.ended()
    assert (ended.outcome, ended.exit_code) == (LOST, None)
    assert "did not come back within 1 seconds" in (ended.reason or "")
    assert (ended.reason or "") in bench.text()


def test_a_host_that_starts_again_does_not_know_the_script(bench: Bench, far: FarEnd) -> None:
    with far_end() as newer, cable(far.port) as wire:
        bench.start(wire.port, "wait", reconnect_timeout=40)
        bench.wait_for_text("waiting\n")
        wire.cut()
        wire.mend(newer.port)
        ended = bench.ended()
    assert ended.outcome is LOST and "no longer knows the script" in (ended.reason or ""), ended


def test_a_cancel_while_the_connection_is_gone_is_done_when_the_host_can_be_asked(
    bench: Bench, far: FarEnd
) -> None:
    with cable(far.port) as wire:
        bench.start(wire.port, "wait", reconnect_timeout=600)
        bench.wait_for_text("waiting\n")
        wire.cut()
        bench.wait_for_text("trying again.\n")
        assert bench.executor.abort("t1")
        bench.wait_for_text("trying until the host has ended it itself")
        assert bench.told.empty() and not far.closed.acquire(blocking=False)
        wire.mend()
        assert bench.ended().outcome is ABORTED
        assert far.closed.acquire(blocking=False)


def test_a_cancelled_run_that_nobody_can_ask_about_may_live_until_the_host_ends_it(
    make: Callable[..., Bench], far: FarEnd
) -> None:
    """Whoever spoke to the host is killed: the script goes on there, for as long as the host lets it."""
    bench = make(grace_seconds=3600)
    with cable(far.port) as wire:
        bench.start(wire.port, "wait", reconnect_timeout=600)
        bench.wait_for_text("waiting\n")
        wire.cut()
        assert bench.executor.abort("t1")
        bench.wait_for_text("trying until the host has ended it itself")
        os.killpg(psutil.Process().children()[0].pid, signal.SIGKILL)
        with pytest.raises(queue.Empty):
            bench.told.get(timeout=0.5)
        bench.executor.close()
        again = make()
        assert isinstance(again.executor.recover(["t1"])["t1"], RunStarted)
        with pytest.raises(queue.Empty):
            again.told.get(timeout=0.5)
    journal = Journal(str(bench.path / "journal"), "t1")
    assert journal.may_live == 605
    write_outcome(journal.file("outcome"), Outcome(outcome=LOST, reason="over"))
    assert journal.may_live == 0


def test_a_host_that_goes_down_in_order_stops_the_script(bench: Bench, far: FarEnd) -> None:
    bench.start(far, "wait")
    bench.wait_for_text("waiting\n")
    assert far.listener is not None
    far.listener.stop()
    ended = bench.ended()
    assert ended.outcome is LOST
    # A question that comes when the session is gone already is answered so.
    told = ended.reason or ""
    assert "stopped the script" in told or "no longer knows the script" in told


def test_the_work_outlives_the_executor_and_is_found_again(make: Callable[..., Bench], far: FarEnd) -> None:
    first = make()
    first.start(far, "wait")
    assert far.running.wait(30)
    first.executor.close()
    second = make()
    answer = second.executor.recover(["t1"])["t1"]
    assert isinstance(answer, RunStarted)
    second.log = answer.log_filename
    far.go.set()
    ended = second.ended()
    assert (ended.outcome, ended.exit_code) == (EXITED, 0)
    assert second.text() == "waiting\nwent\n"


@pytest.mark.parametrize("source", ["exit 3010", "fail"])
def test_an_end_that_nobody_saw_is_found_in_the_journal(
    make: Callable[..., Bench], far: FarEnd, source: str
) -> None:
    first = make()
    first.start(far, source)
    expected = first.ended()
    first.executor.close()
    found = make().executor.recover(["t1"])["t1"]
    assert isinstance(found, RunEnded)
    assert (found.outcome, found.exit_code) == (EXITED, expected.exit_code)


def test_a_refusal_that_nobody_saw_is_found_in_the_journal(make: Callable[..., Bench], far: FarEnd) -> None:
    first = make()
    first.start(far, "exit 0", password="wrong")
    expected = first.ended()
    first.executor.close()
    found = make().executor.recover(["t1"])["t1"]
    assert isinstance(found, RunEnded) and (found.outcome, found.reason) == (REFUSED, expected.reason)


def test_work_that_was_killed_is_lost(bench: Bench, far: FarEnd) -> None:
    bench.start(far, "wait")
    assert far.running.wait(30)
    for process in psutil.Process().children(recursive=True):
        if "jams.executor.winrm" in process.cmdline() and "/bin/sh" not in process.cmdline():
            process.send_signal(signal.SIGKILL)
    ended = bench.ended()
    assert ended.outcome is LOST and "code 137" in (ended.reason or "")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"kind": "SSH"}, "of type SSH"),
        ({"method": "Command"}, "runs jobs of method PowerShell"),
        ({"password": None}, "no account"),
    ],
)
def test_what_cannot_be_started_there_is_not_started(
    bench: Bench, members: dict[str, Any], expected: str
) -> None:
    answer = bench.executor.start(bench.request(1, "exit 0", **members))
    assert isinstance(answer, RunEnded) and answer.outcome is RunOutcome.NOT_STARTED
    assert expected in (answer.reason or "")


def test_without_its_package_the_method_is_unavailable(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jams.executor.remote.find_spec", lambda name: None)
    answer = bench.executor.start(bench.request(1, "exit 0"))
    assert isinstance(answer, RunEnded) and answer.outcome is RunOutcome.NOT_STARTED
    assert "needs the package pypsrp" in (answer.reason or "")
