"""Objects of a real PowerShell's module carry their version, and a stale one overwrites nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.running import Running, running

pytestmark = NEEDS_POWERSHELL


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("versions") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    return shell(tmp_path_factory, "versions", JAMS_HOME=str(jams.home))


def test_objects_are_saved_as_they_were_seen(ps: Shell) -> None:
    done = ps.run(
        r"""
        function Code($script) {
            try { $null = & $script; '' } catch {
                $e = $_.Exception
                while ($e.InnerException -and -not $e.Code) { $e = $e.InnerException }
                $e.Code
            }
        }
        $server = [MVPSI.JAMS.Server]::GetServer('localhost')
        $null = New-JAMSJob -Name Seen -MethodName Command -Source 'echo 1' -Description First
        $mine = $null; $yours = $null
        $null = [MVPSI.JAMS.Job]::Load([ref]$mine, '\Seen', $server)
        $null = [MVPSI.JAMS.Job]::Load([ref]$yours, '\Seen', $server)
        Tell version ($mine.Version -gt 0)
        $before = $mine.Version
        $mine.Description = 'mine'; $mine.Update($server)
        Tell grown ($mine.Version -gt $before)
        $yours.Source = 'echo 2'
        Tell stale (Code { $yours.Update($server) })
        Tell deleteStale (Code { $yours.Delete() })
        $mine.Source = $null; $mine.Update($server)
        Tell again @("$((Get-JAMSJob \Seen).Source)", (Get-JAMSJob \Seen).Description)
        $null = [MVPSI.JAMS.Job]::Load([ref]$yours, '\Seen', $server)
        $yours.Source = 'echo 3'
        Tell fresh (Code { $yours.Update($server) })
        Tell now @((Get-JAMSJob \Seen).Source, (Get-JAMSJob \Seen).Description)
        Tell delete @((Code { $yours.Delete() }), [MVPSI.JAMS.Job]::Exists('\Seen', $server))
        $null = New-JAMSJob -Name Bare -MethodName Command
        $bare = New-Object MVPSI.JAMS.Job
        $bare.Name = 'Bare'
        Tell deleteUnseen @((Code { $bare.Delete() }), [MVPSI.JAMS.Job]::Exists('\Bare', $server))
        """
    )
    assert done.errors == ""
    assert (done["version"], done["grown"]) == (True, True)
    assert (done["stale"], done["deleteStale"]) == ("VersionConflict",) * 2
    assert done["again"] == ["", "mine"]
    assert (done["fresh"], done["now"]) == ("", ["echo 3", "mine"])
    assert done["delete"] == done["deleteUnseen"] == ["", False]


def test_cmdlets_change_what_they_name(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-JAMSJob -Name Named -MethodName Command -Source 'echo 1' -Description First
        $old = Get-JAMSJob \Named
        Set-JAMSJob \Named -Source 'echo 2'
        Tell kept @((Get-JAMSJob \Named).Source, (Get-JAMSJob \Named).Description)
        Tell staleSet (Failure { $old | Set-JAMSJob -Description No }).id
        Tell staleVersion (Failure { Set-JAMSJob \Named -Description No -Version $old.Version }).id
        Tell staleRemove (Failure { Remove-JAMSJob \Named -Version $old.Version -Confirm:$false }).id
        Get-JAMSJob \Named | Set-JAMSJob -Description Second
        Set-JAMSJob \Named -Clear Source
        Tell cleared @("$((Get-JAMSJob \Named).Source)", (Get-JAMSJob \Named).Description)
        Tell clearWrong (Failure { Set-JAMSJob \Named -Clear Colour }).id
        $now = Get-JAMSJob \Named
        Remove-JAMSJob \Named -Version $now.Version -Confirm:$false
        Tell gone (Failure { Get-JAMSJob \Named }).id
        """
    )
    assert done.errors == ""
    assert done["kept"] == ["echo 2", "First"]
    assert (done["staleSet"], done["staleVersion"]) == ("VersionConflict,Set-JAMSJob",) * 2
    assert done["staleRemove"] == "VersionConflict,Remove-JAMSJob"
    assert done["cleared"] == ["", "Second"]
    assert done["clearWrong"] == "ParameterArgumentValidationError,Set-JAMSJob"
    assert done["gone"] == "JobNotFound,Get-JAMSJob"


def test_the_drive_changes_what_it_names(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-JAMSJob -Name Lying -MethodName Command -Source 'echo 1' -Description First
        New-PSDrive JV JAMS localhost | Out-Null
        Set-Location JV:\
        $old = Get-Item JV:\Lying
        Set-JAMSJob \Lying -Description Second
        Set-ItemProperty JV:\Lying Source 'echo 2'
        Rename-Item JV:\Lying Moved
        Add-Content JV:\Moved 'echo 3'
        $job = Get-JAMSJob \Moved
        Tell all @(($job.Source -split '\r?\n' -ne ''), $job.Description)
        Tell stale (Failure { Set-Item JV:\Moved $old }).id
        Clear-ItemProperty JV:\Moved Description
        Tell cleared "$((Get-JAMSJob \Moved).Description)"
        """
    )
    assert done.errors == ""
    assert done["all"] == [["echo 2", "echo 3"], "Second"]
    assert done["stale"].startswith("VersionConflict")
    assert done["cleared"] == ""
