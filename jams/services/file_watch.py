"""Looks for the files for which entries and triggers wait, and writes down what it sees: a turn asks no file.

It looks when the system tells that something has changed in a folder, when a file that is under way may be
complete, and every few seconds all the same; where the system tells nothing, so often that it takes a
hundredth of a processor at most. It sleeps while nobody waits.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import Database, armed_triggers, file_facts, happenings, trigger_news
from jams.database.agents import LOCAL_ID
from jams.database.armed_triggers import WantedFile
from jams.database.changes import DEFINITIONS, Changes
from jams.database.file_facts import Wanted
from jams.executor.complete_files import Asked, CompleteFiles
from jams.executor.file_presence import is_present
from jams.executor.folder_changes import FolderChanges
from jams.objects.enums import EntryState
from jams.objects.errors import ServerUnavailable

log = logging.getLogger(__name__)

SHORTEST_PAUSE = 0.5
"""Seconds between two looks."""

SHARE = 100
"""The pause is so many times as long as a look took."""

EVENT_SHARE = 20
"""The same where the system has told of a change."""

SLOW = 5.0
"""Seconds between two looks where the system tells of changes: of some it does not."""

NOBODY_WAITS = 30.0
"""Seconds after which it is asked whether somebody waits although nobody has said so."""


class FileWatch:
    """Watches the files of this machine, in a thread of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._complete = CompleteFiles()
        self._folders = FolderChanges(self._heard)
        self._paths: set[str] = set()
        self._again_at: float | None = None
        self._urgent = False
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="jams-files", daemon=True)
        database.listen(self._notice, self._wake.set)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more, and return when the thread has ended."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        self._folders.stop()

    def look(self) -> int:
        """Look once at all files for which entries and triggers wait; how many there are."""
        with self._database.read() as c:
            wanted = file_facts.wanted(c, LOCAL_ID)
            of_triggers = armed_triggers.wanted_files(c, LOCAL_ID)
        seen = [(each, is_present(each.path)) for each in wanted]
        news = [(each, present) for each, present in seen if each.present is not present]
        if news:
            self._database.write(lambda c: _record(c, news))
        self._again_at = None
        if of_triggers:
            self._look_for_triggers(of_triggers)
        self._paths = {each.path for each in wanted} | {each.watched.name for each in of_triggers}
        return len(wanted) + len(of_triggers)

    def _look_for_triggers(self, wanted: Sequence[WantedFile]) -> None:
        now = datetime.now(UTC)
        seen = self._complete.look({_asked(each) for each in wanted}, now.timestamp())
        news = [
            (each, path)
            for each in wanted
            if each.is_news((path := seen[_asked(each)].path) is not None, now)
        ]
        if news:
            self._database.write(lambda c: _tell_triggers(c, news, now))
        again = [one.again_at for one in seen.values() if one.again_at is not None]
        again += [
            each.quiet_until.timestamp() for each in wanted if each.quiet_until and each.quiet_until > now
        ]
        self._again_at = min(again, default=None)

    def _heard(self) -> None:
        self._urgent = True
        self._wake.set()

    def _notice(self, changed: Changes) -> None:
        if any(change.state is EntryState.DEPENDENCY_WAIT for change in changed.values()):
            self._heard()
        elif DEFINITIONS in changed:
            self._wake.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            self._urgent = False
            begin, spent = time.monotonic(), time.thread_time()
            try:
                waited_for = self.look()
                heard = self._folders.watch({os.path.dirname(path) or "." for path in self._paths})
            except ServerUnavailable as error:
                log.error("files could not be looked for: %s", error.message)
                waited_for, heard = 1, False
            except Exception:
                log.exception("files could not be looked for")
                waited_for, heard = 1, False
            self._rest(
                time.thread_time() - spent, time.monotonic() - begin, waited_for=waited_for, heard=heard
            )

    def _rest(self, spent: float, took: float, *, waited_for: int, heard: bool) -> None:
        """Wait until it is worth while to look again, and as long as a look may not come sooner.

        ``spent`` are the seconds of a processor that the last one took, ``took`` those that passed.
        """
        if not waited_for:
            self._wake.wait(NOBODY_WAITS)
            return
        over = time.monotonic()
        pause = max(SHORTEST_PAUSE, SHARE * spent, took)
        until = over + (max(SLOW, pause) if heard else pause)
        if self._again_at is not None:
            until = min(until, over + max(self._again_at - time.time(), SHORTEST_PAUSE))
        if self._wake.wait(until - over):
            earliest = over + (EVENT_SHARE if self._urgent else SHARE) * spent
            self._stopping.wait(max(earliest - time.monotonic(), 0))


def _asked(wanted: WantedFile) -> Asked:
    watched = wanted.watched
    return Asked(watched.name, watched.steady, watched.ignore_empty)


def _tell_triggers(c: Connection, news: Sequence[tuple[WantedFile, str | None]], now: datetime) -> None:
    for each, path in news:
        trigger_news.file_seen(c, each.armed_id, each.event_id, path, now)


def _record(c: Connection, news: Sequence[tuple[Wanted, bool]]) -> None:
    now = datetime.now(UTC)
    for each, present in news:
        file_facts.record(c, each.topic, present=present, now=now)
    happenings.note(c, *(each.topic for each, _ in news))
