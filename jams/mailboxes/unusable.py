"""What is wrong with a mailbox."""

from __future__ import annotations


class Unusable(Exception):
    """A mailbox cannot be looked into; the message says why, in a sentence that names no password."""
