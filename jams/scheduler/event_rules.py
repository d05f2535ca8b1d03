"""From elements that raise events to the rules of an entry (semantics 2.12).

An entry is stalled, its run runs away or is short, its window closes first. Each is a limit of its own,
beside those that properties set: so an entry may be told of after 15 minutes as something moderate, and
after an hour as something urgent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from jams.objects.enums import EventClass, MissedWindowAction, RunawayAction, Severity
from jams.objects.errors import JAMSError
from jams.objects.parts import Element
from jams.objects.rules import NO_RULES, EventRule, OutcomeRules
from jams.objects.tellings import Happened

from .definition import Part, nearest_parts

_HAPPENINGS = {
    "StalledEvent": Happened.STALLED,
    "RunawayEvent": Happened.RUNAWAY,
    "ShortEvent": Happened.SHORT,
    "MissedWindowEvent": Happened.MISSED_WINDOW,
}

Sources = Iterable[tuple[str, Sequence[Element]]]


def events_of(sources: Sources) -> tuple[EventRule, ...]:
    """The events that elements raise. Never raises: one that nobody can read raises none."""
    found: list[EventRule] = []
    for part in nearest_parts(sources, _HAPPENINGS):
        try:
            found.append(_event(part))
        except JAMSError:
            continue
    return tuple(found)


def with_events(rules: OutcomeRules | None, sources: Sources) -> OutcomeRules | None:
    """The rules together with the events of elements; None when they say nothing."""
    found = events_of(sources)
    return replace(rules or NO_RULES, events=found) if found else rules


def missed_window_action(sources: Sources) -> MissedWindowAction:
    """What elements say is done when a window closes first: the nearest that says anything."""
    said = MissedWindowAction.NO_ACTION
    for part in nearest_parts(sources, ("MissedWindowEvent",)):
        try:
            action = part.get("MissedWindowAction")
        except JAMSError:
            continue
        said = action if action not in (None, MissedWindowAction.NO_ACTION) else said
    return said


def _event(part: Part) -> EventRule:
    what = _HAPPENINGS[part.type.name]
    limits: dict[str, Any] = {}
    elapsed = None if what is Happened.MISSED_WINDOW else _seconds(part.get("Elapsed"))
    if what is Happened.STALLED:
        limits = {"stalled_time": elapsed}
    elif what is Happened.RUNAWAY:
        limits = {
            "runaway_elapsed": elapsed,
            "runaway_percent": part.get("ElapsedPercent") or None,
            "runaway_cpu": _seconds(part.get("CpuTime")),
            "runaway_action": part.get("RunawayAction") or RunawayAction.NO_ACTION,
        }
    elif what is Happened.SHORT:
        severity: Severity | None = part.get("ShortSeverity")
        limits = {
            "short_elapsed": elapsed,
            "short_percent": part.get("ElapsedPercent") or None,
            "fail_short": severity is not None,
            "short_severity": severity or Severity.ERROR,
        }
    return EventRule(
        name=f"{part.type.name} {part.name}",
        what=what,
        matters=part.get("EventClass") or EventClass.NORMAL,
        message=(part.get("Message") or "").strip(),
        **limits,
    )


def _seconds(span: timedelta | None) -> int | None:
    """The whole seconds of a limit; one of nothing is none."""
    return None if span is None else int(span.total_seconds()) or None
