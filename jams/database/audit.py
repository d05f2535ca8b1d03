"""Audit."""

from __future__ import annotations

from sqlalchemy import Connection




def record(c: Connection, *, user: str, door: str, operation: str, target: str | None = None, message: str | None = None) -> None:
    """To be filled in."""
    raise NotImplementedError
