"""Waiting for entries by event, and how many callers may do so for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from jams.database.changes import Changes
from jams.objects.errors import ServerUnavailable

LONGEST_WAIT = 60.0
"""Seconds that one call waits at most; whoever still wants to wait asks again."""

SHORT_WAIT = 1.0
"""Seconds granted to a caller when enough others wait already."""

_JUST_NOW = 0.1
_REMEMBERED = 4096


@dataclass(slots=True, eq=False)
class _Waiter:
    until_ended: bool
    event: threading.Event = field(default_factory=threading.Event)


class Waiters:
    """Callers that wait for entries; the database tells :meth:`publish` what has changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[int, list[_Waiter]] = {}
        self._changed: dict[int, float] = {}
        self._closed = False

    def close(self) -> None:
        """Wake everybody, and let nobody wait any more."""
        with self._lock:
            self._closed = True
            for waiters in self._waiting.values():
                for waiter in waiters:
                    waiter.event.set()

    def check_open(self) -> None:
        """Raises ServerUnavailable when nobody may wait any more."""
        if self._closed:
            raise ServerUnavailable("The server is stopping; ask again when it is back.")

    def publish(self, changes: Changes) -> None:
        """Wake whoever waits for one of these entries."""
        now = time.monotonic()
        with self._lock:
            if len(self._changed) > _REMEMBERED:
                self._changed.clear()
            for number, change in changes.items():
                self._changed[number] = now
                for waiter in self._waiting.get(number, ()):
                    if not waiter.until_ended or change.over:
                        waiter.event.set()

    def look_again(self) -> None:
        """Wake everybody: each looks for himself whether what he waits for has come."""
        with self._lock:
            for waiters in self._waiting.values():
                for waiter in waiters:
                    waiter.event.set()

    def changed_just_now(self, number: int) -> bool:
        """Whether the entry changed so shortly ago that a caller may not have seen it."""
        with self._lock:
            return time.monotonic() - self._changed.get(number, 0.0) < _JUST_NOW

    @contextmanager
    def joined(self, number: int, *, until_ended: bool = False) -> Iterator[threading.Event]:
        """An event that is set at the next change of the entry or, if so wanted, at its end.

        Raises ServerUnavailable when nobody may wait any more.
        """
        waiter = _Waiter(until_ended)
        with self._lock:
            self.check_open()
            self._waiting.setdefault(number, []).append(waiter)
        try:
            yield waiter.event
        finally:
            with self._lock:
                others = self._waiting[number]
                others.remove(waiter)
                if not others:
                    del self._waiting[number]


class WaitGuard:
    """Keeps callers that wait from taking all of a server's threads.

    So many threads at once may wait for as long as they ask; further ones get a short wait, and ask again.
    A thread's grant ends with its time, when it is given back, or when the thread asks anew.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._grants: dict[int, float] = {}

    def grant(self, seconds: float) -> float:
        """How long the calling thread may wait."""
        now, me = time.monotonic(), threading.get_ident()
        with self._lock:
            self._grants = {
                thread: until for thread, until in self._grants.items() if until > now and thread != me
            }
            wanted = min(max(seconds, 0.0), LONGEST_WAIT)
            granted = wanted if len(self._grants) < self._most else min(wanted, SHORT_WAIT)
            if granted > SHORT_WAIT:
                self._grants[me] = now + granted
            return granted

    def give_back(self) -> None:
        """The calling thread waits no more."""
        with self._lock:
            self._grants.pop(threading.get_ident(), None)
