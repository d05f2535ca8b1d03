"""Requests that are put aside in waitress: they keep their connection, and no thread.

waitress works on a request in one of its threads until the answer is written. Here a request that has to
wait (see :mod:`webservices.waiting`) leaves its thread, and comes back into one when what it waits for is
there, or the server stops. Meanwhile its connection is watched: when the client hangs up, the waiting ends.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask

from .hang_ups import HangUps
from .waiting import PLACE, Aside, Pause, Place

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]

TASK = "jams.task"
"""Where the environment of a request has its task."""

AT_ONCE = 2
"""How many that come back may queue for a thread at a time. A thousand that end together would stand before
everybody who comes new."""


UNREAD = 1 << 20
"""Bytes of an answer which its client has not taken yet, beyond which its next piece waits."""


class _Suspended(BaseException):
    """A request leaves its thread; goes past what waitress does with errors and at the end of a request."""

    def __init__(self, task: _Task) -> None:
        super().__init__()
        self.task = task


class _Task(WSGITask):
    """A request on its way through the application, perhaps in several stretches."""

    def __init__(self, channel: Any, request: Any) -> None:
        super().__init__(channel, request)
        self._crowded: Callable[[], Future[Any] | None] = channel.crowded
        self.place = Place()
        self._ends_with_head = False
        self.waits_for: Future[Any] | None = None
        self._answer: Iterator[bytes] | None = None
        self._close: Callable[[], None] | None = None

    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment, with the place where the request can wait."""
        environ: dict[str, Any] = super().get_environment()
        environ[PLACE], environ[TASK] = self.place, self
        return environ

    def build_response_header(self) -> bytes:
        """The head of the answer. One without a body (204, 304) ends with it, so the connection stays."""
        request: Any = self.request
        kept = self.version == "1.1" and request.headers.get("CONNECTION", "").lower() != "close"
        self._ends_with_head = kept and not self.has_body
        try:
            head: bytes = super().build_response_header()
        finally:
            self._ends_with_head = False
        return head

    def set_close_on_finish(self) -> None:
        """Close the connection behind the answer, where nothing else says where that ends."""
        if not self._ends_with_head:
            super().set_close_on_finish()

    def finish(self) -> None:
        """End the answer, unless there is more to come. Raises _Suspended."""
        if self.waits_for is not None:
            raise _Suspended(self)
        super().finish()

    def go_on(self, application: WSGI, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The answer as far as it goes now."""
        self.waits_for = None
        if self._answer is None:
            body = environ.get("wsgi.input")
            if self.place.future is not None and body is not None:
                body.seek(0)
            try:
                pieces = application(dict(environ), start_response)
            except Aside:
                self.waits_for = self.place.future
                return []
            if not self.place.pauses:
                return pieces
            self._answer, self._close = iter(pieces), getattr(pieces, "close", None)
        return _Stretch(self, self._answer)

    def next(self, pieces: Iterator[bytes]) -> bytes | None:
        """The next piece of the answer; None when it has to wait, for itself or for the client."""
        self.waits_for = self._crowded()
        if self.waits_for is None:
            piece = next(pieces)
            if not isinstance(piece, Pause):
                return piece
            self.waits_for = self.place.future
        return None

    def give_up(self) -> None:
        """Nobody wants the answer any more."""
        for future in (self.waits_for, self.place.future):
            if future is not None:
                future.cancel()
        self.end()

    def end(self) -> None:
        """Nothing more will be taken of the answer. Idempotent."""
        close, self._close = self._close, None
        if close is not None:
            close()


class _Stretch:
    """The pieces of an answer up to its next pause."""

    def __init__(self, task: _Task, pieces: Iterator[bytes]) -> None:
        self._task = task
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._task.next(self._pieces)
        if piece is None:
            raise StopIteration
        return piece

    def close(self) -> None:
        if self._task.waits_for is None:
            self._task.end()


class AsideChannel(HTTPChannel):
    """A connection whose request may be put aside; its server has a :class:`WaitingRoom`."""

    task_class: Any = staticmethod(lambda channel, request: channel.task_of(request))
    requests_lock: Any
    _waiting: _Task | None = None
    _coming_back: _Task | None = None
    _taken: Future[None] | None = None

    def task_of(self, request: Any) -> _Task:
        """The task of the request at hand: the one that comes back, or a new one."""
        task, self._coming_back = self._coming_back, None
        return task or _Task(self, request)

    def service(self) -> None:
        """Work on the request at hand, to its end or until it has to wait."""
        coming_back = self._coming_back
        try:
            super().service()
        except _Suspended as suspended:
            self._put_aside(suspended.task)
        else:
            if coming_back is not None:
                coming_back.end()

    def readable(self) -> bool:
        """Whether to listen to the client: while it waits, for its hanging up."""
        if self._waiting is None:
            return bool(super().readable())
        return not (self.will_close or self.close_when_flushed or self.total_outbufs_len or self.requests[1:])

    def handle_write(self) -> None:
        """Send what the client takes."""
        super().handle_write()
        self._look_whether_taken()

    def crowded(self) -> Future[None] | None:
        """None as long as the client takes what it gets; else what comes when it has taken enough."""
        if self.total_outbufs_len <= UNREAD:
            return None
        taken = self._taken = Future()
        self._look_whether_taken()
        return taken

    def _look_whether_taken(self) -> None:
        taken = self._taken
        if taken is not None and self.total_outbufs_len <= UNREAD // 2:
            self._taken = None
            with suppress(InvalidStateError):  # somebody else has just seen it as well
                taken.set_result(None)

    def handle_close(self) -> None:
        """The connection is closed: nobody waits here any more."""
        super().handle_close()
        with self.requests_lock:
            task, self._waiting = self._waiting, None
        if task is not None:
            self._room.leave(self)
            task.give_up()

    def del_channel(self, map: Any = None) -> None:
        """The loop knows it no more."""
        number: Any = vars(self)["_fileno"]
        super().del_channel(map)
        self._room.hang_ups.forget(number, self)

    def turn_out(self) -> None:
        """Answer whoever waits here although what it waits for has not come."""
        task = self._waiting
        if task is not None and task.waits_for is not None:
            task.waits_for.cancel()

    @property
    def _room(self) -> WaitingRoom:
        server: Any = self.server
        room: WaitingRoom = server.waiting_room
        return room

    def queue(self) -> None:
        """Wait for a thread to go on in."""
        server: Any = self.server
        server.add_task(_Return(self, self._room))

    def _put_aside(self, task: _Task) -> None:
        future = task.waits_for
        assert future is not None
        with self.requests_lock:
            gone = not self.connected or self.will_close
            if gone:
                self.close_when_flushed = True
                self.requests = []
            else:
                self._waiting = task
                self._room.enter(self)
        self.last_activity = time.time()
        self._in_the_loop(self._watch)
        if gone:
            task.give_up()
            return
        future.add_done_callback(lambda _: self._come_back(task))
        if self._room.closed:
            self.turn_out()

    def _come_back(self, task: _Task) -> None:
        with self.requests_lock:
            if self._waiting is not task:
                return
            self._waiting, self._coming_back = None, task
        self._in_the_loop(lambda: self._room.hang_ups.give_back(self))
        self._room.come_back(self)

    def _watch(self) -> None:
        if self._waiting is not None and not (self.total_outbufs_len or self.requests[1:]):
            self._room.hang_ups.watch(self)

    def _in_the_loop(self, work: Callable[[], None]) -> None:
        server: Any = self.server
        server.trigger.pull_trigger(work)


class WaitingRoom:
    """The connections of a server whose requests are put aside.

    Attributes:
        hang_ups: watches them meanwhile.
        closed: whether nobody may wait any more.
    """

    def __init__(self, channels: dict[int, Any]) -> None:
        self.hang_ups = HangUps(channels)
        self._changed = threading.Condition()
        self._waiting: set[AsideChannel] = set()
        self._queue: deque[AsideChannel] = deque()
        self._under_way = 0
        self.closed = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def enter(self, channel: AsideChannel) -> None:
        """A request is put aside."""
        with self._changed:
            self._waiting.add(channel)

    def leave(self, channel: AsideChannel) -> None:
        """Its client has hung up."""
        with self._changed:
            self._waiting.discard(channel)
            self._changed.notify_all()

    def come_back(self, channel: AsideChannel) -> None:
        """It can go on; it gets a thread in its turn."""
        with self._changed:
            self._waiting.discard(channel)
            if self._under_way >= AT_ONCE:
                self._queue.append(channel)
                return
            self._under_way += 1
        channel.queue()

    def next(self) -> None:
        """One that came back has left its thread."""
        with self._changed:
            if not self._queue:
                self._under_way -= 1
                self._changed.notify_all()
                return
            channel = self._queue.popleft()
        channel.queue()

    def close(self, grace: float) -> None:
        """Answer everybody who waits, for ``grace`` seconds at most, and let nobody wait any more."""
        self.closed = True
        with self._changed:
            waiting = list(self._waiting)
        for channel in waiting:
            channel.turn_out()
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._under_way), grace)


class _Return:
    """Work for a thread of the server: a request that comes back."""

    def __init__(self, channel: AsideChannel, room: WaitingRoom) -> None:
        self._channel = channel
        self._room = room

    def service(self) -> None:
        try:
            self._channel.service()
        finally:
            self._room.next()

    def cancel(self) -> None:
        self._channel.cancel()
        self._room.next()


def open_waiting_room(channels: dict[int, Any]) -> WaitingRoom:
    """Let the servers in a waitress socket map put requests aside; they have :class:`AsideChannel`."""
    room = WaitingRoom(channels)
    for server in list(channels.values()):
        if isinstance(server, BaseWSGIServer):
            vars(server)["waiting_room"] = room
    return room


def in_stretches(application: WSGI) -> WSGI:
    """The application as such servers call it: as often as a request comes back."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        task: _Task = environ[TASK]
        return task.go_on(application, environ, start_response)

    return answer
