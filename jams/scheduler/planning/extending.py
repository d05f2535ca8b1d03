"""Extending the schedule: entries for the points that lie before the horizon."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from jams.database import planned_entries, schedule_triggers
from jams.database.reading import Found
from jams.objects.missed_points import MissedAction
from jams.scheduler.surroundings import Surroundings

from . import missing, placing
from .points import Point, next_values
from .trouble import told

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=5)
"""After how long a point is tried again whose entry could not be made."""


def extend(c: Connection, around: Surroundings, now: datetime, horizon: datetime, most: int) -> int:
    """Make the entries of points up to the horizon, so many at most; how many points were looked at."""
    rows = schedule_triggers.due(c, horizon, now, most)
    there = planned_entries.existing(c, [(row.id, row.next_point) for row in rows])
    made: list[dict[str, Any]] = []
    moved = [{"at": row.id, **_passed(c, around, row, now, there, made)} for row in rows]
    placing.add(c, made)
    schedule_triggers.move_on(c, moved)
    return len(rows)


def _passed(
    c: Connection,
    around: Surroundings,
    row: Found,
    now: datetime,
    there: Collection[tuple[int, datetime]],
    made: list[dict[str, Any]],
) -> Mapping[str, Any]:
    """Add to ``made`` the entry of a row's next point, unless it is there; what the row holds then."""
    point = Point(row.next_point, row.next_day)
    try:
        if (row.id, point.at) not in there:
            made.append(placing.columns_of(c, around.stamp, row, point))
    except Exception as error:
        problem = told(error)
        if row.problem != problem:
            log.error("job %s cannot be scheduled for %s: %s", row.job_id, point.at, problem)
        if point.at > now:
            stays = {"next_point": point.at, "next_day": point.day}
            return {**stays, "retry_at": min(now + RETRY, point.at), "problem": problem}
        missing.record(c, row, point.at, now, MissedAction.NOT_MADE, problem)
    return next_values(around, row, point.at)
