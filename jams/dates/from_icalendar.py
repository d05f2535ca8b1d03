"""Dates from an iCalendar text (RFC 5545) as date definitions, repeated events within a range of days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .date_errors import UnreadableCalendar
from .definitions import CalendarReading, DateDefinition, WorkdayFlag
from .effort import Effort
from .icalendar_events import Event
from .icalendar_series import Series
from .icalendar_text import EVENT, ZONE, Component, components
from .icalendar_values import Zones

MAX_DATES = 20_000
MAX_BYTES = 4 << 20
MOST_STEPS = 500_000
"""A step is a day that is looked at; a line costs ten. It bounds the whole to a second's work, about."""

_MOST_REMARKS = 100


def icalendar_dates(
    data: str | bytes,
    first: datetime.date,
    last: datetime.date,
    *,
    date_type: str = "HOLIDAY",
    workday: WorkdayFlag = WorkdayFlag.FALSE,
) -> list[DateDefinition]:
    """The dates of :func:`icalendar_reading`, alone."""
    return list(icalendar_reading(data, first, last, date_type=date_type, workday=workday).dates)


def icalendar_reading(
    data: str | bytes,
    first: datetime.date,
    last: datetime.date,
    *,
    date_type: str = "HOLIDAY",
    workday: WorkdayFlag = WorkdayFlag.FALSE,
    source: str = "ical",
) -> CalendarReading:
    """The days from ``first`` to ``last`` on which the events of ``data`` fall, earliest first.

    An event of several days gives each of them; one with times gives the days of its own zone, and one in UTC
    those of the calendar's zone (X-WR-TIMEZONE) where it names one. RRULE, RDATE, EXDATE, EXRULE and changed
    occurrences (RECURRENCE-ID, also for all that follow) are followed, of several versions of an event the
    newest counts, and what is cancelled is left out. Rules that repeat within a day are refused: a date has
    no use for them. The description is the SUMMARY, ``source`` is followed by the UID.

    Raises:
        UnreadableCalendar: when the text is not iCalendar, is cut off, is too large, has too many dates or
            takes too much work, or when an event cannot be followed; with the line and the event's name.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableCalendar(f"The calendar is larger than {MAX_BYTES >> 20} MiB.")
    effort = Effort(MOST_STEPS, _too_much)
    found = components(_decoded(data), effort)
    events = _events(found, last.toordinal(), effort)
    series = _together(events)
    days = _Days(first.toordinal(), last.toordinal(), effort)
    dates = [
        DateDefinition(
            date_type=date_type,
            date=datetime.date.fromordinal(day),
            description=event.summary,
            workday=workday,
            source=f"{source}:{event.uid}"[:255],
        )
        for each in series
        for event, day in days.of(each)
    ]
    return CalendarReading(
        dates=tuple(sorted(dates, key=lambda each: (each.date, each.description))),
        sources=frozenset(f"{source}:{event.uid}"[:255] for event in events if event.uid),
        remarks=tuple(_remarks(series, dates, days)),
    )


def _decoded(data: str | bytes) -> str:
    if isinstance(data, str):
        return data
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableCalendar(f"The text is not UTF-8: see its byte {error.start + 1}.") from None


def _too_much() -> UnreadableCalendar:
    return UnreadableCalendar(
        "The calendar takes too much work: give a shorter period, or a text with fewer events and rules."
    )


def _events(found: list[Component], last: int, effort: Effort) -> list[Event]:
    defined: dict[int, list[Component]] = {}
    for each in found:
        if each.name == ZONE:
            defined.setdefault(id(each.calendar), []).append(each)
    zones: dict[int, Zones] = {}
    events = []
    for each in found:
        if each.name == EVENT:
            key = id(each.calendar)
            if key not in zones:
                default = "" if each.calendar is None else each.calendar.text("X-WR-TIMEZONE")
                zones[key] = Zones(defined.get(key, ()), default, last, effort)
            events.append(Event(each, zones[key]))
    return events


def _together(events: list[Event]) -> list[Series]:
    """The events by UID; one that has none stands for itself."""
    groups: dict[str | int, list[Event]] = {}
    for number, event in enumerate(events):
        groups.setdefault(event.uid or number, []).append(event)
    return [Series(each) for each in groups.values()]


class _Days:
    """The days on which what takes place lies, within a range of ordinals."""

    def __init__(self, first: int, last: int, effort: Effort) -> None:
        self._first, self._last, self._effort = first, last, effort
        self._number = 0
        self.outside = False

    def of(self, series: Series) -> Iterator[tuple[Event, int]]:
        """Each day of a series once, with the event that says so."""
        seen: set[int] = set()
        for event, occurrence in series.occurrences(self._first, self._last, self._effort):
            days = occurrence.days
            self._effort.spend(1)
            if days[0] > self._last or days[-1] < self._first:
                self.outside = True
                continue
            self._effort.spend(len(days))
            for day in days:
                if self._first <= day <= self._last and day not in seen:
                    seen.add(day)
                    self._number += 1
                    if self._number > MAX_DATES:
                        raise UnreadableCalendar(
                            f"The calendar has more than {MAX_DATES} dates in that range."
                        )
                    yield event, day


def _remarks(series: list[Series], dates: list[DateDefinition], days: _Days) -> Iterator[str]:
    counting = [event for each in series for event in each.events]
    if not counting:
        yield "The calendar has no events."
    elif not dates:
        cancelled = all(event.cancelled for event in counting)
        yield "All its events are cancelled." if cancelled else "None of its events lies in the period."
    told = [remark for event in counting if not event.cancelled and (remark := event.remark)]
    yield from told[:_MOST_REMARKS]
    if len(told) > _MOST_REMARKS:
        yield f"There are {len(told) - _MOST_REMARKS} more of this kind."
