"""From a job's definition to what its entries wait for (semantics 2.1, 2.2, 2.9, 2.10).

What an element refers to and is not there any more is kept by its name: the entry then waits, and says so.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import agents, definition_stamps, named_in_definitions, references
from jams.dates import evaluate
from jams.dates.zones import time_zone
from jams.objects.enums import FilePresence, MissedWindowAction, SingleInstanceAction
from jams.objects.errors import InvalidProperty, JAMSError
from jams.objects.needs import (
    NOTHING,
    FileNeed,
    JobNeed,
    Needs,
    PrecheckNeed,
    ResourceNeed,
    Retry,
    VariableNeed,
    WindowNeed,
)
from jams.objects.parts import Element, PropertyValue
from jams.registry import JOB_PROPERTIES, ValueType, read

from . import event_rules
from .definition import Part, parts_of
from .submittable import Submittable
from .surroundings import Surroundings

Effective = Callable[[str], Any]
"""The value that counts of a property, as it is stored."""

AgentOf = Callable[[Any], int]
"""The number of the agent that a reference names."""


class Compiled(Struct, frozen=True):
    """What a job demands for its entries.

    Attributes:
        needs: what they wait for; None: nothing but their time and their agent.
        retry: how they are tried again, if they are.
        queue_id: the queue in which they wait for a slot.
        dated: dependencies on entries of a day: each with the date text that says which.
    """

    needs: Needs | None = None
    retry: Retry | None = None
    queue_id: int | None = None
    dated: tuple[tuple[int, str], ...] = ()


def of_entry(
    c: Connection, stamp: int, job: Submittable, given: list[PropertyValue], scheduled: datetime.datetime
) -> Compiled:
    """What a job demands for an entry that is scheduled for that time, by the definitions of that stamp.

    Raises JAMSError when its definition cannot be read.
    """
    if given:
        found = _of_job(c, job, given)
    else:
        key = ("requirements", job.row.id)
        found = definition_stamps.derived(c, stamp, key, lambda: _of_job(c, job, given))
    return _dated(c, job, found, scheduled) if found.dated else found


def without_capacity(found: Compiled) -> Compiled:
    """What a setup or sequence waits for itself: its members take what is given out in order."""
    if found.needs is None:
        return Compiled()
    needs = replace(found.needs, resources=(), queue_name="", any_agent=False)
    return Compiled(needs=None if needs == NOTHING else needs)


def _of_job(c: Connection, job: Submittable, given: list[PropertyValue]) -> Compiled:
    agent = job.effective("Agent", given)
    context = Context(
        sources=job.sources,
        effective=lambda name: job.effective(name, given),
        names_agent=agent not in (None, ""),
        agent_of=lambda reference: agents.number_of(c, reference),
        zone=job.meaning("TimeZone", given) or Surroundings(c).zone,
    )
    found = compiled(c, context)
    # Days are counted by place, so that what is dated stays as it is.
    return found if found.dated else replace(found, needs=_without_itself(found.needs, job.row.id))


def _dated(c: Connection, job: Submittable, demands: Compiled, scheduled: datetime.datetime) -> Compiled:
    """The demands of an entry for that time: dependencies on entries of a day get their day."""
    assert demands.needs is not None
    around = Surroundings(c)
    calendar = around.calendar(around.calendar_id(job.meaning("Calendar")))
    today = scheduled.astimezone(time_zone(job.meaning("TimeZone") or around.zone)).date()
    jobs = list(demands.needs.jobs)
    for place, text in demands.dated:
        jobs[place] = replace(jobs[place], day=evaluate(text, today, calendar))
    return replace(demands, needs=replace(demands.needs, jobs=tuple(jobs)))


class Context(Struct, frozen=True):
    """What a definition is read with.

    Attributes:
        sources: the elements of the folders, from the root down, and of the job, each with the folder's path.
        effective: the values of the job's properties.
        names_agent: whether the job itself says on which agent it runs.
        agent_of: finds agents.
        zone: the zone of times of day.
    """

    sources: Sequence[tuple[str, Sequence[Element]]]
    effective: Effective
    names_agent: bool
    agent_of: AgentOf
    zone: str


def compiled(c: Connection, context: Context) -> Compiled:
    """What a job demands. Raises JAMSError when its definition cannot be read."""
    parts = list(parts_of(context.sources))
    folder = context.sources[-1][0] if context.sources else "\\"
    value = _Values(context.effective)
    queue = _queue(c, value)
    jobs, dated = _jobs(c, parts)
    needs = Needs(
        window=_window(c, context, parts, value),
        jobs=jobs,
        variables=tuple(_variable(c, part) for part in _of(parts, "VariableDependency")),
        files=tuple(_file(part, context.agent_of) for part in _of(parts, "FileDependency")),
        precheck=_precheck(c, parts, value, folder),
        resources=resources_of(c, parts),
        queue_name=queue[1] if queue else "",
        any_agent=queue is not None and not context.names_agent and references.queue_has_agents(c, queue[0]),
        single_instance=value("SingleInstanceAction") or SingleInstanceAction.NO_ACTION,
    )
    count, interval = value("RetryCount") or 0, value("RetryInterval")
    retry = Retry(count=count, interval=_seconds(interval) if interval else 0) if count else None
    return Compiled(None if needs == NOTHING else needs, retry, queue[0] if queue else None, dated)


class _Values:
    """What properties of the job mean, by name."""

    def __init__(self, effective: Effective) -> None:
        self._effective = effective

    def __call__(self, name: str) -> Any:
        return read(JOB_PROPERTIES[name], self._effective(name))


def _of(parts: Iterable[Part], *names: str) -> list[Part]:
    return [part for part in parts if part.type.name in names]


def _seconds(span: datetime.timedelta) -> int:
    return round(span.total_seconds())


def _without_itself(needs: Needs | None, job_id: int) -> Needs | None:
    """What a folder lets all the jobs below it wait for is nothing that one of them does for itself."""
    if needs is None or all(need.job_id != job_id or need.within is not None for need in needs.jobs):
        return needs
    kept = tuple(need for need in needs.jobs if need.job_id != job_id or need.within is not None)
    left = replace(needs, jobs=kept)
    return None if left == NOTHING else left


def _jobs(c: Connection, parts: Sequence[Part]) -> tuple[tuple[JobNeed, ...], tuple[tuple[int, str], ...]]:
    needs: list[JobNeed] = []
    dated: list[tuple[int, str]] = []
    for part in _of(parts, "JobDependency", "DateSpecificDependency"):
        id, name = named_in_definitions.job_or_name(c, _required(part, "DependsOnJob"), part.folder)
        severity = part.get("CompletionSeverity")
        if part.type.name == "DateSpecificDependency":
            dated.append((len(needs), part.get("ScheduledDate") or "TODAY"))
            needs.append(JobNeed(job_id=id, name=name, severity=severity))
            continue
        since = part.get("SinceJob")
        since_id, since_name = (
            named_in_definitions.job_or_name(c, since, part.folder) if since is not None else (None, "")
        )
        # Nothing has ended within no time at all: it stands for no span, as published documents have it.
        within = part.get("WithinTime") or None
        needs.append(
            JobNeed(
                job_id=id,
                name=name,
                severity=severity,
                since_id=since_id,
                since_name=since_name,
                since_severity=part.get("SinceSeverity"),
                within=None if within is None else _seconds(within),
                all_instances=part.get("WaitForAll") or False,
            )
        )
    return tuple(needs), tuple(dated)


def _variable(c: Connection, part: Part) -> VariableNeed:
    reference = _required(part, "Variable")
    try:
        number = named_in_definitions.find(c, ValueType.VARIABLE, reference, part.folder)
    except JAMSError:
        number = None
    told = reference.name or f"number {reference.id}"
    return VariableNeed(
        variable_id=number or 0,
        name=told if number is None else references.variable_path(c, number),
        operator=part.get("ComparisonOperator"),
        value=part.get("Value") or "",
    )


def _file(part: Part, agent_of: AgentOf) -> FileNeed:
    agent = part.get("Agent")
    return FileNeed(
        path=_required(part, "FileName"),
        present=part.get("FilePresence") is not FilePresence.ABSENT,
        agent_id=agent_of(None if agent is None else agent.name or {"agentID": agent.id}),
    )


def _window(c: Connection, context: Context, parts: Sequence[Part], value: _Values) -> WindowNeed | None:
    zone = context.zone
    found = _of(parts, "ScheduleWindow")
    if found:
        part = found[-1]
        named, start, end = part.get("NamedTime"), part.get("FromTime"), part.get("ToTime")
        action = part.get("MissedWindowAction")
    else:
        named, start, end = value("ScheduleWindow"), value("ScheduleFromTime"), value("ScheduleToTime")
        action = value("MissedWindowAction")
    if action in (None, MissedWindowAction.NO_ACTION):
        action = event_rules.missed_window_action(context.sources)
    if named is not None:
        try:
            number = named_in_definitions.find(c, ValueType.NAMED_TIME, named, "\\")
        except JAMSError:
            number = None
        return WindowNeed(
            named_time_id=number or 0, name=named.name or f"number {named.id}", zone=zone, action=action
        )
    if start is None and end is None:
        return None
    midnight = datetime.time()
    return WindowNeed(
        start=_second(start or midnight), end=_second(end or midnight), zone=zone, action=action
    )


def _second(time: datetime.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


def _precheck(c: Connection, parts: Sequence[Part], value: _Values, folder: str) -> PrecheckNeed | None:
    found = _of(parts, "PrecheckJob")
    if found:
        reference, delay, where = _required(found[-1], "Job"), found[-1].get("Delay"), found[-1].folder
    else:
        reference, delay, where = value("PrecheckJob"), value("PrecheckInterval"), folder
    if reference is None:
        return None
    id, name = named_in_definitions.job_or_name(c, reference, where)
    # One that runs again at once would do so without end: an interval of nothing is none.
    return PrecheckNeed(job_id=id, name=name, delay=_seconds(delay) if delay else None)


def resources_of(c: Connection, parts: Iterable[Part]) -> tuple[ResourceNeed, ...]:
    """What is needed of each resource: own and inherited requirements added (semantics 2.10).

    Raises JAMSError when a part cannot be read.
    """
    total: Counter[int] = Counter()
    called: dict[int, str] = {}
    for part in _of(parts, "ResourceRequirement"):
        reference = _required(part, "Resource")
        found = references.resource(c, reference.id, reference.name)
        id, name = found or (0, reference.name or f"number {reference.id}")
        quantity = part.get("Quantity")
        total[id] += 1 if quantity is None else quantity
        called[id] = name
    return tuple(
        ResourceNeed(resource_id=id, name=called[id], quantity=quantity)
        for id, quantity in sorted(total.items())
        if quantity > 0
    )


def _queue(c: Connection, value: _Values) -> tuple[int, str] | None:
    reference = value("BatchQueue")
    if reference is None:
        return None
    return references.queue(c, reference.id, reference.name) or (
        0,
        reference.name or f"number {reference.id}",
    )


def _required(part: Part, name: str) -> Any:
    meaning = part.get(name)
    if meaning is None:
        raise InvalidProperty(
            f"The element {part.name} of the type {part.type.name} needs the property {name}.", target=name
        )
    return meaning
