"""The members of a submission: what each is for, and which of them demand something of this server.

What a client sends back as it was filled in, what is left at its default, and what is empty, 0 or -1 where
that stands for nothing, demands nothing. Members that only the server writes are marked so where they are
declared; every other one stands in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from msgspec import Struct

from jams.objects.base import wire_name
from jams.objects.enums import RetainOption
from jams.objects.errors import JAMSError
from jams.objects.parts import PropertyData, PropertyValue
from jams.objects.schedule import SubmitInfo
from jams.registry import JOB_PROPERTIES, ValueType, read

from .submittable import Submittable


class Kind(Enum):
    """What sort of thing it is to say otherwise than the job."""

    DEFINITION = "definition"
    """It could be said in the job itself."""
    STEERING = "steering"
    """It puts the entry before others."""
    SECRET = "secret"
    """It hands work the value of an encrypted variable, as the job says: no departure, but a right too."""


class Member(Struct, frozen=True, kw_only=True):
    """How a member is treated.

    Attributes:
        kind: what setting it is; None where everybody may who submits.
        means: the property of the job that it stands for, by name: the registry says whether it is obeyed.
        said: what the job says in the place of a member that stands for no property.
        unsupported: why this server does not obey it, in a sentence.
    """

    kind: Kind | None = None
    means: str = ""
    said: Callable[[Submittable], Any] | None = None
    unsupported: str = ""


def _definition(means: str) -> Member:
    return Member(kind=Kind.DEFINITION, means=means)


_OBEYED = Member()
_SYMBOLS = Member(kind=Kind.DEFINITION, unsupported="Symbols belong to OpenVMS; there are none here.")

MEMBERS: Mapping[str, Member] = {
    # Which job, and what is asked for.
    "name": _OBEYED,
    "submit_id": _OBEYED,
    "folder_id": _OBEYED,
    "folder_name": _OBEYED,
    "test_submit": _OBEYED,
    "submitted_by": _OBEYED,
    # Looked at one by one.
    "parameters": _OBEYED,
    "properties": _OBEYED,
    # What concerns the entry alone.
    "after_time_utc": _OBEYED,
    "hold": _OBEYED,
    "override_name": _OBEYED,
    "description": _OBEYED,
    "note": _OBEYED,
    "debug_mode": _OBEYED,
    "jams_id": _OBEYED,
    "tag_ids": _OBEYED,
    "tags": _OBEYED,
    "scheduling_priority": Member(means="SchedulingPriority"),
    "retain_option": Member(means="RetainOption"),
    "retain_time": Member(means="RetainTime"),
    "restartable": Member(means="Restartable"),
    # What the definition says.
    "source": Member(kind=Kind.DEFINITION, said=lambda job: job.source),
    "elements": Member(kind=Kind.DEFINITION, said=lambda job: job.rest.elements),
    "source_elements": Member(kind=Kind.DEFINITION, said=lambda job: job.rest.source_elements),
    "log_location": _definition("LogLocation"),
    "log_filename": _definition("LogFilename"),
    "timestamp_logs": _definition("TimestampLogs"),
    "batch_queue_id": _definition("BatchQueue"),
    "batch_queue_name": _definition("BatchQueue"),
    "user_id": _definition("ExecuteAs"),
    "schedule_window_id": _definition("ScheduleWindow"),
    "schedule_from_time": _definition("ScheduleFromTime"),
    "schedule_to_time": _definition("ScheduleToTime"),
    "missed_window_action": _definition("MissedWindowAction"),
    "notify_of_missed_window": _definition("NotifyOfMissedWindow"),
    "precheck_job_id": _definition("PrecheckJob"),
    "precheck_interval": _definition("PrecheckInterval"),
    "runaway_elapsed": _definition("RunawayElapsed"),
    "short_elapsed": _definition("ShortElapsed"),
    "fail_short": _definition("FailShort"),
    "stalled_time": _definition("StalledTime"),
    "suppress_notify": _definition("SuppressNotify"),
    "set_symbols": _SYMBOLS,
    "use_symbols": _SYMBOLS,
}
"""Every member that a submitter may set, by attribute name."""


class Demand(Struct, frozen=True):
    """A member that says otherwise than the job, by its published name; and the property it stands for."""

    name: str
    member: Member
    property: PropertyValue | None = None


_NOTHING = SubmitInfo()
_LOOKED_AT = tuple(
    (name, getattr(_NOTHING, name), member)
    for name, member in MEMBERS.items()
    if member.means or member.said or member.unsupported
)

_NUMBERS = {
    ValueType.QUEUE: "queueID",
    ValueType.CREDENTIAL: "credentialID",
    ValueType.NAMED_TIME: "timeID",
    ValueType.JOB: "jobID",
    ValueType.SPAN: "totalSeconds",
    ValueType.TIME_OF_DAY: "totalSeconds",
}
"""The member of a published object that a number alone stands for."""


def demands(job: Submittable, info: SubmitInfo) -> Iterator[Demand]:
    """The members of a submission that say something else than its job.

    Raises InvalidProperty, InvalidTime when one holds what its property cannot hold.
    """
    for name, default, member in _LOOKED_AT:
        value = getattr(info, name)
        if value == default or value is None:
            continue
        if member.means:
            given = _as_property(job, info, name, value, member.means)
            if given is not None:
                yield Demand(wire_name(name), member, given)
        elif value and (member.said is None or value != member.said(job)):
            yield Demand(wire_name(name), member)


def _as_property(
    job: Submittable, info: SubmitInfo, name: str, value: Any, means: str
) -> PropertyValue | None:
    """The property that a member stands for, None if that says nothing, or the same as the job."""
    definition = JOB_PROPERTIES[means]
    counts = name == "retain_time" and info.retain_option is RetainOption.TIMED
    data: PropertyData = value.value if isinstance(value, Enum) else value
    if type(value) is int and definition.value_type in _NUMBERS:
        if value < 0 or (value == 0 and not counts):
            return None
        data = {_NUMBERS[definition.value_type]: value}
    try:
        meaning = read(definition, data)
    except JAMSError as error:
        error.member = wire_name(name)
        raise
    if definition.value_type is ValueType.SPAN and meaning == timedelta() and not counts:
        return None
    if meaning is None or meaning == job.meaning(means):
        return None
    return PropertyValue(property_name=definition.name, current_value=data)
