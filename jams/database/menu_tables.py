"""The table of menus from which jobs are submitted."""

from __future__ import annotations

from sqlalchemy import Table, UniqueConstraint

from .table_parts import changed, metadata, named, number

menu = Table(
    "menu",
    metadata,
    number(),
    *named(),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""What a menu shows stands in its document."""
