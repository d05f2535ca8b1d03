"""Entries that the schedule made by itself, as the schedule looks at them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from jams.objects.actors import ENGINE
from jams.objects.enums import EntryState

from . import entries, tables
from .columns import UtcTime
from .reading import Found

_entry = tables.entry
_audit = tables.entry_audit

"""Who submits what runs by itself."""

WAITING = [state for state in EntryState if state.waiting]

_exists = select(
    exists().where(
        _entry.c.trigger_id == bindparam("trigger"), _entry.c.point == bindparam("point", type_=UtcTime)
    )
)
_existing = select(_entry.c.trigger_id, _entry.c.point).where(
    _entry.c.trigger_id.in_(bindparam("triggers", expanding=True)),
    _entry.c.point.in_(bindparam("points", expanding=True)),
)
_other = and_(
    _entry.c.state != EntryState.COMPLETE, _entry.c.number.not_in(bindparam("without", expanding=True))
)
_live_or_at = select(
    exists().where(
        _entry.c.trigger_id == bindparam("trigger"),
        or_(_entry.c.point == bindparam("point", type_=UtcTime), _other),
    )
)


def live_or_at(c: Connection, trigger_id: int, point: datetime, without: Collection[int]) -> bool:
    """Whether the point of a trigger has an entry, or another of its entries has not ended."""
    given = {"trigger": trigger_id, "point": point, "without": list(without)}
    return bool(c.scalar(_live_or_at, given))


def exist(c: Connection, trigger_id: int, point: datetime) -> bool:
    """Whether the point of a trigger has an entry."""
    return bool(c.scalar(_exists, {"trigger": trigger_id, "point": point}))


def existing(c: Connection, points: Collection[tuple[int, datetime]]) -> set[tuple[int, datetime]]:
    """Those of the points, each with the number of its trigger, that have an entry."""
    if not points:
        return set()
    triggers, times = ({point[part] for point in points} for part in (0, 1))
    found = c.execute(_existing, {"triggers": sorted(triggers), "points": sorted(times)})
    return {(row.trigger_id, row.point) for row in found}.intersection(points)


def by_point(
    c: Connection, job_ids: Collection[int]
) -> dict[tuple[int, datetime], tuple[int, datetime | None]]:
    """Planned entries of jobs by job and point: the number, and the time before which each does not start."""
    found: dict[tuple[int, datetime], tuple[int, datetime | None]] = {}
    planned = (_entry.c.trigger_id.is_not(None), _entry.c.point.is_not(None))
    numbers = sorted(job_ids)
    for at in range(0, len(numbers), 500):
        some = _entry.c.job_id.in_(numbers[at : at + 500])
        query = select(_entry.c.job_id, _entry.c.point, _entry.c.number, _entry.c.hold_time)
        for row in c.execute(query.where(some, *planned)):
            found[row.job_id, row.point] = row.number, row.hold_time
    return found


def waiting(c: Connection, job_id: int) -> list[Found]:
    """The planned entries of a job that have not started; nobody else changes them meanwhile."""
    query = select(_entry).where(
        _entry.c.job_id == job_id, _entry.c.trigger_id.is_not(None), _entry.c.state.in_(WAITING)
    )
    return entries.read.every(c.execute(query.order_by(_entry.c.number).with_for_update()))


_trigger = tables.schedule_trigger
_before_change = (
    select(_entry.c.number)
    .join(_trigger, _trigger.c.id == _entry.c.trigger_id)
    .where(
        _entry.c.job_id == bindparam("job"),
        _entry.c.day == bindparam("same"),
        _entry.c.number < bindparam("this"),
        _entry.c.trigger_id != bindparam("own"),
        _trigger.c.retired,
    )
    .order_by(_entry.c.number.desc())
    .limit(1)
)


def before_change(c: Connection, row: Found) -> int | None:
    """An entry of the same job for the same day by a trigger that does not count any more; None: none."""
    values = {"job": row.job_id, "same": row.day, "this": row.number, "own": row.trigger_id}
    return c.scalar(_before_change, values)


def next_of_intervals(c: Connection) -> list[tuple[int, datetime]]:
    """The jobs with interval triggers, and when each of these is due next, in order of time."""
    trigger = tables.schedule_trigger
    waits = (_entry.c.trigger_id == trigger.c.id) & _entry.c.state.in_(WAITING)
    query = select(trigger.c.job_id, func.coalesce(_entry.c.hold_time, trigger.c.next_point, type_=UtcTime))
    query = query.select_from(trigger.outerjoin(_entry, waits))
    found = c.execute(query.where(trigger.c.kind == "Interval", ~trigger.c.retired))
    return sorted(((job_id, at) for job_id, at in found if at is not None), key=lambda pair: pair[1])


def late_jobs(c: Connection, after: datetime, until: datetime) -> set[int]:
    """The jobs of planned entries that have not started, and whose points lie in that time."""
    query = select(_entry.c.job_id).where(
        _entry.c.trigger_id.is_not(None),
        _entry.c.state.in_(WAITING),
        _entry.c.point > after,
        _entry.c.point <= until,
    )
    return set(c.scalars(query.distinct()))


def withdraw(c: Connection, row: Found, reason: str) -> bool:
    """Take an entry that waits out of the schedule, and say why in its audit trail; whether it was there."""
    message = f"Entry {row.number} left the schedule: {reason}."
    entries.add_audit(c, row.number, user=ENGINE, message=message)
    return bool(entries.remove(c, [row.number], state=row.state))


def touched(c: Connection, numbers: Collection[int], ours: Collection[str]) -> set[int]:
    """Those of the entries with which somebody has done something whose name is none of ours."""
    if not numbers:
        return set()
    query = select(_audit.c.number).where(_audit.c.number.in_(numbers), _audit.c.user_name.not_in(ours))
    return set(c.scalars(query.distinct()))
