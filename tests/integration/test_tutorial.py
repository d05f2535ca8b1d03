"""The tutorial, run as it stands at each door: what it builds fails, is told by mail and is resumed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from jams.client.server import Server
from jams.objects.enums import Severity
from tests.support.eventually import eventually
from tests.support.mailbox import Mailbox, mail_server
from tests.support.powershell_module import MODULE, NEEDS_POWERSHELL, PWSH
from tests.support.running import Running, running

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE))
BLOCK = re.compile(r"```(?:bash|powershell)\n(.*?)```", flags=re.DOTALL)

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(os.name == "nt", reason="the page shows a POSIX shell"),
]


class Reader:
    """Somebody who types what the page shows, where the servers have other addresses."""

    def __init__(self, jams: Running, mail: int, folder: Path) -> None:
        self.jams, self.folder = jams, folder
        self._instead = {
            "export JAMS_HOME=$PWD/.jams PATH=$PWD/.venv/bin:$PATH": "",
            "mail.example.org": f"127.0.0.1:{mail}",
            "http://localhost:8080/JAMS": jams.url,
            "/tmp/prices.csv": str(folder / "prices.csv"),
            "Import-Module JAMS": f"Import-Module '{MODULE / 'JAMS.psd1'}'",
        }

    def blocks(self, *sections: str) -> str:
        found = "\n".join(block for name in sections for block in BLOCK.findall(SECTIONS[name]))
        for shown, meant in self._instead.items():
            found = found.replace(shown, meant)
        return found

    def types(self, script: str, *program: str, suffix: str) -> str:
        """What the script shows, run to its end."""
        file = self.folder / f"script.{suffix}"
        file.write_text(script, encoding="utf-8")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        known = {"PATH": path, "JAMS_HOME": str(self.jams.home), "HOME": str(self.folder), "TERM": "dumb"}
        done = subprocess.run(
            [*program, str(file)],
            cwd=self.folder,
            env={**os.environ, **known},
            capture_output=True,
            text=True,
            timeout=150,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def mail() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as found:
        yield found


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, mail: tuple[Mailbox, int]) -> Iterator[Reader]:
    """A reader who has done what is to be done before."""
    folder = tmp_path_factory.mktemp("tutorial")
    with running(folder / "home") as jams:
        made = Reader(jams, mail[1], folder)
        made.types("set -eu\n" + made.blocks("Before you begin"), found("bash"), suffix="sh")
        yield made


def found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"needs {program}")
    return path


def test_on_the_command_line(reader: Reader, mail: tuple[Mailbox, int]) -> None:
    found("jq")
    script = "set -eu\n" + reader.blocks("On the command line")
    said = reader.types(script, found("bash"), suffix="sh")
    assert "Good morning" in said and "ended Error" in said
    check(reader, mail[0], "Sales", "ann@example.org")


def test_over_rest(reader: Reader, mail: tuple[Mailbox, int]) -> None:
    found("jq")
    found("curl")
    script = "set -eu\n" + reader.blocks("Over REST")
    said = reader.types(script, found("bash"), suffix="sh")
    assert "ended Error" in said and "Load Success 1" in said and "Extract Success 0" in said
    check(reader, mail[0], "Stock", "bob@example.org")


@NEEDS_POWERSHELL
def test_in_powershell(reader: Reader, mail: tuple[Mailbox, int]) -> None:
    assert PWSH is not None
    program: Sequence[str] = (PWSH, "-NoProfile", "-NonInteractive", "-File")
    said = reader.types(reader.blocks("In PowerShell"), *program, suffix="ps1")
    assert "ended Error" in said and "Load Success 1" in said and "Extract Success 0" in said
    check(reader, mail[0], "Staff", "eve@example.org")


def check(reader: Reader, box: Mailbox, folder: str, told: str) -> None:
    """What stands in a folder is what the page promises."""
    with Server(home=reader.jams.home) as server:
        days = server.call("get_job_occurrences", name=f"\\{folder}\\Morning", limit=10)
        assert all("08:30" in each.local_time for each in days), days
        assert {each.day.weekday() for each in days} == set(range(5))
        setup = server.setups[f"\\{folder}\\Nightly"].get()
        assert (setup.schedule, str(setup.at)[:5]) == ("DAILY", "02:00")
        assert [(each.job_name.rpartition("\\")[2], each.step) for each in setup.jobs] == [
            ("Extract", setup.jobs[0].step),
            ("Load", setup.jobs[1].step),
            ("Report", setup.jobs[2].step),
        ]
        assert len({each.step for each in setup.jobs}) == 3
        (entry,) = [
            each
            for each in server.entries.find(folder=f"\\{folder}", name="Nightly")
            if each.final_severity is not None
        ]
        assert entry.final_severity is Severity.SUCCESS
        members = server.entries[entry.jams_entry].members()
        assert [(each.job_name, each.restart_count) for each in members] == [
            ("Extract", 0),
            ("Load", 1),
            ("Report", 0),
        ]
    eventually(lambda: any(to == [told] and "Load" in str(letter["Subject"]) for to, letter in box.mails))
