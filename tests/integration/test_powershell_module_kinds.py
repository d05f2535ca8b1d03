r"""What is piped on the module's drive is what is read, changed and removed, whatever else bears its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.powershell_module import NEEDS_POWERSHELL, Output, Shell, shell
from tests.support.running import Running, running

pytestmark = NEEDS_POWERSHELL

SETUP = r"""
Remove-Item JAMS:\XX, JAMS:\YY, JAMS:\Agents<Folder> -Recurse -ErrorAction SilentlyContinue
Get-JAMSJob -Recurse | Remove-JAMSJob -Confirm:$false
Get-JAMSVariable -Recurse | Remove-JAMSVariable -Confirm:$false
$null = New-JAMSFolder XX
$null = New-JAMSJob -Name Inside -Folder \XX -MethodName Command -Source 'echo inside'
$null = New-JAMSJob -Name XX -Folder \ -MethodName Command -Source 'echo job'
$null = New-JAMSVariable -Name XX -Folder \ -Value variable
function Names { @(Get-ChildItem JAMS:\ -IgnorePredefined -Name | Sort-Object) }
filter TypeName { $_.GetType().Name }
"""
ALL = ["XX", "XX<Job>", "XX<Variable>"]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("kinds") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    return shell(tmp_path_factory, "kinds", JAMS_HOME=str(jams.home))


def run(ps: Shell, script: str) -> Output:
    done = ps.run(SETUP + script)
    assert done.errors == ""
    return done


@pytest.mark.parametrize(
    ("kind", "left"),
    [("job", ["XX", "XX<Variable>"]), ("variable", ["XX", "XX<Job>"]), ("folder", ["XX", "XX<Variable>"])],
)
def test_what_is_piped_is_removed(ps: Shell, kind: str, left: list[str]) -> None:
    done = run(
        ps,
        rf"""
        Tell all (Names)
        Get-ChildItem JAMS:\ -ObjectType {kind} | Where-Object Name -eq XX | Remove-Item -Recurse
        Tell left (Names)
        Tell kinds @(Get-ChildItem JAMS:\ -IgnorePredefined | TypeName | Sort-Object)
        """,
    )
    assert done["all"] == ALL
    assert done["left"] == left
    removed = kind.capitalize()
    assert done["kinds"] == sorted({"Folder", "Job", "Variable"} - {removed})


def test_what_is_piped_is_read_and_changed(ps: Shell) -> None:
    done = run(
        ps,
        r"""
        $job = Get-ChildItem JAMS:\ -ObjectType job
        $variable = Get-ChildItem JAMS:\ -ObjectType variable
        Tell types @(($job | Get-Item), ($variable | Get-Item), (Get-Item JAMS:\XX) | TypeName)
        Tell content @(($job | Get-Content), ($variable | Get-Content), (Get-Content 'JAMS:\XX<Variable>'))
        $job | Set-Content -Value 'echo new'
        $variable | Set-ItemProperty -Name Description -Value described
        $job | Copy-Item -Destination JAMS:\YY
        $variable | Move-Item -Destination JAMS:\XX
        Tell source (Get-JAMSJob \XX).Source
        Tell variable (Get-JAMSVariable \XX\XX).Description
        Tell copy (Get-JAMSJob \YY).Source
        $job | Rename-Item -NewName Inside
        Tell names (Names)
        """,
    )
    assert done["types"] == ["Job", "Variable", "Folder"]
    assert done["content"] == ["echo job", "variable", "variable"]
    assert (done["source"], done["variable"], done["copy"]) == ("echo new", "described", "echo new")
    assert done["names"] == ["Inside", "XX", "YY"]


def test_paths_with_and_without_kinds(ps: Shell) -> None:
    done = run(
        ps,
        r"""
        Tell there @('JAMS:\XX', 'JAMS:\XX<Job>', 'JAMS:\XX<Variable>', 'JAMS:\XX<Folder>\Inside',
            'JAMS:\XX\Inside<Job>', 'JAMS:\XX\Inside<Variable>', 'JAMS:\XX<Thing>' | % { Test-Path $_ })
        Tell pattern @(Get-Item JAMS:\X* | TypeName)
        Tell typed (Get-Item 'JAMS:\XX<Variable>').Value
        Tell children @(Get-ChildItem JAMS:\ -Recurse -ObjectType job | ForEach-Object {
            $_.PSPath.Substring($_.PSPath.LastIndexOf('localhost')) })
        Remove-Item JAMS:\X* -Recurse
        Tell left @(Names)
        """,
    )
    assert done["there"] == [True, True, True, True, True, False, False]
    assert done["pattern"] == ["Folder", "Job", "Variable"]
    assert done["typed"] == "variable"
    assert done["children"] == [r"localhost\XX<Job>", r"localhost\XX\Inside"]
    assert done["left"] == []


def test_completion_tells_them_apart(ps: Shell) -> None:
    done = run(
        ps,
        r"""
        Tell paths @((TabExpansion2 'Get-Item JAMS:\X' 15).CompletionMatches | % CompletionText)
        $null = New-JAMSCalendar One; $null = New-JAMSCalendar Two
        $null = New-JAMSDateType -Name HOLIDAY -Calendar One
        $null = New-JAMSDateType -Name HOLIDAY -Calendar Two
        $dates = @((TabExpansion2 'Get-Item JAMS:\Dates\' 21).CompletionMatches | % ListItemText)
        Tell dates $dates.Count
        Tell calendars @($dates | ForEach-Object { (Get-Item "JAMS:\Dates\$_").CalendarName })
        """,
    )
    assert [path.replace("/", "\\").strip("'") for path in done["paths"]] == [
        f"JAMS:\\{name}" for name in ALL
    ]
    assert done["dates"] == 2
    assert done["calendars"] == ["One", "Two"]


def test_a_folder_with_the_name_of_a_container(ps: Shell) -> None:
    done = run(
        ps,
        r"""
        $null = New-JAMSFolder Agents
        $null = New-JAMSJob -Name Inside -Folder \Agents -MethodName Command -Source 'echo'
        Tell agents @(Get-ChildItem JAMS:\Agents | ForEach-Object AgentName)
        Tell paths @(Get-ChildItem JAMS:\ -Recurse -ObjectType job | % QualifiedName | Sort-Object)
        Get-ChildItem JAMS:\ -ObjectType folder | Where-Object Name -eq Agents | Get-ChildItem | Remove-Item
        Get-ChildItem JAMS:\ -ObjectType folder | Where-Object Name -eq Agents | Remove-Item
        Tell names (Names)
        """,
    )
    assert done["agents"]
    assert done["paths"] == [r"\Agents\Inside", r"\XX", r"\XX\Inside"]
    assert done["names"] == ALL


def test_what_came_between_is_not_taken_for_what_was_piped(ps: Shell, jams: Running) -> None:
    done = ps.run(
        SETUP
        + rf"""
        $null = New-JAMSJob -Name YY -Folder \ -MethodName Command -Source 'echo'
        $job = Get-ChildItem JAMS:\ -ObjectType job | Where-Object Name -eq YY
        $token = '{jams.token}'
        $null = Invoke-RestMethod '{jams.url}/api/folder' -Method Post -ContentType application/json `
            -Headers @{{ Authorization = "Bearer $token" }} -Body '{{"folderName": "YY"}}'
        Start-Sleep -Milliseconds 2500
        Tell failure (Failure {{ $job | Remove-Item -Recurse }})
        Tell names (Names)
        """
    )
    assert "YY<Job>" in done["failure"]["message"]
    assert done["names"] == [*ALL, "YY", "YY<Job>"]


def test_nothing_is_copied_or_moved_into_itself(ps: Shell) -> None:
    done = ps.run(
        SETUP
        + r"""
        Tell failures @(
            (Failure { Copy-Item JAMS:\XX JAMS:\XX\sub -Recurse }),
            (Failure { Copy-Item JAMS:\XX JAMS:\XX -Recurse }),
            (Failure { Copy-Item JAMS:\XX JAMS:\xx\a\b }),
            (Failure { Copy-Item 'JAMS:\XX<Job>' 'JAMS:\XX<Job>' }),
            (Failure { Move-Item JAMS:\XX JAMS:\XX\sub }) | ForEach-Object message)
        Tell inside @(Get-ChildItem JAMS:\XX -Recurse -Name)
        """
    )
    itself = [message for message in done["failures"] if "itself" in message or "subdirectory" in message]
    assert len(itself) == len(done["failures"]) == 5
    assert done["inside"] == ["Inside"]
