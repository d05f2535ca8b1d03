"""What docs/file-transfer.md shows is done: the job before a JAMS, the cmdlets in a real PowerShell."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jams.client import Server
from jams.objects.definitions import Folder
from tests.support.commandline import run
from tests.support.file_servers import PASSWORD, USER, certificate, ftp_server, sftp_server
from tests.support.powershell_module import NEEDS_POWERSHELL, shell
from tests.support.running import Running, running

pytestmark = pytest.mark.integration

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "file-transfer.md").read_text(encoding="utf-8")
JOB, MANY, TWO, FLAG = (
    re.sub(r"^    ", "", block, flags=re.M).strip()
    for block in re.findall(r"(?:^    \S.*\n(?:    .*\n)*)", PAGE, re.M)
)


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("page") / "home") as found:
        yield found


def test_the_job_of_the_page_is_made(jams: Running) -> None:
    with Server(home=jams.home) as server:
        server.folders.create(Folder(folder_name="Sales"))
        command, *arguments = shlex.split(JOB)
        assert command == "jamswebclient"
        done = run(*arguments, env={**os.environ, **jams.environment})
        assert done.returncode == 0, done.stderr
        job = server.jobs[r"\Sales\Fetch"].get()
        assert job.method_name == "FileTransfer" and job.source.splitlines()[1].startswith("From: /outgoing/")


@contextmanager
def _site(place: Path) -> Iterator[dict[str, Path]]:
    """Folders as the page has them: at a server, and where the script runs."""
    there, here = place / "there", place / "here"
    for folder in (there / "outgoing", there / "incoming", here / "in", here / "out"):
        folder.mkdir(parents=True)
    for name in ("a.csv", "b.csv"):
        (there / "outgoing" / name).write_text(name)
    (here / "out" / "sent.txt").write_text("sent")
    yield {"there": there, "here": here}


def _said(lines: str, **hosts: str) -> str:
    for host, instead in hosts.items():
        lines = lines.replace(f"{host}.example.org", instead)
    return lines


@NEEDS_POWERSHELL
@pytest.mark.skipif(shutil.which("ssh") is None, reason="no ssh (openssh-client)")
def test_the_cmdlets_of_the_page_do_what_it_tells(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ps = shell(tmp_path_factory, "page")
    known = tmp_path / "known"
    known.write_text("")
    with _site(tmp_path) as at, sftp_server(at["there"], tmp_path) as server:
        lines = _said(MANY, files=f"127.0.0.1:{server.port} -KnownHosts '{known}'")
        done = ps.run(
            f"Set-Location '{at['here']}'\n"
            f"$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force\n"
            f"$ann = New-Object PSCredential '{USER}', $secure\n{lines}\n"
        )
        assert done.errors == "" and done.text.count("What if:") == 2, done.errors
        assert sorted(os.listdir(at["here"] / "in")) == ["a.csv", "b.csv"]
        assert os.listdir(at["there"] / "outgoing") == []
        assert (at["there"] / "incoming" / "sent.txt").read_text() == "sent"


@NEEDS_POWERSHELL
def test_two_servers_of_the_page_are_used_side_by_side(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cert = certificate(tmp_path)
    ps = shell(tmp_path_factory, "page2", SSL_CERT_FILE=str(cert), SSL_CERT_DIR=str(tmp_path / "none"))
    archive = tmp_path / "archive"
    archive.mkdir()
    with (
        _site(tmp_path) as at,
        ftp_server(at["there"], tls="explicit", cert=cert) as one,
        ftp_server(archive) as two,
    ):
        (at["there"] / "outgoing" / "ready.flag").write_text("")
        lines = _said(TWO, files=f"127.0.0.1:{one.port}", archive=f"127.0.0.1:{two.port}")
        again = f"$null = Connect-JFTPS 127.0.0.1:{one.port} -Credential $ann"
        done = ps.run(
            f"Set-Location '{at['here']}'\n"
            f"$secure = ConvertTo-SecureString '{PASSWORD}' -AsPlainText -Force\n"
            f"$ann = New-Object PSCredential '{USER}', $secure\n{lines}\n{again}\n{FLAG}\n"
        )
        assert done.errors == "", done.errors
        assert sorted(os.listdir(archive)) == ["a.csv", "b.csv", "ready.flag"]
        assert sorted(os.listdir(at["here"] / "in")) == ["a.csv", "b.csv", "ready.flag"]
