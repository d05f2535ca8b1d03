"""The engine in a world that does it harm, by seeds.

``JAMS_TEST_SEEDS`` says which seeds, as ``7`` or ``100-200``; a failure names its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.world import simulation
from tests.support import databases

_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
_FIRST, _, _LAST = os.environ.get("JAMS_TEST_SEEDS", "1-2").partition("-")
SEEDS = range(int(_FIRST), int(_LAST or _FIRST) + 1)


@pytest.fixture(params=databases.KINDS)
def place(request: pytest.FixtureRequest) -> Iterator[Path | str]:
    with (
        tempfile.TemporaryDirectory(dir=_MEMORY) as folder,
        databases.database(request.param, Path(folder)) as made,
    ):
        yield made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_stands_what_the_world_does_to_it(place: Path | str, seed: int) -> None:
    again = f"JAMS_TEST_SEEDS={seed} python -m pytest tests/simulation/test_simulation.py"
    with simulation(place, seed) as world:
        try:
            world.go_on(timedelta(hours=6))
            world.come_to_rest()
        except BaseException as error:
            error.add_note(f"Seed {seed}, turn {world.turns}, {world.nemesis.faults}; again: {again}")
            raise
        assert len(world.machine.log) > 20
