"""What the page on administration shows of installing, keys and JAMSDBA is done as it stands there."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jams.commands.jamsdba.main import main
from jams.commands.jamsdba.table import MODULES, load
from jams.services.answers import questions
from tests.support.commandline import terminal

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "administration.md").read_text("utf-8")
PASSPHRASE = "correct horse battery"
UTILITY = [sys.executable, "-m", "jams.commands.jamsdba.main"]

Do = Callable[[str, Path], str]


def chapter(name: str) -> str:
    return PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def commands(text: str) -> list[str]:
    return re.findall(r"^    (jamsdba .*)$", text, re.MULTILINE)


@pytest.fixture
def do(tmp_path: Path) -> Do:
    def run(line: str, home: Path) -> str:
        done = subprocess.run(
            [*UTILITY, *shlex.split(line)[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
            env={
                **os.environ,
                "JAMS_HOME": str(home),
                "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            },
        )
        assert done.returncode == 0, (line, done.stdout + done.stderr)
        return done.stdout

    return run


def test_the_page_is_followed_from_the_installation_on(tmp_path: Path, do: Do) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    page = chapter("Install").partition("\n### ")[0]
    (tmp_path / "answers.txt").write_text(page.partition("```ini\n")[2].partition("```")[0])
    asked, silent = commands(page)
    assert asked == "jamsdba INSTALL"
    assert "is set up" in do(silent, home)
    done = subprocess.run(
        [sys.executable, "-m", "jams.commands.main", "credential", "set", "Bank", "--user", "svc"],
        input="hunter2\n",
        text=True,
        capture_output=True,
        env={**os.environ, "JAMS_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE)
    (tmp_path / "passphrase.txt").chmod(0o600)
    here, _, there = chapter("Keys").partition("### On another machine")
    told = [do(line, home) for line in commands(here)]
    assert len(told) == 5 and "1 of 1 secrets open" in told[0] and "1 of 1 secrets open" in told[-1]
    other.mkdir()
    (home / "JAMS.db").rename(other / "JAMS.db")
    told = [do(line, other) for line in commands(there)]
    assert "1 of 1 secrets open" in told[0] and "all 1 secrets open" in told[1]
    assert (other / "secret.key").read_text() == (home / "secret.key").read_text()
    for line in commands(chapter("The database utility")):
        do(line, other)


def test_every_question_is_on_the_page() -> None:
    told = re.findall(r"`(\w+)`", chapter("Install").partition("| --- | --- |")[2])
    assert {question.key for question in questions()} <= set(told)


def test_every_verb_is_on_the_page() -> None:
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", chapter("The database utility"), re.MULTILINE)
    verbs = {phrase: load(phrase) for phrase in MODULES}
    assert rows == [(" ".join([phrase, *verb.places]), verb.about) for phrase, verb in verbs.items()]


def test_it_is_a_command_on_the_path() -> None:
    (found,) = importlib.metadata.entry_points(group="console_scripts", name="jamsdba")
    assert found.load() is main


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_a_session_on_a_terminal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    mine = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "JAMS_HOME": str(home), "TERM": "xterm"}
    with terminal(UTILITY, mine) as seen:
        seen.wait_for("JAMSDBA>")
        seen.type("HELP GENERATE\r")
        seen.wait_for("/KEEP")
        seen.forget()
        seen.type("SIZ\t")
        seen.wait_for("SIZE")
        seen.type("/JO\t")
        seen.wait_for("JOBS=")
        seen.type("7\r")
        seen.wait_for("kept for 30 days")
        seen.type("FROBNICATE\r")
        seen.wait_for("no verb FROBNICATE")
        seen.type("INSTALL/NOCONFIRM\r")
        seen.wait_for("1 of 6: Support contact")
        seen.type("\x03")
        seen.wait_for("interrupted")
        assert not home.exists()
        seen.type("EXIT\r")
        assert seen.end() == 0
    assert "HELP GENERATE" in (tmp_path / "jams" / "jamsdba.history").read_text()
