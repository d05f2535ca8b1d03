"""Tells of which schedule the point of an entry is."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from jams.database import planned_entries, schedule_triggers
from jams.database.reading import Found
from jams.dates import format_span
from jams.objects.errors import JAMSError

from . import points


def told_of(c: Connection, row: Found) -> str:
    """The schedule that has made an entry, as sentences; nothing for one that it has not made."""
    trigger = schedule_triggers.get(c, [row.trigger_id]).get(row.trigger_id) if row.trigger_id else None
    if trigger is None:
        return ""
    try:
        found = f"Its schedule: {_specification(trigger)}."
    except JAMSError:
        return ""
    before = planned_entries.before_change(c, row)
    if before is not None:
        found += (
            f" Entry {before} was for the same day, by a schedule that was changed since: "
            "a point that a change puts into the future is due as well."
        )
    return found


def _specification(trigger: Found) -> str:
    if trigger.kind == points.INTERVAL:
        return f"every {format_span(timedelta(seconds=points.interval_of(trigger).seconds))}"
    schedule = points.schedule_of(trigger)
    but = f" except for {schedule.except_for}" if schedule.except_for else ""
    return f"{schedule.dates}{but} at {', '.join(schedule.times)}, {schedule.time_zone}"
