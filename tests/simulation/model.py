"""A small model of the engine, which shares nothing with it: what becomes of entries, by plain words.

Every run lasts a minute. ``plain`` and ``retry`` need nothing, ``down`` an end of ``plain`` since its time,
``gated`` the variable at 5 or more, ``queued`` a slot of the queue, ``needs`` one of the resource. ``whole``
is a setup: ``one`` and ``two`` beside each other, then ``three``; ``two`` fails while failures are on.
``behind`` needs a good end of ``whole`` since its time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

JOBS = ("plain", "retry", "down", "gated", "queued", "needs", "whole", "behind")
STEPS = {"one": 10, "two": 10, "three": 20}
"""The members of the setup, and the step of each."""

LASTS = timedelta(minutes=1)
PAUSE = timedelta(minutes=10)


@dataclass
class Item:
    """An entry, as the model sees it.

    Of members: ``reached`` when their turn has come, ``bad`` when they ended worse than they may, ``passed``
    when the setup was let go on all the same, ``former`` when they are of an earlier run of it.
    """

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
    begun: bool = False
    parent: Item | None = None
    reached: bool = False
    bad: bool = False
    passed: bool = False
    former: bool = False

    @property
    def waits(self) -> bool:
        return not self.over and self.until is None and not self.begun


class Model:
    """The whole of it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.items: dict[int, Item] = {}
        self.ends: dict[str, list[datetime]] = {"plain": [], "whole": []}
        self.unnamed: list[Item] = []
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
        if item.until is not None or item.begun:
            return "Executing"
        if item.held:
            return "Held"
        if item.parent is not None and not item.reached:
            return "StepWait"
        if item.time is not None and item.time > self.now:
            return "Timed"
        return "ResourceWait" if self._is_open(item) else "DependencyWait"

    def submit(self, number: int, job: str, priority: int, hold: bool, after: datetime | None) -> None:
        ready = max(self.now, after or self.now)
        self.items[number] = Item(number, job, priority, hold, after, ready, self.now, self.retries)

    def again(self, item: Item) -> None:
        """It runs again, with all its attempts."""
        item.over, item.until, item.time, item.attempt, item.held = False, None, None, 0, False
        item.begun = item.bad = item.passed = False
        for member in self.members(item):
            member.former = member.over = True
            member.until = None
        self.leave(item)

    def cancel(self, item: Item) -> None:
        """It ends, and its members with it; of a setup that is a bad member."""
        for member in self.members(item):
            member.over, member.until = True, None
        item.over, item.until, item.in_line, item.begun = True, None, False, False
        item.bad = item.parent is not None

    def members(self, item: Item) -> list[Item]:
        """Those of a setup's present run."""
        every = (*self.items.values(), *self.unnamed)
        return [each for each in every if each.parent is item and not each.former]

    def halting(self, item: Item) -> list[Item]:
        """The members that halt a setup: of the step at which it stands."""
        for step in sorted(set(STEPS.values())):
            of = [each for each in self.members(item) if STEPS[each.job] == step]
            if any(each.bad and each.over for each in of):
                return [each for each in of if each.bad and each.over]
            if not all(each.over for each in of):
                break
        return []

    def leave(self, item: Item) -> None:
        """It stands behind those who came before."""
        item.in_line, item.since = False, self.now

    def settle(self) -> None:
        """Let go on what can at this moment."""
        while self._settle():
            pass

    def _settle(self) -> bool:
        """The same once; whether a setup has come further, so that more may follow."""
        for item in self.items.values():
            ripe = item.waits and not item.held and (item.time is None or item.time <= self.now)
            if ripe and not item.in_line and self._is_open(item):
                item.in_line = True
                item.since = self.now
        ready = [item for item in self.items.values() if item.waits and item.in_line]
        for item in sorted(ready, key=lambda item: (-item.priority, item.since, item.number)):
            if item.job == "whole":
                item.in_line, item.begun = False, True
                self.unnamed += [
                    Item(0, job, 0, False, None, self.now, self.now, 0, parent=item) for job in STEPS
                ]
            elif self._is_free(item):
                item.until, item.in_line, item.runs = self.now + LASTS, False, item.runs + 1

        moved = [self._go_on(item) for item in self.items.values() if item.begun]
        for item in self.unnamed:
            if item.reached and item.waits and not item.held:
                item.until, item.runs = self.now + LASTS, item.runs + 1
        return any(moved)

    def _go_on(self, item: Item) -> bool:
        """Let a setup go on; whether it has come further."""
        members = self.members(item)
        for step in sorted(set(STEPS.values())):
            of = [each for each in members if STEPS[each.job] == step]
            waiting = [each for each in of if not each.reached]
            if waiting and not item.held and not self.halting(item):
                for each in waiting:
                    each.reached = True
                return True
            if not all(each.over and not each.bad for each in of):
                return False
        item.over, item.begun = True, False
        if not any(each.passed for each in members):
            self.ends["whole"].append(self.now)
        return True

    def go_to(self, then: datetime) -> None:
        """Let time pass, from one thing that happens to the next."""
        while True:
            every = (*self.items.values(), *self.unnamed)
            ends = [item.until for item in every if item.until is not None]
            times = [item.time for item in self.items.values() if item.waits and item.time is not None]
            coming = [at for at in (*ends, *times) if self.now < at <= then]
            if not coming:
                break
            self.now = min(coming)
            for item in every:
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
        item.bad = item.job == "two" and self.failing
        if item.job == "plain":
            self.ends["plain"].append(self.now)

    def _is_open(self, item: Item) -> bool:
        if item.in_line or "IgnoreDependencies" in item.ignores:
            return True
        if item.parent is not None:
            return item.reached
        if item.job in ("down", "behind"):
            of = self.ends["plain" if item.job == "down" else "whole"]
            return any(end >= item.ready for end in of)
        return item.job != "gated" or self.variable >= 5

    def _is_free(self, item: Item) -> bool:
        running = [other for other in self.items.values() if other.until is not None]
        if item.job == "queued":
            return self.started and sum(other.job == "queued" for other in running) < self.slots
        if item.job == "needs" and "IgnoreResReq" not in item.ignores:
            taken = sum(other.job == "needs" and "IgnoreResReq" not in other.ignores for other in running)
            return taken < self.quantity
        return True
