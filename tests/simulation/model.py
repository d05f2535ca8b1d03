"""A small model of the engine, which shares nothing with it: what becomes of entries, by plain words.

Every run lasts a minute. ``plain`` and ``retry`` need nothing, ``down`` an end of ``plain`` since its time,
``gated`` the variable at 5 or more, ``queued`` a slot of the queue, ``needs`` one of the resource.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

JOBS = ("plain", "retry", "down", "gated", "queued", "needs")
LASTS = timedelta(minutes=1)
PAUSE = timedelta(minutes=10)


@dataclass
class Item:
    """An entry, as the model sees it."""

    number: int
    job: str
    priority: int
    held: bool
    time: datetime | None
    ready: datetime
    since: datetime
    retries: int
    attempt: int = 0
    ignores: set[str] = field(default_factory=set)
    in_line: bool = False
    until: datetime | None = None
    over: bool = False
    runs: int = 0

    @property
    def waits(self) -> bool:
        return not self.over and self.until is None


class Model:
    """The whole of it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.items: dict[int, Item] = {}
        self.plain_ends: list[datetime] = []
        self.failing = False
        self.retries = 1
        self.variable = 0
        self.slots = 2
        self.started = True
        self.quantity = 2

    def state(self, item: Item) -> str:
        """The state in which it is."""
        if item.over:
            return "Complete"
        if item.until is not None:
            return "Executing"
        if item.held:
            return "Held"
        if item.time is not None and item.time > self.now:
            return "Timed"
        return "ResourceWait" if self._is_open(item) else "DependencyWait"

    def submit(self, number: int, job: str, priority: int, hold: bool, after: datetime | None) -> None:
        ready = max(self.now, after or self.now)
        self.items[number] = Item(number, job, priority, hold, after, ready, self.now, self.retries)

    def again(self, item: Item) -> None:
        """It runs again, with all its attempts."""
        item.over, item.until, item.time, item.attempt, item.held = False, None, None, 0, False
        self.leave(item)

    def leave(self, item: Item) -> None:
        """It stands behind those who came before."""
        item.in_line, item.since = False, self.now

    def settle(self) -> None:
        """Let go on what can at this moment."""
        for item in self.items.values():
            ripe = item.waits and not item.held and (item.time is None or item.time <= self.now)
            if ripe and not item.in_line and self._is_open(item):
                item.in_line = True
                item.since = self.now
        ready = [item for item in self.items.values() if item.waits and item.in_line]
        for item in sorted(ready, key=lambda item: (-item.priority, item.since, item.number)):
            if self._is_free(item):
                item.until, item.in_line, item.runs = self.now + LASTS, False, item.runs + 1

    def go_to(self, then: datetime) -> None:
        """Let time pass, from one thing that happens to the next."""
        while True:
            ends = [item.until for item in self.items.values() if item.until is not None]
            times = [item.time for item in self.items.values() if item.waits and item.time is not None]
            coming = [at for at in (*ends, *times) if self.now < at <= then]
            if not coming:
                break
            self.now = min(coming)
            for item in self.items.values():
                if item.until is not None and item.until <= self.now:
                    self._end(item)
            self.settle()
        self.now = then
        self.settle()

    def _end(self, item: Item) -> None:
        item.until = None
        if item.job == "retry" and self.failing and item.attempt < item.retries:
            item.attempt += 1
            item.time = self.now + PAUSE
            self.leave(item)
            return
        item.over = True
        if item.job == "plain":
            self.plain_ends.append(self.now)

    def _is_open(self, item: Item) -> bool:
        if item.in_line or "IgnoreDependencies" in item.ignores:
            return True
        if item.job == "down":
            return any(end >= item.ready for end in self.plain_ends)
        return item.job != "gated" or self.variable >= 5

    def _is_free(self, item: Item) -> bool:
        running = [other for other in self.items.values() if other.until is not None]
        if item.job == "queued":
            return self.started and sum(other.job == "queued" for other in running) < self.slots
        if item.job == "needs" and "IgnoreResReq" not in item.ignores:
            taken = sum(other.job == "needs" and "IgnoreResReq" not in other.ignores for other in running)
            return taken < self.quantity
        return True
