"""Failed logins make the next ones wait, longer each time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from jams.objects.errors import Unauthenticated

_NAMES = 10_000


@dataclass(slots=True)
class _Failures:
    count: int = 0
    until: float = 0.0


class Throttle:
    """Counts failed logins by account name, in this process's memory.

    Names that no account bears are counted alike, so that a refusal tells nothing of which names exist.

    Args:
        free: failures that cost nothing.
        longest: the longest wait in seconds; it doubles from one second up to this.
        clock: a monotonic clock in seconds.
    """

    def __init__(
        self, *, free: int = 5, longest: float = 300.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._free = free
        self._longest = longest
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, name: str) -> None:
        """Let a login be tried.

        Raises:
            Unauthenticated: too many have failed; the message says when to try again.
        """
        with self._lock:
            found = self._failures.get(name.casefold()[:255])
            left = found.until - self._clock() if found else 0.0
        if left > 0:
            raise Unauthenticated(
                f"Too many logins with this name have failed; try again in {ceil(left)} seconds."
            )

    def failed(self, name: str) -> None:
        """Note that a login has failed."""
        key = name.casefold()[:255]
        with self._lock:
            found = self._failures.setdefault(key, _Failures())
            self._failures.move_to_end(key)
            found.count += 1
            if found.count > self._free:
                wait = min(self._longest, 2.0 ** min(found.count - self._free - 1, 30))
                found.until = self._clock() + wait
            while len(self._failures) > _NAMES:
                self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name."""
        with self._lock:
            self._failures.pop(name.casefold()[:255], None)
