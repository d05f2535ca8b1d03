"""Servers by name in the module, in a real PowerShell: the lists that JAMSWebClient reads as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.running import PASSWORD, Running, add_account, running

pytestmark = NEEDS_POWERSHELL

CREDENTIAL = f"""
$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force
$ann = New-Object PSCredential 'ann', $secure
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("servers") / "home") as found:
        add_account(found.home, "ann", "Administrators")
        yield found


@pytest.fixture
def places(tmp_path: Path, jams: Running) -> dict[str, str]:
    """The variables that lead to the settings of a user and of the machine, with a list of two servers."""
    block = "".join(
        f'<subkey name="Server{number:03d}"><property name="Name">{name}</property>'
        f'<property name="Node">{jams.url}</property><property name="Port">773</property>'
        f'<property name="Prompt">{prompt}</property></subkey>'
        for number, (name, prompt) in enumerate((("Jimmy", "False"), ("Joe", "True")))
    )
    user = tmp_path / "config" / "jamswebclient"
    user.mkdir(parents=True)
    (user / "JAMSWin.exe.config").write_text(
        f"<configuration><JAMSServers>{block}</JAMSServers></configuration>"
    )
    (tmp_path / "machine" / "jamswebclient").mkdir(parents=True)
    return {
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CONFIG_DIRS": str(tmp_path / "machine"),
        "JAMS_HOME": str(tmp_path / "nobody"),
    }


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return shell(tmp_path_factory, "servers")


def test_a_server_of_the_list_is_called_by_its_name(ps: Shell, places: dict[str, str]) -> None:
    done = ps.run(
        CREDENTIAL
        + """
        $server = Connect-JAMSServer Jimmy -Credential $ann
        Tell name $server.Name
        Tell who (Get-JAMSIdentity -Server jimmy).Username
        Tell offered @((TabExpansion2 'Get-JAMSFolder -Server J' 24).CompletionMatches.CompletionText)
        """,
        **places,
    )
    assert done["name"] == "Jimmy" and done["who"] == "ann"
    assert set(done["offered"]) >= {"Jimmy", "Joe"}


def test_the_first_of_the_list_is_meant_where_nothing_else_is(ps: Shell, places: dict[str, str]) -> None:
    done = ps.run(CREDENTIAL + "Tell name (Connect-JAMSServer -Credential $ann).Name", **places)
    assert done["name"] == "Jimmy"


def test_prompt_asks_each_time_and_takes_no_secret(ps: Shell, places: dict[str, str]) -> None:
    done = ps.run(
        CREDENTIAL
        + """
        function global:Get-Secret { param($Name) $global:secret = $Name; $ann }
        function global:Get-Credential { param($UserName, $Message) $global:asked += @($Message); $ann }
        $null = Connect-JAMSServer Joe
        $null = Connect-JAMSServer Joe
        Tell asked $asked.Count
        Tell secret ($null -eq $secret)
        """,
        **places,
    )
    assert done["asked"] == 2 and done["secret"] is True


def test_a_locked_list_lets_nobody_speak_to_another_server(
    ps: Shell, places: dict[str, str], jams: Running
) -> None:
    locked = '<appSettings><add Key="LockServer" value="true"/></appSettings>'
    (Path(places["XDG_CONFIG_DIRS"]) / "jamswebclient" / "User.config").write_text(locked)
    done = ps.run(
        CREDENTIAL
        + f"""
        Tell other (Failure {{ Connect-JAMSServer evil.example -Credential $ann }})
        Tell same (Connect-JAMSServer {jams.url} -Credential $ann).UserName
        """,
        **places,
    )
    assert "is locked: Jimmy, Joe" in done["other"]["message"] and done["same"] == "ann"


def test_a_list_that_is_none_is_an_error_that_names_the_file(ps: Shell, places: dict[str, str]) -> None:
    path = Path(places["XDG_CONFIG_HOME"]) / "jamswebclient" / "JAMSServers.config"
    path.write_text("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>")
    done = ps.run("Tell failure (Failure { Get-JAMSFolder -Server Jimmy })", **places)
    assert str(path) in done["failure"]["message"] and "root:" not in done["failure"]["message"]
