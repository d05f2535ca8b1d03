"""Which calendar, day and time zone an operation about dates works with. Declares no operation."""

from __future__ import annotations

import datetime

import tzlocal
from sqlalchemy import Connection

from jams.database import built_calendars, definition_stamps, stored_settings
from jams.database.date_type_records import find_calendar
from jams.dates import Calendar
from jams.dates.zones import time_zone

from .context import Context


class CalendarContext:
    """What a call about dates takes from the definitions as they stand in one state of the database.

    Everything is kept until a definition changes, so that an evaluation costs one small query.
    """

    def __init__(self, context: Context, c: Connection) -> None:
        self._now = context.now()
        self._c = c
        self._stamp = definition_stamps.stamp(c)

    def calendar(self, name: str | None = None, *, id: int | None = None) -> Calendar:
        """The calendar of that name or number, or else the default one. Raises CalendarNotFound."""
        number = definition_stamps.derived(
            self._c,
            self._stamp,
            ("calendar number", id, None if name is None else name.strip().lower()),
            lambda: find_calendar(self._c, id=id, name=name),
        )
        return built_calendars.built(self._c, self._stamp, number)

    @property
    def zone(self) -> str:
        """The time zone of schedules that name none: the setting TimeZone, else that of this machine."""
        return definition_stamps.derived(
            self._c,
            self._stamp,
            "time zone",
            lambda: (
                stored_settings.text(self._c, "TimeZone").strip() or tzlocal.get_localzone_name() or "UTC"
            ),
        )

    def day(self, given: datetime.date | None = None) -> datetime.date:
        """The day given, or else the one on which the call is made, in the server's time zone."""
        return self._now.astimezone(time_zone(self.zone)).date() if given is None else given
