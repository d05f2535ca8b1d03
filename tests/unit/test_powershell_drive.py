r"""The drive ``JAMS:\`` is walked, read and written like any other; nothing else is there."""

from __future__ import annotations

from typing import Any

import pytest

from jams.objects.errors import AccessDenied, InUse
from jams.objects.patch import members_named
from psprovider.endpoint.clixml.types import PSObject
from psprovider.engine.values import get
from tests.support.powershell import Host, Shell
from tests.support.powershell_answers import Server, job

pytestmark = pytest.mark.unit


def names(items: list[Any]) -> list[str]:
    return [get(item, "Name") for item in items]


def output(shell: Shell, line: str, **options: Any) -> list[Any]:
    result = shell.line(line, **options)
    assert result.error_ids == [], [record.message for record in result.errors]
    return result.output


def test_the_root(shell: Shell) -> None:
    root = names(output(shell, "dir"))
    assert {"Agents", "Entries", "Methods"} <= set(root[: root.index("Sales")])
    assert "Agents" not in names(output(shell, "dir JAMS:\\ -IgnorePredefined"))


@pytest.mark.parametrize(
    "path",
    [
        *("Sales", "\\Sales", "/Sales", "JAMS:\\Sales", "jams:/Sales", "JAMS:Sales", ".\\Sales\\.", "Sal*"),
        *("JAMS::testserver\\Sales", "JAMS\\JAMS::testserver\\Sales", "\\Sales\\Inner\\..", "~\\Sales"),
    ],
)
def test_paths(shell: Shell, path: str) -> None:
    output(shell, f"cd '{path}'")
    assert output(shell, "prompt") == ["PS JAMS:\\Sales> "]


@pytest.mark.parametrize(
    ("path", "error_id"),
    [
        ("C:\\", "DriveNotFound"),
        ("Env:", "DriveNotFound"),
        ("HKLM:\\Software", "DriveNotFound"),
        ("FileSystem::/etc", "DriveNotFound"),
        ("JAMS::other\\Sales", "DriveNotFound"),
        ("nosuch", "PathNotFound"),
        ("\\Sales\\Load", "PathNotFound"),
        ("/etc/passwd", "PathNotFound"),
    ],
)
def test_other_places_are_not_there(shell: Shell, path: str, error_id: str) -> None:
    assert shell.line(f"cd '{path}'").error_ids == [f"{error_id},Set-Location"]
    if path != "\\Sales\\Load":
        assert shell.line(f"Get-Item '{path}'").error_ids == [f"{error_id},Get-Item"]
        assert output(shell, f"Test-Path '{path}'") == [False]


def test_up_never_leaves_the_root(shell: Shell) -> None:
    output(shell, "cd ..\\..\\..")
    assert output(shell, "prompt") == ["PS JAMS:\\> "]


def test_push_and_pop(shell: Shell) -> None:
    output(shell, "pushd \\Sales")
    assert str(get(output(shell, "pwd")[0], "Path")) == "JAMS:\\Sales"
    output(shell, "popd; popd")
    assert output(shell, "prompt") == ["PS JAMS:\\> "]


def test_items_bear_the_notes_of_a_provider(shell: Shell) -> None:
    (item,) = output(shell, "gi \\Sales\\Load")
    assert isinstance(item, PSObject) and item.is_type("MVPSI.JAMS.Job")
    assert item.members["PSPath"] == "JAMS\\JAMS::testserver\\Sales\\Load<Job>"
    assert item.members["PSParentPath"] == "JAMS\\JAMS::testserver\\Sales"
    assert (item.members["PSChildName"], item.members["PSIsContainer"]) == ("Load", False)
    (again,) = output(shell, "Get-Item", input=[item])
    assert again.members["QualifiedName"] == "\\Sales\\Load"


def test_light_and_full(shell: Shell) -> None:
    light = output(shell, "dir \\Sales -ObjectType Job")
    assert names(light) == ["Load", "Print"]
    assert "Source" not in light[0].members and light[0].members["MethodName"] == "Command"
    full = output(shell, "dir \\Sales -ObjectType job -FullObject")
    assert full[0].members["Source"].startswith("echo") and "ACL" in {n.upper() for n in full[0].members}
    assert shell.line("dir -ObjectType Thing").error_ids == ["InvalidArgument,Get-ChildItem"]


def test_walking(shell: Shell) -> None:
    walked = names(output(shell, "dir \\ -Recurse -IgnorePredefined"))
    assert walked[0] == "Sales" and {"Load", "Print", "Region"} <= set(walked)
    assert len(walked) == len(set(walked))
    assert output(shell, "dir \\Sales -Name -Filter P*") == ["Print"]
    assert output(shell, "dir \\Sales -Name -Include P*,R*") == ["Print", "Region"]
    assert output(shell, "dir \\Sales\\* -Name -Exclude P*") == ["Load", "Region"]


def test_what_the_caller_may_not_see_is_not_there(server: Server) -> None:
    server.answers["find_variables"] = lambda **_: AccessDenied("No.")
    shell = Shell(server, may=lambda right: right.area != "AgentDefinitions")
    assert names(output(shell, "dir \\Sales")) == ["Load", "Print"]
    assert "Agents" not in names(output(shell, "dir \\"))


def test_content(shell: Shell) -> None:
    assert output(shell, "gc \\Sales\\Load") == ["echo one", "echo two"]
    assert output(shell, "gc \\Sales\\Load -Tail 1") == ["echo two"]
    assert output(shell, "gc \\Sales\\Load -Raw") == ["echo one\necho two\n"]
    assert output(shell, "gc \\Entries\\1") == ["first", "second", "third"]
    assert output(shell, "gc \\Sales\\Region") == ["north"]
    assert shell.line("gc \\Sales").error_ids == ["InvalidArgument,Get-Content"]


def test_making(shell: Shell, server: Server) -> None:
    output(shell, "cd \\Sales")
    (made,) = output(shell, "New-Item Clean -ItemType Job -MethodName Command -Source 'echo'")
    assert made.members["QualifiedName"] == "\\Sales\\Clean"
    assert shell.line("New-Item X -ItemType Thing").error_ids == ["InvalidArgument,New-Item"]
    result = shell.line("New-Item -Name Y -ItemType Job -Path . -WhatIf")
    assert result.host.lines == [
        'What if: Performing the operation "New Job" on target "Destination: JAMS:\\Sales\\Y".'
    ]
    assert "\\Sales\\Y" not in server.jobs


def test_copying_and_moving(shell: Shell, server: Server) -> None:
    output(shell, "Copy-Item \\Sales\\Load \\Sales\\Again")
    copied = server.called("create_job")[0]["job"]
    assert (copied.job_name, copied.parent_folder_name, copied.job_id) == ("Again", "\\Sales", None)
    assert copied.source.startswith("echo one")
    assert shell.line("Copy-Item \\Sales\\Load \\Sales\\Print").error_ids == ["AlreadyExists,Copy-Item"]
    output(shell, "Move-Item \\Sales\\Load \\")
    output(shell, "Rename-Item \\Sales\\Load Loader")
    moved, renamed = server.called("change_job")
    assert (moved["id"], renamed["id"]) == (3, 3)
    assert members_named(moved["job"]) == {"job_name": "Load", "parent_folder_name": "\\"}
    assert members_named(renamed["job"]) == {"job_name": "Loader"}
    output(shell, "Copy-Item \\Sales\\Load \\Sales\\Print -Force")
    (over,) = server.called("change_job")[2:]
    said = members_named(over["job"])
    assert (over["name"], said["job_name"], said["version"]) == ("\\Sales\\Print", "Print", None)
    assert said["parameters"] == [] and "tags" in said, "a copy in place of another leaves nothing of that"
    assert shell.line("Copy-Item \\Sales \\Sales\\In -Recurse").error_ids == ["Conflict,Copy-Item"]


def test_setting(shell: Shell, server: Server) -> None:
    output(shell, "Set-Item \\Sales\\Region south")
    output(shell, "Set-Item \\Sales\\Region @{Description='x'; Value=$null}")
    first, second = (members_named(call["variable"]) for call in server.called("change_variable"))
    assert (first, second) == ({"value": "south"}, {"description": "x", "value": None})
    output(shell, "Set-ItemProperty \\Sales\\Load Description 'new'")
    assert members_named(server.called("change_job")[0]["job"]) == {"description": "new"}
    assert shell.line("sp \\Sales\\Load LastChangedBy me").error_ids == ["InvalidArgument,Set-ItemProperty"]
    assert shell.line("sp \\Sales\\Load Colour red").error_ids == ["InvalidArgument,Set-ItemProperty"]
    assert shell.line("Set-Item \\Agents\\x 5").error_ids != []
    (found,) = output(shell, "gp \\Sales\\Load Source,Desc*")
    assert list(found.members)[:2] == ["Source", "Description"]


def test_removing(shell: Shell, server: Server) -> None:
    output(shell, "Remove-Item \\Sales\\L* -Confirm", host=Host(choices=[2]))
    assert server.called("delete_job") == []
    output(shell, "dir \\Sales -ObjectType Job | Remove-Item")
    assert [c["name"] for c in server.called("delete_job")] == ["\\Sales\\Load", "\\Sales\\Print"]
    assert shell.line("Remove-Item Agents").error_ids == ["Conflict,Remove-Item"]


def test_what_others_in_a_folder_depend_on_is_removed_after_them(shell: Shell, server: Server) -> None:
    def delete(*, name: str, **_: Any) -> Any:
        if name == "\\Sales\\Load" and "\\Sales\\Print" in server.jobs:
            return InUse("\\Sales\\Load is used by job \\Sales\\Print (DependsOnJob).", target=name)
        del server.jobs[name]
        return f"Job {name} was deleted."

    server.answers |= {"delete_job": delete, "delete_variable": "gone", "delete_folder": "gone"}
    assert shell.line("Remove-Item \\Sales\\Load").error_ids == ["InUse,Remove-Item"]
    output(shell, "Remove-Item \\Sales -Recurse")
    assert server.jobs == {}
    assert server.called("delete_folder")


@pytest.mark.parametrize(
    "line",
    [
        "dir \\Sales -FullObject",
        "dir \\Sales -Name",
        "dir \\Sales\\* -Include P*",
        "dir \\Sales -Recurse -Include P*",
        "gi \\Sales\\*",
    ],
)
def test_what_a_folder_holds_is_asked_for_in_lists(shell: Shell, server: Server, line: str) -> None:
    def calls() -> int:
        server.calls.clear()
        output(shell, line)
        return len(server.calls)

    few = calls()
    for number in range(10, 60):
        server.jobs[f"\\Sales\\P{number}"] = job(f"P{number}", number=number)
    assert calls() == few
