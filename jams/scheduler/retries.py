"""Runs that failed and are tried again by themselves (semantics 2.2).

After Error and Fatal alone, in the same entry, with the parameters that it has; not when somebody ended it,
nor when its job is gone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from jams.database import endings
from jams.database.reading import Found
from jams.objects.enums import Severity
from jams.objects.needs import Retry
from jams.objects.run import RunEnded, RunOutcome


def next_attempt(c: Connection, row: Found, end: RunEnded, severity: Severity) -> datetime | None:
    """When a run that ended so is tried again; None when it is not."""
    retry: Retry | None = row.rest.retry
    if retry is None or row.abort or end.outcome is RunOutcome.ABORTED:
        return None
    if severity.rank < Severity.ERROR.rank or row.attempt >= retry.count:
        return None
    if row.job_id is not None and not endings.exists(c, row.job_id):
        return None
    return end.completion_time_utc + timedelta(seconds=retry.interval)
