"""Points of the schedule that passed without a run."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from sqlalchemy import Connection

from jams.database import jobs, missed_points, tables
from jams.objects.base import ObjectId, Path, Timestamp
from jams.objects.missed_points import MissedPoint
from jams.security.rights import JobDefinitions

from . import offers
from .catalogue import Bound
from .context import Context
from .declaration import operation
from .object_sight import seen_once

Limit = Annotated[int, Meta(ge=1, le=10_000)]


@operation(
    right=JobDefinitions.INQUIRE,
    rest="GET /schedule/missed?name,start,end,limit,beyond",
    bound=Bound("limit", cursor="beyond", member="missedID"),
    soap="Date.GetMissedPoints",
    cmdlet="Get-JAMSMissedPoint",
    command="missed-points",
    columns=("scheduledTime", "jobName", "action", "reason"),
    offers={"name": offers.JOB_NAMES},
    pipeline={"name": "QualifiedName"},
)
def get_missed_points(
    context: Context,
    name: Path | None = None,
    start: Timestamp | None = None,
    end: Timestamp | None = None,
    limit: Limit = 1000,
    beyond: ObjectId | None = None,
) -> list[MissedPoint]:
    """List the times at which jobs should have run by themselves and did not, the latest first.

    Each with what was done about it when the scheduler was back, and why.

    Args:
        name: path of the job, or its bare name; all jobs without it.
        start: only times from then on.
        end: only times up to then.
        limit: how many are listed at most.
        beyond: continue behind the point of this number, the last one of the list before.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
    """

    def work(c: Connection) -> list[MissedPoint]:
        job_id = None if name is None else jobs.find(c, name=name)
        found = missed_points.find(c, job_id=job_id, start=start, end=end, limit=limit, beyond=beyond)
        if context.reach() is not None:
            return [each for each in found if seen_once(c, tables.job, each.job_id, each.job_name)]
        return context.counted(found, lambda: missed_points.count(c, job_id=job_id, start=start, end=end))

    return context.read(work)
