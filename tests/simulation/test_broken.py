"""Invariant 11: what is broken stops only what uses it; two hundred good jobs beside it do not notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from jams.database import agents, calendars, queues, resources
from jams.objects.calendars import Calendar
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Agent
from jams.objects.enums import AgentPlatform, AgentType
from jams.objects.parts import Element
from tests.simulation import city, invariants
from tests.simulation.clock import BEGINNING
from tests.simulation.nemesis import Faults
from tests.simulation.world import Setting, Simulation, simulation
from tests.support.engine import element, values
from tests.support.schedule import USER, Desk

BROKEN = (
    "UPDATE job SET document = '{ nonsense' WHERE name = 'v0'",
    "UPDATE entry SET document = 'nonsense' WHERE job_name = 'v0'",
    "UPDATE schedule_trigger SET specification = '[]' WHERE job_id = (SELECT id FROM job WHERE name = 'v1')",
    "UPDATE schedule_trigger SET conduct = '' WHERE job_id = (SELECT id FROM job WHERE name = 'v2')",
    "UPDATE calendar SET document = 'nonsense' WHERE name = 'VC'",
    "UPDATE queue SET document = '\\', job_limit = -5 WHERE name = 'VQ'",
    "UPDATE agent SET document = '0', job_limit = -1 WHERE name = 'VA'",
    "UPDATE entry SET document = '{\"needs\": 7}' WHERE job_name = 'v6'",
    "UPDATE job SET method_id = method_id, document = '{\"elements\": [3]}' WHERE name = 'v7'",
    "UPDATE counter SET definitions = definitions + 1",
)
"""As somebody would leave them who writes into the database by hand."""

BEFORE, AFTER = timedelta(hours=2), timedelta(hours=12)
EVENING = BEGINNING + timedelta(hours=14)
LATE = EVENING + BEFORE + timedelta(hours=4)
"""When all has come to its end that ran as it was broken."""

Log = list[tuple[str, datetime]]


def _with_victims(d: Desk, chance: object) -> list[str]:
    d.write(_nouns)
    for number in range(8):
        d.job(f"\\v{number}", elements=_elements(number), properties=values(**_properties(number)))
    return city.build(d, chance)  # type: ignore[arg-type]


def _elements(number: int) -> list[Element]:
    every = [
        element("ScheduleTrigger", ScheduledDate="Daily", ScheduledTime=f"{hour:02}:10")
        for hour in range(0, 24, 3)
    ]
    if number == 7:
        return [element("IntervalTrigger", Interval="1:00")]
    return [*every, element("ResourceRequirement", Resource="VR")] if number == 6 else every


def _properties(number: int) -> dict[str, str]:
    return {3: {"Calendar": "VC"}, 4: {"BatchQueue": "VQ"}, 5: {"Agent": "VA"}}.get(number, {})


def _nouns(c: Connection) -> None:
    calendars.create(c, Calendar(calendar_name="VC"), user=USER)
    queues.create(c, BatchQueue(queue_name="VQ", job_limit=5, started=True), user=USER)
    resources.create(c, Resource(resource_name="VR", quantity_available=9), user=USER)
    host = Agent(
        agent_name="VA", agent_type=AgentType.OUTGOING, agent_platform=AgentPlatform.UNIX, job_limit=5
    )
    agents.create(c, host, user=USER, lenient=True)
    c.execute(text("UPDATE agent SET online = true WHERE name = 'VA'"))


def _play(where: Path | str, damage: Callable[[Simulation], None]) -> tuple[Log, Log]:
    """What ran of the good jobs, and of the others."""
    setting = Setting(EVENING, build=_with_victims, faults=Faults(fail=0.05), watched=False)
    with simulation(where, 5, setting) as world:
        world.go_on(BEFORE, people=False)
        damage(world)
        world.go_on(AFTER, people=False)
        invariants.check(world)
        log = [(run.job, run.began) for run in world.machine.log]
    good = sorted(each for each in log if each[0].startswith("c"))
    return good, sorted(each for each in log if not each[0].startswith("c"))


def _break(world: Simulation) -> None:
    def work(c: Connection) -> None:
        for statement in BROKEN:
            c.execute(text(statement.replace(":", "\\:")))

    world.desk.write(work)
    world.schedulers[0].next_pass = world.clock.true


@pytest.mark.timeout(300)
def test_good_jobs_do_not_notice_what_is_broken_beside_them(
    place: Path | str, other_place: Path | str
) -> None:
    good, others = _play(place, lambda world: None)
    still_good, broken = _play(other_place, _break)
    assert len(good) > 100
    assert still_good == good
    assert {name for name, _ in others} - {name for name, at in broken if at > LATE} >= {"v0", "v4", "v5"}
