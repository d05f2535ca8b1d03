"""Runs that take another account of this machine: what they are, see and reach, and how they end."""

from __future__ import annotations

import os
import queue
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jams.executor import account_limits, switching
from jams.executor.executor import Executor
from jams.executor.logs import read_log
from jams.executor.system_accounts import RunAccounts, SystemAccount, capabilities, own_account
from jams.objects.errors import ConfigurationInvalid, InvalidArgument
from jams.objects.run import RunEnded, RunOutcome, RunRequest, RunStarted
from tests.support.accounts import OTHER, SECOND, reaches
from tests.support.accounts import switching as switching_only
from tests.support.eventually import eventually
from tests.support.logs import ANYWHERE

pytestmark = [pytest.mark.unit, pytest.mark.skipif(sys.platform != "linux", reason="accounts of Linux")]


class Bench:
    """Executors one after the other over one journal."""

    def __init__(self, path: Path, default: str = "") -> None:
        self.path = path
        self.told: queue.Queue[RunEnded] = queue.Queue()
        self.accounts = RunAccounts(default)
        self.executor = self._made()
        self.executor.recover([])

    def _made(self) -> Executor:
        return Executor(
            self.path / "journal",
            log_location=self.path / "logs",
            on_ended=self.told.put,
            grace_seconds=0.05,
            accounts=self.accounts,
        )

    def restart(self) -> None:
        self.executor.close()
        self.executor = self._made()

    def start(self, source: str, token: str = "t1", **members: object) -> RunStarted | RunEnded:
        values: dict[str, object] = {"method": "Command", "execute_as": OTHER, **members}
        return self.executor.start(
            RunRequest(
                token=token,
                jams_entry=17,
                ron=1,
                source=source,
                job_name="Load",
                folder_name="\\",
                **values,  # type: ignore[arg-type]
            )
        )

    def started(self, source: str, token: str = "t1", **members: object) -> RunStarted:
        answer = self.start(source, token, **members)
        assert isinstance(answer, RunStarted), answer
        return answer

    def run(self, source: str, token: str = "t1", **members: object) -> tuple[RunEnded, str]:
        started = self.started(source, token, **members)
        return self.ended(), log_of(started)

    def ended(self) -> RunEnded:
        return self.told.get(timeout=50)


def log_of(started: RunStarted) -> str:
    return read_log(ANYWHERE, started.log_filename).data.decode()


def until(started: RunStarted, word: str) -> str:
    """The log once a word stands in it."""
    eventually(lambda: word in log_of(started))
    return log_of(started)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.executor.close()


@switching_only
def test_a_run_takes_user_group_groups_home_and_mask_of_the_account(bench: Bench) -> None:
    import pwd

    account = pwd.getpwnam(OTHER)
    source = (
        'id -u; id -g; id -G; echo "$HOME $USER $LOGNAME $SHELL"; umask; grep Cap /proc/self/status; exit 3'
    )
    end, log = bench.run(source)
    assert (end.outcome, end.exit_code) == (RunOutcome.EXITED, 3)
    uid, gid, groups, names, mask, *held = log.splitlines()
    assert (uid, gid) == (str(account.pw_uid), str(account.pw_gid))
    assert {int(each) for each in groups.split()} == set(os.getgrouplist(OTHER, account.pw_gid))
    assert names == f"{account.pw_dir} {OTHER} {OTHER} {account.pw_shell}"
    assert len(mask) == 4
    masks = {line.split(":")[0]: int(line.split()[1], 16) for line in held}
    assert [masks[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")] == [0] * 4


@switching_only
def test_nothing_of_the_server_comes_along(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of its variables language and zone, of its descriptors the log alone."""
    monkeypatch.setenv("SOME_KEY", "of the server")
    monkeypatch.setenv("LANG", "C.UTF-8")
    bench.executor.close()
    bench.executor = bench._made()
    log = bench.run("env; ls /proc/self/fd | tr '\\n' ' '")[1]
    assert "LANG=C.UTF-8" in log and "SOME_KEY" not in log and "JAMS_ENTRY=17" in log


@switching_only
@pytest.mark.parametrize("name", ["LD_PRELOAD", "BASH_ENV", "ENV", "SHELLOPTS", "PATH", "IFS", "PS4"])
def test_what_a_job_says_does_not_reach_the_supervisor(bench: Bench, name: str, tmp_path: Path) -> None:
    started = bench.started(
        "echo ready; /bin/sleep 60", parameters={name: "/nowhere/x.so"}, environment={"V": "1"}
    )
    until(started, "ready")
    supervisor = Path(f"/proc/{started.process_id}/environ").read_bytes().split(b"\0")
    assert {each.partition(b"=")[0] for each in supervisor if each} <= {b"PATH", b"JAMS_RUN", b"PWD"}
    assert b"/nowhere/x.so" not in b"".join(supervisor)
    assert b"/nowhere/x.so" not in Path(f"/proc/{started.process_id}/cmdline").read_bytes()
    bench.executor.abort("t1", force=True)
    assert bench.ended().outcome is RunOutcome.ABORTED


@switching_only
def test_variables_arrive_as_they_are(bench: Bench) -> None:
    given = {"QUOTED": 'it\'s $HOME `id`\n"two" \\', "UID": "5", "EMPTY": "", "ODD-NAME": "x", "UML": "ä"}
    end, log = bench.run('printf "[%s]" "$QUOTED" "$EMPTY" "$UML"', environment=given)
    assert (end.exit_code, log) == (0, f"[{given['QUOTED']}][][ä]")


@switching_only
def test_scripts_of_every_kind_are_the_accounts_alone(bench: Bench) -> None:
    assert bench.run("ls -l $0 | cut -c1-10; stat -c %U $0")[1].splitlines() == ["-r--------", OTHER]
    shebang = '#!/usr/bin/env -S sh -e\necho "as $(id -un)"; false; echo not here'
    end, log = bench.run(shebang, token="t2")
    assert (end.exit_code, log) == (1, f"as {OTHER}\n")
    path = bench.executor._scripts.path("t1", "sh")
    other = bench.run(f"cat {path}; ls {os.path.dirname(path)}", token="t3", execute_as=SECOND)[1]
    assert other.count("Permission denied") == 2
    bench.executor.forget("t1")
    assert not os.path.exists(path)
    bench.executor.close()
    assert os.path.isdir(os.path.dirname(path))
    bench.restart()
    bench.executor.recover([])
    bench.executor.purge([])
    bench.executor.close()
    assert not os.path.isdir(os.path.dirname(path))


@switching_only
def test_python_runs_as_the_account(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the interpreter of the tests lies closed to others, with that of the system."""
    python = next((each for each in (sys.executable, "/usr/bin/python3") if reaches(OTHER, each)), None)
    if python is None:
        pytest.skip("no Python that others can reach")
    monkeypatch.setattr(sys, "executable", python)
    assert bench.run("import os; print(os.getuid(), os.geteuid())", method="Python")[1].strip() == "1 1"


@switching_only
def test_a_directory_that_the_account_may_not_enter_fails_the_run(bench: Bench, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o700)
    end, log = bench.run("pwd", home_directory=str(closed))
    assert end.exit_code == 126 and str(closed) in log
    assert bench.run("pwd", token="t2", home_directory="/var")[1] == "/var\n"


@switching_only
def test_a_run_writes_its_log_and_reads_or_changes_no_other(bench: Bench, tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o755)
    first = bench.started("echo secret of the first")
    bench.ended()
    journal = f"{tmp_path}/journal/t1.state"
    tries = f"cat {first.log_filename}; echo x >> {first.log_filename}; rm -f {first.log_filename}"
    end, log = bench.run(
        f"{tries}; cat {journal}; echo 'exit 0' >> {tmp_path}/journal/t2.state; exit 7", token="t2"
    )
    assert end.exit_code == 7 and "secret of the first" not in log
    assert log_of(first) == "secret of the first\n"


@switching_only
def test_the_supervisor_cannot_be_touched(bench: Bench) -> None:
    """A run that kills all it may does not take its own end with it."""
    end, _ = bench.run("kill -KILL $PPID; kill -STOP $PPID; exit 5")
    assert (end.outcome, end.exit_code) == (RunOutcome.EXITED, 5)


@switching_only
def test_a_tree_of_another_account_is_ended_whole(bench: Bench) -> None:
    source = "setsid sh -c 'trap \"\" TERM; echo away $$; sleep 300' & echo here $$; sleep 300"
    started = bench.started(source)
    until(started, "away")
    text = until(started, "here")
    pids = [int(line.split()[1]) for line in text.splitlines()]
    handles = [os.pidfd_open(pid) for pid in pids]
    assert bench.executor.abort("t1")
    assert bench.ended().outcome is RunOutcome.ABORTED
    assert select.select(handles, [], [], 0)[0] == handles
    for handle in handles:
        os.close(handle)


@switching_only
def test_a_run_is_adopted_after_a_restart_and_its_use_is_known(bench: Bench) -> None:
    burn = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo burnt; sleep 300"
    started = bench.started(burn)
    until(started, "burnt")
    bench.restart()
    assert bench.executor.recover(["t1"]) == {"t1": started}
    assert bench.executor.cpu_seconds(["t1"])["t1"] > 0
    bench.executor.abort("t1")
    assert bench.ended().outcome is RunOutcome.ABORTED


@switching_only
def test_nobody_else_passes_for_a_supervisor(bench: Bench) -> None:
    """A run of another account that calls itself one is not taken for it when the executor restarts."""
    started = bench.started("sleep 300")
    root = os.path.realpath(bench.path / "journal")
    false = f"exec setsid /bin/sh -c 'echo stands; sleep 300; :' {root}/t1 x y z a"
    other = bench.started(false, token="t2")
    until(other, "stands")
    os.kill(started.process_id, signal.SIGKILL)
    assert bench.ended().outcome is RunOutcome.LOST
    bench.restart()
    found = bench.executor.recover(["t1", "t2"])
    assert isinstance(found["t1"], RunEnded)
    bench.executor.abort("t2", force=True)
    assert bench.ended().token == "t2"


@switching_only
def test_without_a_name_runs_have_the_default_account(tmp_path: Path) -> None:
    bench = Bench(tmp_path, OTHER)
    try:
        assert bench.run("id -un", execute_as=None)[1] == f"{OTHER}\n"
        assert bench.run("id -un", token="t2", execute_as=SECOND)[1] == f"{SECOND}\n"
        refused = bench.start("id", token="t3", execute_as=own_account())
        assert isinstance(refused, RunEnded) and refused.outcome is RunOutcome.NOT_STARTED
        assert "DefaultJobAccount" in (refused.reason or "")
        assert bench.accounts.separate and f"Jobs run as {OTHER}" in bench.accounts.told()
    finally:
        bench.executor.close()


def test_an_account_that_is_not_there_starts_nothing(bench: Bench) -> None:
    answer = bench.start("echo", execute_as="no-such-account")
    assert isinstance(answer, RunEnded) and answer.outcome is RunOutcome.NOT_STARTED
    assert "no-such-account" in (answer.reason or "")
    assert os.listdir(bench.path) == ["journal"]


def test_the_own_account_needs_no_switch(bench: Bench) -> None:
    assert bench.run("id -un", execute_as=own_account())[1].strip() == own_account()
    assert bench.accounts.refusal(own_account()) is None


def test_who_may_not_switch_refuses_and_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jams.executor.system_accounts.capabilities", lambda of="CapEff": 0)
    accounts = RunAccounts()
    assert "CAP_SETUID" in accounts.lacking and accounts.account_of(None) is None
    assert "CAP_SETUID" in (accounts.refusal(OTHER) or "")
    assert "whoever may define a job" in accounts.told() and "CAP_SETUID" in accounts.told()
    with pytest.raises(ConfigurationInvalid, match="DefaultJobAccount cannot be obeyed"):
        RunAccounts(OTHER)


def test_a_server_whose_capabilities_jobs_would_inherit_needs_a_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jams.executor.system_accounts.capabilities", lambda of="CapEff": 1 << 7)
    for default in ("", own_account()):
        with pytest.raises(ConfigurationInvalid, match="could become"):
            RunAccounts(default)


_WITHOUT_ROOT = """
import queue, sys
from pathlib import Path
from jams.executor.executor import Executor
from jams.executor.system_accounts import RunAccounts
from jams.objects.run import RunRequest
told, here = queue.Queue(), Path(sys.argv[1])
accounts = RunAccounts(sys.argv[2])
executor = Executor(here / "journal", log_location=here / "logs", on_ended=told.put, accounts=accounts)
executor.recover([])
source = "id -un; grep -E 'Cap(Inh|Prm|Eff|Amb)' /proc/self/status; cat /proc/$PPID/environ; exit 4"
started = executor.start(RunRequest(token="t", jams_entry=1, ron=1, method="Command", source=source,
    job_name="L", folder_name="x"))
print(told.get(timeout=50).exit_code, Path(started.log_filename).read_text())
executor.forget("t")
executor.close()
"""


@switching_only
def test_a_server_that_is_not_root_switches_by_capabilities_and_passes_none_on() -> None:
    """``dac_read_search`` is for the Python of tests alone, which may lie where nobody else can read it."""
    import pwd

    account = pwd.getpwnam(SECOND)
    # Where pytest makes directories, no other account may enter.
    folder = Path(tempfile.mkdtemp(prefix="jams-"))
    os.chown(folder, account.pw_uid, account.pw_gid)
    powers = "+chown,+kill,+setgid,+setuid,+sys_ptrace,+dac_read_search"
    become = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    program = [sys.executable, "-c", _WITHOUT_ROOT, str(folder), OTHER]
    done = subprocess.run(
        ["setpriv", *become, f"--inh-caps={powers}", f"--ambient-caps={powers}", "--", *program],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env={**os.environ, "RUNTIME_DIRECTORY": "", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    code, name, *held = done.stdout.split()
    assert (code, name) == ("4", OTHER), done.stdout + done.stderr
    assert [value for value in held if value.isalnum() and len(value) == 16] == ["0" * 16] * 4
    assert "Permission denied" in done.stdout


def test_a_default_that_is_not_there_is_told_at_the_start() -> None:
    with pytest.raises(ConfigurationInvalid, match="DefaultJobAccount"):
        RunAccounts("no-such-account")


@switching_only
def test_root_is_given_by_sudo_alone() -> None:
    accounts = RunAccounts(OTHER)
    with pytest.raises(InvalidArgument):
        accounts.account_of("root")


def test_limits_are_those_that_pam_would_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import grp

    account = SystemAccount(OTHER, 1, 1, "/", "/bin/sh")
    group = grp.getgrgid(1).gr_name
    (tmp_path / "limits.d").mkdir()
    (tmp_path / "limits.conf").write_text(
        f"* - nofile 100 # everybody\n@{group} soft nofile 80\n{OTHER} soft nproc 50\n"
        f"other - nproc 1\n* soft nproc 7\n{OTHER} - stack unlimited\n{OTHER} - nonsense 1\n* hard nofile x\n"
    )
    (tmp_path / "limits.d" / "a.conf").write_text(f"{OTHER} hard core 2\n@{group} soft core 1\n")
    monkeypatch.setattr(account_limits, "_current", lambda item: (60, 1000))
    monkeypatch.setattr(account_limits, "capabilities", lambda: 1 << 24)
    assert account_limits.limits_of(account, tmp_path) == [
        "--core=1024:2048",
        "--nofile=80:100",
        "--nproc=50:1000",
        "--stack=unlimited:unlimited",
    ]
    monkeypatch.setattr(account_limits, "capabilities", lambda: 0)
    assert account_limits.limits_of(account, tmp_path)[0] == "--core=1000:1000"
    assert account_limits.limits_of(account, tmp_path / "nowhere") == []


@switching_only
def test_limits_hold_in_the_run(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switching, "limits_of", lambda account: ["--nofile=77:88"])
    assert bench.run("ulimit -Sn; ulimit -Hn")[1] == "77\n88\n"


@switching_only
def test_a_directory_of_scripts_that_is_not_ours_is_not_used(bench: Bench) -> None:
    path = Path(bench.executor._scripts._path)
    path.mkdir()
    os.chown(path, 1, 1)
    try:
        answer = bench.start("id")
        assert isinstance(answer, RunEnded) and "is not the server's own" in (answer.reason or "")
    finally:
        path.rmdir()


def test_capabilities_are_read() -> None:
    assert capabilities() >= 0
