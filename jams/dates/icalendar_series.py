"""Events that belong together: the newest version of a series, and the occurrences changed since.

RFC 5545 sections 3.8.4.4 (RECURRENCE-ID) and 3.2.13 (RANGE); RFC 5546 section 2.1.5 (versions).
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import timedelta

from .effort import Effort
from .icalendar_events import LONGEST_EVENT, Event, Occurrence
from .icalendar_values import wall_time
from .workdays import FIRST_DAY, LAST_DAY

_FARTHEST = timedelta(3660)
"""How far a change that lasts may move the occurrences after it."""


class Series:
    """All that a text says under one UID: of each thing only its newest version."""

    def __init__(self, events: Iterable[Event]) -> None:
        together = list(events)
        self._masters = _newest([each for each in together if each.changed is None])
        changes: dict[datetime.date, list[Event]] = {}
        for event in together:
            if event.changed is not None:
                changes.setdefault(self._key(event), []).append(event)
        self._changes = {key: found[0] for key, each in changes.items() if (found := _newest(each))}
        whole = self._masters[0] if self._masters else None
        if whole is not None and whole.cancelled:
            # Who cancels the whole means what was changed of it before, too.
            self._changes = {k: e for k, e in self._changes.items() if e.version > whole.version}
        lasting = [(_time(key), event) for key, event in self._changes.items() if event.lasting]
        self._lasting = sorted(lasting, key=lambda each: each[0])

    @property
    def events(self) -> list[Event]:
        """The versions that count."""
        return [*self._masters, *self._changes.values()]

    def _key(self, event: Event) -> datetime.date:
        """Which occurrence is changed: the local time in the series, or a day."""
        assert event.changed is not None
        series = self._masters[0] if self._masters else event
        return series.local(event.changed)

    def occurrences(self, first: int, last: int, effort: Effort) -> Iterator[tuple[Event, Occurrence]]:
        """What takes place from the day ``first`` to ``last`` (ordinals), and the event that says so."""
        self._forget_left(effort)
        for event in self._changes.values():
            if not event.cancelled:
                yield event, Occurrence(event.start, event.length)
        for master in self._masters:
            if not master.cancelled:
                yield from self._of(master, first, last, effort)

    def _forget_left(self, effort: Effort) -> None:
        """Leave out changes that are older than the series, of occurrences that it has no longer."""
        if not self._masters or self._masters[0].cancelled:
            return
        newest = self._masters[0].version[0]
        older = [key for key, event in self._changes.items() if event.version[0] < newest]
        if not older:
            return
        days = [key.toordinal() for key in older]
        there: set[datetime.date] = set()
        for master in self._masters:
            for found in master.occurrences(min(days), max(days), effort):
                there |= {found.start, found.start.date()}
        for key in older:
            if key not in there:
                del self._changes[key]
        self._lasting = [each for each in self._lasting if each[1] in self._changes.values()]

    def _of(self, master: Event, first: int, last: int, effort: Effort) -> Iterator[tuple[Event, Occurrence]]:
        moves = [self._move(master, start, event) for start, event in self._lasting]
        early = max([*moves, timedelta()]).days + 1
        late = max([*(-each for each in moves), timedelta()]).days + 1
        begin = max(first - LONGEST_EVENT.days - early, FIRST_DAY)
        if not any(each.length > timedelta(1) for each in (master, *(event for _, event in self._lasting))):
            begin = max(first - 1 - early, FIRST_DAY)
        if master.component.properties.get("RDATE"):
            begin = max(first - LONGEST_EVENT.days - early, FIRST_DAY)
        starts = [start for start, _ in self._lasting]
        for found in master.occurrences(begin, min(last + late, LAST_DAY), effort):
            if found.start in self._changes or found.start.date() in self._changes:
                continue
            index = bisect_right(starts, found.start) - 1
            if index < 0:
                yield master, found
                continue
            event = self._lasting[index][1]
            if not event.cancelled:
                yield event, Occurrence(found.start + moves[index], event.length)

    def _move(self, master: Event, start: datetime.datetime, event: Event) -> timedelta:
        """By how much a change that lasts moves what comes after it."""
        if event.cancelled:
            return timedelta()
        moved = wall_time(event.begin, master.zone) - start
        return min(max(moved, -_FARTHEST), _FARTHEST)


def _time(key: datetime.date) -> datetime.datetime:
    return key if isinstance(key, datetime.datetime) else datetime.datetime.combine(key, datetime.time())


def _newest(events: list[Event]) -> list[Event]:
    """Those of the highest version: several where nothing says which of them is newer."""
    highest = max((each.version for each in events), default=None)
    return [each for each in events if each.version == highest]
