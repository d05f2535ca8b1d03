"""Patterns of parameters: expressions from callers, which may cost little time, and none of the writer's."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import regex

from jams.registry import patterns as known_patterns
from jams.registry.patterns import LONGEST_PATTERN

_LONGEST_MATCH = 0.2
_LONGEST_TOGETHER = 1.0
"""Seconds that one pattern may take, and all those of one call."""

_REMEMBERED = 512
_MOST_OPEN = _REMEMBERED // 2

_open: ContextVar[list[tuple[str, str]] | None] = ContextVar("open patterns", default=None)
_lock = threading.Lock()
_answers: OrderedDict[tuple[str, str], bool | None] = OrderedDict()


class Undecided(Exception):
    """Patterns whose answers a transaction needs, and which are not to be matched within it."""

    def __init__(self, questions: list[tuple[str, str]]) -> None:
        super().__init__("patterns are to be matched first")
        self._questions = questions

    def decide(self) -> None:
        """Match them; the answers are remembered."""
        deadline = time.monotonic() + _LONGEST_TOGETHER
        for pattern, value in self._questions:
            _match(pattern, value, max(min(_LONGEST_MATCH, deadline - time.monotonic()), 0.0))


@contextmanager
def decided_outside() -> Iterator[None]:
    """Within the block nothing is matched that is not known yet.

    Raises:
        Undecided: at the end of the block, when something was asked for that is not known.
    """
    questions: list[tuple[str, str]] = []
    token = _open.set(questions)
    try:
        yield
    finally:
        _open.reset(token)
    if questions:
        raise Undecided(questions)


def fits(pattern: str, value: str) -> bool:
    """Whether the whole value has the form of the pattern.

    Raises:
        TimeoutError: it takes too long to find out.
    """
    with _lock:
        known = (pattern, value) in _answers
        answer = _answers.get((pattern, value))
    if not known:
        questions = _open.get()
        if questions is not None:
            if len(questions) == _MOST_OPEN:
                raise TimeoutError
            questions.append((pattern, value))
            return True
        answer = _match(pattern, value, _LONGEST_MATCH)
    if answer is None:
        raise TimeoutError
    return answer


def _match(pattern: str, value: str, seconds: float) -> bool | None:
    answer: bool | None = None
    with suppress(TimeoutError):
        if seconds and problem_of(pattern) is None:
            answer = regex.fullmatch(pattern, value, timeout=seconds) is not None
    with _lock:
        _answers[pattern, value] = answer
        while len(_answers) > _REMEMBERED:
            _answers.popitem(last=False)
    return answer


def problem_of(pattern: str) -> str | None:
    """What is wrong with a pattern, as the end of a sentence; None for a good one."""
    if len(pattern) > LONGEST_PATTERN:
        return f"has at most {LONGEST_PATTERN} characters"
    return known_patterns.problem_of(pattern)
