"""A slice of the year of 200 jobs, across a change of the clock; all of it is ``tests.simulation.year``."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation import city
from tests.simulation.clock import ERAS
from tests.simulation.year import play

DAYS = 3
NOON = ERAS[1] - timedelta(hours=8)
"""So that each night lies in one day of the simulation."""


@pytest.mark.timeout(300)
def test_each_night_each_job_runs_once(place: Path | str) -> None:
    year = play(place, DAYS, seed=1, beginning=NOON)
    nightly = {city.name_of(number) for number in city.NIGHTLY}
    assert {name: year.entries[name] for name in nightly} == dict.fromkeys(nightly, DAYS)
    assert len(year.entries) > 100
