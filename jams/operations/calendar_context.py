"""Which calendar, day and time zone an operation about dates works with. Declares no operation."""

from __future__ import annotations

import datetime

from sqlalchemy import Connection

from jams.dates import Calendar
from jams.dates.zones import time_zone
from jams.registry import Reference
from jams.scheduler.surroundings import Surroundings

from .context import Context


class CalendarContext:
    """What a call about dates takes from the definitions as they stand in one state of the database.

    Everything is kept until a definition changes, so that an evaluation costs one small query.
    """

    def __init__(self, context: Context, c: Connection) -> None:
        self._now = context.now()
        self._around = Surroundings(c)

    def calendar(self, name: str | None = None, *, id: int | None = None) -> Calendar:
        """The calendar of that name or number, or else the default one. Raises CalendarNotFound."""
        return self.referred(Reference(id, name))

    def referred(self, reference: Reference | None) -> Calendar:
        """The calendar that a definition refers to, or else the default one. Raises CalendarNotFound."""
        return self._around.calendar(self._around.calendar_id(reference))

    @property
    def zone(self) -> str:
        """The time zone of schedules that name none: the setting TimeZone, else that of this machine."""
        return self._around.zone

    def day(self, given: datetime.date | None = None) -> datetime.date:
        """The day given, or else the one on which the call is made, in the server's time zone."""
        return self._now.astimezone(time_zone(self.zone)).date() if given is None else given
