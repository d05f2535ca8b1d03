"""The definitions of the simulated world: one of each kind of wait, and some that mix them."""

from __future__ import annotations

from random import Random

from sqlalchemy import Connection, insert

from jams.database import agents, queues, resources, stored_settings, tables, variables
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Agent, Variable
from jams.objects.enums import AgentPlatform, AgentType, DataType
from tests.simulation import points
from tests.support.engine import element, values
from tests.support.schedule import USER, Desk

QUEUES = {"Q": 2, "QA": 3}
RESOURCES = {"R": 3, "S": 2}
HOSTS = ("a", "b")
LOCAL = 1


def build(d: Desk, chance: Random) -> list[str]:
    """Make all definitions; the names of the jobs that can be submitted."""
    d.write(_nouns)
    up, again = element("JobDependency", DependsOnJob="\\up"), values(RetryCount=2, RetryInterval="0:10")
    needs_r, needs_s = _needs("R"), _needs("S")
    window = {"FromTime": "08:00", "ToTime": "18:00"}
    action = chance.choice(("NoAction", "Reschedule", "Abort", "Restart", "RescheduleOrContinue"))
    d.job("\\up")
    d.job("\\plain")
    d.job("\\check")
    d.job("\\retry", properties=[*again, *values(BatchQueue="Q")])
    d.job("\\down", elements=[up])
    d.job(
        "\\since",
        elements=[element("JobDependency", DependsOnJob="\\up", SinceJob="\\up", WithinTime="2:00")],
    )
    d.job("\\once", elements=[element("JobDependency", DependsOnJob="\\up", SinceJob="\\down")])
    d.job(
        "\\all",
        elements=[
            element("JobDependency", DependsOnJob="\\up", WaitForAll=True, CompletionSeverity="Fatal"),
        ],
    )
    d.job("\\both", elements=[up, element("JobDependency", DependsOnJob="\\retry"), needs_r])
    d.job(
        "\\var",
        elements=[element("VariableDependency", Variable="\\v", ComparisonOperator="GreaterThan", Value="5")],
    )
    d.job("\\queued", properties=values(BatchQueue="Q"))
    d.job("\\anywhere", elements=[needs_s], properties=values(BatchQueue="QA"))
    d.job("\\needs", elements=[needs_r])
    d.job("\\greedy", elements=[_needs("R", 3), needs_s])
    d.job("\\mixed", elements=[needs_r], properties=values(BatchQueue="Q", SchedulingPriority=3))
    d.job("\\single", properties=values(SingleInstanceAction="Wait"))
    d.job("\\lonely", elements=[needs_s], properties=values(SingleInstanceAction="Cancel"))
    d.job("\\pre", elements=[element("PrecheckJob", Job="\\check", Delay="0:05")])
    d.job("\\prepre", elements=[element("PrecheckJob", Job="\\pre"), up], properties=again)
    d.job("\\window", elements=[element("ScheduleWindow", MissedWindowAction=action, **window), needs_r])
    d.job("\\daily", elements=[element("ScheduleTrigger", ScheduledDate="Daily", ScheduledTime="12:00")])
    d.job(
        "\\often",
        elements=[element("IntervalTrigger", Interval="0:30"), needs_s],
    )
    d.job(
        "\\nightly",
        elements=[up, element("ScheduleTrigger", ScheduledDate="Workdays", ScheduledTime="02:30")],
        properties=values(CatchUp="All", BatchQueue="Q"),
    )
    for name, catch_up in points.JOBS.items():
        d.job(
            f"\\{name}",
            elements=[
                element("ScheduleTrigger", ScheduledDate="Daily", ScheduledTime=f"{hour:02}:00")
                for hour in points.HOURS
            ],
            properties=values(CatchUp=catch_up, CatchUpMost=2),
        )
    by_themselves = {"daily", "often", "nightly", *points.JOBS}
    names = d.read(
        lambda c: [name for (name,) in c.execute(tables.job.select().with_only_columns(tables.job.c.name))]
    )
    return sorted(set(names) - by_themselves)


def _needs(resource: str, quantity: int = 1) -> object:
    return element("ResourceRequirement", Resource=resource, Quantity=quantity)


def _nouns(c: Connection) -> None:
    for name in HOSTS:
        host = Agent(
            agent_name=name, agent_type=AgentType.OUTGOING, agent_platform=AgentPlatform.UNIX, job_limit=2
        )
        agents.create(c, host, user=USER, lenient=True)
    for name, limit in QUEUES.items():
        queues.create(c, BatchQueue(queue_name=name, job_limit=limit, started=True), user=USER)
    queue = queues.find(c, name="QA")
    for name in HOSTS:
        at = agents.get(c, name=name).agent_id
        c.execute(insert(tables.queue_agent).values(queue_id=queue, agent_id=at))
        c.execute(tables.agent.update().where(tables.agent.c.id == at).values(online=True))
    for name, quantity in RESOURCES.items():
        document = Resource(resource_name=name, quantity_available=quantity, agent_specific=name == "S")
        resources.create(c, document, user=USER)
    variables.create(c, Variable(variable_name="v", data_type=DataType.INTEGER, value="0"), user=USER)
    stored_settings.put(c, "TimeZone", points.ZONE, user=USER)
    stored_settings.put(c, "ScheduleInterval", "0:30", user=USER)
