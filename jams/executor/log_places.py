"""Where logs of runs may lie, and how they are made and opened there without being led elsewhere.

A run can change what lies beside its log, and put something else in the place of it. So a path is followed
from one of the configured directories down, never through a symbolic link, and only a regular file is opened.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from jams.objects.errors import InvalidArgument, LogNotFound

_FOLLOWS_BY_HANDLE = os.open in os.supports_dir_fd and os.mkdir in os.supports_dir_fd
"""Whether a path can be followed one directory at a time; not so on Windows."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY = os.O_RDONLY | _NO_LINK | getattr(os, "O_DIRECTORY", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | _NO_LINK | _BINARY
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Nobody waits at a pipe that has taken the place of a log."""
_APPEND = os.O_WRONLY | os.O_APPEND | _NO_LINK | _AT_ONCE | _BINARY
_KNOWN_FOR = 1.0
"""Seconds for which it is remembered where a directory really is. A link that comes later is not followed."""
_MOST_KNOWN = 1000
_READ = os.O_RDONLY | _NO_LINK | _AT_ONCE | _BINARY


class LogPlaces:
    """The directories below which logs may lie.

    Args:
        home: what relative paths are relative to.
        directories: the places.
    """

    def __init__(self, home: str | Path, directories: Iterable[str | Path]) -> None:
        self._home = os.path.abspath(home)
        self._directories = [os.path.join(self._home, directory) for directory in directories]
        self._known: dict[str, tuple[tuple[str, list[str]], float]] = {}

    def check(self, path: str | Path) -> None:
        """Raises InvalidArgument when a log may not have this path."""
        self._find(path)

    def create(self, path: str | Path) -> tuple[int, str]:
        """Create a log, and its directories; its descriptor (for appending), and its absolute name.

        A name that is taken gets the first free suffix ``_2``, ``_3`` …, so no two runs share a log.

        Raises:
            InvalidArgument: it may not lie there.
            OSError: the file cannot be created.
        """
        place, directories, last = self._find(path)
        wanted = Path(last)
        with _opened(place, directories, make=True) as (directory, handle):
            for number in count(1):
                name = last if number == 1 else f"{wanted.stem}_{number}{wanted.suffix}"
                whole = os.path.join(directory, name)
                with suppress(FileExistsError):
                    return os.open(whole if handle is None else name, _CREATE, 0o600, dir_fd=handle), whole
        raise AssertionError("unreachable")

    def open(self, path: str | Path) -> BinaryIO:
        """Open a log to be read.

        Raises:
            LogNotFound: there is no such file, it cannot be read, is no regular file, or lies elsewhere.
        """
        try:
            place, directories, last = self._find(path)
            with _opened(place, directories, make=False) as (directory, handle):
                whole = os.path.join(directory, last)
                descriptor = os.open(whole if handle is None else last, _READ, dir_fd=handle)
        except InvalidArgument as error:
            raise LogNotFound(f"The log cannot be read. {error.message}", target=path) from None
        except OSError as error:
            linked = error.errno in (errno.ELOOP, errno.EMLINK)
            reason = "a link has taken its place" if linked else error.strerror or error
            raise LogNotFound(f"The log cannot be read: {reason}.", target=path) from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise LogNotFound("The log cannot be read: it is no regular file.", target=path)
        return os.fdopen(descriptor, "rb")

    def append(self, path: str | Path) -> int:
        """A descriptor that adds to a regular file that is there. Raises InvalidArgument or OSError."""
        place, directories, last = self._find(path)
        with _opened(place, directories, make=False) as (directory, handle):
            whole = os.path.join(directory, last)
            descriptor = os.open(whole if handle is None else last, _APPEND, dir_fd=handle)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise InvalidArgument(f"{path} is no regular file.")
        return descriptor

    def remove(self, logs: Sequence[tuple[str, float]]) -> list[str | None]:
        """Remove logs, each with the time after which nobody of its run wrote to it.

        One that is gone, that has been written to later, or that is no regular file is left as it is: it is
        not the log that was meant. Links are not followed.

        Returns:
            For each log None, or why it is still there and should not be.
        """
        by_directory: dict[str, list[int]] = {}
        for index, (path, _) in enumerate(logs):
            by_directory.setdefault(os.path.dirname(path), []).append(index)
        problems: list[str | None] = [None] * len(logs)
        for indexes in by_directory.values():
            try:
                place, directories, _ = self._find(logs[indexes[0]][0])
                with _opened(place, directories, make=False) as (directory, handle):
                    for index in indexes:
                        path, until = logs[index]
                        problems[index] = _removed(directory, handle, os.path.basename(path), until)
            except FileNotFoundError:
                continue
            except (InvalidArgument, OSError) as error:
                told = error.message if isinstance(error, InvalidArgument) else f"{error.strerror or error}."
                for index in indexes:
                    problems[index] = told
        return problems

    def size(self, path: str | Path) -> int:
        """The bytes of a log; -1 where there is none. Costs a microsecond."""
        return self.look(path)[0]

    def look(self, path: str | Path) -> tuple[int, int]:
        """As :meth:`size`, and beside it the time of the last change in nanoseconds."""
        try:
            found = os.lstat(os.path.join(self._home, path))
        except OSError:
            return -1, 0
        return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else (-1, 0)

    def _find(self, path: str | Path) -> tuple[str, list[str], str]:
        """The place in which a path lies, the directories below it and the name; links are resolved.

        The last part is not: nobody is led on by a link in the place of a log.
        """
        directory, last = os.path.split(os.path.join(self._home, path))
        known, until = self._known.get(directory, (None, 0.0))
        now = time.monotonic()
        if known is None or until < now:
            known = self._resolve(directory)
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[directory] = known, now + _KNOWN_FOR
        if last in ("", os.curdir, os.pardir):
            raise InvalidArgument(f"{path} is no name of a log.")
        return *known, last

    def _resolve(self, directory: str) -> tuple[str, list[str]]:
        real = os.path.realpath(directory)
        for place in map(os.path.realpath, self._directories):
            if _is_within(real, place):
                below = os.path.relpath(real, place)
                return place, [] if below == os.curdir else below.split(os.sep)
        allowed = " or ".join(self._directories)
        raise InvalidArgument(f"Logs do not lie in {real}: only below {allowed} (AllowedLogLocations).")


def _is_within(directory: str, place: str) -> bool:
    try:
        return os.path.commonpath([directory, place]) == place
    except ValueError:
        return False


def _removed(directory: str, handle: int | None, name: str, until: float) -> str | None:
    """Remove a log in a directory that is open; None, or why it is still there."""
    where = os.path.join(directory, name) if handle is None else name
    try:
        found = os.stat(where, dir_fd=handle, follow_symlinks=False)
        if stat.S_ISREG(found.st_mode) and found.st_mtime <= until:
            os.unlink(where, dir_fd=handle)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"{error.strerror or error}."
    return None


@contextmanager
def _opened(place: str, directories: list[str], *, make: bool) -> Iterator[tuple[str, int | None]]:
    """The directory at the end of a path below a place, and a descriptor of it where paths follow one."""
    whole = os.path.join(place, *directories)
    if not _FOLLOWS_BY_HANDLE:
        if make:
            os.makedirs(whole, exist_ok=True)
        yield whole, None
        return
    if make:
        os.makedirs(place, exist_ok=True)
    handle = os.open(place, _DIRECTORY)
    try:
        for name in directories:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=handle)
            below = os.open(name, _DIRECTORY, dir_fd=handle)
            os.close(handle)
            handle = below
        yield whole, handle
    finally:
        os.close(handle)
