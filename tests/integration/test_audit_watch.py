"""The audit trail is published: heads to the log, records to the system's log, over a real socket."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from jams.database import audit, audit_chain
from jams.server.audit_watch import AuditWatch
from tests.support.schedule import Desk, desk


class SystemLog:
    """Takes what is sent to the system's log."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.path)
        self._socket.settimeout(10)

    def read(self, count: int) -> list[dict[str, Any]]:
        found = [self._socket.recv(65536).decode() for _ in range(count)]
        assert all(line.startswith("<86>jams-audit: {") for line in found), found
        return [json.loads(line.partition(": ")[2]) for line in found]

    def empty(self) -> bool:
        self._socket.setblocking(False)
        with suppress(BlockingIOError):
            return not self._socket.recv(65536)
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def d(place: Path | str) -> Iterator[Desk]:
    with desk(place) as made:
        yield made


@pytest.fixture
def system(tmp_path: Path) -> Iterator[SystemLog]:
    made = SystemLog(tmp_path / "log")
    yield made
    made.close()


def did(d: Desk, what: str) -> None:
    d.write(lambda c: audit.record(c, user="ädä", door="rest", operation=what, message="one\ntwo"))


def test_records_and_heads_are_passed_on(
    d: Desk, system: SystemLog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "jams.audit")
    did(d, "first")
    watch = AuditWatch(d.database, system.path)
    watch.start()
    head, first = system.read(2)
    assert head["heads"].startswith("done:1:") and head["heads"] in caplog.text
    assert (first["operation"], first["user"], first["message"]) == ("first", "ädä", "one\ntwo")
    did(d, "second")
    (second,) = system.read(1)
    assert second["link"] == 2 and head["heads"].split()[0] == f"done:1:{second['previous']}"
    watch.stop()
    did(d, "third")
    again = AuditWatch(d.database, system.path)
    again.pass_on()
    again.pass_on()
    assert [line["operation"] for line in system.read(1)] == ["third"] and system.empty()
    again.stop()


def test_a_system_log_that_is_away_gets_the_records_when_it_is_back(
    d: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = AuditWatch(d.database, str(tmp_path / "away"))
    did(d, "first")
    watch.pass_on()
    watch.pass_on()
    assert caplog.text.count("cannot be passed on") == 1
    assert d.read(lambda c: audit_chain.told(c, "done")) == 0
    system = SystemLog(tmp_path / "away")
    try:
        watch.pass_on()
        assert [line["operation"] for line in system.read(1)] == ["first"]
    finally:
        watch.stop()
        system.close()
