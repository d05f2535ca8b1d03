"""What happens, as server-sent events (WHATWG HTML, section 9.2), for as long as somebody listens.

=========== =======================================================================================
event       data
=========== =======================================================================================
``ready``   ``{"listAnew": false}``: from here on everything is told. Who lists what he follows when
            this has come misses nothing; with ``listAnew`` he has to, for something was lost
``message`` one event, as ``GET /event`` shows it
``error``   a problem (RFC 9457); the client may come back with ``Last-Event-ID`` if ``status`` is 503
=========== =======================================================================================

The ``id`` of each is the place to go on from: who comes back with it as ``Last-Event-ID`` misses nothing,
whatever was restarted meanwhile. Comments keep an idle connection alive.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import msgspec
from flask import Response

from jams.objects.errors import JAMSError, ServerUnavailable
from webservices.listening import Hall, Listening, Member
from webservices.waiting import PLACE, Pause, Place, Waits, result_of

from .problems import problem
from .streams import ALIVE, PACE, RETRY, event_bytes, stream_response

_encode = msgspec.json.Encoder().encode


def written(event: Any) -> tuple[int, bytes]:
    """The number of an event, and what is sent of it."""
    return event.event_id, b"id: %d\ndata: %b\n\n" % (event.event_id, _encode(event))


class Feeds:
    """The streams of those who listen to what happens."""

    def __init__(self, waits: Waits) -> None:
        """``waits`` calls the JAMServer."""
        self._waits = waits
        self._connection = waits.connection
        self._hall = Hall(waits.connection)
        self._closing = threading.Event()

    def __len__(self) -> int:
        """How many listen."""
        return len(self._hall)

    def close(self) -> None:
        """Let every stream end; its client comes back to whoever serves next."""
        self._closing.set()
        self._hall.close()

    def open(self, listening: Listening, start: str | None, environ: Mapping[str, Any]) -> Response:
        """Begin a stream behind a place, or with what happens from now on.

        Raises:
            JAMSError: the caller may not listen, or so.
        """
        place: Place | None = environ.get(PLACE)
        first = listening.ask(self._connection, start) if start else listening.ask(self._connection, None, 0)
        if place is not None:
            place.pauses = True
            return stream_response(self._guarded(self._events(listening, first, place)))
        if not self._waits.take():
            return stream_response(self._guarded(self._caught_up(listening, first, ready=True)))
        response = stream_response(self._guarded(self._in_a_thread(listening, first)))
        response.call_on_close(self._waits.give_back)
        return response

    def _guarded(self, events: Iterator[bytes]) -> Iterator[bytes]:
        yield RETRY
        try:
            yield from events
        except ServerUnavailable as error:
            if not self._closing.is_set():
                yield event_bytes("error", problem(error), None)
        except JAMSError as error:
            yield event_bytes("error", problem(error), None)

    def _caught_up(
        self, listening: Listening, result: Any, *, ready: bool
    ) -> Generator[bytes, None, tuple[str, str]]:
        """All that there is by now, and then the place behind it, and what the listener may see."""
        while True:
            if ready or listening.told(result, "anew"):
                told = {"listAnew": listening.told(result, "anew")}
                items = listening.told(result, "items")
                # With events to follow, going on from here must bring them.
                at = listening.told(result, "next") if not items else str(items[0].event_id - 1)
                yield event_bytes("ready", told, at)
                ready = False
            pieces = b"".join(written(each)[1] for each in listening.told(result, "items"))
            if pieces:
                yield pieces
            place = listening.told(result, "next")
            if not listening.told(result, "more") or self._closing.is_set():
                return place, listening.told(result, "view")
            result = listening.ask(self._connection, place)

    def _events(self, listening: Listening, result: Any, place: Place) -> Iterator[bytes]:
        ready = True
        while not self._closing.is_set():
            at, view = yield from self._caught_up(listening, result, ready=ready)
            ready = False
            member = self._hall.join(listening, view, at)
            if member is not None:
                try:
                    at = yield from self._told(member, view, place)
                finally:
                    self._hall.leave(member)
            if not self._closing.is_set():
                result = listening.ask(self._connection, at)

    def _told(self, member: Member, view: str, place: Place) -> Generator[bytes, None, str]:
        """What the hall tells a member, until he has to look for himself; where he stands then."""
        while not self._closing.is_set():
            news = self._hall.take(member)
            if news is None:
                break
            if news:
                yield news
                continue
            place.future = self._hall.wait(member)
            if not place.future.done():
                yield Pause()
            if self._closing.is_set():
                break
            result_of(place.future)
            if member.is_to_show:
                member.shown_at = time.monotonic()
                found = member.listening.ask(self._connection, str(member.place), 0)
                if member.listening.told(found, "view") != view:
                    break
                yield ALIVE
        return str(member.place)

    def _in_a_thread(self, listening: Listening, result: Any) -> Iterator[bytes]:
        """The same where the HTTP server lends a thread to each who listens."""
        ready = True
        while not self._closing.is_set():
            at, _ = yield from self._caught_up(listening, result, ready=ready)
            ready = False
            began = time.monotonic()
            result = listening.ask_later(self._connection, at).result()
            if not listening.told(result, "items"):
                yield ALIVE
                if time.monotonic() - began < PACE:
                    self._closing.wait(PACE)
