"""Points: when a row of the schedule is due next."""

from __future__ import annotations

import datetime
import hashlib
import logging
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jams.database.reading import Found, check_whole
from jams.dates import BaseTime, Calendar, Recurrence, Schedule, parse_time
from jams.dates.occurrences import occurrences
from jams.dates.projection import next_occurrence
from jams.dates.zones import instant, time_zone
from jams.objects.enums import CatchUp
from jams.scheduler.surroundings import Surroundings

from .trouble import told

log = logging.getLogger(__name__)

SCHEDULE = "Schedule"
"""The kind of rows whose points are those of a schedule."""

INTERVAL = "Interval"
"""The kind of rows that keep one run going after the other."""


class Conduct(Struct, frozen=True, omit_defaults=True):
    """What a definition says of the runs of a row, apart from when they are.

    Attributes:
        held: whether its entries come into the schedule held.
        catch_up: which of the points that were missed run late.
        within: how many seconds ago such a point may lie; None: any.
        most: how many run late with AtMost.
        recurrence: how each run is repeated.
        new_entry: whether each repetition is an entry of its own.
        on_error: whether a run that failed is repeated, too.
        days: stands for what the calendar says of days.
    """

    held: bool = False
    catch_up: CatchUp = CatchUp.ALL
    within: int | None = None
    most: int = 1
    recurrence: Recurrence | None = None
    new_entry: bool = False
    on_error: bool = False
    days: str = ""


class Interval(Struct, frozen=True, omit_defaults=True):
    """What decides the points of an interval trigger.

    Attributes:
        seconds: how long after a run.
        base: from what of the run that is counted.
        start: the time of day of the first run; without it, one interval after it was defined.
    """

    seconds: int
    base: BaseTime = BaseTime.SCHEDULED_TIME
    start: str | None = None


_decode = msgspec.json.Decoder(Schedule).decode
_decode_conduct = msgspec.json.Decoder(Conduct).decode
_decode_interval = msgspec.json.Decoder(Interval).decode


class Point(NamedTuple):
    """A point: when, and the day in the schedule's zone for which its entry works."""

    at: datetime.datetime
    day: datetime.date


def specification_of(schedule: Schedule) -> str:
    """What of a schedule decides its points, as the text that a row keeps; not from where intervals count."""
    return msgspec.json.encode(replace(schedule, recurrence=None, last_submitted=None)).decode()


def signature_of(kind: str, specification: str, calendar_id: int, zone: str) -> str:
    """What stands for a specification that is read with a calendar in a zone."""
    return hashlib.sha256(f"{kind} {calendar_id} {zone} {specification}".encode()).hexdigest()


def conduct_of(row: Found) -> Conduct:
    """What the definition of a row says of its runs. Raises Damaged."""
    check_whole(row, f"schedule {row.id} of job {row.job_id}")
    return _decode_conduct(row.conduct)


def schedule_of(row: Found) -> Schedule:
    """The schedule of a row, with the day from which its intervals count. Raises Damaged."""
    check_whole(row, f"schedule {row.id} of job {row.job_id}")
    schedule = _decode(row.specification)
    if row.anchor is None:
        return schedule
    if row.submitted:
        return replace(schedule, last_submitted=row.anchor)
    return replace(schedule, start_date=schedule.start_date or row.anchor)


def following(schedule: Schedule, after: datetime.datetime, calendar: Calendar) -> Point | None:
    """The first point after a time, or None when there is none any more.

    Raises:
        DateError, InvalidSchedule: the schedule cannot be evaluated, or not so far.
    """
    found = next_occurrence(schedule, after, calendar)
    return None if found is None else Point(found.at, found.day)


def interval_after(row: Found, point: datetime.datetime, ended: datetime.datetime) -> Point:
    """The point after a run of an interval trigger: on the grid of its last point, or counted from its end.

    Points that passed while it ran are not made up for. Raises Damaged.
    """
    interval = interval_of(row)
    span = datetime.timedelta(seconds=interval.seconds)
    if interval.base is BaseTime.END_TIME:
        at = ended + span
    else:
        at = point + max(-(-(ended - point) // span), 1) * span
    return Point(at, local_day(at, row.zone))


def interval_of(row: Found) -> Interval:
    """The interval of a row. Raises Damaged."""
    check_whole(row, f"interval {row.id} of job {row.job_id}")
    return _decode_interval(row.specification)


class Expected(NamedTuple):
    """The points of a row within a time, and their days."""

    points: frozenset[datetime.datetime]
    days: frozenset[datetime.date]


def expected(
    around: Surroundings, row: Found, after: datetime.datetime, until: datetime.datetime
) -> Expected:
    """The points of a schedule after a time and up to another. Raises as :func:`following` does."""
    schedule, calendar = schedule_of(row), around.calendar(row.calendar_id)
    found = [Point(each.at, each.day) for each in occurrences(schedule, after, until, calendar)]
    return Expected(frozenset(each.at for each in found), frozenset(each.day for each in found))


def first_values(around: Surroundings, row: Found, after: datetime.datetime) -> dict[str, Any]:
    """The columns of a row that begins to count: its first point after a time, maybe a repetition."""
    if row.kind == INTERVAL:
        return _columns(_first_of_interval(row, after))
    recurrence = conduct_of(row).recurrence
    repeated = recurrence is not None and recurrence.base_time is BaseTime.SCHEDULED_TIME
    return _found(around, row, after, recurrence if repeated else None)


def next_values(around: Surroundings, row: Found, after: datetime.datetime) -> dict[str, Any]:
    """The columns of a row that say when it is due next after a time, or why nobody knows.

    An interval trigger is due next when its run has ended.
    """
    return _columns(None) if row.kind == INTERVAL else _found(around, row, after, None)


def _first_of_interval(row: Found, after: datetime.datetime) -> Point:
    interval = interval_of(row)
    if interval.start is None:
        at = after + datetime.timedelta(seconds=interval.seconds)
    else:
        zone, time = time_zone(row.zone), parse_time(interval.start)
        today = local_day(after, row.zone)
        days = (today + datetime.timedelta(days) for days in range(3))
        at = next(at for day in days if (at := instant(day, time, zone)[0]) > after)
    return Point(at, local_day(at, row.zone))


def _found(
    around: Surroundings, row: Found, after: datetime.datetime, recurrence: Recurrence | None
) -> dict[str, Any]:
    try:
        schedule = replace(schedule_of(row), recurrence=recurrence)
        return _columns(following(schedule, after, around.calendar(row.calendar_id)))
    except Exception as error:
        problem = told(error)
        if row.problem != problem:
            log.error("when job %s runs next is not known: %s", row.job_id, problem)
        return {**_columns(None), "problem": problem}


def _columns(point: Point | None) -> dict[str, Any]:
    at, day = (None, None) if point is None else point
    return {"next_point": at, "next_day": day, "retry_at": None, "problem": None}


def local_day(moment: datetime.datetime, zone: str) -> datetime.date:
    """The day that it is in a zone."""
    return moment.astimezone(time_zone(zone)).date()
