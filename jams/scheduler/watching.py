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
from jams.objects.rules import EventRule, OutcomeRules
from jams.objects.run import RunEnded, RunOutcome
from jams.objects.tellings import Happened

from . import limits, raising, showing, transitions, window_ends
from .transitions import Event

MOST = 200
"""Entries that one turn looks at."""

NOT_BEGUN = timedelta(seconds=5)
"""After which a start that was claimed is looked at again, when it is not known to have begun."""

ANEW: Mapping[str, Any] = {
    "look_at": None,
    "stalled": False,
    "runaway": False,
    "raised": "",
    "icon": None,
    "icon_permanent": False,
    "icon_message": None,
}
"""The columns of an entry that is to run again."""

Cpu = Mapping[str, float | None]
"""CPU seconds of runs by token; None where nobody can tell."""


def waiting(rules: OutcomeRules | None, scheduled: datetime) -> dict[str, Any]:
    """The columns of an entry that waits for its first start, scheduled for then; none without a limit."""
    if rules is None or rules.first_stall is None:
        return {}
    return {"look_at": raising.next_stall(rules, frozenset(), scheduled), "stalled": False, "raised": ""}


def given_back(row: Found) -> dict[str, Any]:
    """The columns of an entry whose start has come to nothing, and which waits for another one."""
    rules = row.rest.rules
    return (
        {} if rules is None else {"look_at": raising.next_stall(rules, raising.of(row), row.scheduled_time)}
    )


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


class Seen(NamedTuple):
    """What was found about an entry: what has happened, in which words, and the element that raises it."""

    row: Found
    what: Happened
    told: str
    event: EventRule | None = None


def ended(
    c: Connection, runs_ended: Sequence[tuple[Found, RunEnded]], averages: Mapping[int, float]
) -> Sequence[Seen]:
    """Runs have ended: nothing is looked at any more, and who ran away unseen is marked; what was found."""
    watched.look_at(c, {row.number: None for row, _ in runs_ended if row.look_at is not None})
    away = [
        Seen(row, Happened.RUNAWAY, "", each.event)
        for row, end in runs_ended
        if _watched(row) and end.outcome is RunOutcome.EXITED and end.elapsed_seconds is not None
        for each in raising.runs_away(row, averages.get(row.job_id), end.elapsed_seconds, end.cpu_seconds)
    ]
    watched.ran_away(c, {each.row.number for each in away if not each.row.runaway})
    return away


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
        elif row.abort or not raising.open_runs(row):
            times[row.number] = None
        elif row.state is not EntryState.EXECUTING or row.start_time is None:
            times[row.number] = now + NOT_BEGUN
        elif raising.measures_cpu(row) and row.token is not None and row.token not in cpu:
            unmeasured.append(row.token)
        else:
            _look_at_run(c, row, averages.get(row.job_id), now, cpu, times, seen)
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
    found = raising.stalls(row, now)
    raised = raising.of(row) | {each.name for each in found}
    times[row.number] = raising.next_stall(rules, raised, row.scheduled_time)
    if not found:
        return
    told = "is stalled: it has not started in time"
    entries.change(c, row.number, stalled=True, raised=raising.kept(raised))
    seen += [Seen(row, Happened.STALLED, told, each.event) for each in found]
    _tell(c, row.number, f"Entry {row.number} {told}.")


def _look_at_run(
    c: Connection,
    row: Found,
    average: float | None,
    now: datetime,
    cpu: Cpu,
    times: dict[int, datetime | None],
    seen: list[Seen],
) -> None:
    elapsed = (now - row.start_time).total_seconds()
    found = raising.runs_away(row, average, elapsed, cpu.get(row.token))
    raised = raising.of(row) | {each.name for each in found}
    times[row.number] = raising.next_look(row, raised, average, row.start_time, now)
    if not found:
        return
    seen += [Seen(row, Happened.RUNAWAY, f"runs away: {each.reason}", each.event) for each in found]
    marks: dict[str, Any] = {"runaway": True, "raised": raising.kept(raised)}
    ends = next((each for each in found if each.action is not RunawayAction.NO_ACTION), None)
    if ends is None:
        entries.change(c, row.number, **marks)
        _tell(c, row.number, f"Entry {row.number} runs away: {found[0].reason}.")
        return
    times[row.number] = None
    transitions.move(c, row, Event.CANCEL, look_at=None, job_status=showing.BEING_CANCELLED, **marks)
    severity = limits.SEVERITIES[ends.action]
    runs.ask_abort(c, row.number, force=False, severity=severity, user=SCHEDULER)
    _tell(c, row.number, f"Entry {row.number} was cancelled, as it runs away: {ends.reason}.")


def _tell(c: Connection, number: int, message: str) -> None:
    entries.add_audit(c, number, user=SCHEDULER, message=message)


def _watched(row: Found) -> bool:
    return row.rest.rules is not None and row.rest.rules.watch


def _next_look(row: Found, averages: Mapping[int, float], start: datetime) -> datetime | None:
    return raising.next_look(row, raising.of(row), averages.get(row.job_id), start)
