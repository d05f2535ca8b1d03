"""The scheduler with the real executor: processes, logs, restarts, and a server that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from jams.database import history, runs
from jams.objects.enums import Severity
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.schedule import Cancel, Entry, Restart
from jams.scheduler import actions
from tests.support.real_runs import server
from tests.support.schedule import desk

pytestmark = [pytest.mark.integration, pytest.mark.skipif(os.name == "nt", reason="POSIX shell")]


def log_of(entry: Entry) -> str:
    assert entry.log_filename is not None
    return Path(entry.log_filename).read_text()


def test_a_job_runs_with_its_parameters(tmp_path: Path, place: Path | str) -> None:
    with server(tmp_path, place) as s:
        s.desk.folder(
            "\\f", properties=[PropertyValue(property_name="HomeDirectory", current_value=str(tmp_path))]
        )
        s.desk.job(
            "\\f\\hello",
            source='echo "hello $who from $JAMS_JOB $JAMS_ENTRY in $PWD"; exit 3',
            parameters=[ParamDef(param_name="who", default_value="nobody")],
        )
        number = s.submit("hello", parameters={"WHO": "ada"})
        entry = s.over(number)
        assert (entry.final_severity, entry.final_status_code) == (Severity.ERROR, 3)
        assert log_of(entry).strip() == f"hello ada from hello {number} in {tmp_path}"
        (record,) = s.desk.read(lambda c: history.find(c))
        assert record.elapsed_time is not None
        assert record.cpu_time is not None
        assert s.desk.read(runs.tokens) == []


def test_python_jobs_and_methods_that_are_missing(tmp_path: Path, place: Path | str) -> None:
    with server(tmp_path, place) as s:
        s.desk.job("\\p", source="import os; print(os.environ['JAMS_RON'])", method_name="Python")
        entry = s.over(s.submit("p"))
        assert (entry.final_severity, log_of(entry).strip()) == (Severity.SUCCESS, str(entry.ron))
        s.desk.job("\\h", properties=[PropertyValue(property_name="HomeDirectory", current_value="/no/such")])
        entry = s.over(s.submit("h"))
        assert (entry.final_severity, entry.log_filename) == (Severity.FATAL, None)
        assert "/no/such" in (entry.final_status or "")


def test_cancel_and_restart_of_a_run(tmp_path: Path, place: Path | str) -> None:
    with server(tmp_path, place) as s:
        s.desk.job("\\long", source='echo "run $JAMS_RON"; [ "$JAMS_RON" = 1 ] && sleep 100; exit 0')
        number = s.submit("long")
        s.executing(number)
        s.act(actions.restart, number, Restart(comment="again"))
        entry = s.over(number)
        while entry.restart_count == 0 or not entry.current_state.ended:
            s.scheduler.wait_for_change(number, 1.0)
            entry = s.desk.entry(number)
        assert (entry.final_severity, entry.ron, log_of(entry).strip()) == (Severity.SUCCESS, 2, "run 2")
        s.desk.job("\\stuck", source="trap '' TERM; while :; do sleep 1; done")
        number = s.submit("stuck")
        s.executing(number)
        s.act(actions.cancel, number, Cancel(force=True, severity=Severity.WARNING))
        entry = s.over(number)
        assert (entry.final_severity, entry.final_status) == (Severity.WARNING, "Cancelled by bob.")


def test_a_run_outlives_the_server_and_is_adopted(tmp_path: Path, place: Path | str) -> None:
    go = tmp_path / "go"
    with server(tmp_path, place) as s:
        s.desk.job("\\wait", source=f"while [ ! -e {go} ]; do sleep 0.05; done; echo done; exit 5")
        s.desk.job("\\short", source="exit 4")
        number = s.submit("wait")
        before = s.executing(number)
    with server(tmp_path, place) as s:
        assert s.desk.entry(number).process_id == before.process_id
        go.touch()
        entry = s.over(number)
        assert (entry.final_status_code, log_of(entry).strip()) == (5, "done")
        assert s.over(s.submit("short")).final_status_code == 4


def test_a_run_that_ends_while_no_server_is_there(tmp_path: Path, place: Path | str) -> None:
    go, gone = tmp_path / "go", tmp_path / "gone"
    os.mkfifo(gone)
    with server(tmp_path, place) as s:
        s.desk.job("\\wait", source=f"while [ ! -e {go} ]; do sleep 0.05; done; exec 9>{gone}; exit 6")
        number = s.submit("wait")
        s.executing(number)
    go.touch()
    gone.read_bytes()
    with server(tmp_path, place) as s:
        assert s.over(number).final_status_code == 6
        assert len(s.desk.read(lambda c: history.find(c))) == 1


DRIVER = """
import os, sys, threading
from pathlib import Path
from jams.database import open_database
from jams.executor.executor import Executor
from jams.objects.schedule import SubmitInfo
from jams.scheduler import Scheduler, submission

home = Path(sys.argv[1])
database = open_database(sys.argv[2])
scheduler = Scheduler(database)
executor = Executor(home / "runs", log_location=home / "logs", on_ended=scheduler.run_ended)
scheduler.start(executor)

def submit():
    for _ in range(1000):
        ada = submission.Submitter("ada")
        result = database.write(lambda c: submission.enter(c, SubmitInfo(name="ledger"), ada))
        os.write(1, b"%d\\n" % result.jams_entry)

for _ in range(3):
    threading.Thread(target=submit, daemon=True).start()
threading.Event().wait(60)
"""


def kill_after(home: Path, place: Path | str, answers: int) -> set[int]:
    """Let a server take submissions and kill it after so many answers; the entries that it answered with."""
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(home), str(place)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path.cwd(),
    )
    assert process.stdout is not None
    answered = [process.stdout.readline() for _ in range(answers)]
    process.send_signal(signal.SIGKILL)
    answered += process.stdout.read().splitlines(keepends=True)
    process.stdout.close()
    process.wait()
    return {int(line) for line in answered if line.endswith("\n")}


def test_killed_servers_lose_nothing_and_run_nothing_twice(tmp_path: Path, place: Path | str) -> None:
    """Each run writes its number into a ledger; the server is killed again and again in the middle."""
    ledger = tmp_path / "ledger"
    with desk(place) as d:
        d.job("\\ledger", source=f'echo "$JAMS_ENTRY" >> {ledger}')
    answered: set[int] = set()
    for answers in (5, 40, 90):
        answered |= kill_after(tmp_path, place, answers)
    with server(tmp_path, place) as s:
        waiting = s.desk.read(lambda c: sorted(answered))
        ends = {number: s.over(number) for number in waiting}
        everything = [r.jams_entry for r in s.desk.read(lambda c: history.find(c, limit=100_000))]
    ran = Counter(map(int, ledger.read_text().split()))
    assert [number for number, times in ran.items() if times > 1] == []
    assert Counter(everything).most_common(1)[0][1] == 1
    lost = {n for n, e in ends.items() if e.final_severity is not Severity.SUCCESS}
    assert {n for n in ends if n not in ran} <= lost
    for number in lost:
        assert ends[number].final_status, "a lost run says why"
