"""Agents."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.definitions import Agent



def find(c: Connection) -> list[Agent]:
    """To be filled in."""
    raise NotImplementedError


def get(c: Connection, *, id: int | None = None, name: str | None = None) -> Agent:
    """To be filled in."""
    raise NotImplementedError
