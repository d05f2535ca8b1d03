"""The tables of what entries wait for."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, Unicode, UniqueConstraint

from .columns import Note, SeverityRank, UtcTime, YesNo
from .table_parts import Number, metadata, number

wait_topic = Table(
    "wait_topic",
    metadata,
    Column("topic", Unicode(64), primary_key=True),
    Column("number", Number, primary_key=True, autoincrement=False, index=True),
)
"""What waiting entries want to hear of (:mod:`jams.database.wait_topics`)."""

waiting_line = Table(
    "waiting_line",
    metadata,
    number(),
    Column("signature", Unicode(440), nullable=False),
    Column("lacks", Unicode(64), index=True),
    UniqueConstraint("signature"),
    sqlite_autoincrement=True,
)
"""Lines of entries that need the same things at once (:mod:`jams.database.lines`)."""

file_fact = Table(
    "file_fact",
    metadata,
    Column("topic", Unicode(64), primary_key=True),
    Column("agent_id", BigInteger, nullable=False, index=True),
    Column("path", Note, nullable=False),
    Column("present", YesNo),
    Column("looked_at", UtcTime),
)
"""What was seen of files for which entries wait (:mod:`jams.database.file_facts`)."""

precheck = Table(
    "precheck",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("precheck_entry", BigInteger, nullable=False, index=True),
    Column("runs", Integer, nullable=False),
    Column("passed", YesNo, nullable=False),
    Column("cancels", SeverityRank),
)
"""Prechecks of entries that wait (:mod:`jams.database.prechecks`)."""
