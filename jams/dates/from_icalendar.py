"""Dates from an iCalendar text (RFC 5545) as date definitions, repeated events within a range of days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import timedelta

from .date_errors import UnreadableCalendar
from .definitions import DateDefinition, WorkdayFlag
from .effort import Effort
from .icalendar_text import EVENT, ZONE, Component, components
from .icalendar_values import DefinedZone, Moment, Zones, duration, moment, moments, rule, wall_time

MAX_DATES = 20_000
MAX_BYTES = 4 << 20
MOST_STEPS = 500_000
"""A step is a day that is looked at; a line costs ten. It bounds the whole to a second's work, about."""

_LONGEST_EVENT = 3660


def icalendar_dates(
    data: str | bytes,
    first: datetime.date,
    last: datetime.date,
    *,
    date_type: str = "HOLIDAY",
    workday: WorkdayFlag = WorkdayFlag.FALSE,
) -> list[DateDefinition]:
    """The days from ``first`` to ``last`` on which the events of ``data`` fall, earliest first.

    An event of several days gives each of them; one with times gives the days of its own zone. RRULE,
    RDATE, EXDATE and changed single occurrences (RECURRENCE-ID) are followed, cancelled events left out.
    Rules that repeat within a day are refused: a date has no use for them. The description is the SUMMARY,
    ``source`` is ``ical:`` and the UID.

    Raises:
        UnreadableCalendar: when the text is not iCalendar, is too large, has too many dates or takes too
            much work.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableCalendar(f"The calendar is larger than {MAX_BYTES >> 20} MiB.")
    effort = Effort(MOST_STEPS, _too_much)
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        found = components(text, effort)
        zones = {
            each.text("TZID"): DefinedZone(each, last.toordinal(), effort)
            for each in found
            if each.name == ZONE
        }
        events = [
            _Event(each, zones) for each in found if each.name == EVENT and "DTSTART" in each.properties
        ]
        dates = list(_definitions(events, (first, last), (date_type, workday), effort))
    except UnreadableCalendar:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise UnreadableCalendar(f"The text is not iCalendar that can be read: {error}"[:200]) from None
    return sorted(dates, key=lambda each: (each.date, each.description))


def _too_much() -> UnreadableCalendar:
    return UnreadableCalendar(
        "The calendar takes too much work: give a shorter period, or a text with fewer events and rules."
    )


class _Event:
    """An event with what is asked of it more than once."""

    def __init__(self, component: Component, zones: Zones) -> None:
        self.component = component
        self.zones = zones
        self.uid = component.text("UID")
        self.summary = component.text("SUMMARY")[:4096]
        self.cancelled = component.text("STATUS").strip().upper() == "CANCELLED"
        given = component.one("DTSTART")
        assert given is not None
        self.begin = moment(given, zones)
        changed = component.one("RECURRENCE-ID")
        self.changed = None if changed is None else _day(moment(changed, zones))
        self.length = self._length()

    def _length(self) -> int:
        """How many days one occurrence touches, at least 1; DTEND is not part of it."""
        end: Moment = self.begin
        if (given := self.component.one("DTEND")) is not None:
            end = moment(given, self.zones)
        elif (given := self.component.one("DURATION")) is not None:
            end = self.begin + duration(given)
        else:
            return 1
        days = (_day(end) - _day(self.begin)).days
        if isinstance(end, datetime.datetime) and wall_time(end).time() > datetime.time():
            days += 1
        return min(max(days, 1), _LONGEST_EVENT)

    def starts(self, first: datetime.date, last: datetime.date, effort: Effort) -> list[datetime.date]:
        """The days from ``first`` to ``last`` on which an occurrence starts, in order."""
        start = wall_time(self.begin)
        low, high = first.toordinal(), last.toordinal()
        found = {start.toordinal()}
        if self.changed is None:
            times = {start.time()}
            for each in self.component.properties.get("RRULE", ()):
                followed = rule(each, self.begin)
                times = set(followed.times)
                found.update(followed.days(low, high, effort))
            found.update(given.toordinal() for given in self._listed("RDATE", effort))
            removed: dict[int, set[datetime.time]] = {}
            for given in self._listed("EXDATE", effort):
                removed.setdefault(given.toordinal(), set()).add(given.time())
            found -= {day for day, gone in removed.items() if times <= gone}
        return [datetime.date.fromordinal(day) for day in sorted(found) if low <= day <= high]

    def _listed(self, name: str, effort: Effort) -> Iterator[datetime.datetime]:
        """The moments of the properties of that name, by the clocks of the event."""
        zone = self.begin.tzinfo if isinstance(self.begin, datetime.datetime) else None
        for each in self.component.properties.get(name, ()):
            for given in moments(each, self.zones, effort):
                yield wall_time(given, zone)


def _definitions(
    events: list[_Event],
    period: tuple[datetime.date, datetime.date],
    kind: tuple[str, WorkdayFlag],
    effort: Effort,
) -> Iterator[DateDefinition]:
    first, last = period
    date_type, workday = kind
    changed = {(event.uid, event.changed) for event in events if event.changed is not None}
    seen: set[tuple[str, datetime.date]] = set()
    for event in events:
        if event.cancelled:
            continue
        for start in event.starts(first - timedelta(event.length - 1), last, effort):
            if event.changed is None and (event.uid, start) in changed:
                continue
            effort.spend(event.length)
            for day in (start + timedelta(number) for number in range(event.length)):
                if not first <= day <= last or (event.uid, day) in seen:
                    continue
                seen.add((event.uid, day))
                if len(seen) > MAX_DATES:
                    raise UnreadableCalendar(f"The calendar has more than {MAX_DATES} dates in that range.")
                yield DateDefinition(
                    date_type=date_type,
                    date=day,
                    description=event.summary,
                    workday=workday,
                    source=f"ical:{event.uid}"[:255],
                )


def _day(given: Moment) -> datetime.date:
    return given.date() if isinstance(given, datetime.datetime) else given
