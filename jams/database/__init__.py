"""Tables, sessions and migrations of the database."""

from __future__ import annotations

from .engine import Database
from .opening import open_beside, open_database
from .parts import Part

__all__ = ["Database", "Part", "open_beside", "open_database"]
