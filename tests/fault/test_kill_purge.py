"""``kill -9`` of a server in the middle of a purge: what is gone is gone, the rest goes when it is back."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jams.client.server import Server
from jams.database import open_database, tables
from jams.database.opening import open_beside
from jams.objects.enums import EntryState, Severity
from tests.support import databases, old_history
from tests.support.eventually import eventually
from tests.support.running import configure, start
from tests.support.schedule import Desk

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

RUNS, KEPT = 12_000, 2_000


def test_a_purge_that_is_killed_goes_on_when_the_server_is_back(tmp_path: Path, place: Path | str) -> None:
    home = tmp_path / "home"
    logs = home / "logs" / "jobs"
    logs.mkdir(parents=True)
    configure(home, DeliverJobs="true", **databases.connection_to(place))
    database = open_database(place)
    desk = Desk(database)
    job = desk.job("\\Often")
    first = datetime.now(UTC) - timedelta(days=2)
    rows = [
        old_history.row(job, old_history.FIRST_NUMBER + n, first + timedelta(seconds=n)) for n in range(RUNS)
    ]
    for n in range(0, RUNS, 100):
        rows[n]["log_filename"] = str(logs / f"{n}.log")
        (logs / f"{n}.log").touch()
        os.utime(logs / f"{n}.log", (0, 0))
    old_history.add(desk, rows, audited=False)
    database.close()

    beside = None
    jams = start(home)
    try:
        beside = open_beside(place)

        def left() -> int:
            with beside.read() as c:
                return c.scalar(select(func.count()).where(tables.history.c.job_id == job)) or 0

        with Server(home=home) as server:
            number = server.submit("\\JAMS\\JAMSPurge", Maximum=str(KEPT)).key
        eventually(lambda: left() < RUNS - 500)
        jams.kill_tree()
        assert KEPT < left() < RUNS - 500
        jams = start(home)
        with Server(home=home) as server:
            eventually(lambda: server.entries[number].get().current_state is EntryState.COMPLETE)
            entry = server.entries[number].get()
            log = server.entries[number].log().text
        assert entry.final_severity is Severity.SUCCESS, (entry.final_status, log)
        assert left() == KEPT
        assert log.count("Purging History") == 2 and "logs removed." in log
        of_kept = {f"{n}.log" for n in range(RUNS - KEPT, RUNS, 100)}
        assert {path.name for path in logs.iterdir() if path.name[0].isdigit()} == of_kept
    finally:
        jams.kill_tree()
        if beside is not None:
            beside.close()
