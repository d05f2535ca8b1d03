from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from jams.executor.environment import base_environment, job_environment, variable_name
from jams.executor.methods import METHODS, MethodTable, declares_parameter, readable_source
from jams.objects.enums import DataType
from jams.objects.errors import MethodNotFound, MethodUnavailable
from jams.objects.run import RunRequest

pytestmark = pytest.mark.unit


def request(method: str, source: str, **parameters: str) -> RunRequest:
    return RunRequest(
        token="t",
        jams_entry=17,
        ron=2,
        method=method,
        source=source,
        job_name="Load",
        folder_name=r"\Sales",
        environment={"EXTRA": "yes", "PATH": "/request"},
        parameters=parameters,
    )


def command(request: RunRequest, programs: dict[str, str] | None = None) -> list[str]:
    method, program = MethodTable(programs).find(request.method)
    return method.command(program, "/j/t.x", request)


@pytest.mark.skipif(os.name == "nt", reason="POSIX commands")
def test_commands_of_the_methods() -> None:
    assert command(request("Command", "echo $HOME")) == []
    assert command(request("Command", "true"), {"Command": "/bin/cat"}) == ["/bin/cat", "/j/t.x"]
    assert command(request("command", "#!/usr/bin/awk -f\n")) == ["/j/t.x"]
    assert command(request("Python", "#!x")) == [os.path.abspath(sys.executable), "-u", "/j/t.x"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX commands")
@pytest.mark.parametrize(
    "source",
    ["echo $$", "echo ${$}", "x=$0", 'echo "${0##*/}"', "kill $PPID", 'eval "$x"', "true; . ./lib", ". lib"],
)
def test_a_script_that_may_ask_for_its_shell_gets_one_of_its_own(source: str) -> None:
    assert command(request("Command", source)) == ["/bin/sh", "/j/t.x"]


def test_powershell_gets_the_parameters_that_it_declares() -> None:
    source = (
        "# comment\n<# more\n #>\n[CmdletBinding()]\nparam(\n  [string]$Day = (Get-Date),\n  $other)\n$Rest"
    )
    program = os.path.abspath(sys.executable)
    found = command(request("PowerShell", source, day="to day", Rest="x"), {"PowerShell": program})
    options = ["-NoLogo", "-NoProfile", "-NonInteractive"]
    assert found == [program, *options, "-File", "/j/t.x", "-day:", "to day"]


@pytest.mark.parametrize(
    ("source", "declared"),
    [
        ("param($Day)", True),
        ("PARAM ( $day )", True),
        ("param($Days)", False),
        ("param($a = (1 + 2)); $Day", False),
        ("Write-Output $Day", False),
        ("function f { param($Day) }", False),
        ("param($Day", True),
        ("", False),
    ],
)
def test_a_param_block_is_recognised(source: str, declared: bool) -> None:
    assert declares_parameter(source, "Day") is declared


def test_unknown_and_unavailable_methods_say_so(tmp_path: Path) -> None:
    with pytest.raises(MethodNotFound, match="Command, Python, PowerShell"):
        MethodTable().find("Rexec")
    missing = str(tmp_path / "pwsh")
    table = MethodTable({"powershell": missing})
    with pytest.raises(MethodUnavailable, match="cannot be executed"):
        table.find("PowerShell")
    described = {info.name: info for info in table.describe()}
    assert not described["PowerShell"].available
    assert missing in (described["PowerShell"].reason or "")
    assert described["Python"].available and described["Python"].program


def test_a_missing_program_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MethodUnavailable, match="Install PowerShell"):
        MethodTable().find("PowerShell")


def test_a_method_is_one_entry_of_its_own() -> None:
    assert len({method.name.casefold() for method in METHODS}) == len(METHODS)
    scripts = [method.suffix for method in METHODS if not method.works]
    assert len(set(scripts)) == len(scripts)


def test_powershell_gets_true_and_false_as_such() -> None:
    wanted = replace(
        request("PowerShell", "param([bool]$on, $n)", on="True", n="7"),
        types={"on": DataType.BOOLEAN, "n": DataType.INTEGER},
    )
    assert command(wanted, {"PowerShell": os.path.abspath(sys.executable)})[-3:] == ["-on:$true", "-n:", "7"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX line ends")
def test_a_script_from_windows_runs_here() -> None:
    assert METHODS[0].encode(request("Command", "a\r\nb\r\n")) == b"a\nb\n"


def test_the_environment_hides_what_is_the_servers() -> None:
    own = {"PATH": "/bin", "JAMS_KEY": "secret", "jams_token": "secret", "HOME": "/h"}
    own |= {"PGPASSWORD": "x", "pgpassfile": "x", "NOTIFY_SOCKET": "x", "CREDENTIALS_DIRECTORY": "x"}
    assert base_environment(own) == {"PATH": "/bin", "HOME": "/h"}


def test_the_environment_of_a_job() -> None:
    wanted = request("Command", "", **{"Run Date": "today", "JAMS_ENTRY": "99", "2nd": "x"})
    found = job_environment({"PATH": "/bin", "HOME": "/h"}, wanted, "/l/x.log", "/j/t")
    assert found == {
        "PATH": "/request",
        "HOME": "/h",
        "EXTRA": "yes",
        "Run_Date": "today",
        "_2nd": "x",
        "JAMS_ENTRY": "17",
        "JAMS_RON": "2",
        "JAMS_JOB": "Load",
        "JAMS_FOLDER": r"\Sales",
        "JAMS_LOG": "/l/x.log",
        "JAMS_RUN": "/j/t",
    }


@pytest.mark.parametrize(
    ("name", "variable"), [("a", "a"), ("a-b.c", "a_b_c"), ("ä", "_"), ("1", "_1"), ("", "")]
)
def test_variable_names(name: str, variable: str) -> None:
    assert variable_name(name) == variable


def test_parameters_are_found_behind_a_byte_order_mark() -> None:
    source = readable_source("\ufeffparam($day)\n$day")
    assert declares_parameter(source, "day")
    assert METHODS[2].encode(request("PowerShell", source)).count(b"\xef\xbb\xbf") == 1
