"""Everything dies before some statement, whichever transaction it is of; and again and again in a burst."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, select

from jams.database import tables
from jams.objects.enums import EntryState
from jams.objects.schedule import SubmitJob
from jams.scheduler import submission, submission_documents
from tests.simulation.nemesis import Faults
from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, simulation
from tests.support.schedule import USER, Desk

BURST = 500
STATEMENTS = 600
"""So many of the first statements are died before, one by each seed."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_everything_may_die_before_any_statement(place: Path | str, seed: int) -> None:
    fatal = Random(seed).randrange(1, STATEMENTS)
    with simulation(place, seed, Setting(faults=Faults())) as world:
        world.nemesis.fatal = fatal
        try:
            world.go_on(timedelta(hours=1))
            assert world.nemesis.statements > fatal
            world.come_to_rest(timedelta(hours=1))
        except BaseException as error:
            error.add_note(f"Seed {seed}, statement {fatal}; again: {again(__file__, seed)}")
            raise


def _one_job(d: Desk, chance: Random) -> list[str]:
    d.job("\\burst")
    return []


@pytest.mark.timeout(300)
def test_each_of_a_burst_starts_once_however_often_everything_dies(place: Path | str) -> None:
    faults = Faults(kill=0.2, crash=0.1, back=0.05, late=0.2, twice=0.2, fail=0.0)
    with simulation(place, 3, Setting(build=_one_job, faults=faults, watched=False)) as world:
        document = SubmitJob(name="burst", after=world.clock.now + timedelta(minutes=1))

        def submit(c: Connection) -> None:
            for _ in range(BURST):
                submission.enter(c, submission_documents.from_short(document), submission.Submitter(USER))
            c.execute(tables.agent.update().values(job_limit=BURST))

        world.desk.write(submit)
        world.go_on(timedelta(hours=3), people=False)
        assert world.nemesis.strikes > 20
        began = [run.number for run in world.machine.log]
        assert len(began) == len(set(began)) == BURST
        assert not world.machine.told_twice
        states = world.desk.read(lambda c: c.scalars(select(tables.entry.c.state)).all())
        assert states == [EntryState.COMPLETE] * BURST
