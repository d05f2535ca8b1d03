"""The tables of what is still to be told to people and programs, and of alerts that say whom."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from jams.objects.tellings import OutboxState, TellingWay

from .columns import Choice, Document, Name, Note, Path, UtcTime
from .table_parts import changed, metadata, named, number

outbox = Table(
    "outbox",
    metadata,
    number(),
    Column("key", String(64), nullable=False),
    Column("way", Choice(TellingWay), nullable=False),
    Column("state", Choice(OutboxState), nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("try_from", UtcTime, nullable=False),
    Column("next_try", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claim", String(32)),
    Column("claimed_until", UtcTime),
    Column("number", BigInteger),
    Column("job_name", Name, nullable=False),
    Column("folder_name", Path, nullable=False),
    Column("recipients", Note, nullable=False),
    Column("delivered", Note, nullable=False),
    Column("last_error", Note),
    Column("done", UtcTime),
    Column("document", Document, nullable=False),
    UniqueConstraint("key"),
    Index(None, "way", "state", "next_try", "id"),
    Index(None, "state", "done"),
    sqlite_autoincrement=True,
)
"""One row for each that is told of what happened: written in the transaction in which it happens.

``key`` names what happened and who is told, so that there are never two; the other side is told it, and knows
by it what comes twice. ``recipients`` are those who have yet to be told, ``delivered`` those who were, with
commas between. ``try_from`` is since when it is tried. Who sends it has put a ``claim`` on it for a while.
"""

alert = Table(
    "alert",
    metadata,
    number(),
    *named(),
    *changed(),
    UniqueConstraint("name_key"),
    sqlite_autoincrement=True,
)
"""Whom jobs and folders tell that name it."""
