"""The interpreter before a whole JAMS: on a terminal of 80 columns, in one shot, and from a file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commandline import environment, run, terminal
from tests.support.running import PASSWORD, add_account, configure, running

JAMS = [sys.executable, "-m", "jams.commands.main"]


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    home = tmp_path_factory.mktemp("interpreter") / "home"
    configure(home)
    with running(home) as jams:
        add_account(home, "operator", "Administrators")
        found = environment(home.parent, JAMS_HOME=str(home), URL=jams.url)
        for line in (
            r"CREATE FOLDER Sales",
            r"CREATE JOB \Sales\Load /METHOD=Command /SOURCE='echo loading $day' /PARAMETER=(day=none)",
            r"CREATE JOB '\Sales\Month end' /METHOD=Command /SOURCE=true",
            r"CREATE JOB \Sales\Fail /METHOD=Command /SOURCE='exit 3'",
            r"CREATE JOB \Sales\Asks /METHOD=Command /SOURCE='echo for $who' /PARAMETER=(who='')",
            r"CREATE VARIABLE \Sales\Target /VALUE=old",
        ):
            done = one_shot(line, env=found)
            assert done.returncode == 0, (line, done.stderr)
        yield found


def one_shot(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*JAMS, *words], env=env, capture_output=True, text=True, timeout=50, check=False)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["submit", "Load", "/PARAMETERS=(day=today)", "/FOLLOW"], 0, "loading today"),
        (["SUBMIT Load,'Month end' /HOLD"], 0, "was submitted"),
        (["submit", "Fail", "/WAIT"], 1, "Error"),
        (["submit", "Nobody"], 3, "There is no job"),
        (["submit", "Load", "/FOO"], 2, "SUBMIT has no qualifier /FOO"),
        (["frobnicate"], 2, "there is no verb FROBNICATE"),
        (["set", "variable", r"\Sales\Target=new"], 0, "was set"),
        (["show", "variable", r"\Sales\Target"], 0, "Target"),
        (["sho", "job"], 0, "Month end"),
        (["evaluate", "WORKDAYS"], 0, "-"),
        (["help", "submit"], 0, "/AFTER=TIME"),
        (["show", "queue"], 0, ""),
        (["exit"], 0, ""),
    ],
)
def test_one_shot(words: list[str], code: int, told: str, env: dict[str, str]) -> None:
    done = one_shot(*words, env=env)
    assert done.returncode == code, done.stderr
    assert told in done.stdout + done.stderr


def test_the_exit_codes_are_those_of_jamswebclient(env: dict[str, str]) -> None:
    for words in (["submit", "Fail", "--wait"], ["job", "Nobody"], ["hold", "4711"]):
        line = " ".join(words).replace("--", "/").replace("job ", "show job ")
        assert one_shot(line, env=env).returncode == run(*words, env=env).returncode


def test_a_file_ends_at_the_first_line_that_fails(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "nightly.jcl"
    file.write_text(
        "! what is done at night\n$ SET VARIABLE \\Sales\\Target = -\n     night\n\nSUBMIT Load -\n  /HOLD\n"
        "SUBMIT Fail /WAIT\nSET VARIABLE \\Sales\\Target=never\n"
    )
    done = one_shot(f"@{tmp_path / 'nightly'}", env=env)
    assert done.returncode == 1
    assert "line 7: SUBMIT Fail /WAIT" in done.stderr
    assert run("variable", r"\Sales\Target", env=env).stdout.split("\t")[3] == "night"
    assert one_shot(f"@{tmp_path / 'missing.jcl'}", env=env).returncode == 2
    file.write_text(f"@{file}\n")
    assert "deep" in one_shot(f"@{file}", env=env).stderr


def test_a_session_on_a_terminal(env: dict[str, str], tmp_path: Path) -> None:
    mine = {**env, "XDG_CONFIG_HOME": str(tmp_path)}
    with terminal(JAMS, mine) as seen:
        seen.wait_for("Connected to")
        seen.wait_for("JAMS>")
        seen.type("SUBMIT Mont\t")
        seen.wait_for('"Month end"')
        seen.type(" /WAIT\r")
        seen.wait_for("Complete")
        seen.forget()
        seen.type("SUBMIT Asks /FOLLOW\r")
        seen.wait_for("_who:")
        seen.type("me\r")
        seen.wait_for("for me")
        seen.type("DISCONNECT\r")
        seen.wait_for("Not connected any more.")
        seen.type("SHOW JOB\r")
        seen.wait_for("CONNECT server does that")
        seen.type(f'CONNECT {env["URL"]} /USERNAME=operator /PASSWORD="{PASSWORD}"\r')
        seen.wait_for("as operator")
        seen.type("EXIT\r")
        assert seen.end() == 0
    history = (tmp_path / "jamswebclient" / "history").read_text()
    assert "SUBMIT Asks" in history and PASSWORD not in history
    with terminal(JAMS, {**mine, "JAMS_HOME": str(tmp_path)}) as again:
        again.wait_for("as operator")  # it is remembered
        again.wait_for("JAMS>")
        again.type("EXIT\r")
        assert again.end() == 0
