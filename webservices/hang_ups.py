"""Connections that wait are watched by the operating system alone, until their client says something.

waitress asks each of its connections before every look at them whether it wants to read or write. That is
little for one, and milliseconds for a thousand, at each step of each request. So connections that wait are
taken out of its map, and come back when their request does, or when their client hangs up. Where the system
has no epoll they stay.
"""

from __future__ import annotations

import select
from typing import Any


class HangUps:
    """The connections of one server that wait; an object in the map of its loop. Used in that loop alone.

    Args:
        channels: the map of the loop.
    """

    accepting = False

    def __init__(self, channels: dict[int, Any]) -> None:
        self._channels = channels
        self._watched: dict[int, Any] = {}
        self._epoll = select.epoll() if hasattr(select, "epoll") else None
        if self._epoll is not None:
            channels[self._epoll.fileno()] = self

    def watch(self, channel: Any) -> None:
        """Take a connection out of the loop until its client says something."""
        number = channel._fileno
        if self._epoll is None or self._epoll.closed or self._channels.get(number) is not channel:
            return
        self._epoll.register(number, select.EPOLLIN | select.EPOLLRDHUP)
        self._watched[number] = self._channels.pop(number)

    def give_back(self, channel: Any) -> None:
        """Have it in the loop again, if it was taken out."""
        number = channel._fileno
        if self._watched.get(number) is channel:
            self._give_back(number)

    def forget(self, number: int, channel: Any) -> None:
        """The connection of that number is closed."""
        if self._watched.get(number) is channel:
            del self._watched[number]
            if self._epoll is not None and not self._epoll.closed:
                self._epoll.unregister(number)

    def readable(self) -> bool:
        """Whether the loop shall look at it."""
        return True

    def writable(self) -> bool:
        """Nothing is written here."""
        return False

    def handle_read_event(self) -> None:
        """Some clients have hung up, or said something: the loop looks at what it is."""
        assert self._epoll is not None
        for number, _ in self._epoll.poll(0):
            if number in self._watched:
                self._give_back(number)

    def close(self) -> None:
        """Close all that wait."""
        if self._epoll is None or self._epoll.closed:
            return
        self._channels.pop(self._epoll.fileno(), None)
        for channel in list(self._watched.values()):
            channel.close()
        self._epoll.close()

    handle_close = handle_expt_event = handle_write_event = handle_error = close

    def _give_back(self, number: int) -> None:
        assert self._epoll is not None
        self._epoll.unregister(number)
        self._channels[number] = self._watched.pop(number)
