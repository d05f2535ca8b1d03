"""Watches the mailboxes for whose mails triggers wait: a thread for each folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from functools import partial

from sqlalchemy import Connection

from jams.database import Database, trigger_mails
from jams.database.changes import DEFINITIONS, Changes
from jams.database.trigger_mails import WantedMail
from jams.objects.errors import ServerUnavailable
from jams.scheduler.bell import Bell
from jams.scheduler.remotes import LogonOf

from .folder_watch import FolderWatch
from .places import Place, place_of
from .unusable import Unusable

log = logging.getLogger(__name__)

SLOW = 60.0
"""Seconds after which it is asked who waits for what although nobody has said that this has changed."""

SOON = 0.2
"""Seconds within which it is asked when something has changed."""


class MailWatch:
    """Has those folders watched for which triggers wait."""

    def __init__(self, database: Database, logon_of: LogonOf) -> None:
        self._database = database
        self._logon_of = logon_of
        self._watches: dict[Place, FolderWatch] = {}
        self._known: dict[Place, list[WantedMail]] = {}
        self._told: dict[int, str] = {}
        self._bell = Bell()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="jams-mail", daemon=True)
        database.listen(self._notice, self._bell.ring)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopping.set()
        self._bell.ring()
        self._thread.join()
        for each in self._watches.values():
            each.stop()
        for each in self._watches.values():
            each.join()
        self._watches.clear()

    def _notice(self, changed: Changes) -> None:
        if DEFINITIONS in changed:
            self._bell.ring(within=SOON)

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                self.look()
            except ServerUnavailable as error:
                log.error("it could not be asked who waits for mails: %s", error.message)
            except Exception:
                log.exception("it could not be asked who waits for mails")
            self._bell.wait(SLOW)

    def look(self) -> int:
        """Have exactly those folders watched for which somebody waits; how many there are."""
        with self._database.read() as c:
            wanted = trigger_mails.wanted(c)
            places, unusable = self._places(c, wanted)
        for place in self._watches.keys() - places.keys():
            self._watches.pop(place).stop()
            self._known.pop(place)
        for place, events in places.items():
            ids = [each.event_id for each in events]
            if place not in self._watches:
                self._watches[place] = FolderWatch(self._database, place, ids)
                self._watches[place].start()
            elif events != self._known[place]:
                self._watches[place].waits_for(ids)
            self._known[place] = events
        self._tell(unusable)
        return len(places)

    def _places(
        self, c: Connection, wanted: list[WantedMail]
    ) -> tuple[Mapping[Place, list[WantedMail]], dict[int, str]]:
        places: dict[Place, list[WantedMail]] = {}
        unusable: dict[int, str] = {}
        for each in wanted:
            try:
                places.setdefault(place_of(c, each.watched, self._logon_of), []).append(each)
            except Unusable as error:
                unusable[each.armed_id] = str(error)
        return places, unusable

    def _tell(self, unusable: dict[int, str]) -> None:
        fresh = {id: why for id, why in unusable.items() if self._told.get(id) != why}
        self._told = unusable
        for why in sorted(set(fresh.values())):
            log.warning("%s", why)
            ids = [id for id, each in fresh.items() if each == why]
            self._database.write(partial(trigger_mails.tell, ids=ids, problem=why))
