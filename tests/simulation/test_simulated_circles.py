"""What goes in circles, in a world that does harm besides: triggers that fire each other, setups in setups.

Invariants beside those of the world: a trigger fires five times in a minute at most, is stopped then, and
that is told once with its circle (13); no setup is made again within itself, and whoever submits one is told
by a member that cannot be (14).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, select

from jams.database import armed_triggers, entries, jobs, tables
from jams.objects.definitions import Job
from jams.objects.enums import Severity
from jams.objects.patch import patch_of
from jams.objects.tellings import Happened, Letter
from jams.scheduler.triggers import resetting
from jams.scheduler.triggers.advancing import GUARDED, MOST_FIRINGS
from tests.simulation import town
from tests.simulation.invariants import Broken
from tests.simulation.mortal import submit
from tests.simulation.nemesis import Faults
from tests.simulation.seeds import SEEDS, again
from tests.simulation.world import Setting, Simulation, simulation
from tests.support.containers import member
from tests.support.engine import element
from tests.support.schedule import USER, Desk

CIRCLE = ("ping", "pong", "pang")
SETUPS = ("selfish", "one", "two")


def _after(job: str) -> list[Any]:
    return [element("JobCompletionTrigger", DependsOnJob=f"\\{job}", CompletionSeverity="Fatal")]


def _build(d: Desk, chance: Random) -> list[str]:
    names = town.build(d, chance)
    for name in CIRCLE:
        d.job(f"\\{name}")
    for name, before in zip(CIRCLE, (*CIRCLE[1:], CIRCLE[0]), strict=True):
        _change(d, name, elements=_after(before))
    for name in SETUPS:
        d.job(f"\\{name}", "", method_name="Setup", source_elements=[member("\\plain", 1)])
    # As definitions from elsewhere may be kept, marked.
    _change(d, "selfish", lenient=True, source_elements=[member("\\plain", 1), member("\\selfish", 2)])
    _change(d, "one", lenient=True, source_elements=[member("\\two", 1), member("\\plain", 2)])
    _change(d, "two", lenient=True, source_elements=[member("\\plain", 1), member("\\one", 1)])
    return [*names, *CIRCLE * 3, *SETUPS * 3]


def _change(d: Desk, name: str, *, lenient: bool = False, **members: Any) -> None:
    patch = patch_of(Job)(**members)
    d.write(lambda c: jobs.change(c, patch, name=f"\\{name}", user=USER, lenient=lenient))


def _firings(c: Connection) -> dict[str, list[datetime]]:
    """When each trigger of the circle has fired."""
    audit, found = tables.entry_audit, defaultdict(list)
    query = select(audit.c.time, audit.c.details).where(audit.c.details.like("%fired because%"))
    for time, details in c.execute(query.order_by(audit.c.time)):
        if fired := re.match(r"The trigger of \\(p[iao]ng) fired because", details):
            found[fired[1]].append(time)
    return found


def _check_guard(world: Simulation) -> None:
    """13: five times in a minute at most."""
    for name, times in world.desk.read(_firings).items():
        for at, time in enumerate(times):
            within = [each for each in times[at:] if each - time < GUARDED]
            if len(within) > MOST_FIRINGS:
                raise Broken(f"13: {name} fired {len(within)} times within a minute of {time}")


def _stopped(c: Connection) -> dict[int, str]:
    armed = tables.armed_trigger
    return {row.id: row.stopped for row in c.execute(select(armed)) if row.stopped is not None}


def _told(c: Connection) -> int:
    """How often people were told of a trigger that was stopped."""
    letters = (msgspec.json.decode(text, type=Letter) for text in c.scalars(select(tables.outbox.c.document)))
    return sum(each.facts.happened is Happened.TRIGGER_STOPPED for each in letters)


def _check_setups(world: Simulation) -> int:
    """14: nothing is made again within itself; how many members could not be made."""

    def work(c: Connection) -> int:
        found = 0
        for number in c.scalars(select(tables.entry.c.number).where(tables.entry.c.job_name.in_(SETUPS))):
            row = entries.row(c, number)
            above, at = [], row
            while at.parent is not None:
                at = entries.row(c, at.parent)
                above.append(at.job_id)
            if row.job_id not in above:
                continue
            found += 1
            if c.scalar(select(tables.entry.c.number).where(tables.entry.c.parent == number)) is not None:
                raise Broken(f"14: entry {number} of {row.job_name} lies in itself, and has members")
            bad = row.final_severity is Severity.FATAL and "contains itself" in (row.final_status or "")
            if row.completion_time is not None and not (bad or "cancel" in (row.final_status or "").lower()):
                raise Broken(f"14: entry {number} of {row.job_name} ended: {row.final_status}")
        return found

    return world.desk.read(work)


def _let_go_on(world: Simulation, stopped: Collection[int]) -> None:
    """Somebody resets triggers that were stopped."""

    def work(c: Connection) -> None:
        for armed in armed_triggers.locked(c, stopped).values():
            resetting.reset(c, armed, world.clock.now)

    world.desk.write(work)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_goes_in_circles_comes_to_rest(place: Path | str, seed: int) -> None:
    faults = Faults(kill=0.1, crash=0.03, late=0.1, twice=0.2, back=0.05, fail=0.05)
    with simulation(place, seed, Setting(build=_build, faults=faults, keep=timedelta(days=3))) as world:
        world.machine.brief = set(CIRCLE)
        try:
            stops = 0
            for _ in range(6):
                submit(world, "ping", *SETUPS)
                world.go_on(timedelta(minutes=20))
                _check_guard(world)
                _check_setups(world)
                stopped = world.desk.read(_stopped)
                stops += len(stopped)
                # The guard counts anew after a reset.
                world.go_on(GUARDED)
                _let_go_on(world, stopped.keys())
            world.come_to_rest()
            _check_guard(world)
            stopped = world.desk.read(_stopped)
            stops += len(stopped)
            for told in stopped.values():
                assert "fire each other in a circle: \\p" in told and "more than 5 times within 60" in told
            assert stops > 0 and world.desk.read(_told) == stops
            assert _check_setups(world) > 0
        except BaseException as error:
            error.add_note(f"Seed {seed}, turn {world.turns}; again: {again(__file__, seed)}")
            raise
