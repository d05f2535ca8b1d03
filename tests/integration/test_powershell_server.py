"""The doors for PowerShell in a whole server: settings, accounts, rights, and what ends with them."""

from __future__ import annotations

import asyncio
import getpass
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from pypsrp.exceptions import AuthenticationError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

if sys.platform != "linux":
    pytest.skip("the socket of PowerShell sessions needs Linux", allow_module_level=True)

from jams.security.certificates import make_certificate
from tests.support import powershell_module
from tests.support import running as running_home
from tests.support.eventually import eventually
from tests.support.psrp_client import ProcessClient, Refused, SocketClient
from tests.support.running import PASSWORD, ROOT, Running, add_account, configure, free_port, running


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("jams") / "home"
    made = make_certificate(home / "tls", [], days=2, replace=False)
    with running(
        home,
        WSManPort=str(free_port()),
        WSManCertificate=str(made.certificate),
        WSManKey=str(made.key),
        PowerShellSocket=str(tmp_path_factory.mktemp("s") / "ps.sock"),
        PowerShellSocketMode="0660",
    ) as found:
        add_account(found.home, "olga", "Inquirers")
        add_account(found.home, "ingo", "Inquirers")
        yield found


def key(jams: Running, name: str) -> str:
    text = (jams.home / "Common.config").read_text()
    return text.partition(f'key="{name}" value="')[2].partition('"')[0]


def over_wsman(jams: Running, user: str, password: str = PASSWORD) -> WSMan:
    return WSMan(
        "localhost",
        port=int(key(jams, "WSManPort")),
        auth="basic",
        username=user,
        password=password,
        cert_validation=key(jams, "WSManCertificate"),
    )


def run(pool: RunspacePool, name: str, **parameters: object) -> PowerShell:
    shell = PowerShell(pool)
    shell.add_cmdlet(name).add_parameters(parameters)
    shell.invoke()
    return shell


def administer(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jams.commands.main", *arguments, "--home", str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


def test_the_socket_lets_in_whom_the_settings_say(jams: Running) -> None:
    path = Path(key(jams, "PowerShellSocket"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    with SocketClient(path) as client:
        client.open()
        assert client.run("Get-JAMSIdentity").output[0].Username == getpass.getuser()


def test_an_account_works_over_wsman_with_the_rights_it_has(jams: Running) -> None:
    with over_wsman(jams, "olga") as wsman, RunspacePool(wsman, configuration_name="JAMS") as pool:
        assert run(pool, "Get-JAMSIdentity").output[0].extended_properties["Username"] == "olga"
        names = {str(found) for found in run(pool, "Get-Command").output}
        assert "Get-JAMSEntry" in names
        shell = run(pool, "New-JAMSFolder", Name="Mine", ParentFolderName="\\")
        assert [error.fq_error.partition(",")[0] for error in shell.streams.error] in (
            ["AccessDenied"],
            ["CommandNotFoundException"],
        )


def test_a_wrong_password_opens_nothing(jams: Running) -> None:
    with (
        over_wsman(jams, "olga", "wrong") as wsman,
        pytest.raises(AuthenticationError),
        RunspacePool(wsman, configuration_name="JAMS"),
    ):
        pass


def test_a_disabled_account_can_do_nothing_more_in_a_session_it_has(jams: Running) -> None:
    with over_wsman(jams, "ingo") as wsman:
        pool = RunspacePool(wsman, configuration_name="JAMS")
        pool.open()
        assert not run(pool, "Get-JAMSServer").streams.error
        administer(jams.home, "account", "disable", "ingo")
        with pytest.raises(AuthenticationError):
            for _ in range(1000):
                run(pool, "Get-JAMSServer")


def test_the_log_has_a_line_for_every_pipeline(jams: Running) -> None:
    with over_wsman(jams, "olga") as wsman, RunspacePool(wsman, configuration_name="JAMS") as pool:
        run(pool, "Get-JAMSJob", Name="Unheard*")
    log = (jams.home / "logs" / "JAMSServer.log").read_text()
    (line,) = (line for line in log.splitlines() if "Unheard" in line)
    assert "olga" in line and "WS-Management" in line and "Get-JAMSJob" in line
    assert PASSWORD not in log


def test_users_can_be_given_other_accounts_or_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    user = getpass.getuser()
    with running(home, PowerShellUsers=f"{user}=Administrator; other=x") as jams:
        with SocketClient(jams.home / "powershell.sock") as client:
            client.open()
            assert client.run("Get-JAMSIdentity").output[0].Username == "Administrator"
        administer(home, "account", "disable", "Administrator")
        with (
            SocketClient(jams.home / "powershell.sock") as client,
            pytest.raises(Refused, match="no account"),
        ):
            for _ in range(1000):
                client.open()
        jams.stop()
        assert not (jams.home / "powershell.sock").exists()


def test_a_session_that_is_open_follows_what_becomes_of_its_account(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(home, PowerShellUsers=f"{getpass.getuser()}=vera"):
        add_account(home, "vera", "Submitters")
        with SocketClient(home / "powershell.sock") as client:
            client.open()

            def ends_with(error_id: str, *command: str) -> bool:
                """Whether the command fails like that before long; other processes' changes take a moment."""
                for _ in range(1000):
                    result = client.run(*command)
                    if result.reason is not None and result.reason.FullyQualifiedErrorId == error_id:
                        return True
                return False

            assert client.run(("Write-Output", {"InputObject": "x"})).output == ["x"]
            assert client.run("Get-JAMSServer").state == "Completed"
            administer(home, "account", "groups", "vera", "Inquirers")
            assert ends_with("CommandNotFoundException", "Submit-JAMSEntry")
            assert "Submit-JAMSEntry" not in {str(each) for each in client.run("Get-Command").output}
            assert client.run("Get-JAMSServer").state == "Completed"
            administer(home, "account", "disable", "vera")
            assert ends_with("Unauthenticated", "Write-Output")
            assert client.run("Get-JAMSServer").reason.FullyQualifiedErrorId == "Unauthenticated"
            assert client.run("Get-Command").output == []
            administer(home, "account", "enable", "vera")
            while client.run("Get-JAMSServer").state != "Completed":
                pass
    log = (home / "logs" / "JAMSServer.log").read_text()
    assert "Write-Output: failed Unauthenticated" in log


def test_the_settings_bound_the_sessions(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(
        home, PowerShellSessionsPerAccount="2", PowerShellSessions="3", PowerShellRunTime="00:00:01"
    ):
        path = home / "powershell.sock"
        with SocketClient(path) as one, SocketClient(path) as two:
            one.open()
            two.open()
            with SocketClient(path) as three, pytest.raises(Refused, match="has 2 PowerShell sessions"):
                three.open()
            forever = one.start("Get-JAMSJob", has_input=True)
            assert one.wait(forever).reason.FullyQualifiedErrorId == "PipelineOverdue"
            assert one.run("Get-JAMSServer").state == "Completed"
    log = (home / "logs" / "JAMSServer.log").read_text()
    assert ": Get-JAMSJob: failed PipelineOverdue, 0 objects" in log


@pytest.mark.skipif(find_spec("asyncssh") is None, reason="no asyncssh (the extra ssh)")
def test_accounts_log_in_over_an_ssh_server_of_its_own(tmp_path: Path) -> None:
    import asyncssh

    home, port = tmp_path / "home", free_port()
    with running(home, PowerShellSshPort=str(port)):
        told = f"  PowerShell    ssh://localhost:{port}, subsystem jams\n"
        eventually(lambda: told in (tmp_path / "home.output").read_text())
        add_account(home, "olga", "Inquirers")

        async def ask() -> bytes:
            async with asyncssh.connect(
                "localhost", port, username="olga", password=PASSWORD, known_hosts=None,
                client_keys=None, agent_path=None, config=None,
            ) as connection:  # fmt: skip
                process = await connection.create_process(subsystem="jams", encoding=None)
                process.stdin.write(b"<Close PSGuid='00000000-0000-0000-0000-000000000000' />\n")
                process.stdin.write_eof()
                return bytes(await process.stdout.read())

        assert asyncio.run(ask()).startswith(b"<CloseAck ")


def must_change(home: Path, name: str, password: str) -> None:
    """Make an account whose password is to be changed."""
    running_home.administer(
        home, "account", "add", name, "--group", "Inquirers", "--must-change", given=password
    )


def test_who_has_to_change_his_password_over_wsman_hears_so_and_can(jams: Running) -> None:
    given, new = PASSWORD, "a password of my own"
    must_change(jams.home, "mona", given)
    with over_wsman(jams, "mona", given) as wsman, RunspacePool(wsman, configuration_name="JAMS") as pool:
        for asked in ("Get-JAMSEntry", "Get-JAMSJob"):
            (error,) = run(pool, asked).streams.error
            assert error.fq_error == f"PasswordChangeRequired,{asked}"
            assert "Set-JAMSPassword" in str(error)
    with over_wsman(jams, "mona", given) as wsman:
        pool = RunspacePool(wsman, configuration_name="JAMS")
        pool.open()
        with suppress(AuthenticationError):  # the request behind the answer shows what was the password
            run(pool, "Set-JAMSPassword", OldPassword=given, NewPassword=new)
    with over_wsman(jams, "mona", new) as wsman, RunspacePool(wsman, configuration_name="JAMS") as pool:
        assert not run(pool, "Get-JAMSEntry").streams.error


@pytest.mark.skipif(shutil.which("ssh") is None, reason="no ssh client")
@pytest.mark.skipif(find_spec("asyncssh") is None, reason="no asyncssh (the extra ssh)")
def test_who_has_to_change_his_password_over_ssh_does_so_and_goes_on(tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    asked = tmp_path / "ask"
    asked.write_text(f"#!/bin/sh\necho '{PASSWORD}'\n", encoding="utf-8")
    asked.chmod(0o700)
    ssh = ["ssh", "-F", "none", "-p", str(port), "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR"]
    ssh += ["-o", f"UserKnownHostsFile={tmp_path / 'known'}", "-o", "PubkeyAuthentication=no"]
    told = {**os.environ, "SSH_ASKPASS": str(asked), "SSH_ASKPASS_REQUIRE": "force"}
    with running(home, PowerShellSshPort=str(port)):
        must_change(home, "mona", PASSWORD)
        with ProcessClient([*ssh, "mona@localhost", "-s", "jams"], env=told) as client:
            client.open()
            (refused,) = client.run("Get-JAMSEntry").errors
            assert refused.FullyQualifiedErrorId == "PasswordChangeRequired,Get-JAMSEntry"
            change = {"OldPassword": PASSWORD, "NewPassword": "a password of my own"}
            assert not client.run(("Set-JAMSPassword", change)).errors
            assert not client.run("Get-JAMSEntry").errors


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"PowerShellSocket": "/no/such/place.sock"}, "cannot be made"),
        ({"PowerShellSocketMode": "9999"}, "PowerShellSocketMode"),
        ({"PowerShellUsers": "ann"}, "PowerShellUsers"),
        ({"WSManPort": "0"}, "WSManCertificate"),
        ({"WSManPort": "0", "WSManAllowHttp": "true", "WSManCertificate": "x.pem"}, "WSManKey"),
        ({"WSManPort": "0", "WSManCertificate": "x.pem", "WSManKey": "y.pem"}, "x.pem with the key"),
    ],
    ids=["place", "mode", "users", "plain", "key", "files"],
)
def test_settings_that_cannot_be_keep_the_server_from_starting(
    tmp_path: Path, keys: dict[str, str], told: str
) -> None:
    configure(tmp_path / "home", **keys)
    done = subprocess.run(
        [sys.executable, "-m", "jams.commands.main", "start", "--home", str(tmp_path / "home")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=50,
    )
    assert done.returncode == 7, done.stderr
    assert told in done.stderr


def test_a_home_whose_path_is_too_long_for_a_socket_serves_everything_else(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 100)
    with running(home):
        assert not (home / "powershell.sock").exists()
    assert "not served" in (home / "logs" / "JAMSServer.log").read_text()


def test_the_lines_for_sshd_are_printed(tmp_path: Path) -> None:
    configure(tmp_path, PowerShellSocket="/run/jams/powershell.sock")
    told = administer(tmp_path, "ps", "endpoint")
    assert "\nSubsystem jams " in told and "bridge.py /run/jams/powershell.sock\n" in told
    assert "    ForceCommand " in told
    configure(tmp_path, PowerShellSocket="none")
    with pytest.raises(subprocess.CalledProcessError):
        administer(tmp_path, "ps", "endpoint")
    tls = {"WSManCertificate": "x.pem", "WSManKey": "y.pem"}
    configure(tmp_path, PowerShellSocket="none", PowerShellSshPort="2222", WSManPort="5986", **tls)
    told = administer(tmp_path, "ps", "endpoint")
    assert "Subsystem jams /" not in told
    assert "-Port 2222 -UserName ACCOUNT -Subsystem jams" in told and ":5986/wsman" in told


@powershell_module.NEEDS_POWERSHELL
def test_the_module_is_installed_where_powershell_finds_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    modules = tmp_path / "modules"
    assert administer(tmp_path, "ps", "module").strip() == str(powershell_module.MODULE)
    for _ in range(2):
        assert "Import-Module JAMS" in administer(tmp_path, "ps", "module", "--install", str(modules))
        assert [path.name for path in modules.iterdir()] == ["JAMS"]
    told = powershell_module.shell(tmp_path_factory, "installed").run(
        "Import-Module JAMS; Tell base (Get-Module JAMS).ModuleBase", load=False, PSModulePath=str(modules)
    )
    assert told["base"] == str(modules / "JAMS")
    (tmp_path / "file").touch()
    with pytest.raises(subprocess.CalledProcessError):
        administer(tmp_path, "ps", "module", "--install", str(tmp_path / "file"))
