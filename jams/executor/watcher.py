"""One thread that notices the ends of processes, for all runs.

On Linux it sleeps until a process descriptor (pidfd) becomes readable, which works for children and for
adopted processes alike and cannot confuse a process with a later one of the same id. Elsewhere, and for
a process beyond the limit of open files, it looks every 50 ms.
"""

from __future__ import annotations

import heapq
import logging
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Protocol

_POLL_SECONDS = 0.05
_logger = logging.getLogger(__name__)


class _Ends(Protocol):
    """Where ends are awaited: ``add`` says whether it can await this one."""

    def add(self, key: str, pid: int) -> bool: ...

    def wait(self, timeout: float | None) -> list[str]: ...

    def wake(self) -> None: ...

    def close(self) -> None: ...


class _ProcessDescriptors:
    """Awaits ends by pidfd in one epoll; ``add`` and ``wake`` may come from any thread. Linux only."""

    def __init__(self) -> None:
        assert sys.platform == "linux"
        self._epoll = select.epoll()
        self._keys: dict[int, str] = {}
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._epoll.register(self._wake, select.EPOLLIN)

    def add(self, key: str, pid: int) -> bool:
        try:
            descriptor = os.pidfd_open(pid)
        except OSError:
            return False
        self._keys[descriptor] = key
        self._epoll.register(descriptor, select.EPOLLIN)
        return True

    def wait(self, timeout: float | None) -> list[str]:
        ended = []
        for descriptor, _ in self._epoll.poll(timeout):
            if descriptor == self._wake:
                with suppress(BlockingIOError):
                    os.eventfd_read(self._wake)
                continue
            self._epoll.unregister(descriptor)
            ended.append(self._keys.pop(descriptor))
            os.close(descriptor)
        return ended

    def wake(self) -> None:
        os.eventfd_write(self._wake, 1)

    def close(self) -> None:
        for descriptor in [*self._keys, self._wake]:
            os.close(descriptor)
        self._epoll.close()


class _NoDescriptors:
    """Awaits nothing itself, so that every run is looked at regularly. Not verified."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def add(self, key: str, pid: int) -> bool:
        return False

    def wait(self, timeout: float | None) -> list[str]:
        self._woken.wait(timeout)
        self._woken.clear()
        return []

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        return


class Watcher:
    """Calls ``ended`` with the key of a run whose process is no more, in a thread of its own."""

    def __init__(self, ended: Callable[[str], None], *, descriptors: bool = True) -> None:
        """Starts the thread; ``descriptors=False`` looks regularly although the system could tell."""
        self._ended = ended
        able = descriptors and sys.platform == "linux" and hasattr(os, "pidfd_open")
        self._ends: _Ends = _ProcessDescriptors() if able else _NoDescriptors()
        self._looked_at: dict[str, Callable[[], bool]] = {}
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._lock = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="jams-executor-watcher", daemon=True)
        self._thread.start()

    def watch(self, key: str, pid: int, gone: Callable[[], bool]) -> None:
        """Await the end of process ``pid``; ``gone`` tells it when the system cannot."""
        with self._lock:
            if not self._closing and not self._ends.add(key, pid):
                self._looked_at[key] = gone
                self._ends.wake()

    def call_later(self, seconds: float, action: Callable[[], None]) -> None:
        """Call ``action`` in the watcher's thread when ``seconds`` have passed, unless closed before."""
        with self._lock:
            if not self._closing:
                heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), action))
                self._ends.wake()

    def close(self) -> None:
        """Stop watching; idempotent. The processes go on. Not for the watcher's own thread."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            self._ends.wake()
        self._thread.join()
        self._ends.close()

    def _run(self) -> None:
        while not self._closing:
            for key in [*self._ends.wait(self._timeout()), *self._found_gone()]:
                self._safely(lambda key=key: self._ended(key))  # type: ignore[misc]
            for action in self._take_due():
                self._safely(action)

    def _timeout(self) -> float | None:
        with self._lock:
            waits = [_POLL_SECONDS] if self._looked_at else []
            if self._due:
                waits.append(max(0.0, self._due[0][0] - time.monotonic()))
        return min(waits, default=None)

    def _found_gone(self) -> list[str]:
        with self._lock:
            looked_at = [*self._looked_at.items()]
        gone = [key for key, is_gone in looked_at if is_gone()]
        with self._lock:
            for key in gone:
                del self._looked_at[key]
        return gone

    def _take_due(self) -> list[Callable[[], None]]:
        now = time.monotonic()
        with self._lock:
            return [heapq.heappop(self._due)[2] for _ in range(len(self._due)) if self._due[0][0] <= now]

    @staticmethod
    def _safely(action: Callable[[], None]) -> None:
        try:
            action()
        except Exception:
            _logger.exception("The end of a run could not be handled.")
