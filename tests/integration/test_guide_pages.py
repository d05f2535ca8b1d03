"""The pages for newcomers do what they show: Python, the first lines of the command line, stopping."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commandline import environment, run
from tests.support.running import PASSWORD, Running, add_account, configure, running

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("guide") / "home"
    configure(home)
    with running(home) as found:
        for name in ("ann", "bob"):
            add_account(home, name, "Administrators")
        yield found


@pytest.fixture
def env(jams: Running, tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, JAMS_HOME=str(jams.home))


def test_the_examples_in_python_do_what_they_show(env: dict[str, str]) -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    script = "\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL))
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=55, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "Complete Success" in lines and "report of yesterday" in lines
    assert lines.count("Success True") == 2 and lines[-1].startswith("JobNotFound ")


def test_the_first_lines_of_the_command_line_work_as_printed(env: dict[str, str]) -> None:
    page = (ROOT / "docs" / "webclient.md").read_text("utf-8")
    block = page.partition("```console\n")[2].partition("```")[0]
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    assert len(parts) == 4
    code = 0
    for part in parts:
        line, _, printed = part.partition("\n")
        if line == "echo $?":
            assert printed == f"{code}\n"
            continue
        done = run(*shlex.split(line)[1:], env=env)
        code = done.returncode
        assert done.stdout == printed, (line, done.stderr)


def test_a_number_does_for_a_name_wherever_a_name_is_taken(env: dict[str, str]) -> None:
    folder = run("create-folder", "Numbers", env=env)
    assert folder.returncode == 0, folder.stderr
    number = run("folder", "Numbers", env=env).stdout.split("\t")[0]
    method = run("method", "Command", env=env).stdout.split("\t")[0]
    made = run("create-job", "N", "--folder", number, "--method", method, "--source", "true", env=env)
    assert made.returncode == 0, made.stderr
    job = run("jobs", number, env=env).stdout.split("\t")
    assert job[1] == r"\Numbers\N"
    assert run("submit", job[0], "--wait", env=env).returncode == 0
    assert run("history", job[0], env=env).stdout.count("\tN\t") >= 1
    assert run("submit", "4711", env=env).returncode == 3


def test_several_logins_at_one_server_and_a_profile(jams: Running, tmp_path: Path) -> None:
    env = environment(tmp_path, JAMS_HOME=str(tmp_path / "none"))
    password = tmp_path / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    given = ("--server", jams.url, "--password-file", str(password))
    assert run("login", "ann", *given, env=env).returncode == 0
    assert run("login", "bob", *given, "--profile", "night", env=env).returncode == 0

    def who(*more: str) -> str:
        done = run("whoami", *more, "-o", "json", env=env)
        return done.stdout.partition('"username": "')[2].partition('"')[0] or done.stderr

    assert (who(), who("--user", "ann"), who("--profile", "night")) == ("bob", "ann", "bob")
    assert "there is no profile day" in who("--profile", "day")
    assert run("logout", env=env).returncode == 0
    done = run("jobs", env=env)
    assert (done.returncode, "not logged in at" in done.stderr) == (4, True), done.stderr
    assert jams.url.partition("//")[2].partition("/")[0] in done.stderr, "and it says where"
    assert who("--user", "ann") == "ann", "who is logged in still"


def test_a_server_is_stopped_by_a_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    configure(home)
    jams = [sys.executable, "-m", "jams.commands.main"]
    env = environment(tmp_path, JAMS_HOME=str(home))
    with running(home):
        done = subprocess.run(
            [*jams, "stop"], env=env, capture_output=True, text=True, timeout=55, check=False
        )
        assert (done.returncode, "has stopped" in done.stdout) == (0, True), done.stderr
    done = subprocess.run([*jams, "stop"], env=env, capture_output=True, text=True, timeout=55, check=False)
    assert done.returncode == 7 and done.stderr.startswith("jams: No server runs in ")
