"""How large a regular expression becomes when it is compiled, which is found out without compiling it.

What is repeated is written out so often as it has to be there, and once more where it may be there again:
``((a{999}){999}){999}`` or forty ``(…)+`` in each other take all the memory that there is, and the server
with it.
"""

from __future__ import annotations

import re

MOST_REPEATS = 10_000
"""Parts that a pattern may have when its repetitions are written out."""

_MOST_BOUND = 500_000
"""The same of one that is not understood well enough, of which only a bound is known."""

_REPEAT = re.compile(r"(?:\{(\d{1,9})(,(\d{0,9}))?\}|(\+))[+?]?")
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|.", re.S)
_FLAGS = re.compile(r"\(\?([A-Za-z0-9]*(?:-[A-Za-z]*)?)[):]")
_NO_ATOM = re.compile(r"\(\?#[^)]*\)|\(\?[A-Za-z0-9]*(?:-[A-Za-z]*)?\)")
"""A comment, or flags: what is repeated may stand before it."""

_SPACE = re.compile(r"\s+|#[^\n]*")
_MANY = 10**12


def problem_of_size(pattern: str) -> str | None:
    """Why a pattern is too large, as the end of a sentence; None for one that is not."""
    if len(pattern) > _MOST_BOUND:
        return f"has more than {_MOST_BOUND} characters"
    flags = [found for found in _FLAGS.finditer(pattern) if set("x1") & set(found[1])]
    if not flags:
        large = _written_out(pattern, spaced=False) > MOST_REPEATS
    elif len(flags) == 1 and flags[0].start() == 0 and flags[0][0].endswith(")") and "1" not in flags[0][1]:
        large = _written_out(pattern, spaced=True) > MOST_REPEATS
    else:
        large = _bound(pattern) > _MOST_BOUND
    return f"repeats too much: written out it has more than {MOST_REPEATS} parts" if large else None


def _written_out(pattern: str, *, spaced: bool) -> int:
    """How many parts the pattern has when each repetition is written out, about.

    ``spaced`` says that spaces and what follows a ``#`` stand for nothing in it.
    """
    sizes, last, at = [0], 0, 0
    while at < len(pattern):
        repeat = _REPEAT.match(pattern, at)
        if repeat is not None:
            sizes[-1] += last * (_times(repeat) - 1)
            last = min(last * _times(repeat), _MANY)
            at = repeat.end()
            continue
        nothing = _NO_ATOM.match(pattern, at) or (_SPACE.match(pattern, at) if spaced else None)
        if nothing is not None:
            at = nothing.end()
            continue
        atom = _ATOM.match(pattern, at)
        at = len(pattern) if atom is None else atom.end()
        letter = "" if atom is None else atom[0]
        if letter == "(":
            sizes.append(0)
            continue
        last = 1
        if letter == ")" and len(sizes) > 1:
            last = max(sizes.pop(), 1)
        sizes[-1] += last
    return sum(sizes)


def _times(repeat: re.Match[str]) -> int:
    """How often a repetition is written out."""
    least, more, most, plus = repeat.groups()
    if plus:
        return 2
    exactly = more is None or most == least
    return max(int(least) + (0 if exactly or not int(least) else 1), 1)


def _bound(pattern: str) -> int:
    """How many parts it has at most: as if each repetition stood in the next one."""
    bound = len(pattern)
    for repeat in _REPEAT.finditer(pattern):
        bound = min(bound * _times(repeat), _MANY)
    return bound
