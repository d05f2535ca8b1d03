"""The record of a point that got no run: what was done about it, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from jams.database import lookup, schedule_triggers, tables
from jams.database.reading import Found

SKIPPED = "Skipped"
"""Its job does not catch it up."""
RESET = "Reset"
"""The scheduler was away for too long, and the schedule was built anew."""
NOT_MADE = "NotMade"
"""Its entry could not be made."""


def record(c: Connection, row: Found, point: datetime, now: datetime, action: str, reason: str) -> None:
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
    schedule_triggers.record_missed(c, [values])
