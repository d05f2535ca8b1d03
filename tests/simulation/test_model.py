"""The engine does what a small model says, step by step; see :mod:`tests.simulation.beside`.

``JAMS_TEST_STEPS`` says how many steps each seed takes, ``JAMS_TEST_SEEDS`` which seeds.
"""

from __future__ import annotations

import os

import pytest

from tests.simulation.beside import play
from tests.simulation.seeds import SEEDS, again
from tests.support import databases

STEPS = int(os.environ.get("JAMS_TEST_STEPS", "500"))


@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", databases.KINDS)
def test_the_engine_does_what_the_model_says(kind: str, seed: int) -> None:
    if kind == "postgresql" and not databases.answers():
        pytest.skip("no PostgreSQL answers")
    try:
        play(kind, seed, STEPS)
    except BaseException as error:
        error.add_note(f"Seed {seed}; again: JAMS_TEST_STEPS={STEPS} {again(__file__, seed)}")
        raise
