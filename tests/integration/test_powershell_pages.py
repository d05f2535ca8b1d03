"""What the pages on PowerShell show is done in a real PowerShell: with the module, and in a session."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from jams.client import Server
from jams.objects.definitions import Folder, Job
from jams.objects.parts import ParamDef
from tests.support.powershell_module import MODULE, NEEDS_POWERSHELL, Output, shell
from tests.support.powershell_ways import bridge_command
from tests.support.psrp_sshd import SSHD, sshd
from tests.support.running import PASSWORD, Running, add_account, running

pytestmark = [pytest.mark.integration, NEEDS_POWERSHELL, pytest.mark.timeout(300)]

DOCS = Path(__file__).resolve().parents[2] / "docs"


def shown(page: str, title: str) -> str:
    """The first lines that a section of a page shows."""
    section = (DOCS / page).read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    found = re.search(r"(?:^    .*\n)+", section, re.M)
    assert found is not None, title
    return re.sub(r"^    ", "", found[0], flags=re.M)


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Running]]:
    """The server of the pages, and another one."""
    one, other = (tmp_path_factory.mktemp(name) / "home" for name in ("jams", "other"))
    with running(one) as first, running(other) as second:
        for home in (one, other):
            add_account(home, "anna", "Administrators")
        with Server(home=one) as server, Server(home=other) as further:
            for each in (server, further):
                each.folders.create(Folder(folder_name="Sales"))
                each.folders.create(Folder(folder_name="Samples"))
            server.jobs.create(
                Job(
                    job_name="HelloWorld",
                    parent_folder_name=r"\Samples",
                    method_name="Command",
                    source="echo hello",
                )
            )
            server.jobs.create(
                Job(
                    job_name="Load",
                    parent_folder_name=r"\Sales",
                    method_name="Command",
                    source="echo load of $day",
                    parameters=[ParamDef(param_name="day", default_value="yesterday")],
                )
            )
            for _ in range(3):
                server.submit(r"\Samples\HelloWorld").wait()
        yield first, second


def said(lines: str, first: Running, second: Running) -> str:
    """The lines, with servers that are there in place of those of the page."""
    for host, at in {
        "https://jams.example.com/JAMS": first,
        "jams.example.com": first,
        "other.example.com": second,
    }.items():
        lines = lines.replace(host, urlsplit(at.url).netloc)
    lines = re.sub(r"JD JAMS (\S+)", f"JD JAMS {urlsplit(second.url).netloc}", lines)
    lines = lines.replace("(Get-Credential)", "$anna").replace("-Credential anna", "-Credential $anna")
    return re.sub(r"^Import-Module JAMS$", f"Import-Module '{MODULE / 'JAMS.psd1'}'", lines, flags=re.M)


def done(factory: pytest.TempPathFactory, name: str, script: str, *, load: bool = True) -> Output:
    """What comes of a script, in which nothing may go wrong."""
    ps = shell(factory, name)
    (ps.folder / "load.sh").write_text("echo of a file\n")
    output = ps.run(
        f"$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force\n"
        f"$anna = New-Object PSCredential anna, $secure\n{script}\n",
        load=load,
    )
    assert output.errors == "", output.errors
    return output


def connected(at: Running) -> str:
    return f"$null = Connect-JAMSServer {at.url} -Credential $anna\n"


def test_the_five_lines_of_the_module(
    jams: tuple[Running, Running], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = said(shown("powershell-module.md", "In five lines"), *jams)
    output = done(tmp_path_factory, "five", lines, load=False)
    assert "load of today" in output.text and "HelloWorld" in output.text


def test_the_module_beside_the_other_ways(
    jams: tuple[Running, Running], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = shown("powershell.md", "5 The module").splitlines()
    assert lines[0].startswith("jams ps module --install ")
    output = done(tmp_path_factory, "beside", said("\n".join(lines[1:]), *jams), load=False)
    assert "What if" not in output.text, "nothing executes"


def test_objects_of_scripts_and_then_the_drive(
    jams: tuple[Running, Running], tmp_path_factory: pytest.TempPathFactory
) -> None:
    first, second = jams
    made = shown("powershell-module.md", "Objects of scripts").replace("'localhost'", f"'{second.url}'")
    output = done(
        tmp_path_factory,
        "objects",
        f"{connected(second)}{made}\n$found = Get-JAMSJob \\Sales\\Load\n"
        "Tell found @($found.Source, $found.Enabled, $found.Elements.Count)\n"
        "Remove-JAMSJob \\Sales\\Load -Confirm:$false",
    )
    assert output["found"] == ["echo hello", False, 1]
    lines = said(shown("powershell-module.md", "The drive"), first, second)
    output = done(
        tmp_path_factory, "drive", f"{connected(first)}{lines}\nTell source (Get-Content JD:\\Sales\\Load)"
    )
    assert output["source"] == "echo load of $day", "what is copied over it counts"
    lines = said("\n".join(shown("powershell.md", "4 The drive").splitlines()[3:]), first, second)
    output = done(
        tmp_path_factory,
        "other",
        f"{connected(first)}$null = New-Item JAMS:\\Archive -ItemType Folder\n"
        + lines.replace("JAMS:\\ -Recurse", "JAMS:\\Archive -Recurse")
        + "\nTell copied (Test-Path JAMS:\\Archive\\Samples)",
    )
    assert output["copied"] is True


@pytest.mark.skipif(SSHD is None or shutil.which("ssh") is None, reason="no sshd")
def test_a_session_through_sshd_and_its_drive(
    jams: tuple[Running, Running], tmp_path_factory: pytest.TempPathFactory
) -> None:
    opening = shown("powershell.md", "1 Through the machine's sshd").splitlines()
    drive = shown("powershell.md", "4 The drive").splitlines()[:3]
    further = shown("powershell.md", "2 The server's own SSH").splitlines()[-1]
    assert opening[0].startswith("jams ps endpoint ") and opening[3] == "Enter-PSSession $s"
    with sshd(jams=bridge_command(jams[0].home / "powershell.sock")) as server:
        way = (
            f"-HostName localhost -Port {server.port} -UserName {server.user} -KeyFilePath '{server.key}' "
            f"-Options @{{ UserKnownHostsFile = '{server.known_hosts}' }}"
        )
        lines = [opening[1].replace("-HostName jams", way), opening[2], further]
        # What is typed in an entered session is sent line by line.
        lines += [f"Invoke-Command $s {{ {line.partition('  #')[0]} }}" for line in drive]
        output = done(tmp_path_factory, "session", "\n".join([*lines, "Remove-PSSession $s"]), load=False)
    assert output.text.count("hello") >= 3, output.text
    with Server(home=jams[0].home) as known:
        assert known.jobs[r"\Samples\Load"].get().description == "Loads"
