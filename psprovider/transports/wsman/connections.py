"""One HTTP connection: how long it may be silent, and what is no request."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from jams.wire.http_heads import fault_of

KEEP_ALIVE = 3600
"""Seconds that an unused connection stays open; one known client cannot open it again under TLS."""
PATIENCE = 60
_END_OF_HEAD = re.compile(rb"\n\r?\n")
"""Where h11 takes a head to be over."""

LOGGED_IN = "logged_in"
"""What the application notes in the state of a request once it knows who has sent it."""


class Connection(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, which by itself waits for ever for a request to begin or to end.

    Attributes:
        patience: seconds for a request to arrive whole, and for a client that has not logged in to begin one.
    """

    patience = PATIENCE
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        self._expect(True)

    def data_received(self, data: bytes) -> None:
        """A client has sent something."""
        super().data_received(data)
        self._expect(self._begun())

    def handle_events(self) -> None:
        """Work on what has been received."""
        waiting, _ = self.conn.trailing_data
        if self.conn.their_state is h11.IDLE and (end := _END_OF_HEAD.search(waiting)):
            fault = fault_of(waiting[: end.end()])
            if fault is not None:
                self.send_400_response(f"This is not an HTTP request that can be read: {fault}.")
                return
        super().handle_events()

    def on_response_complete(self) -> None:
        """A request was answered."""
        known = self.scope["state"].get(LOGGED_IN)
        self.timeout_keep_alive = KEEP_ALIVE if known else self.patience
        super().on_response_complete()
        self._expect(self._begun())

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        self._expect(False)
        super().connection_lost(exc)

    def _begun(self) -> bool:
        """Whether a part of a request has arrived."""
        state = self.conn.their_state
        return state is h11.SEND_BODY or (state is h11.IDLE and bool(self.conn.trailing_data[0]))

    def _expect(self, request: bool) -> None:
        if not request and self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        elif request and self._deadline is None:
            self._deadline = self.loop.call_later(self.patience, self.transport.abort)


def note_login(scope: Any) -> None:
    """Let the connection of a request stay open, since it is known who has sent it."""
    state = scope.get("state")
    if state is not None:
        state[LOGGED_IN] = True
