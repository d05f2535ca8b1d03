"""Definitions that change: which jobs that concerns, and their future entries, planned anew.

What has started, or has become due, stays as it is; so does what somebody has held, released or moved by
hand, unless its job is disabled or gone. A point that only a change has put into the past was never due.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import entries, folders, jobs, names, planned_entries, schedule_triggers
from jams.database.happenings import Happening
from jams.database.reading import Found
from jams.database.schedule_triggers import PROBLEM, ToPlan
from jams.dates.times import format_time
from jams.objects.actors import NOBODY
from jams.objects.enums import EntryState
from jams.objects.errors import JobNotFound
from jams.scheduler import consequences, transitions
from jams.scheduler.surroundings import Surroundings
from jams.scheduler.transitions import Event
from jams.scheduler.triggers.arming import Sources

from . import placing, points
from .compiling import JobSchedules, RunsAgain, said_by, schedules_of
from .points import Conduct, Interval, Point
from .trouble import told

log = logging.getLogger(__name__)

_ALL_DAYS = ("DateOrder", "LastWeekday", "TimeZone", "Work_")
"""How the settings begin on which days and times depend."""

_REPEATED_FOR = timedelta(days=2)
"""How long after its scheduled time a run may be repeated, at most."""

_OF_THE_POINT = frozenset(
    {"state", "held", "scheduled_time", "original_hold_time", "hold_time", "restart_count", "since"}
)
"""Columns of an entry that its definition does not decide."""


def hear(c: Connection, happened: Sequence[Happening]) -> None:
    """Note which jobs have to be planned anew because of what has happened."""
    alive = schedule_triggers.clock(c).alive if happened else None
    for each in happened:
        since = each.time if alive is None else max(each.time, alive)
        kind, _, which = each.topic.partition(":")
        if kind == "job":
            schedule_triggers.mark(c, [int(which)], since)
        elif kind == "folder":
            schedule_triggers.mark_below(c, int(which), since)
        elif kind == "calendar":
            schedule_triggers.mark_users(c, since, calendar_id=int(which))
        elif kind == "setting" and which.startswith(_ALL_DAYS):
            schedule_triggers.mark_users(c, since)


class _Wanted(NamedTuple):
    """A row that a definition asks for; ``last`` is the day on which the schedule submitted the job last."""

    kind: str
    specification: str
    conduct: str
    calendar_id: int
    zone: str
    last: date | None = None

    @property
    def signature(self) -> str:
        """What stands for all that decides its points."""
        return points.signature_of(self.kind, self.specification, self.calendar_id, self.zone)


class _Told(NamedTuple):
    """What a definition asks for.

    Attributes:
        wanted: its rows, by signature.
        schedules: what it says.
        path: the path of the job.
        days: stands for what its calendar says of days.
        gone: why nothing of the job may run any more, or nothing.
        deleted: whether there is no job any more.
        problem: why it has no rows, if it is broken.
        sources: its elements and those of the folders above, if it is submitted by itself.
    """

    wanted: dict[str, _Wanted]
    schedules: JobSchedules
    path: str
    days: str = ""
    gone: str = ""
    deleted: bool = False
    problem: str = ""
    sources: Sources = ()


def replan(c: Connection, around: Surroundings, job: ToPlan, now: datetime) -> tuple[str, Sources]:
    """Bring rows and future entries of a job in line with what its definition says now.

    Returns:
        The path of the job, and the elements by which it is submitted.
    """
    since = job.since or now
    asked = _told(c, around, job.job_id)
    rows = {row.signature: row for row in schedule_triggers.of_job(c, job.job_id)}
    if asked.problem and (PROBLEM not in rows or rows[PROBLEM].problem != asked.problem):
        log.error("job %s does not run by itself: %s", asked.path or job.job_id, asked.problem)
    _set_problem(c, job.job_id, rows.pop(PROBLEM, None), asked.problem)
    if asked.deleted:
        schedule_triggers.remove(c, [row.id for row in rows.values()])
        rows = {}
    ended = [row.id for key, row in rows.items() if key not in asked.wanted and not row.retired]
    schedule_triggers.retire(c, ended)
    for key, wanted in asked.wanted.items():
        row = rows.get(key)
        if row is None or row.retired:
            _begin(c, around, job.job_id, row, wanted, since)
        elif row.conduct != wanted.conduct:
            schedule_triggers.change(c, row.id, conduct=wanted.conduct)
            if row.kind == points.SCHEDULE and points.conduct_of(row).days != asked.days:
                _look_again(c, around, row, since)
    running = {rows[key].id: rows[key] for key in asked.wanted if key in rows and not rows[key].retired}
    _replan_entries(c, around, job.job_id, asked, running, since)
    return asked.path, asked.sources


def _told(c: Connection, around: Surroundings, job_id: int) -> _Told:
    nothing = JobSchedules()
    path = ""
    try:
        document = jobs.get(c, job_id)
        path = document.qualified_name or ""
        assert document.parent_folder_id is not None
        folder_id = document.parent_folder_id
        records = folders.above(c, folder_id)
        above = records.get(folder_id)
        found = schedules_of(said_by(document, above), around.zone)
        if not found.enabled:
            return _Told({}, found, path, gone="its definition is disabled")
        if not found.auto_submit:
            return _Told({}, found, path)
        calendar_id = around.calendar_id(found.calendar) if found.schedules else 0
        days = around.days(calendar_id) if found.schedules else ""
        sources = [(each.path, each.rest.elements) for each in records.values()]
        sources.append((names.ROOT if above is None else above.path, document.elements))
        return _Told(_wanted(found, calendar_id, days), found, path, days, sources=sources)
    except JobNotFound:
        return _Told({}, nothing, path, gone="its definition was deleted", deleted=True)
    except Exception as error:
        return _Told({}, nothing, path, problem=told(error))


def _wanted(found: JobSchedules, calendar_id: int, days: str) -> dict[str, _Wanted]:
    late = found.catching_up
    conduct = Conduct(
        held=found.on_hold,
        catch_up=late.which,
        within=None if late.within is None else int(late.within.total_seconds()),
        most=late.most,
    )
    wanted = [_of_interval(each, conduct) for each in found.intervals]
    conduct = replace(conduct, days=days)
    if found.repeats is not None:
        recurrence, new_entry, on_error = found.repeats
        conduct = replace(conduct, recurrence=recurrence, new_entry=new_entry, on_error=on_error)
    for schedule in found.schedules:
        specification = points.specification_of(schedule)
        zone, last = schedule.time_zone, schedule.last_submitted
        wanted.append(_Wanted(points.SCHEDULE, specification, _encoded(conduct), calendar_id, zone, last))
    return {each.signature: each for each in wanted}


def _of_interval(each: RunsAgain, conduct: Conduct) -> _Wanted:
    start = None if each.start is None else format_time(each.start)
    interval = Interval(int(each.span.total_seconds()), each.base, start)
    return _Wanted(
        points.INTERVAL,
        _encoded(interval),
        _encoded(replace(conduct, new_entry=each.new_entry)),
        0,
        each.zone,
    )


def _encoded(found: Struct) -> str:
    return msgspec.json.encode(found).decode()


def _set_problem(c: Connection, job_id: int, row: Found | None, problem: str) -> None:
    if row is not None and not problem:
        schedule_triggers.remove(c, [row.id])
    elif row is not None:
        schedule_triggers.change(c, row.id, problem=problem)
    elif problem:
        values = {"signature": PROBLEM, "kind": PROBLEM, "specification": "", "conduct": "", "zone": ""}
        schedule_triggers.add(c, {"job_id": job_id, "problem": problem, **values})


def _begin(
    c: Connection, around: Surroundings, job_id: int, row: Found | None, wanted: _Wanted, since: datetime
) -> None:
    """Add the row, or let one count again that was retired; its first point is one after the change."""
    values: dict[str, Any] = {"conduct": wanted.conduct, "retired": False, "submitted": False}
    if wanted.last is not None:
        values |= {"anchor": wanted.last, "submitted": True}
    elif row is not None and row.anchor is not None:
        values |= {"anchor": row.anchor, "submitted": row.submitted}
    else:
        values |= {"anchor": points.local_day(since, wanted.zone)}
    if row is None:
        values |= {
            "job_id": job_id,
            "signature": wanted.signature,
            "kind": wanted.kind,
            "specification": wanted.specification,
            "calendar_id": wanted.calendar_id or None,
            "zone": wanted.zone,
        }
        id = schedule_triggers.add(c, values)
    else:
        id = row.id
        schedule_triggers.change(c, id, **values)
    fresh = schedule_triggers.get(c, [id])[id]
    schedule_triggers.change(c, id, **points.first_values(around, fresh, since))


def _replan_entries(
    c: Connection, around: Surroundings, job_id: int, told: _Told, running: dict[int, Found], since: datetime
) -> None:
    waiting = planned_entries.waiting(c, job_id)
    touched = planned_entries.touched(c, [row.number for row in waiting], NOBODY)
    for row in waiting:
        if told.gone:
            withdraw(c, row, told.gone)
        elif row.point <= since or row.number in touched:
            continue
        elif row.trigger_id not in running:
            withdraw(c, row, told.problem or "its definition plans it no more")
        elif not _is_expected(around, running[row.trigger_id], row):
            withdraw(c, row, "its calendar or zone gives other times")
            _look_again(c, around, running[row.trigger_id], since)
        else:
            _renew(c, around, row, on_hold=told.schedules.on_hold)


def _look_again(c: Connection, around: Surroundings, row: Found, since: datetime) -> None:
    """Have the points of a row from a time on get their entries; those that stand already are passed over."""
    schedule_triggers.change(c, row.id, **points.next_values(around, row, since))


def _is_expected(around: Surroundings, row: Found, entry: Found) -> bool:
    """Whether the point of an entry is still one of its row, or one of its repetitions."""
    if row.kind != points.SCHEDULE:
        return True
    try:
        found = points.expected(around, row, entry.point - _REPEATED_FOR, entry.point)
    except Exception as error:
        log.error("entry %s stays as it was planned: %s", entry.number, told(error))
        return True
    repeated = points.conduct_of(row).recurrence is not None
    return entry.point in found.points or (repeated and entry.day in found.days)


def withdraw(c: Connection, row: Found, reason: str) -> None:
    """Take an entry out of the schedule, and say so in its audit trail."""
    transitions.check(row.number, row.state, Event.UNPLAN)
    planned_entries.withdraw(c, row, reason)
    consequences.withdrawn(c, row)


def _renew(c: Connection, around: Surroundings, row: Found, *, on_hold: bool) -> None:
    """Give an entry what its definition says now. One that cannot be made so stays as it was."""
    try:
        columns = placing.content(c, around.stamp, row.job_id, Point(row.point, row.day), held=on_hold)
    except Exception as error:
        log.error("entry %s stays as it was planned: %s", row.number, told(error))
        return
    changed = {name: value for name, value in columns.items() if name not in _OF_THE_POINT}
    changed["job_name_key"] = names.fold(columns["job_name"])
    if on_hold != row.held:
        event, state = (Event.HOLD, EntryState.HELD) if on_hold else (Event.RELEASE, EntryState.TIMED)
        transitions.move(c, row, event, state, held=on_hold)
    entries.change(c, row.number, **changed)
