"""One event of an iCalendar text, and the occurrences that it has by itself (RFC 5545 section 3.6.1)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from .date_errors import UnreadableCalendar
from .effort import Effort
from .icalendar_text import Component
from .icalendar_values import Moment, Zones, duration, moment, moments, reading, rule, span, wall_time

LONGEST_EVENT = timedelta(3660)
_MIDNIGHT = datetime.time()
_AT_ONCE = timedelta()


class Occurrence(Struct, frozen=True):
    """When an event takes place once, by the clocks of its own zone, and how long."""

    start: datetime.datetime
    length: timedelta

    @property
    def days(self) -> range:
        """The days that it touches, as ordinals, at least one; the moment of its end is not part of it."""
        first = self.start.toordinal()
        try:
            last = (self.start + max(self.length - timedelta.resolution, _AT_ONCE)).toordinal()
        except OverflowError:
            last = datetime.date.max.toordinal()
        return range(first, last + 1)


class Event:
    """An event with what is asked of it more than once.

    Attributes:
        uid: what it is known by; all its versions and changed occurrences bear the same.
        version: of two events with one UID the one with the higher version counts (RFC 5546 section 2.1.5).
        changed: the occurrence of the series that it replaces (RECURRENCE-ID), or None.
        lasting: whether it replaces those after it too (RANGE=THISANDFUTURE).

    Raises:
        UnreadableCalendar: with its line and name, by each method too.
    """

    def __init__(self, component: Component, zones: Zones) -> None:
        self.component = component
        self.zones = zones
        self.line = component.line
        self.summary = _unescaped(component.text("SUMMARY"))[:4096]
        with _named(self):
            self.uid = component.text("UID")
            self.version = _version(component)
            self.cancelled = component.text("STATUS").upper() == "CANCELLED" or (
                component.calendar is not None and component.calendar.text("METHOD").upper() == "CANCEL"
            )
            self.changed, self.lasting = self._changed()
            self.begin = self._begin()
            self.length = self._length()

    def _begin(self) -> Moment:
        given = self.component.one("DTSTART")
        if given is None:
            # An event is cancelled by its name alone.
            if not self.cancelled:
                raise UnreadableCalendar("It has no DTSTART.", line=self.line)
            return self.changed or datetime.date.min
        return moment(given, self.zones)

    def _changed(self) -> tuple[Moment | None, bool]:
        given = self.component.one("RECURRENCE-ID")
        if given is None:
            return None, False
        reach = given.parameter("RANGE").upper()
        if reach not in ("", "THISANDFUTURE"):
            raise UnreadableCalendar(f"A change with RANGE={reach[:40]} cannot be followed.", line=given.line)
        return moment(given, self.zones), bool(reach)

    def _length(self) -> timedelta:
        whole_day = timedelta(0 if isinstance(self.begin, datetime.datetime) else 1)
        if (given := self.component.one("DTEND")) is not None:
            with reading(given):
                found = span(self.begin, moment(given, self.zones))
        elif (given := self.component.one("DURATION")) is not None:
            found = duration(given)
        else:
            return whole_day
        return min(max(found, whole_day), LONGEST_EVENT)

    @property
    def remark(self) -> str | None:
        """What is to be told of it though it can be read."""
        given = self.component.one("DTEND")
        if given is None or span(self.begin, moment(given, self.zones)) >= timedelta():
            return None
        return f"Line {given.line}, event {self.name}: it ends before it begins, and counts as one day."

    @property
    def name(self) -> str:
        """What a person would call it, in quotes."""
        return repr((self.summary or self.uid or "without a name")[:60])

    @property
    def zone(self) -> datetime.tzinfo | None:
        """The zone on whose clocks it starts."""
        return self.begin.tzinfo if isinstance(self.begin, datetime.datetime) else None

    @property
    def start(self) -> datetime.datetime:
        """The local time at which it starts."""
        return wall_time(self.begin)

    def local(self, given: Moment) -> datetime.datetime | datetime.date:
        """A moment by the clocks of this event: its start's time of day decides whether a day is meant.

        A day stays one; a time of an event that lasts whole days is the day on which it lies.
        """
        if not isinstance(given, datetime.datetime):
            return given
        if not isinstance(self.begin, datetime.datetime):
            return given.date()
        return wall_time(given, self.zone)

    def occurrences(self, first: int, last: int, effort: Effort) -> list[Occurrence]:
        """Those that start on a day from ``first`` to ``last`` (ordinals), in order."""
        with _named(self):
            return self._occurrences(first, last, effort)

    def _occurrences(self, first: int, last: int, effort: Effort) -> list[Occurrence]:
        rules = [rule(each, self.begin) for each in self.component.properties.get("RRULE", ())]
        found: dict[datetime.datetime, timedelta] = {}
        if not rules or not all(each.is_over for each in rules):
            found[self.start] = self.length
        for each in rules:
            for start in each.moments(first, last, effort):
                found[start] = self.length
        for given, length in self._listed("RDATE", effort):
            start = self._at(given)
            found[start] = self.length if length is None else min(max(length, _AT_ONCE), LONGEST_EVENT)
        gone = {given for given, _ in self._listed("EXDATE", effort)}
        for without in self.component.properties.get("EXRULE", ()):
            gone.update(rule(without, self.begin).moments(first, last, effort))
        return [
            Occurrence(start, length)
            for start, length in sorted(found.items())
            if first <= start.toordinal() <= last and start not in gone and start.date() not in gone
        ]

    def _at(self, given: Moment) -> datetime.datetime:
        if isinstance(given, datetime.datetime):
            return given
        return datetime.datetime.combine(given, self.start.time())

    def _listed(self, name: str, effort: Effort) -> Iterator[tuple[Moment, timedelta | None]]:
        """The moments of the properties of that name, by the clocks of the event, and how long they last."""
        for each in self.component.properties.get(name, ()):
            for given, length in moments(each, self.zones, effort):
                yield self.local(given), length


class _named:
    """Says in an error which event it is about, and where that stands."""

    def __init__(self, event: Event) -> None:
        self._event = event

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, UnreadableCalendar) and error.line is not None:
            error.message = f"Line {error.line}, event {self._event.name}: {error.message}"


def _version(component: Component) -> tuple[int, str, str]:
    sequence = component.text("SEQUENCE")
    number = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 19 else 0
    return number, component.text("DTSTAMP"), component.text("LAST-MODIFIED")


def _unescaped(text: str) -> str:
    from icalendar.prop import vText

    return str(vText.from_ical(text))
