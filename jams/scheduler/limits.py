"""Limits on how long an entry may wait and its run may take: stalled, runaway, short (semantics 2.2, 3.6).

Pure functions. Percents are whole ones of the job's average, rounded down; without an average nothing is
judged by percent.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from jams.dates import format_span
from jams.objects.enums import RunawayAction, Severity
from jams.objects.rules import Limits

CPU_INTERVAL = timedelta(seconds=10)
"""How often the CPU time of a run is looked at that has a limit on it."""

SEVERITIES = {
    RunawayAction.CANCEL_SUCCESS: Severity.SUCCESS,
    RunawayAction.CANCEL_INFO: Severity.INFO,
    RunawayAction.CANCEL_WARNING: Severity.WARNING,
    RunawayAction.CANCEL_ERROR: Severity.ERROR,
    RunawayAction.CANCEL_FATAL: Severity.FATAL,
}
"""With which severity an action cancels a run."""


def percent(seconds: float, average: float | None) -> int | None:
    """How many percent of the average a run has taken; None where there is no average."""
    return int(seconds * 100 / average) if average else None


def stalls_at(rules: Limits, scheduled: datetime) -> datetime | None:
    """When an entry that has not started counts as stalled; None: never."""
    return None if rules.stalled_time is None else scheduled + timedelta(seconds=rules.stalled_time)


def runaway(rules: Limits, average: float | None, elapsed: float, cpu: float | None = None) -> str | None:
    """Why a run that has taken so many seconds counts as running away; None if it does not."""
    if rules.runaway_elapsed is not None and elapsed >= rules.runaway_elapsed:
        return f"it takes longer than {_told(rules.runaway_elapsed)}"
    part = percent(elapsed, average)
    if rules.runaway_percent is not None and part is not None and part > rules.runaway_percent:
        return f"it takes more than {rules.runaway_percent} % of the average, {_told(average or 0)}"
    if rules.runaway_cpu is not None and cpu is not None and cpu >= rules.runaway_cpu:
        return f"it takes more CPU time than {_told(rules.runaway_cpu)}"
    return None


def next_look(
    rules: Limits, average: float | None, start: datetime, now: datetime | None = None
) -> datetime | None:
    """When a run that began at ``start`` is to be looked at; ``now`` if it was just looked at.

    None: never, as nothing limits it.
    """
    now = now or start
    ends: list[float] = []
    if rules.runaway_elapsed is not None:
        ends.append(rules.runaway_elapsed)
    if rules.runaway_percent is not None and average:
        ends.append((rules.runaway_percent + 1) * average / 100 + 0.001)
    looks = [start + timedelta(seconds=seconds) for seconds in ends if seconds < _FOR_EVER]
    if rules.runaway_cpu is not None:
        looks.append(now + min(CPU_INTERVAL, timedelta(seconds=rules.runaway_cpu)))
    return min((max(look, now) for look in looks), default=None)


def short(rules: Limits, average: float | None, elapsed: float) -> str | None:
    """Why a run that took so many seconds in all counts as short; None if it does not."""
    if rules.short_elapsed is not None and elapsed < rules.short_elapsed:
        return f"it took less than {_told(rules.short_elapsed)}"
    part = percent(elapsed, average)
    if rules.short_percent is not None and part is not None and part < rules.short_percent:
        return f"it took less than {rules.short_percent} % of the average, {_told(average or 0)}"
    return None


_FOR_EVER = 10**9


def _told(seconds: float) -> str:
    return format_span(timedelta(seconds=round(seconds))) if seconds >= 1 else f"{seconds:.3f} s"
