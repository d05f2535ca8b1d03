"""Who listens to what happens: a thousand listeners are served by one who asks.

Listeners that may see the same and ask for the same are a circle. For each circle one call waits at the
JAMServer, made as one of its members; what it brings is written once, and given to all. Each member shows his
own credentials when he comes, and again from time to time: then he is found out whose rights have changed.
The more listen, the more is gathered before it is given to them, so that many cost little more than few.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from jams.client.connection import PatientConnection
from jams.objects.base import snake_name
from jams.objects.errors import JAMSError
from jams.operations.catalogue import Feed, Operation
from jams.security.caller import Credentials

log = logging.getLogger(__name__)

SHOWN_EVERY = 30.0
"""Seconds after which a member shows his credentials again; also the longest silence of a stream."""

LEAST_PAUSE = 0.05
PAUSE_PER_LISTENER = 0.0025
"""Seconds in which news gathers for a circle, at least, and for each who listens anywhere."""

LONGEST_PAUSE = 5.0
AT_ONCE = 1000
"""Events of one answer."""

_KEPT = 32
"""Batches that are kept for members who are slower than others."""

_TICK = 1.0
_AGAIN = 1.0
"""Seconds until a call that failed is made again."""

Write = Callable[[Any], tuple[int, bytes]]
"""Makes the number and the bytes of one event."""


@dataclass(frozen=True)
class Listening:
    """What somebody listens to.

    Attributes:
        operation: the operation that tells.
        feed: how it does.
        chosen: the arguments by which he has chosen what he wants to hear.
        credentials: who listens.
        door: through which door.
        write: how an event is written.
    """

    operation: Operation
    feed: Feed
    chosen: dict[str, Any]
    credentials: Credentials
    door: str
    write: Write

    def told(self, result: Any, hint: str) -> Any:
        """The member of an answer that a hint names."""
        return getattr(result, snake_name(getattr(self.feed, hint)))

    def ask(self, connection: PatientConnection, place: str | None, size: int = AT_ONCE) -> Any:
        """What has happened behind a place, without waiting for it. Raises JAMSError."""
        return connection.call(
            self.operation, self._given(place, size, 0.0), credentials=self.credentials, door=self.door
        )

    def ask_later(self, connection: PatientConnection, place: str) -> Future[Any]:
        """The same, once something happens. Raises JAMSError."""
        return connection.call_later(
            self.operation,
            self._given(place, AT_ONCE, SHOWN_EVERY),
            credentials=self.credentials,
            door=self.door,
        )

    def _given(self, place: str | None, size: int, seconds: float) -> dict[str, Any]:
        begin = {} if place is None else {self.feed.cursor: place}
        return {**self.chosen, **begin, self.feed.size: size, self.feed.wait: seconds}


class _Batch:
    """What one answer has brought, from a place on up to another."""

    def __init__(self, start: int, end: int, pieces: Sequence[tuple[int, bytes]]) -> None:
        self.start = start
        self.end = end
        self._pieces = pieces
        self._whole = b"".join(piece for _, piece in pieces)

    def behind(self, place: int) -> bytes:
        """What of it lies behind a place."""
        if place <= self.start:
            return self._whole
        return b"".join(piece for number, piece in self._pieces if number > place)


@dataclass(eq=False)
class Member:
    """One who listens, and how far he has heard."""

    listening: Listening
    place: int
    shown_at: float = field(default_factory=time.monotonic)
    news: Future[None] | None = None

    @property
    def is_to_show(self) -> bool:
        """Whether it is time to show his credentials again."""
        return time.monotonic() - self.shown_at >= SHOWN_EVERY

    def wake(self) -> None:
        """There is something to do for him."""
        news, self.news = self.news, None
        if news is not None:
            with suppress(InvalidStateError):  # he has gone, or somebody else has just told him
                news.set_result(None)


class _Circle:
    """Members that are told the same."""

    def __init__(self, key: Hashable, place: int) -> None:
        self.key = key
        self.place = place
        self.members: dict[Member, None] = {}
        self.batches: deque[_Batch] = deque(maxlen=_KEPT)
        self.asked: Future[Any] | None = None

    def behind(self, place: int) -> list[_Batch] | None:
        """What is kept of what lies behind a place; None if some of it is not."""
        batches = [batch for batch in self.batches if batch.end > place]
        if place < self.place and (not batches or batches[0].start > place):
            return None
        return batches


class Hall:
    """All who listen."""

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._circles: dict[Hashable, _Circle] = {}
        self._of: dict[Member, _Circle] = {}
        self._news: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._later: list[tuple[float, Callable[[], None]]] = []
        self._thread: threading.Thread | None = None
        self._closed = False

    def __len__(self) -> int:
        """How many listen."""
        return len(self._of)

    def close(self) -> None:
        """Let nobody listen any more: everybody is woken."""
        with self._lock:
            self._closed = True
            members = list(self._of)
        for member in members:
            member.wake()
        self._news.put(None)

    def join(self, listening: Listening, view: str, place: str) -> Member | None:
        """Have somebody told of what happens behind a place.

        None if others have been told of more already than is kept: he has to catch up first. ``view`` stands
        for what he may see.
        """
        key = (listening.operation.name, view, repr(sorted(listening.chosen.items())))
        member = Member(listening, int(place))
        with self._lock:
            circle = self._circles.get(key)
            if circle is not None and circle.behind(member.place) is None:
                return None
            if circle is None:
                circle = self._circles[key] = _Circle(key, member.place)
            circle.members[member] = None
            self._of[member] = circle
            alone = len(circle.members) == 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="listening", daemon=True)
                self._thread.start()
        if alone:
            self._news.put(partial(self._ask, circle))
        return member

    def leave(self, member: Member) -> None:
        """Somebody listens no more; idempotent."""
        with self._lock:
            circle = self._of.pop(member, None)
            if circle is None:
                return
            del circle.members[member]
            if circle.members:
                return
            if self._circles.get(circle.key) is circle:
                del self._circles[circle.key]
            asked = circle.asked
        if asked is not None:
            asked.cancel()

    def take(self, member: Member) -> bytes | None:
        """What a member has not heard yet; None if he is so far behind that he has to catch up."""
        with self._lock:
            circle = self._of[member]
            batches = circle.behind(member.place)
            if batches is None:
                return None
            place, member.place = member.place, max(circle.place, member.place)
        return b"".join(batch.behind(place) for batch in batches)

    def wait(self, member: Member) -> Future[None]:
        """What comes when there is something to do for a member."""
        news: Future[None] = Future()
        with self._lock:
            member.news = news
            behind = member.place < self._of[member].place
        if behind or self._closed:
            member.wake()
        return news

    def _work(self) -> None:
        """Ask for all circles, and wake members, in a thread of its own."""
        next_tick = time.monotonic() + _TICK
        while not self._closed:
            now = time.monotonic()
            due = [work for at, work in self._later if at <= now]
            self._later = [(at, work) for at, work in self._later if at > now]
            if now >= next_tick:
                next_tick = now + _TICK
                due.append(self._remind)
            for work in due:
                work()
            until = min([next_tick, *(at for at, _ in self._later)])
            try:
                news = self._news.get(timeout=max(until - time.monotonic(), 0.0))
            except Empty:
                continue
            if news is not None:
                news()

    def _remind(self) -> None:
        with self._lock:
            due = [member for member in self._of if member.is_to_show]
        for member in due:
            member.wake()

    def _ask(self, circle: _Circle) -> None:
        """Ask what happens, as one of a circle."""
        with self._lock:
            member = next(iter(circle.members), None)
            if member is None or self._circles.get(circle.key) is not circle:
                return
        try:
            asked = circle.asked = member.listening.ask_later(self._connection, str(circle.place))
        except JAMSError as error:
            self._failed(circle, member, error)
            return
        asked.add_done_callback(lambda come: self._news.put(partial(self._come, circle, member, come)))

    def _come(self, circle: _Circle, member: Member, come: Future[Any]) -> None:
        if come.cancelled():
            return
        error = come.exception()
        if error is not None:
            self._failed(circle, member, error)
            return
        listening, result = member.listening, come.result()
        if listening.told(result, "anew"):
            self._dissolve(circle)
            return
        pieces = [listening.write(item) for item in listening.told(result, "items")]
        batch = _Batch(circle.place, int(listening.told(result, "next")), pieces)
        with self._lock:
            circle.place = batch.end
            if pieces:
                circle.batches.append(batch)
            elif circle.batches:  # what was looked through and tells nothing lengthens the last one
                circle.batches[-1].end = batch.end
            else:
                for each in circle.members:
                    each.place = max(each.place, batch.end)
            members = list(circle.members) if pieces else []
            pause = min(max(LEAST_PAUSE, len(self._of) * PAUSE_PER_LISTENER), LONGEST_PAUSE)
        for each in members:
            each.wake()
        again = 0.0 if listening.told(result, "more") else pause
        self._later.append((time.monotonic() + again, partial(self._ask, circle)))

    def _failed(self, circle: _Circle, member: Member, error: BaseException) -> None:
        """One cannot ask any more: he is to show his credentials, and another one asks."""
        if not isinstance(error, JAMSError):
            log.error("nobody can be told what happens", exc_info=error)
        with self._lock:
            if member in circle.members:
                circle.members[member] = circle.members.pop(member)
            member.shown_at = float("-inf")
        member.wake()
        self._later.append((time.monotonic() + _AGAIN, partial(self._ask, circle)))

    def _dissolve(self, circle: _Circle) -> None:
        """Something was lost: each looks for himself where he stands."""
        with self._lock:
            circle.place += 1
            circle.batches.clear()
            self._circles.pop(circle.key, None)
            members = list(circle.members)
        for member in members:
            member.wake()
