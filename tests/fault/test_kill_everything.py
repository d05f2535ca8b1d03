"""``kill -9`` of everything at random: what was accepted is there, nothing runs twice, ends are true.

Each job appends its entry number to a ledger; the ledger is what really ran.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.databases import connection_to
from tests.support.running import Running, configure, start

ROUNDS = 5


class Caller:
    """Submits under keys of its own and asks again after a lost answer, as a careful client does."""

    def __init__(self) -> None:
        self.accepted: dict[str, int] = {}
        self.unsure: list[str] = []

    def submit(self, jams: Running, key: str) -> None:
        """Submit once; remember what was promised, or that the answer was lost."""
        try:
            answer = request(jams, "POST", "/submit/job", {"name": r"\Ledger"}, {"Idempotency-Key": key})
        except (OSError, HTTPException, ValueError):
            self.unsure.append(key)
            return
        number = answer["jamsEntry"]
        assert self.accepted.get(key, number) == number, "one key, two entries"
        self.accepted[key] = number


def request(
    jams: Running, verb: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> Any:
    """One REST call as the owner of the home."""
    parts = urlsplit(jams.url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request(
            verb,
            f"{parts.path}/api{path}",
            None if body is None else json.dumps(body),
            {"Authorization": f"Bearer {jams.token}", "Content-Type": "application/json", **(headers or {})},
        )
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status < 300, content
        return json.loads(content)
    finally:
        connection.close()


def make_job(jams: Running, ledger: Path) -> None:
    """A job that writes its entry number into the ledger, waits a moment and ends with 0."""
    source = f'echo "$JAMS_ENTRY" >> "{ledger}"\nsleep 0.0$((JAMS_ENTRY % 10))\n'
    body = {"jobName": "Ledger", "parentFolderName": "\\", "methodName": "Command", "source": source}
    request(jams, "POST", "/job", body)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_and_nothing_runs_twice(tmp_path: Path, place: Path | str, seed: int) -> None:
    chance = random.Random(seed)
    home, ledger, caller = tmp_path / "home", tmp_path / "ledger", Caller()
    configure(home, **connection_to(place))
    jams = start(home)
    make_job(jams, ledger)
    for round_number in range(ROUNDS):
        for key in caller.unsure[:]:
            caller.unsure.remove(key)
            caller.submit(jams, key)
        killer = threading.Timer(chance.uniform(0.05, 0.8), jams.kill_tree)
        killer.start()
        for index in range(200):
            if not killer.is_alive():
                break
            caller.submit(jams, f"{seed}-{round_number}-{index}")
        killer.join()
        jams = start(home)
    for key in caller.unsure[:]:
        caller.submit(jams, key)

    entries = settled(jams, set(caller.accepted.values()))
    jams.kill_tree()
    runs = Counter(int(line) for line in ledger.read_text().split())
    assert [number for number, count in runs.items() if count > 1] == []
    assert set(runs) <= set(entries), "something ran that is not in the schedule"
    for number, entry in entries.items():
        if entry["finalSeverity"] == "Success":
            assert runs[number] == 1, f"entry {number} succeeded without running"
        else:
            assert entry["finalStatus"], f"entry {number} ended badly and does not say why"


def settled(jams: Running, expected: set[int]) -> dict[int, Any]:
    """All entries once every one has ended; fails when an accepted one is missing."""
    deadline = time.monotonic() + 60
    while True:
        entries = {entry["jamsEntry"]: entry for entry in request(jams, "GET", "/entry")}
        assert expected <= set(entries), "an accepted submission is gone"
        open_ones = [n for n, entry in entries.items() if entry["currentState"] != "Complete"]
        if not open_ones:
            return entries
        assert time.monotonic() < deadline, f"entries that never end: {open_ones[:10]}"
        request(jams, "GET", f"/entry/{open_ones[0]}/wait?timeout=5")


def test_running_job_is_adopted_when_only_the_server_dies(tmp_path: Path, place: Path | str) -> None:
    home, gate = tmp_path / "home", tmp_path / "gate"
    configure(home, **connection_to(place))
    jams = start(home)
    source = f'echo before\nwhile [ ! -e "{gate}" ]; do sleep 0.05; done\necho after\nexit 7\n'
    body = {"jobName": "Patient", "parentFolderName": "\\", "methodName": "Command", "source": source}
    request(jams, "POST", "/job", body)
    number = request(jams, "POST", "/submit/job", {"name": r"\Patient"})["jamsEntry"]
    while request(jams, "GET", f"/entry/{number}")["currentState"] != "Executing":
        request(jams, "GET", f"/entry/{number}/wait?timeout=0.1")

    jams.processes[0].kill()
    jams.processes[0].wait(10)
    jams = start(home)
    try:
        assert request(jams, "GET", f"/entry/{number}")["currentState"] == "Executing"
        gate.touch()
        entry = request(jams, "GET", f"/entry/{number}/wait?timeout=20")
        assert (entry["currentState"], entry["finalStatusCode"]) == ("Complete", 7)
        log = request(jams, "GET", f"/entry/{number}/log", headers={"Accept": "application/json"})
        assert log["text"].split() == ["before", "after"]
    finally:
        jams.kill_tree()


def test_running_job_that_dies_with_the_server_ends_as_lost(tmp_path: Path, place: Path | str) -> None:
    home = tmp_path / "home"
    configure(home, **connection_to(place))
    jams = start(home)
    body = {"jobName": "Long", "parentFolderName": "\\", "methodName": "Command", "source": "sleep 300\n"}
    request(jams, "POST", "/job", body)
    number = request(jams, "POST", "/submit/job", {"name": r"\Long"})["jamsEntry"]
    while request(jams, "GET", f"/entry/{number}")["currentState"] != "Executing":
        request(jams, "GET", f"/entry/{number}/wait?timeout=0.1")

    jams.kill_tree()
    jams = start(home)
    try:
        entry = request(jams, "GET", f"/entry/{number}/wait?timeout=20")
        assert (entry["currentState"], entry["finalSeverity"]) == ("Complete", "Error")
        assert "lost" in entry["finalStatus"].lower()
    finally:
        jams.kill_tree()
