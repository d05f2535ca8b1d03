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
from jams.dates import Calendar, Schedule
from jams.dates.projection import next_occurrence
from jams.dates.zones import time_zone
from jams.objects.enums import CatchUp
from jams.objects.errors import JAMSError

from .surroundings import Surroundings

log = logging.getLogger(__name__)

SCHEDULE = "Schedule"
"""The kind of rows whose points are those of a schedule."""


class Conduct(Struct, frozen=True, omit_defaults=True):
    """What a definition says of the runs of a row, apart from when they are.

    Attributes:
        held: whether its entries come into the schedule held.
        catch_up: which of the points that were missed run late.
        within: how many seconds ago such a point may lie; None: any.
        most: how many run late with AtMost.
    """

    held: bool = False
    catch_up: CatchUp = CatchUp.ALL
    within: int | None = None
    most: int = 1


_decode = msgspec.json.Decoder(Schedule).decode
_decode_conduct = msgspec.json.Decoder(Conduct).decode


class Point(NamedTuple):
    """A point: when, and the day in the schedule's zone for which its entry works."""

    at: datetime.datetime
    day: datetime.date


def specification_of(schedule: Schedule) -> str:
    """What of a schedule decides its points, as the text that a row keeps; not from where intervals count."""
    return msgspec.json.encode(replace(schedule, recurrence=None, last_submitted=None)).decode()


def signature_of(specification: str, calendar_id: int) -> str:
    """What stands for a specification that is read with a calendar."""
    return hashlib.sha256(f"{calendar_id} {specification}".encode()).hexdigest()


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


def next_values(around: Surroundings, row: Found, after: datetime.datetime) -> dict[str, Any]:
    """The columns of a row that say when it is due next after a time, or why nobody knows."""
    try:
        point = following(schedule_of(row), after, around.calendar(row.calendar_id))
    except JAMSError as error:
        if row.problem != error.message:
            log.error("when job %s runs next is not known: %s", row.job_id, error.message)
        return {"next_point": None, "next_day": None, "retry_at": None, "problem": error.message}
    at, day = (None, None) if point is None else point
    return {"next_point": at, "next_day": day, "retry_at": None, "problem": None}


def local_day(moment: datetime.datetime, zone: str) -> datetime.date:
    """The day that it is in a zone."""
    return moment.astimezone(time_zone(zone)).date()
