"""Calls that wait without a thread: each is made again when what it waits for has come, or its time is up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any

from jams.objects.errors import ServerUnavailable
from jams.operations.patience import Leaving, Left

Look = Callable[[str], tuple[int, int]]
"""Gives the size of a log, -1 where there is none, and the time of its last change."""

WORKERS = 2
"""Threads in which calls are made again. Two: they shall not take the machine from calls that are new."""

SLOW_LOOK = 30.0
"""Seconds after which a call is made again although nobody has said that anything happened."""

LOG_PAUSE = 0.1
"""Seconds between two looks at logs that are waited for. Nobody tells when they grow."""

PAUSE_PER_LOG = 0.01
"""The same for each call that waits for a log, where there are many: fewer and longer pieces will do then."""

LONGEST_LOG_PAUSE = 2.0

_LOOKING_SHARE = 10
"""The looks take at most one part in so many of the time."""


class _Parked:
    """One call: how it is made, and the future of its result."""

    def __init__(self, work: Callable[[], Any], patience: Leaving) -> None:
        self.work = work
        self.patience = patience
        self.future: Future[Any] = Future()
        self.due = 0.0
        self.look_at = 0.0
        self.seen: tuple[int, int] | None = None
        self._noticed: tuple[int, int] | None = None
        self._ends = threading.Lock()
        self._ended = False

    def grown_since(self, size: int) -> bool:
        """Whether the log has become another one while it was read; of one that cannot be read, once."""
        assert self.seen is not None
        new, self._noticed = self.seen != self._noticed, self.seen
        return new and self.seen[0] not in (size, -1)

    def end(self, result: Any = None, error: BaseException | None = None) -> None:
        """The call has come to its end; whoever has asked is told, if he is still there."""
        self.patience.close()
        with self._ends:
            if self._ended:
                return
            self._ended = True
        if not self.future.set_running_or_notify_cancel():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class ParkingLot:
    """Where calls wait.

    Args:
        most: how many may wait at once; further ones are answered at once with what there is.
        look: looks at a log.
    """

    def __init__(self, most: int, look: Look) -> None:
        self._most = most
        self._look = look
        self._changed = threading.Condition()
        self._calls: set[_Parked] = set()
        self._waiting: set[_Parked] = set()
        self._next_look = float("inf")
        self._log_pause = LOG_PAUSE
        self._closed = False
        self._ready: SimpleQueue[_Parked | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def __len__(self) -> int:
        """How many calls have a place."""
        return len(self._calls)

    def begin(self, work: Callable[[], Any], patience: Leaving) -> Future[Any]:
        """Make a call in this thread until it has to wait; then it gets a place.

        Whoever cancels the future gives the place back. ``work`` waits by ``patience``, and is made again
        from its beginning.
        """
        call = _Parked(work, patience)
        self._make(call)
        return call.future

    def close(self) -> None:
        """Let nobody wait any longer: who waits is told that the server is stopping."""
        with self._changed:
            self._closed = True
            left, self._calls, self._waiting = self._calls, set(), set()
            self._changed.notify_all()
        for call in left:
            call.end(error=_stopping())
        for _ in self._threads:
            self._ready.put(None)

    def _make(self, call: _Parked) -> None:
        while not call.future.cancelled():
            try:
                call.end(call.patience.run(call.work))
            except Left:
                if not self._park(call):
                    call.patience.give_up()
                    continue
            except BaseException as error:
                call.end(error=error)
            return

    def _park(self, call: _Parked) -> bool:
        """Give a call its place, if there is one."""
        now, logged = time.monotonic(), call.patience.log
        call.due = now + min(max(call.patience.left, 0.0), SLOW_LOOK)
        call.look_at = call.due if logged is None else min(call.due, now + self._log_pause)
        call.seen = None if logged is None else self._look(logged[0])
        with self._changed:
            new, closed = call not in self._calls, self._closed
            if not closed and new and len(self._calls) >= self._most:
                return False
            if not closed:
                self._calls.add(call)
                self._waiting.add(call)
                if not self._threads:
                    self._start()
                if call.look_at < self._next_look:
                    self._changed.notify_all()
        if closed:
            call.end(error=_stopping())
            return True
        if new:
            call.future.add_done_callback(lambda _: self._forget(call))
        call.patience.signal.then(lambda: self._signalled(call))
        if logged is not None and call.grown_since(logged[1]):
            self._wake(call)
        return True

    def _forget(self, call: _Parked) -> None:
        call.patience.close()
        with self._changed:
            self._calls.discard(call)
            self._waiting.discard(call)

    def _signalled(self, call: _Parked) -> None:
        """What a call waits for has come: have it made again, at once or when more may have come."""
        gathering = call.patience.gathering
        if not gathering:
            self._wake(call)
            return
        with self._changed:
            call.due = call.look_at = min(call.due, time.monotonic() + gathering)
            if call.due < self._next_look:
                self._changed.notify_all()

    def _wake(self, call: _Parked) -> None:
        """Have a call made again, once."""
        with self._changed:
            if self._closed or call not in self._waiting:
                return
            self._waiting.discard(call)
        self._ready.put(call)

    def _start(self) -> None:
        for work in (self._watch, *[self._work] * WORKERS):
            thread = threading.Thread(target=work, name="parked", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (call := self._ready.get()) is not None:
            self._make(call)

    def _watch(self) -> None:
        """Look at the time, and at the logs that are waited for."""
        while True:
            with self._changed:
                if self._closed:
                    return
                waiting = list(self._waiting)
            self._look_at(waiting)
            with self._changed:
                followed = sum(call.patience.log is not None for call in self._calls)
                self._log_pause = min(max(LOG_PAUSE, followed * PAUSE_PER_LOG), LONGEST_LOG_PAUSE)
                self._next_look = min((call.look_at for call in self._waiting), default=float("inf"))
                pause = self._next_look - time.monotonic()
                if pause > 0 and not self._closed:
                    self._changed.wait(None if pause == float("inf") else pause)

    def _look_at(self, waiting: list[_Parked]) -> None:
        """Wake the calls whose time is over or whose log has changed."""
        began = time.monotonic()
        found: dict[str, tuple[int, int]] = {}
        followers = []
        for call in waiting:
            logged = call.patience.log
            if call.due <= began:
                self._wake(call)
            elif logged is not None and call.look_at <= began:
                if logged[0] not in found:
                    found[logged[0]] = self._look(logged[0])
                if found[logged[0]] != call.seen:
                    self._wake(call)
                else:
                    followers.append(call)
        ended = time.monotonic()
        again = ended + max(self._log_pause, (ended - began) * _LOOKING_SHARE)
        for call in followers:
            call.look_at = min(call.due, again)


def _stopping() -> ServerUnavailable:
    return ServerUnavailable("The server is stopping; ask again when it is back.")
