"""Hears of what changes in folders, from the system: a hint only, since some file systems tell nothing."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Collection

from watchfiles._rust_notify import RustNotify

log = logging.getLogger(__name__)

_DEBOUNCE = 50
_STEP = 50
"""Milliseconds for which changes gather, and between two looks whether there are any."""


class FolderChanges:
    """Calls back when something changes in one of some folders; says which of them it can hear of."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._folders: frozenset[str] = frozenset()
        self._deaf: frozenset[str] = frozenset()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, folders: Collection[str]) -> bool:
        """Hear of these folders from now on, and of no others; whether all of them can be heard of.

        What changed before is not heard of: it calls back when it begins to hear of others than before.
        """
        there = frozenset(folder for folder in folders if os.path.isdir(folder))
        running = self._thread is not None and self._thread.is_alive()
        if there != self._folders or (there and not running and there != self._deaf):
            self.stop()
            self._folders = there
            if there:
                self._begin(there)
        return len(there) == len(set(folders)) and there != self._deaf

    def _begin(self, folders: frozenset[str]) -> None:
        try:
            # Not recursive, by inotify and its like; permissions are looked past.
            notify = RustNotify(sorted(folders), False, False, 300, False, True)
        except OSError as error:
            self._is_deaf(folders, error)
            return
        self._deaf = frozenset()
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._hear, args=(notify, folders, self._stop), name="jams-folders", daemon=True
        )
        self._thread.start()
        self._changed()

    def stop(self) -> None:
        """Hear of nothing more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._folders = frozenset()

    def _hear(self, notify: RustNotify, folders: frozenset[str], stop: threading.Event) -> None:
        try:
            with notify:
                while not stop.is_set():
                    found = notify.watch(_DEBOUNCE, _STEP, 0, stop)
                    if isinstance(found, set):
                        self._changed()
        except Exception as error:
            self._is_deaf(folders, error)
            self._changed()

    def _is_deaf(self, folders: frozenset[str], error: Exception) -> None:
        if self._deaf != folders:
            log.warning("the system tells nothing of changes in folders, which are looked at: %s", error)
        self._deaf = folders
