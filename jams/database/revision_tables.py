"""The table of what definitions were."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Unicode, UnicodeText

from jams.objects.events import EventAction

from .columns import Choice, Document, Name, UtcTime
from .table_parts import metadata, number

revision = Table(
    "revision",
    metadata,
    number(),
    Column("kind", String(32), nullable=False),
    Column("object_id", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("time", UtcTime, nullable=False),
    Column("action", Choice(EventAction), nullable=False),
    Column("name", UnicodeText, nullable=False),
    Column("name_key", UnicodeText, nullable=False),
    Column("user_name", Name, nullable=False),
    Column("door", Unicode(32)),
    Column("operation", Unicode(64)),
    Column("origin", Unicode(255)),
    Column("note", Unicode(255)),
    Column("document", Document),
    Index(None, "kind", "object_id", "version", unique=True),
    Index(None, "time"),
    sqlite_autoincrement=True,
)
"""What each definition was in each version: a row for each transaction that made, changed or removed it.

``kind`` is the name of its table. ``door``, ``operation`` and ``origin`` are null of a version that was found
when it was first changed by somebody. ``document`` is what had been said of it (:mod:`jams.objects.essence`),
and null where it was removed or could not be read.
"""
