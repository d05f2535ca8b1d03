"""The projected schedule: what all jobs are expected to do over a period (semantics 3.7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from datetime import timedelta
from heapq import merge
from itertools import chain, islice
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from jams.database import folders, jobs, planned_entries
from jams.dates import Calendar, Occurrence, Projected, Schedule, parse_span, parse_time, projection
from jams.dates.effort import Effort
from jams.dates.occurrences import check_moments
from jams.objects.base import Duration, Line, ObjectId, Path, Text, Timestamp
from jams.objects.definitions import Job
from jams.objects.errors import ErrorDocument, InvalidArgument, JAMSError
from jams.objects.schedule_rows import ScheduleReason, ScheduleRow
from jams.registry import Reference
from jams.scheduler.planning.compiling import JobSchedules, Repeats, said_by, schedules_of
from jams.security.rights import JobDefinitions, Monitor

from . import offers
from .calendar_context import CalendarContext
from .catalogue import Bound
from .context import Context, one_of
from .cursors import TimeCursor, begin_of, behind, placed
from .declaration import operation
from .foreseen import bounded, local_day

LONGEST_PERIOD = timedelta(days=366)
MOST_STEPS = 1_000_000
"""What all schedules of a list may cost together; a job that runs on each day of a year takes 366."""

Limit = Annotated[int, Meta(ge=1, le=100_000)]
_DAY = datetime.date(2000, 1, 1)
_MIDNIGHT = datetime.datetime.combine(_DAY, datetime.time())


class _Key(NamedTuple):
    job: int
    number: int


class _Planned(Struct):
    """The jobs that have schedules, with what these say, and those whose schedules cannot be read."""

    jobs: dict[int, Job]
    told: dict[int, JobSchedules]
    by_calendar: dict[Reference | None, dict[_Key, Schedule]]
    failed: list[ScheduleRow]
    now: datetime.datetime


@operation(
    right=JobDefinitions.INQUIRE,
    rest="GET /schedule?start,end,folderId,folder,jobName,full,limit,beyond",
    bound=Bound("limit", cursor="beyond", member="cursor"),
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
    full: bool = False,
    limit: Limit = 1000,
    beyond: Line | None = None,
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
        full: whether each row shows its job, and the elements that the job has or inherits.
        limit: how many rows are listed at most.
        beyond: continue behind the row of this cursor, the last one of the list before.

    Raises:
        InvalidArgument: the period ends before it begins, or is too long; or the cursor is none of the list.
        FolderNotFound: there is no such folder.
    """
    place = None if beyond is None else TimeCursor.parse(beyond)
    begin = begin_of(start, place, context.now(), "start")
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
        after = begin if place is None or context.total else place.after
        effort = Effort(MOST_STEPS)
        streams = [
            _timed(schedules, (after, finish), calendar, effort)
            for schedules, calendar in _with_calendars(planned, at_hand)
        ]
        runs = ((at, _row(planned, each)) for at, each in merge(*streams, key=lambda pair: pair[0]))
        again = _intervals(c, planned, after, finish)
        failed = ((begin, row) for row in planned.failed)
        timed = chain(failed, merge(runs, again, key=lambda pair: pair[0]))
        rows: Any = placed(timed, begin, lambda row: int(row.job_id))
        rows = list(rows) if context.total else rows
        listed = [replace(row, cursor=str(at)) for at, row in islice(behind(rows, place), limit)]
        if full:
            listed = [_full(planned, above, row) for row in listed]
        return context.counted(_with_entries(context, c, listed), lambda: len(rows))

    return context.read(work)


def _planned(
    found: list[Job],
    above: Mapping[int, folders.FolderRecord],
    times: tuple[datetime.datetime, datetime.datetime],
    zone: str,
) -> _Planned:
    begin, now = times
    planned = _Planned({job.job_id or 0: job for job in found}, {}, {}, [], now)
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
        planned.told[job.job_id] = told
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
        if job_id in planned.told and begin < at <= end
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
    told = planned.told[each.key.job]
    automatic = told.auto_submit and each.occurrence.at > planned.now
    return _run(job, each.occurrence, schedule, told.repeats, automatic=automatic)


def _run(
    job: Job, point: Occurrence, schedule: Schedule, repeats: Repeats | None, *, automatic: bool
) -> ScheduleRow:
    return ScheduleRow(
        **_of_job(job, point.at),
        **_of_repeats(repeats),
        scheduled_time=point.at,
        reason=ScheduleReason.AUTOMATIC if automatic else ScheduleReason.PLANNED,
        auto_submit=automatic,
        explanation=point.reason,
        non_workday_scheduling=schedule.non_workday.value,
    )


def _expected(job: Job, at: datetime.datetime, explanation: str) -> ScheduleRow:
    return ScheduleRow(**_of_job(job, at), **_of_repeats(None), scheduled_time=at, explanation=explanation)


def _failure(job: Job, error: ErrorDocument) -> ScheduleRow:
    return ScheduleRow(**_of_job(job, None), **_of_repeats(None), explanation=error.message, error=error)


def _of_job(job: Job, at: datetime.datetime | None) -> dict[str, Any]:
    """What a row says of its job, and of a run of it that begins then."""
    lasting = job.avg_elapsed_time
    ends = None if at is None or lasting is None else at + timedelta(seconds=round(lasting))
    return {
        "job_id": job.job_id,
        "job_name": job.job_name,
        "folder_name": job.parent_folder_name or "",
        "description": job.description,
        "avg_elapsed_time": lasting,
        "estimated_start_date": at,
        "completion_date": ends,
        "last_auto_submit": job.last_autosubmit_utc,
        "last_success": job.last_success_utc,
        "last_info": job.last_info_utc,
        "last_warning": job.last_warning_utc,
        "last_error": job.last_error_utc,
        "last_fatal": job.last_fatal_utc,
    }


def _of_repeats(repeats: Repeats | None) -> dict[str, Any]:
    """What a row says of how the run is repeated."""
    if repeats is None:
        return {"resubmit_delay": Duration(), "resubmit_end": Duration()}
    until = None if repeats.recurrence.until is None else parse_time(repeats.recurrence.until)
    midnight = timedelta() if until is None else datetime.datetime.combine(_DAY, until) - _MIDNIGHT
    return {
        "resubmit_base": repeats.recurrence.base_time.value,
        "resubmit_delay": _span(parse_span(repeats.recurrence.delay)),
        "resubmit_end": Duration() if until is None else _span(midnight),
        "resubmit_on_error": repeats.on_error,
    }


def _span(span: timedelta) -> Duration:
    return Duration(total_seconds=round(span.total_seconds()))


def _full(planned: _Planned, above: Mapping[int, folders.FolderRecord], row: ScheduleRow) -> ScheduleRow:
    """The row with its job, and with all elements that count for that."""
    job = planned.jobs[row.job_id]
    elements = folders.with_passed(above.get(job.parent_folder_id or 0), job.elements)
    return replace(row, full_object=True, job=job, elements=elements)


def _with_entries(context: Context, c: Connection, rows: list[ScheduleRow]) -> list[ScheduleRow]:
    """The rows with the entries that the schedule holds of them already, for who may see all entries."""
    if not context.caller.may(Monitor.SEE_ALL):
        return rows
    made = planned_entries.by_point(c, {row.job_id for row in rows if row.scheduled_time is not None})
    found = []
    for row in rows:
        known = None if row.scheduled_time is None else made.get((row.job_id, row.scheduled_time))
        found.append(row if known is None else replace(row, jams_entry=known[0], hold_time=known[1]))
    return found
