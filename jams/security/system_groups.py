"""Groups of this machine's users, as groups that access lists can name (semantics 2.15)."""

from __future__ import annotations

import threading
import time

from jams.objects.system_groups import groups_of

PREFIX = "LOCAL\\"
"""What stands before the name of a group of the machine, so that none is taken for one of JAMS."""

_KEPT = 60.0
_MOST = 1024


class SystemGroups:
    """Looks them up, and remembers them for a minute: the machine may have to ask a directory."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[float, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def of(self, account: str) -> frozenset[str]:
        """The groups of the user of that name, with the prefix; none where there is no such user."""
        now = time.monotonic()
        with self._lock:
            kept = self._found.get(account)
        if kept is not None and kept[0] > now:
            return kept[1]
        found = frozenset(PREFIX + name for name in groups_of(account))
        with self._lock:
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[account] = (now + _KEPT, found)
        return found
