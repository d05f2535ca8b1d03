"""Searches of logs, in threads of their own: nobody who ends a run waits for them."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from msgspec.structs import replace

from jams.objects.errors import LogNotFound
from jams.objects.run import LogPatterns, LogVerdict, RunEnded, RunOutcome

from .log_patterns import search
from .log_places import LogPlaces

SMALL = 1 << 20
"""Bytes up to which a log is small; small ones do not wait for others."""

AT_ONCE = 2
"""Logs of either size that are searched beside each other."""

_NICE = 10

log = logging.getLogger(__name__)

Search = tuple[str, LogPatterns, Callable[[LogVerdict], None]]


class Searches:
    """Searches the logs of runs that have ended.

    Args:
        places: where logs lie.
    """

    def __init__(self, places: LogPlaces) -> None:
        self._places = places
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._lanes = {small: _Lane() for small in (True, False)}
        self._closed = False

    def complete(
        self, path: str, patterns: LogPatterns | None, ended: RunEnded, then: Callable[[RunEnded], None]
    ) -> None:
        """Call ``then`` with the end of a run and what its log says; at once if nothing is looked for."""
        if patterns is None or ended.outcome is not RunOutcome.EXITED:
            then(ended)
        else:
            self._put(path, patterns, lambda verdict: then(replace(ended, log_verdict=verdict)))

    def _put(self, path: str, patterns: LogPatterns, then: Callable[[LogVerdict], None]) -> None:
        """Search a log and tell ``then`` the verdict, in a thread of this object, unless closed before."""
        lane = self._lanes[self._places.size(path) <= SMALL]
        with self._lock:
            if self._closed:
                return
            lane.waiting.append((path, patterns, then))
            if lane.threads < AT_ONCE:
                lane.threads += 1
                threading.Thread(target=self._work, args=(lane,), name="jams-log-search", daemon=True).start()

    def close(self) -> None:
        """Search and tell nothing more; waits for a call that is being made. Idempotent."""
        with self._lock:
            self._closed = True
            for lane in self._lanes.values():
                lane.waiting.clear()
        with self._telling:
            return

    def _work(self, lane: _Lane) -> None:
        _step_back()
        while True:
            with self._lock:
                if not lane.waiting:
                    lane.threads -= 1
                    return
                path, patterns, then = lane.waiting.popleft()
            verdict = self._verdict(path, patterns)
            with self._telling:
                if self._closed:
                    continue
                try:
                    then(verdict)
                except Exception:
                    log.exception("what the log %s says could not be told", path)

    def _verdict(self, path: str, patterns: LogPatterns) -> LogVerdict:
        try:
            with self._places.open(path) as file:
                size = os.fstat(file.fileno()).st_size
                return search(file, size, patterns, lambda: self._closed)
        except LogNotFound as error:
            return LogVerdict(problem=error.message)
        except Exception as error:
            log.exception("the log %s could not be searched", path)
            return LogVerdict(problem=f"the log could not be searched: {type(error).__name__}")


class _Lane:
    """Searches that wait for each other."""

    def __init__(self) -> None:
        self.waiting: deque[Search] = deque()
        self.threads = 0


def _step_back() -> None:
    """Let the calling thread have the processor after all others. Only Linux knows this of a thread."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
