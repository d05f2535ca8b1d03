"""Logs that their jobs empty or move away, followed through every door that follows."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from jams.client.server import Server
from jams.client.wire import WireConnection
from jams.security.caller import Credentials
from tests.support.commandline import environment, run
from tests.support.powershell import Shell
from tests.support.running import PASSWORD, Running, add_account, configure, running

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX shell")

BEFORE = "before " * 200
JOBS = {
    "Emptied": f'echo "{BEFORE}"; sleep 0.6; : > "$JAMS_LOG"; echo after; sleep 0.6; echo last; exit 4',
    "Moved": f'echo "{BEFORE}"; sleep 0.6; mv "$JAMS_LOG" "$JAMS_LOG.1"; sleep 0.6; exit 4',
    "Rotated": f'echo "{BEFORE}"; sleep 0.6; mv "$JAMS_LOG" "$JAMS_LOG.1"; sleep 0.6; exec > "$JAMS_LOG"; '
    "echo after; sleep 0.6; echo last; exit 4",
}


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("following") / "home"
    configure(home)
    with running(home) as found:
        add_account(home, "operator", "Administrators")
        with library(found) as server:
            for name, source in JOBS.items():
                server.call(
                    "create_job",
                    job={
                        "jobName": name,
                        "parentFolderName": "\\",
                        "methodName": "Command",
                        "source": source,
                    },
                )
        yield found


def library(jams: Running) -> Server:
    host, _, port = json.loads((jams.home / "client.json").read_bytes())["wire"].rpartition(":")
    nowhere = jams.home / "nowhere"
    return Server(host, int(port), home=nowhere, username="operator", password=PASSWORD)


def by_client(protocol: str) -> Callable[[Running, str, Path], str]:
    def follow(jams: Running, job: str, folder: Path) -> str:
        """What the client shows, whose exit code tells how the job ended."""
        env = environment(folder, JAMS_HOME=str(jams.home))
        done = run("submit", job, "--follow", "--protocol", protocol, env=env)
        assert done.returncode == 1, done.stderr
        assert "Exit code 4" in done.stderr and done.stderr.count("\n") == 1
        return done.stdout

    return follow


def by_log_command(jams: Running, job: str, folder: Path) -> str:
    env = environment(folder, JAMS_HOME=str(jams.home))
    done = run("log", str(submitted(jams, job)), "--follow", env=env)
    assert (done.returncode, "Exit code 4" in done.stderr) == (1, True)
    return done.stdout


def by_library(jams: Running, job: str, folder: Path) -> str:
    with library(jams) as server:
        return "".join(server.entries[submitted(jams, job)].log(follow=True))


def by_events(jams: Running, job: str, folder: Path) -> str:
    """What comes as events, with the connection broken off after each."""
    parts = urlsplit(jams.url)
    address = f"{parts.path}/api/entry/{submitted(jams, job)}/log?follow"
    text, last, name = "", "", ""
    while name != "end":
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        more = {"Last-Event-ID": last} if last else {}
        connection.request("GET", address, headers={"Authorization": f"Bearer {jams.token}", **more})
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        event = next_event(answer)
        connection.close()
        last, name = event["id"], event.get("event", "message")
        assert name in ("message", "end"), event
        text += json.loads(event["data"])["text"]
    return text


def next_event(answer: HTTPResponse) -> dict[str, str]:
    fields: dict[str, str] = {}
    while line := answer.readline().decode():
        name, _, value = line.rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            break
    return fields


def by_session(jams: Running, job: str, folder: Path) -> str:
    host, _, port = json.loads((jams.home / "client.json").read_bytes())["wire"].rpartition(":")
    wire = WireConnection(host, int(port))
    try:
        shell = Shell(wire, credentials=Credentials(username="operator", password=PASSWORD))
        result = shell.line(f"Submit-JAMSEntry {job} | Get-JAMSLog -Follow")
        assert result.error_ids == []
        return "".join(f"{line}\n" for line in result.output)
    finally:
        wire.close()


def submitted(jams: Running, job: str) -> int:
    with library(jams) as server:
        number: int = server.call("submit_job", name=job).jams_entry
        return number


DOORS = [by_client("rest"), by_client("soap"), by_log_command, by_library, by_events, by_session]
NAMES = ["client-rest", "client-soap", "log-command", "library", "events", "session"]


@pytest.mark.parametrize("follow", DOORS, ids=NAMES)
@pytest.mark.parametrize(
    ("job", "end"), [("Emptied", "after\nlast\n"), ("Rotated", "after\nlast\n"), ("Moved", "")]
)
def test_following_goes_on(
    jams: Running, tmp_path: Path, follow: Callable[[Running, str, Path], str], job: str, end: str
) -> None:
    text = follow(jams, f"\\{job}", tmp_path)
    assert text in (end, f"{BEFORE}\n{end}"), "a late reader may have missed what was taken away"
