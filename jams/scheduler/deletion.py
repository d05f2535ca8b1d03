"""Entries of a job that is deleted although they are there: none of them waits for ever."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import endings, entries, guarding
from jams.objects.enums import Severity

from . import settlement

STATUS = "Its job was deleted."


def end_waiting(c: Connection, job_id: int, user: str) -> int:
    """End the entries of a job that have not started; how many. Runs go on, and are not tried again."""
    rows = [row for row in entries.locked_all(c, endings.waiting(c, job_id)) if row.state.waiting]
    with guarding.unlimited(c):  # what follows from their ends is the engine's doing
        for row in rows:
            settlement.record_cancelled(c, row, severity=Severity.ERROR, status=STATUS)
    said = [entries.Line(row.number, f"Entry {row.number} was ended: its job was deleted.") for row in rows]
    entries.add_audits(c, user, said)
    return len(rows)
