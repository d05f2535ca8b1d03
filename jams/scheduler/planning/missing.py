"""The record of a point that got no run: what was done about it, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from jams.database import lookup, missed_points, tables
from jams.database.reading import Found
from jams.objects.missed_points import MissedAction


def record(
    c: Connection, row: Found, point: datetime, now: datetime, action: MissedAction, reason: str
) -> None:
    """Record that a point of a row got no run."""
    values = {
        "trigger_id": row.id,
        "job_id": row.job_id,
        "job_path": lookup.path(c, tables.job, row.job_id),
        "point": point,
        "recorded": now,
        "action": action,
        "reason": reason,
    }
    missed_points.record(c, values)
