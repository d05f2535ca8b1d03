"""Plays a year of two hundred jobs: ``python -m tests.simulation.year``.

Options: ``--days 365 --seed 1 --database ADDRESS``; without an address it is an SQLite file in memory.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.simulation import city, invariants
from tests.simulation.clock import BEGINNING
from tests.simulation.conftest import MEMORY
from tests.simulation.nemesis import Faults
from tests.simulation.world import Setting, Simulation, simulation


@dataclass(frozen=True)
class Year:
    """What was played.

    Attributes:
        runs: how many runs there were.
        turns: how many turns were taken.
        seconds: how long that took.
        cpu: CPU seconds of it, of this process.
        entries: how many entries of each job ran.
    """

    runs: int
    turns: int
    seconds: float
    cpu: float
    entries: Counter[str]


def play(where: Path | str, days: int, seed: int, beginning: datetime = BEGINNING) -> Year:
    """Play so many days; the invariants are held once a day, and those that cost more once a week."""
    faults = Faults(fail=0.02)
    setting = Setting(beginning, city.build, faults, watched=False, keep=timedelta(days=1), at_once=True)
    with simulation(where, seed, setting) as world:
        begin, cpu = time.perf_counter(), time.process_time()
        for day in range(days):
            world.go_on(timedelta(days=1), people=False)
            world.sweep()
            invariants.check(world)
            if day % 7 == 6:
                invariants.check_hard(world)
        seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
        return Year(len(world.machine.log), world.turns, seconds, cpu, _entries(world))


def _entries(world: Simulation) -> Counter[str]:
    return Counter(job for job, _ in {(run.job, run.number) for run in world.machine.log})


def main() -> None:
    """Play what is asked for, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.year", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="the address of an empty PostgreSQL database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        where = options.database or Path(folder) / "jams.db"
        found = play(where, options.days, options.seed)
    each = found.cpu / max(found.runs, 1) * 1e3
    print(
        f"{options.days} days of {city.JOBS} jobs: {found.runs} runs in {found.turns} turns, "
        f"{found.seconds:.1f} s, {found.cpu:.1f} s of CPU ({each:.2f} ms a run)"
    )


if __name__ == "__main__":
    main()
