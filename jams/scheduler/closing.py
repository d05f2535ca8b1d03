"""Windows that close: what becomes of entries that have not started by then, and of runs (semantics 3.6).

By itself who waits then waits for the next opening, out of every line, and runs go on. With Abort, entries
are cancelled and runs are ended; with Reschedule, entries are scheduled for the next opening; with Restart,
runs are ended as well, and run again when the window opens. What is held is judged when it is released.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from jams.database import entries, happenings, runs, watched
from jams.database.methods import is_container
from jams.database.reading import Found
from jams.objects.actors import CLOSED_WINDOW, SCHEDULER
from jams.objects.enums import EntryState, MissedWindowAction, Severity
from jams.objects.needs import WindowNeed

from . import consequences, looking, settlement, showing, telling, transitions, window_ends
from .containers import running
from .transitions import Event
from .waits.windows import OpenWindow

MOST = 200
"""Entries that one turn looks at."""


def close_due(c: Connection, now: datetime) -> None:
    """Do what is to be done with the entries whose windows have closed, of those that are to be looked at."""
    for row in watched.due(c, now, MOST):
        _close(c, row, now)


def _close(c: Connection, row: Found, now: datetime) -> None:
    need = window_ends.need_of(row)
    if need is None or not window_ends.concerns(row, need) or OpenWindow(c, need, now).is_open:
        return
    telling.missed_window(c, row, now)
    if row.state.waiting and not window_ends.moves_or_ends(need):
        if row.state not in (EntryState.TIMED, EntryState.STEP_WAIT):
            stand_back(c, row, now)
        return
    if not row.state.waiting:
        _end_run(c, row, need)
    elif need.action is MissedWindowAction.ABORT:
        settlement.record_cancelled(
            c, row, severity=Severity.ERROR, status="Its window has closed before it started."
        )
    else:
        _move(c, row, OpenWindow(c, need, now).opens, now)


def stand_back(c: Connection, row: Found, now: datetime) -> None:
    """Take an entry whose window is shut out of its line, or from what it waits for: the window is first."""
    happenings.note(c, *consequences.left(c, row, for_good=False))
    values = {"opens_at": now, "line_id": None, "look_at": None, "since": now}
    transitions.move(c, row, Event.STAND, EntryState.TIMED, **values)
    looking.look_at(c, [row.number], now)


def _end_run(c: Connection, row: Found, need: WindowNeed) -> None:
    again = need.action is MissedWindowAction.RESTART
    told = showing.BEING_RESTARTED if again else showing.BEING_CANCELLED
    asked: dict[str, Any] = {
        "force": False,
        "severity": Severity.ERROR,
        "user": CLOSED_WINDOW,
        "restart": 1 if again else 0,
    }
    if is_container(row.rest.method_name):
        running.ask_end(c, row, **asked)
    else:
        transitions.move(c, row, Event.CANCEL, look_at=None, job_status=told)
        runs.ask_abort(c, row.number, **asked)
    what = "is ended and will run again" if again else "is ended"
    _tell(c, row.number, f"The run of entry {row.number} {what}: its window has closed.")


def _move(c: Connection, row: Found, opens: datetime, now: datetime) -> None:
    happenings.note(c, *consequences.left(c, row, for_good=False))
    values = {"hold_time": opens, "opens_at": opens, "line_id": None, "look_at": None, "since": now}
    transitions.move(c, row, Event.STAND, EntryState.TIMED, **values)
    _tell(
        c, row.number, f"Entry {row.number} was moved to {opens:%Y-%m-%d %H:%M} UTC: its window has closed."
    )


def _tell(c: Connection, number: int, message: str) -> None:
    entries.add_audit(c, number, user=SCHEDULER, message=message)
