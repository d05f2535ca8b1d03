"""Lists that begin with the latest: where they go on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, or_, select


def behind(c: Connection, time: Column[Any], id: Column[Any], beyond: int) -> ColumnElement[bool]:
    """What stands behind the row of number ``beyond`` in the order of time and number, both descending.

    Where the row is gone meanwhile, what has a smaller number: it was written earlier.
    """
    at = c.execute(select(time).where(id == beyond)).one_or_none()
    return id < beyond if at is None else older(time, id, at[0], beyond)


def older(time: Column[Any], id: Column[Any], at: Any, beyond: int) -> ColumnElement[bool]:
    """What stands behind the row of that time and number, in the same order."""
    return and_(time <= at, or_(time < at, id < beyond))
