"""A session's commands on a real server: a scenario with wrong input at each step, the drive, rights."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from jams.client.wire import WireConnection
from jams.security.caller import Credentials
from psprovider.endpoint.exceptions import ErrorCategory
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
    assert bad(shell, "New-JAMSFolder day") == ("AlreadyExists", ErrorCategory.InvalidOperation)
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


def test_rights_decide(connection: WireConnection) -> None:
    reader = Shell(connection, credentials=Credentials(username="reader", password=PASSWORD))
    assert bad(reader, "New-JAMSFolder X") == ("AccessDenied", ErrorCategory.PermissionDenied)
    nobody = Shell(connection, credentials=Credentials(username="operator", password="wrong"))
    assert bad(nobody, "Get-JAMSIdentity") == ("Unauthenticated", ErrorCategory.AuthenticationError)


def test_every_reading_command_answers(shell: Shell, caplog: pytest.LogCaptureFixture) -> None:
    """Commands that need no argument run; none of them meets a fault of ours."""
    with caplog.at_level(logging.ERROR):
        for spec in shell.session.registry:
            if spec.cmdlet is None or spec.changes:
                continue
            if not any(
                p.places[spec.default_set].mandatory for p in spec.parameters if spec.default_set in p.places
            ):
                good(shell, spec.name)
    assert caplog.records == []
