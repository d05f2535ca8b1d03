"""The connections of the web services: how long a request may take to arrive, and how many there may be.

waitress by itself counts silence alone: whoever sends a byte now and then keeps a connection for ever, and
who opens many keeps others out. Here a request has a time to arrive whole, an answer a time to be taken, and
where there are too many connections the one that has been silent longest makes room.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from waitress.channel import HTTPChannel
from waitress.utilities import Error

from jams.security.places import place_of
from jams.wire.forwarding import NOBODY, Trusted

log = logging.getLogger(__name__)

HELD_BACK, LONGEST_HELD_BACK = 1.0, 8.0
"""Seconds for which nothing more is read from a connection whose login was refused unseen: at first, and at
most when that happens again and again. Somewhat more or less, so that those who come together do not return
together."""

_MISTAKES = 3
"""Refusals in a row after which a connection that shows wrong credentials is held back as well."""

_MANY = 20
"""Refusals a second from one place beyond which new connections from there are held back at first."""

_PLACES = 1000
_LOOKS_A_SECOND = 2.0


class _Refused(Error):
    code = 429
    reason = "Too Many Requests"


class _NotArrived(Error):
    code = 408
    reason = "Request Timeout"


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long connections are waited for, and how many are kept.

    Attributes:
        head: seconds for the head of a request to arrive; also the first thing that a connection says.
        rate: bytes a second at which a body arrives, and an answer is taken, at least.
        idle: seconds for which a connection is kept without a request.
        of_place: connections from one place that have shown no credentials that hold and ask for nothing.
        altogether: connections of everybody.
        clock: a monotonic clock in seconds.
    """

    head: float = 20.0
    rate: int = 4096
    idle: float = 120.0
    of_place: int = 100
    altogether: int = 1000
    clock: Callable[[], float] = time.monotonic


class _Refusals:
    """How often a place was refused in this second and the one before."""

    def __init__(self) -> None:
        self._second, self._now, self._before = 0, 0, 0

    def add(self, now: float) -> None:
        self._turn(now)
        self._now += 1

    def many(self, now: float) -> bool:
        self._turn(now)
        return self._now + self._before > _MANY

    def _turn(self, now: float) -> None:
        second = int(now)
        if second != self._second:
            self._before = self._now if second == self._second + 1 else 0
            self._second, self._now = second, 0


class WebConnections:
    """All connections of one server. Used in the thread of its loop, but for ``of``.

    Args:
        patience: how long and how many.
        trusted: proxies, whose connections serve many callers.
    """

    def __init__(self, patience: Patience, trusted: Trusted = NOBODY) -> None:
        self.patience = patience
        self._trusted = trusted
        self._places: dict[str, OrderedDict[PatientChannel, None]] = {}
        self._addresses: dict[tuple[str, str], PatientChannel] = {}
        self._refusals: OrderedDict[str, _Refusals] = OrderedDict()
        self._lock = threading.Lock()

    def channel_class(self, base: type[HTTPChannel]) -> type[HTTPChannel]:
        """A channel of waitress that is one of these connections."""
        return type("Channel", (PatientChannel, base), {"connections": self})

    def of(self, environ: dict[str, Any]) -> PatientChannel | None:
        """The connection of a request, if it is still there and serves its caller alone."""
        return self._addresses.get((environ.get("REMOTE_ADDR", ""), environ.get("REMOTE_PORT", "")))

    def opened(self, channel: PatientChannel) -> None:
        """A connection is there; another one may have to go for it."""
        place = place_of(channel.peer[0])
        of_place = self._places.setdefault(place, OrderedDict())
        of_place[channel] = None
        if channel.peer[0] in self._trusted:
            channel.admitted()
        else:
            self._addresses[channel.peer] = channel
            refusals = self._refusals.get(place)
            if refusals is not None and refusals.many(self.patience.clock()):
                channel.hold_back()
            strangers = [each for each in of_place if not each.known and not each.busy]
            if len(strangers) > self.patience.of_place:
                self._let_go(channel, strangers, "from one address")
        everybody = [each for channels in self._places.values() for each in channels]
        if len(everybody) > self.patience.altogether:
            unused = [each for each in everybody if not each.busy]
            strangers = [each for each in unused if not each.known and each is not channel]
            self._let_go(channel, strangers or unused, "altogether")

    def refused(self, channel: PatientChannel) -> None:
        """Credentials that a connection has shown were refused once too often. From any thread."""
        place = place_of(channel.peer[0])
        with self._lock:
            self._refusals.setdefault(place, _Refusals()).add(self.patience.clock())
            self._refusals.move_to_end(place)
            if len(self._refusals) > _PLACES:
                self._refusals.popitem(last=False)

    def closed(self, channel: PatientChannel) -> None:
        """A connection is gone."""
        place = place_of(channel.peer[0])
        of_place = self._places.get(place, OrderedDict())
        of_place.pop(channel, None)
        if not of_place:
            self._places.pop(place, None)
        if self._addresses.get(channel.peer) is channel:
            del self._addresses[channel.peer]

    def _let_go(self, newcomer: PatientChannel, candidates: list[PatientChannel], why: str) -> None:
        others = [each for each in candidates if each is not newcomer and not each.will_close]
        longest = min(others, key=lambda each: each.last_heard, default=newcomer)
        log.debug("too many connections %s: that of %s is closed", why, longest.peer[0])
        longest.will_close = True


class PatientChannel(HTTPChannel):
    """One connection.

    Attributes:
        known: whether credentials that hold were shown on it.
        peer: address and port of the other end, as WSGI tells them.
        last_heard: when the other end has last said something.
    """

    connections: WebConnections
    requests: list[Any]
    requests_lock: threading.Lock
    server: Any

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        patience = self.connections.patience
        self.known = False
        self.peer = (str(addr[0]), str(addr[1]))
        self.last_heard = patience.clock()
        self._held_until = 0.0
        self._mistakes = self._unseen = 0
        self._received = self._sent = 0
        self._phase: object = None
        self._since, self._mark = self.last_heard, 0
        self._look_at = 0.0
        self._look_again = min(patience.head, patience.idle, _LOOKS_A_SECOND) / _LOOKS_A_SECOND
        super().__init__(server, sock, addr, adj, map)
        self.connections.opened(self)

    @property
    def busy(self) -> bool:
        """Whether it has a request that is worked on, or an answer that is under way."""
        return bool(self.requests) or self.total_outbufs_len > 0

    def admitted(self) -> None:
        """Credentials that were shown on it hold."""
        self.known = True
        self._mistakes = self._unseen = 0

    def refused(self, unseen: bool) -> None:
        """Credentials were refused; ``unseen``: because too many were wrong before."""
        self._mistakes += 1
        if not unseen and self._mistakes <= _MISTAKES:
            return
        self._unseen += 1
        self.hold_back(min(LONGEST_HELD_BACK, HELD_BACK * 2.0 ** min(self._unseen - 1, 10)))
        self.connections.refused(self)
        with self.requests_lock:
            if len(self.requests) > 1:
                # Sent without waiting for this answer; nothing that comes after it is looked at.
                self.requests[1].error = _Refused("It was not looked at.")

    def hold_back(self, seconds: float = HELD_BACK) -> None:
        """Read nothing more for a while."""
        self._held_until = self.connections.patience.clock() + seconds * random.uniform(0.5, 1.5)

    def readable(self) -> bool:
        """Whether something may be read now; asked for again and again by the loop, so time is kept here."""
        now = self.connections.patience.clock()
        if now >= self._look_at:
            self._look_at = now + self._look_again
            self._keep_time(now)
        return self.connected and now >= self._held_until and bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Take what has arrived."""
        self._received += len(data)
        self.last_heard = self.connections.patience.clock()
        return bool(super().received(data))

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send as much as is taken."""
        taken: int = super().send(data, do_close)
        self._sent += taken
        return taken

    def del_channel(self, map: Any = None) -> None:
        """It is closed."""
        super().del_channel(map)
        self.connections.closed(self)

    def _keep_time(self, now: float) -> None:
        """Close the connection, or refuse the request, if what it does has taken too long."""
        patience = self.connections.patience
        phase, moved = self._doing()
        if phase != self._phase:
            self._phase, self._since, self._mark = phase, now, moved
        elif phase is None:
            pass
        elif phase[0] in ("answer", "body"):
            if now - self._since >= patience.head:
                if moved - self._mark < patience.rate * patience.head:
                    self._end(phase[0])
                self._since, self._mark = now, moved
        elif phase[0] == "head":
            if now - self._since >= patience.head:
                self._end("head")
        elif moved != self._mark:
            self._since, self._mark = now, moved
        elif now - self._since >= (patience.idle if moved else patience.head):
            self._end("silence")

    def _doing(self) -> tuple[Any, int]:
        """What it does, in a form that can be compared, and how far it has come with it."""
        request = self.request
        if self.will_close or not self.connected:
            return None, 0
        if self.total_outbufs_len:
            return ("answer",), self._sent
        if self.requests:
            return None, 0
        if request is None or not (request.header_plus or request.headers_finished):
            return ("idle",), self._received
        return ("body" if request.headers_finished else "head", id(request)), self._received

    def _end(self, why: str) -> None:
        log.debug("a connection from %s is closed: too slow with its %s", self.peer[0], why)
        with self.requests_lock:
            request = self.request
            if why in ("head", "body") and request is not None and not self.requests:
                request.error = _NotArrived("It has not arrived in time.")
                request.completed = True
                self.request = None
                self.requests.append(request)
                self.server.add_task(self)
                return
        if why == "answer":
            # Its socket takes nothing, so the loop would never come to close it; who writes is told so now.
            self.handle_close()
        else:
            self.will_close = True
