"""What is found by looking at a machine."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True):
    """Something that was looked at: whether it is as it should be, what it is, and how to mend it."""

    what: str
    good: bool
    told: str
    remedy: str = ""
