"""What must hold of an object for something to be done to it: in which version it is, whether it is there.

RFC 9110 section 13, for all doors: REST reads it from headers, the others from a version that they are given.
"""

from __future__ import annotations

from msgspec import Struct


class Precondition(Struct, frozen=True, kw_only=True):
    """What must hold; without members nothing is demanded.

    Attributes:
        versions: it is there, in one of these versions; None for whichever.
        exists: it is there (``If-Match: *``).
        absent: it is not there (``If-None-Match: *``).
        other_than: it is in none of these versions, or not there.
    """

    versions: frozenset[int] | None = None
    exists: bool = False
    absent: bool = False
    other_than: frozenset[int] = frozenset()

    def also(self, version: int | None) -> Precondition:
        """The same, and that it is in this version; None demands nothing more."""
        if version is None:
            return self
        versions = frozenset({version} if self.versions is None else self.versions & {version})
        return Precondition(
            versions=versions, exists=self.exists, absent=self.absent, other_than=self.other_than
        )

    def holds(self, version: int | None) -> bool:
        """Whether it holds of an object in that version; None for one that is not there."""
        if version is None:
            return not self.exists and self.versions is None
        return (
            not self.absent
            and (self.versions is None or version in self.versions)
            and version not in self.other_than
        )


ALWAYS = Precondition()
"""Demands nothing."""
