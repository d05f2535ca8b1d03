"""What the module sends to whom, whose login a drive has, and what piped objects and nothing at all mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.powershell_module import NEEDS_POWERSHELL, Shell, shell
from tests.support.running import PASSWORD, Running, add_account, running

pytestmark = NEEDS_POWERSHELL

CREDENTIALS = f"""
$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force
$ann = New-Object PSCredential 'ann', $secure
$bob = New-Object PSCredential 'bob', $secure
"""
PREPARED = r"""
Get-JAMSEntry -State Held | Stop-JAMSEntry -Confirm:$false
if (Test-Path JAMS:\Sales) { Remove-Item JAMS:\Sales -Recurse }
New-JAMSFolder Sales | Out-Null
New-JAMSJob Load -Folder \Sales -MethodName Command -Source 'true' | Out-Null
$held = @(1..3 | ForEach-Object { Submit-JAMSEntry \Sales\Load -Hold })
function Alive { @(Get-JAMSEntry -State Held | ForEach-Object JamsEntry) }
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("rights") / "home") as found:
        add_account(found.home, "ann", "Administrators")
        add_account(found.home, "bob", "Administrators")
        yield found


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    folder = tmp_path_factory.mktemp("stranger")
    return shell(tmp_path_factory, "strange", JAMS_HOME=str(folder), JAMS_SERVER=jams.url)


@pytest.fixture(scope="module")
def ps(tmp_path_factory: pytest.TempPathFactory, jams: Running) -> Shell:
    return shell(tmp_path_factory, "owner", JAMS_HOME=str(jams.home))


def test_nothing_that_lets_in_goes_over_http_to_another_machine(stranger: Shell) -> None:
    done = stranger.run(
        CREDENTIALS
        + r"""
        # 192.0.2.1 is no host (RFC 5737); whatever is sent there ends as unreachable.
        Tell bare (Failure { Connect-JAMSServer 192.0.2.1:1 -Credential $ann }).message
        Tell plain (Failure { Connect-JAMSServer http://192.0.2.1:1 -Credential $ann })
        Tell token (Failure { Connect-JAMSServer http://192.0.2.1:1/JAMS -Token $secure })
        $far = 'http://192.0.2.1:1'
        Tell drive (Failure { New-PSDrive -Name A -PSProvider JAMS -Root $far -Credential $ann })
        Tell address ([MVPSI.JAMS.Server]::GetServer('jams.example.com').Url)
        Tell port ([MVPSI.JAMS.Server]::GetServer('jams.example.com:8080').Url)
        Tell path ([MVPSI.JAMS.Server]::GetServer('jams.example.com/Other').Url)
        Tell here ([MVPSI.JAMS.Server]::GetServer('127.0.0.1:8080').Url)
        Tell loopback ([MVPSI.JAMS.Server]::GetServer('localhost').Url)
        Tell six ([MVPSI.JAMS.Server]::GetServer('[::1]:8080').Url)
        Tell told ([MVPSI.JAMS.Server]::GetServer('http://jams.example.com').Url)
        """
    )
    assert "https://192.0.2.1:1/JAMS cannot be reached" in done["bare"]
    for name in ("plain", "token", "drive"):
        assert done[name]["id"].startswith("InvalidArgument"), name
        assert "AllowUnencryptedAuthentication" in done[name]["message"]
    assert done["address"] == "https://jams.example.com/JAMS"
    assert done["port"] == "https://jams.example.com:8080/JAMS"
    assert done["path"] == "https://jams.example.com/Other"
    assert done["here"] == "http://127.0.0.1:8080/JAMS"
    assert done["loopback"] == "http://localhost/JAMS"
    assert done["six"] == "http://[::1]:8080/JAMS"
    assert done["told"] == "http://jams.example.com/JAMS"


def test_who_says_so_may_send_it(stranger: Shell) -> None:
    done = stranger.run(
        CREDENTIALS
        + r"""
        $clear = @{ AllowUnencryptedAuthentication = $true }
        Tell allowed (Failure { Connect-JAMSServer http://127.0.0.2:1 -Credential $ann @clear }).message
        Tell elsewhere (Failure { Connect-JAMSServer http://192.0.2.1:1 -Token $secure @clear }).id
        """
    )
    assert "cannot be reached" in done["allowed"]
    assert done["elsewhere"] == "ServerUnavailable,Connect-JAMSServer"


def test_a_drive_and_a_name_keep_their_own_login(stranger: Shell, jams: Running) -> None:
    done = stranger.run(
        CREDENTIALS
        + rf"""
        $root = '{jams.url}'
        $null = New-PSDrive -Name A -PSProvider JAMS -Root $root -Credential $ann
        $null = New-PSDrive -Name B -PSProvider JAMS -Root $root -Credential $bob
        $null = Connect-JAMSServer -Credential $ann -Alias first
        $null = New-PSDrive -Name C -PSProvider JAMS -Root $root
        $null = Connect-JAMSServer -Credential $bob -Alias second
        """
        + r"""
        $null = New-Item A:\OfAnn -ItemType Folder
        $null = New-Item B:\OfBob -ItemType Folder
        $null = New-Item C:\OfAnnToo -ItemType Folder
        $null = New-Item JAMS:\OfBobToo -ItemType Folder
        Tell by @{}
        foreach ($name in 'OfAnn', 'OfBob', 'OfAnnToo', 'OfBobToo') {
            Tell $name (Get-JAMSFolder "\$name").LastChangedBy
        }
        Tell first (Get-JAMSIdentity -Server first).Username
        Tell second (Get-JAMSIdentity -Server second).Username
        Tell none (Get-JAMSIdentity).Username
        Disconnect-JAMSServer
        Tell after (Get-Item A:\OfAnn).LastChangedBy
        Tell left (Failure { Get-JAMSIdentity -Server second }).id
        Tell stays (Get-JAMSIdentity -Server first).Username
        Remove-Item A:\OfAnn, B:\OfBob, C:\OfAnnToo
        """
    )
    assert done.errors == ""
    assert [done[name] for name in ("OfAnn", "OfBob", "OfAnnToo", "OfBobToo")] == ["ann", "bob", "ann", "bob"]
    assert (done["first"], done["second"], done["none"]) == ("ann", "bob", "bob")
    assert (done["after"], done["stays"]) == ("ann", "ann")
    assert done["left"] == "Unauthenticated,Get-JAMSIdentity"


def test_what_one_login_was_shown_is_not_shown_to_another(stranger: Shell, jams: Running) -> None:
    add_account(jams.home, "cid", "Submitters")
    done = stranger.run(
        CREDENTIALS
        + rf"""
        $cid = New-Object PSCredential 'cid', $secure
        $null = New-PSDrive -Name A -PSProvider JAMS -Root {jams.url} -Credential $ann
        $null = New-PSDrive -Name N -PSProvider JAMS -Root {jams.url} -Credential $cid
        """
        + r"""
        $null = New-Item A:\Hidden -ItemType Folder
        $null = Get-ChildItem A:\
        Tell failure (Failure { Remove-Item N:\Hidden }).id
        Tell there (Test-Path A:\Hidden)
        Remove-Item A:\Hidden
        """
    )
    assert done["failure"].startswith("AccessDenied")
    assert done["there"] is True


STRANGE = {
    "selected": r"Get-JAMSJob \Sales\Load | Select-Object @{n='Id';e={$held[0].JamsEntry}}, Name",
    "written": r"[pscustomobject]@{ Id = $held[0].JamsEntry; QualifiedName = '\Sales\Load' }",
    "process": r"Get-Process -Id $PID | Add-Member Id $held[0].JamsEntry -Force -PassThru",
    "table": r"@{ Id = $held[0].JamsEntry }",
    "job": r"Get-JAMSJob \Sales\Load",
}  # fmt: skip


def test_only_what_names_an_entry_is_one(ps: Shell) -> None:
    tries = "".join(
        f"Tell {name} (Failure {{ {source} | Stop-JAMSEntry -Confirm:$false }}).id\n"
        for name, source in STRANGE.items()
    )
    done = ps.run(PREPARED + tries + "Tell alive @(Alive)\nTell held @($held.JamsEntry)")
    for name in STRANGE:
        assert done[name] == "InputObjectNotBound,Stop-JAMSEntry", name
    assert done["alive"] == done["held"]


def test_a_row_of_a_file_is_the_entry_that_it_names(ps: Shell) -> None:
    done = ps.run(
        PREPARED
        + r"""
        $held[1] | Get-JAMSEntry | Export-Csv entries.csv -NoTypeInformation
        $part = Get-JAMSEntry $held[0].JamsEntry | Select-Object JamsEntry, JobName
        $part | Export-Csv typed.csv -IncludeTypeInformation
        Tell read @(Import-Csv entries.csv | Get-JAMSEntry | ForEach-Object JamsEntry)
        Tell typed @(Import-Csv typed.csv | Get-JAMSEntry | ForEach-Object JamsEntry)
        Tell selected @($part | Get-JAMSEntry | ForEach-Object JamsEntry)
        Import-Csv entries.csv | Get-JAMSEntry | Stop-JAMSEntry -Confirm:$false
        Tell left @(Alive)
        Import-Csv typed.csv | Stop-JAMSEntry -Confirm:$false
        Tell last @(Alive)
        [pscustomobject]@{ Entry = $held[2].JamsEntry } | Stop-JAMSEntry -Confirm:$false
        Tell none @(Alive)
        Get-JAMSJob \Sales\Load | Select-Object QualifiedName | Export-Csv jobs.csv -NoTypeInformation
        Tell jobs @(Import-Csv jobs.csv | Get-JAMSJob | ForEach-Object JobName)
        Tell named @([pscustomobject]@{ Name = '\Sales\Load' } | Get-JAMSJob | ForEach-Object JobName)
        $row = [pscustomobject]@{ Name = '\Sales\Load' }
        Tell remove (Failure { $row | Remove-JAMSJob -Confirm:$false }).id
        Tell kept @(Get-JAMSJob \Sales\Load | ForEach-Object JobName)
        Tell third $held[2].JamsEntry
        Tell numbers @($held[0].JamsEntry, "$($held[1].JamsEntry)" | Get-JAMSEntry | ForEach-Object JamsEntry)
        """
    )
    assert done.errors == ""
    (first, second), third = done["numbers"], done["third"]
    assert done["read"] == [second] and done["typed"] == [first] and done["selected"] == [first]
    assert done["left"] == [first, third]
    assert done["last"] == [third] and done["none"] == []
    assert (done["jobs"], done["named"], done["kept"]) == (["Load"], ["Load"], ["Load"])
    assert done["remove"] == "InputObjectNotBound,Remove-JAMSJob"


NOTHING = [
    "Get-JAMSEntry -Name $undefined",
    "Get-JAMSEntry -Name ''",
    "Get-JAMSEntry -Name @()",
    "Get-JAMSEntry -Name $null, 'x'",
    "Get-JAMSEntry -Folder $undefined",
    "Get-JAMSEntry -SubmittedBy $undefined",
    "Get-JAMSEntry -State $undefined",
    "Get-JAMSEntry -After $undefined",
    "Get-JAMSEntry $undefined",
    "Get-JAMSEntry -Entry $undefined",
    "$undefined | Get-JAMSEntry",
    "$null, $null | Get-JAMSEntry",
    "Get-JAMSHistory -Name $undefined",
    "Get-JAMSHistory -Folder $undefined",
    "Get-JAMSJob $undefined",
    "Get-JAMSJob -Folder $undefined",
    "$undefined | Get-JAMSJob",
    "Get-JAMSFolder -Parent $undefined",
    "Stop-JAMSEntry -Name $undefined -Confirm:$false",
    "Stop-JAMSEntry $undefined -Confirm:$false",
    "$undefined | Stop-JAMSEntry -Confirm:$false",
    "Remove-JAMSJob -Name $undefined -Confirm:$false",
    "$undefined | Remove-JAMSJob -Confirm:$false",
    "Get-JAMSAgent -Name $undefined",
    "Search-JAMSHistory -Filter $undefined",
]


def test_nothing_does_not_mean_everything(ps: Shell) -> None:
    tries = "".join(
        f"Tell n{number} @{{ failure = (Failure {{ {line} }}).id; found = @({line} 2>$null).Count }}\n"
        if "Confirm" not in line
        else f"Tell n{number} @{{ failure = (Failure {{ {line} }}).id; found = 0 }}\n"
        for number, line in enumerate(NOTHING)
    )
    done = ps.run(
        PREPARED
        + "$ErrorActionPreference = 'SilentlyContinue'\n"
        + tries
        + "Get-JAMSEntry -Name $undefined | Stop-JAMSEntry -Confirm:$false\nTell alive @(Alive).Count"
    )
    for number, line in enumerate(NOTHING):
        assert done[f"n{number}"]["failure"], line
        assert done[f"n{number}"]["found"] == 0, line
    assert done["alive"] == 3
