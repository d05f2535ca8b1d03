"""What a pass over the schedule costs with many definitions, and how late many points of one second run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert

from jams.database import open_database, schedule_triggers, tables
from jams.dates import Schedule
from jams.scheduler.planning import passes, points

from .report import Row
from .running import TRUE_JOB, Client, server

DUE = 1_000
TOGETHER = 200
AHEAD = timedelta(seconds=8)
"""How long before its point the trigger is defined, at the folder of all jobs."""

FEW = 2_000
MANY = 100_000
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where no disk is waited for: what a pass computes is measured, not what a disk takes to be sure."""


def rows() -> Iterable[Row]:
    """Milliseconds of a whole pass that makes the entries of the same points."""
    few, many = min(_pass(FEW) for _ in range(2)), min(_pass(MANY) for _ in range(2))
    yield Row(
        f"a pass with {DUE:,} points due among {MANY:,} definitions",
        many * 1e3,
        "ms",
        few * 1e3,
        f"among {FEW:,}",
        few * 1.2e3,
    )
    late = sorted(_lateness())
    yield Row(f"{TOGETHER} points on one second: lateness p50", late[len(late) // 2] * 1e3, "ms")
    yield Row(
        f"{TOGETHER} points on one second: lateness p99", late[int(len(late) * 0.99)] * 1e3, "ms", target=500
    )


def _lateness() -> list[float]:
    """Seconds between the point of each of many jobs, the same for all, and the start of its run."""
    with server() as jams:
        client = Client(jams)
        client.call("POST", "/folder", {"folderName": "Together"})
        for number in range(TOGETHER):
            job = {**TRUE_JOB, "jobName": f"T{number}", "parentFolderName": "\\Together"}
            client.call("POST", "/job", job)
        point = datetime.now(UTC).replace(microsecond=0) + AHEAD
        values = {"ScheduledDate": "DAILY", "ScheduledTime": f"{point:%H:%M:%S}", "TimeZone": "UTC"}
        bag = [{"propertyName": name, "currentValue": value} for name, value in values.items()]
        trigger = {"elementName": "At", "elementTypeName": "ScheduleTrigger", "properties": bag}
        client.call("PUT", "/folder", {"folderName": "Together", "elements": [trigger]})
        time.sleep((point - datetime.now(UTC)).total_seconds())
        while True:
            time.sleep(1.0)
            found = [entry for entry in client.call("GET", "/entry?limit=1000") if entry["startTimeUTC"]]
            if len(found) >= TOGETHER:
                return [
                    (datetime.fromisoformat(entry["startTimeUTC"]) - point).total_seconds() for entry in found
                ]


def _pass(definitions: int) -> float:
    """Seconds until the schedule is extended by the points that are due."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        database = open_database(Path(folder) / "jams.db")
        try:
            database.write(lambda c: _define(c, definitions, now))
            begin = time.perf_counter()
            while database.write(lambda c: passes.take_part(c, now)).more:
                pass
            taken = time.perf_counter() - begin
            with database.read() as c:
                made = c.execute(tables.entry.select().with_only_columns(tables.entry.c.number)).all()
            assert len(made) == DUE, len(made)
            return taken
        finally:
            database.close()


def _define(c: Connection, definitions: int, now: datetime) -> None:
    """Jobs that run daily, each with its row: some at once, most of them when the schedule does not reach."""
    stamp = {"version": 1, "changed": now, "changed_by": "JAMS", "document": "{}"}
    placed = {"folder_id": 1, "method_id": 1, "source": "true", "run_count": 0, "cpu_count": 0}
    named = [{"id": id, "name": f"J{id}", "name_key": f"j{id}"} for id in range(1, definitions + 1)]
    c.execute(insert(tables.job), [{**stamp, **placed, **each} for each in named])
    soon, later = now + timedelta(hours=1), now + timedelta(days=2)
    specification = points.specification_of(Schedule(dates="DAILY", times=(f"{soon:%H:%M}",)))
    common = {
        "kind": points.SCHEDULE,
        "signature": "-",
        "specification": specification,
        "conduct": "{}",
        "calendar_id": 1,
        "zone": "UTC",
        "submitted": False,
        "retired": False,
    }
    found = []
    for id in range(1, definitions + 1):
        point = soon if id % (definitions // DUE) == 0 else later
        found.append({**common, "job_id": id, "next_point": point, "next_day": point.date()})
    c.execute(insert(tables.schedule_trigger), found)
    schedule_triggers.set_clock(c, alive=now)
