"""Two turns that overlap, statement by statement as a seed says, give out no more than there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import Connection, select

from jams.database import open_beside, tables
from jams.objects.run import RunEnded, RunOutcome
from jams.scheduler import turn
from tests.simulation.baton import Baton
from tests.support.engine import element, values, world
from tests.support.schedule import Desk

ROUNDS = 4
RUNS = select(tables.run.c.token, tables.run.c.number, tables.entry.c.job_name).join(
    tables.entry, tables.entry.c.number == tables.run.c.number
)


def test_turns_at_once_give_out_no_more_than_there_is(place: Path | str) -> None:
    tokens = count(1)

    def take(c: Connection, ended: Sequence[RunEnded] = (), *, starts: bool = True) -> turn.Decisions:
        limits = turn.Limits(room=lambda agent: 1000, confirm=lambda c: None, starts=starts)
        told = turn.Happenings(ended=ended)
        return turn.take(c, datetime.now(UTC), told, limits, lambda: f"t{next(tokens)}")

    with ExitStack() as stack:
        w = stack.enter_context(world(place))
        beside = []
        for _ in range(2):
            database = open_beside(place)
            stack.callback(database.close)
            beside.append(Desk(database))
        w.queue("Q", 1)
        w.resource("R", 2)
        w.change(tables.agent, 1, job_limit=6)
        w.job("\\plain")
        w.job("\\queued", properties=values(BatchQueue="Q"))
        w.job("\\needs", elements=[element("ResourceRequirement", Resource="R")])
        started: Counter[int] = Counter()
        for seed in range(ROUNDS):
            for name in (*["plain"] * 9, *["queued"] * 3, *["needs"] * 5):
                w.submit(name)
            w.write(lambda c: take(c, starts=False))
            decided = Baton(Random(seed)).run([(desk, take) for desk in beside])
            for each in decided:
                assert isinstance(each, turn.Decisions), each
                started.update(start.row.number for start in each.starts)
            runs = w.read(lambda c: c.execute(RUNS).all())
            used = Counter(run.job_name for run in runs)
            assert used["queued"] <= 1 and used["needs"] <= 2 and used.total() <= 6, used
            ended = [
                RunEnded(
                    token=run.token,
                    jams_entry=run.number,
                    outcome=RunOutcome.EXITED,
                    completion_time_utc=datetime.now(UTC),
                    exit_code=0,
                )
                for run in runs
            ]
            w.write(lambda c, ended=ended: take(c, ended, starts=False))
        assert len(started) > 6
        assert max(started.values()) == 1
