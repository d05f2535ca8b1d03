"""The drive of the module in a real PowerShell: walked, written, completed, and between two servers."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from jams.operations import CATALOGUE
from psprovider.drive.kinds import kinds
from tests.support.counting import counted
from tests.support.powershell_module import MODULE, NEEDS_POWERSHELL, Shell, shell
from tests.support.running import PASSWORD, Running, add_account, running

pytestmark = NEEDS_POWERSHELL

SETUP = r"""
$null = New-JAMSFolder Sales -Description 'Sells'
$null = New-JAMSFolder -Name North -ParentFolderName \Sales
$null = New-JAMSJob -Name Load -Folder \Sales -MethodName Command -Source "echo one`necho two"
$null = New-JAMSJob -Name Check -Folder \Sales\North -MethodName Command -Source 'true'
$null = New-JAMSVariable -Name Region -Folder \Sales -Value north
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("drive") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    found = shell(tmp_path_factory, "drives", JAMS_HOME=str(jams.home))
    done = found.run(SETUP)
    assert done.errors == ""
    return found


def test_the_drive_is_walked(ps: Shell) -> None:
    done = ps.run(
        r"""
        Set-Location JAMS:\
        Tell root @(Get-ChildItem | ForEach-Object PSChildName)
        Tell own @(Get-ChildItem -IgnorePredefined | ForEach-Object PSChildName)
        Set-Location Sales
        Tell here @(Get-ChildItem | ForEach-Object { $_.GetType().FullName + ' ' + $_.PSChildName })
        Tell all @(Get-ChildItem -Recurse | ForEach-Object QualifiedName)
        Tell deep @(Get-ChildItem JAMS:\ -Recurse -Depth 1 -IgnorePredefined | ForEach-Object QualifiedName)
        Tell jobs @(Get-ChildItem JAMS:\ -Recurse -ObjectType job -FullObject | ForEach-Object QualifiedName)
        Tell variables @(Get-ChildItem JAMS:\ -Recurse -ObjectType variable | ForEach-Object Value)
        Tell container (Get-Item North).PSIsContainer
        Tell item (Get-Item JAMS:\Sales\Load).PSPath
        Tell pattern @(Get-ChildItem L*, R* | ForEach-Object PSChildName)
        Tell there @((Test-Path Load), (Test-Path Nope), (Test-Path JAMS:\Sales\North\Check))
        Tell agents @(Get-ChildItem JAMS:\Agents | ForEach-Object AgentName)
        Tell content @(Get-Content Load)
        Tell value (Get-Content Region)
        Push-Location North; Tell up ((Get-Location).Path -replace '/', '\'); Pop-Location
        Set-Location ..
        Tell back ((Get-Location).Path -replace '/', '\')
        """
    )
    assert {"Sales", "Agents", "Methods"} <= set(done["root"])
    assert done["own"] == ["Sales"]
    assert done["here"] == ["MVPSI.JAMS.Folder North", "MVPSI.JAMS.Job Load", "MVPSI.JAMS.Variable Region"]
    assert sorted(done["all"]) == [r"\Sales\Load", r"\Sales\North", r"\Sales\North\Check", r"\Sales\Region"]
    assert sorted(done["deep"]) == [r"\Sales", r"\Sales\Load", r"\Sales\North", r"\Sales\Region"]
    assert sorted(done["jobs"]) == [r"\Sales\Load", r"\Sales\North\Check"]
    assert done["variables"] == ["north"] and done["container"] is True
    assert done["item"].endswith(r"JAMS::localhost\Sales\Load") and done["pattern"] == ["Load", "Region"]
    assert done["there"] == [True, False, True] and done["agents"]
    assert (done["content"], done["value"]) == (["echo one", "echo two"], "north")
    assert (done["up"], done["back"]) == ("JAMS:\\Sales\\North", "JAMS:\\")
    assert done.errors == ""


def test_the_drive_is_written(ps: Shell) -> None:
    done = ps.run(
        r"""
        Set-Location JAMS:\
        Tell folder (New-Item Work -ItemType folder -Description 'mine').Description
        Set-Location Work
        $job = New-Item -ItemType Job -Name Fresh -MethodName Command -Value 'echo 1'
        Tell method $job.MethodName
        $job.Description = 'edited'; $job.Update()
        Tell updated (Get-Item Fresh).Description
        Tell variable (New-Item Size -ItemType variable -Value 5).Value
        Set-Content Fresh 'echo 2', 'echo 3'
        Tell content @(Get-Content Fresh)
        Add-Content Size 1 -ErrorAction SilentlyContinue
        Set-Item Size 7
        Tell set (Get-Item Size).Value
        Set-ItemProperty Fresh -Name Description -Value 'by property'
        Tell property (Get-ItemProperty Fresh -Name Description).Description
        Copy-Item Fresh Copied
        Rename-Item Copied Renamed
        $null = New-Item Below -ItemType folder
        Move-Item Renamed Below
        Tell moved @(Get-ChildItem Below | ForEach-Object QualifiedName)
        Copy-Item Below Other -Recurse
        Tell copied @(Get-ChildItem Other | ForEach-Object QualifiedName)
        Set-Content Other\Renamed 'echo other'
        Copy-Item Other\Renamed Below\Renamed -Force
        Tell replaced (Get-Content Below\Renamed)
        Remove-Item Fresh -WhatIf
        Tell still (Test-Path Fresh)
        Remove-Item Fresh
        Tell gone (Test-Path Fresh)
        Set-Location JAMS:\
        Remove-Item Work -Recurse -Force
        Tell nothing (Test-Path Work)
        """
    )
    assert (done["folder"], done["method"], done["updated"]) == ("mine", "Command", "edited")
    assert done["variable"] == "5" and done["set"] == "7" and done["content"] == ["echo 2", "echo 3"]
    assert done["property"] == "by property"
    assert done["moved"] == [r"\Work\Below\Renamed"] and done["copied"] == [r"\Work\Other\Renamed"]
    assert done["replaced"] == "echo other"
    assert (done["still"], done["gone"], done["nothing"]) == (True, False, False)
    assert "What if:" in done.text
    assert done.errors == ""


@pytest.mark.parametrize(
    ("call", "error_id"),
    [
        ("Get-Item Nope", "PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand"),
        ("New-Item Sales -ItemType folder", "AlreadyExists,Microsoft.PowerShell.Commands.NewItemCommand"),
        ("New-Item X -ItemType zoo", "InvalidArgument,Microsoft.PowerShell.Commands.NewItemCommand"),
        (
            "Get-ChildItem -ObjectType zoo",
            "InvalidArgument,Microsoft.PowerShell.Commands.GetChildItemCommand",
        ),
        (
            "Remove-Item Agents -Force -Recurse",
            "VerbNotAllowed,Microsoft.PowerShell.Commands.RemoveItemCommand",
        ),
        (
            "Set-ItemProperty Sales\\Load QualifiedName x",
            "InvalidArgument,Microsoft.PowerShell.Commands.SetItemPropertyCommand",
        ),
        (
            "Set-ItemProperty Sales\\Load Nope x",
            "InvalidArgument,Microsoft.PowerShell.Commands.SetItemPropertyCommand",
        ),
        ("Get-Content Sales", "VerbNotAllowed,Microsoft.PowerShell.Commands.GetContentCommand"),
        (
            "Get-ChildItem JAMS::127.0.0.1:1\\x",
            "ServerUnavailable,Microsoft.PowerShell.Commands.GetChildItemCommand",
        ),
    ],
)
def test_wrong_paths_and_values_are_errors(
    call: str, error_id: str, refused: dict[str, dict[str, str]]
) -> None:
    assert refused[call] is not None, "it did not fail"
    assert refused[call]["id"] == error_id


@pytest.fixture(scope="module")
def refused(ps: Shell) -> dict[str, dict[str, str]]:
    """What each wrong call is refused with."""
    mark = test_wrong_paths_and_values_are_errors.pytestmark[0]  # type: ignore[attr-defined]
    calls = [case[0] for case in mark.args[1]]
    return ps.run("Set-Location JAMS:\\\n" + "\n".join(f"Tell '{c}' (Failure {{ {c} }})" for c in calls)).told


def test_content_is_added_to_and_cleared(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-Item JAMS:\Sales\Grow -ItemType job -MethodName Command -Value "one"
        Add-Content JAMS:\Sales\Grow two, three
        Tell grown @(Get-Content JAMS:\Sales\Grow)
        Clear-Content JAMS:\Sales\Grow -WhatIf
        Tell kept @(Get-Content JAMS:\Sales\Grow).Count
        Clear-Content JAMS:\Sales\Grow
        Tell cleared @(Get-Content JAMS:\Sales\Grow).Count
        Add-Content JAMS:\Sales\Grow four
        Tell added @(Get-Content JAMS:\Sales\Grow)
        Set-Content JAMS:\Sales\Grow five
        Tell set @(Get-Content JAMS:\Sales\Grow)
        Remove-Item JAMS:\Sales\Grow
        """
    )
    assert done.errors == ""
    assert (done["grown"], done["kept"], done["cleared"]) == (["one", "two", "three"], 3, 0)
    assert (done["added"], done["set"]) == (["four"], ["five"])


def test_the_containers_are_those_of_a_session(ps: Shell) -> None:
    done = ps.run(r"Tell containers @(Get-ChildItem JAMS:\ | Where-Object PSIsContainer | % PSChildName)")
    session = {container.name for container in kinds(CATALOGUE).containers}
    assert set(done["containers"]) - {"Sales"} == session - {"Entries"}


def test_setups_triggers_and_methods_are_listed_wherever_they_lie(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-JAMSFolder Wide; $null = New-Item JAMS:\Wide\Deep -ItemType Folder
        $null = New-JAMSSetup Night -Folder \Wide\Deep
        $null = New-JAMSTrigger Ready -Folder \Wide\Deep
        $null = New-JAMSTrigger Ready -Folder \Wide
        Tell setups @(Get-ChildItem JAMS:\Setups | ForEach-Object QualifiedName)
        Tell one (Get-Item JAMS:\Setups\Night).QualifiedName
        Tell triggers @(Get-ChildItem JAMS:\Triggers | ForEach-Object QualifiedName | Sort-Object)
        Tell names @(Get-ChildItem JAMS:\Triggers -Name | Sort-Object -Unique).Count
        Tell methods @('Command', 'Setup', 'Nothing' | ForEach-Object { Test-Path "JAMS:\Methods\$_" })
        Get-ChildItem JAMS:\Triggers | Reset-JAMSTrigger -Confirm:$false
        Remove-Item JAMS:\Wide -Recurse -Confirm:$false
        """
    )
    assert done.errors == ""
    assert (done["setups"], done["one"]) == (["\\Wide\\Deep\\Night"], "\\Wide\\Deep\\Night")
    assert (done["triggers"], done["names"]) == (["\\Wide\\Deep\\Ready", "\\Wide\\Ready"], 2)
    assert done["methods"] == [True, True, False]


def test_paths_are_completed(ps: Shell) -> None:
    done = ps.run(
        r"""
        function Offered($line) {
            @((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -replace '/', '\')
        }
        Tell level @(Offered 'Get-Item JAMS:\Sa')
        Tell job @(Offered 'Get-Content JAMS:\Sales\Lo')
        Set-Location JAMS:\Sales
        Tell relative @(Offered 'Get-Item No')
        """
    )
    assert done["level"] == "JAMS:\\Sales" or done["level"] == ["JAMS:\\Sales"]
    assert done["job"] in ("JAMS:\\Sales\\Load", ["JAMS:\\Sales\\Load"])
    assert done["relative"] in (".\\North", [".\\North"])


def test_a_folder_is_shown_as_one_table(ps: Shell) -> None:
    done = ps.run("Get-ChildItem JAMS:\\Sales | Out-String | Write-Output")
    lines = [line.split() for line in done.text.splitlines() if line.strip()]
    assert ["Type", "Name", "LastChange", "Description"] in lines
    assert [line[0] for line in lines[3:]] == ["Folder", "Job", "Variable"]


def test_what_may_not_be_seen_does_not_hide_the_rest(ps: Shell, jams: Running) -> None:
    add_account(jams.home, "looker", "Inquirers")
    with closing(sqlite3.connect(jams.home / "JAMS.db")) as database, database:
        database.execute(
            "delete from access_rule where area = 'VariableDefinitions' and identifier = 'Inquirers'"
        )
    done = ps.run(
        rf"""
        $secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force
        $null = New-PSDrive Seen JAMS $env:WEB -Credential (New-Object PSCredential 'looker', $secure)
        $shown = @(Get-ChildItem Seen:\Sales -Recurse -ErrorVariable failures -ErrorAction SilentlyContinue)
        Tell shown @($shown | ForEach-Object QualifiedName)
        Tell failures @($failures | ForEach-Object FullyQualifiedErrorId)
        Tell write (Failure {{ New-Item Seen:\Sales\Mine -ItemType folder }}).category
        """,
        WEB=jams.url,
    )
    assert sorted(done["shown"]) == [r"\Sales\Load", r"\Sales\North", r"\Sales\North\Check"]
    assert done["failures"] == ["AccessDenied,Microsoft.PowerShell.Commands.GetChildItemCommand"]
    assert done["write"] == "PermissionDenied"


def test_two_servers_at_once(ps: Shell, jams: Running, tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(tmp_path_factory.mktemp("second") / "home") as second:
        add_account(second.home, "ann", "Administrators", "a long password")
        host = urlsplit(second.url).netloc.replace("localhost", "127.0.0.1")
        done = ps.run(
            rf"""
            $secure = ConvertTo-SecureString 'a long password' -AsPlainText -Force
            $ann = New-Object PSCredential 'ann', $secure
            $null = New-PSDrive JD JAMS localhost
            $null = New-PSDrive -Name Other -PSProvider JAMS -Root {host} -Credential $ann
            Tell empty @(Get-ChildItem Other:\ -IgnorePredefined).Count
            Copy-Item JD:\Sales Other:\ -Recurse
            Tell copied @(Get-ChildItem Other:\ -Recurse -IgnorePredefined | ForEach-Object QualifiedName)
            Tell source @(Get-Content Other:\Sales\Load)
            Tell method (Get-Item Other:\Sales\Load).MethodName
            $null = New-Item JD:\Wanders -ItemType job -MethodName Command -Value 'true'
            Move-Item JD:\Wanders Other:\Sales
            Tell moved @((Test-Path JD:\Wanders), (Test-Path Other:\Sales\Wanders))
            Tell driveless @(Get-ChildItem JAMS::{host}\Sales -ObjectType job | ForEach-Object JobName)
            Tell cmdlet @(Get-JAMSJob -Server {host} W*).QualifiedName
            $JAMSDefaultServer = '{host}'
            Tell default (Get-JAMSServer).ServerName
            Tell default_has (Get-JAMSJob Wanders).QualifiedName
            """
        )
    assert done.errors == ""
    assert done["empty"] == 0
    assert sorted(done["copied"]) == sorted(
        [r"\Sales", r"\Sales\Load", r"\Sales\North", r"\Sales\North\Check", r"\Sales\Region"]
    )
    assert (done["source"], done["method"]) == (["echo one", "echo two"], "Command")
    assert done["moved"] == [False, True] and done["driveless"] == ["Load", "Wanders"]
    assert done["cmdlet"] == done["default_has"] == r"\Sales\Wanders"


def test_what_a_folder_holds_is_asked_for_in_lists(
    tmp_path_factory: pytest.TempPathFactory, ps: Shell, jams: Running
) -> None:
    commands = (
        "Get-ChildItem JAMS:\\Many -FullObject",
        "Get-ChildItem JAMS:\\Many -Name",
        "Get-ChildItem JAMS:\\Many -Recurse -Name",
        "Get-ChildItem JAMS:\\Many\\* -Include J*",
        "Get-ChildItem JAMS:\\Many -Recurse -Include J*",
        "Get-Item JAMS:\\Many\\*",
    )
    measured = "".join(
        f"""
        [MVPSI.JAMS.Module.ModuleHost]::Forget(); $null = Invoke-WebRequest '{{url}}/api/health'
        Tell found{number} @({command}).Count
        """
        for number, command in enumerate(commands)
    )
    with counted(jams.url) as relay:
        done = ps.run(
            rf"""
            $token = ConvertTo-SecureString '{jams.token}' -AsPlainText -Force
            $null = Connect-JAMSServer {relay.url} -Token $token
            Remove-PSDrive JAMS; $null = New-PSDrive JAMS JAMS {relay.url}
            $null = New-JAMSFolder Many
            foreach ($i in 1..20) {{ $null = New-JAMSJob "J$i" -Folder \Many -MethodName Command -Source 1 }}
            """
            + measured.replace("{url}", relay.url)
        )
    assert done.errors == ""
    assert [done[f"found{number}"] for number in range(len(commands))] == [20] * len(commands)
    marks = [number for number, request in enumerate(relay.requests) if request.endswith("/health")]
    between = [after - before for before, after in itertools.pairwise([*marks, len(relay.requests)])]
    assert max(between) < 15, relay.requests[marks[0] :]


def test_properties_of_the_bag_are_set_as_properties_of_the_item(ps: Shell) -> None:
    done = ps.run(
        r"""
        $null = New-Item JAMS:\Bag\Load -ItemType Job -Value 1 -Force
        Set-ItemProperty JAMS:\Bag\Load Enabled $false
        Tell off (Get-Item JAMS:\Bag\Load).Enabled
        Set-Item JAMS:\Bag\Load @{ Enabled = $true; AgentName = 'localhost' }
        Tell on @((Get-Item JAMS:\Bag\Load).Enabled, (Get-Item JAMS:\Bag\Load).AgentName)
        Tell source (Get-Content JAMS:\Bag\Load -Raw)
        """
    )
    assert done.errors == ""
    assert (done["off"], done["on"], done["source"]) == (False, [True, "localhost"], "1")


def test_the_module_can_be_imported_with_a_prefix(ps: Shell) -> None:
    done = ps.run(
        f"""
        Import-Module '{MODULE / "JAMS.psd1"}' -Prefix X
        Tell jobs @(Get-XJAMSJob \\Sales\\Load | ForEach-Object Name)
        Tell failure (Failure {{ Get-XJAMSJob \\nope }}).id
        """,
        load=False,
    )
    assert done.errors == ""
    assert done["jobs"] == ["Load"] and done["failure"].startswith("JobNotFound,")


def test_times_of_day_are_given_as_texts_spans_and_times(ps: Shell) -> None:
    done = ps.run(
        r"""
        $given = '08:00', [timespan]'08:00', [datetime]'2026-01-02 08:00', '8:00 AM'
        $seconds = foreach ($each in $given) {
            $name = 'T' + $given.IndexOf($each)
            $null = New-JAMSNamedTime $name -StartTime $each -EndTime 17:00
            (Get-JAMSNamedTime $name).StartTime.TotalSeconds
        }
        Tell seconds @($seconds)
        Tell wrong (Failure { New-JAMSNamedTime W -StartTime noon -EndTime 17:00 }).id
        """
    )
    assert done.errors == ""
    assert done["seconds"] == [28800] * 4
    assert done["wrong"] == "InvalidArgument,New-JAMSNamedTime"


def test_the_rights_of_an_access_entry_are_flags(ps: Shell) -> None:
    done = ps.run(
        r"""
        $ace = New-Object MVPSI.JAMS.ACE
        $ace.AccessList.Add('Inquire'); $ace.AccessList.Add('Submit')
        Tell has ($ace.AccessBits -band [MVPSI.JAMS.FolderAccess]::Submit)
        Tell text "$($ace.AccessBits)"
        $ace.AccessBits = [MVPSI.JAMS.VariableAccess]::Inquire -bor [MVPSI.JAMS.VariableAccess]::Decrypt
        Tell names @($ace.AccessList)
        Tell type $ace.AccessBits.GetType().Name
        Tell states @(('Held' -eq [MVPSI.JAMS.EntryState]::Held), ('Text' -eq [MVPSI.JAMS.DataType]::Text))
        Tell areas ([enum]::GetNames([MVPSI.JAMS.AccessObject])).Count
        """
    )
    assert done.errors == ""
    assert (done["has"], done["text"]) == (16, "Inquire, Submit")
    assert (done["names"], done["type"]) == (["Inquire", "Decrypt"], "VariableAccess")
    assert (done["states"], done["areas"]) == ([True, True], 19)
