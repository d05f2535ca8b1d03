"""Undisturbed, what the forecast said is what the simulation then does, entry by entry (invariant 10)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from jams.database import scratch, tables
from jams.objects.run import RunOutcome, RunRequest, RunStarted
from jams.scheduler.forecast.assumptions import UNKNOWN, Usual, averages
from jams.scheduler.forecast.playing import Play, Player
from tests.simulation import city, town
from tests.simulation.clock import BEGINNING, Clock
from tests.simulation.conftest import MEMORY
from tests.simulation.nemesis import Faults
from tests.simulation.runner import Machine
from tests.simulation.world import Setting, Simulation, simulation

AHEAD = timedelta(hours=24)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "build, warm, people", [(town.build, timedelta(hours=2), True), (city.build, timedelta(hours=20), False)]
)
def test_what_the_forecast_said_is_what_then_happens_entry_by_entry(
    place: Path | str, build: Any, warm: timedelta, people: bool
) -> None:
    with simulation(place, 7, Setting(BEGINNING, build, Faults(fail=0.0), watched=False)) as world:
        machine = AsUsual(world.clock)
        world.machine = machine
        world.go_on(warm, people=people)
        said = forecast(world, machine)
        world.go_on(AHEAD, people=False)
        there, then = told(said), done(world, said)
        assert [each for each in then if each not in there][:5] == []
        assert [each for each in there if each not in then][:5] == []
        assert there == then
        assert len(there) > 60


class AsUsual(Machine):
    """A machine on which all runs of a job last as long as each other, or as the forecast assumes."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, 1, 0.0)
        self._clock = clock
        self._usual: Mapping[str, timedelta] | None = None

    def keeps_to(self, usual: Mapping[str, timedelta]) -> None:
        """From now on, runs of other jobs last as long as one of which nothing is known."""
        self._usual = usual
        for run in self.alive.values():
            run.until = max(run.true + usual.get(run.job, UNKNOWN), self._clock.true)

    def start(self, request: RunRequest) -> RunStarted:
        begun = super().start(request)
        run = self.alive[request.token]
        lasts = timedelta(seconds=Random(run.job).choice((5, 60, 300, 1800, 5400)))
        run.until = run.true + (lasts if self._usual is None else self._usual.get(run.job, UNKNOWN))
        return begun


def forecast(world: Simulation, machine: AsUsual) -> Play:
    """What is forecast for the world."""
    now = world.clock.now
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        copy = Path(folder) / "copy.db"
        world.desk.read(lambda c: scratch.copy(c, now, copy))
        with scratch.opened(copy) as c:
            known = averages(c)
            names = {row.id: row.name for row in c.execute(tables.job.select())}
            machine.keeps_to({names[id]: lasts for id, lasts in known.items()})
            play = Player(c, now, Usual(known)).until(now + AHEAD)
    assert play.whole
    return play


def told(play: Play) -> list[tuple[Any, ...]]:
    """The runs of a forecast that have begun since."""
    return sorted(
        (run.row.job_name, run.row.scheduled_time, run.began, run.ended, run.outcome is RunOutcome.EXITED)
        for run in play.runs
        if not run.known and run.ended is not None
    )


def done(world: Simulation, play: Play) -> list[tuple[Any, ...]]:
    """What the history says of the runs that have begun since."""
    history = tables.history
    known = {(run.row.number, run.row.ron) for run in play.runs if run.known}
    since = history.select().where(
        history.c.completion_time > play.begin, history.c.log_filename.is_not(None)
    )
    return sorted(
        (row.job_name, row.scheduled_time, row.start_time, row.completion_time, row.final_severity.rank < 2)
        for row in world.desk.read(lambda c: c.execute(since).all())
        if (row.number, row.ron) not in known
    )
