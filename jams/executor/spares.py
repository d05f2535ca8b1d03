"""Files of settled runs, kept empty for runs to come.

A file that is removed makes each new one dearer for a minute: ext4 looks through all that were removed before
it gives one out again. With a thousand short jobs that costs more than everything else that is done for them.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from itertools import count

_PREFIX = ".spare-"
"""No token begins with a dot."""

MOST = 1024
"""Files that are kept; further ones are removed."""


class Spares:
    """The spare files in the directory ``root``; those that an earlier process has left are removed.

    All methods may be called from any thread; there is one object for a directory at a time.
    """

    def __init__(self, root: str, most: int = MOST) -> None:
        self._root = root
        self._most = most
        self._numbers = count()
        self._lock = threading.Lock()
        self._paths: list[str] = []
        for name in os.listdir(root):
            if name.startswith(_PREFIX):
                with suppress(OSError):
                    os.unlink(os.path.join(root, name))

    def take(self, path: str) -> bool:
        """Make a spare file the one at ``path``, where none is; False when there is no spare."""
        with self._lock:
            spare = self._paths.pop() if self._paths else None
        if spare is None:
            return False
        try:
            os.rename(spare, path)
        except OSError:
            return False
        return True

    def give(self, path: str) -> None:
        """Take over a file that nobody reads or writes any more; it is no more at ``path``."""
        with self._lock:
            full = len(self._paths) >= self._most
            spare = os.path.join(self._root, f"{_PREFIX}{next(self._numbers)}")
        if full:
            os.unlink(path)
            return
        os.rename(path, spare)
        try:
            os.truncate(spare, 0)
        except OSError:
            with suppress(OSError):
                os.unlink(spare)
            return
        with self._lock:
            self._paths.append(spare)
