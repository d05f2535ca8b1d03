"""Looks for the files for which entries wait, and writes down what it sees: a turn asks no file.

It looks again and again while somebody waits, so often that it takes a hundredth of a processor at most; and
sleeps while nobody does.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import Database, file_facts, happenings
from jams.database.agents import LOCAL_ID
from jams.database.changes import Changes
from jams.database.file_facts import Wanted
from jams.executor.file_presence import is_present
from jams.objects.enums import EntryState
from jams.objects.errors import ServerUnavailable

log = logging.getLogger(__name__)

SHORTEST_PAUSE = 0.5
"""Seconds between two looks."""

SHARE = 100
"""The pause is so many times as long as a look took."""

NOBODY_WAITS = 30.0
"""Seconds after which it is asked whether somebody waits although nobody has said so."""


class FileWatch:
    """Watches the files of this machine, in a thread of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
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

    def look(self) -> int:
        """Look once at all files for which entries wait; how many there are."""
        with self._database.read() as c:
            wanted = file_facts.wanted(c, LOCAL_ID)
        seen = [(each, is_present(each.path)) for each in wanted]
        news = [(each, present) for each, present in seen if each.present is not present]
        if news:
            self._database.write(lambda c: _record(c, news))
        return len(wanted)

    def _notice(self, changed: Changes) -> None:
        if any(change.state is EntryState.DEPENDENCY_WAIT for change in changed.values()):
            self._wake.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            begin = time.monotonic()
            try:
                waited_for = self.look()
            except ServerUnavailable as error:
                log.error("files could not be looked for: %s", error.message)
                waited_for = 1
            except Exception:
                log.exception("files could not be looked for")
                waited_for = 1
            if waited_for:
                self._stopping.wait(max(SHORTEST_PAUSE, SHARE * (time.monotonic() - begin)))
            else:
                self._wake.wait(NOBODY_WAITS)


def _record(c: Connection, news: Sequence[tuple[Wanted, bool]]) -> None:
    now = datetime.now(UTC)
    for each, present in news:
        file_facts.record(c, each.topic, present=present, now=now)
    happenings.note(c, *(each.topic for each, _ in news))
