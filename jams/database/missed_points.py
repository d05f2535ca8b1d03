"""Points of the schedule that passed without a run: one row each, with what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from jams.objects.base import ObjectId
from jams.objects.missed_points import MissedPoint

from . import tables
from .reading import Reader

_missed = tables.missed_point
_read = Reader(_missed.c, job_id=ObjectId)


def record(c: Connection, values: Mapping[str, Any]) -> None:
    """Record a point that got no run; ``values`` by column name."""
    c.execute(insert(_missed), values)


def find(
    c: Connection,
    *,
    job_id: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    limit: int = 1000,
) -> list[MissedPoint]:
    """What was missed, of one job if it is named, the latest point first."""
    query = select(_missed).order_by(_missed.c.point.desc(), _missed.c.id.desc()).limit(limit)
    if job_id is not None:
        query = query.where(_missed.c.job_id == job_id)
    if start is not None:
        query = query.where(_missed.c.point >= start)
    if end is not None:
        query = query.where(_missed.c.point <= end)
    return [
        MissedPoint(
            missed_id=row.id,
            job_id=row.job_id,
            job_name=row.job_path,
            scheduled_time=row.point,
            recorded_utc=row.recorded,
            action=row.action,
            reason=row.reason,
        )
        for row in _read.every(c.execute(query))
    ]
