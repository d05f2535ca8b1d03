"""What ``jams doctor`` finds, and how it says to mend it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from jams.commands.main import main
from jams.executor.system_accounts import RunAccounts
from jams.services.doctor import Finding, examine
from jams.services.settings import Settings
from tests.support.accounts import OTHER, reaches, switching

pytestmark = [pytest.mark.unit, pytest.mark.skipif(os.name == "nt", reason="files and accounts of POSIX")]


def found(home: Path, **settings: str) -> dict[str, Finding]:
    return {each.what: each for each in examine(Settings(home=home, **settings))}  # type: ignore[arg-type]


def test_jobs_that_run_as_the_server_are_told_of(tmp_path: Path) -> None:
    account = found(tmp_path)["account of jobs"]
    assert not account.good and "whoever may define a job" in account.told
    assert "DefaultJobAccount" in account.remedy


@switching
def test_an_account_of_their_own_is_good_and_what_it_reaches_is_tried(tmp_path: Path) -> None:
    examined = found(tmp_path, default_job_account=OTHER)
    assert examined["account of jobs"].good and not examined["account of jobs"].remedy
    programs = examined["programs of jobs"]
    assert programs.good is reaches(OTHER, sys.executable) and OTHER in programs.told
    assert bool(programs.remedy) is not programs.good


def test_a_default_that_cannot_be_obeyed_is_told_with_what_to_do(tmp_path: Path) -> None:
    account = found(tmp_path, default_job_account="no-such-account")["account of jobs"]
    assert not account.good and "cannot be obeyed" in account.told and account.remedy


def test_files_that_others_can_read_are_named(tmp_path: Path) -> None:
    for name in ("secret.key", "client.json", "administrator.password"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o600)
    examined = found(tmp_path)
    assert not {"secret.key", "client.json"} & examined.keys() and examined["home directory"].good
    assert "delete the file" in examined["first password"].remedy
    (tmp_path / "secret.key").chmod(0o640)
    tmp_path.chmod(0o777)
    examined = found(tmp_path)
    assert examined["secret.key"].remedy == f"chmod 600 {tmp_path / 'secret.key'}"
    assert not examined["home directory"].good
    tmp_path.chmod(0o700)


def test_directories_that_others_can_change_are_named(tmp_path: Path) -> None:
    logs, temp = tmp_path / "joblogs", tmp_path / "runs"
    for each in (logs, temp):
        each.mkdir(0o755)
    places = {"default_log_location": str(logs), "temp_location": str(temp)}
    assert not [what for what in found(tmp_path, **places) if what.startswith("directory ")]
    logs.chmod(0o1777)
    temp.chmod(0o775)
    examined = found(tmp_path, **places)
    assert examined["directory joblogs"].remedy.startswith(f"chmod go-w {logs}, or")
    assert not examined["directory runs"].good


@pytest.mark.skipif(sys.platform != "linux", reason="the socket of Linux")
def test_a_home_too_long_for_a_socket_is_told(tmp_path: Path) -> None:
    assert found(Path("/srv/jams"))["local login"].good
    long = found(tmp_path / ("x" * 100))["local login"]
    assert not long.good and "shorter" in long.remedy


def test_the_command_answers_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--home", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "BAD   account of jobs" in said
    assert main(["doctor", "--home", str(tmp_path), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["what"] for row in rows} >= {"account of jobs", "local login"}
    assert RunAccounts().told() in {row["told"] for row in rows}
