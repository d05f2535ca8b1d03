"""Callers as they were found lately, so that the next request of each costs no reading."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from msgspec import Struct

from jams.database.accounts import AccountRecord

from .caller import Caller

SETTLED_WITHIN = 2.0
"""Seconds after which a change made by another process is seen here; changes made here count at once."""

_MOST = 4096


class KnownCaller(Struct, frozen=True):
    """A caller with his account as it is stored; ``until`` is a time of the monotonic clock.

    ``admitted``: whether the account is enabled, and in the group of those who are let in.
    """

    account: AccountRecord
    caller: Caller
    until: float
    admitted: bool = True

    def __repr__(self) -> str:
        return f"KnownCaller({self.account.name})"


class KnownCallers:
    """Remembers callers by what they have shown; forgets all of them at any change of an account.

    Whoever looks a caller up takes ``generation`` before he reads, so that what he has read is not remembered
    when a change came in between.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._found: dict[str, KnownCaller] = {}
        self._lock = threading.Lock()
        self.generation = 0

    def recall(self, key: str) -> KnownCaller | None:
        """The caller, if he is remembered."""
        known = self._found.get(key)
        return known if known is not None and known.until > self._clock() else None

    def remember(self, key: str, known: KnownCaller, generation: int) -> None:
        """Remember a caller, unless something has changed since ``generation``."""
        with self._lock:
            if generation != self.generation:
                return
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[key] = known

    def forget(self) -> None:
        """Forget everybody."""
        with self._lock:
            self.generation += 1
            self._found.clear()
