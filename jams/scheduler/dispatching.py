"""Makes the starts that were claimed, away from the scheduler's thread: a queue for each agent.

So a start that takes long, or a host that does not answer, delays neither the settling of ends nor the starts
of other agents, and the other starts of its own agent for a moment only. What became of a start is told by a
call. One that is in doubt is asked about again, after growing pauses; its token never starts twice.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jams.objects.errors import ServerUnavailable
from jams.objects.run import RunEnded, RunStarted

from .starts import Start

AT_ONCE = 2
"""Starts of one agent that are made beside each other."""

LONG = 0.5
"""Seconds after which a start is not counted any more among those: the next ones do not wait for it."""

MOST_THREADS = 16
"""Threads of one agent; when all hang, its starts wait."""

MOST_QUEUED = 16
"""Starts of one agent that are claimed ahead, so that more urgent entries still come before the rest."""

IDLE = 10.0
"""Seconds after which a thread that has nothing to do ends."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds until a start in doubt is looked at again, doubled each time."""

log = logging.getLogger(__name__)


Answer = RunStarted | RunEnded | None
"""What became of a start; None: it was not made, and is not going to be."""


@dataclass(eq=False)
class _Lane:
    """The starts of one agent."""

    changed: threading.Condition
    waiting: deque[Start] = field(default_factory=deque)
    doubtful: list[tuple[float, int, Start]] = field(default_factory=list)
    begun: dict[Start, float] = field(default_factory=dict)
    threads: int = 0
    looks: set[float] = field(default_factory=set)
    """When those who stand by will look by themselves."""

    @property
    def load(self) -> int:
        return len(self.waiting) + len(self.doubtful) + len(self.begun)

    def is_full(self, now: float) -> bool:
        """Whether as many starts are being made as are at once."""
        return sum(now - since < LONG for since in self.begun.values()) >= AT_ONCE

    def take(self, now: float) -> Start | None:
        """The next start that may be made now."""
        if self.is_full(now):
            return None
        if self.doubtful and self.doubtful[0][0] <= now:
            return heapq.heappop(self.doubtful)[2]
        return self.waiting.popleft() if self.waiting else None

    def pause(self, now: float) -> float:
        """Seconds until there may be something to take."""
        soon = [when - now for when, _, _ in self.doubtful[:1]]
        if self.waiting:
            soon += [since + LONG - now for since in self.begun.values() if since + LONG > now]
        return max(0.0, min(soon, default=IDLE))


class Dispatcher:
    """Makes starts in threads of its own.

    Args:
        make: starts a run, or says why it cannot be started. Raises ServerUnavailable while the server itself
            cannot, and whatever else when it is not known what became of it.
        look: what became of a start that was asked for; None: it was not made, and is not going to be.
        tell: told what became of each start, in a thread of the dispatcher.
    """

    def __init__(
        self,
        make: Callable[[Start], RunStarted | RunEnded],
        look: Callable[[Start], Answer],
        tell: Callable[[Start, Answer], None],
    ) -> None:
        self._make = make
        self._look = look
        self._tell = tell
        self._lock = threading.Lock()
        self._lanes: dict[int, _Lane] = {}
        self._under_way: set[str] = set()
        self._order = 0
        self._closed = False

    def put(self, claimed: Sequence[Start]) -> Sequence[Start]:
        """Have starts made; gives back those that are not going to be, because this is closed."""
        with self._lock:
            if self._closed:
                return claimed
            for start in claimed:
                lane = self._lanes.setdefault(start.row.agent_id, _Lane(threading.Condition(self._lock)))
                self._under_way.add(start.token)
                lane.waiting.append(start)
                self._wake(lane)
        return []

    def load(self, agent_id: int) -> int:
        """How many starts of an agent are not made yet."""
        with self._lock:
            lane = self._lanes.get(agent_id)
            return lane.load if lane else 0

    @property
    def total(self) -> int:
        """How many starts are not made yet, of all agents."""
        with self._lock:
            return sum(lane.load for lane in self._lanes.values())

    def under_way(self) -> set[str]:
        """The tokens of which it has not been told yet what became of them."""
        with self._lock:
            return set(self._under_way)

    def withdraw(self, token: str) -> Start | None:
        """Do not make a start; None when it is being made, or made already."""
        with self._lock:
            for lane in self._lanes.values():
                for start in lane.waiting:
                    if start.token == token:
                        lane.waiting.remove(start)
                        self._under_way.discard(token)
                        return start
        return None

    def close(self, seconds: float) -> list[Start]:
        """Make no further starts, and wait so long for those that are being made.

        Gives those that were not begun. Idempotent.
        """
        deadline = time.monotonic() + seconds
        with self._lock:
            self._closed = True
            left = [start for lane in self._lanes.values() for start in lane.waiting]
            for lane in self._lanes.values():
                lane.waiting.clear()
                lane.doubtful.clear()
                lane.changed.notify_all()
            self._under_way.difference_update(start.token for start in left)
            for lane in self._lanes.values():
                while lane.begun and (rest := deadline - time.monotonic()) > 0:
                    lane.changed.wait(rest)
        return left

    def _wake(self, lane: _Lane) -> None:
        """Let a thread of the lane look; one always stands by to see that another takes long.

        Nobody is woken to find that there is nothing to do: who makes a start takes the next one himself, and
        who stands by looks in time when all of them take long.
        """
        now = time.monotonic()
        if lane.is_full(now) and any(look <= now + LONG for look in lane.looks):
            return
        if lane.threads <= len(lane.begun) and lane.threads < MOST_THREADS:
            lane.threads += 1
            threading.Thread(target=self._work, args=(lane,), name="jams-starts", daemon=True).start()
        else:
            lane.changed.notify()

    def _work(self, lane: _Lane) -> None:
        with self._lock:
            idle_until = time.monotonic() + IDLE
            while not self._closed:
                now = time.monotonic()
                start = lane.take(now)
                if start is None:
                    if now >= idle_until and not lane.waiting and not lane.doubtful:
                        break
                    look = now + lane.pause(now)
                    lane.looks.add(look)
                    lane.changed.wait(look - now)
                    lane.looks.discard(look)
                    continue
                lane.begun[start] = now
                if lane.waiting or lane.doubtful:
                    self._wake(lane)
                self._lock.release()
                try:
                    told = self._attempt(start)
                finally:
                    self._lock.acquire()
                    del lane.begun[start]
                if told:
                    self._under_way.discard(start.token)
                elif not self._closed:
                    self._doubt(lane, start)
                if self._is_closed():
                    lane.changed.notify_all()
                idle_until = time.monotonic() + IDLE
            lane.threads -= 1

    def _is_closed(self) -> bool:
        """Whether another thread has closed this meanwhile."""
        return self._closed

    def _attempt(self, start: Start) -> bool:
        """Make a start, or see what became of it, and tell; False when that is not known."""
        try:
            self._tell(start, self._make(start) if start.problem is None else self._look(start))
        except ServerUnavailable as error:
            log.warning("entry %d cannot be started now: %s", start.row.number, error.message)
            return False
        except Exception as error:
            told = start.problem is not None
            log.error("the start of entry %d is in doubt", start.row.number, exc_info=None if told else error)
            start.problem = start.problem or error
            return False
        return True

    def _doubt(self, lane: _Lane, start: Start) -> None:
        pause = min(FIRST_PAUSE * 2.0 ** min(start.failures, 10), LONGEST_PAUSE)
        start.failures += 1
        self._order += 1
        heapq.heappush(lane.doubtful, (time.monotonic() + pause, self._order, start))
