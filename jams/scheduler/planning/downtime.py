"""Downtime: the points that passed while nobody planned, and what is done about each (semantics 6.5).

The scheduler writes down every minute that it works. When it begins, or finds that much more time has passed,
nobody has planned in between. Each job of which a point passed then is looked at: by what its definition
says, points run late, or are recorded as missed, with the reason; once, whoever is killed meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import planned_entries, schedule_triggers
from jams.database.reading import Found
from jams.objects.actors import NOBODY
from jams.objects.enums import CatchUp, Severity
from jams.objects.missed_points import MissedAction
from jams.scheduler.surroundings import Surroundings

from . import missing, placing, points, repeats
from .points import Conduct, Point
from .replanning import withdraw
from .rules import DownAction, Rules
from .trouble import told

log = logging.getLogger(__name__)

GRACE = timedelta(minutes=1)
"""What is late by less than that was not missed."""

LONGEST_GAP = timedelta(minutes=10)
"""Between two signs of life, unless the schedule is extended more rarely: after more, nobody worked."""


class Away(NamedTuple):
    """The time during which nobody planned, as far as it is still to be made up for."""

    since: datetime
    until: datetime
    action: DownAction


def notice(c: Connection, now: datetime, set_by: Rules, *, begins: bool) -> bool:
    """Look whether nobody has planned for some time, and have what passed then looked at.

    ``begins`` says that the scheduler has only just begun to work. False, and nothing is done, when it must
    not work until somebody sets something else.
    """
    alive = schedule_triggers.clock(c).alive
    until = now - GRACE
    gap = GRACE if begins else max(LONGEST_GAP, 5 * set_by.interval)
    if alive is None or now - alive <= gap or until <= alive:
        return True
    action = set_by.down_action if now - alive > set_by.longest_down else DownAction.CONTINUE
    if action is DownAction.FAIL:
        return False
    log.warning("nobody has planned since %s: %s", alive, _told(action))
    schedule_triggers.set_clock(c, down_since=alive, down_until=until, down_action=action.value, alive=now)
    concerned = schedule_triggers.late_jobs(c, until) | planned_entries.late_jobs(c, alive, until)
    schedule_triggers.mark(c, concerned, now)
    return True


def _told(action: DownAction) -> str:
    return "what passed is dropped" if action is DownAction.RESET else "what passed is caught up"


def away(c: Connection) -> Away | None:
    """The time that is to be made up for, or None."""
    clock = schedule_triggers.clock(c)
    if clock.down_since is None:
        return None
    return Away(clock.down_since, clock.down_until, DownAction(clock.down_action))


def over(c: Connection) -> None:
    """All that passed in that time was looked at."""
    schedule_triggers.set_clock(c, down_since=None, down_until=None, down_action=None)


class _Late(NamedTuple):
    """A point that passed: its row, and its entry, if it has one that waits."""

    point: Point
    row: Found
    entry: Found | None = None


def make_up(c: Connection, around: Surroundings, job_id: int, time: Away, now: datetime) -> None:
    """Let the points of a job that passed in that time run late, or record them as missed."""
    rows = {row.id: row for row in schedule_triggers.of_job(c, job_id) if not row.retired}
    late = list(_standing(c, job_id, rows, time))
    for row in rows.values():
        if row.next_point is not None and row.next_point <= time.until:
            late.extend(_unplaced(around, row, time.until))
            schedule_triggers.change(c, row.id, **points.next_values(around, row, time.until))
    if late:
        _judge(c, around, sorted(late, key=lambda each: each.point), time, now)


def _judge(c: Connection, around: Surroundings, late: Sequence[_Late], time: Away, now: datetime) -> None:
    """Let those of the points run that are wanted, in their order; record the others."""
    conduct = points.conduct_of(late[0].row)
    wanted = set() if time.action is DownAction.RESET else _wanted(conduct, late, now)
    for number, each in enumerate(late):
        if number not in wanted:
            _leave_out(c, each, now, *_reason(conduct, time))
        elif each.entry is None:
            try:
                placing.place(c, around.stamp, each.row, each.point)
            except Exception as error:
                missing.record(c, each.row, each.point.at, now, MissedAction.NOT_MADE, told(error))


def _leave_out(c: Connection, late: _Late, now: datetime, action: MissedAction, reason: str) -> None:
    missing.record(c, late.row, late.point.at, now, action, reason)
    if late.entry is not None:
        withdraw(c, late.entry, reason)
    repeats.go_on(c, late.row.id, late.point, Severity.SUCCESS, now)


def _standing(c: Connection, job_id: int, rows: dict[int, Found], time: Away) -> Iterator[_Late]:
    """Entries that wait, and whose points passed."""
    waiting = planned_entries.waiting(c, job_id)
    touched = planned_entries.touched(c, [row.number for row in waiting], NOBODY)
    for entry in waiting:
        passed = time.since < entry.point <= time.until
        if passed and entry.trigger_id in rows and entry.number not in touched:
            yield _Late(Point(entry.point, entry.day), rows[entry.trigger_id], entry)


def _unplaced(around: Surroundings, row: Found, until: datetime) -> Iterator[_Late]:
    """The points of a row that passed without an entry."""
    point: Point | None = Point(row.next_point, row.next_day)
    schedule = points.schedule_of(row)
    calendar = around.calendar(row.calendar_id)
    while point is not None and point.at <= until:
        yield _Late(point, row)
        point = points.following(schedule, point.at, calendar)


def _wanted(conduct: Conduct, late: Sequence[_Late], now: datetime) -> set[int]:
    """Which of the points, by their places in order of time, run late."""
    numbers = list(range(len(late)))
    if conduct.within is not None:
        earliest = now - timedelta(seconds=conduct.within)
        numbers = [number for number in numbers if late[number].point.at >= earliest]
    match conduct.catch_up:
        case CatchUp.ALL:
            return set(numbers)
        case CatchUp.AT_MOST:
            return set(numbers[-conduct.most :])
        case CatchUp.LATEST:
            return set(numbers[-1:])
        case CatchUp.NONE:
            return set()


def _reason(conduct: Conduct, time: Away) -> tuple[MissedAction, str]:
    away = f"nobody planned from {time.since:%Y-%m-%d %H:%M:%S} to {time.until:%Y-%m-%d %H:%M:%S} UTC"
    if time.action is DownAction.RESET:
        return (
            MissedAction.RESET,
            f"{away}, longer than ScheduleMaxDowntime, and ScheduleMaxDownAction is reset",
        )
    within = "" if conduct.within is None else f" within {timedelta(seconds=conduct.within)}"
    most = f" {conduct.most}" if conduct.catch_up is CatchUp.AT_MOST else ""
    return MissedAction.SKIPPED, f"{away}, and CatchUp is {conduct.catch_up.value}{most}{within}"
