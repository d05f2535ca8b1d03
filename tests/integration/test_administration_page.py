"""What the page on administration shows of backups is done as it stands there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from jams.client.server import Server
from jams.objects.definitions import Folder, Job
from tests.support.running import configure, running

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "administration.md"
_PROGRAMS = {"jams": "jams.commands.main", "jamsdba": "jams.commands.jamsdba.main"}


def shown(chapter: str) -> list[list[str]]:
    """The commands that a chapter shows, in words."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {chapter}\n")[2].partition("\n## ")[0]
    return [line.split() for line in re.findall(r"^    (jams.*)$", text, re.MULTILINE)]


def section(heading: str) -> str:
    """What stands below a heading, up to the next one."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n{heading}\n")[2]
    return re.split(r"^##", text, maxsplit=1, flags=re.MULTILINE)[0]


EXECUTED = {
    "## Install": "integration/test_administration_keys.py",
    "### The delivered jobs, and their account": "integration/test_administration_page.py",
    "### Where the data lies": "integration/test_administration_database_log.py",
    "### The account of the database": "integration/test_jamsdba_grant.py",
    "## Credentials": "integration/test_administration_page.py",
    "## Accounts": "integration/test_administration_accounts.py",
    "### Passwords": "integration/test_administration_accounts.py",
    "### One-time codes": "integration/test_administration_accounts.py",
    "### Accounts of programs": "integration/test_administration_accounts.py",
    "### Who may use the server, and the recommended lists": "integration/test_administration_accounts.py",
    "## Keys": "integration/test_administration_keys.py",
    "### On another machine": "integration/test_administration_keys.py",
    "## The database utility": "integration/test_administration_keys.py",
    "## Backup": "integration/test_administration_page.py",
    "## Restore": "integration/test_administration_page.py",
    "### A point in time, on PostgreSQL": "fault/test_backup_point_in_time.py",
    "## Audit": "integration/test_administration_page.py",
}
"""Below which headings commands stand, and where those are executed that are found there."""


def test_every_command_of_the_page_is_executed_and_the_page_follows_the_guide() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = re.findall(r"^###? .*$", text, re.MULTILINE)
    with_commands = [each for each in headings if re.search(r"^    \S", section(each), re.MULTILINE)]
    assert with_commands == list(EXECUTED)
    tests = PAGE.parents[1] / "tests"
    for file in set(EXECUTED.values()):
        assert "docs" in (code := (tests / file).read_text("utf-8")) or "test_administration_page" in code
    places = [headings.index(f"## {each}") for each in ("Install", "Ways in", "Keys", "Backup", "The drill")]
    assert places == sorted(places)


def test_delivered_jobs_get_an_account_as_the_page_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    configure(home)
    lines = re.findall(
        r"^    jamswebclient (.*)$", section("### The delivered jobs, and their account"), re.MULTILINE
    )
    assert len(lines) == 2
    with running(home), Server(home=home) as server:
        server.folders.create(Folder(folder_name="Samples", parent_folder_name="\\"))
        server.jobs.create(Job(job_name="Who", parent_folder_name="\\Samples", source="id -un"))
        for line in lines:
            done = subprocess.run(
                [sys.executable, "-m", "webclient", *shlex.split(line.replace("jams-jobs", "daemon"))],
                capture_output=True,
                text=True,
                timeout=100,
                env={**os.environ, "JAMS_HOME": str(home)},
            )
            assert done.returncode == 0, done.stdout + done.stderr
        found = server.folders[r"\Samples"].get().properties
        [named] = [each.current_value for each in found if each.property_name == "ExecuteAs"]
        assert "SampleJobs" in str(named)
        entry = server.submit(r"\Samples\Who").wait()
        if os.geteuid() == 0:
            assert entry.final_status_code == 0
            assert server.entries[entry.jams_entry].log().text.strip() == "daemon"
        else:
            assert "daemon" in (entry.final_status or "")


def test_a_backup_is_taken_verified_and_restored_as_the_page_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    configure(home)
    said: list[str] = []

    def do(words: list[str]) -> None:
        program, *rest = words
        done = subprocess.run(
            [sys.executable, "-m", _PROGRAMS[program], *rest],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
            env={**os.environ, "JAMS_HOME": str(home)},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)

    taking, restoring = shown("Backup"), shown("Restore")
    assert [words[0] for words in taking + restoring] == ["jamsdba", "jamsdba", "jams", "jamsdba"]
    with running(home):
        for words in taking:
            do(words)
        do(restoring[0])
    do(restoring[1])
    for words in shown("Audit"):
        do(words)
    assert "can be restored" in said[1] and "was restored" in said[3] and "as it was written" in said[4]
    lines = (tmp_path / "trail.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines and all(json.loads(line)["operation"] for line in lines)


def test_credentials_are_stored_as_the_page_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    configure(home)
    lines = re.findall(r"^    jamswebclient (.*)$", section("## Credentials"), re.MULTILINE)
    assert len(lines) == 6
    secret = tmp_path / "loader.txt"
    secret.touch(mode=0o600)
    secret.write_text("marker-of-a-secret\n")
    said: list[str] = []
    with running(home):
        for line in lines:
            done = subprocess.run(
                [sys.executable, "-m", "webclient", *shlex.split(line)],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=100,
                env={**os.environ, "JAMS_HOME": str(home)},
            )
            assert done.returncode == 0, done.stdout + done.stderr
            said.append(done.stdout + done.stderr)
    assert "was created" in said[0] and "SHA256:" in said[2] and "CORP\\loader" in said[2]
    assert "marker-of-a-secret" not in "".join(said)
