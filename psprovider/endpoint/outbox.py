"""What a session has to say: messages, oldest first, until a transport takes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from . import messages
from .clixml.writer import write
from .keys import Secrets
from .messages import MessageType
from .session_settings import Settings


class Outbox:
    """The messages of one session that have not been taken.

    Attributes:
        pool: the pool that messages name; None until the client has named it.
        waiting: bytes that have not been taken.
    """

    def __init__(self, settings: Settings, secrets: Secrets) -> None:
        self.pool: UUID | None = None
        self.waiting = 0
        self._shapes = settings.shapes
        self._seal = secrets.seal
        self._messages: deque[tuple[UUID | None, bytes]] = deque()

    def add(self, kind: MessageType, pipeline: UUID | None, body: str, nameless: bool = False) -> None:
        """Add a message for a pipeline, or for the session (None); ``nameless`` leaves its pool out."""
        message = messages.encode(kind, None if nameless else self.pool, pipeline, body)
        self._messages.append((pipeline, message))
        self.waiting += len(message)

    def text(self, value: Any) -> str:
        """A value as the body of a message. Raises SessionKeyMissing."""
        return write(value, self._shapes, self._seal)

    def take(self) -> Iterator[tuple[UUID | None, bytes]]:
        """Empty it: every message with the pipeline it belongs to (None: the session)."""
        while self._messages:
            yield self._messages.popleft()
        self.waiting = 0
