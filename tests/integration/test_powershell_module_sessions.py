"""How the module is imported, connects and leaves, in a real PowerShell before a real JAMS."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from generators.module.manifest import HAND_WRITTEN
from jams.client.server import Server
from tests.support.powershell_module import MODULE, NEEDS_POWERSHELL, Shell, shell
from tests.support.running import PASSWORD, Running, add_account, running

pytestmark = NEEDS_POWERSHELL

CREDENTIAL = f"""
$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force
$ann = New-Object PSCredential 'ann', $secure
"""
SECRETS = """
function Get-Secret { param($Name) if (Test-Path kept.xml) { $global:asked = $Name; Import-Clixml kept.xml } }
function Set-Secret { param($Name, $Secret) $global:kept = $Name; $Secret | Export-Clixml kept.xml }
Export-ModuleMember -Function Get-Secret, Set-Secret
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("sessions") / "home") as found:
        add_account(found.home, "ann", "Administrators")
        yield found


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    folder = tmp_path_factory.mktemp("stranger")
    return shell(tmp_path_factory, "sessions", JAMS_HOME=str(folder), JAMS_SERVER=jams.url)


def test_a_stranger_is_told_to_connect(ps: Shell) -> None:
    done = ps.run("Tell failure (Failure { Get-JAMSServer })\nTell health (Test-JAMSServer)")
    assert done["failure"]["id"] == "Unauthenticated,Get-JAMSServer"
    assert done["failure"]["category"] == "AuthenticationError"
    assert "Connect-JAMSServer" in done["failure"]["message"]
    assert done["health"] is True


def test_a_name_and_password_are_exchanged_for_a_token(ps: Shell) -> None:
    done = ps.run(
        CREDENTIAL
        + r"""
        $server = Connect-JAMSServer -Credential $ann -Alias prod
        Tell user $server.UserName
        Tell who (Get-JAMSIdentity).Username
        Tell alias (Get-JAMSIdentity -Server prod).Username
        Tell drive @(Get-ChildItem JAMS:\ | ForEach-Object PSChildName).Count
        Tell shown ($server | Format-List * | Out-String)
        Disconnect-JAMSServer
        Tell after (Failure { Get-JAMSIdentity }).id
        """
    )
    assert done.errors == ""
    assert (done["user"], done["who"], done["alias"]) == ("ann", "ann", "ann")
    assert done["drive"] > 0
    assert "Bearer" not in done["shown"] and PASSWORD not in done["shown"]
    assert done["after"] == "Unauthenticated,Get-JAMSIdentity"


def test_a_token_lets_in_and_a_wrong_one_does_not(ps: Shell, jams: Running) -> None:
    done = ps.run(
        rf"""
        $token = ConvertTo-SecureString '{jams.token}' -AsPlainText -Force
        $wrong = ConvertTo-SecureString 'Xq7-not-it' -AsPlainText -Force
        Tell wrong (Failure {{ Connect-JAMSServer -Token $wrong }})
        Tell right (Connect-JAMSServer -Token $token).UserName
        Tell default (Get-JAMSIdentity).Username
        $bad = New-Object PSCredential 'ann', $wrong
        Tell password (Failure {{ Connect-JAMSServer -Credential $bad }})
        Tell nowhere (Failure {{ Connect-JAMSServer 127.0.0.1:1 -Credential $bad }}).id
        """
    )
    assert done["wrong"]["id"] == done["password"]["id"] == "Unauthenticated,Connect-JAMSServer"
    assert done["right"] == done["default"]
    assert "Xq7-not-it" not in done["password"]["message"] + done["wrong"]["message"]
    assert done["nowhere"] == "ServerUnavailable,Connect-JAMSServer"


def test_a_one_time_code_goes_beside_the_password(ps: Shell, jams: Running) -> None:
    add_account(jams.home, "coda", "Inquirers")
    coda = Server(home=jams.home, username="coda", password=PASSWORD)
    codes = pyotp.TOTP(coda.call("begin_one_time_codes").secret)
    recovery = coda.call("confirm_one_time_codes", code=codes.now()).codes[0]
    done = ps.run(
        CREDENTIAL.replace("ann", "coda")
        + """
        Tell none (Failure { Connect-JAMSServer -Credential $coda })
        Tell wrong (Failure { Connect-JAMSServer -Credential $coda -Code $env:WRONG })
        Tell empty (Failure { Connect-JAMSServer -Credential $coda -Code '' }).id
        Tell right (Connect-JAMSServer -Credential $coda -Code $env:CODE).UserName
        Tell who (Get-JAMSIdentity).Username
        Tell again (Failure { Connect-JAMSServer -Credential $coda -Code $env:CODE }).id
        Tell other (Connect-JAMSServer -Username coda -Password $secure -Code $env:RECOVERY).UserName
        # The login that is there is another one than that which a code is for.
        Tell asked (Failure { Connect-JAMSServer -Code $env:CODE }).id
        """,
        CODE=codes.at(int(time.time()) + codes.interval),
        WRONG="9999-not-it",
        RECOVERY=recovery,
    )
    assert done.errors == ""
    assert done["none"]["id"] == "CodeRequired,Connect-JAMSServer"
    assert done["wrong"]["id"] == "Unauthenticated,Connect-JAMSServer"
    assert "9999-not-it" not in done["wrong"]["message"]
    assert done["empty"] == "ParameterArgumentValidationError,Connect-JAMSServer"
    assert (done["right"], done["who"], done["other"]) == ("coda", "coda", "coda")
    assert done["again"] == "Unauthenticated,Connect-JAMSServer"
    assert done["asked"] is not None and not done["asked"].startswith("Unauthenticated")


def test_the_owner_of_the_machine_is_let_in_by_the_login_left_for_him(ps: Shell, jams: Running) -> None:
    script = "Tell who (Get-JAMSIdentity).Username\nTell drive (Test-Path JAMS:\\)"
    done = ps.run(script, JAMS_HOME=str(jams.home), JAMS_SERVER="")
    assert done["who"] and done["drive"] is True
    if os.name == "posix":
        login = jams.home / "client.json"
        login.chmod(0o644)
        try:
            refused = ps.run(
                "Tell id (Failure { Get-JAMSIdentity -Server $env:WEB }).id",
                JAMS_HOME=str(jams.home),
                WEB=jams.url,
            )
        finally:
            login.chmod(0o600)
        assert refused["id"] == "Unauthenticated,Get-JAMSIdentity"


def test_the_drive_follows_the_server_connected_to(ps: Shell, jams: Running) -> None:
    done = ps.run(
        CREDENTIAL
        + r"""
        Tell before (Get-PSDrive JAMS).Root
        $null = Connect-JAMSServer $env:WEB -Credential $ann -WarningAction Stop
        Tell after (Get-PSDrive JAMS).Root
        Tell there (Test-Path JAMS:\Agents)
        """,
        JAMS_SERVER="127.0.0.1:1",
        WEB=jams.url,
    )
    assert done.errors == ""
    assert done["before"] == "127.0.0.1:1"
    assert done["after"] in jams.url and done["there"] is True


def test_a_credential_is_kept_as_a_secret(ps: Shell) -> None:
    secrets = ps.folder / "Modules" / "Microsoft.PowerShell.SecretManagement"
    secrets.mkdir(parents=True)
    (secrets / f"{secrets.name}.psm1").write_text(SECRETS, encoding="utf-8")
    load = f"Import-Module '{secrets}'\n"
    first = ps.run(
        load + CREDENTIAL + "$null = Connect-JAMSServer -Credential $ann -SaveCredential\nTell kept $kept"
    )
    assert first["kept"].startswith("JAMS:")
    second = ps.run(load + "Tell user (Connect-JAMSServer).UserName\nTell asked $asked")
    assert (second["user"], second["asked"]) == ("ann", first["kept"])


def test_the_module_is_found_by_name_and_old_scripts_may_add_the_snapin(ps: Shell) -> None:
    path = os.pathsep.join([str(MODULE.parent), os.environ.get("PSModulePath", "")])  # noqa: SIM112
    done = ps.run(
        r"""
        Add-PSSnapin MVPSI.JAMS -ErrorAction Stop
        Tell module (Get-Module JAMS).Name
        Tell version (Get-Module JAMS).Version.ToString()
        Tell other (Failure { Add-PSSnapin Somebody.Else })
        Tell exported @(Get-Command -Module JAMS | Where-Object Name -NotLike '*-JAMS*' | ForEach-Object Name)
        Remove-Module JAMS
        Tell gone @(Get-Command Get-JAMSEntry -ErrorAction SilentlyContinue -Module JAMS).Count
        Import-Module JAMS
        Tell back (Test-JAMSServer)
        """,
        load=False,
        PSModulePath=path,
    )
    assert done["module"] == "JAMS" and done["version"]
    assert done["other"]["category"] == "InvalidArgument"
    assert done["exported"] == sorted(HAND_WRITTEN)
    assert done["back"] is True


def test_sessions_that_start_at_once_compile_side_by_side(ps: Shell, tmp_path: Path) -> None:
    done = ps.run(
        r"""
        $path = (Get-Module JAMS).Path -replace 'psm1$', 'psd1'
        $jobs = 1..2 | ForEach-Object {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$path'; (Get-PSProvider JAMS).Name")
            @{ shell = $shell; handle = $shell.BeginInvoke() }
        }
        Tell names @($jobs | ForEach-Object { $_.shell.EndInvoke($_.handle) })
        Tell folders @(Get-ChildItem $env:JAMS_POWERSHELL_CACHE | ForEach-Object Name).Count
        """,
        JAMS_POWERSHELL_CACHE=str(tmp_path / "cache"),
    )
    assert done["names"] == ["JAMS", "JAMS"]
    assert done["folders"] == 1
