"""Resetting triggers by hand: what has happened counts no more, and what was stopped goes on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from jams.database import armed_triggers, guarding, trigger_news
from jams.database.reading import Found
from jams.objects.trigger_parts import NewsKind

from . import arming


def reset(c: Connection, armed: Found, now: datetime) -> None:
    """Let a trigger wait for its events anew; one that was stopped is enabled again."""
    trigger_news.forget_of(c, armed.id)
    armed_triggers.await_no_end(c, armed.id)
    armed_triggers.forget_firings(c, armed.id)
    enabled = {"enabled": True} if armed.stopped is not None else {}
    armed_triggers.change(c, armed.id, fired=False, stopped=None, problem=None, last_reset=now, **enabled)
    events = [
        each for each in armed_triggers.events(c, [armed.id], lock=True) if each.kind is not NewsKind.OVER
    ]
    with guarding.unlimited(c):
        begun = arming.begun(c, [armed_triggers.watched_of(each) for each in events], now)
    armed_triggers.change_events(
        c,
        [
            {
                "at": each.id,
                "met": fresh["met"],
                "since": fresh["since"],
                "told": fresh["told"],
                "facts": armed_triggers.facts_encoded(fresh["facts"]),
                "seen": None,
                "quiet_until": None,
            }
            for each, fresh in zip(events, begun, strict=True)
        ],
    )


def reset_trigger(c: Connection, id: int, now: datetime) -> None:
    """Reset a trigger."""
    for armed in armed_triggers.of_owner(c, armed_triggers.TRIGGER, [id]):
        reset(c, armed, now)


def reset_of_jobs(c: Connection, ids: Collection[int], label: str | None, now: datetime) -> int:
    """Reset what elements of jobs wait for, of that AndGroup or all; how many there were."""
    return _reset_all(c, armed_triggers.of_owner(c, armed_triggers.JOB, ids), label, now)


def reset_of_triggers(c: Connection, ids: Collection[int], label: str | None, now: datetime) -> int:
    """Reset triggers, those of that name or all; how many there were."""
    return _reset_all(c, armed_triggers.of_owner(c, armed_triggers.TRIGGER, ids), label, now)


def _reset_all(c: Connection, rows: Sequence[Found], label: str | None, now: datetime) -> int:
    wanted = [row for row in rows if label is None or row.label.casefold() == label.strip().casefold()]
    for row in wanted:
        reset(c, row, now)
    return len(wanted)
