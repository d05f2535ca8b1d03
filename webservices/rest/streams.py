"""Follows a growing result as server-sent events (WHATWG HTML, section 9.2).

Each event's ``data`` is the operation's whole JSON result on one line, so that line ends and characters of
the text arrive exactly as they are, and its ``id`` is the cursor of the next piece. A client that comes back
with ``Last-Event-ID`` continues there: joined in order, the texts are the whole text, without loss or
repetition.

=========== =======================================================================================
event       data
=========== =======================================================================================
``message`` a piece: ``{"jamsEntry": 7, "text": "…", "offset": 0, "nextOffset": 12, …}``
``end``     the last result with an empty text; nothing will follow, the client need not come back
``error``   a problem (RFC 9457); the client may come back with ``Last-Event-ID`` if ``status`` is 503
=========== =======================================================================================

Comments (lines that begin with a colon) keep an idle connection alive.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Response

from jams.objects.base import snake_name
from jams.objects.errors import JAMSError, ServerBusy
from jams.operations.catalogue import Follow

from .answers import EVENTS
from .problems import problem

ALIVE_EVERY = 15.0
"""Seconds after which an idle stream says that it is alive."""

FIRST_WAIT = 1.0
"""Seconds that the answer may take to begin: an error that is known by then is answered as a problem."""

_PACE = 0.5


@dataclass(frozen=True)
class Watched:
    """What a stream follows.

    Attributes:
        follow: how the operation is followed.
        ask: calls the operation.
        first: arguments of the first call, with everything the caller gave.
        later: arguments of the later calls, without the cursor: what names the object.
    """

    follow: Follow
    ask: Callable[[dict[str, Any]], Any]
    first: dict[str, Any]
    later: dict[str, Any]

    def next(self, given: dict[str, Any], seconds: float) -> Any:
        """The next result, once there is something new or so many seconds are over. Raises JAMSError."""
        return self.ask({**given, self.follow.wait: seconds})


class Streams:
    """The streams that are open, and room for how many more."""

    def __init__(self, most: int) -> None:
        """At most ``most`` streams are open at a time."""
        self._room = threading.BoundedSemaphore(most)
        self._closing = threading.Event()

    def close(self) -> None:
        """Let every stream end after the piece it waits for; its client comes back to whoever serves next."""
        self._closing.set()

    def open(self, watched: Watched) -> Response:
        """Begin a stream.

        Raises:
            ServerBusy: there are too many streams.
            JAMSError: what the first call raised.
        """
        if not self._room.acquire(blocking=False):
            raise ServerBusy("Too many callers follow something already; try again in a moment.")
        try:
            result = watched.next(watched.first, FIRST_WAIT)
        except BaseException:
            self._room.release()
            raise
        response = Response(self._events(watched, result), mimetype=EVENTS)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        response.call_on_close(self._room.release)
        return response

    def _events(self, watched: Watched, result: Any) -> Iterator[bytes]:
        follow = watched.follow
        text, following, done = (snake_name(name) for name in (follow.text, follow.next, follow.done))
        yield b"retry: 2000\n\n"
        while True:
            cursor = getattr(result, following)
            given = {**watched.later, follow.cursor: cursor}
            yield _event("message", result, cursor) if getattr(result, text) else b": alive\n\n"
            if getattr(result, done):
                yield _event("end", msgspec.structs.replace(result, **{text: ""}), cursor)
                return
            if self._closing.is_set():
                return
            began = time.monotonic()
            try:
                result = watched.next(given, ALIVE_EVERY)
            except JAMSError as error:
                yield _event("error", problem(error), cursor)
                return
            if not getattr(result, text) and time.monotonic() - began < _PACE:
                self._closing.wait(_PACE)  # a server without room for one more waiting caller answers at once


def _event(name: str, data: Any, cursor: Any) -> bytes:
    head = f"event: {name}\n" if name != "message" else ""
    return f"{head}id: {cursor}\n".encode() + b"data: " + msgspec.json.encode(data) + b"\n\n"
