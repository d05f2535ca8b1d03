"""Windows that close: what becomes of entries that have not started by then, and of runs (semantics 3.6).

Nothing by itself: who waits then waits for the next opening, and runs go on. With Abort, entries are
cancelled and runs are ended; with Reschedule, entries are scheduled for the next opening; with Restart, runs
are ended as well, and run again when the window opens. An entry that is held is judged when it is released.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from jams.database import entries, happenings, runs
from jams.database.reading import Found
from jams.objects.enums import EntryState, MissedWindowAction, ReleaseType, Severity
from jams.objects.needs import NOTHING, WindowNeed

from . import consequences, passing, settlement, transitions
from .transitions import Event
from .waits.windows import OpenWindow

SCHEDULER = "the scheduler"
"""Who does what nobody asked for."""

_ENDS_RUNS = (MissedWindowAction.ABORT, MissedWindowAction.RESTART)
_MOVES = (
    MissedWindowAction.RESCHEDULE,
    MissedWindowAction.RESCHEDULE_OR_CONTINUE,
    MissedWindowAction.RESTART,
)


def closes_at(c: Connection, row: Found, now: datetime) -> datetime | None:
    """When the window closes in which an entry is, if something is to be done then."""
    need = _need(row)
    if need is None or not _concerns(row, need):
        return None
    return OpenWindow(c, need, now).closes


def close(c: Connection, row: Found, now: datetime) -> bool:
    """Do what is to be done when the window of an entry has closed; False when it has not."""
    need = _need(row)
    if need is None or not _concerns(row, need) or OpenWindow(c, need, now).is_open:
        return False
    if not row.state.waiting:
        _end_run(c, row, need)
    elif need.action is MissedWindowAction.ABORT:
        settlement.record_cancelled(
            c, row, severity=Severity.ERROR, status="Its window has closed before it started."
        )
    else:
        _move(c, row, OpenWindow(c, need, now).opens, now)
    return True


def _need(row: Found) -> WindowNeed | None:
    needs = row.rest.needs or NOTHING
    passed = ReleaseType.TIME_SLOT_WAIT in passing.kinds(row.passed)
    return None if passed else needs.window


def _concerns(row: Found, need: WindowNeed) -> bool:
    """Whether something is to be done with an entry that stands there."""
    if row.state is EntryState.HELD or row.state.ended:
        return False
    if row.state.waiting:
        return need.action is MissedWindowAction.ABORT or need.action in _MOVES
    return need.action in _ENDS_RUNS


def _end_run(c: Connection, row: Found, need: WindowNeed) -> None:
    again = need.action is MissedWindowAction.RESTART
    told = "Being restarted" if again else "Being cancelled"
    transitions.move(c, row, Event.CANCEL, look_at=None, job_status=told)
    runs.ask_abort(
        c, row.number, force=False, severity=Severity.ERROR, user=SCHEDULER, restart=1 if again else 0
    )
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
