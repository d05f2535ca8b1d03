"""Kinds of release by which an entry passes, kept as bits in its row.

A release from a hold or from a time takes that away and is done; another one is waited for again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jams.objects.enums import ReleaseType

_BITS = {
    ReleaseType.TIME_SLOT_WAIT: 2,
    ReleaseType.IGNORE_DEPENDENCIES: 4,
    ReleaseType.IGNORE_PRECHECK: 8,
    ReleaseType.IGNORE_RES_REQ: 16,
}

KEEPS_GOOD = 32
"""Beside them: a setup or sequence that runs again keeps the members that ended well."""

BEFORE_ITS_TURN = 64
"""Beside them: a member of a setup or sequence has ended before its turn had come."""

OF_ONE_RUN = KEEPS_GOOD | BEFORE_ITS_TURN
"""What is over when it runs again."""


@cache
def kinds(bits: int) -> frozenset[ReleaseType]:
    """The kinds of release that the bits of a row stand for."""
    return frozenset(kind for kind, bit in _BITS.items() if bits & bit)


def bits(kinds: Iterable[ReleaseType]) -> int:
    """The bits that stand for kinds of release; a kind that passes nothing for good has none."""
    return sum({_BITS.get(kind, 0) for kind in kinds})
