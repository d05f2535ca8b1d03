"""Looks for the patterns of a definition in the log of a run that has ended (semantics 4.4).

A log is read in pieces that end with a line where they can, and overlap; so memory stays small however long a
log or a line is. ``^`` and ``$`` stand for the ends of lines. A match of at most ``OVERLAP`` characters is
always found, a longer one if it does not cross the end of a piece.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, BinaryIO

import regex

from jams.objects.encodings import decoded
from jams.objects.pattern_size import problem_of_size
from jams.objects.run import LogPatterns, LogVerdict

PIECE = 1 << 18
"""Bytes that are read at once."""

OVERLAP = 1 << 14
"""Characters of a piece that belong to the next one as well."""

LONGEST_SEARCH = 120.0
"""Seconds after which the search of a log is given up."""

LONGEST_PIECE = 5.0
"""Seconds after which a pattern is given up that is not done with one piece: it tries all ways there are."""


class GivenUp(Exception):
    """A pattern could not be looked for; the text says why."""


def search(log: BinaryIO, size: int, patterns: LogPatterns, stop: Callable[[], bool]) -> LogVerdict:
    """What the first ``size`` bytes of a log say to the patterns. Ends early when ``stop`` says so.

    A bad match decides: nothing is looked for any more. Never raises but for what reading the log raises.
    """
    found: dict[str, int] = {}
    try:
        wanted = {name: _compiled(name, text) for name, text in _texts(patterns)}
        deadline = time.monotonic() + LONGEST_SEARCH
        for piece in _pieces(log, size, patterns.encoding):
            for name in [name for name in wanted if name not in found]:
                if stop() or time.monotonic() > deadline:
                    at = f"{LONGEST_SEARCH:.0f} s, at line {piece.line}"
                    raise GivenUp(f"the search of the log was given up after {at}")
                start = _first(wanted[name], piece, name)
                if start is not None:
                    found[name] = piece.line_at(start)
                    if name == "BadPattern":
                        return LogVerdict(good=found.get("GoodPattern"), bad=found[name])
            if len(found) == len(wanted):
                break
    except GivenUp as error:
        return LogVerdict(good=found.get("GoodPattern"), bad=found.get("BadPattern"), problem=str(error))
    return LogVerdict(good=found.get("GoodPattern"), bad=found.get("BadPattern"))


def _texts(patterns: LogPatterns) -> list[tuple[str, str]]:
    told = (("BadPattern", patterns.bad), ("GoodPattern", patterns.good))
    return [(name, text) for name, text in told if text is not None]


def _compiled(name: str, text: str) -> Any:
    problem = problem_of_size(text)
    if problem is not None:
        raise GivenUp(f"{name} {problem}")
    try:
        return regex.compile(text, regex.MULTILINE)
    except (regex.error, RecursionError, OverflowError) as error:
        raise GivenUp(f"{name} is faulty: {error}") from None


class _Piece:
    """A piece of a log.

    Attributes:
        text: its characters, with one before it (so that what looks behind sees it), and some after it.
        begin: where it begins in the text.
        end: where it ends.
        line: the number of the line at the beginning of the text.
        last: whether nothing comes after its end.
    """

    __slots__ = ("begin", "end", "last", "line", "text")

    def __init__(self, text: str, begin: int, end: int, line: int, *, last: bool) -> None:
        self.text, self.begin, self.end, self.line, self.last = text, begin, end, line, last

    def line_at(self, position: int) -> int:
        """The number of the line in which a position of the text lies."""
        return self.line + self.text.count("\n", 0, position)


def _pieces(log: BinaryIO, size: int, encoding: str) -> Any:
    text, begin, done, line, left = "", 0, 0, 1, size
    rest = b""
    while True:
        data = log.read(min(PIECE, left))
        left -= len(data)
        last = left == 0 or not data
        read, known = decoded(rest + data, lambda: encoding, final=last)
        rest = (rest + data)[known:]
        text = (text + read).replace("\r\n", "\n")
        if last:
            yield _Piece(text, begin, len(text.removesuffix("\n")), line, last=True)
            return
        end = text.rfind("\n", done)
        end = end if end >= 0 else len(text) - 1
        yield _Piece(text, begin, max(end, begin), line, last=False)
        start = max(begin, end - OVERLAP)
        whole = text.find("\n", start - 1, end) if start else -1
        start = whole + 1 if whole >= 0 else start
        kept = max(start - 1, 0)
        line += text.count("\n", 0, kept)
        text, begin, done = text[kept:], start - kept, end + 1 - kept


def _first(pattern: Any, piece: _Piece, name: str) -> int | None:
    """Where a pattern first matches in a piece; None if it does not."""
    deadline = time.monotonic() + LONGEST_PIECE
    position = piece.begin
    try:
        while position <= piece.end:
            left = max(deadline - time.monotonic(), 0.001)
            match = pattern.search(piece.text, position, piece.end, timeout=left, concurrent=True)
            if match is None:
                return None
            start: int = match.start()
            if piece.last or match.end() < piece.end:
                return start
            # What matches just up to the end of the piece may take this end for that of a line.
            again = pattern.match(piece.text, start, timeout=LONGEST_PIECE, concurrent=True)
            if again is not None:
                return start
            position = start + 1
    except TimeoutError:
        at = f"{LONGEST_PIECE:.0f} s, at line {piece.line_at(piece.begin)} of the log"
        raise GivenUp(f"{name} was given up after {at}") from None
    except (MemoryError, RecursionError):
        raise GivenUp(f"{name} was given up, as it takes too much memory") from None
    return None
