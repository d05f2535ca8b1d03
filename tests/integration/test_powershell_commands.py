"""A session's commands on a real server: a scenario with wrong input at each step, the drive, rights."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from jams.client.wire import WireConnection
from jams.security.caller import Credentials
from psprovider.endpoint.clixml.types import Primitive
from psprovider.endpoint.exceptions import ErrorCategory
from psprovider.endpoint.requests import Argument, Command
from psprovider.engine.values import get
from tests.support.powershell import Shell
from tests.support.powershell_pipelines import MEANT, SETUP, UNBOUND
from tests.support.running import PASSWORD, Running, add_account, configure, running


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("powershell") / "home"
    configure(home)
    with running(home) as started:
        add_account(home, "operator", "Administrators")
        add_account(home, "reader", "Inquirers")
        yield started


@pytest.fixture
def connection(jams: Running) -> Iterator[WireConnection]:
    host, _, port = json.loads((jams.home / "client.json").read_bytes())["wire"].rpartition(":")
    wire = WireConnection(host, int(port))
    yield wire
    wire.close()


@pytest.fixture
def shell(connection: WireConnection) -> Shell:
    return Shell(connection, credentials=Credentials(username="operator", password=PASSWORD))


def good(shell: Shell, line: str, **options: Any) -> list[Any]:
    result = shell.line(line, **options)
    assert result.error_ids == [], [r.message for r in (*result.errors, result.failure) if r]
    return result.output


def bad(shell: Shell, line: str) -> tuple[str, ErrorCategory]:
    result = shell.line(line)
    (record,) = [*result.errors, *([result.failure] if result.failure else [])]
    return record.error_id.partition(",")[0], record.category


def test_a_day_at_the_console(shell: Shell) -> None:
    good(shell, "New-JAMSFolder Day")
    assert bad(shell, "New-JAMSFolder day") == ("AlreadyExists", ErrorCategory.ResourceExists)
    assert bad(shell, "New-JAMSFolder 'a*b'") == ("InvalidName", ErrorCategory.InvalidArgument)
    (job,) = good(
        shell,
        "New-JAMSJob Load -Folder \\Day -Method Command -Source 'echo hello' -Parameters @{ParamName='day'}",
    )
    assert job.qualified_name == "\\Day\\Load"
    assert bad(shell, "New-JAMSJob X -Folder \\Nowhere") == ("FolderNotFound", ErrorCategory.ObjectNotFound)

    (held,) = good(shell, "Submit-JAMSEntry \\Day\\Load -Parameters @{day='today'} -Hold")
    number = held.jams_entry
    assert bad(shell, "Submit-JAMSEntry \\Day\\None") == ("JobNotFound", ErrorCategory.ObjectNotFound)
    assert bad(shell, "Submit-JAMSEntry \\Day\\Load -Parameters @{dya=1}")[0] == "InvalidParameter"
    assert [e.jams_entry for e in good(shell, "Get-JAMSEntry -Folder \\Day -State Held")] == [number]
    assert good(shell, f"Get-JAMSParameter {number} day") == ["today"]
    assert bad(shell, f"Suspend-JAMSEntry {number}") == ("WrongState", ErrorCategory.InvalidOperation)
    assert bad(shell, f"Get-JAMSLog {number}") == ("LogNotFound", ErrorCategory.ObjectNotFound)

    (ended,) = good(shell, f"Resume-JAMSEntry {number} -Comment go -Wait")
    assert ended.current_state.ended and ended.final_severity.value == "Success"
    assert good(shell, f"Get-JAMSLog {number}") == ["hello"]
    assert good(shell, f"Get-JAMSLog {number} -Follow") == ["hello"]
    assert good(shell, f"Get-Content JAMS:\\Entries\\{number}") == ["hello"]
    assert "go" in [a.comment for a in good(shell, f"Get-JAMSEntryAudit {number}")]

    (again,) = good(shell, f"Get-JAMSEntry {number} | Restart-JAMSEntry -Wait")
    assert again.restart_count == 1
    (later,) = good(shell, "Get-JAMSJob \\Day\\Load | Submit-JAMSEntry -After 2099-01-01")
    (stopped,) = good(shell, f"Stop-JAMSEntry {later.jams_entry} -Severity Warning -PassThru")
    assert stopped.final_severity is None or stopped.final_severity.value == "Warning"

    good(shell, f"Wait-JAMSEntry {later.jams_entry} -Timeout 30")
    assert len(good(shell, "Get-JAMSHistory -Folder \\Day -Status Good")) == 3
    (log, *_) = good(shell, "Get-JAMSHistory -Folder \\Day | Select-Object -Last 1 | Get-JAMSHistoryLog")
    assert log == "hello"
    assert bad(shell, "Remove-JAMSFolder \\Day -Confirm:$false") == (
        "FolderNotEmpty",
        ErrorCategory.InvalidOperation,
    )
    good(shell, "Remove-Item JAMS:\\Day -Recurse")
    assert bad(shell, "Get-JAMSJob \\Day\\Load") == ("JobNotFound", ErrorCategory.ObjectNotFound)


def test_the_drive_of_a_real_server(shell: Shell) -> None:
    good(shell, "New-Item Drive -ItemType Folder; cd Drive; New-Item Inner -ItemType Folder")
    good(shell, "New-Item Job -ItemType Job -MethodName Command -Source 'echo'")
    good(shell, "New-Item Rate -ItemType Variable -Value 7")
    good(shell, "Copy-Item Job Inner; Copy-Item Job Inner\\Other; Rename-Item Inner\\Other Third")
    good(shell, "Move-Item Inner\\Third .; Set-ItemProperty Third Description 'third'; Set-Item Rate 8")
    paths = [get(item, "QualifiedName") for item in good(shell, "dir -Recurse")]
    assert paths == [
        "\\Drive\\Inner",
        "\\Drive\\Job",
        "\\Drive\\Third",
        "\\Drive\\Rate",
        "\\Drive\\Inner\\Job",
    ]
    assert good(shell, "gc Rate") == ["8"]
    assert get(good(shell, "gi Third")[0], "Description") == "third"
    good(shell, "Copy-Item \\Drive \\Second -Recurse")
    assert len(good(shell, "dir \\Second -Recurse")) == 5
    good(shell, "cd \\; Remove-Item Drive,Second -Recurse")
    assert good(shell, "dir -IgnorePredefined") == []


def test_piped_objects_mean_what_they_are(shell: Shell) -> None:
    for line in SETUP:
        good(shell, line)
    for line, name, expected in MEANT:
        assert [get(item, name) for item in good(shell, line)] == expected, line
    for line in UNBOUND:
        assert bad(shell, line) == ("InputObjectNotBound", ErrorCategory.InvalidArgument), line
    assert len(good(shell, r"Get-JAMSJob -Folder \Pipes")) == 2


def test_what_is_not_there_ends_nothing_else(shell: Shell) -> None:
    good(shell, r"New-JAMSFolder Names; New-JAMSJob One -Folder \Names; New-JAMSJob Two -Folder \Names")
    result = shell.line(r"Get-JAMSJob \Names\One,\Names\Nope,\Names\Two")
    assert [job.job_name for job in result.output] == ["One", "Two"]
    assert result.error_ids == ["JobNotFound,Get-JAMSJob"]


def test_patterns_are_those_of_powershell(shell: Shell) -> None:
    good(shell, r"New-JAMSFolder Patterns; New-JAMSJob Load -Folder \Patterns")
    good(shell, r"New-JAMSJob 'Run [1]' -Folder \Patterns; New-JAMSVariable Rate -Folder \Patterns -Value 7")

    def found(command: str) -> list[str]:
        return [get(item, "QualifiedName").rpartition("\\")[2] for item in good(shell, command)]

    assert found(r"Get-JAMSJob \Patterns\[L-R]*") == ["Load", "Run [1]"]
    assert found(r"Get-JAMSJob [k-m]oad -Folder \Patterns") == ["Load"]
    assert found(r"Get-JAMSJob '\Patterns\* `[1`]'") == ["Run [1]"]
    assert found(r"Get-JAMSVariable \Patterns\[a-r]*") == ["Rate"]


def test_literal_paths_hold_no_wildcards(shell: Shell) -> None:
    good(shell, "New-Item \\Literal -ItemType Folder; cd \\Literal")
    for name in ("Run [1]", "Run 1"):
        good(shell, f"New-Item '{name}' -ItemType Job -MethodName Command -Value '{name}'")
    for path, meant in {"'Run [1]'": "Run 1", "'Run `[1`]'": "Run [1]", "-LP 'Run [1]'": "Run [1]"}.items():
        for command in ("Get-ChildItem", "Get-Item"):
            assert [get(item, "Name") for item in good(shell, f"{command} {path}")] == [meant]
        assert good(shell, f"Get-Content {path}") == [meant]
        assert good(shell, f"Test-Path {path}") == [True]
    for command in ("Get-ChildItem", "Get-Item", "Get-Content"):
        refused = bad(shell, f"{command} -LiteralPath 'Run ?'")
        assert refused == ("PathNotFound", ErrorCategory.ObjectNotFound)
    pattern, literal = ("'.\\Run `[1`]'", "'.\\Run [1]'")
    for line, completed in {"gc Run": pattern, "gc 'Run `[": pattern, "gc -LiteralPath Run": literal}.items():
        (found,) = good(shell, f'TabExpansion2 -inputScript "{line}" -cursorColumn {len(line)}')
        assert completed in [get(match, "CompletionText") for match in get(found, "CompletionMatches")], line
    good(shell, "Set-ItemProperty -LiteralPath 'Run [1]' Description first")
    good(shell, "Copy-Item -LiteralPath 'Run [1]' Copy; Rename-Item -LiteralPath 'Copy' Other")
    assert get(good(shell, "gi Other")[0], "Description") == "first"
    assert bad(shell, "gi Other -LiteralPath Other")[0] == "PositionalParameterNotFound"


def test_a_piped_item_is_itself_and_no_pattern(shell: Shell) -> None:
    good(shell, "New-Item \\Piped -ItemType Folder; cd \\Piped")
    good(shell, "New-Item 'Run [1]' -ItemType Job; New-Item 'Run 1' -ItemType Job")
    good(shell, "Remove-Item -LiteralPath 'Run [1]' -WhatIf")
    (item,) = good(shell, "Get-Item -LiteralPath 'Run [1]'")
    good(shell, "Remove-Item", input=[item])
    assert good(shell, "Test-Path -LiteralPath 'Run [1]','Run 1'") == [False, True]


def test_a_whole_submission_is_told_by_its_job(shell: Shell) -> None:
    good(shell, r"New-JAMSFolder Whole; New-JAMSJob Load -Folder \Whole")
    result = shell.line(r"Get-JAMSSubmitInfo \Whole\Load | Submit-JAMSEntry -WhatIf")
    assert result.error_ids == [] and result.output == []
    assert result.host.plain == [
        'What if: Performing the operation "Submit-JAMSEntry" on target "\\Whole\\Load".'
    ]


def test_a_point_in_time_means_its_day(shell: Shell) -> None:
    late = datetime(2026, 12, 24, 23, 30, tzinfo=timezone(timedelta(hours=-8)))

    def answers(name: str, **given: Any) -> list[Any]:
        arguments = tuple(Argument(f"-{word}", value) for word, value in given.items())
        result = shell.run(((Command(name, arguments=arguments),),))
        assert result.error_ids == []
        return result.output

    assert answers("Get-JAMSDate", Date=late) == [date(2026, 12, 24)]
    as_it_travels = Primitive("DT", "2026-12-24T23:30:00.1234567-08:00")
    assert answers("Get-JAMSDate", Date=as_it_travels) == [date(2026, 12, 24)]
    first, _ = answers("Get-JAMSDateEvaluation", Dates=[late, "today"])
    assert first.result == date(2026, 12, 24)
    (found,) = answers("Get-JAMSOccurrence", Dates=late, StartDate=late, Times=["08:00"])
    assert found.day == date(2026, 12, 24)


def test_rights_decide(connection: WireConnection) -> None:
    reader = Shell(connection, credentials=Credentials(username="reader", password=PASSWORD))
    assert bad(reader, "New-JAMSFolder X") == ("AccessDenied", ErrorCategory.PermissionDenied)
    nobody = Shell(connection, credentials=Credentials(username="operator", password="wrong"))
    assert bad(nobody, "Get-JAMSIdentity") == ("Unauthenticated", ErrorCategory.AuthenticationError)


CHOICES = {"Export-JAMSXml": "-Everything"}
"""What commands are given that need one of several arguments, none of which is mandatory."""


def test_every_reading_command_answers(shell: Shell, caplog: pytest.LogCaptureFixture) -> None:
    """Commands that need no argument run; none of them meets a fault of ours."""
    with caplog.at_level(logging.ERROR):
        for spec in shell.session.registry:
            if spec.cmdlet is None or spec.changes:
                continue
            if not any(
                p.places[spec.default_set].mandatory for p in spec.parameters if spec.default_set in p.places
            ):
                good(shell, f"{spec.name} {CHOICES.get(spec.name, '')}".rstrip())
    assert caplog.records == []
