"""Calls over the wire whose request has not come yet: they have a time for it, and leave room to others.

gRPC gives a call its thread when its head is there, and the thread waits for the request. Whoever sends heads
alone would have all the threads for as long as he likes.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator

import grpc

from jams.security.places import place_of

_FURTHER = 1.0

_TICK = 0.25
"""The longest time that counts at one look. What is above it this process has slept through, and requests
that came then could not be taken: whoever sent them is not late."""


class _Awaited:
    __slots__ = ("come", "context", "until")

    def __init__(self, context: grpc.ServicerContext, until: float) -> None:
        self.context = context
        self.until = until
        self.come = False


class Arrivals:
    """Waits for requests.

    Args:
        patience: seconds for a request to come after its head.
        most: how many from one place are waited for that long at a time; further ones get a second.
    """

    def __init__(self, patience: float, most: int) -> None:
        self._patience = patience
        self._most = most
        self._places: Counter[str] = Counter()
        self._awaited: tuple[deque[_Awaited], deque[_Awaited]] = (deque(), deque())
        self._changed = threading.Condition()
        self._time = 0.0
        self._closed = False
        self._thread = threading.Thread(target=self._watch, name="wire-arrivals", daemon=True)
        self._thread.start()

    def request(self, requests: Iterator[bytes], context: grpc.ServicerContext, address: str) -> bytes:
        """The request of a call; the call is broken off when it does not come."""
        place = place_of(address)
        with self._changed:
            further = self._places[place] >= self._most
            patience = min(_FURTHER, self._patience) if further else self._patience
            awaited = _Awaited(context, self._time + patience + _TICK)
            self._places[place] += 1
            line = self._awaited[further]
            line.append(awaited)
            if len(line) == 1:
                self._changed.notify()
        try:
            for request in requests:
                return request
        finally:
            with self._changed:
                awaited.come = True
                self._places[place] -= 1
                if not self._places[place]:
                    del self._places[place]
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, "a call has one request")
        raise AssertionError

    def close(self) -> None:
        """Wait for nothing any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _watch(self) -> None:
        while (late := self._next_late()) is not None:
            late.context.cancel()

    def _next_late(self) -> _Awaited | None:
        """The next that has not come in time, once there is one; None when nothing is waited for any more."""
        with self._changed:
            while not self._closed:
                for line in self._awaited:
                    while line and line[0].come:
                        line.popleft()
                waiting = [line for line in self._awaited if line]
                if not waiting:
                    self._changed.wait()
                    continue
                line = min(waiting, key=lambda line: line[0].until)
                left = line[0].until - self._time
                if left <= 0:
                    return line.popleft()
                began = time.monotonic()
                self._changed.wait(min(left, _TICK))
                self._time += min(time.monotonic() - began, _TICK)
            return None
