"""A small scheduler around the executor is killed at random points and started again until all is done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from jams.executor.log_places import LogPlaces
from jams.executor.logs import read_log

pytestmark = [pytest.mark.fault, pytest.mark.skipif(os.name == "nt", reason="POSIX processes")]

JOBS = 40

HOST = r"""
import os, sys, threading
from pathlib import Path
from jams.executor.executor import Executor
from jams.objects.run import RunEnded, RunRequest

base, jobs = Path(sys.argv[1]), int(sys.argv[2])
SOURCE = 'echo "begin $JAMS_ENTRY"\necho "$JAMS_ENTRY" >> "' + str(base) + '/ledger"\n' \
    'sleep 0.0$((JAMS_ENTRY % 4))\necho "end $JAMS_ENTRY"\nexit $((JAMS_ENTRY % 5))\n'

def read(name):
    try:
        text = (base / name).read_text()
    except FileNotFoundError:
        return []
    return [line.split(" ", 4) for line in text.splitlines() if line.endswith(";")]

def append(name, *words):
    fd = os.open(base / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(fd, (" ".join(map(str, words)) + " ;\n").encode())
    os.close(fd)

def step(word):
    os.write(1, (word + "\n").encode())

settled = {line[0] for line in read("settled")}
entries_done = {int(line[1]) for line in read("settled") if line[2] != "NONE"}
claims = {line[0]: int(line[1]) for line in read("claims")}
all_done = threading.Event()
lock = threading.Lock()

def settle(ended, entry=None):
    entry = entry or ended.jams_entry
    reason = (ended.reason or "").replace(" ", "_")
    append("settled", ended.token, entry, ended.outcome.name, ended.exit_code, reason)
    step("settled")
    executor.forget(ended.token)
    step("forgotten")
    with lock:
        entries_done.add(entry)
        if len(entries_done) == jobs:
            all_done.set()

def start(entry):
    token = "r%d-%d" % (entry, os.getpid())
    append("claims", token, entry)
    step("claimed")
    answer = executor.start(RunRequest(token=token, jams_entry=entry, ron=1, method="Command", source=SOURCE,
                                       job_name="Job%d" % entry, folder_name="\\"))
    step("started")
    if isinstance(answer, RunEnded):
        settle(answer, entry)

executor = Executor(base / "journal", log_location=base / "logs", on_ended=settle)
running = set()
for token, answer in executor.recover([token for token in claims if token not in settled]).items():
    if answer is None:
        append("settled", token, claims[token], "NONE", 0, "x")
        executor.forget(token)
    else:
        running.add(claims[token])
        if isinstance(answer, RunEnded):
            settle(answer, claims[token])
    step("recovered")
executor.purge([token for token in claims if token not in settled])
for entry in range(1, jobs + 1):
    if entry not in entries_done and entry not in running:
        start(entry)
with lock:
    if len(entries_done) == jobs:
        all_done.set()
all_done.wait()
step("DONE")
"""


def host(base: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOST, str(base), str(JOBS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def lines(base: Path, name: str) -> list[list[str]]:
    path = base / name
    return [line.split(" ") for line in path.read_text().splitlines()] if path.exists() else []


def kill_tree(base: Path) -> None:
    """Kill every process that belongs to a run under ``base``, until none is left."""
    mark = b"JAMS_RUN=" + os.fsencode(base / "journal")
    left = True
    while left:
        left = False
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                if mark in Path(f"/proc/{name}/environ").read_bytes():
                    os.kill(int(name), signal.SIGKILL)
                    left = True
            except OSError:
                continue


def run_with_kills(base: Path, chance: random.Random, kills: int, *, tree: bool) -> None:
    for _ in range(kills):
        process = host(base)
        assert process.stdout is not None
        with process, process.stdout:
            for _ in range(chance.randrange(1, JOBS)):
                if process.stdout.readline() in ("", "DONE\n"):
                    break
            until = time.perf_counter() + chance.random() * 0.003
            while time.perf_counter() < until:
                pass
            process.kill()
        assert process.returncode in (0, -signal.SIGKILL)
        if tree:
            kill_tree(base)
    process = host(base)
    assert process.communicate(timeout=50)[0].endswith("DONE\n")
    assert process.returncode == 0


def outcomes(base: Path) -> dict[int, list[str]]:
    """The settled outcome of each entry, checked to be one."""
    settled = [line for line in lines(base, "settled") if line[2] != "NONE"]
    assert sorted(int(line[1]) for line in settled) == list(range(1, JOBS + 1))
    return {int(line[1]): line[2:4] for line in settled}


def ledger(base: Path) -> Counter[int]:
    return Counter(int(line[0]) for line in lines(base, "ledger"))


def check_log(base: Path, entry: int) -> None:
    names = sorted((base / "logs").glob(f"Job{entry}_*.log"))
    texts = [read_log(LogPlaces(base, ["logs"]), name).data.decode() for name in names]
    assert [text for text in texts if text] == [f"begin {entry}\nend {entry}\n"]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_executor_loses_nothing_and_repeats_nothing(tmp_path: Path, seed: int) -> None:
    run_with_kills(tmp_path, random.Random(seed), 6, tree=False)
    assert outcomes(tmp_path) == {entry: ["EXITED", str(entry % 5)] for entry in range(1, JOBS + 1)}
    assert ledger(tmp_path) == Counter(range(1, JOBS + 1))
    for entry in range(1, JOBS + 1):
        check_log(tmp_path, entry)
    assert [name for name in os.listdir(tmp_path / "journal") if name[0] != "."] == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("seed", [3, 4])
def test_a_killed_tree_tells_the_truth_and_repeats_nothing(tmp_path: Path, seed: int) -> None:
    run_with_kills(tmp_path, random.Random(seed), 6, tree=True)
    ran = ledger(tmp_path)
    found = outcomes(tmp_path)
    assert set(ran.values()) <= {1}
    for entry, (outcome, code) in found.items():
        if outcome == "EXITED":
            assert (ran[entry], code) == (1, str(entry % 5))
            check_log(tmp_path, entry)
        else:
            assert (outcome, code) == ("LOST", "None")
    reasons = [line[4] for line in lines(tmp_path, "settled") if line[2] == "LOST"]
    assert all("killed" in reason for reason in reasons)
    assert [name for name in os.listdir(tmp_path / "journal") if name[0] != "."] == []
