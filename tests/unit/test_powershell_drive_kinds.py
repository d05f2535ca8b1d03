r"""On a session's drive what is piped is what is read, changed and removed, whatever else bears its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.objects.definitions import Variable
from jams.security.caller import Credentials
from psprovider.engine.values import get
from psprovider.sessions.session import JamsSession
from tests.support.powershell import Shell
from tests.support.town import town

ME = "ada"
ALL = ["\\XX Folder", "\\XX Job", "\\XX Variable"]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with town(tmp_path) as made:
        made.admit(ME)
        made.desk.folder("\\XX")
        made.desk.job("\\XX\\Inside", source="echo inside")
        made.desk.job("\\XX", source="echo job")
        made.call("create_variable", ME, variable=Variable(variable_name="XX", value="variable"))
        yield Shell(made.dispatcher, credentials=Credentials(username=ME, password="x"))


def out(shell: Shell, line: str) -> list[Any]:
    result = shell.line(line)
    assert result.error_ids == [], [record.message for record in result.errors]
    return result.output


def left(shell: Shell, place: str = "\\") -> list[str]:
    return [f"{get(i, 'QualifiedName')} {kind(i)}" for i in out(shell, f"dir {place} -IgnorePredefined")]


def kind(item: Any) -> str:
    return str(item.type_names[0].rpartition(".")[2])


@pytest.mark.parametrize("name", ["Folder", "Job", "Variable"])
def test_what_is_piped_is_removed(shell: Shell, name: str) -> None:
    assert left(shell) == ALL
    out(shell, f"dir \\ -ObjectType {name} | ? Name -eq XX | Remove-Item -Recurse")
    assert left(shell) == [item for item in ALL if not item.endswith(name)]


def test_patterns_mean_all_of_them(shell: Shell) -> None:
    out(shell, "Remove-Item \\X* -Recurse")
    assert left(shell) == []


def test_a_plain_path_means_the_first_of_them(shell: Shell) -> None:
    assert [kind(out(shell, f"gi '\\{path}'")[0]) for path in ("XX", "XX<job>", "XX<Variable>")] == [
        "Folder", "Job", "Variable",
    ]  # fmt: skip
    assert out(shell, "Test-Path '\\XX<Folder>\\Inside'") == [True]
    assert out(shell, "Test-Path '\\XX\\Inside<Variable>'") == [False]
    assert out(shell, "Test-Path '\\XX<Thing>'") == [False]
    assert out(shell, f"Test-Path '\\{'x' * 3000}'") == [False]


def test_what_is_piped_is_read_and_changed(shell: Shell) -> None:
    assert out(shell, "dir \\ -ObjectType variable | Get-Content") == ["variable"]
    assert out(shell, "dir \\ -ObjectType job | Get-Item | Get-Content") == ["echo job"]
    out(shell, "dir \\ -ObjectType job | Set-Item -Value 'echo new'")
    out(shell, "dir \\ -ObjectType variable | Set-ItemProperty -Name Description -Value described")
    out(shell, "dir \\ -ObjectType job | Copy-Item -Destination \\YY")
    out(shell, "dir \\ -ObjectType variable | Move-Item -Destination \\XX")
    assert left(shell) == ["\\XX Folder", "\\XX Job", "\\YY Job"]
    assert left(shell, "\\XX") == ["\\XX\\Inside Job", "\\XX\\XX Variable"]
    assert out(shell, "gc \\YY") == ["echo new"]
    (variable,) = out(shell, "gi \\XX\\XX")
    assert get(variable, "Description") == "described"
    (renamed,) = out(shell, "dir \\ -ObjectType job | ? Name -eq XX | Rename-Item -NewName ZZ -PassThru")
    assert (kind(renamed), get(renamed, "QualifiedName")) == ("Job", "\\ZZ")


def test_the_notes_tell_them_apart(shell: Shell) -> None:
    items = out(shell, "dir \\ -IgnorePredefined")
    assert [get(item, "PSChildName") for item in items] == ["XX", "XX<Job>", "XX<Variable>"]
    assert [get(item, "PSPath").rpartition("\\")[2] for item in items] == ["XX", "XX<Job>", "XX<Variable>"]
    (inside,) = out(shell, "dir \\XX")
    assert (get(inside, "PSChildName"), get(inside, "PSPath").rpartition("\\")[2]) == (
        "Inside",
        "Inside<Job>",
    )


def test_completion_tells_them_apart(shell: Shell) -> None:
    session: JamsSession = shell.session
    found = [match.text for match in session.complete_path("\\X")]
    assert found == ["\\XX", "'\\XX<Job>'", "'\\XX<Variable>'"]
    out(shell, "New-JAMSCalendar One; New-JAMSCalendar Two")
    out(shell, "New-JAMSDateType HOLIDAY -Calendar One; New-JAMSDateType HOLIDAY -Calendar Two")
    dates = [match.text for match in session.complete_path("\\Dates\\")]
    assert len(set(dates)) == len(dates) == 2
    assert [get(out(shell, f"gi {text}")[0], "CalendarName") for text in dates] == ["One", "Two"]
    assert out(shell, "Test-Path \\Dates\\HOLIDAY") == [True]


def test_a_folder_with_the_name_of_a_container(shell: Shell) -> None:
    out(shell, "New-JAMSFolder Agents; New-JAMSJob Inside -Folder \\Agents -Source echo")
    assert [get(agent, "AgentName") for agent in out(shell, "dir \\Agents")] == ["localhost"]
    (folder,) = out(shell, "dir \\ -ObjectType folder | ? Name -eq Agents")
    assert get(folder, "PSChildName") == "Agents<Folder>"
    (inside,) = out(shell, "dir '\\Agents<Folder>'")
    assert get(inside, "QualifiedName") == "\\Agents\\Inside"
    out(shell, "dir '\\Agents<Folder>' | Remove-Item")
    out(shell, "Remove-Item '\\Agents<Folder>'")
    assert left(shell) == ALL


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Copy-Item \\XX \\XX\\sub -Recurse", "subdirectory"),
        ("Copy-Item \\XX \\XX -Recurse", "subdirectory"),
        ("Copy-Item \\XX \\xx\\a\\b", "subdirectory"),
        ("Copy-Item '\\XX<Job>' '\\XX<Job>'", "itself"),
        ("Move-Item \\XX \\XX\\sub", "itself"),
    ],
)
def test_nothing_is_copied_or_moved_into_itself(shell: Shell, line: str, told: str) -> None:
    result = shell.line(line)
    assert result.error_ids == [f"Conflict,{line.split()[0]}"]
    assert told in result.errors[0].message
    assert left(shell, "\\XX") == ["\\XX\\Inside Job"]


def test_a_setup_is_a_job_but_lies_in_its_folder_once(shell: Shell) -> None:
    out(shell, "New-Item '\\XX<folder>\\Night' -ItemType Setup")
    assert left(shell, "'\\XX<folder>'") == ["\\XX\\Inside Job", "\\XX\\Night Setup"]
    assert [kind(out(shell, f"gi '\\XX<folder>\\Night{mark}'")[0]) for mark in ("", "<Job>", "<Setup>")] == [
        "Setup",
        "Job",
        "Setup",
    ]
    assert [kind(item) for item in out(shell, "dir '\\XX<folder>' -ObjectType Setup")] == ["Setup"]
    assert [kind(item) for item in out(shell, "dir '\\XX<folder>' -ObjectType Job")] == ["Job"]
    out(shell, "dir '\\XX<folder>' | Remove-Item")
    assert left(shell, "'\\XX<folder>'") == []


def test_setups_triggers_and_methods_are_listed_wherever_they_lie(shell: Shell) -> None:
    out(shell, "New-Item '\\XX<folder>\\Deep' -ItemType Folder")
    out(shell, "New-JAMSSetup Night -Folder \\XX\\Deep; New-JAMSSetup Day -Folder \\XX")
    out(shell, "New-JAMSTrigger Ready -Folder \\XX\\Deep; New-JAMSTrigger Ready -Folder \\XX")
    assert [get(item, "PSChildName") for item in out(shell, "dir \\Setups")] == ["Day", "Night"]
    assert get(out(shell, "gi \\Setups\\Night")[0], "QualifiedName") == "\\XX\\Deep\\Night"
    found = out(shell, "dir \\Triggers")
    assert [get(item, "QualifiedName") for item in found] == ["\\XX\\Ready", "\\XX\\Deep\\Ready"]
    assert len({get(item, "PSChildName") for item in found}) == 2
    assert out(shell, "dir \\Triggers | gi | % QualifiedName") == [
        get(item, "QualifiedName") for item in found
    ]
    tested = [out(shell, f"Test-Path \\Methods\\{name}") for name in ("Command", "Setup", "Nothing")]
    assert tested == [[True], [True], [False]]
    out(shell, "dir \\Triggers | Reset-JAMSTrigger -Confirm:$false")


def test_folders_are_made_as_directories_with_those_above_them(shell: Shell) -> None:
    line = "New-Item \\Deep\\er -ItemType Directory -Force | % QualifiedName"
    assert out(shell, line) == out(shell, line) == ["\\Deep\\er"]
    assert shell.line("New-Item \\Deep -ItemType Directory").error_ids == ["AlreadyExists,New-Item"]
    out(shell, "New-Item \\Deep\\V -ItemType Variable -Value one")
    assert out(shell, "New-Item \\Deep\\V -ItemType Variable -Value two -Force | % Value") == ["two"]


def test_properties_of_the_bag_are_set_as_properties_of_the_item(shell: Shell) -> None:
    out(shell, "Set-ItemProperty '\\XX<Job>' Enabled $false")
    out(shell, "Set-ItemProperty '\\XX<Job>' BatchQueue ''")
    assert out(shell, "gi '\\XX<Job>' | % Enabled") == [False]
    assert out(shell, "Get-JAMSJob \\XX | ? Enabled -eq $false | % Name") == ["XX"]
    assert shell.line("Set-ItemProperty '\\XX<Job>' Nope 1").error_ids == ["InvalidArgument,Set-ItemProperty"]


def test_times_of_day_are_given_as_texts(shell: Shell) -> None:
    out(shell, "New-JAMSNamedTime Early -StartTime 08:00 -EndTime 09:30:15")
    (made,) = out(shell, "Get-JAMSNamedTime Early")
    assert (made.start_time.total_seconds, made.end_time.total_seconds) == (28800, 34215)
    wrong = shell.line("New-JAMSNamedTime Never -StartTime noon -EndTime 09:00")
    assert wrong.error_ids == ["InvalidArgument,New-JAMSNamedTime"]


def test_content_is_given_as_it_is(shell: Shell) -> None:
    out(shell, 'New-Item \\Text -ItemType Variable -Value "one`ntwo`n"')
    assert out(shell, "Get-Content \\Text -Raw") == ["one\ntwo\n"]
    assert out(shell, "Get-Content \\Text") == ["one", "two"]
