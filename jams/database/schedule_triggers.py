"""What runs by itself: one row for each way in which a job does, with its next point; and what was missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, insert, literal, or_, select, update

from jams.objects.base import ObjectId
from jams.objects.enums import EntryState

from . import folders, tables
from .columns import UtcTime, new_id
from .reading import Found, Reader

_trigger = tables.schedule_trigger
_to_plan = tables.job_to_plan
_planning = tables.planning
_job = tables.job
_entry = tables.entry

PROBLEM = "problem"
"""The signature of the row that says why a definition gives no schedule."""

_read = Reader(_trigger.c, job_id=ObjectId)
_due = (
    select(_trigger)
    .where(
        _trigger.c.next_point <= bindparam("horizon", type_=UtcTime),
        or_(_trigger.c.retry_at.is_(None), _trigger.c.retry_at <= bindparam("now", type_=UtcTime)),
        _trigger.c.job_id.not_in(select(_to_plan.c.job_id)),
    )
    .order_by(_trigger.c.next_point, _trigger.c.id)
    .limit(bindparam("most"))
    .with_for_update()
)
_change = (
    update(_trigger)
    .where(_trigger.c.id == bindparam("at"))
    .values({name: bindparam(name) for name in ("next_point", "next_day", "retry_at", "problem")})
)
_clock = select(_planning).where(_planning.c.id == 1)
_several = select(_trigger).where(_trigger.c.id.in_(bindparam("ids", expanding=True)))
_waits = select(_to_plan.c.job_id, _to_plan.c.since)
_late = select(_entry.c.job_id).where(
    _entry.c.state == EntryState.TIMED,
    _entry.c.opens_at <= bindparam("due", type_=UtcTime),
    _entry.c.trigger_id.is_not(None),
)
_urgent = _waits.where(_to_plan.c.job_id.in_(_late)).limit(bindparam("most"))
_in_order = _waits.order_by(_to_plan.c.job_id).limit(bindparam("most"))


def due(c: Connection, horizon: datetime, now: datetime, most: int) -> list[Found]:
    """The rows whose next point lies before the horizon, the earliest first; nobody else changes them."""
    return _read.every(c.execute(_due, {"horizon": horizon, "now": now, "most": most}))


def late_jobs(c: Connection, until: datetime) -> set[int]:
    """The jobs with points up to then that have no entry yet."""
    return set(c.scalars(select(_trigger.c.job_id).where(_trigger.c.next_point <= until).distinct()))


def of_job(c: Connection, job_id: int) -> list[Found]:
    """The rows of a job, retired ones as well."""
    rows = c.execute(select(_trigger).where(_trigger.c.job_id == job_id).order_by(_trigger.c.id))
    return _read.every(rows)


def get(c: Connection, ids: Collection[int]) -> dict[int, Found]:
    """Rows by number, those that are there."""
    rows = c.execute(_several, {"ids": list(ids)}) if ids else ()
    return {row.id: row for row in _read.every(rows)}


def add(c: Connection, values: Mapping[str, Any]) -> int:
    """Add a row; its number."""
    return new_id(c.execute(insert(_trigger).values(values)))


def change(c: Connection, id: int, **values: Any) -> None:
    """Change columns of a row."""
    c.execute(update(_trigger).where(_trigger.c.id == id).values(values))


def move_on(c: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give rows their next points: each holds ``at`` (its number), ``next_point``, ``next_day`` and so on."""
    if rows:
        c.execute(_change, rows)


def retire(c: Connection, ids: Collection[int]) -> None:
    """The rows run nothing any more, until their definition says so again."""
    if ids:
        changes = {"retired": True, "next_point": None, "next_day": None, "retry_at": None, "problem": None}
        c.execute(update(_trigger).where(_trigger.c.id.in_(ids)).values(changes))


def remove(c: Connection, ids: Collection[int]) -> None:
    """Remove rows."""
    if ids:
        c.execute(delete(_trigger).where(_trigger.c.id.in_(ids)))


# Jobs whose schedule is to be looked at.


class ToPlan(NamedTuple):
    """A job whose schedule is to be looked at: for a change at that time, or None for the first time."""

    job_id: int
    since: datetime | None


def mark(c: Connection, job_ids: Iterable[int], since: datetime) -> None:
    """Have jobs planned anew, some of which may be gone."""
    wanted = set(job_ids)
    known = (
        set(c.scalars(select(_to_plan.c.job_id).where(_to_plan.c.job_id.in_(wanted)))) if wanted else set()
    )
    fresh = [{"job_id": id, "since": since} for id in sorted(wanted - known)]
    if fresh:
        c.execute(insert(_to_plan), fresh)


def mark_below(c: Connection, folder_id: int, since: datetime) -> None:
    """Have all jobs planned anew that lie in a folder or below it; none if it is gone."""
    path_key = c.scalar(select(tables.folder.c.path_key).where(tables.folder.c.id == folder_id))
    if path_key is not None:
        below = select(tables.folder.c.id).where(folders.within(path_key, recursive=True))
        _mark_all(c, select(_job.c.id).where(_job.c.folder_id.in_(below)), since)


def mark_users(c: Connection, since: datetime, *, calendar_id: int | None = None) -> None:
    """Have jobs planned anew that run by themselves, with that calendar; and those that have a problem."""
    query = select(_trigger.c.job_id).distinct()
    if calendar_id is not None:
        query = query.where(or_(_trigger.c.calendar_id == calendar_id, _trigger.c.problem.is_not(None)))
    _mark_all(c, query, since)


def _mark_all(c: Connection, jobs: Select[Any], since: datetime) -> None:
    found = jobs.subquery()
    id = next(iter(found.c))
    fresh = select(id, literal(since, UtcTime)).where(id.not_in(select(_to_plan.c.job_id)))
    c.execute(insert(_to_plan).from_select(["job_id", "since"], fresh))


def to_plan(c: Connection, most: int, due: datetime | None = None) -> list[ToPlan]:
    """Some of the jobs that are to be planned anew; first those of which an entry is due by then."""
    found = [ToPlan(*row) for row in c.execute(_in_order, {"most": most})]
    if due is None or len(found) < most:
        # All of them: which is first does not matter.
        return found
    urgent = [ToPlan(*row) for row in c.execute(_urgent, {"due": due, "most": most})]
    return list(dict.fromkeys([*urgent, *found]))[:most]


def planned(c: Connection, job_ids: Collection[int]) -> None:
    """The jobs have been looked at."""
    if job_ids:
        c.execute(delete(_to_plan).where(_to_plan.c.job_id.in_(job_ids)))


# How far the schedule is planned, and whether anybody does.


def clock(c: Connection) -> Found:
    """The row that says when the scheduler was alive and how far the schedule reaches."""
    return c.execute(_clock).one()


def set_clock(c: Connection, **values: Any) -> None:
    """Change columns of that row."""
    c.execute(update(_planning).where(_planning.c.id == 1).values(values))
