"""Failed logins make the next ones from the same place wait, longer each time, before anything is checked.

Failures are counted by place, and by place and name; never by name alone, for then a stranger could lock out
whoever bears it. Somebody with the right password, who comes from a place where nobody guesses, is let in
whatever happens elsewhere.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from enum import IntEnum
from math import ceil
from typing import TypeVar

from jams.database.names import fold
from jams.objects.errors import TooManyAttempts

from .places import place_of

Key = TypeVar("Key")

_MOST = 10_000
"""Places, and pairs of a place and a name, that are remembered; whoever has failed longest ago goes first."""

_LONGEST_NAME = 255
_HALF_LIFE = 60.0
"""Seconds in which the failures of a place count half."""

_PAIR_FORGOTTEN = 3600.0
"""Seconds without a failure after which those of a name at a place count no more."""

_ANOTHER_NAME, _SAME_NAME = 2.0, 1.0
"""What a failure weighs: with a name that has not failed from there before, and with one that has.

Whether the name exists makes no difference, or guessing would tell which do."""

_ALARM = 200.0
"""Weight of the failures of everybody beyond which strangers have less to fail for nothing."""


class Standing(IntEnum):
    """What is known of whoever wants to log in; the lowest goes first."""

    PROVEN = 0
    """He has shown the right password from the same place."""
    NEW = 1
    """Nothing has failed there lately."""
    DOUBTED = 2
    """Logins from there have failed."""


class _Failures:
    __slots__ = ("at", "until", "weight")

    def __init__(self) -> None:
        self.weight = 0.0
        self.at = 0.0
        self.until = 0.0

    def weight_at(self, now: float) -> float:
        return float(self.weight * 0.5 ** ((now - self.at) / _HALF_LIFE))

    def add(self, weight: float, now: float) -> float:
        self.weight = self.weight_at(now) + weight
        self.at = now
        return self.weight


class Throttle:
    """Counts failed logins in this process's memory.

    Args:
        free: failures with one name from one place that cost nothing.
        longest: the longest wait in seconds after those; it doubles from one second up to this.
        free_of_place: weight of failures from one place that costs nothing, whatever the names.
        longest_of_place: the longest wait after those. It is short, for many may share an address.
        clock: a monotonic clock in seconds.
    """

    def __init__(
        self,
        *,
        free: int = 5,
        longest: float = 300.0,
        free_of_place: float = 30.0,
        longest_of_place: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._free = free
        self._longest = longest
        self._free_of_place = free_of_place
        self._longest_of_place = longest_of_place
        self._clock = clock
        self._places: OrderedDict[str, _Failures] = OrderedDict()
        self._pairs: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._proven: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._everywhere = _Failures()
        self._lock = threading.Lock()

    def check(self, name: str, origin: str = "") -> None:
        """Let a login be tried; cheap, and done before any password is looked at.

        Raises:
            TooManyAttempts: too many have failed from there; it says when to try again.
        """
        pair = _pair(name, origin)
        with self._lock:
            now = self._clock()
            found = self._pairs.get(pair)
            until = found.until if found is not None and now - found.at < _PAIR_FORGOTTEN else 0.0
            of_place = self._places.get(pair[0])
            if of_place is not None and pair not in self._proven:
                until = max(until, of_place.until)
        if until > now:
            raise TooManyAttempts(
                f"Too many logins from where you come have failed; try again in {ceil(until - now)} seconds.",
                retry_after=ceil(until - now),
            )

    def standing(self, name: str, origin: str = "") -> Standing:
        """What is known of a name that comes from there."""
        pair = _pair(name, origin)
        with self._lock:
            if pair in self._proven:
                return Standing.PROVEN
            of_place = self._places.get(pair[0])
            doubted = of_place is not None and of_place.weight_at(self._clock()) >= 1.0
        return Standing.DOUBTED if doubted else Standing.NEW

    def failed(self, name: str, origin: str = "") -> None:
        """Note that a login has failed."""
        pair = _pair(name, origin)
        with self._lock:
            now = self._clock()
            known = pair in self._pairs
            weight = _SAME_NAME if known else _ANOTHER_NAME
            found = _latest(self._pairs, pair)
            count = found.weight + 1 if now - found.at < _PAIR_FORGOTTEN else 1.0
            found.weight, found.at = count, now
            found.until = now + _wait(count - self._free, self._longest)
            alarm = self._everywhere.add(weight, now) > _ALARM
            free = self._free_of_place / (4 if alarm else 1)
            of_place = _latest(self._places, pair[0])
            of_place.until = now + _wait(of_place.add(weight, now) - free, self._longest_of_place)

    def succeeded(self, name: str, origin: str = "") -> None:
        """Note that a login was right: it forgets the failures of the name there, not those of the place."""
        pair = _pair(name, origin)
        with self._lock:
            self._pairs.pop(pair, None)
            self._proven[pair] = None
            self._proven.move_to_end(pair)
            while len(self._proven) > _MOST:
                self._proven.popitem(last=False)

    def forget(self, name: str) -> None:
        """Forget what is known of a name, wherever it came from: it has another password now."""
        folded = fold(name)[:_LONGEST_NAME]
        with self._lock:
            for pair in [pair for pair in (*self._pairs, *self._proven) if pair[1] == folded]:
                self._pairs.pop(pair, None)
                self._proven.pop(pair, None)


def _pair(name: str, origin: str) -> tuple[str, str]:
    return place_of(origin), fold(name[:_LONGEST_NAME])[:_LONGEST_NAME]


def _wait(beyond: float, longest: float) -> float:
    """Seconds to wait after so many failures beyond those that cost nothing."""
    return 0.0 if beyond <= 0 else min(longest, 2.0 ** min(beyond - 1, 30.0))


def _latest(known: OrderedDict[Key, _Failures], key: Key) -> _Failures:
    """The failures under a key, which is now the latest; the oldest are let go."""
    found = known.setdefault(key, _Failures())
    known.move_to_end(key)
    while len(known) > _MOST:
        known.popitem(last=False)
    return found
