"""What is told of a trigger that fires too often: to people, and that triggers fire each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from jams.database import armed_triggers, definition_stamps, entries, names, tables
from jams.database.reading import Found
from jams.objects.errors import JAMSError
from jams.objects.tellings import Facts, Happened, Tells
from jams.objects.trigger_parts import Conduct, Fired

from .. import submittable, telling, telling_rules
from .machine import Event

LONGEST_CIRCLE = 100
"""How many firings are followed back."""


def tell(c: Connection, row: Found, conduct: Conduct, told: str, now: datetime) -> None:
    """Tell people that a trigger was disabled: those who hear of what fails there, and who has defined it.

    Args:
        c: the turn.
        row: the trigger.
        conduct: what it does.
        told: why it was disabled, in words.
        now: the time.
    """
    whose = _of_job(c, row) if row.owner == armed_triggers.JOB else _of_trigger(c, row)
    if whose is None:
        return
    tells, owner, path = whose
    *folders, name = names.split(path)
    facts = Facts(
        happened=Happened.TRIGGER_STOPPED,
        time=now,
        entry=0,
        ron=0,
        job=name,
        folder="\\" + "\\".join(folders),
        name=row.label or name,
        message=f"{row.name}: {told} It stays so until somebody resets it.",
        instructions=tells.instructions,
    )
    telling.of_none(c, facts, tells.tellings, owner)


def _of_job(c: Connection, row: Found) -> tuple[Tells, str, str] | None:
    stamp = definition_stamps.stamp(c)
    try:
        job = submittable.of_number(c, stamp, row.owner_id)
    except JAMSError:
        return None
    tells = telling_rules.of_entry(c, stamp, job, [], job.rest.elements)
    return tells or telling_rules.USUAL, job.row.changed_by, job.path


def _of_trigger(c: Connection, row: Found) -> tuple[Tells, str, str] | None:
    trigger = tables.trigger
    found = c.execute(trigger.select().where(trigger.c.id == row.owner_id)).one_or_none()
    if found is None:
        return None
    return telling_rules.of_folder(c, found.folder_id), found.changed_by, row.name


def circle(c: Connection, row: Found, events: Iterable[Event]) -> Sequence[str]:
    """The triggers by whose firing a trigger comes to fire itself, from its last firing to this one.

    It is followed back by the ends of entries that triggers have submitted, as far as these are in the
    schedule. Empty where it is no circle.
    """
    numbers = [event.facts["Entry"] for event in events if "Entry" in event.facts]
    for number in numbers:
        found: list[str] = []
        at: str | None = number
        for _ in range(LONGEST_CIRCLE):
            fired = None if at is None else _fired(c, int(at))
            if fired is None:
                break
            found.insert(0, fired.path)
            if fired.id == row.owner_id and _is_of(fired, row):
                return [*found, fired.path]
            at = fired.facts.get("Entry")
    return []


def _is_of(fired: Fired, row: Found) -> bool:
    own = row.name if row.owner == armed_triggers.TRIGGER else None
    return fired.name == row.label and own in (None, fired.path)


def _fired(c: Connection, number: int | None) -> Fired | None:
    """By which trigger an entry was submitted, or the setup of which it is a member."""
    while number is not None:
        try:
            row = entries.row(c, number)
        except JAMSError:
            return None
        if row.rest.fired is not None:
            fired: Fired = row.rest.fired
            return fired
        number = row.parent
    return None
