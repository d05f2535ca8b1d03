"""Entries for points: what the schedule submits by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from jams.database import entries, numbers, planned_entries
from jams.database.reading import Found
from jams.objects.actors import ENGINE
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
    return add(c, [columns_of(c, stamp, row, point)])[0]


def columns_of(c: Connection, stamp: int, row: Found, point: Point) -> dict[str, Any]:
    """The columns of the entry of a point of a row, but its numbers; raises as above."""
    held = conduct_of(row).held
    return {
        **content(c, stamp, row.job_id, point, held=held),
        "trigger_id": row.id,
        "point": point.at,
        "day": point.day,
        "state": EntryState.HELD if held else EntryState.TIMED,
    }


def add(c: Connection, found: Sequence[dict[str, Any]]) -> list[int]:
    """Put entries with these columns into the schedule; their numbers."""
    if not found:
        return []
    drawn, _ = numbers.for_submissions(c, len(found))
    rows = [
        {**columns, "number": number, "ron": ron} for (number, ron), columns in zip(drawn, found, strict=True)
    ]
    entries.add(c, *rows)
    told = "Entry {number} was scheduled for {point:%Y-%m-%d %H:%M:%S} UTC."
    entries.add_audits(c, ENGINE, [entries.Line(row["number"], told.format(**row)) for row in rows])
    return [row["number"] for row in rows]


def content(c: Connection, stamp: int, job_id: int, point: Point, *, held: bool) -> dict[str, Any]:
    """The columns that an entry of a job has at a point by its definition; raises as above."""
    info = SubmitInfo(submit_id=job_id, after_time_utc=point.at, hold=held)
    return submission.columns_of(c, stamp, info, user=ENGINE, day=point.day)
