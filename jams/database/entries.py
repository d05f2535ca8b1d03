"""Entries."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.objects.schedule import Entry, EntryAudit



def get(c: Connection, number: int) -> Entry:
    """To be filled in."""
    raise NotImplementedError


def find(c: Connection, **filters: object) -> list[Entry]:
    """To be filled in."""
    raise NotImplementedError


def audit_trail(c: Connection, number: int) -> list[EntryAudit]:
    """To be filled in."""
    raise NotImplementedError
