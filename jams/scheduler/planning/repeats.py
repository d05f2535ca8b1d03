"""Runs that are repeated: the next one is known when the one before has ended (semantics 3.6).

A recurrence repeats each run that the schedule made, up to a time of day; an interval trigger keeps one run
going after the other. Either goes on in the same entry, or in a new one each time.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jams.database import (
    definition_stamps,
    entries,
    numbers,
    planned_entries,
    prechecks,
    schedule_triggers,
)
from jams.database.reading import Found
from jams.dates.occurrences import next_recurrence
from jams.objects.actors import ENGINE
from jams.objects.enums import EntryState, Severity
from jams.objects.missed_points import MissedAction
from jams.objects.needs import NOTHING
from jams.scheduler import transitions, watching
from jams.scheduler.transitions import Event

from . import missing, placing, points
from .points import Point
from .trouble import told


class Repetition(NamedTuple):
    """The next run of a row.

    Attributes:
        row: the row.
        point: when it is due.
        new_entry: whether it is an entry of its own.
    """

    row: Found
    point: Point
    new_entry: bool


class Repeating:
    """By which rows runs are repeated; the rows are read at once, by their numbers.

    ``ending`` are the entries whose runs end together.
    """

    def __init__(self, c: Connection, ids: Iterable[int | None], ending: Collection[int] = ()) -> None:
        self._c = c
        self._ending = ending
        self._given: set[tuple[int, datetime.datetime | None]] = set()
        wanted = {id for id in ids if id is not None}
        self._rows = schedule_triggers.get(c, wanted) if wanted else {}

    def after(
        self, id: int | None, run: Point, severity: Severity, ended: datetime.datetime
    ) -> Repetition | None:
        """What follows the run for a point of a row that ended so, or None."""
        row = None if id is None else self._rows.get(id)
        if row is None or row.retired:
            return None
        try:
            point = _following(row, run, severity, ended)
            new_entry = points.conduct_of(row).new_entry
        except Exception as error:
            schedule_triggers.change(self._c, row.id, problem=told(error))
            return None
        if point is None or self._goes_on_elsewhere(row, point):
            return None
        return Repetition(row, point, new_entry)

    def _goes_on_elsewhere(self, row: Found, point: Point) -> bool:
        """Whether another entry of the row is for the point; of an interval, whether another one is there.

        There are several when somebody runs an old one again. An interval keeps one run going, not as many.
        """
        one = row.kind == points.INTERVAL
        key = (row.id, None if one else point.at)
        if key in self._given:
            return True
        if one:
            there = planned_entries.live_or_at(self._c, row.id, point.at, self._ending)
        else:
            there = planned_entries.exist(self._c, row.id, point.at)
        if there:
            return True
        self._given.add(key)
        return False


def _following(row: Found, run: Point, severity: Severity, ended: datetime.datetime) -> Point | None:
    conduct = points.conduct_of(row)
    if row.kind == points.INTERVAL:
        return points.interval_after(row, run.at, ended)
    failed = severity.rank >= Severity.ERROR.rank
    if conduct.recurrence is None or (failed and not conduct.on_error):
        return None
    time = points.schedule_of(row).times[0]
    at = next_recurrence(conduct.recurrence, run.day, time, row.zone, run.at, ended)
    return None if at is None else Point(at, run.day)


def run_same(
    c: Connection, entry: Found, next_run: Repetition, cleared: Mapping[str, Any], now: datetime.datetime
) -> None:
    """Let an entry whose run has ended wait for the next one; ``cleared`` are the columns of the last."""
    at = next_run.point.at
    if entry.demands and (entry.rest.needs or NOTHING).precheck is not None:
        # Its yes was for the last point.
        prechecks.forget(c, [entry.number])
    columns = {
        **cleared,
        "ron": numbers.for_run(c),
        "point": at,
        "day": next_run.point.day,
        "scheduled_time": at,
        "hold_time": at,
        "opens_at": at,
        "ready_at": at,
        "since": now,
        "passed": 0,
        "attempt": 0,
        **watching.waiting(entry.rest.rules, at),
    }
    transitions.move(c, entry, Event.RUN_AGAIN, EntryState.TIMED, held=False, **columns)
    message = f"Entry {entry.number} runs again at {at:%Y-%m-%d %H:%M:%S} UTC."
    entries.add_audit(c, entry.number, user=ENGINE, message=message)


def run_new(c: Connection, next_run: Repetition, now: datetime.datetime) -> None:
    """Make the entry of the next run, or record why it cannot be made."""
    try:
        placing.place(c, definition_stamps.stamp(c), next_run.row, next_run.point)
    except Exception as error:
        missing.record(c, next_run.row, next_run.point.at, now, MissedAction.NOT_MADE, told(error))


def go_on(c: Connection, id: int | None, run: Point, severity: Severity, now: datetime.datetime) -> None:
    """Let what follows a point of a row come all the same, which is over without a run."""
    next_run = Repeating(c, [id]).after(id, run, severity, now)
    if next_run is not None:
        run_new(c, next_run, now)
