"""What the audit log tells of pipelines and what not; how sessions follow their callers' rights."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from msgspec import Meta

from jams.objects.errors import Unauthenticated
from jams.operations import Catalogue, operation
from jams.operations.context import Context
from jams.security.rights import Monitor
from psprovider.endpoint.clixml.types import Credential, SecureString
from psprovider.endpoint.engine import Outcome
from psprovider.endpoint.requests import Argument, Command, MetadataRequest
from psprovider.engine.values import get
from tests.support.powershell import Shell
from tests.support.powershell_answers import Server

pytestmark = pytest.mark.unit


class Log:
    """The lines of the audit log."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    @property
    def lines(self) -> list[str]:
        return [record.getMessage() for record in self._caplog.records if record.name == "jams.audit"]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Log]:
    with caplog.at_level(logging.INFO, "jams.audit"):
        yield Log(caplog)


@pytest.mark.parametrize(
    "line",
    [
        r"Submit-JAMSEntry \Sales\Load -Parameters @{password='hush'} -Note 'hush'",
        r"Submit-JAMSEntry \Sales\Load -Parameters 'hush' -Nope 1",
        r"Submit-JAMSEntry \Sales\Load -Nope 'hush'",
        r"Submit-JAMSEntry \Sales\Load @{password='hush'}",
        "New-JAMSVariable Key -Value 'hush'",
        r"Set-JAMSVariable \Key 'hush'",
        "New-JAMSJob X -MethodName Command -Source 'curl -u me:hush'",
        r"Set-Item JAMS:\Variables\Key -Value 'hush'",
        r"Set-Content JAMS:\Variables\Key 'hush'",
        r"New-Item JAMS:\Variables\Key -ItemType Variable -Value 'hush'",
        r"Set-ItemProperty JAMS:\Jobs\X -Name Source -Value 'hush'",
        "Write-Output 'hush' | Out-String",
        "Get-JAMSJob | Where-Object Description -eq 'hush'",
        "ConvertTo-Json 'hush'",
        "Invoke-Expression 'Write-Output ''hush'''",
    ],
)
def test_what_may_be_a_secret_is_not_told(shell: Shell, log: Log, line: str) -> None:
    shell.line(line)
    assert len(log.lines) == 1 and line.split()[0] in log.lines[0]
    assert "hush" not in log.lines[0]


@pytest.mark.parametrize(
    "text", ["$password = 'hush'", "Get-Thing { 'hush' }", "Write-Output 'hush'", "'hush"]
)
def test_the_text_of_scripts_is_not_told(shell: Shell, log: Log, text: str) -> None:
    shell.script(text)
    assert len(log.lines) == 1
    assert "hush" not in log.lines[0] and ("(script)" in log.lines[0] or "Write-Output" in log.lines[0])


@pytest.mark.parametrize("given", ["hush", SecureString("hush"), Credential("ann", SecureString("hush"))])
def test_a_secret_parameter_is_named_and_its_value_never_told(server: Server, log: Log, given: Any) -> None:
    catalogue = Catalogue()

    @operation(
        right=None, rest="GET /dummy", soap="Dummy.Secret", cmdlet="Get-JAMSDummy", command="dummy",
        catalogue=catalogue,
    )  # fmt: skip
    def take_secret(
        context: Context, secret: Annotated[int | str, Meta(extra={"secret": True})]
    ) -> list[str]:
        """Take a secret.

        Args:
            secret: what nobody shall see.
        """
        return []

    server.answers["take_secret"] = lambda secret: []
    shell = Shell(server, catalogue=catalogue)
    shell.run(((Command("Get-JAMSDummy", arguments=(Argument("Secret", given),)),),))
    shell.run(((Command("Get-JAMSDummy", arguments=(Argument(None, given),)),),))
    assert len(log.lines) == 2
    assert not any("hush" in line for line in log.lines)
    assert any("-Secret ..." in line for line in log.lines)


def test_every_parameter_that_is_told_names_something_or_is_a_choice(shell: Shell) -> None:
    from psprovider.engine import audit

    for spec in shell.session.registry:
        for parameter in spec.parameters:
            told = audit._shown(parameter, "hush") != "..."
            named = parameter.offer is not None or parameter.wildcards or bool(parameter.values)
            assert not told or named or "Int" in parameter.type_name, (spec.name, parameter.name)
            assert not (told and parameter.target in ("value", "source", "parameters", "password")), spec.name


def test_each_pipeline_is_one_line_with_its_end(shell: Shell, log: Log) -> None:
    shell.line("Get-JAMSEntry 1 | Select-Object JAMSEntry; Get-JAMSEntry 2")
    shell.line("Get-JAMSEntry -Nope")
    shell.line("No-Such")
    shell.line("prompt")
    shell.session.ended(Outcome(MetadataRequest(uuid.uuid4(), ("Get-*", "x")), "Completed", None, 0.0, 3))
    first, *rest = log.lines
    assert first.startswith("operator test session 00000000-0000-0000-0000-000000000007: Get-JAMSEntry ")
    assert first.count("Get-JAMSEntry") == 2 and ": completed, 2 objects" in first
    assert [line.split(": ", 1)[1].split(", 0 obj")[0] for line in rest[:2]] == [
        "Get-JAMSEntry: failed NamedParameterNotFound,Get-JAMSEntry",
        "No-Such: failed CommandNotFoundException",
    ]
    assert "(metadata) Get-*,x: completed, 3 objects, 0 errors" in rest[2]
    assert len(rest) == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Get-JAMSEntry 1", "completed, 1 objects, 0 errors"),
        ("Get-JAMSEntry 404,1,404", "completed, 1 objects, 2 errors"),
        ("Get-JAMSEntry 404 -ErrorAction SilentlyContinue", "completed, 0 objects, 1 errors"),
        ("Get-JAMSEntry 404 -ErrorAction Stop", "failed EntryNotFound,Get-JAMSEntry, 0 objects, 1 errors"),
        ("Get-JAMSEntry 404; No-Such", "failed CommandNotFoundException, 0 objects, 2 errors"),
        ("No-Such; Get-JAMSEntry 1", "completed, 1 objects, 1 errors"),
        ("Invoke-Expression 'Get-JAMSEntry 404'", "completed, 0 objects, 1 errors"),
    ],
)
def test_errors_that_end_nothing_are_counted(shell: Shell, log: Log, line: str, told: str) -> None:
    shell.line(line)
    assert f": {told}, " in log.lines[0]


def test_errors_that_go_where_the_objects_go_are_counted_too(shell: Shell, log: Log) -> None:
    shell.typed("Get-JAMSEntry 404")
    assert "completed, 0 objects, 1 errors" in log.lines[0]


def test_what_text_runs_is_told_beside_what_runs_it(shell: Shell, log: Log) -> None:
    shell.line("Invoke-Expression 'Get-JAMSEntry 1 | Select-Object JAMSEntry'")
    assert ": Invoke-Expression -Command ... | Get-JAMSEntry -Entry '1' | Select-Object " in log.lines[0]


def test_an_account_that_may_not_come_in_any_more_is_refused_the_next_pipeline(
    server: Server, log: Log
) -> None:
    disabled = False

    def standing() -> object:
        if disabled:
            raise Unauthenticated("The account is disabled.")
        return None

    shell = Shell(server, standing=standing)
    assert shell.line("Write-Output x").error_ids == []
    disabled = True
    assert shell.line("Write-Output x").error_ids == ["Unauthenticated"]
    assert shell.line("Get-JAMSEntry 1").error_ids == ["Unauthenticated"]
    with pytest.raises(Unauthenticated):
        shell.session.describe(MetadataRequest(uuid.uuid4(), ("*",)))
    assert not server.called("get_entry")
    assert [": failed Unauthenticated" in line for line in log.lines] == [False, True, True]


def test_commands_come_and_go_with_the_callers_rights(server: Server) -> None:
    rights: set[Any] = set(Monitor)
    shell = Shell(server, may=lambda right: right in rights, standing=lambda: frozenset(rights))

    def offered() -> tuple[bool, bool, bool]:
        listed = {get(item, "Name") for item in shell.line("Get-Command").output}
        described = shell.session.describe(MetadataRequest(uuid.uuid4(), ("Stop-*",)))
        done = shell.line("TabExpansion2 'Stop-JAMS' 9").only
        completed = [get(item, "CompletionText") for item in get(done, "CompletionMatches")]
        return (
            "Stop-JAMSEntry" in listed,
            "Stop-JAMSEntry" in [command.name for command in described],
            "Stop-JAMSEntry" in completed,
        )

    assert offered() == (True, True, True)
    rights.remove(Monitor.ABORT)
    assert offered() == (False, False, False)
    assert shell.line("Stop-JAMSEntry 1").error_ids == ["CommandNotFoundException"]
    rights.add(Monitor.ABORT)
    assert offered() == (True, True, True)


@pytest.mark.parametrize(
    ("line", "monitors"),
    [
        ("Wait-JAMSEntry 1 -Timeout 0", True),
        ("Submit-JAMSEntry \\Sales\\Load -Wait", True),
        ("Submit-JAMSEntry \\Sales\\Load", False),
        ("Get-JAMSLog 1 -Follow", True),
        ("Get-JAMSLog 1", False),
        ("Get-JAMSEntry 1", False),
    ],
)
def test_what_follows_or_waits_says_so(shell: Shell, line: str, monitors: bool) -> None:
    assert shell.line(line).streams.monitors is monitors
