"""The part of the day in which an entry may start (semantics 3.6)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from jams.database import named_times
from jams.database.reading import Found
from jams.dates import Window
from jams.dates.zones import time_zone
from jams.objects.enums import EntryState, MissedWindowAction, ReleaseType
from jams.objects.errors import JAMSError
from jams.objects.needs import WindowNeed
from jams.objects.waits import WaitKind

from .. import topics
from .base import Shut, Subject


class OpenWindow:
    """A window as it stands: whether it is open, when it opens, when it closes."""

    def __init__(self, c: Connection, need: WindowNeed, now: datetime) -> None:
        self.name = need.name
        self.gone = self.off = False
        zone = time_zone(need.zone)
        start, end = need.start, need.end
        if need.named_time_id is not None:
            try:
                found = named_times.get(c, need.named_time_id)
            except JAMSError:
                self.gone = True
                self.opens, self.closes = now, None
                return
            self.off = not found.enabled
            start, end = found.start_time.total_seconds, found.end_time.total_seconds
        self._window, self._zone, self._now = Window(_of_day(start), _of_day(end)), zone, now
        self.opens = self._window.opens(now, zone)
        self.closes = self._window.closes(now, zone)

    @property
    def is_open(self) -> bool:
        """Whether entries may start now."""
        return not self.gone and not self.off and self.closes is not None

    def missed(self, due: datetime | None) -> bool:
        """Whether the opening in which an entry was due is over."""
        if self.gone or due is None:
            return False
        closed = self._window.closes(due, self._zone)
        return closed is not None and closed <= self._now


def window(subject: Subject) -> Shut | None:
    """Shut until the window is open."""
    need = subject.needs.window
    if need is None or ReleaseType.TIME_SLOT_WAIT in subject.passed:
        return None
    found = OpenWindow(subject.c, need, subject.now)
    if found.is_open:
        return None
    if need.action is MissedWindowAction.ABORT and found.missed(_due(subject.row)):
        return Shut(EntryState.TIMED, list, refusal="Its window has closed before it started.")
    named = f"its window {need.name}" if need.name else "its window"
    if found.gone:
        told, opens = f"There is no named time {need.name} any more.", None
    elif found.off:
        told, opens = f"The named time {need.name} is disabled.", None
    else:
        told = f"It waits until {named} opens at {found.opens:%Y-%m-%d %H:%M} UTC."
        opens = found.opens
    about = {topics.named_time(need.named_time_id)} if need.named_time_id is not None else set()
    return Shut(
        EntryState.TIMED,
        lambda: [
            subject.wait(
                kind=WaitKind.WINDOW,
                name=need.name,
                object_id=need.named_time_id,
                message=told,
                since_utc=subject.row.since,
                opens_utc=opens,
                opened_by="the time" if opens else "somebody who enables the named time",
                release_type=ReleaseType.TIME_SLOT_WAIT,
            )
        ],
        topics=frozenset(about),
        look_at=opens,
    )


def _due(row: Found) -> datetime | None:
    """For when an entry is due; None for one that was told to run again, whose time is long over."""
    if row.hold_time is not None or row.restart_count:
        hold_time: datetime | None = row.hold_time
        return hold_time
    scheduled: datetime = row.scheduled_time
    return scheduled


def _of_day(seconds: int) -> time:
    return (datetime.min + timedelta(seconds=seconds)).time()
