"""Submissions: what a job offers to be filled in, and an entry made from what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import (
    agents,
    definition_stamps,
    entries,
    folders,
    jobs,
    methods,
    names,
    numbers,
    properties,
    statistics,
    tables,
)
from jams.database.reading import Found, check_whole
from jams.objects.base import NEVER
from jams.objects.enums import InheritedFromType
from jams.objects.errors import InvalidArgument, JAMSError, MissingArgument, WrongState
from jams.objects.parts import ParamValue, PropertyValue
from jams.objects.rules import OutcomeRules
from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitParam, SubmitResult
from jams.registry import outcome_rules

from . import departures, watching
from .departures import Departure
from .filling import fill_in, merged
from .transitions import standing

_job = tables.job

Permit = Callable[[Departure], None]
"""Lets somebody depart from what a job leaves open, or raises AccessDenied."""


def permit_all(_: Departure) -> None:
    """For whoever may change the job as well."""


@dataclass(frozen=True)
class _Submittable:
    """A job with everything that comes down to it from the folders above."""

    row: Found
    path: str
    folder_path: str
    inherited: properties.Inheritance
    method_name: str
    parameters: tuple[SubmitParam, ...]

    @cached_property
    def rules(self) -> OutcomeRules | None:
        """How its runs are judged and watched, as the job says."""
        return outcome_rules.rules_of(lambda name: self.effective(name, ()))

    @property
    def rest(self) -> jobs.JobRest:
        """What of the job's definition has no column."""
        rest: jobs.JobRest = self.row.rest
        return rest

    def offered(self) -> properties.Inheritance:
        """The properties that a submission may override, which inherits them from the job."""
        return properties.inherit(
            self.inherited, self.row.id, self.path, self.rest.properties, InheritedFromType.JOB
        )

    def effective(self, name: str, given: Iterable[PropertyValue]) -> Any:
        """The value of a property: given at submission, else the job's, else what it inherits."""
        for item in given:
            if item.property_name.lower() == name.lower() and item.current_value is not None:
                return item.current_value
        return properties.effective(name, self.rest.properties, self.inherited)


def fill(c: Connection, job_id: int) -> SubmitInfo:
    """The submission of a job as it would be made now. Raises JobNotFound, Damaged."""
    job = _submittable(c, definition_stamps.stamp(c), job_id)
    rest = deepcopy(job.rest)
    return SubmitInfo(
        name=job.path,
        submit_id=job.row.id,
        parameters=[replace(item) for item in job.parameters],
        properties=properties.complete([], job.offered()),
        description=rest.description,
        folder_id=job.row.folder_id,
        folder_name=job.folder_path,
        source=job.row.source,
        scheduling_priority=job.effective("SchedulingPriority", ()),
        log_location=job.effective("LogLocation", ()),
        elements=rest.elements,
        source_elements=rest.source_elements,
        tag_ids=rest.tag_ids,
        tags=rest.tags,
    )


def without_definition(info: SubmitInfo) -> SubmitInfo:
    """The submission without what its job does not leave open; sent back, it stands for the same."""
    return replace(
        info,
        source=None,
        log_location=None,
        properties=[],
        elements=[],
        source_elements=[],
        parameters=[replace(item, param_value=None) if item.hide else item for item in info.parameters],
    )


def from_short(c: Connection, body: SubmitJob) -> SubmitInfo:
    """The document that a short form stands for; which job it is, :func:`enter` finds out."""
    instead = {"SchedulingPriority": body.priority, "Agent": body.agent}
    given = [
        PropertyValue(property_name=name, current_value=value)
        for name, value in instead.items()
        if value is not None
    ]
    return SubmitInfo(
        name=body.name,
        parameters=[
            SubmitParam(param_name=name, param_value=_text(value)) for name, value in body.parameters.items()
        ],
        properties=given,
        after_time_utc=body.after,
        hold=body.hold,
        override_name=body.override_name,
        note=body.note,
    )


def _text(value: str | int | float | bool | None) -> str | None:
    return None if value is None else str(value)


def enter(c: Connection, info: SubmitInfo, *, user: str, permit: Permit = permit_all) -> SubmitResult:
    """Check a submission and make its entry.

    With ``test_submit`` it is only checked, and answered with entry 0: no number is used up.

    Raises:
        AccessDenied: ``permit`` does not let it depart from what the job leaves open.
        JobNotFound, Conflict: which job it is cannot be told.
        Damaged: what is stored of the job, or of a folder above it, cannot be read.
        AgentNotFound: the agent on which it is to run does not exist.
        MissingArgument: no job is named, or a required parameter has no value.
        InvalidParameter, InvalidArgument: a value cannot be taken.
        WrongState: the job is disabled.
    """
    if info.test_submit:
        path, _ = _checked(c, definition_stamps.stamp(c), info, user, permit)
        return SubmitResult(jams_entry=0, ron=0, result_text=f"{path} can be submitted so.")
    path, columns, (number, ron) = _numbered(c, info, user, permit)
    entries.add(c, {"number": number, "ron": ron, **columns})
    entries.add_audit(c, number, user=user, message=f"Entry {number} was submitted.", comment=info.note)
    return SubmitResult(jams_entry=number, ron=ron, result_text=f"{path} was submitted as entry {number}.")


def _numbered(
    c: Connection, info: SubmitInfo, user: str, permit: Permit
) -> tuple[str, dict[str, Any], tuple[int, int]]:
    """As :func:`_checked`, with the numbers of entry and run.

    The check is made by the definitions as they were met last. Whether they are still the same is found out
    by the question that gives the numbers, so that a submission asks once; one that is refused uses none.
    """
    stamp, drawn = definition_stamps.last_stamp(c), None
    while True:
        try:
            path, columns = _checked(c, stamp, info, user, permit)
        except JAMSError:
            now = definition_stamps.stamp(c)
            if now == stamp:
                raise
        else:
            drawn = drawn or numbers.for_submission(c)
            now = drawn.definitions
            if now == stamp:
                return path, columns, (drawn.entry, drawn.ron)
        stamp = now


def _checked(
    c: Connection, stamp: int, info: SubmitInfo, user: str, permit: Permit
) -> tuple[str, dict[str, Any]]:
    """The path of the job, and the columns of the entry, by the definitions of that stamp."""
    job = _submittable(c, stamp, _job_id(c, stamp, info))
    given = properties.own_values(info.properties)
    if permit is not permit_all:
        for departure in _departures(c, job, info, given):
            permit(departure)
    if not job.effective("Enabled", given):
        raise WrongState(f"Job {job.path} is disabled.", target=job.path)
    if info.source is not None and info.source != job.row.source:
        raise InvalidArgument("A submission cannot bring another source: change the job.", member="source")
    if info.override_name is not None:
        names.check_name(info.override_name, "overrideName")
    offered, values = fill_in(job.parameters, info.parameters)
    agent_id = agents.number_of(c, job.effective("Agent", given))
    rest = _rest(job, info, given, offered, values)
    return job.path, _columns(job, info, given, rest, user=user, agent_id=agent_id)


def _job_id(c: Connection, stamp: int, info: SubmitInfo) -> int:
    if info.submit_id is not None:
        return info.submit_id
    if not info.name:
        raise MissingArgument("Say which job: give submitID or name.", member="name")
    key = ("job named", names.fold(info.name))
    return definition_stamps.derived(c, stamp, key, lambda: jobs.find(c, name=info.name))


def _departures(
    c: Connection, job: _Submittable, info: SubmitInfo, given: list[PropertyValue]
) -> Iterator[Departure]:
    said = {
        "source": job.row.source,
        "log_location": job.effective("LogLocation", ()),
        "elements": job.rest.elements,
        "source_elements": job.rest.source_elements,
    }
    yield from departures.of_members(info, said)
    for item in given:
        if item.property_name != "SchedulingPriority" and not _as_the_job(c, job, item):
            yield Departure(item.property_name, departures.Kind.DEFINITION)
    if _priority(job, info, given) > job.effective("SchedulingPriority", ()):
        yield Departure("schedulingPriority", departures.Kind.STEERING)
    values = {names.fold(item.param_name): item.param_value for item in info.parameters}
    for definition in job.parameters:
        yield from departures.of_parameter(definition, values.get(names.fold(definition.param_name)))


def _as_the_job(c: Connection, job: _Submittable, item: PropertyValue) -> bool:
    """Whether a property is given as the job has it."""
    own = properties.inherit(job.inherited, job.row.id, job.path, job.rest.properties)
    found = own.get(item.property_name.lower())
    said = None if found is None else found.value
    if item.property_name != "Agent" or said == item.current_value:
        return item.current_value is None or said == item.current_value
    try:
        return agents.number_of(c, said) == agents.number_of(c, item.current_value)
    except JAMSError:
        return False


def _rest(
    job: _Submittable,
    info: SubmitInfo,
    given: list[PropertyValue],
    offered: list[SubmitParam],
    values: list[ParamValue],
) -> entries.EntryRest:
    row = job.row
    return entries.EntryRest(
        method_name=job.method_name,
        display_name=info.override_name,
        note=info.note,
        restartable=info.restartable,
        debug=info.debug_mode,
        retain_option=info.retain_option,
        retain_time=info.retain_time,
        home_directory=job.effective("HomeDirectory", given) or None,
        log_location=info.log_location or job.effective("LogLocation", given) or None,
        avg_elapsed_time=statistics.mean(row.sum_elapsed, row.run_count),
        rules=_rules(job, given),
        jams_id=info.jams_id,
        parameters=values,
        definitions=offered,
        elements=info.elements or job.rest.elements,
        source_elements=info.source_elements or job.rest.source_elements,
        properties=given,
        tag_ids=info.tag_ids or job.rest.tag_ids,
        tags=info.tags or job.rest.tags,
    )


def _rules(job: _Submittable, given: list[PropertyValue]) -> OutcomeRules | None:
    """How the entry's runs are judged and watched; as the job says, unless the submission departs from it."""
    if any(item.property_name.lower() in outcome_rules.NAMES for item in given):
        return outcome_rules.rules_of(lambda name: job.effective(name, given))
    return job.rules


def _columns(
    job: _Submittable,
    info: SubmitInfo,
    given: list[PropertyValue],
    rest: entries.EntryRest,
    *,
    user: str,
    agent_id: int,
) -> dict[str, Any]:
    now = datetime.now(UTC)
    after = None if info.after_time_utc in (None, NEVER) else info.after_time_utc
    return {
        "job_id": job.row.id,
        "job_name": job.row.name,
        "folder_id": job.row.folder_id,
        "folder_name": job.folder_path,
        "method_id": job.row.method_id,
        "agent_id": agent_id,
        "submitted_by": user,
        "state": standing(held=info.hold, hold_time=after, now=now),
        "held": info.hold,
        "priority": _priority(job, info, given),
        "scheduled_time": after or now,
        "original_hold_time": after,
        "hold_time": after,
        "restart_count": 0,
        "source": job.row.source,
        "document": entries.encode_rest(rest),
        **watching.waiting(rest.rules, after or now),
    }


_PRIORITIES = range(-(2**31), 2**31)


def _priority(job: _Submittable, info: SubmitInfo, given: list[PropertyValue]) -> int:
    """A priority of 0 in the document says nothing; set the property to 0 to mean it."""
    override = any(item.property_name == "SchedulingPriority" for item in given)
    value = job.effective("SchedulingPriority", given)
    if info.scheduling_priority and not override:
        value = info.scheduling_priority
    return checked_priority(value)


def checked_priority(value: Any) -> int:
    """The scheduling priority. Raises InvalidArgument when it is out of range."""
    if not isinstance(value, int) or value not in _PRIORITIES:
        raise InvalidArgument(
            "A scheduling priority lies between -2147483648 and 2147483647.", member="schedulingPriority"
        )
    return value


def _submittable(c: Connection, stamp: int, job_id: int) -> _Submittable:
    return definition_stamps.derived(c, stamp, ("submittable", job_id), lambda: _read(c, job_id))


def _read(c: Connection, job_id: int) -> _Submittable:
    row = jobs.row(c, job_id)
    above = folders.above(c, row.folder_id)
    folder = above.get(row.folder_id, folders.NOWHERE)
    path = names.join(folder.path, row.name)
    check_whole(row, f"job {path}")
    check_whole(folder, f"job {path}")
    return _Submittable(
        row=row,
        path=path,
        folder_path=folder.path,
        inherited=folder.passed_on,
        method_name=methods.find(c, row.method_id, None).name,
        parameters=tuple(merged(c, above.values(), row.folder_id, row.rest.parameters)),
    )
