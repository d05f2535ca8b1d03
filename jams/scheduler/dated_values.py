"""Parameters of the type Date that are given in the date language: what they mean for an entry's own day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from jams.database import definition_stamps
from jams.database.reading import Found
from jams.dates import evaluate
from jams.dates.zones import time_zone
from jams.objects.errors import JAMSError
from jams.registry import Reference

from . import submittable
from .surroundings import Surroundings


class DatedValues:
    """What texts of the date language mean on a day, by a calendar that is not built before they are asked.

    Args:
        c: the connection.
        calendar: the calendar that the definition names.
        on: the day, or a moment of it in the server's zone.
    """

    def __init__(self, c: Connection, calendar: Reference | None, on: date | datetime) -> None:
        self._c = c
        self._calendar = calendar
        self._on = on

    def __call__(self, text: str) -> date:
        """The day that a text means. Raises DateError, CalendarNotFound."""
        around = Surroundings(self._c)
        on = self._on
        day = on.astimezone(time_zone(around.zone)).date() if isinstance(on, datetime) else on
        return evaluate(text, day, around.calendar(around.calendar_id(self._calendar)))


def of_entry(c: Connection, row: Found) -> DatedValues:
    """What they mean for an entry that is there; read with the calendar that its job names now."""
    calendar = None
    try:
        job = submittable.of_number(c, definition_stamps.stamp(c), row.job_id)
        calendar = job.meaning("Calendar", row.rest.properties)
    except JAMSError:
        pass
    return DatedValues(c, calendar, row.day or row.scheduled_time)
