"""Waiting for entries by event."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from jams.database.changes import Changes
from jams.objects.errors import ServerUnavailable

LONGEST_WAIT = 60.0
"""Seconds that one call waits at most; whoever still wants to wait asks again."""

ANYTHING = -1
"""Stands where entry numbers do: whatever has changed."""

_JUST_NOW = 0.1
_REMEMBERED = 4096


class Flag(Protocol):
    """What is set when something has happened; setting it must not take long."""

    def set(self) -> None:
        """Something has happened."""


class Signal:
    """Like an event of :mod:`threading`, but calls somebody instead of waking a thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_set = False
        self._called: Callable[[], None] | None = None

    def set(self) -> None:
        """Something has happened: call whoever is to be called, once."""
        with self._lock:
            self._is_set = True
            called, self._called = self._called, None
        if called is not None:
            called()

    def clear(self) -> None:
        """What has happened until now is known; nobody is to be called."""
        with self._lock:
            self._is_set, self._called = False, None

    def then(self, call: Callable[[], None]) -> None:
        """Call once something has happened: at once, if it has."""
        with self._lock:
            if not self._is_set:
                self._called = call
                return
        call()


@dataclass(slots=True, eq=False)
class _Waiter:
    until_ended: bool
    event: Flag


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
        self.look_again()

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
            woken = list(self._waiting.get(ANYTHING, ()))
            for number, change in changes.items():
                self._changed[number] = self._changed[ANYTHING] = now
                for waiter in self._waiting.get(number, ()):
                    if not waiter.until_ended or change.over:
                        woken.append(waiter)
        for waiter in woken:
            waiter.event.set()

    def look_again(self) -> None:
        """Wake everybody: each looks for himself whether what he waits for has come."""
        with self._lock:
            woken = [waiter for waiters in self._waiting.values() for waiter in waiters]
        for waiter in woken:
            waiter.event.set()

    def changed_just_now(self, number: int) -> bool:
        """Whether the entry changed so shortly ago that a caller may not have seen it."""
        with self._lock:
            return time.monotonic() - self._changed.get(number, 0.0) < _JUST_NOW

    def join(self, number: int, event: Flag, *, until_ended: bool = False) -> Callable[[], None]:
        """Have an event set at each change of an entry, or at its end; to call what is given back ends that.

        Raises ServerUnavailable when nobody may wait any more.
        """
        waiter = _Waiter(until_ended, event)
        with self._lock:
            self.check_open()
            self._waiting.setdefault(number, []).append(waiter)
        return lambda: self._leave(number, waiter)

    @contextmanager
    def joined(self, number: int, *, until_ended: bool = False) -> Iterator[threading.Event]:
        """As :meth:`join` for the time of a block, with an event that a thread can wait for."""
        event = threading.Event()
        leave = self.join(number, event, until_ended=until_ended)
        try:
            yield event
        finally:
            leave()

    def until(self, is_over: Callable[[], bool], number: int, timeout: float, *, net: float) -> bool:
        """Wait in this thread until an entry is over; whether it is.

        ``net`` are the seconds after which that is asked although nobody has told of it. Raises
        ServerUnavailable when the server stops meanwhile.
        """
        deadline = time.monotonic() + timeout
        with self.joined(number, until_ended=True) as event:
            while not is_over():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                event.wait(min(left, net))
                event.clear()
                self.check_open()
            return True

    def for_change(self, number: int, timeout: float) -> bool:
        """Wait in this thread until something happens to an entry; whether it did.

        Returns at once when something happened just now, which the caller may not have seen. Raises
        ServerUnavailable when the server stops meanwhile.
        """
        with self.joined(number) as event:
            changed = self.changed_just_now(number) or event.wait(timeout)
            self.check_open()
            return changed

    def _leave(self, number: int, waiter: _Waiter) -> None:
        with self._lock:
            others = self._waiting.get(number, [])
            if waiter in others:
                others.remove(waiter)
            if not others:
                self._waiting.pop(number, None)
