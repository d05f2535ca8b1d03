"""Completion in real shells, each with the script that ``jamswebclient completion`` prints."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.commandline import ROOT, Request, Stub, environment, run, stub, terminal

JOBS = [
    {"jobID": 1, "qualifiedName": r"\Sales\Load", "methodName": "Command", "description": "Loads"},
    {"jobID": 2, "qualifiedName": r"\Sales\Month end", "methodName": "Command", "description": ""},
    {"jobID": 3, "qualifiedName": r"\Stock\Count", "methodName": "Python", "description": ""},
]
FOLDERS = {"": [r"\Sales", r"\Stock"], r"\Sales": [r"\Sales\Old"]}
ENTRIES = [
    {"jamsEntry": 12, "jobName": "Load", "folderName": r"\Sales", "currentState": "Held"},
    {"jamsEntry": 134, "jobName": "Count", "folderName": r"\Stock", "currentState": "Timed"},
]


def answer(request: Request) -> tuple[int, Any]:
    path, _, query = request.path.partition("?")
    if path.endswith("/job/folder"):
        return 200, JOBS
    if path.endswith("/folder/children"):
        inside = r"\Sales" if "Sales" in query else ""
        return 200, [{"folderID": 1, "qualifiedName": name} for name in FOLDERS[inside]]
    if path.endswith("/entry"):
        return 200, ENTRIES
    return 404, {"code": "RouteNotFound", "detail": "No."}


@pytest.fixture(scope="module")
def server() -> Iterator[Stub]:
    with stub() as found:
        found.replies.append(answer)
        yield found


@pytest.fixture
def env(tmp_path: Path, server: Stub) -> dict[str, str]:
    """An environment with ``jamswebclient`` on the path."""
    command = tmp_path / "bin" / "jamswebclient"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m webclient "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return environment(tmp_path, JAMS_SERVER=server.url, PATH=path)


def asked(env: dict[str, str], *words: str, shell: str = "zsh") -> list[str]:
    """What is offered for the last word."""
    *before, current = words
    done = run("__complete", shell, f"={current}", *before, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


def test_words_options_and_values(env: dict[str, str]) -> None:
    assert asked(env, "submit-") == ["submit-info", "submit-document", "submit-many", "submit-menu"]
    assert "submit" in asked(env, "subm")
    assert asked(env, "hel") == ["help"]
    assert asked(env, "--serv") == ["--server"]
    assert asked(env, "completion", "") == ["bash", "fish", "powershell", "zsh"]
    assert asked(env, "help", "whoa") == ["whoami"]
    assert asked(env, "submit", "x", "--wa") == ["--wait"]
    assert asked(env, "-o", "") == ["table", "plain", "json", "ndjson", "yaml"]
    assert asked(env, "jobs", "--protocol", "") == ["rest", "soap"]
    assert asked(env, "entries", "--state", "exec") == ["Executing"]
    assert asked(env, "entries", "--state", "held,t") == ["held,Timed"]
    assert asked(env, "entries", "--state=held,t") == ["--state=held,Timed"]
    assert asked(env, "entries", "--limit", "") == []
    assert asked(env, "change-job", "x", "--clear", "descr") == ["description"]
    assert asked(env, "change-job", "x", "--clear", "source,desc") == ["source,description"]
    assert asked(env, "create-job", "--file", "") == [":files"]
    assert asked(env, "hodl", "") == []


def test_names_and_numbers_are_looked_up(env: dict[str, str]) -> None:
    assert asked(env, "job", "") == [r"\Sales\Load", r"\Sales\Month end", r"\Stock\Count"]
    assert asked(env, "submit", "\\sales\\l") == [r"\Sales\Load"]
    assert asked(env, "-o", "json", "submit", "-p", "a=1", "\\St") == [r"\Stock\Count"]
    assert asked(env, "change-job", "\\St") == [r"\Stock\Count"]
    assert asked(env, "hold", "1") == ["12", "134"]
    assert asked(env, "hold", "12", "") == []
    assert asked(env, "entries", "--folder", "") == [r"\Sales", r"\Stock"]
    assert asked(env, "entries", "--folder", "\\Sales\\") == [r"\Sales\Old"]
    assert asked(env, "create-job", "--folder", "\\Sal") == [r"\Sales"]


def test_each_value_has_a_meaning(env: dict[str, str]) -> None:
    done = run("__complete", "fish", "=", "hold", env=env)
    assert done.stdout.splitlines()[0] == "12\tLoad \\Sales Held"


@pytest.mark.parametrize(
    "more",
    [
        {"JAMS_SERVER": "http://127.0.0.1:9"},
        {"JAMS_SERVER": "nonsense://"},
        {"JAMS_USER": "nobody-asks-for-a-password"},
    ],
)
def test_what_cannot_be_looked_up_is_not_offered(env: dict[str, str], more: dict[str, str]) -> None:
    assert asked({**env, **more}, "job", "") == []


def bash(env: dict[str, str], line: str) -> list[str]:
    """What bash's completion function puts into COMPREPLY for words as they stand on the line."""
    script = """
        source <(jamswebclient completion bash)
        COMP_WORDS=(); while IFS= read -r word; do COMP_WORDS+=("$word"); done
        COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        _jamswebclient jamswebclient "${COMP_WORDS[COMP_CWORD]}"
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env=env, input=line.replace(" ", "\n") + "\n", capture_output=True, text=True, timeout=50, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_words(env: dict[str, str]) -> None:
    assert bash(env, "jamswebclient whoa") == ["whoami"]
    assert bash(env, "jamswebclient job '\\Sales\\L") == [r"\Sales\Load"]
    assert bash(env, "jamswebclient job \\\\Sales\\\\M") == [r"\\Sales\\Month\ end"]
    assert bash(env, 'jamswebclient job "\\Sales\\M') == [r"\\Sales\\Month end"]
    assert bash(env, "jamswebclient entries --state = held,ti") == ["held,Timed"]
    assert bash(env, "jamswebclient entries --state =")[:2] == ["Scheduled", "Held"]


SHELLS = {
    "bash": (["bash", "--norc", "-i"], "source <(jamswebclient completion bash)"),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -U compinit; compinit -u; source <(jamswebclient completion zsh)",
    ),
    "fish": (["fish", "--no-config"], "jamswebclient completion fish | source"),
}


@pytest.mark.parametrize("shell", list(SHELLS))
def test_tab_in_a_real_shell(env: dict[str, str], shell: str) -> None:
    """Half a name and Tab give the whole name, and the finished line does what it says."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    command, load = SHELLS[shell]
    with terminal(command, env, columns=150) as screen:
        screen.type(f"{load}; echo loa''ded\n")
        screen.wait_for("loaded")
        screen.type("jamswebclient sou\t")
        screen.wait_for("source ")
        screen.forget()
        screen.type("\\\\Sales\\\\L\t")
        screen.wait_for("oad")
        screen.forget()
        screen.type("--verb\t; echo en''ded\n")
        screen.wait_for("ended")
        assert "RouteNotFound" in screen.shown
        screen.type("\nexit\n")


POWERSHELL = r"""
$ErrorActionPreference = 'Stop'
jamswebclient completion powershell | Out-String | Invoke-Expression
foreach ($line in @($input)) {
    $found = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
    'A' + (@($found.CompletionMatches | ForEach-Object { $_.CompletionText }) -join '|')
}
"""


def test_powershell(env: dict[str, str], tmp_path: Path) -> None:
    pwsh = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
    if pwsh is None:
        pytest.skip("there is no PowerShell here (JAMS_TEST_PWSH may name one)")
    lines = {
        "jamswebclient whoa": "whoami",
        r"jamswebclient job \Sales\L": r"\Sales\Load",
        r"jamswebclient job '\Sales\M": r"'\Sales\Month end'",
        "jamswebclient entries --state exec": "Executing",
        "jamswebclient hold ": "12|134",
    }
    script = tmp_path / "complete.ps1"
    quoted = ", ".join("'" + line.replace("'", "''") + "'" for line in lines)
    script.write_text(POWERSHELL.replace("@($input)", f"@({quoted})"))
    done = subprocess.run(
        [pwsh, "-NoProfile", "-File", str(script)],
        env=env, capture_output=True, text=True, timeout=55, check=True,
    )  # fmt: skip
    shown = [line[1:] for line in done.stdout.splitlines() if line.startswith("A")]
    assert dict(zip(lines, shown, strict=True)) == lines, json.dumps(done.stderr)
