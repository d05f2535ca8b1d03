"""The values of iCalendar properties: moments, durations, rules, and the time zones that a text defines."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from typing import Any

from .date_errors import UnknownTimeZone, UnreadableCalendar
from .effort import Effort
from .icalendar_text import Component, Property
from .recurrence_rules import RecurrenceRule, recurrence_rule
from .zones import time_zone

Moment = datetime.date
"""A day, or a :class:`datetime.datetime`: aware, or without an offset as local time of no place."""

Zones = Mapping[str, datetime.tzinfo]

_LONGEST_RULE = 4096
_COST_OF_MOMENT = 3


def moment(given: Property, zones: Zones) -> Moment:
    """The day or time of a property. Raises UnreadableCalendar when it is neither."""
    found = _value(given.value)
    if not isinstance(found, datetime.date):
        raise UnreadableCalendar(f"{given.value[:40]!r} is neither a day nor a time.")
    return _placed(found, given, zones)


def moments(given: Property, zones: Zones, effort: Effort) -> Iterator[Moment]:
    """The days or times that a property lists; of a period, when it begins."""
    effort.spend(_COST_OF_MOMENT * (given.value.count(",") + 1))
    for text in given.value.split(","):
        yield moment(Property(given.parameters, text.partition("/")[0]), zones)


def duration(given: Property) -> timedelta:
    """The span of time of a property. Raises UnreadableCalendar when it is none."""
    found = _value(given.value)
    if not isinstance(found, timedelta):
        raise UnreadableCalendar(f"{given.value[:40]!r} is no duration.")
    return found


def rule(given: Property, start: Moment) -> RecurrenceRule:
    """The recurrence rule of a property, for something that starts then. Raises UnreadableCalendar."""
    from icalendar.prop import vRecur

    if len(given.value) > _LONGEST_RULE:
        raise UnreadableCalendar(f"A recurrence rule has at most {_LONGEST_RULE} characters.")
    parts: dict[str, list[Any]] = {
        name: each if isinstance(each, list) else [each]
        for name, each in vRecur.from_ical(given.value).items()
    }
    until = None
    if "UNTIL" in parts:
        [last] = parts["UNTIL"]
        until = wall_time(last, start.tzinfo if isinstance(start, datetime.datetime) else None)
        if not isinstance(last, datetime.datetime):
            until = datetime.datetime.combine(last, datetime.time.max)
    return recurrence_rule(parts, wall_time(start), until)


def wall_time(given: Moment, zone: datetime.tzinfo | None = None) -> datetime.datetime:
    """A moment as the time on the wall of its own zone, or of ``zone`` where that is given."""
    if not isinstance(given, datetime.datetime):
        return datetime.datetime.combine(given, datetime.time())
    if zone is not None and given.tzinfo is not None:
        given = given.astimezone(zone)
    return given.replace(tzinfo=None)


def _value(text: str) -> object:
    from icalendar.prop import vDDDTypes

    found: object = vDDDTypes.from_ical(text.strip())  # type: ignore[no-untyped-call]
    return found


def _placed(found: Moment, given: Property, zones: Zones) -> Moment:
    if not isinstance(found, datetime.datetime) or found.tzinfo is not None or given.zone is None:
        return found
    return found.replace(tzinfo=zones.get(given.zone) or _known_zone(given.zone))


def _known_zone(name: str) -> datetime.tzinfo | None:
    """The zone of that name, also by Windows' name and behind the prefix of a vendor; None for no other."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    words = name.strip("/").split("/")
    for candidate in (WINDOWS_TO_OLSON.get(name, name), *("/".join(words[-size:]) for size in (3, 2))):
        try:
            return time_zone(candidate)
        except UnknownTimeZone:
            continue
    return None


class DefinedZone(datetime.tzinfo):
    """A time zone that a text defines by its observances, known from their beginnings up to a last day."""

    def __init__(self, defined: Component, last: int, effort: Effort) -> None:
        """Find every change of the clocks up to ``last``. Raises UnreadableCalendar."""
        changes: list[tuple[datetime.datetime, timedelta, timedelta]] = []
        for part in defined.parts:
            before, after = (_offset(part.text(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
            changes += [(local, before, after) for local in _onsets(part, last, effort)]
        if not changes:
            raise UnreadableCalendar("A time zone of the calendar has no observance.")
        changes.sort()
        self._first = changes[0][1]
        self._locals = [local for local, _, _ in changes]
        self._moments = [local - before for local, before, _ in changes]
        self._offsets = [after for _, _, after in changes]

    def utcoffset(self, dt: datetime.datetime | None) -> timedelta:
        """The offset at a local time."""
        number = 0 if dt is None else bisect_right(self._locals, dt.replace(tzinfo=None))
        return self._offsets[number - 1] if number else self._first

    def dst(self, dt: datetime.datetime | None) -> timedelta:
        """Not told apart from the offset."""
        return timedelta()

    def tzname(self, dt: datetime.datetime | None) -> str | None:
        """None: nobody asks."""
        return None

    def fromutc(self, dt: datetime.datetime) -> datetime.datetime:
        """The local time of an instant."""
        number = bisect_right(self._moments, dt.replace(tzinfo=None))
        return dt + (self._offsets[number - 1] if number else self._first)


def _onsets(part: Component, last: int, effort: Effort) -> Iterator[datetime.datetime]:
    """The local times at which an observance begins, by the clocks before it."""
    given = part.one("DTSTART")
    if given is None:
        raise UnreadableCalendar("An observance of a time zone needs DTSTART.")
    start = wall_time(moment(given, {}))
    yield start
    for each in part.properties.get("RDATE", ()):
        yield from (wall_time(found) for found in moments(each, {}, effort))
    for each in part.properties.get("RRULE", ()):
        found = rule(each, start.replace(tzinfo=UTC) if "Z" in each.value else start)
        for day in found.days(start.toordinal(), last, effort):
            yield datetime.datetime.combine(datetime.date.fromordinal(day), start.time())


def _offset(text: str) -> timedelta:
    from icalendar.prop import vUTCOffset

    found: timedelta = vUTCOffset.from_ical(text)  # type: ignore[no-untyped-call]
    return found
