from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jams.security.bootstrap import this_person
from jams.services.configuration import load
from jams.services.server import Process

pytestmark = pytest.mark.integration

SECRET = "hunter2 and more"


def jams(*arguments: str, given: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jams.commands.main", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=55)
    assert done.returncode == code, done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr and "Traceback" not in done.stderr
    return done


@pytest.fixture
def home(tmp_path: Path) -> str:
    process = Process(load(tmp_path / "home", {"WebPort": "0", "ServerPort": "0"}).settings)
    process.start()
    process.stop()
    return str(process.settings.home)


def test_a_credential_is_stored_listed_and_deleted(home: str) -> None:
    done = jams("credential", "--home", home, "set", "Windows", "--user", r"CORP\svc", given=SECRET + "\n")
    assert done.stdout == "Credential Windows was stored.\n"
    done = jams("credential", "--home", home, "set", "windows", "--user", "svc", given="other\n")
    assert done.stdout == "Credential windows was replaced.\n"
    (row,) = json.loads(jams("credential", "--home", home, "list", "--json").stdout)
    assert (row["name"], row["user"], row["changed_by"]) == ("windows", "svc", this_person())
    assert set(row) == {"name", "user", "changed", "changed_by"}
    assert "other" not in jams("credential", "--home", home, "list").stdout
    jams("credential", "--home", home, "delete", "windows")
    assert "no credential" in jams("credential", "--home", home, "delete", "windows", code=3).stderr


def test_a_password_is_no_argument_and_not_empty(home: str) -> None:
    jams("credential", "--home", home, "set", "W", "--user", "u", "--password", "argument", code=2)
    assert "password" in jams("credential", "--home", home, "set", "W", "--user", "u", code=2).stderr
    assert jams("credential", "--home", home, "list").stdout == ""
