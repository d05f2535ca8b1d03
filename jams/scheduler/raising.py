"""Which limits of an entry have been raised, which are next: those of its properties, and of its elements.

What has been raised is kept by name with the entry, so that each limit is told of once however often it is
looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from jams.database.reading import Found
from jams.objects.enums import RunawayAction
from jams.objects.rules import EventRule, Limits, OutcomeRules

from . import limits

_STALLED = "stalled"
_RUNAWAY = "runaway"
"""The names of the limits of properties; those of elements have a blank in theirs."""


class Raised(NamedTuple):
    """A limit that was passed: its name, why, the element that sets it, and what is done with the run."""

    name: str
    event: EventRule | None
    reason: str = ""
    action: RunawayAction = RunawayAction.NO_ACTION


def of(row: Found) -> frozenset[str]:
    """The names of the limits of an entry that have been raised."""
    raised = set(filter(None, row.raised.split("\n")))
    rules: OutcomeRules | None = row.rest.rules
    if rules is None or not rules.events:
        # Entries of before there were other limits say it so.
        raised |= {name for name, was in ((_STALLED, row.stalled), (_RUNAWAY, row.runaway)) if was}
    return frozenset(raised)


def kept(raised: Collection[str]) -> str:
    """The names of limits as they are kept."""
    return "\n".join(sorted(raised))


def stalls(row: Found, now: datetime) -> Sequence[Raised]:
    """The limits that an entry has passed by waiting, and which were not raised."""
    raised = of(row)
    return [
        Raised(name, event)
        for name, each, event in _named(row.rest.rules, _STALLED)
        if name not in raised and (at := limits.stalls_at(each, row.scheduled_time)) is not None and at <= now
    ]


def next_stall(rules: OutcomeRules, raised: Collection[str], scheduled: datetime) -> datetime | None:
    """When an entry counts as stalled by a limit that was not raised."""
    times = (
        limits.stalls_at(each, scheduled) for name, each, _ in _named(rules, _STALLED) if name not in raised
    )
    return min(filter(None, times), default=None)


def runs_away(row: Found, average: float | None, elapsed: float, cpu: float | None) -> Sequence[Raised]:
    """The limits that a run has passed, and which were not raised."""
    found: list[Raised] = []
    for name, each, event in open_runs(row):
        reason = limits.runaway(each, average, elapsed, cpu)
        if reason is not None:
            found.append(Raised(name, event, reason, each.runaway_action))
    return found


def next_look(
    row: Found, raised: Collection[str], average: float | None, start: datetime, now: datetime | None = None
) -> datetime | None:
    """When a run is to be looked at for a limit that was not raised."""
    times = (
        limits.next_look(each, average, start, now)
        for name, each, _ in _named(row.rest.rules, _RUNAWAY)
        if name not in raised
    )
    return min(filter(None, times), default=None)


def measures_cpu(row: Found) -> bool:
    """Whether the CPU time of a run has to be known."""
    return any(each.runaway_cpu is not None for _, each, _ in open_runs(row))


def open_runs(row: Found) -> Sequence[tuple[str, Limits, EventRule | None]]:
    """The limits on the run of an entry that were not raised."""
    raised = of(row)
    return [each for each in _named(row.rest.rules, _RUNAWAY) if each[1].limits_run and each[0] not in raised]


def _named(rules: OutcomeRules | None, own: str) -> Iterator[tuple[str, Limits, EventRule | None]]:
    """The limits of rules, each by the name under which it is raised."""
    if rules is not None:
        yield own, rules, None
        for event in rules.events:
            yield event.name, event, event
