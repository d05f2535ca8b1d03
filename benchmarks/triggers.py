"""What triggers cost: a thousand that wait for files of their own, and one whose mailbox is full."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from tests.support.imap_server import PASSWORD, USER, Imap, imap_server
from tests.support.running import Running

from .report import Row
from .running import Client, server

TRIGGERS = 1000
MAILS = 10_000
SECONDS = 10.0
_LONGEST = 40.0
_MOST_READING = 240.0


def rows() -> Iterable[Row]:
    """Seconds until one of a thousand triggers has fired, what they cost, and what a full mailbox does."""
    yield from _files()
    yield from _mails()


def _files() -> Iterator[Row]:
    with server() as jams, tempfile.TemporaryDirectory(prefix="jams-files-") as folder:
        client = Client(jams)
        for number in range(TRIGGERS):
            event = {"eventType": "File", "fileName": f"{folder}/{number}.csv", "steadySeconds": 0}
            _make(client, f"G{number}", event)
        time.sleep(3.0)
        idle = _load(jams)
        Path(folder, f"{TRIGGERS // 2}.csv").touch()
        begun = time.monotonic()
        while _trigger(client, f"G{TRIGGERS // 2}").get("lastFiredUTC") is None:
            assert time.monotonic() - begun < _LONGEST, "the trigger has not fired"
            time.sleep(0.01)
        fired = time.monotonic() - begun
    name = f"{TRIGGERS:,} triggers wait for files of their own"
    yield Row(f"{name}: one comes, until its trigger has fired", fired, "s", target=1.0)
    yield Row(f"{name}: processor time while none comes", idle * 100, "% of a core", target=1.0)


def _mails() -> Iterator[Row]:
    with imap_server() as imap:
        imap.fill(MAILS)
        with _trusted(imap), server() as jams:
            client = Client(jams)
            _account(jams, client, imap)
            alone = _slowest(client, SECONDS)
            _make(client, "Mailed", {"eventType": "Mail", "subject": "never", "oldMail": True})
            _make(client, "Queue", {"eventType": "Mail", "subject": "order *", "oldMail": True})
            crowded = _slowest(client, SECONDS)
            assert _trigger(client, "Queue").get("lastFiredUTC"), "no mail has fired"
            _read(jams)
            idle = _load(jams)
    name = f"{MAILS:,} mails wait in a mailbox"
    yield Row(f"{name} and are read: slowest of 100 answers", crowded, "ms", alone, "the same without them")
    yield Row(f"{name} and have been read: processor time", idle * 100, "% of a core", target=1.0)


def _make(client: Client, name: str, event: dict[str, Any]) -> None:
    made = {
        "triggerName": name,
        "parentFolderName": "\\",
        "events": [event],
        "actions": [{"jobName": r"\True"}],
    }
    client.call("POST", "/trigger", made)


def _trigger(client: Client, name: str) -> dict[str, Any]:
    found: dict[str, Any] = client.call("GET", f"/trigger?name=%5C{name}")
    return found


def _read(jams: Running) -> None:
    """Wait until all mails have been looked at: a reader takes a share of a core, however long that lasts."""
    process = psutil.Process(jams.processes[0].pid)
    until = time.monotonic() + _MOST_READING
    while time.monotonic() < until:
        before = sum(process.cpu_times()[:2])
        time.sleep(2.0)
        if sum(process.cpu_times()[:2]) - before < 0.1:
            return
    raise AssertionError("the mailbox is still being read")


def _load(jams: Running) -> float:
    """Seconds of processor time that the server takes in a second."""
    process = psutil.Process(jams.processes[0].pid)
    before, began = process.cpu_times(), time.monotonic()
    time.sleep(SECONDS)
    after, passed = process.cpu_times(), time.monotonic() - began
    return (after.user + after.system - before.user - before.system) / passed


def _slowest(client: Client, seconds: float) -> float:
    """Milliseconds below which 99 of 100 answers come."""
    taken = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.monotonic()
        client.call("GET", "/job?name=%5CTrue")
        taken.append((time.monotonic() - begun) * 1000)
        time.sleep(0.005)
    return sorted(taken)[len(taken) * 99 // 100]


@contextmanager
def _trusted(imap: Imap) -> Iterator[None]:
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(imap.certificate)
    try:
        yield
    finally:
        os.environ.pop("SSL_CERT_FILE")
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before


def _account(jams: Running, client: Client, imap: Imap) -> None:
    command = [sys.executable, "-m", "jams.commands.main", "credential", "set", "Mail", "--user", USER]
    subprocess.run(command, env=jams.environment, input=f"{PASSWORD}\n", text=True, check=True)
    for name, value in {"IMAPServer": f"127.0.0.1:{imap.tls_port}", "IMAPCredential": "Mail"}.items():
        client.call("PATCH", f"/cfg?name={name}", {"name": name, "value": value})


if __name__ == "__main__":
    for row in rows():
        print(row)
