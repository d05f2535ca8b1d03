"""The table of setups and sequences that are under way."""

from __future__ import annotations

from sqlalchemy import Column, Integer, SmallInteger, Table

from .columns import Name, SeverityRank
from .table_parts import Number, metadata

container = Table(
    "container",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("made", Integer, nullable=False, server_default="0"),
    Column("ending", SmallInteger, nullable=False, server_default="0"),
    Column("ending_severity", SeverityRank),
    Column("ending_by", Name),
    Column("restart", SmallInteger, nullable=False, server_default="0"),
)
"""What is known of the run of a setup or sequence beside its entry: up to which place its members are made;
whether its end was asked for (1, or 2 by force), by whom and with which severity; and whether it is to run
again then, as in ``run``."""
