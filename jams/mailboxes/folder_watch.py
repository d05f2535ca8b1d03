"""Watches one folder of a mailbox, in a thread of its own: a server that hangs holds up nobody else."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection

from jams.database import Database, trigger_mails
from jams.objects.errors import ServerUnavailable

from .imap import Folder, Waker
from .looking import Looker
from .places import Place
from .unusable import Unusable

log = logging.getLogger(__name__)

SHORTEST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
"""Seconds between tries at a server that is not to be used: from the first, doubled up to the second."""

SETTLED = 2.0
"""Seconds of the first wait after a look. What comes between both is told by no server."""

_LEAVES = 5.0
"""Seconds that stopping waits for a server."""


class FolderWatch:
    """Looks into a folder when its server tells of mail, and from time to time all the same."""

    def __init__(self, database: Database, place: Place, ids: Collection[int]) -> None:
        self._database = database
        self._place = place
        self._waker = Waker()
        self._stopping = threading.Event()
        self._looker = Looker(database, place.called, self._stopping)
        self._folder: Folder | None = None
        self._told: str | None = None
        self.waits_for(ids, poke=False)
        self._thread = threading.Thread(target=self._work, name="jams-mailbox", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def waits_for(self, ids: Collection[int], *, poke: bool = True) -> None:
        """These events wait for its mails; with ``poke`` it looks for them at once."""
        self._ids = frozenset(ids)
        if poke:
            self._waker.wake()

    def stop(self) -> None:
        """Watch no more; a server that hangs is not waited for."""
        self._stopping.set()
        self._waker.wake()
        folder = self._folder
        if folder is not None:
            folder.break_off()

    def join(self) -> None:
        """Wait until it has stopped."""
        if self._thread.ident is not None:
            self._thread.join(_LEAVES)

    def _work(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stopping.is_set():
            try:
                self._folder = Folder(self._place)
                if self._stopping.is_set():
                    break
                self._well()
                pause = SHORTEST_PAUSE
                self._watch(self._folder)
            except Unusable as error:
                if not self._stopping.is_set():
                    self._tell(str(error))
            except ServerUnavailable as error:
                log.error("mails could not be looked for: %s", error.message)
            except Exception:
                if not self._stopping.is_set():
                    log.exception("mails could not be looked for")
            finally:
                folder, self._folder = self._folder, None
                if folder is not None:
                    folder.close()
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._waker.close()

    def _watch(self, folder: Folder) -> None:
        rested = True
        while not self._stopping.is_set():
            self._waker.clear()
            looked = self._looker.look(folder, self._ids)
            wait = self._place.interval if rested else min(SETTLED, self._place.interval)
            if looked.again is not None:
                wait = min(wait, max(0.0, (looked.again - datetime.now(UTC)).total_seconds()))
            begun = time.monotonic()
            if wait:
                folder.wait(wait, self._waker)
            rested = not looked.taken and time.monotonic() - begun >= min(wait, SETTLED)

    def _tell(self, problem: str) -> None:
        if problem != self._told:
            log.warning("%s", problem)
        self._told = problem
        try:
            self._database.write(lambda c: trigger_mails.tell(c, self._armed(c), problem))
        except ServerUnavailable as error:
            log.error("what is wrong with a mailbox could not be kept: %s", error.message)

    def _well(self) -> None:
        if self._told is not None:
            log.info("%s can be looked into again", self._place.called)
        self._told = None
        self._database.write(lambda c: trigger_mails.tell_no_more(c, self._armed(c)))

    def _armed(self, c: Connection) -> set[int]:
        return {each.armed_id for each in trigger_mails.wanted(c, self._ids)}
