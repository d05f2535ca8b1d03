"""Retry keys."""

from __future__ import annotations

from sqlalchemy import Connection




def recall(c: Connection, account: str, key: str, fingerprint: bytes) -> bytes | None:
    """To be filled in."""
    raise NotImplementedError


def remember(c: Connection, account: str, key: str, fingerprint: bytes, answer: bytes) -> None:
    """To be filled in."""
    raise NotImplementedError
