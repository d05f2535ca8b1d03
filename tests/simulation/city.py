"""Two hundred jobs as an office has them: schedules, dependencies, queues, resources, retries, windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from random import Random
from typing import Any

from sqlalchemy import Connection

from jams.database import queues, resources, stored_settings, variables
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Variable
from jams.objects.enums import DataType
from jams.objects.parts import Element
from tests.simulation.points import ZONE
from tests.support.engine import element, values
from tests.support.schedule import USER, Desk

JOBS = 200
NIGHTLY, WORKDAYS, WEEKLY, MONTHLY = range(0, 40), range(40, 70), range(70, 110), range(110, 140)
DEPENDENT, OFTEN = range(140, 196), range(196, 200)


def build(d: Desk, chance: Random) -> list[str]:
    """Make all definitions; people submit none of the jobs."""
    d.write(_nouns)
    for number in range(JOBS):
        elements, properties = _job(number, chance)
        d.job(f"\\{name_of(number)}", elements=elements, properties=values(**properties))
    return []


def name_of(number: int) -> str:
    """The name of a job."""
    return f"c{number:03}"


def _job(number: int, chance: Random) -> tuple[list[Element], dict[str, Any]]:
    elements = list(_when(number, chance))
    properties: dict[str, Any] = {}
    if number % 4 == 1:
        properties["BatchQueue"] = f"Q{number % 3}"
    if number % 5 == 2:
        elements.append(element("ResourceRequirement", Resource=f"R{number % 2}"))
    if number % 7 == 3:
        properties |= {"RetryCount": 2, "RetryInterval": "0:10"}
    if number % 11 == 5:
        properties["SchedulingPriority"] = number % 10
    if number % 13 == 6:
        properties["SingleInstanceAction"] = "Wait"
    if number % 20 == 7:
        elements.append(element("ScheduleWindow", FromTime="00:30", ToTime="23:30"))
    if number % 25 == 8:
        gate = {"Variable": "\\v", "ComparisonOperator": "GreaterThanOrEqual", "Value": "5"}
        elements.append(element("VariableDependency", **gate))
    return elements, properties


def _when(number: int, chance: Random) -> Iterator[Element]:
    if number in OFTEN:
        yield element("IntervalTrigger", Interval="4:00")
        return
    day = "Daily"
    if number in WORKDAYS:
        day = "Workdays"
    elif number in WEEKLY:
        day = chance.choice(("Monday", "Friday", "Sunday"))
    elif number in MONTHLY:
        day = chance.choice(("1st day of month", "Last workday of month", "2nd monday of month"))
    elif number in DEPENDENT:
        day = chance.choice(("Workdays", "Workdays", "Saturday"))
        for before in chance.sample(range(30), 2):
            yield element("JobDependency", DependsOnJob=f"\\{name_of(before)}", WithinTime="24:00")
    at = time(chance.choice((0, 1, 2, 3, 22)), chance.choice((0, 15, 30)))
    yield element("ScheduleTrigger", ScheduledDate=day, ScheduledTime=f"{at:%H:%M}")


def _nouns(c: Connection) -> None:
    for number in range(3):
        queues.create(c, BatchQueue(queue_name=f"Q{number}", job_limit=4, started=True), user=USER)
    for number in range(2):
        resources.create(c, Resource(resource_name=f"R{number}", quantity_available=5), user=USER)
    variables.create(c, Variable(variable_name="v", data_type=DataType.INTEGER, value="5"), user=USER)
    stored_settings.put(c, "TimeZone", ZONE, user=USER)
    stored_settings.put(c, "ScheduleInterval", "6:00", user=USER)
