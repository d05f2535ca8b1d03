"""Fragments: how one message is cut for the wire and put together again (MS-PSRP 2.2.4).

A fragment has a header of 21 bytes, big-endian: object id (8), fragment id (8), flags (1: first, 2: last),
length of the part (4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from uuid import UUID

from .limits import DEFAULT_LIMITS, Limits
from .protocol_errors import FragmentViolation

_HEADER = struct.Struct(">QQBI")
HEADER_SIZE = _HEADER.size
FIRST, LAST = 1, 2


class Fragmenter:
    """Cuts messages into fragments; numbers the messages of a whole session from 1."""

    __slots__ = ("_next",)

    def __init__(self) -> None:
        self._next = 1

    def cut(self, message: bytes, size: int = 32768) -> Iterator[bytes]:
        """The fragments of a message; none is longer than ``size`` bytes, its header included."""
        number = self._next
        self._next += 1
        room = size - HEADER_SIZE
        length = len(message)
        if length <= room:
            yield _HEADER.pack(number, 0, FIRST | LAST, length) + message
            return
        for index, start in enumerate(range(0, length, room)):
            part = message[start : start + room]
            flags = (FIRST if start == 0 else 0) | (LAST if start + room >= length else 0)
            yield _HEADER.pack(number, index, flags, len(part)) + part


class _Open:
    """A message of which some fragments have come."""

    __slots__ = ("number", "parts", "size")

    def __init__(self, number: int) -> None:
        self.number = number
        self.parts: list[bytes] = []
        self.size = 0


class Defragmenter:
    """Puts messages together, for every target on its own.

    Over pipes a client cuts its stream of fragments anywhere, even within a header; what is incomplete
    waits for more of the same target. Over WS-Management fragments always come whole.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._rest: dict[UUID | None, bytearray] = {}
        self._open: dict[UUID | None, _Open] = {}

    def feed(self, target: UUID | None, data: bytes) -> Iterator[bytes]:
        """The messages that ``data`` completes for ``target`` (None: the session itself).

        Raises FragmentViolation; the session must end then.
        """
        rest = self._rest.pop(target, None)
        buffer: bytes | bytearray = data
        if rest is not None:
            rest += data
            buffer = rest
        at = 0
        while len(buffer) - at >= HEADER_SIZE:
            number, index, flags, length = _HEADER.unpack_from(buffer, at)
            self._check(number, flags, length)
            end = at + HEADER_SIZE + length
            if end > len(buffer):
                break
            message = self._add(target, number, index, flags, bytes(buffer[at + HEADER_SIZE : end]))
            at = end
            if message is not None:
                yield message
        if at < len(buffer):
            self._keep(target, bytearray(buffer[at:]))

    def forget(self, target: UUID) -> None:
        """Drop what has come for a pipeline that is gone."""
        self._rest.pop(target, None)
        self._open.pop(target, None)

    def _check(self, number: int, flags: int, length: int) -> None:
        if number == 0 or flags & ~(FIRST | LAST):
            raise FragmentViolation("A fragment's header is broken.")
        if length > self._limits.fragment:
            raise FragmentViolation(f"A fragment is longer than {self._limits.fragment} bytes.")

    def _keep(self, target: UUID | None, rest: bytearray) -> None:
        if len(self._rest) >= self._limits.open_objects:
            raise FragmentViolation("Too many messages are unfinished.")
        self._rest[target] = rest
        self._check_unfinished()

    def _check_unfinished(self) -> None:
        size = sum(item.size for item in self._open.values()) + sum(map(len, self._rest.values()))
        if size > self._limits.unfinished:
            raise FragmentViolation(f"Unfinished messages are longer than {self._limits.unfinished} bytes.")

    def _add(self, target: UUID | None, number: int, index: int, flags: int, part: bytes) -> bytes | None:
        if flags == FIRST | LAST and target not in self._open:
            if index:
                raise FragmentViolation("A message does not begin with its first fragment.")
            return self._sized(part)
        current = self._begin(target, number) if flags & FIRST else self._open.get(target)
        if current is None or current.number != number or index != len(current.parts):
            raise FragmentViolation("A fragment is out of order.")
        current.size += len(part)
        if current.size > self._limits.object:
            raise FragmentViolation(f"A message is longer than {self._limits.object} bytes.")
        current.parts.append(part)
        if not flags & LAST:
            self._check_unfinished()
            return None
        del self._open[target]
        return b"".join(current.parts)

    def _sized(self, part: bytes) -> bytes:
        if len(part) > self._limits.object:
            raise FragmentViolation(f"A message is longer than {self._limits.object} bytes.")
        return part

    def _begin(self, target: UUID | None, number: int) -> _Open:
        if target in self._open or len(self._open) >= self._limits.open_objects:
            raise FragmentViolation("A message begins before the one before it has ended.")
        current = self._open[target] = _Open(number)
        return current
