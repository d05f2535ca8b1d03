"""The clients in docs/rest.md, run as they stand: each works with a running server and meets an error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.running import PASSWORD, Running, add_account, running

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rest.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## A client in six languages\n")[2].partition("\n## ")[0]
BLOCKS = dict(re.findall(r"```(\w+)\n(.*?)```", SECTION, flags=re.DOTALL))
USER = "operator"
REQUEST = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A JAMS with an account that has a password, and a job that greets its parameter."""
    home = tmp_path_factory.mktemp("languages") / "home"
    with running(home) as started:
        add_account(home, USER, "Administrators")
        job = {
            "jobName": "Greet",
            "parentFolderName": "\\Sales",
            "methodName": "Command",
            "source": 'echo "Hello ${who}."',
            "parameters": [{"paramName": "who", "defaultValue": "nobody"}],
        }
        for path, body in (("folder", {"folderName": "Sales"}), ("job", job)):
            login = {"Authorization": f"Bearer {started.token}"}
            requests.post(
                f"{started.url}/api/{path}", json=body, headers=login, timeout=20
            ).raise_for_status()
        yield started


def test_there_is_a_client_in_each_language() -> None:
    assert list(BLOCKS) == ["python", "js", "java", "php", "powershell", "bash"]


def test_python(jams: Running, tmp_path: Path) -> None:
    check(ran(jams, tmp_path / "client.py", "python", sys.executable), "Python")


def test_javascript(jams: Running, tmp_path: Path) -> None:
    check(ran(jams, tmp_path / "client.js", "js", found("node")), "JavaScript")


def test_java(jams: Running, tmp_path: Path) -> None:
    """Java runs a source file by itself."""
    found("javac")
    check(ran(jams, tmp_path / "Jams.java", "java", found("java")), "Java")


def test_php(jams: Running, tmp_path: Path) -> None:
    check(ran(jams, tmp_path / "client.php", "php", found("php")), "PHP")


def test_powershell(jams: Running, tmp_path: Path) -> None:
    pwsh = os.environ.get("JAMS_TEST_PWSH") or found("pwsh")
    check(ran(jams, tmp_path / "client.ps1", "powershell", pwsh, "-NoProfile", "-File"), "PowerShell")


def test_shell(jams: Running, tmp_path: Path) -> None:
    found("jq")
    found("curl")
    said = ran(jams, tmp_path / "client.sh", "bash", found("bash"))
    assert "curl ended with 22" in said
    check(said, "Shell")


def check(said: str, language: str) -> None:
    assert "\\Sales\\Greet" in said.replace("\\\\", "\\")
    assert f"Hello {language}." in said
    assert "EntryNotFound" in said
    assert re.search(REQUEST, said), said


def found(program: str) -> str:
    """Where a program is; skips the test where it is missing."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (see step_parts in .ci/run)")
    return path


def ran(jams: Running, file: Path, language: str, *program: str) -> str:
    """What a client prints."""
    file.write_text(BLOCKS[language], encoding="utf-8")
    known = {"JAMS_API": f"{jams.url}/api", "JAMS_USER": USER, "JAMS_PASSWORD": PASSWORD}
    done = subprocess.run(
        [*program, str(file)],
        env={**os.environ, **known},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
