"""S51: a pattern over a huge log, one line of which has no end, while others end and the server restarts."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from jams.client.server import Server
from jams.executor import searches
from jams.objects.definitions import Job
from jams.objects.enums import EntryState, Severity
from jams.objects.errors import JAMSError
from jams.objects.parts import PropertyValue
from jams.services.configuration import load
from jams.services.server import Process

pytestmark = [
    pytest.mark.integration,
    pytest.mark.timeout(180),
    pytest.mark.skipif(os.name == "nt", reason="POSIX processes"),
]

HUGE = """\
import sys
for _ in range(20):
    sys.stdout.write("a" * 1_000_000)
sys.stdout.write("\\n")
for _ in range(16):
    sys.stdout.write("some words of it\\n" * 60_000)
sys.stdout.write("Completed OK")
"""
BAD = r"^(\w+\s?)*FATAL$"
MEMORY = 100 << 20


def started(home: Path) -> Process:
    process = Process(load(home, {"WebPort": "0", "ServerPort": "0"}).settings)
    process.start()
    return process


def job(name: str, method: str, source: str, **patterns: str) -> Job:
    properties = [PropertyValue(property_name=key, current_value=value) for key, value in patterns.items()]
    return Job(job_name=name, method_name=method, source=source, properties=properties)


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def test_s51_a_pattern_over_a_huge_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, begun, go_on = tmp_path / "home", threading.Event(), threading.Event()
    look = searches.search

    def held(log: Any, size: int, *arguments: Any) -> Any:
        if size > 1 << 20:
            begun.set()
            go_on.wait(120)
        return look(log, size, *arguments)

    monkeypatch.setattr(searches, "search", held)
    first = started(home)
    try:
        with Server(home=home) as server:
            server.jobs.create(job("Talk", "Python", HUGE, BadPattern=BAD, GoodPattern="Completed OK"))
            server.jobs.create(job("Ten", "Command", "echo Completed OK", GoodPattern="Completed OK"))
            with pytest.raises(JAMSError) as refused:
                server.jobs.create(job("Faulty", "Command", "true", BadPattern="(["))
            assert "BadPattern" in refused.value.message
            talk = int(server.submit(r"\Talk").key)
            assert begun.wait(120)
            others = [int(server.submit(r"\Ten").key) for _ in range(10)]
            ended = [server.entries[number].wait(timeout=60) for number in others]
            assert {each.final_severity for each in ended} == {Severity.SUCCESS}
            assert server.entries[talk].get().current_state is EntryState.EXECUTING, "it is searched still"
    finally:
        stopping = threading.Thread(target=first.stop)
        stopping.start()
        go_on.set()
        stopping.join()
    monkeypatch.setattr(searches, "search", look)
    before = peak()
    second = started(home)
    try:
        with Server(home=home) as server:
            entry = server.entries[talk].wait(timeout=120)
            assert entry.current_state is EntryState.COMPLETE
            told = entry.final_status or ""
            assert entry.final_severity is Severity.SUCCESS or "was given up" in told, told
            assert len(server.history.find(name="Talk")) == 1
    finally:
        second.stop()
    assert peak() - before < MEMORY
