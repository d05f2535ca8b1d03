"""``kill -9`` of the server while runs are being ended: a run has ended when nothing of it lives.

The work holds a lock for as long as it lives, and takes its time to end; whoever finds the lock taken when he
begins says so in the ledger.
"""

from __future__ import annotations

import fcntl
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from test_kill_everything import request

from tests.support.databases import connection_to
from tests.support.running import configure, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")

WORK = """\
import fcntl, os, signal, sys, time
room, ron = sys.argv[1:]
def say(word):
    with open(room + "/ledger", "a") as file:
        file.write(word + " " + ron + "\\n")
lock = open(room + "/lock", "w")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    say("overlap")
say("begin")
if os.path.exists(room + "/enough"):
    os._exit(0)
def end(*_):
    open(room + "/enough", "w").close()
    say("asked")
    time.sleep(1.5)
    say("end")
    os._exit(0)
signal.signal(signal.SIGTERM, end)
open(room + "/ready", "w").close()
while True:
    time.sleep(0.05)
"""


class Room:
    """A server, and work that takes its time to end in a session of its own."""

    def __init__(self, path: Path, place: Path | str) -> None:
        self.path = path
        self.home = path / "home"
        (path / "work.py").write_text(WORK)
        configure(self.home, **connection_to(place))
        self.jams = start(self.home)
        source = f'setsid {sys.executable} {path}/work.py {path} "$JAMS_RON" &\nwait $!\n'
        body = {"jobName": "Slow", "parentFolderName": "\\", "methodName": "Command", "source": source}
        self.ask("POST", "/job", body)

    def ask(self, verb: str, path: str, body: Any = None) -> Any:
        return request(self.jams, verb, path, body)

    def submit(self) -> int:
        """A run that is ready to be ended."""
        number: int = self.ask("POST", "/submit/job", {"name": r"\Slow"})["jamsEntry"]
        self.until(lambda: (self.path / "ready").exists())
        self.until(lambda: self.ask("GET", f"/entry/{number}")["currentState"] == "Executing")
        return number

    @staticmethod
    def until(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 50
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def killed_after(self, seconds: float) -> None:
        """Kill the server, and nothing else, after a while; then start another one."""
        killer = threading.Timer(seconds, self.jams.processes[0].kill)
        killer.start()
        killer.join()
        self.jams.processes[0].wait(10)
        self.jams = start(self.home)

    def ended(self, number: int) -> dict[str, Any]:
        while (entry := self.ask("GET", f"/entry/{number}/wait?timeout=20"))["currentState"] != "Complete":
            continue
        found: dict[str, Any] = entry
        return found

    def ledger(self) -> list[str]:
        return (self.path / "ledger").read_text().splitlines()

    def works(self) -> bool:
        with open(self.path / "lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False


@pytest.fixture
def room(tmp_path: Path, place: Path | str) -> Iterator[Room]:
    made = Room(tmp_path, place)
    yield made
    made.jams.kill_tree()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_second_run_never_overlaps_the_first(room: Room, seed: int) -> None:
    number = room.submit()
    room.ask("PUT", f"/entry/{number}/restart", {})
    room.killed_after(random.Random(seed).uniform(0, 2))
    entry = room.ended(number)
    assert (entry["restartCount"], entry["finalSeverity"]) == (1, "Success")
    words = [line.split()[0] for line in room.ledger()]
    assert words == ["begin", "asked", "end", "begin"]


@pytest.mark.parametrize("seed", [4, 5])
def test_a_cancelled_run_is_complete_when_nothing_of_it_lives(room: Room, seed: int) -> None:
    number = room.submit()
    room.ask("PUT", f"/entry/{number}/delete", {})
    assert room.ask("GET", f"/entry/{number}")["currentState"] == "Executing"
    room.killed_after(random.Random(seed).uniform(0, 2))
    entry = room.ended(number)
    assert not room.works()
    assert (entry["finalSeverity"], entry["finalStatus"]) == (
        "Error",
        f"Cancelled by {entry['submittedBy']}.",
    )
    assert room.ledger()[-1].startswith("end ")


def test_what_was_removed_stays_away_and_what_was_refused_stays(room: Room) -> None:
    number = room.submit()
    with pytest.raises(AssertionError, match="WrongState"):
        room.ask("DELETE", f"/entry/{number}")
    room.ask("PUT", f"/entry/{number}/delete", {"force": True})
    room.ended(number)
    with pytest.raises(AssertionError, match="WrongState"):
        room.ask("PUT", f"/entry/{number}/delete", {})
    room.ask("DELETE", f"/entry/{number}")
    room.killed_after(0)
    with pytest.raises(AssertionError, match="EntryNotFound"):
        room.ask("GET", f"/entry/{number}")
    assert [run["jamsEntry"] for run in room.ask("GET", "/history?name=Slow")] == [number]


STORM = """\
exec 9> {room}/lock-$JAMS_ENTRY
flock -n 9 || echo "overlap $JAMS_ENTRY" >> {room}/ledger
echo "run $JAMS_ENTRY $JAMS_RON" >> {room}/ledger
trap 'sleep 0.2; exit 1' TERM
setsid sleep 0.$((JAMS_RON % 6)) &
wait $!
"""


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [7])
def test_operators_and_kills_together_start_nothing_twice(
    tmp_path: Path, place: Path | str, seed: int
) -> None:
    """Cancel, restart and remove at random while the server is killed at random."""
    chance = random.Random(seed)
    room = Room(tmp_path, place)
    body = {"jobName": "Storm", "parentFolderName": "\\", "methodName": "Command"}
    room.ask("POST", "/job", {**body, "source": STORM.format(room=tmp_path)})
    numbers: list[int] = []
    removed: set[int] = set()
    try:
        for _ in range(4):
            killer = threading.Timer(chance.uniform(0.5, 1.5), room.jams.processes[0].kill)
            killer.start()
            while killer.is_alive():
                number = chance.choice([*numbers, 0])
                verb, path, body = chance.choice(
                    [
                        ("POST", "/submit/job", {"name": r"\Storm"}),
                        ("PUT", f"/entry/{number}/restart", {}),
                        ("PUT", f"/entry/{number}/delete", {"force": chance.random() < 0.3}),
                        ("DELETE", f"/entry/{number}", None),
                    ]
                )
                try:
                    answer = room.ask(verb, path, body)
                except (AssertionError, OSError, HTTPException, ValueError):
                    continue
                if verb == "POST":
                    numbers.append(answer["jamsEntry"])
                elif verb == "DELETE":
                    removed.add(number)
            killer.join()
            room.jams.processes[0].wait(10)
            room.jams = start(room.home)
        for number in sorted({*numbers} - removed):
            with suppress(AssertionError):
                room.ended(number)
        there = {entry["jamsEntry"] for entry in room.ask("GET", "/entry")}
        history = [(run["jamsEntry"], run["ron"]) for run in room.ask("GET", "/history?name=Storm")]
    finally:
        room.jams.kill_tree()
    assert numbers and not there & removed
    words = [line.split() for line in room.ledger()]
    assert [line for line in words if line[0] == "overlap"] == []
    runs = [(int(line[1]), int(line[2])) for line in words]
    assert len(runs) == len(set(runs)), "a start was made twice"
    assert len(history) == len(set(history)) and set(runs) <= set(history), "a run is recorded once"
