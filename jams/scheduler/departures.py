"""Where a submission departs from what its job leaves open, and so takes more than the right to submit.

A job leaves open the parameters that may be entered and are not hidden, and what concerns the entry alone:
when it starts, what it is called, how long it is shown. Everything else is the definition's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from jams.objects.base import wire_name
from jams.objects.schedule import SubmitInfo, SubmitParam


class Kind(Enum):
    """What sort of thing a departure is."""

    DEFINITION = "definition"
    """It could be said in the job itself."""
    STEERING = "steering"
    """It puts the entry before others."""


class Departure(Struct, frozen=True):
    """A member, property or parameter, by its published name, that is set otherwise than the job says."""

    name: str
    kind: Kind


MEMBERS: Mapping[str, Kind | None] = {
    # What is asked for.
    "name": None,
    "submit_id": None,
    "test_submit": None,
    # Looked at one by one.
    "parameters": None,
    "properties": None,
    "scheduling_priority": None,
    # What concerns the entry alone.
    "after_time_utc": None,
    "hold": None,
    "override_name": None,
    "note": None,
    "retain_option": None,
    "retain_time": None,
    "restartable": None,
    "debug_mode": None,
    "jams_id": None,
    "tag_ids": None,
    "tags": None,
    # What the server says; it has no effect when it is sent back.
    "description": None,
    "folder_id": None,
    "folder_name": None,
    "allow_edit_source": None,
    "manage_access": None,
    "submit_is_simple": None,
    "submitted_by": None,
    "jams_entry": None,
    "ron": None,
    "result_text": None,
    "inherited_tag_ids": None,
    # What the definition says.
    "source": Kind.DEFINITION,
    "log_filename": Kind.DEFINITION,
    "log_location": Kind.DEFINITION,
    "batch_queue_id": Kind.DEFINITION,
    "batch_queue_name": Kind.DEFINITION,
    "edit_assembly_name": Kind.DEFINITION,
    "edit_class_name": Kind.DEFINITION,
    "extension": Kind.DEFINITION,
    "elements": Kind.DEFINITION,
    "source_elements": Kind.DEFINITION,
    "fail_short": Kind.DEFINITION,
    "missed_window_action": Kind.DEFINITION,
    "notify_of_missed_window": Kind.DEFINITION,
    "precheck_interval": Kind.DEFINITION,
    "precheck_job_id": Kind.DEFINITION,
    "runaway_elapsed": Kind.DEFINITION,
    "schedule_from_time": Kind.DEFINITION,
    "schedule_to_time": Kind.DEFINITION,
    "schedule_window_id": Kind.DEFINITION,
    "set_symbols": Kind.DEFINITION,
    "short_elapsed": Kind.DEFINITION,
    "stalled_time": Kind.DEFINITION,
    "suppress_notify": Kind.DEFINITION,
    "timestamp_logs": Kind.DEFINITION,
    "user_id": Kind.DEFINITION,
    "use_symbols": Kind.DEFINITION,
}
"""What setting each member of a submission is; None where everybody may who submits."""

_SILENT = SubmitInfo()


def of_members(info: SubmitInfo, said: Mapping[str, Any]) -> Iterator[Departure]:
    """The members that say something else than the job, of which ``said`` holds what it says."""
    for name, kind in MEMBERS.items():
        if kind is not None:
            value = getattr(info, name)
            if value != getattr(_SILENT, name) and value != said.get(name):
                yield Departure(wire_name(name), kind)


def of_parameter(definition: SubmitParam, value: str | None) -> Iterator[Departure]:
    """The parameter, if a value is given that is not its default, and the job does not leave it open."""
    is_open = definition.allow_entry and not definition.hide
    if not is_open and value is not None and value != definition.param_value:
        yield Departure(definition.param_name, Kind.DEFINITION)
