"""The engine in a world that does it harm, by seeds.

``JAMS_TEST_SEEDS`` says which seeds, as ``7`` or ``100-200``; a failure names its own.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.clock import ERAS
from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, simulation


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_stands_what_the_world_does_to_it(place: Path | str, seed: int) -> None:
    with simulation(place, seed, Setting(ERAS[seed % len(ERAS)])) as world:
        try:
            world.go_on(timedelta(hours=4))
            world.come_to_rest()
        except BaseException as error:
            error.add_note(f"Seed {seed}, turn {world.turns}; again: {again(__file__, seed)}")
            raise
        assert len(world.machine.log) > 15
