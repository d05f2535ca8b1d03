"""Points of the schedule that passed without a run: one row each, with what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from jams.objects.base import ObjectId
from jams.objects.missed_points import MissedPoint

from . import tables
from .newest_first import behind
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
    beyond: int | None = None,
) -> list[MissedPoint]:
    """What was missed, of one job if it is named, the latest point first; behind that numbered ``beyond``."""
    where = _wanted(job_id, start, end)
    if beyond is not None:
        where.append(behind(c, _missed.c.point, _missed.c.id, beyond))
    query = select(_missed).where(*where).order_by(_missed.c.point.desc(), _missed.c.id.desc()).limit(limit)
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


def count(
    c: Connection, *, job_id: int | None = None, start: datetime | None = None, end: datetime | None = None
) -> int:
    """How many points were missed of these."""
    return c.scalar(select(func.count()).select_from(_missed).where(*_wanted(job_id, start, end))) or 0


def _wanted(job_id: int | None, start: datetime | None, end: datetime | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if job_id is not None:
        where.append(_missed.c.job_id == job_id)
    if start is not None:
        where.append(_missed.c.point >= start)
    if end is not None:
        where.append(_missed.c.point <= end)
    return where
