"""Tables, sessions and migrations of the database."""

from __future__ import annotations

from .engine import Database
from .opening import open_beside, open_database

__all__ = ["Database", "open_beside", "open_database"]
