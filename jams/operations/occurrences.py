"""When schedules will run: one as given, and those of a job (semantics 3.6, 3.7)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace
from sqlalchemy import Connection

from jams import dates as language
from jams.database import folders, jobs, named_times
from jams.dates import BaseTime, NonWorkdayRule, Recurrence, Schedule, Window, parse_time, projection
from jams.dates.effort import Effort
from jams.objects.base import DateText, Day, Line, Name, ObjectId, Path, Timestamp
from jams.objects.calendars import Occurrence
from jams.objects.errors import InvalidArgument
from jams.scheduler.planning.compiling import said_by, schedules_of
from jams.security.rights import CalendarDefinitions, JobDefinitions

from . import offers
from .calendar_context import CalendarContext
from .catalogue import Binding, Bound
from .context import Context, one_of
from .cursors import TimeCursor, begin_of, behind, placed
from .declaration import operation
from .foreseen import bounded, document, horizon, local_day, next_points

Times = Annotated[list[Name], Meta(max_length=24)]
Limit = Annotated[int, Meta(ge=1, le=1000)]

MOST_STEPS = 1_000_000
"""What it may cost to count the times of a list."""

_Point = tuple[language.Occurrence, str]

COLUMNS = ("localTime", "scheduledTimeUTC", "reason")


@operation(
    right=CalendarDefinitions.INQUIRE,
    rest="GET /date/occurrences",
    bound=Bound("limit", cursor="beyond", member="cursor", endless=True),
    soap="Date.GetOccurrences",
    cmdlet="Get-JAMSOccurrence",
    command="occurrences",
    positional=("dates",),
    columns=COLUMNS,
    offers={**offers.OF_CALENDAR, "window": offers.NAMED_TIME_NAMES},
    binding=Binding(set="Schedule"),
)
def get_occurrences(
    context: Context,
    dates: DateText,
    times: Times | None = None,
    except_for: DateText | None = None,
    non_workday: NonWorkdayRule = NonWorkdayRule.SCHEDULE,
    start_date: Day | None = None,
    last_submitted: Day | None = None,
    time_zone: Name | None = None,
    delay: Name | None = None,
    until: Name | None = None,
    base_time: BaseTime = BaseTime.SCHEDULED_TIME,
    window: Name | None = None,
    window_from: Name | None = None,
    window_to: Name | None = None,
    calendar: Name | None = None,
    after: Timestamp | None = None,
    before: Timestamp | None = None,
    limit: Limit = 10,
    beyond: Line | None = None,
) -> list[Occurrence]:
    """List when a schedule runs next, each time with the reason.

    Args:
        dates: the days on which it runs, in the date language.
        times: the times of day, as ``08:35`` or ``3:30PM``; midnight if none is given.
        except_for: days on which it does not run, in the date language.
        non_workday: what happens to a day that is no workday.
        start_date: nothing runs before it, and intervals count from it.
        last_submitted: the day of the last submission, from which intervals count if it is later.
        time_zone: the zone of the times, as ``Europe/Berlin``; the server's own if not given.
        delay: repeat each run after this span of time, as ``0.01:00``.
        until: the time of day until which it is repeated; the end of the day if not given.
        base_time: from what the delay counts; from ``EndTime`` only the first run can be foreseen.
        window: the named time in which it may start.
        window_from: in place of a named time, the time of day at which the window opens.
        window_to: the time of day at which it closes.
        calendar: the calendar whose date types and workdays count.
        after: the time after which runs are listed; now if not given.
        before: the time up to which they are listed.
        limit: how many are listed at most.
        beyond: continue behind the time of this cursor, the last one of the list before.

    Raises:
        UnreadableDate: a text is not in the date language.
        InvalidPeriod: a text names a period that does not exist.
        InvalidScheduleDate: a text names something unknown.
        DatesNotDefined: the dates of a date type end before that many runs.
        InvalidTime: a text is no time of day or no span.
        UnknownTimeZone: there is no such time zone.
        InvalidSchedule: the parts do not fit together, or it runs too often.
        CalendarNotFound: there is no such calendar.
        NamedTimeNotFound: there is no such named time.
    """
    if until is not None and delay is None:
        raise InvalidArgument("A schedule is repeated until a time only with a delay.", member="delay")
    place = None if beyond is None else TimeCursor.parse(beyond)

    def work(c: Connection) -> list[Occurrence]:
        at_hand = CalendarContext(context, c)
        zone = time_zone or at_hand.zone
        asked = Schedule(
            dates=dates,
            times=tuple(times or ("00:00",)),
            except_for=except_for,
            non_workday=non_workday,
            start_date=start_date,
            last_submitted=last_submitted,
            time_zone=zone,
            recurrence=None if delay is None else Recurrence(delay=delay, until=until, base_time=base_time),
        )
        begin = begin_of(after, place, context.now(), "after")
        schedule = bounded(asked).anchored(local_day(begin, zone))
        days = at_hand.calendar(calendar)
        opened = _window(c, window, window_from, window_to)

        def points(since: datetime.datetime, effort: Effort | None = None) -> Iterator[_Point]:
            found = language.occurrences(schedule, since, before or horizon(begin), days, effort)
            return ((point, zone) for point in found)

        return _listed(context, points, begin, place, limit, before, opened)

    return context.read(work)


@operation(
    right=JobDefinitions.INQUIRE,
    rest=(
        "GET /job/{id}/occurrences?after,before,limit,beyond",
        "GET /job/occurrences?name,after,before,limit,beyond",
    ),
    bound=Bound("limit", cursor="beyond", member="cursor", endless=True),
    soap="Date.GetJobOccurrences",
    cmdlet="Get-JAMSOccurrence",
    command="job-occurrences",
    key=("name", "id"),
    columns=COLUMNS,
    offers=offers.JOB,
    pipeline={"name": "QualifiedName"},
    binding=Binding(set="Job", names={"name": "Job", "id": "JobId"}),
)
def get_job_occurrences(
    context: Context,
    id: ObjectId | None = None,
    name: Path | None = None,
    after: Timestamp | None = None,
    before: Timestamp | None = None,
    limit: Limit = 10,
    beyond: Line | None = None,
) -> list[Occurrence]:
    """List when a job runs next by its definition, each time with the reason.

    Its enabled elements of the type ScheduleTrigger count, or else the property ScheduledDate of the job and
    those that go with it; and the calendar that it names.

    Args:
        id: number of the job.
        name: path of the job, or its bare name.
        after: the time after which runs are listed; now if not given.
        before: the time up to which they are listed.
        limit: how many are listed at most.
        beyond: continue behind the time of this cursor, the last one of the list before.

    Raises:
        JobNotFound: there is no such job.
        Conflict: several jobs bear the bare name.
        InvalidArgument: the job has no schedule.
        InvalidSchedule: its properties are none that a schedule can be made of.
        UnreadableDate: a text of its schedule is not in the date language.
        InvalidPeriod: a text names a period that does not exist.
        InvalidScheduleDate: a text names something unknown.
        DatesNotDefined: the dates of a date type end before that many runs.
        CalendarNotFound: the calendar that it names does not exist.
    """
    one_of(id=id, name=name)
    place = None if beyond is None else TimeCursor.parse(beyond)

    def work(c: Connection) -> list[Occurrence]:
        job = jobs.get(c, jobs.find(c, id=id, name=name))
        at_hand = CalendarContext(context, c)
        assert job.parent_folder_id is not None
        above = folders.above(c, job.parent_folder_id).get(job.parent_folder_id)
        found = schedules_of(said_by(job, above), at_hand.zone)
        if not found.schedules:
            raise InvalidArgument(
                f"Job {job.qualified_name} has no schedule: no ScheduleTrigger, and no ScheduledDate.",
                target=job.qualified_name,
            )
        begin = begin_of(after, place, context.now(), "after")
        schedules = {
            number: bounded(each).anchored(local_day(begin, each.time_zone))
            for number, each in enumerate(found.schedules)
        }
        calendar = at_hand.referred(found.calendar)

        def points(since: datetime.datetime, effort: Effort | None = None) -> Iterator[_Point]:
            return _together(schedules, since, before or horizon(begin), calendar, effort)

        return _listed(context, points, begin, place, limit, before, None)

    return context.read(work)


def _listed(
    context: Context,
    points: Callable[..., Iterator[_Point]],
    begin: datetime.datetime,
    place: TimeCursor | None,
    limit: int,
    before: datetime.datetime | None,
    window: Window | None,
) -> list[Occurrence]:
    """The next points as documents; ``points`` gives those after a time."""

    def count() -> int:
        if before is None:
            raise InvalidArgument("Say before when: a schedule has no end by itself.", member="before")
        return sum(1 for _ in points(begin, Effort(MOST_STEPS)))

    since = begin if place is None else place.after
    timed = ((point.at, (point, zone)) for point, zone in points(since))
    found = next_points(behind(placed(timed, begin), place), limit)
    listed = [replace(document(point, zone, window), cursor=str(at)) for at, (point, zone) in found]
    return context.counted(listed, count)


def _together(
    schedules: Mapping[int, Schedule],
    after: datetime.datetime,
    until: datetime.datetime,
    calendar: language.Calendar,
    effort: Effort | None = None,
) -> Iterator[_Point]:
    """The points of all schedules in order, each with its zone; raises the first error."""
    for each in projection(schedules, after, until, calendar, effort):
        if each.error is not None:
            raise each.error
        assert each.occurrence is not None
        yield each.occurrence, schedules[each.key].time_zone


def _window(c: Connection, name: str | None, opens: str | None, closes: str | None) -> Window | None:
    """The window that the inputs describe. Raises InvalidArgument when they do not fit together."""
    if name is None and opens is None and closes is None:
        return None
    if name is None:
        if opens is None or closes is None:
            raise InvalidArgument("A window needs the time at which it opens and closes.", member="windowTo")
        return Window(parse_time(opens), parse_time(closes))
    if opens is not None or closes is not None:
        raise InvalidArgument("Give a named time or the times of a window, not both.", member="window")
    found = named_times.get(c, named_times.find(c, name=name))
    if not found.enabled:
        raise InvalidArgument(f"The named time {found.time_name} is not enabled.", member="window")
    start, end = found.start_time.total_seconds, found.end_time.total_seconds
    return Window(_time_of(start), _time_of(end))


def _time_of(seconds: int) -> datetime.time:
    return (datetime.datetime.min + datetime.timedelta(seconds=seconds)).time()
