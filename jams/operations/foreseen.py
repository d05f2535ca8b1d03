"""What is foreseen of schedules: their next points as documents, within bounds. Declares no operation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta
from itertools import islice
from typing import TypeVar

from jams import dates
from jams.dates import DatesNotDefined, InvalidSchedule, Schedule, Window, parse_span
from jams.dates.occurrences import check_moments
from jams.dates.projection import SEARCH_YEARS
from jams.dates.zones import time_zone
from jams.objects.calendars import Occurrence

T = TypeVar("T")

MOST_TIMES = 24
SHORTEST_DELAY = timedelta(minutes=1)
_LATEST = datetime.datetime(9998, 12, 30, tzinfo=UTC)


def bounded(schedule: Schedule) -> Schedule:
    """The schedule, if nobody can make it cost too much: its points of one day are found together.

    Raises:
        InvalidSchedule: it has too many times of day, or is repeated too often.
        InvalidTime: the delay is no span of time.
    """
    if len(schedule.times) > MOST_TIMES:
        raise InvalidSchedule(f"A schedule has at most {MOST_TIMES} times of day.", member="times")
    if schedule.recurrence is not None and parse_span(schedule.recurrence.delay) < SHORTEST_DELAY:
        raise InvalidSchedule("A recurrence has a delay of at least a minute.", member="delay")
    return schedule


def local_day(moment: datetime.datetime, zone: str) -> datetime.date:
    """The day that it is in the zone. Raises UnknownTimeZone, InvalidSchedule near the calendar's ends."""
    check_moments(moment)
    return moment.astimezone(time_zone(zone)).date()


def horizon(after: datetime.datetime) -> datetime.datetime:
    """How far ahead the next points are looked for."""
    return after + max(min(timedelta(days=366 * SEARCH_YEARS), _LATEST - after), timedelta())


def next_points(points: Iterable[T], count: int) -> Iterator[T]:
    """The first ``count`` of them.

    Raises:
        DatesNotDefined: a date type's dates end before; the message says how many points come first.
    """
    found = 0
    try:
        for point in islice(points, count):
            yield point
            found += 1
    except DatesNotDefined as error:
        if not found:
            raise
        told = f"{error.message} Only {found} of the {count} occurrences asked for come before."
        raise DatesNotDefined(told, target=error.target, text=error.text) from None


def document(point: dates.Occurrence, zone: str, window: Window | None = None) -> Occurrence:
    """A point as a document, with the window in which it may start."""
    place = time_zone(zone)
    opens = None if window is None else window.opens(point.at, place)
    return Occurrence(
        scheduled_time_utc=point.at,
        local_time=point.at.astimezone(place).isoformat(),
        day=point.day,
        date=point.date,
        item=point.item,
        reason=point.reason,
        repetition=point.repetition,
        clock_change=None if point.clock_change is None else point.clock_change.value,
        window_start_utc=opens,
        window_end_utc=None if window is None or opens is None else window.closes(opens, place),
    )
