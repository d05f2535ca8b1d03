"""Credentials that the server uses by itself, again and again: their uses in the audit trail."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from sqlalchemy import Connection

from jams.database import Database, credential_uses
from jams.objects.actors import ENGINE
from jams.objects.errors import JAMSError
from jams.scheduler.remotes import Logon, LogonOf

AGAIN_AFTER = 3600.0
"""Seconds after which a use by the same part of the server is told again: it logs on at every turn."""

log = logging.getLogger(__name__)


class NotedLogons:
    """Opens credentials for a part of the server, and writes down that it uses them.

    Args:
        database: where the trail is. It is written to in a transaction of its own: the caller's only reads.
        logon_of: opens a credential.
        purpose: what uses it, as the beginning of a sentence: "The mail server".
        clock: seconds that only ever grow.
    """

    def __init__(
        self,
        database: Database,
        logon_of: LogonOf,
        purpose: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._logon_of = logon_of
        self._purpose = purpose
        self._clock = clock
        self._lock = threading.Lock()
        self._noted: dict[tuple[str, str], float] = {}

    def __call__(self, c: Connection, name: str) -> Logon:
        """The account of a credential. Raises what ``logon_of`` raises, and nothing of its own."""
        found = self._logon_of(c, name)
        if self._is_new(name, found.user_name):
            try:
                self._database.write(
                    lambda w: credential_uses.record(
                        w, name, found.user_name, user=ENGINE, purpose=self._purpose
                    )
                )
            except JAMSError as error:
                log.warning("the use of the credential %s could not be written down: %s", name, error.message)
        return found

    def _is_new(self, name: str, account: str) -> bool:
        now, key = self._clock(), (name.casefold(), account)
        with self._lock:
            last = self._noted.get(key)
            if last is not None and now - last < AGAIN_AFTER:
                return False
            self._noted[key] = now
            return True
