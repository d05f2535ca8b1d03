"""Ends of entries, as others wait for them: which of them count, and what of a job is under way."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, true

from jams.objects.enums import EntryState, Severity

from . import tables

_history = tables.history
_entry = tables.entry

_NARROWED = {
    "severity": _history.c.final_severity <= bindparam("severity"),
    "after": _history.c.completion_time > bindparam("after"),
    "since": _history.c.completion_time >= bindparam("since"),
    "day": _history.c.day == bindparam("day"),
}
"""By what is asked for, which ends of a job that is."""


_Bound = tuple[datetime, bool]
"""The earliest moment that counts, and whether only what comes after it does."""


class End(NamedTuple):
    """An end of an entry: when it came, and which entry's it was."""

    time: datetime
    number: int
    severity: Severity


def last(
    c: Connection,
    job_id: int,
    *,
    severity: Severity | None = None,
    after: datetime | None = None,
    since: datetime | None = None,
    day: date | None = None,
) -> End | None:
    """The last end of an entry of a job that counts, or None.

    Runs that are tried again and debug runs do not count (semantics 2.4).

    Args:
        c: the connection.
        job_id: the job.
        severity: how well it ended, at least.
        after: it came later than that.
        since: it came not earlier than that.
        day: the entry was for that day.
    """
    asked = {"severity": severity, "after": after, "since": since, "day": day}
    given = {name: value for name, value in asked.items() if value is not None}
    row = c.execute(_last_of(tuple(given)), {"job": job_id, **given}).one_or_none()
    return None if row is None else End(*row)


@cache
def _last_of(asked: tuple[str, ...]) -> Select[Any]:
    """The statement that finds the last end that is so."""
    columns = (_history.c.completion_time, _history.c.number, _history.c.final_severity)
    query = select(*columns).where(_history.c.job_id == bindparam("job"), _history.c.counts.is_(true()))
    query = query.where(*(_NARROWED[name] for name in asked))
    return query.order_by(_history.c.completion_time.desc(), _history.c.id.desc()).limit(1)


class Ends:
    """Last ends that are asked for by many at once: what was found for one is not asked for again.

    Of one moment: what ends later is not in it.
    """

    def __init__(self, c: Connection) -> None:
        self._c = c
        self._found: dict[tuple[int, Severity | None, date | None], tuple[_Bound | None, End | None]] = {}

    def last(
        self,
        job_id: int,
        *,
        severity: Severity | None = None,
        after: datetime | None = None,
        since: datetime | None = None,
        day: date | None = None,
    ) -> End | None:
        """As :func:`last`; of ``after`` and ``since`` only one may be given."""
        bound = (after, True) if after is not None else (since, False) if since is not None else None
        key = (job_id, severity, day)
        known = self._found.get(key)
        if known is None or (known[0] is not None and (bound is None or bound < known[0])):
            found = last(self._c, job_id, severity=severity, after=after, since=since, day=day)
            known = self._found[key] = bound, found
        end = known[1]
        if end is None or bound is None:
            return end
        moment, later = bound
        return end if end.time > moment or (end.time == moment and not later) else None


class UnderWay(NamedTuple):
    """An entry of a job that has not ended."""

    number: int
    state: EntryState
    start_time: datetime | None


def under_way(c: Connection, job_id: int, other_than: int, of: str | None = None) -> list[UnderWay]:
    """Entries of a job that have not ended, those that run first; ten at most. ``of`` an account, or all."""
    query = (
        select(_entry.c.number, _entry.c.state, _entry.c.start_time)
        .where(
            _entry.c.job_id == job_id,
            _entry.c.number != other_than,
            _entry.c.state != EntryState.COMPLETE,
            true() if of is None else _entry.c.submitted_by == of,
        )
        .order_by(_entry.c.start_time.is_(None), _entry.c.number)
        .limit(10)
    )
    return [UnderWay(*row) for row in c.execute(query)]


def waiting(c: Connection, job_id: int) -> list[int]:
    """The entries of a job that have not started."""
    states = [state for state in EntryState if state.waiting]
    query = select(_entry.c.number).where(_entry.c.job_id == job_id, _entry.c.state.in_(states))
    return list(c.scalars(query.order_by(_entry.c.number)))


def any_under_way(c: Connection, job_id: int, other_than: int) -> bool:
    """Whether another entry of a job has not ended."""
    query = select(_entry.c.number).where(
        _entry.c.job_id == job_id, _entry.c.number != other_than, _entry.c.state != EntryState.COMPLETE
    )
    return c.execute(query.limit(1)).one_or_none() is not None


_LET_ON = (
    EntryState.PRECHECK_WAIT,
    EntryState.RESOURCE_WAIT,
    EntryState.PENDING,
    EntryState.STARTING,
    EntryState.EXECUTING,
)


def let_on(c: Connection, job_id: int, other_than: int) -> int | None:
    """Another entry of a job that its dependencies have let on, and that has not ended; None: there is none.

    One that is to be tried again is one of them.
    """
    tried = (_entry.c.attempt > 0) & (_entry.c.state != EntryState.COMPLETE)
    query = select(_entry.c.number).where(
        _entry.c.job_id == job_id, _entry.c.number != other_than, _entry.c.state.in_(_LET_ON) | tried
    )
    return c.scalar(query.order_by(_entry.c.number).limit(1))


def usual_seconds(c: Connection, job_id: int) -> float | None:
    """How long the job usually runs, or None."""
    job = tables.job
    row = c.execute(select(job.c.sum_elapsed, job.c.run_count).where(job.c.id == job_id)).one_or_none()
    return row.sum_elapsed / row.run_count if row is not None and row.run_count and row.sum_elapsed else None


def exists(c: Connection, job_id: int) -> bool:
    """Whether the job is there."""
    return c.scalar(select(tables.job.c.id).where(tables.job.c.id == job_id)) is not None
