"""Calls an operation over whichever transport, as often as is needed and safe."""

from __future__ import annotations

import os
import time

from .client_errors import ClientError, Unreachable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .access import Access
    from .client_settings import Settings
    from .commands import Command, Commands
    from .http import Http
    from .rest import Rest
    from .soap import Soap

REPEAT_FOR = 30.0
"""Seconds for which a call whose answer was lost is repeated."""


class Caller:
    """Calls operations of one server for one person.

    Attributes:
        server: base address of the server.
        access: the credentials that are shown.
    """

    def __init__(self, settings: Settings, commands: Commands, *, interactive: bool = True) -> None:
        """``interactive`` says whether a password may be asked for."""
        from .access import Access
        from .http import Http

        self.server = settings.server
        self.access = Access(settings, self.server, interactive=interactive)
        self._commands = commands
        self._http = Http(self.server, timeout=settings.request_timeout, ca_file=settings.ca_file)
        self._transport = _transport(settings.protocol, self._http, self.access, commands)

    @property
    def cut(self) -> bool:
        """Whether the last answer said that more may follow than it holds."""
        return self._http.cut

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def call(
        self,
        command: Command,
        values: dict[str, Any],
        *,
        document: dict[str, Any] | None = None,
        wait: float = 0.0,
    ) -> Any:
        """Run an operation.

        A call that takes a key is repeated under the same key while its answer is lost. A login that has run
        out is renewed once.

        Args:
            command: the operation.
            values: its inputs by Python name.
            document: its document, if it takes one.
            wait: seconds that the server is asked to wait.

        Raises:
            ClientError: the server refused.
            Unreachable: no server answered.
        """
        key = os.urandom(16).hex() if command.retry else None
        try:
            return self._repeated(command, values, document, wait, key)
        except ClientError as error:
            if error.kind != "Unauthenticated" or command.session == "opens":
                raise
            if not self._renew():
                raise self._explained(error) from None
        return self._repeated(command, values, document, wait, key)

    def _repeated(
        self,
        command: Command,
        values: dict[str, Any],
        document: dict[str, Any] | None,
        wait: float,
        key: str | None,
    ) -> Any:
        until = time.monotonic() + REPEAT_FOR
        pause, lost = 0.2, False
        while True:
            try:
                return self._transport.call(command, values, document=document, wait=wait, key=key)
            except Unreachable as error:
                lost = lost or error.sent
                if not (lost and key and time.monotonic() < until):
                    raise _unsure(error, command, lost=lost) from None
            time.sleep(pause)
            pause = min(pause * 2, 3.0)

    def _renew(self) -> bool:
        """Renew the stored login with its refresh token (RFC 6749 section 6); whether that worked."""
        token = self.access.refresh_token
        if token is None:
            return False
        values = {"grant_type": "refresh_token", "refresh_token": token}
        try:
            answer = self._transport.call(self._commands.opening(), values)
        except ClientError:
            return False
        self.access.keep(answer, None)
        return True

    def _explained(self, error: ClientError) -> ClientError:
        message = error.message if self.access.shown else f"not logged in at {self.server}"
        hint = f"{message} (jamswebclient login --server {self.server})"
        return ClientError(hint, kind=error.kind, code=error.code, problem=error.problem)


def _transport(protocol: str, http: Http, access: Access, commands: Commands) -> Rest | Soap:
    if protocol == "soap":
        from .soap import Soap

        return Soap(http, access, commands)
    from .rest import Rest

    return Rest(http, access, commands)


def _unsure(error: Unreachable, command: Command, *, lost: bool) -> Unreachable:
    """The error, which says so when something may have been done all the same."""
    if not lost or command.reads:
        return error
    return Unreachable(f"{error.message}; whether {command.word} was done is not known", sent=True)
