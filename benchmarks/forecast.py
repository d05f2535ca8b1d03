"""What it costs to say what 10,000 jobs will do within a day: queues, dependencies and all."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, bindparam, update

from jams.database import Database, clock, jobs, open_database, queues, scratch, stored_settings, tables
from jams.objects.capacity import BatchQueue
from jams.objects.definitions import Job
from jams.objects.parts import Element, PropertyValue
from jams.scheduler import turn
from jams.scheduler.forecast.assumptions import Usual, averages
from jams.scheduler.forecast.playing import Play, Player

from .report import Row

JOBS = 10_000
DAY = timedelta(days=1)
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def rows() -> Iterable[Row]:
    """CPU seconds of a forecast of a day, and what of them is the copy."""
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        database = open_database(Path(folder) / "jams.db")
        try:
            now = datetime(2027, 3, 1, tzinfo=UTC)
            prepare(database, now, JOBS)
            begin = time.process_time()
            copy = Path(folder) / "copy.db"
            with database.read() as c:
                scratch.copy(c, now, copy)
            copied = time.process_time() - begin
            play = played(copy, now)
            taken = time.process_time() - begin
        finally:
            database.close()
    assert play.whole and len(play.runs) > JOBS * 0.95, len(play.runs)
    yield Row(f"forecast of a day of {JOBS:,} jobs: the copy, of CPU", copied * 1e3, "ms")
    yield Row(f"forecast of a day of {JOBS:,} jobs: all of it, of CPU", taken, "s", target=5)


def played(copy: Path, now: datetime) -> Play:
    """The forecast of a day."""
    with scratch.opened(copy) as c:
        return Player(c, now, Usual(averages(c))).until(now + DAY)


def prepare(database: Database, now: datetime, count: int) -> None:
    """Jobs that run once a day, on each fifth minute, some in queues, some when another one has ended."""
    chance = Random(1)
    database.write(_nouns)
    for first in range(0, count, 500):
        numbers = range(first, min(first + 500, count))
        database.write(lambda c, numbers=numbers: _define_all(c, now, numbers, chance))
    lasts = [{"at": id, "sum": 10.0 * chance.choice((20, 60, 300, 900, 2700))} for id in range(1, count + 1)]
    job = tables.job
    values = {"run_count": 10, "sum_elapsed": bindparam("sum")}
    database.write(lambda c: c.execute(update(job).where(job.c.id == bindparam("at")).values(values), lasts))
    told, limits = turn.Happenings(), turn.Limits(lambda _: 0, lambda _: None, starts=False, plan=True)
    while True:
        planned = database.write(lambda c: turn.take(c, now, told, limits, str)).planned
        if planned is not None and not planned.more:
            return


def _nouns(c: Connection) -> None:
    for number in range(10):
        queues.create(c, BatchQueue(queue_name=f"Q{number}", job_limit=20, started=True), user="ada")
    stored_settings.put(c, "TimeZone", "UTC", user="ada")
    c.execute(tables.agent.update().values(job_limit=1000))


def _define_all(c: Connection, now: datetime, numbers: Iterable[int], chance: Random) -> None:
    with clock.showing(now):
        for number in numbers:
            _define(c, number, chance)


def _define(c: Connection, number: int, chance: Random) -> None:
    at = 5 * chance.randrange(288)
    elements = [
        _element("ScheduleTrigger", ScheduledDate="Daily", ScheduledTime=f"{at // 60:02}:{at % 60:02}")
    ]
    properties: dict[str, Any] = {}
    if number % 5 == 0:
        properties["BatchQueue"] = f"Q{number % 10}"
    if number % 10 == 1:
        before = {"DependsOnJob": f"\\J{number - 1}", "WithinTime": "24:00"}
        elements.append(_element("JobDependency", **before))
    document = Job(
        job_name=f"J{number}",
        parent_folder_name="\\",
        source="true",
        elements=elements,
        properties=_values(properties),
    )
    jobs.create(c, document, user="ada")


def _element(kind: str, **properties: Any) -> Element:
    return Element(element_name=kind, element_type_name=kind, properties=_values(properties))


def _values(properties: dict[str, Any]) -> list[PropertyValue]:
    return [PropertyValue(property_name=name, current_value=value) for name, value in properties.items()]
