"""The tables of access lists."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, Unicode

from .columns import Document, Name, UtcTime
from .table_parts import metadata

access_rule = Table(
    "access_rule",
    metadata,
    Column("area", Unicode(64), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("identifier", Name, nullable=False),
    Column("rights", Unicode(1024), nullable=False),
)
"""The access list of an area, read by position; ``rights`` are names with commas between them."""

access_list = Table(
    "access_list",
    metadata,
    Column("area", Unicode(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("changed_by", Name, nullable=False),
)
"""Which access lists of areas were changed, by whom and when. One that has no row is as it was delivered."""

object_access = Table(
    "object_access",
    metadata,
    Column("kind", Unicode(32), primary_key=True),
    Column("object_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lines", Document, nullable=False),
)
"""The own access list of each object that has one, as its document says it; ``kind`` names its table.

That of a job stays when the job is deleted, for its entries and its history."""
