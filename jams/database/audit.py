"""The audit trail: who did what, through which door. Written in the transaction that did it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from . import tables

_LONGEST = 4096
_insert = insert(tables.audit)


def record(
    c: Connection,
    *,
    user: str,
    door: str,
    operation: str,
    target: str | None = None,
    message: str | None = None,
) -> None:
    """Write one line of the trail."""
    values = {
        "time": datetime.now(UTC),
        "user_name": user,
        "door": door[:32],
        "operation": operation[:64],
        "target": None if target is None else target[:_LONGEST],
        "message": None if message is None else message[:_LONGEST],
    }
    c.execute(_insert, values)
