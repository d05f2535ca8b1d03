"""History."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.schedule import History, HistoryPage



def get(c: Connection, job_id: int, id: int) -> History:
    """To be filled in."""
    raise NotImplementedError


def find(c: Connection, **filters: object) -> list[History]:
    """To be filled in."""
    raise NotImplementedError


def search(c: Connection, **filters: object) -> HistoryPage:
    """To be filled in."""
    raise NotImplementedError
