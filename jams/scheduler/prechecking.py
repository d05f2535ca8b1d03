"""What the end of a precheck says to the entry that waits for it (semantics 2.9).

Success and Info let it go on. Exit code 75 asks for another run, in silence; 80 to 84 cancel the entry that
waits with Success, Info, Warning, Error or Fatal. After any other end the precheck runs again after its
interval, if there is one; otherwise the entry waits for a person.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from jams.database import entries, prechecks
from jams.database.reading import Found
from jams.objects.enums import InitiatorType, Severity
from jams.objects.needs import NOTHING
from jams.objects.run import RunEnded

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the same may succeed later."""

CANCELS = dict(enumerate(Severity, start=80))
"""Exit codes that end the entry that waits, with the severity."""

USUAL_DELAY = 300
"""Seconds after which a precheck that asks for it runs again, where its definition does not say."""


def is_precheck(row: Found) -> bool:
    """Whether an entry runs a precheck."""
    kind: InitiatorType = row.rest.initiator_type
    return kind is InitiatorType.PRECHECK and row.rest.initiator_id is not None


def next_run(c: Connection, row: Found, end: RunEnded, severity: Severity) -> datetime | None:
    """When a precheck that has ended so runs again; None when it does not."""
    if not is_precheck(row) or row.abort or _is_good(severity) or end.exit_code in CANCELS:
        return None
    parent = entries.locked_if_there(c, row.rest.initiator_id)
    asked = prechecks.of_entry(c, row.rest.initiator_id)
    if parent is None or not parent.state.waiting or asked is None or asked.precheck_entry != row.number:
        return None
    need = (parent.rest.needs or NOTHING).precheck
    delay = None if need is None else need.delay
    if delay is None:
        if end.exit_code != TRY_AGAIN:
            return None
        delay = USUAL_DELAY
    prechecks.runs_again(c, parent.number)
    return end.completion_time_utc + timedelta(seconds=delay)


def judge(c: Connection, row: Found, code: int | None, severity: Severity) -> None:
    """Write down what the last run of a precheck says."""
    cancels = None if code is None else CANCELS.get(code)
    prechecks.judge(c, row.rest.initiator_id, row.number, passed=_is_good(severity), cancels=cancels)


def _is_good(severity: Severity) -> bool:
    return severity.rank <= Severity.INFO.rank
