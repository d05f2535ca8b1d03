"""The definitions of the simulated world: one of each kind of wait, and some that mix them."""

from __future__ import annotations

from random import Random

from sqlalchemy import Connection, insert

from jams.database import agents, queues, resources, stored_settings, tables, variables
from jams.objects.capacity import BatchQueue, Resource
from jams.objects.definitions import Agent, Variable
from jams.objects.enums import AgentPlatform, AgentType, DataType
from tests.simulation import points
from tests.support.containers import member, task
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
    _setups(d)
    by_themselves = {"daily", "often", "nightly", *points.JOBS}
    names = d.read(
        lambda c: [name for (name,) in c.execute(tables.job.select().with_only_columns(tables.job.c.name))]
    )
    # Setups are submitted more often: they are what has the most to go wrong.
    return sorted([*set(names) - by_themselves, *("steps", "tree", "behind") * 2])


def _setups(d: Desk) -> None:
    """A setup of steps, and a sequence in which it lies; what fails of them goes on, fails or halts."""
    in_queue = {"BatchQueueName": "Q", "FailureAction": "Continue"}
    d.job(
        "\\steps",
        "",
        method_name="Setup",
        source_elements=[
            member("\\plain", 1),
            member("\\retry", 1),
            member("\\plain", 1, WaitFor=False),
            member("\\needs", 2, **in_queue),
            member("\\up", 2, FailureAction="Fail"),
            member("\\plain", 5),
        ],
    )
    d.job(
        "\\tree",
        "",
        method_name="Sequence",
        source_elements=[
            task("ParallelTask", "p"),
            member("\\steps", ParentTaskID="p"),
            task("SequenceTask", "s", "p"),
            member("\\plain", ParentTaskID="s"),
            member("\\queued", ParentTaskID="s"),
            member("\\plain"),
        ],
    )
    d.job("\\behind", elements=[element("JobDependency", DependsOnJob="\\steps")])


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
    stored_settings.put(c, "DefaultNotifyEmail", "ops@example.org", user=USER)
