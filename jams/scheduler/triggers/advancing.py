"""The part of a turn that hears what has happened to events of triggers, and fires what is complete."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from jams.database import armed_triggers, audit, changes, trigger_news, variables
from jams.database.reading import Found
from jams.objects.actors import ENGINE
from jams.objects.trigger_parts import NewsKind, ResetWhen

from . import firing, machine, stopping
from .machine import Armed, Event, News

log = logging.getLogger(__name__)

MOST_FIRINGS = 5
"""How often a trigger may fire within :data:`GUARDED`; the one after that disables it instead."""

GUARDED = timedelta(seconds=60)

QUIET = timedelta(seconds=5)
"""How long after the end of what was submitted nobody is told that a file, which has not gone, is there."""

_NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)


def advance(c: Connection, now: datetime) -> None:
    """Hear of what has happened and was not heard of, oldest first, and do what follows from it."""
    news = trigger_news.take(c)
    if not news:
        return
    rows = armed_triggers.locked(c, {each.armed_id for each in news})
    stored = armed_triggers.events(c, rows, lock=True)
    types = variables.data_types(c, {armed_triggers.watched_of(each).id for each in stored if _is_set(each)})
    watched = {each.id: armed_triggers.watched_of(each) for each in stored}
    of_row = _by_row(stored)
    following = [_Row(c, row, of_row[row.id], now) for row in rows.values()]
    known = {each.row.id: each for each in following}
    for each in news:
        one = known.get(each.armed_id)
        if one is not None:
            of_variable = each.kind is NewsKind.SET and each.event_id in watched
            data_type = types.get(watched[each.event_id].id) if of_variable else None
            one.hear(_news(each, data_type))
    for one in following:
        one.write()
    trigger_news.forget(c, [each.id for each in news])


def _is_set(event: Found) -> bool:
    return event.kind is NewsKind.SET


def _by_row(events: Iterable[Found]) -> Mapping[int, list[Found]]:
    found: dict[int, list[Found]] = defaultdict(list)
    for event in events:
        found[event.armed_id].append(event)
    return found


def _news(row: Found, data_type: object) -> News:
    return News(
        event=row.event_id,
        kind=row.kind,
        time=row.time,
        number=row.number,
        severity=row.severity,
        present=row.present,
        text=row.text,
        data_type=data_type,  # type: ignore[arg-type]
        facts=armed_triggers.facts_of(row),
    )


def armed_of(row: Found, events: Iterable[Found]) -> Armed:
    """A trigger as it is stored, for the machine."""
    return Armed(
        enabled=row.enabled,
        fired=row.fired,
        events=[
            Event(
                each.id,
                armed_triggers.watched_of(each),
                each.met,
                each.since,
                each.told,
                armed_triggers.facts_of(each),
            )
            for each in events
            if each.kind is not NewsKind.OVER
        ],
    )


class _Row:
    """A trigger in this turn."""

    def __init__(self, c: Connection, row: Found, events: Sequence[Found], now: datetime) -> None:
        self.row = row
        self._c = c
        self._now = now
        self._events = {each.id: each for each in events}
        self._armed = armed_of(row, events)
        self._conduct = armed_triggers.conduct_of(row)
        self._fired_anew = False
        self._under_way = {each.id for each in events if each.kind is NewsKind.OVER}
        self._all_over = False

    def hear(self, news: News) -> None:
        """Take something to its knowledge, and let it fire for that."""
        if news.kind is NewsKind.OVER:
            armed_triggers.has_ended(self._c, news.event)
            self._under_way.discard(news.event)
            self._all_over = not self._under_way
        if machine.hear(self._armed, news):
            self._fire()

    def _fire(self) -> None:
        c, id, now = self._c, self.row.id, self._now
        reasons = "; ".join(event.told or event.watched.name for event in self._armed.events)
        count = armed_triggers.fired_since(c, [id], now - GUARDED).get(id, 0)
        if count >= MOST_FIRINGS:
            self._stop(reasons)
            return
        armed_triggers.record_firing(c, id, now, GUARDED)
        fired = firing.fired(self.row, self._conduct, self._armed.events, reasons, now)
        numbers, problem = firing.submit(c, fired, self._conduct, self.row.name, now)
        if problem is not None:
            self._tell(f"{self.row.name} fired because {reasons}. {problem}", wrong=True)
        problem = problem or self._circle()
        armed_triggers.change(c, id, last_fired=now, problem=problem)
        self._fired_anew = True
        reset = self._conduct.reset
        if reset is ResetWhen.AT_END or self._has_files:
            self._under_way |= {armed_triggers.await_end(c, id, number) for number in numbers}
        if reset is ResetWhen.AT_END and numbers:
            self._armed.fired = True
        elif reset is not ResetWhen.BY_HAND:
            self._armed.begin_anew()
        else:
            self._armed.fired = True

    def _circle(self) -> str | None:
        """What is said of a trigger that fires itself by way of others."""
        found = stopping.circle(self._c, self.row, self._armed.events)
        if not found:
            return None
        told = f"Triggers fire each other in a circle: {' → '.join(found)}."
        if self.row.problem != told:
            self._tell(f"{self.row.name}: {told}", wrong=True)
        return told

    @property
    def _has_files(self) -> bool:
        return any(each.kind is NewsKind.FILE for each in self._events.values())

    def _stop(self, reasons: str) -> None:
        seconds = int(GUARDED.total_seconds())
        told = (
            f"It was to fire more than {MOST_FIRINGS} times within {seconds} seconds, and was disabled: "
            f"{reasons}."
        )
        circle = self._circle()
        if circle is not None:
            told += f" {circle}"
        self._armed.enabled = False
        armed_triggers.change(self._c, self.row.id, enabled=False, stopped=told)
        self._tell(f"{self.row.name}: {told}", wrong=True)
        stopping.tell(self._c, self.row, self._conduct, told, self._now)

    def _tell(self, message: str, *, wrong: bool) -> None:
        log.log(logging.ERROR if wrong else logging.INFO, "%s", message)
        audit.record(
            self._c, user=ENGINE, door="Scheduler", operation="trigger", target=self.row.name, message=message
        )

    def write(self) -> None:
        """Store what has become of it."""
        armed, row = self._armed, self.row
        if armed.reset or armed.fired != row.fired:
            values = {"last_reset": self._now} if armed.reset else {}
            armed_triggers.change(self._c, row.id, fired=armed.fired, **values)
        looks_anew = self._has_files and (armed.reset or self._all_over)
        if armed.reset and any(each.kind is NewsKind.MAIL for each in self._events.values()):
            # The next mail that waits may be taken.
            changes.note(self._c, changes.DEFINITIONS, changes.OTHERWISE)
        if looks_anew:
            # Who watches files is to look for them anew.
            changes.note(self._c, changes.DEFINITIONS, changes.OTHERWISE)
        # A file that stays is told of again when what was submitted for it has ended.
        quiet = _NOT_YET if self._under_way else self._now + QUIET
        armed_triggers.change_events(
            self._c,
            [
                {
                    "at": event.id,
                    "met": event.met,
                    "since": event.since,
                    "told": event.told,
                    "facts": armed_triggers.facts_encoded(event.facts),
                    # Whether a file is there is told anew after a reset.
                    "seen": None if armed.reset else self._events[event.id].seen,
                    "quiet_until": quiet if looks_anew else self._events[event.id].quiet_until,
                }
                for event in armed.events
                if event.changed or armed.reset or looks_anew
            ],
        )
