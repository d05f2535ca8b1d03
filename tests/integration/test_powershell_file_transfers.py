"""The module's cmdlets for file servers, in a real PowerShell before real servers of FTP, FTPS and SFTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generators.module.manifest import FILE_TRANSFERS
from tests.support.file_servers import (
    NAMES,
    PASSWORD,
    USER,
    FileServer,
    certificate,
    filled,
    ftp_server,
    holding,
    sftp_server,
)
from tests.support.powershell_module import NEEDS_POWERSHELL, Output, Shell, shell

pytestmark = [
    NEEDS_POWERSHELL,
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("ssh") is None, reason="no ssh (openssh-client)"),
]

WAYS = ["ftp", "old ftp", "active ftp", "ftps", "implicit", "sftp"]
PRELUDE = f"""
$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force
$ann = New-Object PSCredential '{USER}', $secure
function Connect {{ Invoke-Expression "$env:CONNECT -Credential `$ann" }}
"""


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return shell(tmp_path_factory, "transfers")


class Site:
    """A server that one of the cmdlets connects to, and a folder on both sides."""

    def __init__(self, ps: Shell, place: Path) -> None:
        self.there, self.here = place / "there", place / "here"
        self.place, self._ps = place, ps
        self.there.mkdir()
        self.here.mkdir()
        self.variables: dict[str, str] = {}

    def run(self, script: str) -> Output:
        done = self._ps.run(PRELUDE + f"Set-Location '{self.here}'\n" + script, **self.variables)
        assert PASSWORD not in done.text + done.errors
        return done

    def parts(self) -> list[str]:
        return [path.name for side in (self.here, self.there) for path in side.rglob("*.part")]


@contextmanager
def serving(way: str, site: Site, **how: object) -> Iterator[FileServer]:
    """A server, and the command that connects to it."""
    if way == "sftp":
        with sftp_server(site.there, site.place, **how) as server:  # type: ignore[arg-type]
            site.variables["CONNECT"] = (
                f"Connect-JSFTP 127.0.0.1:{server.port} -KnownHosts '{server.known_hosts}'"
            )
            yield server
        return
    tls = {"ftps": "explicit", "implicit": "implicit"}.get(way, "")
    cert = certificate(site.place) if tls else None
    if way == "old ftp":
        how["without"] = ("MLSD", "MLST", "EPSV")
    command = {"ftps": "Connect-JFTPS", "implicit": "Connect-JFTPS -Implicit"}.get(way, "Connect-JFTP")
    with ftp_server(site.there, tls=tls, cert=cert, **how) as server:  # type: ignore[arg-type]
        passive = "-Passive:`$false" if way == "active ftp" else ""
        site.variables["CONNECT"] = f"{command} 127.0.0.1:{server.port} {passive.replace('`', '')}"
        if cert is not None:
            site.variables |= {"SSL_CERT_FILE": str(cert), "SSL_CERT_DIR": str(site.place / "none")}
        yield server


@pytest.fixture(params=WAYS)
def every(request: pytest.FixtureRequest, ps: Shell, tmp_path: Path) -> Iterator[Site]:
    site = Site(ps, tmp_path)
    with serving(request.param, site):
        yield site


@pytest.fixture(params=["ftp", "sftp"])
def both(request: pytest.FixtureRequest, ps: Shell, tmp_path: Path) -> Iterator[Site]:
    site = Site(ps, tmp_path)
    with serving(request.param, site):
        yield site


def test_files_are_listed_fetched_sent_and_removed(every: Site) -> None:
    held = filled(every.there)
    os.utime(every.there / "plain.txt", (1767225600, 1767225600))
    (every.there / "sub" / "d e").mkdir(parents=True)
    (every.there / "sub" / "d e" / "deep.txt").write_text("deep")
    done = every.run(
        r"""
        $server = Connect
        Tell server @($server.IsConnected, $server.Location, $server.UserName, "$server")
        Tell names @(Get-JFSChildItem *.txt | ForEach-Object Name)
        Tell kinds @(Get-JFSChildItem | Where-Object IsDirectory | ForEach-Object FullName)
        $one = Get-JFSItem plain.txt
        Tell one @($one.IsFile, $one.IsDirectory, $one.Length, $one.FullName,
            $one.ModifiedUTC.ToString('s'), ($one.Modified -eq $one.ModifiedUTC.ToLocalTime()))
        Tell deep @(Get-JFSChildItem -Recurse deep* | ForEach-Object FullName)
        Tell all @(Get-JFSChildItem / -Recurse | Where-Object IsFile).Count
        Tell table (Get-JFSChildItem plain.txt | Out-String)
        Get-JFSChildItem *.txt | Receive-JFSItem -Destination .
        Receive-JFSItem /sub/*.txt -Recurse
        Tell parsed @(Receive-JFSItem other.csv renamed.csv -PassThru | Get-Content)
        Set-JFSLocation sub
        Tell location (Get-JFSChildItem).Name
        Send-JFSItem '-rf.txt' 'back again ü.txt'
        Set-JFSLocation ..
        New-Item -ItemType Directory up/x | Out-Null
        Set-Content up/x/y.txt why
        Get-Item up | Send-JFSItem -Recurse
        Tell sent @(Get-ChildItem a*.txt | Send-JFSItem -Destination sub -PassThru | ForEach-Object FullName)
        Remove-JFSItem '-rf.txt' -Confirm:$false
        Get-JFSChildItem em*.txt | Remove-JFSItem -Confirm:$false
        Remove-JFSItem up -Recurse -Confirm:$false
        Tell gone @((Failure { Get-JFSItem -Path '-rf.txt' }), (Failure { Get-JFSItem up }))
        Disconnect-JFS
        Tell off (Failure { Get-JFSChildItem }).id
        Tell named (Failure { Get-JFSChildItem -FileServer $server }).id
        """
    )
    assert done.errors == "", done.errors
    assert done["server"][0] is True and done["server"][2] == USER
    assert sorted(done["names"]) == sorted(NAMES) and done["kinds"] == ["/sub"]
    assert done["one"] == [True, False, 30, "/plain.txt", "2026-01-01T00:00:00", True]
    assert done["deep"] == ["/sub/d e/deep.txt"] and done["all"] == len(NAMES) + 3
    assert "plain.txt" in done["table"] and "30" in done["table"]
    here = holding(every.here)
    assert {name: here[name] for name in NAMES} == held and ".hidden.txt" not in here
    assert (every.here / "d e" / "deep.txt").read_text() == "deep"
    assert done["parsed"] == ["1;2"] and done["location"] == "d e"
    assert (every.there / "sub" / "back again ü.txt").read_bytes() == held["-rf.txt"]
    assert done["sent"] == ["/sub/a b.txt"]
    left = holding(every.there)
    assert "-rf.txt" not in left and "empty.txt" not in left and not (every.there / "up").exists()
    assert [each["id"] for each in done["gone"]] == ["PathNotFound,Get-JFSItem"] * 2
    assert done["gone"][0]["category"] == "ObjectNotFound"
    assert done["off"] == "NotConnected,Get-JFSChildItem"
    assert done["named"] == "ConnectionLost,Get-JFSChildItem"
    assert not every.parts()


def test_a_file_of_50_megabytes_goes_and_comes_whole(every: Site) -> None:
    piece = os.urandom(1 << 20)
    (every.here / "big.bin").write_bytes(b"".join(bytes([number]) + piece for number in range(50)))
    done = every.run("$null = Connect; Send-JFSItem big.bin; Receive-JFSItem big.bin again.bin")
    assert done.errors == ""
    assert (every.there / "big.bin").read_bytes() == (every.here / "big.bin").read_bytes()
    assert (every.here / "again.bin").read_bytes() == (every.here / "big.bin").read_bytes()


def test_nothing_is_done_but_said_and_asked_for(both: Site) -> None:
    filled(both.there)
    (both.here / "mine.txt").write_text("mine")
    done = both.run(
        r"""
        $null = Connect
        Receive-JFSItem *.txt -WhatIf
        Send-JFSItem mine.txt -WhatIf
        Get-JFSChildItem *.txt | Remove-JFSItem -WhatIf
        Tell asked (Failure { Remove-JFSItem plain.txt }).id
        Tell folder (Failure { Remove-JFSItem / -Confirm:$false }).message
        """
    )
    assert done.text.count("What if:") == 2 * len(NAMES) + 1
    assert set(holding(both.here)) == {"mine.txt"} and (both.there / "plain.txt").exists()
    assert done["asked"] is not None and "-Recurse" in done["folder"]


def test_what_goes_wrong_is_an_error_for_each_and_ends_nothing(both: Site) -> None:
    filled(both.there)
    (both.here / "a b.txt").mkdir()
    (both.here / "plain.txt").write_text("mine")
    (both.here / "sub").mkdir()
    (both.there / "dir").mkdir()
    done = both.run(
        r"""
        $null = Connect
        $Error.Clear()
        Get-JFSChildItem *.txt | Receive-JFSItem -NoClobber 2>$null
        Tell clobber @($Error | ForEach-Object { $_.FullyQualifiedErrorId } | Sort-Object)
        Tell missing (Failure { Receive-JFSItem nothing.txt })
        Tell nofolder (Failure { Get-JFSChildItem /nothing/x })
        Tell none @(Get-JFSChildItem *.nothing).Count
        Tell notAFolder (Failure { Receive-JFSItem *.txt nowhere }).id
        Tell remoteFolder (Failure { Send-JFSItem plain.txt /nowhere/ }).id
        Tell isAFolder (Failure { Receive-JFSItem dir }).message
        Tell sendFolder (Failure { Send-JFSItem sub }).message
        Tell sendMissing (Failure { Send-JFSItem gone.txt }).id
        Tell location (Failure { Set-JFSLocation plain.txt }).id
        Send-JFSItem plain.txt /dir
        Tell onFolder (Failure { Send-JFSItem plain.txt dir/plain.txt -NoClobber }).id
        Tell lines (Failure { Get-JFSItem "a`nb" }).id
        Tell stop (& { try { Get-JFSItem nothing -ErrorAction Stop; 'no' }
            catch [System.Management.Automation.ItemNotFoundException] { 'caught' } })
        Receive-JFSItem plain.txt
        """
    )
    assert done["clobber"] == ["AlreadyExists,Receive-JFSItem", "FileUnusable,Receive-JFSItem"]
    assert (
        done["missing"]["id"] == "PathNotFound,Receive-JFSItem"
        and "nothing.txt" in done["missing"]["message"]
    )
    assert done["nofolder"]["id"] == "PathNotFound,Get-JFSChildItem" and done["none"] == 0
    assert done["notAFolder"] == "PathNotFound,Receive-JFSItem"
    assert done["remoteFolder"] == "PathNotFound,Send-JFSItem"
    assert "-Recurse" in done["isAFolder"] and "-Recurse" in done["sendFolder"]
    assert done["sendMissing"] == "PathNotFound,Send-JFSItem"
    assert done["location"] == "PathNotFound,Set-JFSLocation"
    assert done["onFolder"] == "AlreadyExists,Send-JFSItem"
    assert done["lines"] == "InvalidArgument,Get-JFSItem" and done["stop"] == "caught"
    assert (both.here / "plain.txt").read_bytes() == b"plain.txt\n" * 3 and not both.parts()


def test_who_is_not_let_in_is_told_and_reaches_no_other_server(every: Site) -> None:
    done = every.run(
        r"""
        $null = Connect
        $right = $ann
        $ann = New-Object PSCredential 'ann', (ConvertTo-SecureString 'wrong' -AsPlainText -Force)
        Tell wrong (Failure { Connect })
        Tell after (Failure { Get-JFSChildItem }).id
        """
    )
    assert (
        done["wrong"]["id"].startswith("Unauthenticated,")
        and "does not let ann in" in done["wrong"]["message"]
    )
    assert done["wrong"]["category"] == "AuthenticationError"
    assert done["after"] == "NotConnected,Get-JFSChildItem"


def test_hosts_are_told_apart(ps: Shell, tmp_path: Path) -> None:
    site = Site(ps, tmp_path)
    with serving("sftp", site) as server:
        other = tmp_path / "other"
        other.write_text("")
        changed = tmp_path / "changed"
        import asyncssh

        key = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().split()
        changed.write_text(f"[127.0.0.1]:{server.port} {key[0]} {key[1]}\n")
        done = site.run(
            rf"""
            $at = '127.0.0.1:{server.port}'
            Tell unknown (Failure {{ Connect-JSFTP $at -Credential $ann -KnownHosts '{other}' }})
            Tell accepted (Connect-JSFTP $at -Credential $ann -KnownHosts '{other}' -AcceptKey).IsConnected
            $more = @{{ BufferSize = 60; QueueLength = 8; ServerType = 'UNIX'; Binary = $true }}
            Tell known (Connect-JSFTP $at $ann -KnownHosts '{other}' @more).IsConnected
            Tell changed (Failure {{ Connect-JSFTP $at -Credential $ann -KnownHosts '{changed}' -AcceptKey }})
            Tell nobody (Failure {{ Connect-JFTP 127.0.0.1:1 -RetryCount 1 -RetryInterval 0 }})
            Tell noone (Failure {{ Connect-JSFTP 127.0.0.1:1 -Credential $ann }})
            Tell dash (Failure {{ Connect-JSFTP '-oProxyCommand=x' }}).id
            Tell text (Failure {{ Connect-JSFTP $at -Credential $ann -Binary:$false }}).id
            Tell stored (Failure {{ Connect-JFTP $at -Credential @{{ UserName = 'x' }} }}).message
            """
        )
    assert (
        done["unknown"]["id"] == "HostNotTrusted,Connect-JSFTP" and "AcceptKey" in done["unknown"]["message"]
    )
    assert done["accepted"] is True and done["known"] is True
    assert done["changed"]["id"] == "HostNotTrusted,Connect-JSFTP"
    assert done["nobody"]["id"] == "FileServerUnavailable,Connect-JFTP"
    assert done["noone"]["id"] == "FileServerUnavailable,Connect-JSFTP"
    assert done["dash"] == "InvalidArgument,Connect-JSFTP"
    assert "ParameterArgumentValidationError" in done["text"]
    assert "ConnectionCredential" in done["stored"]


@pytest.mark.parametrize("days", [-1, 30])
@pytest.mark.parametrize("way", ["explicit", "implicit"])
def test_a_certificate_that_is_over_or_signs_itself_is_not_trusted(
    ps: Shell, tmp_path: Path, way: str, days: int
) -> None:
    site = Site(ps, tmp_path)
    cert = certificate(tmp_path, days=days)
    if days < 0:
        site.variables = {"SSL_CERT_FILE": str(cert), "SSL_CERT_DIR": str(tmp_path / "none")}
    with ftp_server(site.there, tls=way, cert=cert) as server:
        switch = "-Implicit" if way == "implicit" else ""
        done = site.run(
            f"Tell told (Failure {{ Connect-JFTPS 127.0.0.1:{server.port} {switch} -Credential $ann }})"
        )
    assert done["told"]["id"] == "HostNotTrusted,Connect-JFTPS"
    assert "is not trusted" in done["told"]["message"] and done["told"]["category"] == "PermissionDenied"


def test_a_server_without_tls_is_told_no_password(ps: Shell, tmp_path: Path) -> None:
    site = Site(ps, tmp_path)
    with ftp_server(site.there) as server:
        done = site.run(f"Tell told (Failure {{ Connect-JFTPS 127.0.0.1:{server.port} -Credential $ann }})")
    assert "speaks no FTPS" in done["told"]["message"]


@pytest.mark.parametrize("way", ["ftp", "sftp"])
def test_a_transfer_that_breaks_off_leaves_no_half_of_a_file(ps: Shell, tmp_path: Path, way: str) -> None:
    site = Site(ps, tmp_path)
    for folder in (site.there, site.here):
        (folder / "old.bin").write_bytes(b"what was there")
    (site.there / "big.bin").write_bytes(os.urandom(8 << 20))
    with serving(way, site, breaks_after=1 << 20):
        done = site.run(
            r"""
            $server = Connect
            Tell first (Failure { Receive-JFSItem big.bin old.bin })
            Tell second (Failure { Get-JFSChildItem }).id
            Tell state $server.IsConnected
            $null = Connect
            Copy-Item '../there/big.bin' mine.bin
            Tell sent (Failure { Send-JFSItem mine.bin old.bin }).id
            """
        )
    assert done["first"]["id"] == "ConnectionLost,Receive-JFSItem", done["first"]
    assert done["second"] == "ConnectionLost,Get-JFSChildItem" and done["state"] is False
    assert done["sent"] == "ConnectionLost,Send-JFSItem"
    assert all((folder / "old.bin").read_bytes() == b"what was there" for folder in (site.here, site.there))
    assert not list(site.here.rglob("*.part"))


@pytest.mark.parametrize("way", ["ftp", "sftp"])
@pytest.mark.parametrize("name", ["x/../../escaped.txt", "/tmp/escaped.txt", ".."])
def test_a_name_of_a_hostile_server_leads_nowhere(ps: Shell, tmp_path: Path, way: str, name: str) -> None:
    site = Site(ps, tmp_path)
    (site.there / "good.txt").write_text("good")
    (tmp_path / "escaped.txt").write_text("mine")
    with serving(way, site, listed=(name, "good.txt", ".", "..")):
        done = site.run(
            """
            $null = Connect
            Tell dots @(Get-JFSChildItem .*).Count
            Tell told (Failure { Receive-JFSItem *.txt }).message
            Tell piped (Failure { Get-JFSChildItem *.txt | Receive-JFSItem }).message
            """
        )
    assert done["dots"] == 0
    if name != "..":
        assert "a name that no file here can have" in done["told"]
        assert "a name that no file here can have" in done["piped"]
    assert (tmp_path / "escaped.txt").read_text() == "mine" and not Path("/tmp/escaped.txt").exists()
    assert set(holding(site.here)) == {"good.txt"}


def test_texts_change_their_line_ends_by_ftp(ps: Shell, tmp_path: Path) -> None:
    site = Site(ps, tmp_path)
    (site.here / "a.txt").write_bytes("ä\nb\r\nc\n".encode("latin-1"))
    with serving("ftp", site):
        done = site.run(
            '$null = Invoke-Expression "$env:CONNECT -Credential `$ann -Binary:`$false"\n'
            "Send-JFSItem a.txt; Receive-JFSItem a.txt b.txt"
        )
    assert done.errors == ""
    assert (site.here / "b.txt").read_bytes() == "ä\nb\nc\n".encode("latin-1")


def test_two_servers_are_used_side_by_side(ps: Shell, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = Site(ps, tmp_path / "one"), Site(ps, tmp_path / "two")
    filled(one.there)
    with serving("ftp", one), serving("sftp", two):
        one.variables["OTHER"] = two.variables["CONNECT"]
        done = one.run(
            r"""
            $first = Connect
            $second = Invoke-Expression "$env:OTHER -Credential `$ann"
            Tell last @(Get-JFSChildItem).Count
            Get-JFSChildItem *.txt -FileServer $first | Receive-JFSItem
            Get-ChildItem *.txt | Send-JFSItem
            $first | Disconnect-JFS
            Tell left @(Get-JFSChildItem).Count
            """
        )
    assert done.errors == "" and (done["last"], done["left"]) == (0, len(NAMES))


def test_every_cmdlet_has_help_with_examples(ps: Shell) -> None:
    done = ps.run(
        r"""
        $found = Get-Command -Module JAMS -Noun J*FTP*, JFS*
        Tell names @($found | ForEach-Object Name | Sort-Object)
        $common = [System.Management.Automation.Cmdlet]::CommonParameters +
            [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        Tell lacking @(foreach ($each in $found) {
            $help = Get-Help $each.Name -Full
            if (-not $help.Synopsis -or @($help.examples.example).Count -lt 2) { $each.Name }
            $told = @($help.parameters.parameter | Where-Object description | ForEach-Object name)
            $each.Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $told } |
                ForEach-Object { "$($each.Name) -$_" }
        })
        """
    )
    assert done["names"] == sorted(FILE_TRANSFERS, key=str.casefold) and done["lacking"] == []
