"""Tables, sessions and migrations of the database."""

from __future__ import annotations

from .engine import Database, open_database

__all__ = ["Database", "open_database"]
