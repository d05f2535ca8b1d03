"""Two schedulers on one database: nothing rests on there being one writer, and a start is claimed once.

They take turns one after the other on SQLite, which lets one transaction write at a time. On PostgreSQL
their transactions, and those of people, overlap as well: at each statement it is drawn which of them goes on.
Nobody recovers what the other one has claimed: who is dead is known with the lease, which comes later.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, simulation


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_two_schedulers_do_what_one_does(place: Path | str, seed: int) -> None:
    setting = Setting(schedulers=2, together=not isinstance(place, Path))
    with simulation(place, seed, setting) as world:
        try:
            world.go_on(timedelta(hours=2))
            world.come_to_rest(timedelta(hours=3))
        except BaseException as error:
            error.add_note(
                f"Seed {seed}, turn {world.turns}, {world.nemesis.faults}; again: {again(__file__, seed)}"
            )
            raise
        assert len(world.machine.log) > 5
