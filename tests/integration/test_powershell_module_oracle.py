"""The module's drive does what PowerShell's own file system does: one table of commands, run on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.running import Running, running

pytestmark = [NEEDS_POWERSHELL, pytest.mark.timeout(180)]

COMMANDS = r"""
New-Item D:\a -ItemType Directory -Force | % Name
New-Item D:\a -ItemType Directory -Force | % Name
New-Item D:\a\b\c -ItemType Directory -Force | % Name
New-Item D:\a -ItemType Directory
New-Item D:\a\f1 -ItemType $leaf -Value "one`ntwo" | % Name
New-Item D:\a\f1 -ItemType $leaf -Value again
New-Item D:\a\f1 -ItemType $leaf -Value again -Force | % Name
Get-Content D:\a\f1
Set-Content D:\a\f1 one, two; Get-Content D:\a\f1
Add-Content D:\a\f1 three; Get-Content D:\a\f1
@(Get-Content D:\a\f1).Count
@(Get-Content D:\a\f1 -Raw).Count
Get-Content D:\a\f1 -TotalCount 1
Get-Content D:\a\f1 -Tail 1
New-Item D:\a -Name g2 -ItemType $leaf -Value g | % Name
Test-Path D:\a
Test-Path D:\a\nope
Test-Path D:\a -PathType Container
Test-Path D:\a\f1 -PathType Leaf
Test-Path D:\a\f*
Get-ChildItem D:\a | % PSChildName
Get-ChildItem D:\a -Name
Get-ChildItem D:\a -Filter f* | % PSChildName
Get-ChildItem D:\a -Filter f* -Name
Get-ChildItem D:\a -Recurse -Filter c* | % PSChildName
Get-ChildItem D:\a\* -Include g* | % PSChildName
Get-ChildItem D:\a\* -Exclude g* | % PSChildName
Get-ChildItem D:\a -Recurse -Name | sort
Get-ChildItem D:\a -Depth 0 | % PSChildName
Get-ChildItem D:\a\f1 | % PSChildName
Get-ChildItem D:\nope
Get-Item D:\a\f1 | % PSIsContainer
Get-Item D:\a | % PSIsContainer
Get-Item D:\a\nope
Get-Item D:\a\* | % PSChildName
Split-Path D:\a\b
Split-Path D:\a\b -Leaf
Split-Path D:\a
Split-Path D:\a\b -Qualifier
Split-Path D:\a\b -NoQualifier
Split-Path D:\a -IsAbsolute
Resolve-Path D:\a\f* | % Path
Rename-Item D:\a\g2 g3; Test-Path D:\a\g2, D:\a\g3
Copy-Item D:\a\f1 D:\a\f4; Get-Content D:\a\f4 -TotalCount 1
Copy-Item D:\a\f1 D:\a\b; Get-ChildItem D:\a\b -Name
Copy-Item D:\a D:\z -Recurse; Get-ChildItem D:\z -Recurse -Name | sort
Move-Item D:\a\g3 D:\a\b; Get-ChildItem D:\a\b -Name
Move-Item D:\a\nope D:\a\b
Push-Location D:\a; Get-ChildItem -Name; Get-ChildItem .\b -Name; Pop-Location
Push-Location D:\a\b; (Get-Item ..).PSChildName; Test-Path ..\f1; Pop-Location
Clear-Content D:\a\f4; @(Get-Content D:\a\f4).Count
Remove-Item D:\a\f1; Test-Path D:\a\f1
Remove-Item D:\a\nope
Get-ChildItem D:\z | Remove-Item -Recurse; Get-ChildItem D:\z -Name
Remove-Item D:\z; Test-Path D:\z
Remove-Item D:\a -Recurse; Test-Path D:\a
""".strip().splitlines()

SCRIPT = r"""
$null = New-JAMSFolder Oracle
$null = New-Item -ItemType Directory files
$null = New-PSDrive FS FileSystem (Get-Item files).FullName
$null = New-PSDrive JD JAMS ((Get-PSDrive JAMS).Root + '\Oracle')
function Outcome($drive, $leaf, $command) {
    $Error.Clear()
    $given = @(. ([scriptblock]::Create($command.Replace('D:', "${drive}:"))) 2>$null)
    $told = @($given | ForEach-Object { "$_".Replace('\', '/').Replace("${drive}:", 'D:') })
    if ($Error.Count) { $told += "error $($Error[-1].CategoryInfo.Category)" }
    $told -join ' | '
}
foreach ($command in (Get-Content commands.txt)) {
    Tell $command @((Outcome FS File $command), (Outcome JD Variable $command))
}
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("oracle") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    return shell(tmp_path_factory, "oracle", JAMS_HOME=str(jams.home))


def test_the_drive_does_what_the_file_system_does(ps: Shell) -> None:
    (ps.folder / "commands.txt").write_text("\n".join(COMMANDS), encoding="utf-8")
    done = ps.run(SCRIPT)
    told = {command: done[command] for command in COMMANDS}
    # Of a file that is there PowerShell says that it cannot be written; what is meant is the same.
    files = {c: each.replace("WriteError", "ResourceExists") for c, (each, _) in told.items()}
    assert {c: drive for c, (_, drive) in told.items()} == files
