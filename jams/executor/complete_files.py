"""Which of the files that somebody waits for are there, and complete.

A file is complete when nobody has written to it for as long as it is asked for, or when it was renamed into
place: it stood in the same folder under another name before, and was not written to since. Folders,
and names that begin with a dot where the pattern does not, are none.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from fnmatch import fnmatch
from typing import NamedTuple

_MAGIC = frozenset("*?")


class Asked(NamedTuple):
    """A file that somebody waits for; the last part of the path may hold ``*`` and ``?``.

    Attributes:
        path: the path.
        steady: for how many seconds nobody may have written to it.
        ignore_empty: whether a file without content is none.
    """

    path: str
    steady: int = 0
    ignore_empty: bool = False


class Seen(NamedTuple):
    """What was seen: the path of a complete file, or None; and when there may be one, if one is under way."""

    path: str | None
    again_at: float | None = None


class _Look(NamedTuple):
    """A file as it was looked at: its inode, size and time, and since when nobody has written to it."""

    what: tuple[int, int, float]
    quiet_since: float


class _Folder:
    """A folder as it was when it was looked at: names by inode, and when that was."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.at = float("-inf")
        self.now_names: dict[str, int] = {}
        self.read_at = float("-inf")
        self.look = 0


class CompleteFiles:
    """Looks at files again and again, and remembers what it saw."""

    def __init__(self) -> None:
        self._folders: dict[str, _Folder] = {}
        self._files: dict[str, _Look] = {}
        self._count = 0

    def look(self, asked: Iterable[Asked], now: float) -> dict[Asked, Seen]:
        """Look once at each; ``now`` is the time, in seconds since the epoch."""
        self._count += 1
        wanted = set(asked)
        found = {each: self._look(each, now) for each in wanted}
        self._forget({os.path.dirname(each.path) for each in wanted})
        return found

    def _look(self, asked: Asked, now: float) -> Seen:
        folder, pattern = os.path.split(asked.path)
        known = self._read(folder, now)
        again: list[float] = []
        for name in _matching(known.now_names, pattern):
            path = os.path.join(folder, name)
            due = self._due(known, path, name, asked, now)
            if due is None:
                continue
            if due <= now:
                return Seen(path)
            again.append(due)
        return Seen(None, min(again, default=None))

    def _read(self, folder: str, now: float) -> _Folder:
        known = self._folders.setdefault(folder, _Folder())
        if known.look != self._count:
            # Where the clock was set back, nobody can tell what was written since the last look.
            before = known.now_names if now >= known.read_at else {}
            known.names = {inode: name for name, inode in before.items()}
            known.at, known.read_at, known.look = known.read_at, now, self._count
            try:
                with os.scandir(folder or ".") as found:
                    known.now_names = {each.name: each.inode() for each in found}
            except (OSError, ValueError):
                known.now_names = {}
        return known

    def _due(self, folder: _Folder, path: str, name: str, asked: Asked, now: float) -> float | None:
        """When a file is complete if nobody writes to it; None if it is none."""
        try:
            found = os.stat(path)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(found.st_mode) or (asked.ignore_empty and not found.st_size):
            return None
        if not asked.steady:
            return now
        what = (found.st_ino, found.st_size, found.st_mtime)
        look = self._files.get(path)
        if look is None or look.what != what:
            look = self._files[path] = _Look(what, _quiet_since(folder, name, found, now, look is None))
        return look.quiet_since + asked.steady

    def _forget(self, folders: Collection[str]) -> None:
        """Forget what nobody asks for any more, and files that are gone."""
        self._folders = {path: known for path, known in self._folders.items() if path in folders}
        for path in list(self._files):
            folder, name = os.path.split(path)
            known = self._folders.get(folder)
            if known is None or name not in known.now_names:
                del self._files[path]


def _quiet_since(folder: _Folder, name: str, found: os.stat_result, now: float, first: bool) -> float:
    """Since when nobody has written to a file that is new, or other than it was."""
    written = found.st_mtime
    called = folder.names.get(found.st_ino)
    if called is not None and called != name and written <= folder.at:
        return float("-inf")
    # Of a file that was other before, and of one in the future, what is seen counts: its clock is not ours.
    return written if written <= now and (first or written >= folder.at) else now


def _matching(names: Collection[str], pattern: str) -> list[str]:
    if not _MAGIC & set(pattern):
        return [pattern] if pattern in names else []
    hidden = pattern.startswith(".")
    return sorted(name for name in names if fnmatch(name, pattern) and (hidden or not name.startswith(".")))
