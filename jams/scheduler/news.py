"""The news of runs: what has begun, what is over and what is to wait again, until a turn has written it down.

It comes from any thread and is sorted in the one that turns.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection, Iterable

from jams.objects.errors import JAMSError
from jams.objects.run import RunEnded, RunStarted

from . import starts, turn
from .dispatching import Answer
from .starts import Start

RECORDED_WITHIN = 0.03
"""Seconds that the news of a start waits: most short runs end meanwhile, which saves them a transaction."""


class News:
    """What has become of runs and is not durable yet."""

    def __init__(self) -> None:
        self._inbox: deque[RunEnded | tuple[Start, Answer]] = deque()
        self._begun: dict[str, RunStarted] = {}
        self._heard_at: dict[str, float] = {}
        self._over: dict[str, RunEnded] = {}
        self._never_begun: set[str] = set()
        self._back: set[str] = set()

    @property
    def tokens(self) -> set[str]:
        """The tokens of the runs of which something is known."""
        return {*self._begun, *self._over, *self._back}

    @property
    def given_back(self) -> list[str]:
        """The tokens of the claims that came to nothing: their entries are to wait again."""
        return list(self._back)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left but, perhaps, what has begun."""
        return not (self._inbox or self._over or self._back)

    def ended(self, run: RunEnded) -> None:
        """Take the end of a run; from any thread."""
        self._inbox.append(run)

    def made(self, start: Start, answer: Answer) -> None:
        """Take what became of a start; from any thread."""
        if isinstance(answer, RunStarted):
            self._heard_at[start.token] = time.monotonic()
        self._inbox.append((start, answer))

    def take(self, news: Iterable[tuple[Start, Answer]]) -> bool:
        """Take what became of starts that were not handed over or were taken back; whether there was any."""
        before = len(self._inbox)
        self._inbox.extend(news)
        return len(self._inbox) > before

    def sort(self, wanted: Collection[str]) -> bool:
        """Sort what has come; whether one of the wanted runs has begun."""
        found = False
        while self._inbox:
            news = self._inbox.popleft()
            if isinstance(news, RunEnded):
                self._over[news.token] = news
                continue
            start, answer = news
            if isinstance(answer, RunStarted):
                self._begun[start.token] = answer
                found = found or start.token in wanted
            elif answer is not None:
                self._over.setdefault(start.token, answer)
                self._never_begun.add(start.token)
            elif start.problem is not None:
                self._over[start.token] = starts.not_started(start, _told(start.problem))
                self._never_begun.add(start.token)
            else:
                self._back.add(start.token)
        return found

    def settleable(self, open_starts: Collection[str]) -> list[RunEnded]:
        """The ends that are told whole: not those of runs of which it has not been told that they began.

        Whose start was answered by its end counts no more among ``open_starts``, though it is in it for a
        moment still: nobody would ring again for it.
        """
        told = self._begun.keys() | self._never_begun
        return [run for token, run in self._over.items() if token in told or token not in open_starts]

    def recordable(self, ended: Collection[RunEnded], *, every: bool) -> tuple[list[RunStarted], bool]:
        """What is written down of starts, and whether others wait for it.

        They are written down with their ends, when they have been heard of for a while, or ``every`` one now.
        """
        over = {run.token for run in ended}
        before = time.monotonic() - RECORDED_WITHIN
        told = [
            run
            for token, run in self._begun.items()
            if every or token in over or self._heard_at.get(token, before) <= before
        ]
        return told, len(told) < len(self._begun)

    def forget(self, settled: turn.Happenings) -> None:
        """What has happened is durable."""
        for run in settled.ended:
            del self._over[run.token]
            self._never_begun.discard(run.token)
        for begun in settled.started:
            del self._begun[begun.token]
            self._heard_at.pop(begun.token, None)
        self._back.difference_update(settled.given_back)


def _told(problem: Exception) -> str:
    return problem.message if isinstance(problem, JAMSError) else f"The start failed: {problem!r}."
