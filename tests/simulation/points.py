"""The points of the schedule as the simulation has seen them, beside what they have to be (invariant 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from jams.database import tables

ZONE = "Europe/Berlin"
"""The zone of all schedules of the simulated worlds."""

HOURS = (0, 5, 6, 9, 11, 12, 15, 18, 21)
"""When the jobs run whose points are counted: none of these times falls into a change of the clock."""

JOBS = {"hours": "All", "latest": "Latest", "never": "None", "last2": "AtMost"}
"""The jobs whose points are counted, which nobody changes, with what they catch up."""

_entry, _missed, _history, _trigger = (
    tables.entry,
    tables.missed_point,
    tables.history,
    tables.schedule_trigger,
)


class Points:
    """Which entry each point had, as far as it was seen; and which points were missed."""

    def __init__(self, beginning: datetime) -> None:
        self._beginning = beginning
        self._entries: dict[tuple[int, datetime], int] = {}
        self._missed: set[tuple[int, datetime]] = set()

    def look(self, c: Connection) -> Iterator[str]:
        """What is wrong with the points that are there now."""
        query = select(_entry.c.trigger_id, _entry.c.point, _entry.c.number)
        there = {(row[0], row[1]): row[2] for row in c.execute(query.where(_entry.c.trigger_id.is_not(None)))}
        new = {key: number for key, number in there.items() if self._entries.get(key) != number}
        again = [self._entries[key] for key in new if key in self._entries]
        if again and (ran := c.scalars(select(_history.c.number).where(_history.c.number.in_(again))).all()):
            yield f"the points of entries {ran}, which have ended, have entries again"
        self._entries |= new
        missed = {(row[0], row[1]) for row in c.execute(select(_missed.c.trigger_id, _missed.c.point))}
        fresh = missed - self._missed
        self._missed |= fresh
        if both := sorted(there[key] for key in missed if key in there):
            yield f"entries {both} are for points that were recorded as missed"
        had = [self._entries[key] for key in fresh if key in self._entries]
        if had and (ran := c.scalars(select(_history.c.number).where(_history.c.number.in_(had))).all()):
            yield f"the points of entries {ran} were recorded as missed, and they have ended"

    def look_hard(self, c: Connection, now: datetime) -> Iterator[str]:
        """What is wrong with the points that should be there: each of them has an entry or a record."""
        query = select(_trigger.c.id, _trigger.c.next_point, tables.job.c.name).join(
            tables.job, tables.job.c.id == _trigger.c.job_id
        )
        for id, following, name in c.execute(query.where(tables.job.c.name.in_(JOBS), ~_trigger.c.retired)):
            if following is None or following <= now:
                yield f"the next point of {name} is {following}"
                continue
            mine = [key[1] for key in (*self._entries, *self._missed) if key[0] == id]
            hour = following.astimezone(ZoneInfo(ZONE)).hour
            expected = set(_points(hour, self._beginning, following))
            if lost := expected - set(mine):
                yield f"points {sorted(lost)} of {name} have neither an entry nor a record"
            if more := set(mine) - expected:
                yield f"{sorted(more)} are no points of {name}"


def _points(hour: int, after: datetime, before: datetime) -> Iterator[datetime]:
    """The points of a daily time between two moments, by the standard library alone."""
    day: date = after.date() - timedelta(days=1)
    while day <= before.date() + timedelta(days=1):
        point = datetime.combine(day, time(hour), ZoneInfo(ZONE)).astimezone(UTC)
        if after < point < before:
            yield point
        day += timedelta(days=1)
