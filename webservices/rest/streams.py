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

Comments (lines that begin with a colon) keep an idle connection alive. A stream may end without ``end``: when
the server stops, or has no room for one more that waits. The client comes back then, after the time that
``retry`` told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec
from flask import Response

from jams.objects.base import snake_name
from jams.objects.errors import JAMSError
from jams.operations.catalogue import Follow, Operation
from jams.security.caller import Credentials
from webservices.waiting import PLACE, Pause, Place, Waits, result_of

from .answers import EVENTS
from .problems import DOOR, problem

ALIVE_EVERY = 15.0
"""Seconds after which an idle stream says that it is alive."""

FIRST_WAIT = 1.0
"""Seconds that the answer may take to begin: an error that is known by then is answered as a problem."""


PACE = 0.5
"""Seconds: who is answered sooner, with nothing new, was not let wait."""


@dataclass(frozen=True)
class Watched:
    """What a stream follows.

    Attributes:
        operation: the operation that is asked again and again.
        follow: how it is followed.
        credentials: who follows.
        first: arguments of the first call, with everything the caller gave.
        later: arguments of the later calls, without the cursor: what names the object.
    """

    operation: Operation
    follow: Follow
    credentials: Credentials
    first: dict[str, Any]
    later: dict[str, Any]

    def asked(self, given: dict[str, Any], seconds: float) -> tuple[Operation, dict[str, Any]]:
        """The call that waits so many seconds for something new."""
        return self.operation, {**given, self.follow.wait: seconds}


class Streams:
    """The streams that are open."""

    def __init__(self, waits: Waits) -> None:
        """``waits`` calls the JAMServer."""
        self._waits = waits
        self._closing = threading.Event()

    def close(self) -> None:
        """Let every stream end after the piece it waits for; its client comes back to whoever serves next."""
        self._closing.set()

    def open(self, watched: Watched, environ: Mapping[str, Any]) -> Response:
        """Begin a stream; one for which there is no thread ends after what there is now.

        Raises:
            JAMSError: what the first call raised.
            Aside: the first call waits.
        """
        place: Place | None = environ.get(PLACE)
        if place is not None:
            asked = watched.asked(watched.first, FIRST_WAIT)
            result = place.result(lambda: self._later(watched, asked))
            place.pauses = True
            return stream_response(self._events(watched, result, place))
        free = self._waits.take()
        try:
            result = self._now(watched, watched.asked(watched.first, FIRST_WAIT if free else 0.0))
        except BaseException:
            if free:
                self._waits.give_back()
            raise
        if not free:
            return stream_response(chain([RETRY], self._piece(watched, result)))
        response = stream_response(self._events(watched, result, None))
        response.call_on_close(self._waits.give_back)
        return response

    def _now(self, watched: Watched, asked: tuple[Operation, dict[str, Any]]) -> Any:
        return self._waits.connection.call(*asked, credentials=watched.credentials, door=DOOR)

    def _later(self, watched: Watched, asked: tuple[Operation, dict[str, Any]]) -> Future[Any]:
        return self._waits.connection.call_later(*asked, credentials=watched.credentials, door=DOOR)

    def _events(self, watched: Watched, result: Any, place: Place | None) -> Iterator[bytes]:
        yield RETRY
        while True:
            cursor = yield from self._piece(watched, result)
            if cursor is None or self._closing.is_set():
                return
            given = {**watched.later, watched.follow.cursor: cursor}
            asked, began = watched.asked(given, ALIVE_EVERY), time.monotonic()
            try:
                if place is None:
                    result = self._now(watched, asked)
                else:
                    place.future = self._later(watched, asked)
                    if not place.future.done():
                        yield Pause()
                    if self._closing.is_set() and not _has_come(place.future):
                        return
                    result = result_of(place.future)
            except JAMSError as error:
                yield event_bytes("error", problem(error), cursor)
                return
            if self._closing.is_set() or time.monotonic() - began >= PACE or _says(watched, result):
                continue
            if place is not None:
                return  # there is no room for one more who waits; he comes back
            self._closing.wait(PACE)

    def _piece(self, watched: Watched, result: Any) -> Generator[bytes, None, Any]:
        """One result as events; where to go on, or None when nothing will follow."""
        follow = watched.follow
        cursor = getattr(result, snake_name(follow.next))
        text = snake_name(follow.text)
        yield event_bytes("message", result, cursor) if getattr(result, text) else ALIVE
        if not getattr(result, snake_name(follow.done)):
            return cursor
        yield event_bytes("end", msgspec.structs.replace(result, **{text: ""}), cursor)
        return None


RETRY = b"retry: 2000\n\n"
ALIVE = b": alive\n\n"


def _says(watched: Watched, result: Any) -> bool:
    """Whether a result has something to say."""
    follow = watched.follow
    return bool(getattr(result, snake_name(follow.text)) or getattr(result, snake_name(follow.done)))


def _has_come(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def stream_response(events: Iterator[bytes]) -> Response:
    """The answer that sends these events."""
    response = Response(events, mimetype=EVENTS)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def event_bytes(name: str, data: Any, cursor: Any) -> bytes:
    """One event; without a cursor it has no id."""
    head = f"event: {name}\n" if name != "message" else ""
    place = "" if cursor is None else f"id: {cursor}\n"
    return f"{head}{place}".encode() + b"data: " + msgspec.json.encode(data) + b"\n\n"
