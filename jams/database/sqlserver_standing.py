"""The standing connection of a server to SQL Server.

What holds the database is an application lock of the session. What other processes write is not heard here;
the writer looks for that (:class:`jams.database.sqlserver.Session`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

import pyodbc
from sqlalchemy import URL

from .holding import HEARTBEAT, Holding
from .parts import Part
from .servers import Signature
from .sqlserver import WRITER, Connector


class Standing(Holding):
    """See :class:`jams.database.holding.Holding`."""

    driver_error: ClassVar[type[Exception]] = pyodbc.Error
    lock: ClassVar[str] = (
        "DECLARE @got INT; EXEC @got = sp_getapplock @Resource = N'JAMS', @LockMode = 'Exclusive',"
        " @LockOwner = 'Session', @LockTimeout = 0; SELECT CASE WHEN @got >= 0 THEN 1 ELSE 0 END"
    )
    token: ClassVar[str] = "SELECT token FROM server WHERE id = 1"

    setup: ClassVar[str] = WRITER

    def __init__(self, url: URL, signature: Signature, part: Part = Part.WHOLE) -> None:
        """Connect and take the lock. Raises Held, pyodbc.Error."""
        self._connector = Connector(url, self.setup)
        super().__init__(signature, part)

    def _connected(self) -> Any:
        return self._connector.connect()

    def _took_lock(self, part: Part) -> bool:
        # A server is never in parts here (jams.database.database_servers), so that one lock is enough.
        return part is Part.SERVER or bool(self._one(self.lock))

    def _give_lock(self, part: Part) -> None:
        """No other part is ever kept out."""

    def _token(self) -> str | None:
        found: str | None = self._one(self.token)
        return found

    def _wait(self) -> None:
        self._closing.wait(HEARTBEAT)

    def _wake(self) -> None:
        """Nobody is asleep but for ``_closing``."""

    def _listen(self) -> None:
        """Nothing is heard here."""

    def _end_former(self) -> None:
        """To end a session takes rights that a server need not have; it ends when its network is given up."""

    def _close_session(self) -> None:
        with suppress(pyodbc.Error):
            super()._close_session()

    def _one(self, statement: str) -> Any:
        cursor = self._session.execute(statement)
        try:
            return cursor.fetchval()
        finally:
            cursor.close()
