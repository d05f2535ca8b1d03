"""What schedules are evaluated with: the calendar of a definition, and the zone of times without one."""

from __future__ import annotations

import hashlib

import msgspec
import tzlocal
from sqlalchemy import Connection

from jams.database import built_calendars, definition_stamps, guarding, stored_settings
from jams.database.date_type_records import find_calendar
from jams.dates import Calendar, zones
from jams.registry import Reference


def _print(calendar: Calendar) -> str:
    said = (calendar.date_types, calendar.definitions, calendar.settings, zones.zone_data())
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]


class Surroundings:
    """The definitions as they stand in one state of the database; kept until one changes.

    Attributes:
        stamp: the stamp of the definitions.
    """

    def __init__(self, c: Connection) -> None:
        self._c = c
        self.stamp = definition_stamps.stamp(c)

    def calendar_id(self, reference: Reference | None = None) -> int:
        """The number of the calendar that is referred to, or of the default one. Raises CalendarNotFound."""
        id, name = (None, None) if reference is None else (reference.id, reference.name)
        if id is not None:
            name = None
        if guarding.of(self._c) is not None:  # whether there is one depends on what he may look at
            return find_calendar(self._c, id=id, name=name)
        return definition_stamps.derived(
            self._c,
            self.stamp,
            ("calendar number", id, None if name is None else name.strip().lower()),
            lambda: find_calendar(self._c, id=id, name=name),
        )

    def calendar(self, id: int) -> Calendar:
        """The calendar of that number. Raises Damaged when something of it cannot be read."""
        return built_calendars.built(self._c, self.stamp, id)

    def days(self, id: int) -> str:
        """What stands for all that a calendar says of days, and for what zones make of them.

        Raises as :meth:`calendar` does.
        """
        return definition_stamps.derived(
            self._c, self.stamp, ("calendar's days", id), lambda: _print(self.calendar(id))
        )

    @property
    def zone(self) -> str:
        """The time zone of schedules that name none: the setting TimeZone, else that of this machine."""
        return definition_stamps.derived(
            self._c,
            self.stamp,
            "time zone",
            lambda: (
                stored_settings.text(self._c, "TimeZone").strip() or tzlocal.get_localzone_name() or "UTC"
            ),
        )
