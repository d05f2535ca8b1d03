"""Things to be done at a later time, of which most are called off before: one thread waits for them all."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable

from .threads import WORKERS

_LOG = logging.getLogger(__name__)

_AGAIN = 1.0
"""Seconds until another try where the system gave no thread."""


class Alarm:
    """Something that will be done, unless it is cancelled before."""

    __slots__ = ("_alarms", "action", "at")

    def __init__(self, alarms: Alarms, at: float, action: Callable[[], object]) -> None:
        self._alarms = alarms
        self.at = at
        self.action = action

    def cancel(self) -> None:
        """Call it off. Nothing happens if it has been done."""
        self._alarms.cancel(self)


class Alarms:
    """Does things when their time has come, each in a thread of its own, since they may have to wait.

    A timer of the standard library takes a thread from the moment it is set, and every pipeline has one.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pending: set[Alarm] = set()
        self._next = math.inf
        self._watching = False

    def after(self, seconds: float, action: Callable[[], object]) -> Alarm:
        """Do something in so many seconds."""
        alarm = Alarm(self, time.monotonic() + seconds, action)
        with self._changed:
            self._pending.add(alarm)
            if not self._watching:
                threading.Thread(target=self._watch, name="alarms", daemon=True).start()
                self._watching = True
            elif alarm.at < self._next:
                self._changed.notify()
        return alarm

    def cancel(self, alarm: Alarm) -> None:
        """Call something off."""
        with self._changed:
            self._pending.discard(alarm)

    def _watch(self) -> None:
        while True:
            for alarm in self._due():
                try:
                    WORKERS.run(alarm.action)
                except RuntimeError:
                    _LOG.warning("something has to wait, since the system gives no more threads")
                    self.after(_AGAIN, alarm.action)

    def _due(self) -> list[Alarm]:
        """Wait until something is due; a time that was called off meanwhile costs one look."""
        with self._changed:
            while True:
                now = time.monotonic()
                due = [alarm for alarm in self._pending if alarm.at <= now]
                if due:
                    self._pending.difference_update(due)
                    return due
                self._next = min((alarm.at for alarm in self._pending), default=math.inf)
                self._changed.wait(None if self._next == math.inf else self._next - now)


ALARMS = Alarms()
"""Those of this process."""
