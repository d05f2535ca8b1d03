"""Entries whose definition limits how long they wait or run: when they are looked at, and what is done then.

An entry has one time to be looked at. It is set when the entry is made (stalled) and when its start is
claimed (runaway), so that an entry without limits costs nothing; what is found is marked once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from jams.database import entries, runs, statistics, watched
from jams.database.reading import Found
from jams.objects.actors import SCHEDULER
from jams.objects.enums import EntryState, RunawayAction
from jams.objects.rules import OutcomeRules
from jams.objects.run import RunEnded, RunOutcome
from jams.objects.tellings import Happened

from . import limits, showing, transitions, window_ends
from .transitions import Event

MOST = 200
"""Entries that one turn looks at."""

NOT_BEGUN = timedelta(seconds=5)
"""After which a start that was claimed is looked at again, when it is not known to have begun."""

ANEW: Mapping[str, Any] = {
    "look_at": None,
    "stalled": False,
    "runaway": False,
    "icon": None,
    "icon_permanent": False,
    "icon_message": None,
}
"""The columns of an entry that is to run again."""

Cpu = Mapping[str, float | None]
"""CPU seconds of runs by token; None where nobody can tell."""


def waiting(rules: OutcomeRules | None, scheduled: datetime) -> dict[str, Any]:
    """The columns of an entry that waits for its first start, scheduled for then; none without a limit."""
    if rules is None or rules.stalled_time is None:
        return {}
    return {"look_at": limits.stalls_at(rules, scheduled), "stalled": False}


def given_back(row: Found) -> dict[str, Any]:
    """The columns of an entry whose start has come to nothing, and which waits for another one."""
    return {"look_at": None} if row.stalled else waiting(row.rest.rules, row.scheduled_time)


def claimed(c: Connection, rows: Iterable[Found], now: datetime) -> datetime | None:
    """Starts of entries are claimed: when their runs are to be looked at, and the first of these times."""
    limited = [row for row in rows if row.look_at is not None or _watched(row)]
    if not limited:
        return None
    averages = averages_of(c, limited)
    times = {row.number: _next_look(row, averages, now) for row in limited}
    _add_closings(c, limited, now, times)
    watched.look_at(c, times)
    return min(filter(None, times.values()), default=None)


def averages_of(c: Connection, rows: Iterable[Found]) -> Mapping[int, float]:
    """The averages of the jobs of entries that are judged by them, by the job's number."""
    wanted = {row.job_id for row in rows if row.rest.rules is not None and row.rest.rules.by_average}
    return statistics.averages(c, wanted - {None}) if wanted else {}


def ended(
    c: Connection, runs_ended: Sequence[tuple[Found, RunEnded]], averages: Mapping[int, float]
) -> Collection[int]:
    """Runs have ended: nothing is looked at any more, and who ran away unseen is marked; their numbers."""
    watched.look_at(c, {row.number: None for row, _ in runs_ended if row.look_at is not None})
    away = [
        row.number
        for row, end in runs_ended
        if _watched(row) and not row.runaway and _was_away(row, end, averages.get(row.job_id))
    ]
    watched.ran_away(c, away)
    return away


def _was_away(row: Found, end: RunEnded, average: float | None) -> bool:
    if end.outcome is not RunOutcome.EXITED or end.elapsed_seconds is None:
        return False
    return limits.runaway(row.rest.rules, average, end.elapsed_seconds, end.cpu_seconds) is not None


class Seen(NamedTuple):
    """What was found about an entry."""

    row: Found
    what: Happened
    told: str


def look(c: Connection, now: datetime, cpu: Cpu, seen: list[Seen]) -> Collection[str]:
    """Look at the entries whose time has come, and mark what is stalled or runs away.

    What was found is added to ``seen``.

    Returns:
        The tokens of runs of which the CPU time has to be known: they are to be looked at again with it.
    """
    rows = watched.due(c, now, MOST)
    averages = averages_of(c, rows)
    unmeasured: list[str] = []
    times: dict[int, datetime | None] = {}
    for row in rows:
        rules = row.rest.rules
        if rules is None or row.state.ended:
            times[row.number] = None
        elif row.state.waiting:
            _look_at_waiting(c, row, rules, now, times, seen)
        elif not _watched(row) or row.abort or row.runaway:
            times[row.number] = None
        elif row.state is not EntryState.EXECUTING or row.start_time is None:
            times[row.number] = now + NOT_BEGUN
        elif rules.runaway_cpu is not None and row.token is not None and row.token not in cpu:
            unmeasured.append(row.token)
        else:
            elapsed = (now - row.start_time).total_seconds()
            reason = limits.runaway(rules, averages.get(row.job_id), elapsed, cpu.get(row.token))
            if reason is None:
                times[row.number] = limits.next_look(rules, averages.get(row.job_id), row.start_time, now)
            else:
                seen.append(Seen(row, Happened.RUNAWAY, f"runs away: {reason}"))
                _mark_runaway(c, row, rules, reason)
    _add_closings(c, rows, now, times)
    watched.look_at(c, times)
    return unmeasured


def _add_closings(
    c: Connection, rows: Iterable[Found], now: datetime, times: dict[int, datetime | None]
) -> None:
    """Look at entries also when their windows close."""
    for row in rows:
        if row.number in times and row.rest.needs is not None:
            closes = window_ends.closes_at(c, row, now)
            times[row.number] = min(filter(None, (times[row.number], closes)), default=None)


def _look_at_waiting(
    c: Connection,
    row: Found,
    rules: OutcomeRules,
    now: datetime,
    times: dict[int, datetime | None],
    seen: list[Seen],
) -> None:
    stalls_at = limits.stalls_at(rules, row.scheduled_time)
    if row.stalled or stalls_at is None or stalls_at > now:
        times[row.number] = None if row.stalled else stalls_at
        return
    entries.change(c, row.number, stalled=True, look_at=None)
    seen.append(Seen(row, Happened.STALLED, "is stalled: it has not started in time"))
    _tell(c, row.number, f"Entry {row.number} is stalled: it has not started in time.")


def _mark_runaway(c: Connection, row: Found, rules: OutcomeRules, reason: str) -> None:
    action = rules.runaway_action
    if action is RunawayAction.NO_ACTION:
        entries.change(c, row.number, runaway=True, look_at=None)
        _tell(c, row.number, f"Entry {row.number} runs away: {reason}.")
        return
    transitions.move(c, row, Event.CANCEL, runaway=True, look_at=None, job_status=showing.BEING_CANCELLED)
    runs.ask_abort(c, row.number, force=False, severity=limits.SEVERITIES[action], user=SCHEDULER)
    _tell(c, row.number, f"Entry {row.number} was cancelled, as it runs away: {reason}.")


def _tell(c: Connection, number: int, message: str) -> None:
    entries.add_audit(c, number, user=SCHEDULER, message=message)


def _watched(row: Found) -> bool:
    return row.rest.rules is not None and row.rest.rules.watch


def _next_look(row: Found, averages: Mapping[int, float], start: datetime) -> datetime | None:
    if not _watched(row):
        return None
    return limits.next_look(row.rest.rules, averages.get(row.job_id), start)
