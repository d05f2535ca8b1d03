"""A pass over the schedule: what changed is planned anew, what is due soon gets its entries; piecewise."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import armed_triggers, definition_stamps, schedule_triggers
from jams.dates import zones
from jams.scheduler.surroundings import Surroundings
from jams.scheduler.triggers import arming

from . import downtime
from .extending import extend
from .replanning import hear as hear
from .replanning import replan
from .rules import Rules, rules

log = logging.getLogger(__name__)

MOST_JOBS = 20
"""Jobs that are planned anew in one turn."""

MOST_POINTS = 20
"""Points for which one turn makes entries."""

SOON = timedelta(seconds=30)
"""Jobs with entries that are due by then are planned anew first: nothing of them runs before that."""

BEAT = timedelta(minutes=1)
"""How often it is written down that the scheduler works, at most."""


class Pass(NamedTuple):
    """What a piece of a pass leaves.

    Attributes:
        more: whether there is more to do at once.
        rules: the settings, as they were read for it.
        refused: whether nothing may be started: the scheduler was away for too long, and a setting says so.
    """

    more: bool
    rules: Rules
    refused: bool = False


def wanted(c: Connection) -> bool:
    """Whether there is anything to be planned anew."""
    return bool(schedule_triggers.to_plan(c, 1))


def take_part(c: Connection, now: datetime, *, begins: bool = False, until: datetime | None = None) -> Pass:
    """Do a piece of a pass: plan some jobs anew, or extend the schedule a little.

    ``begins`` says that the scheduler has only just begun to work; the schedule is extended to ``until`` at
    least.
    """
    definition_stamps.share(c)
    set_by = rules(c)
    if not downtime.notice(c, now, set_by, begins=begins):
        return Pass(False, set_by, refused=True)
    if begins:
        _look_at_zones(c, now)
    around = Surroundings(c)
    horizon = now + set_by.advance if until is None else max(now + set_by.advance, until)
    more = _plan_anew(c, around, now)
    found = extend(c, around, now, horizon, MOST_POINTS)
    more = more or found == MOST_POINTS
    _beat(c, now, None if more else horizon)
    return Pass(more, set_by)


def _look_at_zones(c: Connection, now: datetime) -> None:
    """Have all planned anew that runs by itself, if other data on time zones are installed than before."""
    before, found = schedule_triggers.clock(c).zone_data, zones.zone_data()
    if before == found:
        return
    schedule_triggers.set_clock(c, zone_data=found)
    if before is not None:
        log.warning("the data on time zones are %s, and were %s: the schedule is planned anew", found, before)
        schedule_triggers.mark_users(c, now)


def _plan_anew(c: Connection, around: Surroundings, now: datetime) -> bool:
    """Plan some of the jobs anew that wait for it; whether there may be more."""
    waiting = schedule_triggers.to_plan(c, MOST_JOBS, now + SOON)
    time = downtime.away(c)
    armed = armed_triggers.owned_by(c, armed_triggers.JOB, [job.job_id for job in waiting])
    for job in waiting:
        path, sources = replan(c, around, job, now)
        arming.arm_job(c, job.job_id, path, sources, now, armed)
        if time is not None:
            downtime.make_up(c, around, job.job_id, time, now)
    schedule_triggers.planned(c, [job.job_id for job in waiting])
    if len(waiting) == MOST_JOBS:
        return True
    if time is not None:
        downtime.over(c)
    return False


def _beat(c: Connection, now: datetime, horizon: datetime | None) -> None:
    """Write down that the scheduler works, and how far the schedule reaches when it is whole."""
    clock = schedule_triggers.clock(c)
    if clock.alive is None or not clock.alive <= now < clock.alive + BEAT:
        until = clock.planned_until if horizon is None else horizon
        schedule_triggers.set_clock(c, alive=now, planned_until=until)


class Planner:
    """Knows when the next piece of a pass is due. May be asked for one from any thread.

    Attributes:
        begins: whether none was done yet.
        refused: whether nothing may be started until a setting is changed.
    """

    def __init__(self) -> None:
        self._next = time.monotonic()
        self._asked = True
        self.begins = True
        self.refused = False

    @property
    def seconds(self) -> float:
        """Seconds until the next piece."""
        return 0.0 if self._asked else max(self._next - time.monotonic(), 0.0)

    def ask(self) -> None:
        """Have one done at once."""
        self._asked = True

    def begin(self) -> bool:
        """Whether one is due, which is done now: whoever asks from now on asks for another one."""
        asked, self._asked = self._asked, False
        return asked or time.monotonic() >= self._next

    def done(self, done: Pass) -> None:
        """A piece was done."""
        if done.refused and not self.refused:
            log.error(
                "nothing is started: the scheduler was away for longer than ScheduleMaxDowntime, and "
                "ScheduleMaxDownAction is fail; set it to reset or continue"
            )
        self.begins = self.refused = done.refused
        self._next = time.monotonic() + (0.0 if done.more else done.rules.interval.total_seconds())
