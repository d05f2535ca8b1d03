"""The tables of what is delivered with the server, and of logs that are to be removed."""

from __future__ import annotations

from sqlalchemy import Column, Table

from .columns import Note, PathKey, UtcTime
from .table_parts import metadata, number

delivered = Table("delivered", metadata, Column("path_key", PathKey, primary_key=True))
"""Definitions that the server has once delivered: they are not made again when somebody has deleted them."""

log_to_remove = Table(
    "log_to_remove",
    metadata,
    number(),
    Column("path", Note, nullable=False),
    Column("written_until", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
"""Logs whose record has left the history, until their files are gone; and when their runs had ended: a file
that was written to later is another run's."""
