"""Publishes the audit trail: its heads to the log once a day, and its records to the system's log if wanted.

A record is a line of JSON with all that its hash is made of, so that what has left this machine can
be compared with the trail. It is passed on at least once: up to which record stands in the database.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from functools import partial
from logging.handlers import SysLogHandler
from typing import Any

from jams.database import Database, audit_chain
from jams.objects.errors import JAMSError

from .system_log import Address, SystemLog

log = logging.getLogger("jams.audit")

DAY = 86_400.0
LOOKS_EVERY = 1.0
"""Seconds between looks at whether there is something to pass on."""

_PIECE = 500


class AuditWatch:
    """A thread that publishes the trail of a server.

    Args:
        database: the database.
        address: where the system's log is reached; None: records are not passed on.
    """

    def __init__(self, database: Database, address: Address | None) -> None:
        self._database = database
        self._address = address
        self._handler: SystemLog | None = None
        self._failed = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="jams-audit", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Pass on what is there, and end."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self.pass_on()
        if self._handler is not None:
            self._handler.close()

    def publish(self) -> None:
        """Write the heads to the log, and to the system's."""
        try:
            with self._database.read() as c:
                text = " ".join(head.text for head in audit_chain.heads(c))
        except JAMSError as error:
            log.error("the heads of the audit trail cannot be read: %s", error.message)
            return
        log.info("heads of the audit trail: %s", text)
        self._guarded(lambda: self._send(json.dumps({"heads": text})))

    def pass_on(self) -> None:
        """Pass on the records that were not yet."""
        if self._address is not None:
            self._guarded(self._pass_on)

    def _work(self) -> None:
        next_head = time.monotonic()
        while not self._stopping.is_set():
            if time.monotonic() >= next_head:
                next_head += DAY
                self.publish()
            self.pass_on()
            left = max(0.0, next_head - time.monotonic())
            self._stopping.wait(left if self._address is None else min(left, LOOKS_EVERY))

    def _guarded(self, work: Any) -> None:
        """Do something with the system's log; say once that it cannot be done."""
        try:
            work()
            self._failed = False
        except (OSError, JAMSError) as error:
            if not self._failed:
                log.error("the audit trail cannot be passed on to the system's log: %s", error)
            self._failed = True
            if self._handler is not None:
                self._handler.close()
                self._handler = None

    def _send(self, line: str) -> None:
        if self._address is None:
            return
        if self._handler is None:
            self._handler = SystemLog(self._address, "jams-audit", SysLogHandler.LOG_AUTHPRIV)
        self._handler.send(line)

    def _pass_on(self) -> None:
        for name in audit_chain.CHAINS:
            while True:
                with self._database.read() as c:
                    told = audit_chain.told(c, name)
                    rows = audit_chain.records(c, name, told, _PIECE)
                if not rows:
                    break
                for row in rows:
                    self._send(audit_chain.line(row))
                self._database.write(partial(audit_chain.tell, name=name, link=rows[-1].link))
