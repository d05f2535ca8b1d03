"""The marks by which processes of runs are known, where they lie, and those who take another's."""

from __future__ import annotations

import os
import queue
import sys
from pathlib import Path

import pytest

from jams.executor.executor import Executor
from jams.executor.journal import prepare
from jams.executor.logs import read_log
from jams.executor.marks import Marks, prepare_key
from jams.executor.system_accounts import RunAccounts
from jams.objects.errors import ConfigurationInvalid
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from tests.support.accounts import OTHER, SECOND
from tests.support.accounts import switching as switching_only
from tests.support.eventually import eventually
from tests.support.logs import ANYWHERE

pytestmark = [pytest.mark.unit, pytest.mark.skipif(sys.platform != "linux", reason="accounts of Linux")]

TAKES_THE_MARK = """\
mark=$(tr '\\0' '\\n' < /proc/{pid}/cmdline | grep -m1 '/victim$')
echo "takes $mark"
while :; do JAMS_RUN=$mark sleep 5 & JAMS_RUN=$mark.0 sleep 5 & sleep 0.02; done
"""


def test_a_mark_holds_for_its_run_and_its_journal_alone(tmp_path: Path) -> None:
    root, other = str(tmp_path / "a"), str(tmp_path / "b")
    for each in (root, other):
        os.mkdir(each)
        prepare_key(each)
    marks = Marks(root)
    mine = f"A=1\0JAMS_RUN={marks.of('t1')}\0B=2\0".encode()
    assert marks.token(mine) == Marks(root).token(mine) == "t1"
    prepare_key(root)
    assert Marks(root).token(mine) == "t1"
    proof = marks.of("t1").rpartition(".")[2]
    for false in (f"{root}/t1", f"{root}/t1.", f"{root}/t2.{proof}", f"{root}/t1.{proof}0", f"{root}/t1.ä"):
        assert marks.token(f"JAMS_RUN={false}\0".encode()) is None, false
        assert marks.looks_marked(f"JAMS_RUN={false}\0".encode())
    assert Marks(other).token(mine) is None and not Marks(other).looks_marked(mine)
    os.unlink(tmp_path / "a" / ".marks")
    assert Marks(root).token(mine) is None
    assert os.stat(tmp_path / "b" / ".marks").st_mode & 0o777 == 0o600


@switching_only
def test_nobody_else_passes_for_work_of_a_run(tmp_path: Path) -> None:
    """It would be counted to the run, and the run would never have ended."""
    told: queue.Queue[RunEnded] = queue.Queue()
    executor = Executor(
        tmp_path / "journal",
        log_location=tmp_path / "logs",
        on_ended=told.put,
        grace_seconds=0.05,
        accounts=RunAccounts(),
    )
    executor.recover([])

    def started(token: str, source: str, account: str) -> RunStarted:
        request = RunRequest(
            token=token,
            jams_entry=17,
            ron=1,
            method="Command",
            source=source,
            job_name="Load",
            folder_name="\\",
            execute_as=account,
        )
        answer = executor.start(request)
        assert isinstance(answer, RunStarted), answer
        return answer

    try:
        victim = started("victim", "sleep 60", OTHER)
        thief = started("thief", TAKES_THE_MARK.format(pid=victim.process_id), SECOND)
        journal = os.path.realpath(tmp_path / "journal")
        eventually(
            lambda: f"takes {journal}/victim\n" in read_log(ANYWHERE, thief.log_filename).data.decode()
        )
        executor.abort("victim")
        ended = told.get(timeout=20)
        assert (ended.token, ended.outcome) == ("victim", RunOutcome.ABORTED)
    finally:
        executor.abort("thief", force=True)
        executor.abort("victim", force=True)
        told.get(timeout=20)
        executor.close()


def test_a_journal_in_which_others_may_write_is_not_used(tmp_path: Path) -> None:
    """A run could end another, or lead what is written of it to a file of the server's."""
    shared = tmp_path / "shared"
    shared.mkdir()
    for mode in (0o1777, 0o775, 0o702):
        shared.chmod(mode)
        with pytest.raises(ConfigurationInvalid, match="others may write there"):
            prepare(shared)
    assert prepare(shared / "runs") and os.stat(shared / "runs").st_mode & 0o777 == 0o700
    shared.chmod(0o755)
    assert prepare(shared) == os.path.realpath(shared)
    if os.geteuid() == 0:
        os.chown(shared, 1, 1)
        with pytest.raises(ConfigurationInvalid, match="belongs to another account"):
            prepare(shared)
