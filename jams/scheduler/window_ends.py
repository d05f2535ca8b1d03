"""When the window of an entry closes, and whether anything is to be done then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from jams.database.reading import Found
from jams.objects.enums import EntryState, MissedWindowAction, ReleaseType
from jams.objects.needs import NOTHING, WindowNeed
from jams.objects.tellings import Happened

from . import passing, telling_rules
from .waits.windows import OpenWindow

_ENDS_RUNS = (MissedWindowAction.ABORT, MissedWindowAction.RESTART)
_MOVES = (
    MissedWindowAction.RESCHEDULE,
    MissedWindowAction.RESCHEDULE_OR_CONTINUE,
    MissedWindowAction.RESTART,
)


def closes_at(c: Connection, row: Found, now: datetime) -> datetime | None:
    """When the window closes in which an entry is, if something is to be done then."""
    need = need_of(row)
    if need is None or not concerns(row, need):
        return None
    return OpenWindow(c, need, now).closes


def need_of(row: Found) -> WindowNeed | None:
    """The window of an entry, unless it was released from it."""
    window = (row.rest.needs or NOTHING).window
    if window is None or ReleaseType.TIME_SLOT_WAIT in passing.kinds(row.passed):
        return None
    return window


def moves_or_ends(need: WindowNeed) -> bool:
    """Whether an entry that waits goes elsewhere when its window closes."""
    return need.action is MissedWindowAction.ABORT or need.action in _MOVES


def is_shut(c: Connection, row: Found, now: datetime) -> bool:
    """Whether an entry may not start now, as its window is shut."""
    need = need_of(row)
    return need is not None and not OpenWindow(c, need, now).is_open


def _is_told(row: Found) -> bool:
    """Whether somebody wants to be told of a window that closes first."""
    tells = row.rest.tells or telling_rules.USUAL
    rules = row.rest.rules
    raised = {each.name for each in rules.events if each.what is Happened.MISSED_WINDOW} if rules else set()
    return any(
        Happened.MISSED_WINDOW in each.events or not raised.isdisjoint(each.raised) for each in tells.tellings
    )


def concerns(row: Found, need: WindowNeed) -> bool:
    """Whether something is to be done with an entry that stands there."""
    if row.state is EntryState.HELD or row.state.ended:
        return False
    if row.state.waiting:
        # Whose turn in a setup has not come has not come to its window either.
        return row.state is not EntryState.STEP_WAIT or moves_or_ends(need) or _is_told(row)
    return need.action in _ENDS_RUNS
