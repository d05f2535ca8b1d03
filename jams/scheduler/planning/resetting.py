"""RESET SCHEDULE: what waits leaves the schedule, and what runs by itself is planned anew from a time on."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, Select, delete, insert, literal, select, update

from jams.database import definition_stamps, entries, planned_entries, schedule_triggers, tables
from jams.database.columns import UtcTime
from jams.objects.enums import EntryState

from .replanning import withdraw

_PIECE = 500
_BEFORE = timedelta(seconds=1)
"""Points are planned that lie behind a time; the one of that time itself shall be among them."""


class Reset(Struct, frozen=True, kw_only=True):
    """What a reset has done.

    Attributes:
        withdrawn: entries that waited, and left the schedule.
        going_on: entries that have started and not ended; they stay, and are found or given up by the start.
        jobs: jobs that are looked at anew.
    """

    withdrawn: int
    going_on: int
    jobs: int


def waiting(c: Connection) -> int:
    """How many entries would leave the schedule."""
    return len(list(c.scalars(_waiting())))


def reset(c: Connection, at: datetime, *, reason: str) -> Reset:
    """Clear the schedule, as one transaction; nobody else may work with the database.

    Members of a setup or sequence that has started belong to it and stay. What passed between ``at`` and the
    start of the scheduler is treated as after any time without one: see ``CatchUp`` and ScheduleMaxDowntime.

    Args:
        c: the transaction.
        at: the time from which on the schedule is built.
        reason: what the audit trail says of each entry.
    """
    definition_stamps.lock(c)
    numbers = list(c.scalars(_waiting()))
    for start in range(0, len(numbers), _PIECE):
        for row in entries.locked_all(c, numbers[start : start + _PIECE]):
            withdraw(c, row, reason)
    _plan_from(c, at - _BEFORE)
    return Reset(
        withdrawn=len(numbers),
        going_on=len(list(c.scalars(_going_on()))),
        jobs=len(list(c.scalars(select(tables.job_to_plan.c.job_id)))),
    )


def _plan_from(c: Connection, since: datetime) -> None:
    trigger, to_plan = tables.schedule_trigger, tables.job_to_plan
    c.execute(
        update(trigger)
        .where(~trigger.c.retired)
        .values(retired=True, next_point=None, next_day=None, retry_at=None, problem=None)
    )
    c.execute(delete(to_plan))
    every = select(tables.job.c.id, literal(since, UtcTime))
    c.execute(insert(to_plan).from_select(["job_id", "since"], every))
    schedule_triggers.set_clock(
        c, alive=since, planned_until=None, down_since=None, down_until=None, down_action=None
    )


def _waiting() -> Select[int]:
    entry = tables.entry
    query = select(entry.c.number).where(entry.c.state.in_(planned_entries.WAITING), entry.c.parent.is_(None))
    return query.order_by(entry.c.number)


def _going_on() -> Select[int]:
    entry = tables.entry
    gone = [EntryState.COMPLETE, *planned_entries.WAITING]
    return select(entry.c.number).where(entry.c.state.not_in(gone), entry.c.parent.is_(None))
