"""Several schedulers plan on one PostgreSQL database at the same time: each point gets one entry."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from jams.database import jobs, open_beside, tables
from jams.objects.definitions import Job
from jams.objects.patch import patch_of
from tests.support import databases
from tests.support.planning import part, scheduled
from tests.support.schedule import USER, Desk, desk

JOBS = 30
PLANNERS = 3


def test_planners_that_race_make_each_point_once(tmp_path: Path) -> None:
    """While definitions are changed as well: a job has the points of its last definition alone."""
    now = datetime.now(UTC)
    with ExitStack() as stack:
        where = stack.enter_context(databases.database("postgresql", tmp_path))
        first = stack.enter_context(desk(where))
        desks = [first]
        for _ in range(PLANNERS):
            beside = open_beside(where)
            stack.callback(beside.close)
            desks.append(Desk(beside))
        times = [scheduled("DAILY", time, TimeZone="UTC") for time in ("05:00", "13:00", "21:00")]
        ids = [first.job(f"\\J{number}", elements=times) for number in range(JOBS)]
        failures: list[BaseException] = []
        edited = threading.Event()

        def plan(d: Desk) -> None:
            try:
                while d.write(lambda c: part(c, now)).more or not edited.is_set():
                    pass
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=plan, args=(d,)) for d in desks[1:]]
        for thread in threads:
            thread.start()
        for id in ids[::3]:
            patch = patch_of(Job)(elements=times[:1])
            first.write(lambda c, id=id, patch=patch: jobs.change(c, patch, id=id, user=USER))
        edited.set()
        for thread in threads:
            thread.join(60)
        assert not failures
        first.write(lambda c: part(c, now + timedelta(seconds=1)))
        counted = select(tables.entry.c.job_id, func.count()).group_by(tables.entry.c.job_id)
        found = dict(map(tuple, first.read(lambda c: c.execute(counted).all())))
        assert found == {id: 1 if id in ids[::3] else 3 for id in ids}
