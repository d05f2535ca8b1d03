"""Sessions on a whole JAMS through a real sshd: a client that forgives nothing, and a real PowerShell.

PowerShell is the program that JAMS_TEST_PWSH names, or ``pwsh`` on PATH.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the socket of PowerShell sessions needs Linux", allow_module_level=True)

from jams.commands.ps import bridge_command
from tests.support.psrp_client import Gone, ProcessClient, StrictClient
from tests.support.psrp_sshd import SSHD, Sshd, sshd
from tests.support.psrp_terminal import Terminal
from tests.support.running import ROOT, Running, running

PWSH = os.environ.get("JAMS_TEST_PWSH") or shutil.which("pwsh")
needs_sshd = pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)")
needs_powershell = pytest.mark.skipif(
    PWSH is None or SSHD is None, reason="no PowerShell (JAMS_TEST_PWSH, or pwsh on PATH), or no sshd"
)
PROMPT = r"\[localhost\]: PS JAMS:\\> (?=\r|$)"
SLEEPER = "sleep 600"


@dataclass
class House:
    """A JAMS with an sshd in front of it."""

    jams: Running
    server: Sshd
    socket: Path

    @property
    def options(self) -> str:
        """The parameters of New-PSSession and its like."""
        return (
            f"-HostName localhost -Port {self.server.port} -UserName {self.server.user} "
            f"-KeyFilePath {self.server.key} -Subsystem jams "
            f"-Options @{{UserKnownHostsFile='{self.server.known_hosts}'}}"
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    socket = tmp_path_factory.mktemp("s") / "ps.sock"
    home = tmp_path_factory.mktemp("jams") / "home"
    with (
        running(home, PowerShellSocket=str(socket)) as jams,
        sshd(jams=bridge_command(socket)) as server,
    ):
        yield House(jams, server, socket)


def over_ssh(house: House) -> ProcessClient:
    return ProcessClient(house.server.ssh("jams"))


def over_stdio(house: House) -> ProcessClient:
    command = [
        sys.executable,
        "-m",
        "jams.commands.main",
        "ps",
        "serve-stdio",
        "--home",
        str(house.jams.home),
    ]
    return ProcessClient(command, cwd=ROOT)


@needs_sshd
@pytest.mark.parametrize("way", [over_ssh, over_stdio], ids=["sshd", "stdio"])
def test_a_strict_client_works_and_leaves(house: House, way: type[StrictClient]) -> None:
    with way(house) as client:
        client.open()
        assert client.run("Get-JAMSServer").output[0].Product == "JAMS"
        assert client.run(("Get-JAMSJob", {"Name": "Nope"})).errors[0].FullyQualifiedErrorId.startswith("Job")
        client.close()
        with pytest.raises(Gone):
            client.line()
        assert client.hang_up() == 0


@needs_sshd
def test_who_is_confined_to_the_bridge_gets_nothing_else(house: House) -> None:
    command = bridge_command(house.socket)
    lines = ("DisableForwarding yes", "PermitTTY no", f"ForceCommand {command}")
    with sshd(*lines, jams=command) as server:
        with ProcessClient(server.ssh("jams")) as client:
            client.open()
            assert client.run("Get-JAMSServer").output[0].Product == "JAMS"
        shell = [word for word in server.ssh("jams") if word not in ("-s", "jams")]
        done = subprocess.run([*shell, "id"], input=b"", capture_output=True, timeout=30)
        assert (done.returncode, done.stdout) == (0, b"")


def run(house: House, script: str, folder: Path) -> list[str]:
    """The lines that a script prints, which has a session in ``$s``."""
    assert PWSH is not None
    path = folder / "script.ps1"
    path.write_text(
        f"$s = New-PSSession {house.options}\n"
        f"function Make($name, $source) {{ Invoke-Command $s {{ New-JAMSJob -Name $using:name "
        "-ParentFolderName '\\' -MethodName Command -Source $using:source } | Out-Null }\n"
        f"{script}\nRemove-PSSession $s\n"
    )
    done = subprocess.run(
        [PWSH, "-NoProfile", "-File", str(path)],
        env={**os.environ, "NO_COLOR": "1", "POWERSHELL_TELEMETRY_OPTOUT": "1"},
        capture_output=True,
        text=True,
        timeout=55,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


@needs_powershell
def test_jobs_are_made_submitted_and_followed(house: House, tmp_path: Path) -> None:
    lines = run(
        house,
        """
        "state $($s.State)"
        Make Hello 'echo hello $NAME'
        Invoke-Command $s { Get-JAMSJob Hello } | % { "$($_.QualifiedName) $($_.MethodName)" }
        $name = 'Hello'
        Invoke-Command $s { Submit-JAMSEntry $using:name | Wait-JAMSEntry | Get-JAMSLog }
        Invoke-Command $s { param($job) Submit-JAMSEntry -Name $job -Hold } -ArgumentList Hello |
          % { $held = $_.JamsEntry }
        "held $(Invoke-Command $s { Get-JAMSEntry $using:held } | % { $_.State })"
        $held | Invoke-Command $s { Stop-JAMSEntry -Comment done } | Out-Null
        Invoke-Command $s { Get-JAMSJob Nope } 2>&1 |
          % { $_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)" }
        Invoke-Command $s { Get-JAMSJob; $x = 1 } 2>&1 | % { $_.FullyQualifiedErrorId }
        Invoke-Command $s { Get-Nothing } 2>&1 | % { $_.FullyQualifiedErrorId }
        Invoke-Command $s { Get-Help Get-JAMSJob } | % Name
        Invoke-Command $s { dir JAMS:\\ } | ? Name -eq Hello | % PSChildName
        "$($s.Runspace.SessionStateProxy.LanguageMode)"
        Invoke-Command $s { Get-JAMSEntry } | Where-Object CurrentState -eq 'Complete' |
          Select-Object -First 1 | % { "$($_.FinalSeverity)" }
        'Where-Object' -in $s.ApplicationPrivateData.ImplicitRemoting.CommandsToSkip
        """,
        tmp_path,
    )
    assert lines[:3] == ["state Opened", r"\Hello Command", "hello"]
    assert lines[3].startswith("held ")
    assert lines[4:] == [
        "JobNotFound,Get-JAMSJob",
        "ObjectNotFound",
        "ScriptsNotAllowed",
        "CommandNotFoundException",
        "Get-JAMSJob",
        "Hello",
        "NoLanguage",
        "Success",
        "True",
    ]


@needs_powershell
def test_errors_help_and_commands_read_as_from_powershell(house: House, tmp_path: Path) -> None:
    lines = run(
        house,
        """
        Invoke-Command $s { Get-JAMSEntry -Limit abc } 2>&1 | % { $failed = $_ }
        $inner = $failed.Exception.SerializedRemoteException.InnerException
        $inner.InnerException.InnerException.Message
        Invoke-Command $s { Get-JAMSEntry 1 -ErrorVariable e } 2>&1 | % { $_.FullyQualifiedErrorId }
        $help = Invoke-Command $s { Get-Help Get-JAMSLog }
        "$($help.syntax.syntaxItem.name) $($help.parameters.parameter[0].type.name)"
        $command = Invoke-Command $s { Get-Command Get-JAMSLog }
        "$($command.CommandType) $($command.Source) $($command.ParameterSets.Count)"
        $alias = Invoke-Command $s { Get-Command dir }
        "$($alias.CommandType) $($alias.ResolvedCommand) $($alias.DisplayName)"
        Invoke-Command $s { Get-Command dir | Group-Object Name } | % { "$($_.Values) $($_.Group.Count)" }
        """,
        tmp_path,
    )
    assert lines == [
        "The input string 'abc' was not in a correct format.",
        "VariableReferenceNotSupportedInDataSection",
        "Get-JAMSLog Int64[]",
        "Function JAMS 1",
        "Alias Get-ChildItem dir -> Get-ChildItem",
        "dir 1",
    ]


@needs_powershell
def test_jobs_of_powershell_run_beside_and_are_stopped(house: House, tmp_path: Path) -> None:
    lines = run(
        house,
        f"""
        Make Nap '{SLEEPER}'
        $j = Invoke-Command $s {{ Get-JAMSServer }} -AsJob
        "$((Wait-Job $j).State) $((Receive-Job $j).Product)"
        $e = Invoke-Command $s {{ Submit-JAMSEntry Nap }} | % JamsEntry
        $j = Invoke-Command $s {{ Wait-JAMSEntry $using:e }} -AsJob
        while ($j.State -ne 'Running') {{ [threading.thread]::Sleep(20) }}
        Stop-Job $j; "$($j.State)"
        Invoke-Command $s {{ Stop-JAMSEntry $using:e; Get-JAMSServer }} | % Product
        """,
        tmp_path,
    )
    assert lines == ["Completed JAMS", "Stopped", "JAMS"]


@needs_powershell
def test_invoke_command_opens_a_session_of_its_own(house: House, tmp_path: Path) -> None:
    lines = run(
        house,
        f"""
        Invoke-Command {house.options} -ScriptBlock {{ Get-JAMSServer }} | % Product
        $p = @{{ Name = 'Made*' }}
        Make Made1 true; Make Made2 true
        Invoke-Command $s {{ Get-JAMSJob @using:p | Sort-Object JobName | Select-Object -First 1 }} |
          % JobName
        'Made1', 'Made2' | Invoke-Command $s {{ Get-JAMSJob }} | % JobName
        Invoke-Command $s {{ Remove-JAMSJob Made1 -WhatIf }}
        Invoke-Command $s {{ Get-JAMSJob Made1 }} | % JobName
        """,
        tmp_path,
    )
    assert lines[:4] == ["JAMS", "Made1", "Made1", "Made2"]
    assert lines[-1] == "Made1"


@needs_powershell
def test_a_server_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert PWSH is not None
    with sshd(jams=bridge_command(tmp_path / "nobody.sock")) as server:
        options = House(None, server, tmp_path).options  # type: ignore[arg-type]
        done = subprocess.run(
            [PWSH, "-NoProfile", "-Command", f"New-PSSession {options}"],
            capture_output=True,
            text=True,
            timeout=55,
        )
    assert "cannot be reached" in done.stdout + done.stderr


@pytest.fixture
def terminal(house: House) -> Iterator[Terminal]:
    assert PWSH is not None
    environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", "POWERSHELL_TELEMETRY_OPTOUT": "1"}
    made = Terminal([PWSH, "-NoProfile", "-NoLogo"], environment)
    try:
        made.expect("> ")
        made.type(f"Enter-PSSession {house.options}\r")
        made.expect(PROMPT)
        yield made
    finally:
        made.close()


@needs_powershell
def test_a_person_works_in_an_entered_session(terminal: Terminal) -> None:
    def answer(command: str, *exchange: str) -> str:
        terminal.type(f"{command}\r")
        terminal.expect(f"> {re.escape(command)}")
        for asked, reply in zip(exchange[::2], exchange[1::2], strict=True):
            terminal.expect(asked)
            terminal.type(f"{reply}\r")
        return terminal.expect(PROMPT)

    made = answer(r"New-JAMSJob -Name Typed -ParentFolderName \ -MethodName Command -Source true")
    assert "Typed" in made
    assert re.search(r"(?m)^\s*-+ ", answer("Get-JAMSJob Typed | Format-Table JobName, MethodName"))
    assert "Typed" in answer("Get-JAMSJob Typed")
    assert "There is no job" in answer("Get-JAMSJob Nope")
    assert "not recognized" in answer("Get-Nothing")
    terminal.type("Get-JAMSJ\t")
    terminal.expect("Get-JAMSJob")
    terminal.type(" Typed\r")
    terminal.expect(PROMPT)
    terminal.type("Get-JAMSJob `\r")
    terminal.expect(r">> ")
    terminal.type("-Name Typed\r\r")
    assert "Typed" in terminal.expect(PROMPT)
    answer(rf"New-JAMSJob -Name TypedNap -ParentFolderName \ -MethodName Command -Source '{SLEEPER}'")
    terminal.type("Submit-JAMSEntry TypedNap | Wait-JAMSEntry\r")
    # Not the line that was typed: Ctrl+C before the command has begun stops nothing.
    terminal.expect("is Executing")
    terminal.type("\x03")
    assert "has been stopped" in terminal.expect(PROMPT)
    answer("Remove-JAMSJob Typed -Confirm", r"\): ", "y")
    assert "There is no job" in answer("Get-JAMSJob Typed")
    terminal.type("exit\r")
    terminal.expect(r"[\r\n]PS [^\r]*> ")
