"""Whether a regular expression can be used: what is wrong with one is told before it is matched."""

from __future__ import annotations

import regex

from jams.objects.pattern_size import problem_of_size

LONGEST_PATTERN = 1000


def problem_of(pattern: str) -> str | None:
    """What is wrong with a pattern of a length that may be, as the end of a sentence; None for a good one."""
    too_large = problem_of_size(pattern)
    if too_large is not None:
        return too_large
    try:
        regex.compile(pattern)
    except regex.error as error:
        return f"is faulty: {error}"
    except RecursionError:
        return "is nested too deeply"
    return None
