"""An operation is there for PowerShell users, in sessions and in the module, by being declared."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generators.module import rendered
from generators.source import Source
from jams.objects.base import EntryNumber
from jams.objects.enums import Severity
from jams.operations import Catalogue, operation
from jams.operations.catalogue import Binding, Message
from jams.operations.context import Context
from jams.security.rights import Monitor
from psprovider.cmdlets import cmdlets
from psprovider.endpoint.requests import MetadataRequest
from psprovider.engine.values import get
from tests.support import powershell, powershell_module
from tests.support.catalogues import copied
from tests.support.powershell_answers import Server, entry

NAME = "Invoke-JAMSDummy"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue with one more operation."""
    found = copied()

    @operation(
        right=Monitor.MANAGE,
        rest="PUT /dummy/{id}/poke",
        soap="Dummy.Poke",
        cmdlet=NAME,
        command="poke",
        key=("id",),
        pipeline={"id": "JamsEntry"},
        binding=Binding(names={"id": "Entry"}),
        catalogue=found,
    )
    def poke_entry(context: Context, id: EntryNumber, mood: Severity | None = None) -> Message:
        """Poke an entry.

        Args:
            id: the entry.
            mood: how to do it.
        """
        return f"{context} {id} {mood}"

    return found


def test_it_is_a_cmdlet(catalogue: Catalogue) -> None:
    (added,) = {c.name for c in cmdlets(catalogue)} - {c.name for c in cmdlets()}
    assert added == NAME


def test_sessions_have_it(catalogue: Catalogue) -> None:
    server = Server()
    server.answers["poke_entry"] = lambda id, mood: f"Entry {id} was poked."
    shell = powershell.Shell(server, catalogue=catalogue)
    done = shell.line(f"{NAME} -Mood error -Verbose", input=[entry(7)])
    assert done.error_ids == [] and done.streams.details[-1] == "Entry 7 was poked."
    assert server.called("poke_entry") == [{"id": 7, "mood": Severity.ERROR}]
    assert get(shell.line(f"Get-Help {NAME}").only, "Synopsis") == "Poke an entry."
    assert str(get(shell.line(f"Get-Command {NAME}").only, "Name")) == NAME
    assert _offered(shell, "Invoke-JAMSDu") == [NAME]
    assert _offered(shell, f"{NAME} -Mo") == ["-Mood"]
    assert _offered(shell, f"{NAME} -Mood Wa") == ["Warning"]
    (told,) = shell.session.describe(MetadataRequest(shell.session.info.id, (NAME,)))
    assert [p.name for p in told.parameters][:3] == ["Entry", "Mood", "Server"]
    known = powershell.Shell(server).session.private_data
    more = shell.session.private_data
    assert known["ImplicitRemoting"]["Hash"] != more["ImplicitRemoting"]["Hash"]


def _offered(shell: powershell.Shell, line: str) -> list[Any]:
    found = get(shell.line(f"TabExpansion2 '{line}' {len(line)}").only, "CompletionMatches")
    return [get(match, "CompletionText") for match in found]


@powershell_module.NEEDS_POWERSHELL
def test_the_module_has_it(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> None:
    module = tmp_path_factory.mktemp("module") / "JAMS"
    shutil.copytree(powershell_module.MODULE, module)
    _write(module, rendered(Source(catalogue)))
    done = powershell_module.shell(tmp_path_factory, "dummy").run(
        rf"""
        Import-Module '{module / "JAMS.psd1"}'
        function Offered($line) {{ @((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText) }}
        Tell kind (Get-Command {NAME}).CommandType.ToString()
        Tell help (Get-Help {NAME}).Synopsis.Trim()
        Tell mood ((Get-Help {NAME} -Parameter Mood).description.Text -join '')
        Tell name (Offered 'Invoke-JAMSDu')
        Tell parameter (Offered '{NAME} -Mo')
        Tell value (Offered '{NAME} -Mood Wa')
        Tell wrong (Failure {{ {NAME} 7 -Mood Bad }}).id
        Tell away (Failure {{ {NAME} 7 -Mood Error -Server 127.0.0.1:1 }}).id
        {NAME} 7 -Mood Error -Server 127.0.0.1:1 -WhatIf
        """,
        load=False,
    )
    assert (done["kind"], done["help"], done["mood"]) == ("Function", "Poke an entry.", "How to do it.")
    assert (done["name"], done["parameter"], done["value"]) == (NAME, "-Mood", "Warning")
    assert done["wrong"] == f"ParameterArgumentValidationError,{NAME}"
    assert done["away"] == f"ServerUnavailable,{NAME}"
    assert 'operation "Invoke-JAMSDummy" on target "7"' in done.text


def _write(module: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (module / name).write_text(text, encoding="utf-8", newline="\n")
