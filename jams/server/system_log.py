"""The log of the system: syslog, or journald, which listens at the same socket.

It is reached by the standard library's handler. The audit trail is passed on to it, and serious errors of the
services are told to it.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from contextlib import suppress
from logging.handlers import SysLogHandler

Address = str | tuple[str, int]
"""Of the system's log: the path of a unix socket, or host and port (UDP)."""

PATIENCE = 5.0
"""Seconds after which a line counts as not sent: whoever reads the socket may have stopped."""


class SystemLog(SysLogHandler):
    """Sends lines to the system's log; one that cannot be sent is an error.

    Args:
        address: where it is reached.
        ident: who sends, as it stands before each line.
        facility: the kind of program that sends, as syslog numbers them.
    """

    def __init__(self, address: Address, ident: str, facility: int) -> None:
        super().__init__(address, facility=facility)
        self.append_nul = False
        self.ident = f"{ident}: "

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record. Raises OSError."""
        self._limit()
        super().emit(record)

    def _limit(self) -> None:
        """Wait for nobody who has stopped to read; the handler makes its socket anew when it was lost."""
        found = getattr(self, "socket", None)
        if isinstance(found, socket.socket):
            # One that was lost is closed, and made anew by whoever sends.
            with suppress(OSError):
                found.settimeout(PATIENCE)

    def handleError(self, record: logging.LogRecord) -> None:
        """Raise what went wrong."""
        raise

    def send(self, line: str) -> None:
        """Send a line. Raises OSError."""
        self.emit(logging.LogRecord(self.ident, logging.INFO, "", 0, line, None, None))


class ServiceErrors(SystemLog):
    """Tells the system's log of the serious errors of a service, which are in that one's own log anyway."""

    def __init__(self, address: Address, service: str) -> None:
        super().__init__(address, f"{service}[{os.getpid()}]", SysLogHandler.LOG_DAEMON)
        self.setLevel(logging.ERROR)
        self._failed = self._complained = False

    def createSocket(self) -> None:
        """Make the socket; a host whose name says nothing now is asked for again with the next error."""
        with suppress(OSError):
            super().createSocket()

    def emit(self, record: logging.LogRecord) -> None:
        """Send the line."""
        self._failed = False
        super().emit(record)
        self._complained = self._failed

    def handleError(self, record: logging.LogRecord) -> None:
        """Say once that the system's log does not take what it is told."""
        self._failed = True
        if not self._complained and sys.stderr is not None:
            sys.stderr.write("jams: the system's log cannot be told of errors: see SystemLog.\n")
