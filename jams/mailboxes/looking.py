"""A look into a folder: which of its mails are for which events, one at a time for each.

A mail that an event takes is news for its trigger, and seen, in one transaction: it fires once, whoever is
killed when. It is marked, moved or deleted afterwards, and after a restart if need be. Until its trigger
waits anew the mails behind it stay where they are. A trigger is given no more mails than may fire it without
being stopped for it: a thousand mails that come at once fire a thousand times, and a circle of mails does no
harm.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from jams.database import Database, armed_triggers, trigger_mails
from jams.database.trigger_mails import Mail, Seen, WantedMail
from jams.objects.trigger_parts import MailTaken
from jams.scheduler.triggers.advancing import GUARDED, MOST_FIRINGS

from . import patterns
from .mails import Head, facts_of, text_of

log = logging.getLogger(__name__)

MOST = 2000
"""How many mails a look reads at most; the next one goes on behind them."""

_CHUNK = 100

_SHARE = 4
"""After each piece it rests so many times as long as that has taken of a processor."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_EXPECTED = timedelta(seconds=1)
"""Mail servers tell times in seconds."""


class Folder(Protocol):
    """A folder of a mailbox; see :class:`.imap.Folder`."""

    validity: int

    def first_new(self, after: datetime) -> tuple[int, datetime]:
        """The UID from which on mails are new, and the time of the newest before it."""

    def after(self, uid: int, most: int) -> list[int]:
        """The UIDs behind that one, lowest first."""

    def heads(self, uids: Sequence[int]) -> dict[int, Head]:
        """The heads of mails."""

    def raw(self, uid: int) -> bytes:
        """The beginning of a mail."""

    def settle(self, uid: int, taken: MailTaken, move_to: str) -> str | None:
        """Mark, move or delete a mail; why that is not done."""


class Looked(NamedTuple):
    """What has come of a look: how many mails were taken, and when to look again though nothing comes."""

    taken: int
    again: datetime | None


class _Search:
    """An event that is ready, in a look."""

    def __init__(self, wanted: WantedMail, seen: Seen) -> None:
        self.wanted = wanted
        self.passed = seen.uid
        self.latest = seen.latest
        self.found: tuple[Head, str] | None = None


class Looker:
    """Looks into one folder for the events that wait for its mails."""

    def __init__(
        self,
        database: Database,
        name: str,
        stopping: threading.Event,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._name = name
        self._stopping = stopping
        self._now = now

    def look(self, folder: Folder, ids: Collection[int]) -> Looked:
        """Look once for these events. Raises Unusable, and what the database raises."""
        with self._database.read() as c:
            wanted = trigger_mails.wanted(c, ids)
        for each in wanted:
            if each.seen is None or each.seen.validity != folder.validity:
                self._begin(folder, each)
            elif each.seen.open_uid is not None:
                self._settle(folder, each.event_id, each.seen.open_uid, each)
        with self._database.read() as c:
            wanted = trigger_mails.wanted(c, ids)
            free = armed_triggers.free_again(c, {each.armed_id for each in wanted}, GUARDED, MOST_FIRINGS)
        now = self._now()
        paced = {id: when for id, when in free.items() if when > now}
        searches = [
            _Search(each, each.seen)
            for each in wanted
            if each.ready and each.seen is not None and each.armed_id not in paced
        ]
        again = [when for id, when in paced.items() if any(e.armed_id == id and e.ready for e in wanted)]
        taken = 0
        if searches:
            read = self._search(folder, searches)
            taken = self._write(folder, searches)
            if taken or read >= MOST:
                again.append(now)
        return Looked(taken, min(again, default=None))

    def _begin(self, folder: Folder, wanted: WantedMail) -> None:
        seen = wanted.seen
        # The times are those of the mail server, whose clock may be another.
        if seen is not None:
            log.warning("%s has other UIDs than before: its mails are told apart by their times", self._name)
            first, latest = folder.first_new(seen.latest)
            latest = max(latest, seen.latest)
        elif wanted.watched.old_mail:
            first, latest = 1, _NEVER
        else:
            first, latest = folder.first_new(wanted.since - _EXPECTED)
        begun = Seen(folder.validity, first - 1, None, latest)
        self._database.write(lambda c: trigger_mails.begin(c, wanted.event_id, begun))

    def _search(self, folder: Folder, searches: Sequence[_Search]) -> int:
        """Look for the first mail of each event; how many mails were read."""
        uids = folder.after(min(each.passed for each in searches), MOST)
        for at in range(0, len(uids), _CHUNK):
            spent = time.thread_time()
            heads = folder.heads(uids[at : at + _CHUNK])
            for uid in uids[at : at + _CHUNK]:
                head = heads.get(uid)
                text: str | None = None
                for each in searches:
                    if each.found is not None or uid <= each.passed:
                        continue
                    if head is not None and patterns.by_head(each.wanted.watched, head):
                        text = text_of(folder.raw(uid)) if text is None else text
                        if patterns.by_text(each.wanted.watched, text):
                            each.found = head, text
                            continue
                    each.passed = uid
                    each.latest = each.latest if head is None else max(each.latest, head.received)
            if all(each.found for each in searches) or self._stopping.is_set():
                return at + _CHUNK
            self._stopping.wait(_SHARE * (time.thread_time() - spent))
        return len(uids)

    def _write(self, folder: Folder, searches: Sequence[_Search]) -> int:
        """Write down what was found, and do with the mails what is to be done; how many were taken."""
        behind = [each for each in searches if each.wanted.seen and each.passed > each.wanted.seen.uid]
        if behind:
            self._database.write(lambda c: [self._pass(c, each) for each in behind])
        taken = []
        for each in searches:
            if each.found is not None and self._take(each):
                taken.append(each)
        for each in taken:
            assert each.found is not None
            if each.wanted.watched.taken is not MailTaken.STAYS:
                self._settle(folder, each.wanted.event_id, each.found[0].uid, each.wanted)
        return len(taken)

    @staticmethod
    def _pass(c: Connection, each: _Search) -> None:
        seen = each.wanted.seen
        assert seen is not None
        trigger_mails.passed(c, each.wanted.event_id, seen, each.passed, each.latest)
        each.wanted = each.wanted._replace(seen=seen._replace(uid=each.passed, latest=each.latest))

    def _take(self, each: _Search) -> bool:
        assert each.found is not None
        head, text = each.found
        watched = each.wanted.watched
        told = f"{head.subject[:200]!r} from {head.sender[:200]} is in {watched.name or 'INBOX'}"
        mail = Mail(head.uid, head.received, told, facts_of(head, watched.name or "INBOX", text))
        settles = watched.taken is not MailTaken.STAYS
        return self._database.write(
            lambda c: trigger_mails.take(c, each.wanted, mail, self._now(), settles=settles)
        )

    def _settle(self, folder: Folder, event_id: int, uid: int, wanted: WantedMail) -> None:
        refusal = folder.settle(uid, wanted.watched.taken, wanted.watched.move_to)
        if refusal is not None:
            log.error("%s", refusal)
        self._database.write(lambda c: trigger_mails.settled(c, event_id, uid))
