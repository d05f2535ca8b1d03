"""A pass over the schedule: what changed is planned anew, what is due soon gets its entries; piecewise."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from jams.database import definition_stamps, happenings, schedule_triggers

from .extending import extend
from .replanning import hear, replan
from .rules import Rules, rules
from .surroundings import Surroundings

MOST_JOBS = 50
"""Jobs that are planned anew in one turn."""

MOST_POINTS = 50
"""Points for which one turn makes entries."""

BEAT = timedelta(minutes=1)
"""How often it is written down that the scheduler works, at most."""


class Pass(NamedTuple):
    """What a piece of a pass leaves.

    Attributes:
        more: whether there is more to do at once.
        rules: the settings, as they were read for it.
    """

    more: bool
    rules: Rules


def listen(c: Connection) -> bool:
    """Hear what has happened; whether there is anything to be planned anew."""
    happened = happenings.take(c)
    hear(c, happened)
    happenings.forget(c, [each.id for each in happened])
    return bool(schedule_triggers.to_plan(c, 1))


def take_part(c: Connection, now: datetime) -> Pass:
    """Do a piece of a pass: plan some jobs anew, or extend the schedule a little."""
    definition_stamps.share(c)
    listen(c)
    set_by = rules(c)
    around = Surroundings(c)
    waiting = schedule_triggers.to_plan(c, MOST_JOBS)
    for job in waiting:
        replan(c, around, job, now)
    schedule_triggers.planned(c, [job.job_id for job in waiting])
    horizon = now + set_by.advance
    found = extend(c, around, now, horizon, MOST_POINTS)
    more = len(waiting) == MOST_JOBS or found == MOST_POINTS
    _beat(c, now, None if more else horizon)
    return Pass(more, set_by)


def _beat(c: Connection, now: datetime, horizon: datetime | None) -> None:
    """Write down that the scheduler works, and how far the schedule reaches when it is whole."""
    clock = schedule_triggers.clock(c)
    if clock.alive is None or not clock.alive <= now < clock.alive + BEAT:
        until = clock.planned_until if horizon is None else horizon
        schedule_triggers.set_clock(c, alive=now, planned_until=until)


class Planner:
    """Knows when the next piece of a pass is due. May be asked for one from any thread."""

    def __init__(self) -> None:
        self._next = time.monotonic()
        self._asked = True

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
        self._next = time.monotonic() + (0.0 if done.more else done.rules.interval.total_seconds())
