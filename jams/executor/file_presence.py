"""Whether files are there, as jobs ask for them."""

from __future__ import annotations

import os
from fnmatch import fnmatch

_MAGIC = frozenset("*?")


def is_present(path: str) -> bool:
    """Whether there is such a file; the last part of the path may hold ``*`` and ``?``.

    These do not stand for the dot at the beginning of a name, as in shells. What cannot be looked at is not
    there.
    """
    folder, name = os.path.split(path)
    if not _MAGIC & set(name):
        return os.path.exists(path)
    try:
        with os.scandir(folder or ".") as found:
            return any(fnmatch(each.name, name) and _shown(each.name, name) for each in found)
    except (OSError, ValueError):
        return False


def _shown(name: str, pattern: str) -> bool:
    return not name.startswith(".") or pattern.startswith(".")
