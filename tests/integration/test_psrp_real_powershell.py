"""A real PowerShell opens sessions on the protocol core, through a stand-in for ssh.

PowerShell is the program that JAMS_TEST_PWSH names, or ``pwsh`` on PATH.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.psrp_stdio import ssh_stand_in

if sys.platform == "win32":
    pytest.skip("the stand-in for ssh is a shell script", allow_module_level=True)

from tests.support.psrp_terminal import Terminal

PWSH = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
pytestmark = pytest.mark.skipif(PWSH is None, reason="no PowerShell (JAMS_TEST_PWSH, or pwsh on PATH)")

PROMPT = r"\[demo\]: PS /home/user> (?=\r|$)"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = ssh_stand_in(tmp_path_factory.mktemp("ssh"))
    return {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "POWERSHELL_TELEMETRY_OPTOUT": "1",
    }


def run(script: str, environment: dict[str, str], folder: Path) -> list[str]:
    """The lines a script prints that has a session in ``$s``."""
    assert PWSH is not None
    path = folder / "script.ps1"
    path.write_text(f"$s = New-PSSession -HostName demo -Subsystem jams\n{script}\nRemove-PSSession $s\n")
    done = subprocess.run(
        [PWSH, "-NoProfile", "-File", str(path)], env=environment, capture_output=True, text=True, timeout=55
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_commands_arguments_input_and_errors(environment: dict[str, str], tmp_path: Path) -> None:
    lines = run(
        """
        "state $($s.State)"
        Invoke-Command $s { Get-Thing -Count 2 } |
          % { "$($_.Name) $($_.Count) $($_.Kind) $($_.Created.Kind)" }
        $n = 'thing2'; Invoke-Command $s { Get-Thing -Name $using:n } | % Name
        Invoke-Command $s { param($a) Get-Echo $a } -ArgumentList 'given'
        1..3 | Invoke-Command $s { Get-Echo }
        $null -eq (Invoke-Command $s { Get-Sample Null })
        $p = ConvertTo-SecureString 'abc' -AsPlainText -Force
        Invoke-Command $s { Show-Secret -Value $using:p }
        Invoke-Command $s { $x = 1 } 2>&1 | % { "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)" }
        Invoke-Command $s { Get-Nothing } 2>&1 | % { "$($_.CategoryInfo)" }
        Invoke-Command $s { Get-Thing nosuch } 2>&1 | % { $_.ErrorDetails.RecommendedAction }
        Invoke-Command $s { Get-Thing -Count 1; Get-Nothing; Get-Echo 6 } 2>&1 | % { $_.GetType().Name }
        $big = 'y' * 300000; (Invoke-Command $s { Get-Echo $using:big }).Length
        "$($s.Runspace.SessionStateProxy.LanguageMode)"
        """,
        environment,
        tmp_path,
    )
    assert lines == [
        "state Opened",
        "thing1 1 1 Utc",
        "thing2 2 2 Utc",
        "thing2",
        "given",
        "1",
        "2",
        "3",
        "True",
        "abc",
        "ScriptsNotAllowed ParserError",
        "ObjectNotFound: (Get-Nothing:String) [], CommandNotFoundException",
        "Use a name that exists.",
        "PSCustomObject",
        "RemotingErrorRecord",
        "Int32",
        "300000",
        "NoLanguage",
    ]


def test_every_sample_arrives_as_its_type(environment: dict[str, str], tmp_path: Path) -> None:
    lines = run(
        """
        foreach ($g in 'Ints','Floats','Decimals','Dates','Spans','Misc','Bytes','Arrays','Secure') {
          Invoke-Command $s { Get-Sample $using:g } | % { $_.pstypenames[0] -replace '\\[\\[.*' }
        }
        """,
        environment,
        tmp_path,
    )
    types = ["Int32"] * 3 + ["Int64", "Byte", "SByte", "Int16", "UInt16", "UInt32", "UInt64"]
    assert lines[: len(types)] == [f"System.{name}" for name in types]
    assert not [line for line in lines if not line.strip()]
    assert lines[-2:] == ["System.Security.SecureString", "System.Management.Automation.PSCredential"]


def test_jobs_stop_and_the_session_goes_on(environment: dict[str, str], tmp_path: Path) -> None:
    lines = run(
        """
        $j = Invoke-Command $s { Invoke-Slow } -AsJob
        while (-not $j.ChildJobs[0].Output.Count) { [threading.thread]::Sleep(20) }
        Stop-Job $j; "$($j.State)"
        Invoke-Command $s { Get-Thing -Count 1 } | % Name
        """,
        environment,
        tmp_path,
    )
    assert lines == ["Stopped", "thing1"]


def test_records_say_which_command_wrote_them(environment: dict[str, str], tmp_path: Path) -> None:
    lines = run(
        """
        $ps = [powershell]::Create(); $ps.Runspace = $s.Runspace; [void]$ps.AddCommand('Test-Streams')
        [void]$ps.Invoke()
        "streams $($ps.Streams.Warning.Count) $($ps.Streams.Progress.Count) $($ps.Streams.Error.Count)"
        $ps.Streams.Warning[0].InvocationInfo.MyCommand.Name
        $ps.Streams.Error[0].InvocationInfo.MyCommand.Name
        """,
        environment,
        tmp_path,
    )
    assert lines[-3:] == ["streams 1 2 2", "Test-Streams", "Test-Streams"]


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Terminal]:
    assert PWSH is not None
    made = Terminal([PWSH, "-NoProfile", "-NoLogo"], environment)
    made.expect("> ")
    made.type("Enter-PSSession -HostName demo -Subsystem jams\r")
    made.expect(PROMPT)
    yield made
    made.close()


def test_a_person_works_in_an_entered_session(terminal: Terminal) -> None:
    def answer(command: str, *exchange: str) -> str:
        terminal.type(f"{command}\r")
        terminal.expect(f"> {command}")
        for asked, reply in zip(exchange[::2], exchange[1::2], strict=True):
            terminal.expect(asked)
            terminal.type(f"{reply}\r")
        return terminal.expect(PROMPT)

    assert "got ann" in answer("Read-Something Line", "Your name: ", "ann")
    assert "chose 0" in answer("Read-Something Choice", r"\): ", "y")
    assert "length 3" in answer("Read-Something Secure", "Your secret: ", "pw1")
    assert re.search(r"user \S*ann", answer("Read-Something Credential", "ann: ", "pw2"))
    assert "made name=given" in answer("New-Thing", "Name: ", "given")
    assert "not recognized" in answer("Get-Nothing")
    terminal.type("Invoke-Slow\r")
    terminal.expect(r"second 1 ")
    terminal.type("\x03")
    assert "has been stopped" in terminal.expect(PROMPT)
    terminal.type("Get-Th\t")
    terminal.expect("Get-Thing")
    terminal.type(" -Count 1\r")
    assert "Demo.Thing" in terminal.expect(PROMPT)
    terminal.type("exit\r")
    terminal.expect(r"[\r\n]PS [^\r]*> ")
