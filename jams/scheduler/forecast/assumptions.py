"""What a forecast takes for granted: how long runs last, and that they end well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from jams.database import statistics, tables
from jams.database.reading import Found
from jams.objects import exit_codes
from jams.objects.enums import Severity
from jams.objects.run import LogVerdict, RunEnded, RunOutcome

UNKNOWN = timedelta(minutes=1)
"""How long a run of a job lasts of which no good run is known."""

_GOOD = (Severity.SUCCESS, Severity.INFO)


class Usual:
    """How long runs last.

    Args:
        known: the average of each job that has one, by its number.
        supposed: what is supposed instead for some jobs.
        unknown: for the jobs of which nothing is known.
    """

    def __init__(
        self,
        known: Mapping[int, timedelta],
        supposed: Mapping[int, timedelta] | None = None,
        unknown: timedelta = UNKNOWN,
    ) -> None:
        self._known = {**known, **(supposed or {})}
        self._unknown = unknown

    def of(self, job_id: int | None) -> timedelta:
        """How long a run of the job lasts."""
        return self._unknown if job_id is None else self._known.get(job_id, self._unknown)

    def knows(self, job_id: int | None) -> bool:
        """Whether that is more than an assumption."""
        return job_id in self._known


def averages(c: Connection) -> dict[int, timedelta]:
    """The average of the good runs of each job that had any."""
    job = tables.job
    query = select(job.c.id, job.c.sum_elapsed, job.c.run_count).where(job.c.run_count > 0)
    means = ((row.id, statistics.mean(row.sum_elapsed, row.run_count)) for row in c.execute(query))
    return {id: timedelta(seconds=mean) for id, mean in means if mean}


def good_end(row: Found, began: datetime, ends: datetime) -> RunEnded:
    """The end of a run that has done what it should, as far as its definition says what that is."""
    rules = row.rest.rules
    patterns = rules is not None and (rules.good_pattern, rules.bad_pattern) != (None, None)
    return RunEnded(
        token="",
        jams_entry=row.number,
        outcome=RunOutcome.EXITED,
        completion_time_utc=ends,
        exit_code=good_code(row),
        elapsed_seconds=(ends - began).total_seconds(),
        log_verdict=LogVerdict(good=1) if patterns else None,
    )


def good_code(row: Found) -> int:
    """An exit code that the definition of an entry takes for good: 0, where it can be."""
    rules = row.rest.rules
    if rules is None:
        return 0
    try:
        ranges = None if rules.exit_codes is None else exit_codes.parse_exit_codes(rules.exit_codes)
        named = [end for each in ranges or () for end in each]
        for code in (0, 1, 2, *named, *(end + 1 for end in named)):
            if exit_codes.severity_of(code, rules.exit_code_handling, ranges) in _GOOD:
                return code
    except ValueError:
        pass
    return 0
