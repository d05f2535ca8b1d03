"""How the doors wait: without a thread where the HTTP server can do that, else in a share of its threads.

An HTTP server that can put requests aside gives each a :class:`Place` in its WSGI environment. A request
that has to wait is broken off by :class:`Aside`, and begun anew when what it waits for is there. To put one
aside costs more than to answer it, so a few may stay for a moment first: most short runs end meanwhile. An
answer that has begun already, a stream, yields a :class:`Pause` instead, and goes on from there.

Other servers give no place. Then so many callers wait in a thread of the server as leave enough for everybody
else; further ones do not wait, but are told when to ask again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from typing import Any

from jams.client.connection import PatientConnection
from jams.objects.base import snake_name
from jams.objects.errors import ServerUnavailable
from jams.operations.catalogue import Operation
from jams.security.caller import Credentials

PLACE = "jams.place"
"""Where the environment of a request has its place."""

ASK_AGAIN = 1
"""Seconds after which whoever could not wait shall ask again."""

MOMENT = 0.02
"""Seconds that a request stays in its thread before it is put aside."""

STAYING = 2
"""How many may stay so at a time; who comes beside them is put aside at once: a crowd takes no threads."""


class Aside(BaseException):
    """A request is put aside until the future of its place is there; not to be taken for an error."""


class Pause(bytes):
    """An empty piece of an answer: the next one comes when the future of the place is there."""


class Place:
    """Where one request waits.

    Attributes:
        future: what it waits for, or has waited for; None at first.
        pauses: whether the answer may hold pauses.
    """

    def __init__(self) -> None:
        self.future: Future[Any] | None = None
        self.pauses = False

    def result(
        self, begin: Callable[[], Future[Any]], stay: Callable[[Future[Any]], None] = lambda _: None
    ) -> Any:
        """The result of what ``begin`` sets going. Raises Aside until it is there, and JAMSError.

        ``stay`` may wait for it in this thread for a moment.
        """
        if self.future is None:
            self.future = begin()
            if not self.future.done():
                stay(self.future)
            if not self.future.done():
                raise Aside
        return result_of(self.future)


class Waits:
    """Calls operations that wait.

    Args:
        connection: the JAMServer.
        most: how many callers may hold a thread while they wait, where there are no places.
        moment: seconds that one stays in its thread before it is put aside, where there are.

    Attributes:
        staying: how many stay in their threads now.
    """

    def __init__(self, connection: PatientConnection, most: int, *, moment: float = MOMENT) -> None:
        self.connection = connection
        self._room = threading.BoundedSemaphore(most)
        self._moment = moment
        self._counting = threading.Lock()
        self.staying = 0

    def call(
        self,
        environ: Mapping[str, Any],
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        credentials: Credentials,
        door: str,
    ) -> Any:
        """The result of an operation that has :attr:`Operation.wait`. Raises JAMSError, and Aside."""
        assert operation.wait is not None
        place: Place | None = environ.get(PLACE)
        if place is not None:
            return place.result(
                lambda: self.connection.call_later(operation, arguments, credentials=credentials, door=door),
                self._stay,
            )
        with self.thread() as free:
            given = arguments if free else {**arguments, operation.wait: 0.0}
            return self.connection.call(operation, given, credentials=credentials, door=door)

    def _stay(self, future: Future[Any]) -> None:
        """Wait for a moment in this thread, if few do so."""
        with self._counting:
            if self.staying >= STAYING:
                return
            self.staying += 1
        try:
            wait_for((future,), self._moment)
        finally:
            with self._counting:
                self.staying -= 1

    @contextmanager
    def thread(self) -> Iterator[bool]:
        """Whether the thread at hand may wait, for the time of a block."""
        free = self.take()
        try:
            yield free
        finally:
            if free:
                self.give_back()

    def take(self) -> bool:
        """Take a thread to wait in, until it is given back; whether there was one."""
        return self._room.acquire(blocking=False)

    def give_back(self) -> None:
        """The thread waits no more."""
        self._room.release()


def result_of(future: Future[Any]) -> Any:
    """What has come. Raises JAMSError; ServerUnavailable where the server has given the waiting up."""
    try:
        return future.result()
    except CancelledError:
        raise ServerUnavailable("The server is stopping; ask again when it is back.") from None


def come_early(operation: Operation, arguments: Mapping[str, Any], result: Any) -> bool:
    """Whether an operation that was to wait for an end has been answered before it."""
    ending = operation.ending
    if ending is None or not arguments.get(ending.wait, True):
        return False
    state = getattr(result, snake_name(ending.state))
    return str(getattr(state, "value", state)) != ending.ended
