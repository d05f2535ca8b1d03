"""Secrets given to cmdlets: by the module, and in sessions of a real PowerShell and of other clients.

A SecureString and a plain text will both do; what it says reaches the vault, and no log.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the socket of PowerShell sessions needs Linux", allow_module_level=True)

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from psrpcore.types import PSSecureString
from pypsrp.complex_objects import ObjectMeta, RunspacePoolState
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from jams.commands.ps import bridge_command
from tests.support.powershell_module import NEEDS_POWERSHELL, PWSH, Output, shell
from tests.support.psrp_client import SocketClient
from tests.support.psrp_sshd import SSHD, sshd
from tests.support.psrp_terminal import Terminal
from tests.support.running import PASSWORD, Running, add_account, free_port, running

HUSH = "hush-4a7d"
"""What every secret here begins with."""

_NEEDS_SSHD = pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)")


@dataclass
class House:
    """A JAMS whose sessions can be entered by the socket, by sshd and by WS-Management."""

    jams: Running
    socket: Path
    port: int


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    socket, port = tmp_path_factory.mktemp("s") / "ps.sock", free_port()
    home = tmp_path_factory.mktemp("jams") / "home"
    with running(home, PowerShellSocket=str(socket), WSManPort=str(port), WSManAllowHttp="true") as found:
        add_account(found.home, "ann", "Administrators")
        add_account(found.home, "bob", "Inquirers")
        yield House(found, socket, port)
        logs = "".join(path.read_text(errors="replace") for path in (home / "logs").glob("*.log"))
        assert "New-JAMSCredential" in logs and HUSH not in logs


@pytest.fixture
def client(house: House) -> Iterator[SocketClient]:
    with SocketClient(house.socket) as found:
        found.open()
        yield found


def kept(client: SocketClient, name: str) -> str:
    """The password that the vault has."""
    done = client.run(("Get-JAMSCredentialPassword", {"Name": name, "Confirm": False}))
    assert done.errors == []
    return str(done.output[0].Password)


def private_key(passphrase: str) -> str:
    made = Ed25519PrivateKey.generate()
    sealed = BestAvailableEncryption(passphrase.encode())
    return made.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, sealed).decode()


def module(factory: pytest.TempPathFactory, house: House, script: str) -> Output:
    """What a script tells that is connected by the module, and has a SecureString in ``$secret``."""
    connected = shell(factory, "secrets", JAMS_HOME=str(house.jams.home), JAMS_SERVER=house.jams.url)
    secret = f"$secret = ConvertTo-SecureString '{HUSH}-module' -AsPlainText -Force\n"
    return connected.run(secret + script, KEY=private_key(f"{HUSH}-phrase"))


@NEEDS_POWERSHELL
def test_the_module_takes_secure_strings_and_texts(
    tmp_path_factory: pytest.TempPathFactory, house: House, client: SocketClient
) -> None:
    done = module(
        tmp_path_factory,
        house,
        f"""
        $null = New-JAMSCredential Module -Password $secret -Verbose 4>shown.txt
        $null = New-JAMSCredential ModuleText -Password '{HUSH}-text'
        $phrase = ConvertTo-SecureString '{HUSH}-phrase' -AsPlainText -Force
        Tell key (New-JAMSCredential ModuleKey -KeyFileContent $env:KEY -KeyFilePassword $phrase).KeyType
        Tell shown "$(Get-Content shown.txt) $(Get-JAMSCredential Module | Format-List * | Out-String)"
        Tell type (Get-Command New-JAMSCredential).Parameters['KeyFileContent'].ParameterType.FullName
        Tell number (Failure {{ New-JAMSCredential Bad -Password 4711 }})
        $made = New-JAMSVariable Key -EncryptionFlag -NewEncryptedValue $secret
        Set-JAMSVariable Key -NewEncryptedValue $secret -Verbose 4>set.txt
        Edit-JAMSVariable Key -NewEncryptedValue $secret -Description y
        $shown = "$($made | Format-List * | Out-String) $(Get-Content set.txt)"
        Tell variable "$shown $(Get-JAMSVariable Key | ConvertTo-Json)"
        """,
    )
    assert done.errors == ""
    assert kept(client, "Module") == f"{HUSH}-module"
    assert kept(client, "ModuleText") == f"{HUSH}-text"
    assert done["key"] == "Ed25519"
    assert done["type"] == "System.Security.SecureString"
    assert HUSH not in done["shown"]
    assert "Key" in done["variable"] and HUSH not in done["variable"]
    assert done["number"]["id"] == "ParameterArgumentTransformationError,New-JAMSCredential"
    assert "4711" not in done["number"]["message"]


@NEEDS_POWERSHELL
def test_objects_of_the_module_hold_secure_strings(
    tmp_path_factory: pytest.TempPathFactory, house: House, client: SocketClient
) -> None:
    done = module(
        tmp_path_factory,
        house,
        f"""
        $made = New-Object MVPSI.JAMS.Credential
        $made.Name = 'Object'; $made.Password = $secret
        Tell shown ($made | Format-List * | Out-String)
        $made.Update()
        $null = New-JAMSCredential -InputObject @{{ CredentialName = 'Table'; Password = $secret }}
        $old = New-Object MVPSI.JAMS.Credential
        $old.Name = 'ObjectText'; $old.Password = '{HUSH}-text'; $old.Update()
        Tell wrong (Failure {{ New-JAMSCredential -InputObject @{{ Name = 'Bad'; Description = $secret }} }})
        Tell emptied (Set-JAMSCredential ObjectText -Password '' -PassThru).PasswordChanged
        $left = Set-JAMSCredential Table -Password $null -Description x -PassThru
        Tell left ($null -ne $left.PasswordChanged)
        """,
    )
    assert done.errors == ""
    assert kept(client, "Object") == kept(client, "Table") == f"{HUSH}-module"
    assert HUSH not in done["shown"]
    assert done["wrong"]["id"].startswith(("InvalidArgument", "ParameterArgumentTransformationError"))
    assert HUSH not in done["wrong"]["message"]
    assert done["emptied"] is None and done["left"] is True


@NEEDS_POWERSHELL
def test_a_password_of_ones_own_is_changed_by_secure_strings(
    tmp_path_factory: pytest.TempPathFactory, house: House
) -> None:
    add_account(house.jams.home, "olga", "Inquirers")
    done = module(
        tmp_path_factory,
        house,
        f"""
        $old = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force
        $null = Connect-JAMSServer -Credential (New-Object PSCredential 'olga', $old)
        Set-JAMSPassword -OldPassword $old -NewPassword $secret
        Tell before (Failure {{ Connect-JAMSServer -Username olga -Password $old }}).id
        Tell after (Connect-JAMSServer -Username olga -Password $secret).UserName
        """,
    )
    assert done.errors == ""
    assert (done["before"], done["after"]) == ("Unauthenticated,Connect-JAMSServer", "olga")


def test_a_session_takes_what_is_sealed_under_its_key(client: SocketClient) -> None:
    client.pool.exchange_key()
    client.run("Get-JAMSIdentity")
    sealed = PSSecureString(f"{HUSH}-sealed")
    done = client.run(("New-JAMSCredential", {"Name": "Sealed", "Password": sealed}))
    assert done.errors == [] and done.output[0].Password is None
    assert kept(client, "Sealed") == f"{HUSH}-sealed"
    variable = {"Name": "SealedKey", "EncryptionFlag": True, "NewEncryptedValue": sealed}
    done = client.run(("New-JAMSVariable", variable), ("Get-JAMSVariable", {}))
    assert done.errors == [] and (done.output[0].Value, done.output[0].EncryptionFlag) == (None, True)
    done = client.run(("New-JAMSCredential", {"Name": "Plain", "Password": f"{HUSH}-plain"}))
    assert done.errors == [] and kept(client, "Plain") == f"{HUSH}-plain"


def test_a_session_over_wsman_takes_what_is_sealed(house: House, client: SocketClient) -> None:
    with _wsman(house, "ann", PASSWORD) as door, RunspacePool(door, configuration_name="JAMS") as pool:
        pool.exchange_keys()
        sealed = pool.serialize(f"{HUSH}-wsman", ObjectMeta("SS"))
        shell = PowerShell(pool)
        shell.add_cmdlet("New-JAMSCredential").add_parameters({"Name": "Wsman", "Password": sealed})
        shell.invoke()
        assert not shell.streams.error
    assert kept(client, "Wsman") == f"{HUSH}-wsman"


@NEEDS_POWERSHELL
@_NEEDS_SSHD
def test_a_real_powershell_sends_and_asks_for_secrets(
    house: House, client: SocketClient, tmp_path: Path
) -> None:
    assert PWSH is not None
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "POWERSHELL_TELEMETRY_OPTOUT": "1"}
    with sshd(jams=bridge_command(house.socket)) as server:
        options = (
            f"-HostName localhost -Port {server.port} -UserName {server.user} -KeyFilePath {server.key} "
            f"-Subsystem jams -Options @{{UserKnownHostsFile='{server.known_hosts}'}}"
        )
        script = tmp_path / "script.ps1"
        script.write_text(
            f"$s = New-PSSession {options}\n"
            f"$secret = ConvertTo-SecureString '{HUSH}-using' -AsPlainText -Force\n"
            "(Invoke-Command $s { New-JAMSCredential Using -Password $using:secret }).CredentialName\n"
            "$make = { param($p) New-JAMSCredential Given -Password $p }\n"
            "(Invoke-Command $s $make -ArgumentList $secret).Name\n"
            "Invoke-Command $s { Get-Help New-JAMSCredential -Examples } | Out-String\nRemove-PSSession $s\n"
        )
        done = subprocess.run(
            [PWSH, "-NoProfile", "-File", str(script)],
            env=environment, capture_output=True, text=True, timeout=55, check=True,
        )  # fmt: skip
        assert done.stdout.splitlines()[:2] == ["Using", "Given"], done.stdout + done.stderr
        assert "Read-Host 'Password' -AsSecureString" in done.stdout
        assert "-Password $using:password }" in done.stdout
        assert kept(client, "Using") == kept(client, "Given") == f"{HUSH}-using"
        _reset(Terminal([PWSH, "-NoProfile", "-NoLogo"], environment), options)
    with (
        _wsman(house, "bob", f"{HUSH}-typed-in") as door,
        RunspacePool(door, configuration_name="JAMS") as pool,
    ):
        assert pool.state == RunspacePoolState.OPENED


def _reset(terminal: Terminal, options: str) -> None:
    """In an entered session, give bob the password that is typed where it is asked for, unseen."""
    prompt = r"\[localhost\]: PS JAMS:\\> (?=\r|$)"
    try:
        terminal.expect("> ")
        terminal.type(f"Enter-PSSession {options}\r")
        terminal.expect(prompt)
        terminal.type("Reset-JAMSAccountPassword bob -Confirm:$false\r")
        terminal.expect("NewPassword: ")
        terminal.type(f"{HUSH}-typed-in\r")
        seen = terminal.expect(prompt)
    finally:
        terminal.close()
    assert HUSH not in seen and "rror" not in seen


def _wsman(house: House, user: str, password: str) -> WSMan:
    return WSMan(
        "127.0.0.1", port=house.port, ssl=False, auth="basic", encryption="never", username=user,
        password=password,
    )  # fmt: skip
