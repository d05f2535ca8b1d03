"""Triggers as objects (version 6): what their documents say becomes rows that wait for events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from jams.database import armed_triggers, guarding, lookup, tables, trigger_documents, triggers
from jams.objects.patch import Patch
from jams.objects.plan import GivenValue
from jams.objects.preconditions import ALWAYS, Precondition
from jams.objects.setups import SetupParameter
from jams.objects.trigger_parts import Conduct, ResetWhen, Submission, TriggerEventType, Watched
from jams.objects.triggers import Trigger
from jams.registry import ValueType
from jams.registry.references import read_reference
from jams.registry.sequences import TASK

from ..definition import parts_of
from . import arming, resetting


def create(c: Connection, trigger: Trigger, now: datetime, *, user: str, lenient: bool = False) -> Trigger:
    """Make a trigger, which waits from now on. Raises as :func:`jams.database.triggers.create` does."""
    id = triggers.create(c, trigger, user=user, lenient=lenient)
    with guarding.unlimited(c):
        _arm(c, id, now, enabled=trigger.enabled)
    return triggers.get(c, id)


def change(
    c: Connection,
    patch: Patch[Trigger],
    now: datetime,
    *,
    id: int | None = None,
    name: str | None = None,
    user: str,
    condition: Precondition = ALWAYS,
    lenient: bool = False,
) -> Trigger:
    """Change a trigger. Where its events are others, or it is enabled, it begins anew.

    Raises as :func:`jams.database.triggers.change` does.
    """
    before, wanted = triggers.change(
        c, patch, id=id, name=name, user=user, condition=condition, lenient=lenient
    )
    assert before.trigger_id is not None
    with guarding.unlimited(c):  # who changes it may not look at all that it names
        _arm(c, before.trigger_id, now, enabled=wanted.enabled)
    return triggers.get(c, before.trigger_id)


def _arm(c: Connection, id: int, now: datetime, *, enabled: bool) -> None:
    row = triggers.row(c, id)
    events = _events(c, row)
    signature = arming.signature_of(events)
    name = lookup.path(c, tables.trigger, id)
    conduct = armed_triggers.encoded(_conduct(c, row))
    values: dict[str, Any] = {"name": name[:800], "label": row.name, "conduct": conduct}
    there = armed_triggers.of_owner(c, armed_triggers.TRIGGER, [id])
    if there and there[0].signature == signature:
        armed = there[0]
        armed_triggers.change(c, armed.id, enabled=enabled, **values)
        if enabled and not armed.enabled:
            resetting.reset(c, armed, now)
        return
    if there:
        values["last_fired"] = there[0].last_fired
        armed_triggers.remove(c, [each.id for each in there])
    arming.arm(c, armed_triggers.TRIGGER, id, signature, values, events, now, enabled=enabled)


def _events(c: Connection, row: Any) -> list[Watched]:
    found = []
    for element in row.rest.elements:
        for part in parts_of([(row.path, [element])]):
            event = arming.watched_of(c, part)
            if element.element_name == TriggerEventType.SETUP.value:
                event = Watched(
                    kind=TriggerEventType.SETUP,
                    id=event.id,
                    name=event.name,
                    best=event.best,
                    worst=event.worst,
                )
            found.append(event)
    return found


def _conduct(c: Connection, row: Any) -> Conduct:
    tasks = [element for element in row.rest.source_elements if element.element_type_name == TASK]
    actions = trigger_documents.actions_of(row.rest.source_elements, row.path)
    submissions = []
    for element, action in zip(tasks, actions, strict=True):
        said = {item.property_name: item.current_value for item in element.properties}
        reference = read_reference(ValueType.JOB, said.get("SubmitJob"))
        job_id, name = arming.found(c, ValueType.JOB, reference, row.path)
        part = next(iter(parts_of([(row.path, [element])])), None)
        at = None if part is None else part.get("ScheduledTime")
        submissions.append(
            Submission(
                job_id=job_id,
                name=name,
                values=_values(action.parameters),
                for_date=action.schedule_for_date or "",
                at=None if at is None else at.hour * 3600 + at.minute * 60 + at.second,
            )
        )
    reset = ResetWhen.AT_ONCE if row.rest.reset_when_fired else ResetWhen.BY_HAND
    return Conduct(submissions=tuple(submissions), reset=reset, folder_id=row.folder_id)


def _values(parameters: Sequence[SetupParameter]) -> tuple[GivenValue, ...]:
    return tuple(
        GivenValue(name=each.param_name, value=each.default_value, variable=each.variable_name or "")
        for each in parameters
    )
