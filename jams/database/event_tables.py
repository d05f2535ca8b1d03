"""The tables of the stream of events."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from jams.objects.enums import EntryState
from jams.objects.events import EventAction

from .columns import Choice, Name, Path, SeverityRank, UtcTime
from .table_parts import Number, metadata

event = Table(
    "event",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("time", UtcTime, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("action", Choice(EventAction), nullable=False),
    Column("object_id", BigInteger, nullable=False),
    Column("folder", Path),
    Column("name", Path, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("submitted_by", Name),
    Column("state", Choice(EntryState)),
    Column("severity", SeverityRank),
)
"""What has happened to entries and definitions, in the order of the commits: a row an object and commit.
``folder`` is the folder in which it lies, of what lies in one; of an entry, that of its job."""

event_count = Table(
    "event_count",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
    Column("gone", BigInteger, nullable=False),
)
"""One row: the number of the last event, and up to which they were removed."""
