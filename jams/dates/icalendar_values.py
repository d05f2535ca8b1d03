"""The values of iCalendar properties: moments, durations, rules, and the time zones that a text defines."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any

from msgspec.structs import replace

from .date_errors import UnknownTimeZone, UnreadableCalendar
from .effort import Effort
from .icalendar_text import Component, Property
from .recurrence_rules import RecurrenceRule, recurrence_rule
from .zones import time_zone

Moment = datetime.date
"""A day, or a :class:`datetime.datetime`: aware, or without an offset as local time of no place."""

_SPACES = re.compile(r"\s+")
_LONGEST_RULE = 4096
_COST_OF_MOMENT = 3


class Zones:
    """The time zones of one calendar: those that it defines, made when one is asked for, and all known ones.

    ``default`` is the zone in which the calendar's people see what stands in UTC or without a zone
    (X-WR-TIMEZONE); None where there is none.
    """

    def __init__(self, defined: Iterable[Component], default: str, last: int, effort: Effort) -> None:
        self._defined = {each.text("TZID"): each for each in defined if each.parts}
        self._made: dict[str, datetime.tzinfo | None] = {}
        self._last, self._effort = last, effort
        self.default = self.get(default) if default else None

    def get(self, name: str) -> datetime.tzinfo | None:
        """The zone of that name; None where nobody knows it, so that its times have no place."""
        if name not in self._made:
            defined = self._defined.get(name)
            self._made[name] = (
                _known_zone(name) if defined is None else DefinedZone(defined, self._last, self._effort)
            )
        return self._made[name]


@contextmanager
def reading(given: Property) -> Iterator[None]:
    """Turns whatever goes wrong with the value of a property into an error that says where it stands."""
    try:
        yield
    except UnreadableCalendar as error:
        error.line = error.line or given.line
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        raise UnreadableCalendar(f"{given.name} cannot be {given.value[:60]!r}.", line=given.line) from None


def moment(given: Property, zones: Zones | None) -> Moment:
    """The day or time of a property. Raises UnreadableCalendar when it is neither."""
    with reading(given):
        found = _value(given.value)
        if not isinstance(found, datetime.date):
            raise UnreadableCalendar(f"{given.name} is {given.value[:40]!r}, neither a day nor a time.")
        return _placed(found, given, zones)


def moments(
    given: Property, zones: Zones | None, effort: Effort
) -> Iterator[tuple[Moment, timedelta | None]]:
    """The days or times that a property lists; of a period its beginning, and how long it is."""
    effort.spend(_COST_OF_MOMENT * (given.value.count(",") + 1))
    for text in given.value.split(","):
        first, _, rest = text.partition("/")
        if not first.strip():
            continue
        found = moment(replace(given, value=first), zones)
        if not rest.strip():
            yield found, None
            continue
        end = replace(given, value=rest)
        with reading(end):
            value = _value(rest)
            if isinstance(value, timedelta):
                yield found, value
            elif isinstance(value, datetime.date):
                yield found, span(found, _placed(value, end, zones))
            else:
                raise UnreadableCalendar(f"{rest[:40]!r} ends no period.")


def span(begin: Moment, end: Moment) -> timedelta:
    """How long it is from one to the other on the clocks of the first."""
    zone = begin.tzinfo if isinstance(begin, datetime.datetime) else None
    return wall_time(end, zone) - wall_time(begin)


def duration(given: Property) -> timedelta:
    """The span of time of a property. Raises UnreadableCalendar when it is none."""
    with reading(given):
        found = _value(given.value)
        if not isinstance(found, timedelta):
            raise UnreadableCalendar(f"{given.value[:40]!r} is no duration.")
        return found


def rule(given: Property, start: Moment) -> RecurrenceRule:
    """The recurrence rule of a property, for something that starts then. Raises UnreadableCalendar."""
    with reading(given):
        return _rule(given.value, start)


def _rule(text: str, start: Moment) -> RecurrenceRule:
    from icalendar.prop import vRecur

    if len(text) > _LONGEST_RULE:
        raise UnreadableCalendar(f"A recurrence rule has at most {_LONGEST_RULE} characters.")
    stated = _SPACES.sub("", text).strip(";")
    names = [each.partition("=")[0].upper() for each in stated.split(";")]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UnreadableCalendar(f"{twice[:40]} stands in a rule twice.")
    empty = next((each for each in stated.split(";") if not each.partition("=")[2]), None)
    if empty is not None:
        raise UnreadableCalendar(f"{empty[:40]} of a rule has no value.")
    parts: dict[str, list[Any]] = {
        name: each if isinstance(each, list) else [each] for name, each in vRecur.from_ical(stated).items()
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


def _placed(found: Moment, given: Property, zones: Zones | None) -> Moment:
    if not isinstance(found, datetime.datetime) or zones is None:
        return found
    if found.tzinfo is None and given.zone is not None:
        return found.replace(tzinfo=zones.get(given.zone))
    if zones.default is None:
        return found
    return found.replace(tzinfo=zones.default) if found.tzinfo is None else found.astimezone(zones.default)


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
    start = wall_time(moment(given, None))
    yield start
    for each in part.properties.get("RDATE", ()):
        yield from (wall_time(found) for found, _ in moments(each, None, effort))
    for each in part.properties.get("RRULE", ()):
        found = rule(each, start.replace(tzinfo=UTC) if "Z" in each.value else start)
        for day in found.days(start.toordinal(), last, effort):
            yield datetime.datetime.combine(datetime.date.fromordinal(day), start.time())


def _offset(text: str) -> timedelta:
    from icalendar.prop import vUTCOffset

    found: timedelta = vUTCOffset.from_ical(text)  # type: ignore[no-untyped-call]
    return found
