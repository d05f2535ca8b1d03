"""Turns at work that takes a processor for a while: few at once, few that wait, and nobody for long.

Whoever is not let in is told at once, so that no thread which others need is held by a queue.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from jams.objects.errors import TooManyAttempts

from .throttle import Standing


class _Turn:
    __slots__ = ("granted", "place", "standing")

    def __init__(self, standing: Standing, place: str) -> None:
        self.standing = standing
        self.place = place
        self.granted = threading.Event()


class Turns:
    """Gives turns: to those first who are proven, and to those who are doubted one after the other.

    A place from which nobody proven comes has one turn at a time, however many come from there.

    Args:
        at_once: how many may have a turn at a time.
        waiting: how many may wait for one. Those who are new leave a part of the room to the proven, and the
            doubted leave more.
    """

    def __init__(self, at_once: int = 2, waiting: int = 10) -> None:
        self._at_once = at_once
        self._doubted_at_once = 1
        kept = max(1, waiting // 5)
        self._room = {
            Standing.PROVEN: waiting,
            Standing.NEW: max(1, waiting - kept),
            Standing.DOUBTED: max(1, waiting // 3),
        }
        self._running: list[_Turn] = []
        self._waiting: list[_Turn] = []
        self._lock = threading.Lock()

    @contextmanager
    def taken(self, standing: Standing, place: str = "") -> Iterator[None]:
        """Have a turn, after those who were there before.

        Raises:
            TooManyAttempts: too many wait already.
        """
        turn = self._enter(standing, place)
        try:
            turn.granted.wait()
            yield
        finally:
            self._leave(turn)

    def _enter(self, standing: Standing, place: str) -> _Turn:
        turn = _Turn(standing, place)
        with self._lock:
            if self._may_run(turn):
                self._running.append(turn)
                turn.granted.set()
                return turn
            if self._has_room(turn):
                self._waiting.append(turn)
                return turn
        raise TooManyAttempts(
            "Too many logins are being checked at once; try again in a moment.", retry_after=2
        )

    def _leave(self, turn: _Turn) -> None:
        with self._lock:
            for held in (self._running, self._waiting):
                if turn in held:
                    held.remove(turn)
            for following in sorted(self._waiting, key=lambda waiting: waiting.standing):
                if self._may_run(following):
                    self._waiting.remove(following)
                    self._running.append(following)
                    following.granted.set()

    def _may_run(self, turn: _Turn) -> bool:
        if len(self._running) >= self._at_once:
            return False
        if turn.standing is Standing.PROVEN:
            return True
        if any(other.place == turn.place for other in self._running):
            return False
        return turn.standing is Standing.NEW or self._count(self._running, turn) < self._doubted_at_once

    def _has_room(self, turn: _Turn) -> bool:
        if len(self._waiting) >= self._room[Standing.PROVEN]:
            return False
        if self._count(self._waiting, turn) >= self._room[turn.standing]:
            return False
        of_place = sum(1 for other in self._waiting if other.place == turn.place)
        # One place that is not proven leaves room to others of its kind.
        return turn.standing is Standing.PROVEN or of_place < max(1, self._room[turn.standing] - 1)

    @staticmethod
    def _count(turns: list[_Turn], like: _Turn) -> int:
        return sum(1 for other in turns if other.standing is like.standing)
