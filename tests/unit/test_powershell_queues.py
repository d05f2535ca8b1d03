r"""Queues, resources and settings in a session: their cmdlets, and their directories on the drive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.security.caller import Credentials
from psprovider.engine.values import get
from tests.support.powershell import Shell
from tests.support.town import town

ME = "ada"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with town(tmp_path) as made:
        made.admit(ME)
        yield Shell(made.dispatcher, credentials=Credentials(username=ME, password="x"))


def out(shell: Shell, line: str) -> list[Any]:
    result = shell.line(line)
    assert result.error_ids == [], [record.message for record in result.errors]
    return result.output


def test_queues_are_made_piped_and_stopped(shell: Shell) -> None:
    out(shell, "New-JAMSQueue Nightly -JobLimit 4 -Description x; New-JAMSQueue Night2; New-JAMSQueue Day")
    assert [get(q, "JobLimit") for q in out(shell, "Get-JAMSQueue Nightly")] == [4]
    out(shell, "Get-JAMSQueue Night* | Stop-JAMSQueue")
    assert [get(q, "QueueName") for q in out(shell, "Get-JAMSQueue | ? Started")] == ["Day"]
    out(shell, "Start-JAMSQueue Nightly; Set-JAMSQueue Nightly -JobLimit 1")
    (nightly,) = out(shell, "Get-JAMSQueue Nightly")
    assert (get(nightly, "Started"), get(nightly, "JobLimit"), get(nightly, "Description")) == (True, 1, "x")
    out(shell, "Get-JAMSQueue Day | Remove-JAMSQueue -Confirm:$false")
    assert [get(q, "QueueName") for q in out(shell, "Get-JAMSQueue")] == ["Night2", "Nightly"]


def test_a_maintenance_window_is_a_quantity_of_nothing(shell: Shell) -> None:
    out(shell, "New-JAMSResource Tapes -QuantityAvailable 3")
    (set_to,) = out(shell, "Get-JAMSResource Tapes | Set-JAMSResourceQuantity -Available 0")
    assert (get(set_to, "QuantityAvailable"), get(set_to, "QuantityInUse")) == (0, 0)
    out(shell, "Set-JAMSResource Tapes -QuantityAvailable 5")
    assert [get(r, "QuantityAvailable") for r in out(shell, "Get-JAMSResource")] == [5]
    assert shell.line("Lock-JAMSResource Tapes -JamsEntry 1").error_ids == ["EntryNotFound,Lock-JAMSResource"]
    out(shell, "Remove-JAMSResource Tapes -Confirm:$false")
    assert out(shell, "Get-JAMSResource") == []


@pytest.mark.parametrize(
    ("container", "noun", "name"),
    [
        ("Queues", "Queue", "QueueName"),
        ("Resources", "Resource", "ResourceName"),
        ("Alerts", "Alert", "AlertName"),
        ("Menus", "Menu", "MenuName"),
        ("Credentials", "Credential", "CredentialName"),
    ],
)
def test_the_drive_shows_them_and_pipes_them_on(shell: Shell, container: str, noun: str, name: str) -> None:
    out(shell, f"New-JAMS{noun} First; New-JAMS{noun} Second")
    assert [get(each, name) for each in out(shell, f"dir JAMS:\\{container}")] == ["First", "Second"]
    (found,) = out(shell, f"gi JAMS:\\{container}\\fir*")
    assert get(found, name) == "First"
    out(shell, f"gi JAMS:\\{container}\\First | Remove-JAMS{noun} -Confirm:$false")
    assert [get(each, name) for each in out(shell, f"Get-JAMS{noun}")] == ["Second"]


def test_settings_are_shown_on_the_drive_and_set(shell: Shell) -> None:
    (kept,) = out(shell, "gi JAMS:\\Configuration\\KeepComp*")
    assert (get(kept, "Name"), get(kept, "Value")) == ("KeepCompleted", "1.00:00")
    out(shell, "gi JAMS:\\Configuration\\KeepCompleted | Set-JAMSSetting -Value 2.00:00")
    assert [get(s, "Value") for s in out(shell, "Get-JAMSSetting KeepComp*")] == ["2.00:00"]
    refused = shell.line("Set-JAMSSetting KeepCompleted -Value soon")
    assert refused.error_ids == ["InvalidArgument,Set-JAMSSetting"]
    out(shell, "New-JAMSSetting Ours -Value 1 -DataType Integer; Remove-JAMSSetting Ours -Confirm:$false")
    assert out(shell, "Get-JAMSSetting | ? Own") == []
