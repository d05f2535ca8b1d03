"""Entries of a job that is deleted although they are there: none of them waits for ever."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import endings, entries
from jams.objects.enums import Severity

from . import settlement

STATUS = "Its job was deleted."


def end_waiting(c: Connection, job_id: int, user: str) -> int:
    """End the entries of a job that have not started; how many. Runs go on, and are not tried again."""
    ended = 0
    for number in endings.waiting(c, job_id):
        row = entries.locked_if_there(c, number)
        if row is not None and row.state.waiting:
            settlement.record_cancelled(c, row, severity=Severity.ERROR, status=STATUS)
            entries.add_audit(c, number, user=user, message=f"Entry {number} was ended: its job was deleted.")
            ended += 1
    return ended
