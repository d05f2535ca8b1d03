"""Exit codes: the numbers that a definition names, and which mode takes which for good (semantics 4.4)."""

from __future__ import annotations

import re
from collections.abc import Callable

from .enums import ExitCodeHandling, Severity

MOST_RANGES = 200
"""Numbers and ranges that one list may have."""

_LEAST, _GREATEST = -(2**31), 2**32 - 1
_NUMBER = r"[+-]?\d{1,10}"
_PART = re.compile(rf"\s*({_NUMBER})\s*(?:(?:-|\.\.|:)\s*({_NUMBER})\s*)?", re.ASCII)

Ranges = tuple[tuple[int, int], ...]
"""Ranges of exit codes, each with its first and last; a single number is a range of itself."""


def signed(code: int) -> int:
    """A code as systems compare them: 32 bits with a sign. Windows also shows -1 as 4294967295."""
    return code - 2**32 if 2**31 <= code < 2**32 else code


def parse_exit_codes(text: str) -> Ranges:
    """The ranges of a text as ``0,1,10-19`` or ``-5..-1``.

    Raises ValueError with a sentence that says what is wrong.
    """
    ranges: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{part.strip()[:40]!r} is neither a number nor a range as 10-19.")
        first = int(match[1])
        last = first if match[2] is None else int(match[2])
        if not all(_LEAST <= number <= _GREATEST for number in (first, last)):
            raise ValueError(f"An exit code lies between {_LEAST} and {_GREATEST}; {part.strip()} does not.")
        first, last = signed(first), signed(last)
        if first > last:
            raise ValueError(f"The range {part.strip()} ends before it begins.")
        ranges.append((first, last))
    if len(ranges) > MOST_RANGES:
        raise ValueError(f"There are more than {MOST_RANGES} numbers and ranges.")
    return tuple(ranges)


def check_handling(handling: ExitCodeHandling, ranges: Ranges | None) -> None:
    """Whether a mode has the numbers that it speaks of. Raises ValueError with a sentence."""
    match handling:
        case ExitCodeHandling.MINIMUM_VALUE | ExitCodeHandling.MAXIMUM_VALUE:
            if ranges is None or len(ranges) != 1 or ranges[0][0] != ranges[0][1]:
                raise ValueError(f"ExitCodeHandling {handling.value} needs one number in ExitCodes.")
        case ExitCodeHandling.RANGE:
            if ranges is None or len(ranges) != 1:
                raise ValueError("ExitCodeHandling Range needs one range in ExitCodes, as 10-19.")
        case ExitCodeHandling.SPECIFIC_GOOD | ExitCodeHandling.SPECIFIC_BAD:
            if not ranges:
                raise ValueError(f"ExitCodeHandling {handling.value} needs a list in ExitCodes, as 0,10-19.")


def severity_of(code: int, handling: ExitCodeHandling, ranges: Ranges | None) -> Severity:
    """The severity of an exit code. Raises ValueError when the mode lacks the numbers that it speaks of."""
    check_handling(handling, ranges)
    code = signed(code)
    if handling is ExitCodeHandling.MESSAGE_CODE:
        return _MESSAGE[code >> 30 & 3]
    if handling is ExitCodeHandling.OPEN_VMS_MESSAGE_CODE:
        return Severity.FATAL if code & 7 == 4 else _OPEN_VMS[code & 3]
    good = _GOOD[handling](code, ranges or ())
    return Severity.SUCCESS if good else Severity.ERROR


def names(code: int, handling: ExitCodeHandling, ranges: Ranges | None) -> bool:
    """Whether the definition names this very code as good, rather than all of a kind."""
    named = handling in (ExitCodeHandling.RANGE, ExitCodeHandling.SPECIFIC_GOOD)
    return named and ranges is not None and _within(signed(code), ranges)


def _within(code: int, ranges: Ranges) -> bool:
    return any(first <= code <= last for first, last in ranges)


_MESSAGE = (Severity.SUCCESS, Severity.INFO, Severity.WARNING, Severity.ERROR)
_OPEN_VMS = (Severity.WARNING, Severity.SUCCESS, Severity.ERROR, Severity.INFO)

_GOOD: dict[ExitCodeHandling, Callable[[int, Ranges], bool]] = {
    ExitCodeHandling.ZERO_IS_GOOD: lambda code, _: code == 0,
    ExitCodeHandling.ONE_IS_GOOD: lambda code, _: code == 1,
    ExitCodeHandling.POSITIVE_IS_GOOD: lambda code, _: code > 0,
    ExitCodeHandling.ODD_IS_GOOD: lambda code, _: code % 2 == 1,
    ExitCodeHandling.EVEN_IS_GOOD: lambda code, _: code % 2 == 0,
    ExitCodeHandling.MINIMUM_VALUE: lambda code, ranges: code >= ranges[0][0],
    ExitCodeHandling.MAXIMUM_VALUE: lambda code, ranges: code <= ranges[0][0],
    ExitCodeHandling.RANGE: _within,
    ExitCodeHandling.SPECIFIC_GOOD: _within,
    ExitCodeHandling.SPECIFIC_BAD: lambda code, ranges: not _within(code, ranges),
    ExitCodeHandling.SET_BY_HOST: lambda code, _: code == 0,
}
