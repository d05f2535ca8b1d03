"""The projected schedule: what all jobs are expected to do over a period (semantics 3.7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from datetime import timedelta
from heapq import merge
from itertools import islice
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct
from sqlalchemy import Connection

from jams.database import folders, jobs, planned_entries
from jams.dates import Calendar, Occurrence, Projected, Schedule, projection
from jams.dates.effort import Effort
from jams.dates.occurrences import check_moments
from jams.objects.base import ObjectId, Path, Text, Timestamp
from jams.objects.calendars import ScheduleReason, ScheduleRow
from jams.objects.definitions import Job
from jams.objects.errors import ErrorDocument, InvalidArgument, JAMSError
from jams.registry import Reference
from jams.scheduler.planning.compiling import said_by, schedules_of
from jams.security.rights import JobDefinitions

from . import offers
from .calendar_context import CalendarContext
from .catalogue import Bound
from .context import Context, one_of
from .declaration import operation
from .foreseen import bounded, local_day

LONGEST_PERIOD = timedelta(days=366)
MOST_STEPS = 1_000_000
"""What all schedules of a list may cost together; a job that runs on each day of a year takes 366."""

Limit = Annotated[int, Meta(ge=1, le=100_000)]


class _Key(NamedTuple):
    job: int
    number: int


class _Planned(Struct):
    """The jobs that have schedules, and those whose schedules cannot be read."""

    jobs: dict[int, Job]
    auto: dict[int, bool]
    by_calendar: dict[Reference | None, dict[_Key, Schedule]]
    failed: list[ScheduleRow]
    now: datetime.datetime


@operation(
    right=JobDefinitions.INQUIRE,
    rest="GET /schedule?start,end,folderId,folder,jobName,limit",
    bound=Bound("limit"),
    soap="Date.GetSchedule",
    cmdlet="Get-JAMSSchedule",
    command="schedule",
    columns=("scheduledTime", "folderName", "jobName", "explanation"),
    names={"folder_id": "folderId"},
    tolerates={"options": ("None", "IncludeTriggered")},
    offers={"folder": offers.FOLDER_NAMES},
    pipeline={"folder": "QualifiedName"},
)
def get_schedule(
    context: Context,
    start: Timestamp | None = None,
    end: Timestamp | None = None,
    folder_id: ObjectId | None = None,
    folder: Path | None = None,
    job_name: Text | None = None,
    limit: Limit = 1000,
) -> list[ScheduleRow]:
    r"""List what the jobs of a folder, and of those below it, are expected to run, in order of time.

    Disabled jobs are left out. What lies in the past is what the definitions say of then, not what ran. Of a
    job whose schedule cannot be evaluated, or not any further, a row with the error tells.

    Args:
        start: the beginning of the period; now if not given.
        end: its end; a day later if not given, and at most a year.
        folder_id: number of the folder.
        folder: path of the folder; all jobs without either.
        job_name: only jobs whose name matches; ``*`` stands for anything, ``?`` for one character.
        limit: how many rows are listed at most.

    Raises:
        InvalidArgument: the period ends before it begins, or is too long.
        FolderNotFound: there is no such folder.
    """
    begin = start or context.now()
    check_moments(begin)
    finish = end or begin + timedelta(days=1)
    if not timedelta() <= finish - begin <= LONGEST_PERIOD:
        raise InvalidArgument("The period has at most 366 days, and ends after it begins.", member="end")
    if folder_id is None and folder is None:
        folder_id = folders.ROOT_ID
    one_of(folderId=folder_id, folder=folder)

    def work(c: Connection) -> list[ScheduleRow]:
        top = folders.find(c, id=folder_id, name=folder)
        at_hand = CalendarContext(context, c)
        found = jobs.in_folder(c, top, recursive=True, pattern=job_name)
        above = folders.records(c, folders.locate(c, id=top).path_key, recursive=True)
        planned = _planned(found, above, (begin, context.now()), at_hand.zone)
        effort = Effort(MOST_STEPS)
        streams = [
            _timed(schedules, (begin, finish), calendar, effort)
            for schedules, calendar in _with_calendars(planned, at_hand)
        ]
        runs = ((at, _row(planned, each)) for at, each in merge(*streams, key=lambda pair: pair[0]))
        again = _intervals(c, planned, begin, finish)
        ordered = (row for _, row in merge(runs, again, key=lambda pair: pair[0]))
        return [*planned.failed, *islice(ordered, limit)][:limit]

    return context.read(work)


def _planned(
    found: list[Job],
    above: Mapping[int, folders.FolderRecord],
    times: tuple[datetime.datetime, datetime.datetime],
    zone: str,
) -> _Planned:
    begin, now = times
    planned = _Planned({}, {}, {}, [], now)
    for job in found:
        assert job.job_id is not None
        try:
            told = schedules_of(said_by(job, above.get(job.parent_folder_id or 0)), zone)
            if not told.enabled:
                continue
            schedules = [bounded(each).anchored(local_day(begin, each.time_zone)) for each in told.schedules]
        except JAMSError as error:
            planned.failed.append(_failure(job, error.document()))
            continue
        planned.jobs[job.job_id] = job
        planned.auto[job.job_id] = told.auto_submit
        of_calendar = planned.by_calendar.setdefault(told.calendar, {})
        of_calendar.update({_Key(job.job_id, number): each for number, each in enumerate(schedules)})
    return planned


def _intervals(
    c: Connection, planned: _Planned, begin: datetime.datetime, end: datetime.datetime
) -> list[tuple[datetime.datetime, ScheduleRow]]:
    """The next run of each interval trigger, with its time; of the ones after it nobody knows yet."""
    return [
        (at, _expected(planned.jobs[job_id], at, "An interval trigger; the next run is known when this ends"))
        for job_id, at in planned_entries.next_of_intervals(c)
        if job_id in planned.jobs and begin < at <= end
    ]


def _with_calendars(
    planned: _Planned, at_hand: CalendarContext
) -> Iterator[tuple[Mapping[_Key, Schedule], Calendar]]:
    for reference, schedules in planned.by_calendar.items():
        try:
            yield schedules, at_hand.referred(reference)
        except JAMSError as error:
            concerned = dict.fromkeys(key.job for key in schedules)
            planned.failed.extend(_failure(planned.jobs[id], error.document()) for id in concerned)


def _timed(
    schedules: Mapping[_Key, Schedule],
    period: tuple[datetime.datetime, datetime.datetime],
    calendar: Calendar,
    effort: Effort,
) -> Iterator[tuple[datetime.datetime, tuple[Projected[_Key], Schedule]]]:
    """The points with their times; an error stands where its schedule ends."""
    now = period[0]
    for each in projection(schedules, *period, calendar, effort):
        now = now if each.occurrence is None else each.occurrence.at
        yield now, (each, schedules[each.key])


def _row(planned: _Planned, found: tuple[Projected[_Key], Schedule]) -> ScheduleRow:
    each, schedule = found
    job = planned.jobs[each.key.job]
    if each.error is not None:
        return _failure(job, each.error.document())
    assert each.occurrence is not None
    automatic = planned.auto[each.key.job] and each.occurrence.at > planned.now
    return _run(job, each.occurrence, schedule, automatic=automatic)


def _run(job: Job, point: Occurrence, schedule: Schedule, *, automatic: bool) -> ScheduleRow:
    assert job.job_id is not None
    return ScheduleRow(
        job_id=job.job_id,
        job_name=job.job_name,
        folder_name=job.parent_folder_name or "",
        scheduled_time=point.at,
        reason=ScheduleReason.AUTOMATIC if automatic else ScheduleReason.PLANNED,
        auto_submit=automatic,
        explanation=point.reason,
        non_workday_scheduling=schedule.non_workday.value,
        description=job.description,
        avg_elapsed_time=job.avg_elapsed_time,
    )


def _expected(job: Job, at: datetime.datetime, explanation: str) -> ScheduleRow:
    assert job.job_id is not None
    return ScheduleRow(
        job_id=job.job_id,
        job_name=job.job_name,
        folder_name=job.parent_folder_name or "",
        scheduled_time=at,
        explanation=explanation,
        description=job.description,
        avg_elapsed_time=job.avg_elapsed_time,
    )


def _failure(job: Job, error: ErrorDocument) -> ScheduleRow:
    assert job.job_id is not None
    return ScheduleRow(
        job_id=job.job_id,
        job_name=job.job_name,
        folder_name=job.parent_folder_name or "",
        description=job.description,
        explanation=error.message,
        error=error,
    )
