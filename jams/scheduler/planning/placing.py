"""Entries for points: what the schedule submits by itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from jams.database import entries, numbers, planned_entries
from jams.database.planned_entries import PLANNER
from jams.database.reading import Found
from jams.objects.enums import EntryState
from jams.objects.schedule import SubmitInfo
from jams.scheduler import submission

from .points import Point, conduct_of


def place(c: Connection, stamp: int, row: Found, point: Point) -> int:
    """Make the entry of a point of a row; its number, or 0 when the point has one already.

    Raises as :func:`jams.scheduler.submission.enter` does, when the job cannot be submitted.
    """
    if planned_entries.exist(c, row.id, point.at):
        return 0
    held = conduct_of(row).held
    columns = content(c, stamp, row.job_id, point, held=held)
    drawn = numbers.for_submission(c)
    of_point = {
        "number": drawn.entry,
        "ron": drawn.ron,
        "trigger_id": row.id,
        "point": point.at,
        "day": point.day,
        "state": EntryState.HELD if held else EntryState.TIMED,
    }
    entries.add(c, {**columns, **of_point})
    entries.add_audit(
        c,
        drawn.entry,
        user=PLANNER,
        message=f"Entry {drawn.entry} was scheduled for {point.at:%Y-%m-%d %H:%M:%S} UTC.",
    )
    return drawn.entry


def content(c: Connection, stamp: int, job_id: int, point: Point, *, held: bool) -> dict[str, Any]:
    """The columns that an entry of a job has at a point by its definition; raises as above."""
    info = SubmitInfo(submit_id=job_id, after_time_utc=point.at, hold=held)
    return submission.columns_of(c, stamp, info, user=PLANNER, day=point.day)
