"""The documents of submissions: what a job offers to be filled in, and forms that are shorter."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import definition_stamps, names, properties
from jams.database.sight import told_of
from jams.objects.base import Name
from jams.objects.enums import RetainOption
from jams.objects.parts import ParamValue, PropertyValue
from jams.objects.schedule import SubmitInfo, SubmitJob, SubmitParam

from . import submittable


def fill(c: Connection, job_id: int) -> SubmitInfo:
    """The submission of a job as it would be made now. Raises JobNotFound, Damaged."""
    job = submittable.of_number(c, definition_stamps.stamp(c), job_id)
    rest = deepcopy(job.rest)
    return SubmitInfo(
        name=job.path,
        submit_id=job.row.id,
        parameters=[replace(item) for item in job.parameters],
        properties=properties.complete([], job.offered),
        description=rest.description,
        folder_id=job.row.folder_id,
        folder_name=job.folder_path,
        source=job.source,
        scheduling_priority=job.effective("SchedulingPriority"),
        log_location=job.effective("LogLocation"),
        retain_option=job.meaning("RetainOption") or RetainOption.DEFAULT,
        retain_time=whole_seconds(job.meaning("RetainTime")),
        restartable=job.meaning("Restartable") is not False,
        precheck_interval=_unset(),
        runaway_elapsed=_unset(),
        schedule_from_time=_unset(),
        schedule_to_time=_unset(),
        short_elapsed=_unset(),
        stalled_time=_unset(),
        elements=rest.elements,
        source_elements=rest.source_elements,
        tag_ids=rest.tag_ids,
        tags=rest.tags,
        not_obeyed=list(job.not_obeyed),
    )


def _unset() -> dict[Name, Any]:
    """A span as the published documents write one that says nothing."""
    return {"totalSeconds": -1}


def repeating(info: SubmitInfo, values: Iterable[ParamValue]) -> SubmitInfo:
    """The submission with the values that parameters had in a run."""
    had = {names.fold(each.param_name): each.value for each in values}
    return replace(
        info,
        parameters=[
            replace(item, param_value=had.get(names.fold(item.param_name), item.param_value))
            if item.encryption_id is None
            else item
            for item in info.parameters
        ],
    )


def told(asked: SubmitInfo, filled: SubmitInfo) -> SubmitInfo:
    """The submission that somebody asks for, with what only the job says of its parameters and properties."""
    values = {names.fold(item.property_name): item.current_value for item in asked.properties}
    known = {names.fold(item.property_name) for item in filled.properties}
    return replace(
        asked,
        parameters=filled.parameters,
        properties=[
            *(
                replace(item, current_value=values.get(names.fold(item.property_name)))
                for item in filled.properties
            ),
            *(item for item in asked.properties if names.fold(item.property_name) not in known),
        ],
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
        not_obeyed=list(told_of(info.not_obeyed)),
        parameters=[replace(item, param_value=None) if item.hide else item for item in info.parameters],
    )


def from_short(body: SubmitJob) -> SubmitInfo:
    """The document that a short form stands for; which job it is, is found out when it is entered."""
    instead = {
        "SchedulingPriority": body.priority,
        "Agent": body.agent,
        "ExecuteAs": body.user_name,
    }
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


def whole_seconds(span: timedelta | None) -> int | None:
    """A span as the documents write it."""
    return None if span is None else int(span.total_seconds())
