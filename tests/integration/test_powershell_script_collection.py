"""Lines in the manner of public scripts give the same in the module and in a session."""

from __future__ import annotations

import getpass
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from jams.commands.ps import bridge_command
from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.psrp_sshd import SSHD, sshd
from tests.support.running import running

pytestmark = [
    NEEDS_POWERSHELL,
    pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)"),
    pytest.mark.timeout(180),
]

SETUP = r"""
$null = New-JAMSFolder Sales -Description 'Sells'
$null = New-JAMSJob -Name Load -Folder \Sales -MethodName Command -Source "echo one`necho two"
$null = New-JAMSJob -Name Check -Folder \Sales -MethodName Command -Source 'exit 3'
$step = @{ jobName = '\Sales\Check'; step = 10; failureAction = 'Continue' }
$null = New-JAMSSetup -Name Night -Folder \Sales -Jobs $step
$null = New-JAMSSetup -Name Idle -Folder \Sales
$null = New-JAMSVariable -Name Region -Folder \Sales -Value north
$null = Submit-JAMSEntry \Sales\Load | Wait-JAMSEntry
$null = Submit-JAMSEntry \Sales\Check | Wait-JAMSEntry
$null = Submit-JAMSEntry \Sales\Night | Wait-JAMSEntry -Timeout 30
$null = Submit-JAMSEntry \Sales\Load -Hold
"""

SCRIPTS = r"""
Get-JAMSJob -Recurse | ? Enabled -eq $true | Sort-Object Id | select Name, QualifiedName, MethodName
Get-JAMSJob -Folder \Sales | Sort-Object Name -Descending | % QualifiedName
Get-JAMSJob -Recurse | group MethodName | Sort-Object Name | select Name, Count
Get-JAMSJob \Sales\Load | select Id, Name, Enabled, AgentName, QualifiedFolderName, Description
Get-JAMSJob \Sales\Load | select LastChange, LastChangedBy
Get-JAMSFolder | Sort-Object Id | select Name, QualifiedFolderName, Description
dir JAMS:\Sales -Recurse | % PSChildName
dir JAMS:\ -IgnorePredefined | % Name
dir JAMS:\* -ObjectType Folder | % QualifiedFolderName
dir JAMS:\Sales -ObjectType setup -FullObject | select Name, Id, Enabled
dir JAMS:\Sales -Filter L* | % Name
dir JAMS:\Sales\* -Include C*, R* | % Name
dir JAMS:\Sales -Name
Get-Item JAMS:\Sales\Load | select Name, Id, Enabled, Source
Get-Content JAMS:\Sales\Load
Get-Content JAMS:\Sales\Load -Raw
Get-JAMSEntry | Sort-Object Entry | select Entry, CurrentState, FinalStatus, Held, QualifiedFolderName
Get-JAMSEntry -State Held | select JamsEntry, MasterEntry, StartTime, ElapsedTime
Get-JAMSEntry | ? CurrentState -eq Complete | Sort-Object Id | select Id, StartTime
Get-JAMSHistory | Sort-Object Entry | select Entry, Name, FinalSeverity, ElapsedTime
Get-JAMSHistory | ? StartTime -gt 2020-01-01 | measure | % Count
Get-JAMSHistory | ? StartTime -gt 2120-01-01 | measure | % Count
Get-JAMSHistory -Status Bad | % JobName
Get-JAMSHistory -JobName Load | % Entry
Get-JAMSHistory -Name Load -After -1d | % Entry
Get-JAMSHistory -Start -1d -End now | Sort-Object Entry | % Entry
Get-JAMSHistory -Name Check -SetupName Night -SetupFolderName \Sales -StartDate -1d -Status Bad | % Entry
Get-JAMSHistory -SetupName Night -SetupFolderName \Sales | select JobName, SetupName, SetupFolderName
Get-JAMSHistory -SetupName Ni* | % JobName
Get-JAMSHistory -SetupName Idle | measure | % Count
Get-JAMSHistory -SetupFolderName \nope | measure | % Count
Get-JAMSEntry -Name Check | Sort-Object Entry | select JobName, MasterEntry, QualifiedFolderName
Get-JAMSMember 3 | select JobName, MasterEntry, Step
Wait-JAMSEntry 1 -Verbose 4>&1 | select -First 1 | % Message
Wait-JAMSEntry 1 -Verbose *>&1 | select -First 1 | % Message
Wait-JAMSEntry -Name Load -State Executing | % Entry
Wait-JAMSEntry 4711
Submit-JAMSEntry \Sales\Load -UserName nobody
Submit-JAMSEntry \Sales\Load -UserName Stranger
Submit-JAMSEntry \Sales\Load -UserName Service | Wait-JAMSEntry | % FinalSeverity
Get-JAMSFailoverStatus | select Status, Role, Secondary
Set-JAMSFailoverStatus -Active
Set-JAMSFailoverStatus
Get-JAMSSecurity Monitor | % Acl | % GenericACL | % Identifier
Get-JAMSSecurity Garden
Set-JAMSStatus 'half way'
Set-JAMSStatus 'half way' -Entry 1
Split-Path JAMS:\Sales\Load; Split-Path JAMS:\Sales; Split-Path JAMS:\Sales\Load -Leaf
Split-Path JAMS:\Sales\Load -Qualifier; Split-Path JAMS:\Sales\Load -NoQualifier
Split-Path Sales\Load -IsAbsolute; Split-Path JAMS:\Sales -IsAbsolute
Split-Path JAMS:\Sales\Load.old -LeafBase; Split-Path JAMS:\Sales\Load.old -Extension
Split-Path Sales\Load; Split-Path Load
Split-Path Load -Qualifier
Join-Path JAMS:\Sales Load | Split-Path -Leaf; Join-Path Sales Night Load | Split-Path -Leaf
Join-Path NOPE:\Sales Load
Get-Item JAMS:\Sales\Load | Split-Path -Leaf
New-JAMSNamedTime Evening -StartTime 25:00
Get-JAMSHistory -StartDate 2120-01-01 -End now | measure | % Count
Get-JAMSJob -Parent \Sales | Sort-Object Name | % Name
Export-JAMSXml -Job \Sales\Check
Get-JAMSJob \Sales\Check | Export-JAMSXml
Get-JAMSJob -Folder \Sales | Export-JAMSXml -IgnoreACL
Export-JAMSXml -InputObject 'Ghost:x'
Get-JAMSFolder \Sales | Export-JAMSXml
Import-JAMSXml '<JAMSObjects/>' -TargetFolder \Sales | select Added, Changed, DryRun
Import-JAMSXml 'no xml'
Get-JAMSLog 1
Get-JAMSAgent * | select Name, AgentName, Platform
Get-JAMSMethod | Sort-Object Name | % Name
Get-JAMSVariable \Sales\Region -ValueOnly
Set-JAMSVariable \Sales\Region south; Get-JAMSVariable \Sales\Region | select Name, Value, DataType
Test-Path JAMS:\Sales\Load; Test-Path JAMS:\Sales\Nope; Test-Path JAMS:\Sales -PathType Container
Get-JAMSJob \nope; Get-JAMSAgent | % Name
Get-JAMSJob \nope -ErrorAction Stop; Get-JAMSAgent | % Name
Get-JAMSJob \nope -ErrorAction Ignore
Get-Item JAMS:\Sales\Nope
Stop-JAMSEntry 4711 -Confirm:$false
New-Item JAMS:\Sales -ItemType Directory
Submit-JAMSEntry \Sales\Load -WhatIf
Submit-JAMSEntry \Sales\Load | Wait-JAMSEntry | select JobName, FinalStatus, FinalSeverity, Held
Submit-JAMSEntry \Sales\Check | Wait-JAMSEntry | select Name, FinalStatusCode, FinalSeverity
"""

CHANGES = r"""
New-JAMSNamedTime Morning -StartTime 08:00 | % EndTime | % TotalSeconds
Set-JAMSNamedTime Morning -StartTime '7:30 AM' -PassThru | % StartTime | % TotalSeconds
Remove-JAMSNamedTime Morning -Confirm:$false
Import-JAMSXml '<JAMSObjects><folder name="Brought"/></JAMSObjects>' | select Added, Changed
Set-Location JAMS:\Brought; Import-JAMSXml '<JAMSObjects><folder name="In"/></JAMSObjects>' | select Added
Set-Location JAMS:\; Get-JAMSFolder \Brought\In | % QualifiedName
Remove-JAMSFolder \Brought\In -Confirm:$false
Remove-JAMSFolder \Brought -Confirm:$false
New-Item JAMS:\Made\Load -ItemType job -MethodName Command -Value 'echo 1' -Force | select Name, Source
Set-ItemProperty JAMS:\Made\Load Enabled $false
Get-Item JAMS:\Made\Load | % Enabled
Get-JAMSJob -Recurse | ? Enabled -eq $false | % Name
Set-ItemProperty JAMS:\Made\Load Description 'New one'
Get-ItemProperty JAMS:\Made\Load Description | % Description
Copy-Item JAMS:\Made\Load JAMS:\Made\Other
Rename-Item JAMS:\Made\Other Third
dir JAMS:\Made -Name
Remove-Item JAMS:\Made
dir JAMS:\Made | Remove-Item
Remove-Item JAMS:\Made
Test-Path JAMS:\Made
"""

COMPARED = r"""
$local = 'PSComputerName', 'RunspaceId', 'PSShowComputerName'
function Plain($object) {
    if ($null -eq $object) { return 'null' }
    if ($object -is [string] -or $object -is [valuetype]) { return "$object" }
    $shown = $object.PSObject.Properties | ? Name -notin $local
    @($shown | % { "$($_.Name)=$($_.Value)" }) -join '; '
}
function Outcome($work) {
    $Error.Clear()
    $found = @(try { & $work 2>$null } catch { })
    $failures = @($Error | % { 'error ' + $_.FullyQualifiedErrorId.Split(',')[0] } | select -Unique)
    @(@($found | % { Plain $_ }) + $failures) -join "`n"
}
function Both($scripts) {
    $here = foreach ($script in $scripts) { Outcome ([scriptblock]::Create($script)) }
    $there = foreach ($script in $scripts) {
        $block = [scriptblock]::Create($script)
        Outcome { Invoke-Command $s $block }
    }
    for ($i = 0; $i -lt @($scripts).Count; $i++) { Tell @($scripts)[$i] @(@($here)[$i], @($there)[$i]) }
}
foreach ($script in (Get-Content collection.txt)) { Both $script }
Both (Get-Content changes.txt)
Remove-PSSession $s
"""


@dataclass
class House:
    """A shell with the module, and how it opens a session on the same server."""

    shell: Shell
    options: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    socket = tmp_path_factory.mktemp("s") / "ps.sock"
    home = tmp_path_factory.mktemp("collection") / "home"
    with (
        running(home, PowerShellSocket=str(socket)) as jams,
        sshd(jams=bridge_command(socket)) as server,
    ):
        for name, user in (("Service", getpass.getuser()), ("Stranger", "somebody-else")):
            command = [sys.executable, "-m", "jams.commands.main", "credential", "set", name, "--user", user]
            subprocess.run(command, input=b"secret\n", env=jams.environment, check=True)
        options = (
            f"-HostName localhost -Port {server.port} -UserName {server.user} -KeyFilePath {server.key} "
            f"-Subsystem jams -Options @{{UserKnownHostsFile='{server.known_hosts}'}}"
        )
        yield House(shell(tmp_path_factory, "collection", JAMS_HOME=str(home)), options)


def test_scripts_give_the_same_in_module_and_session(house: House) -> None:
    collection, changes = (text.strip().splitlines() for text in (SCRIPTS, CHANGES))
    for name, lines in (("collection", collection), ("changes", changes)):
        (house.shell.folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    done = house.shell.run(f"$s = New-PSSession {house.options}\n{SETUP}\n{COMPARED}")
    told = {script: done[script] for script in (*collection, *changes)}
    assert {s: session for s, (_, session) in told.items()} == {s: module for s, (module, _) in told.items()}
    silent = {s for s in collection if not told[s][0]}
    assert silent == {s for s in silent if "-ErrorAction Ignore" in s or "-WhatIf" in s}
    assert told["dir JAMS:\\Made -Name"][0].splitlines() == ["Load", "Third"]
