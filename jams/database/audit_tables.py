"""The tables of the audit trail and of its chains."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, Unicode

from .columns import Document, Name, Note, PathKey, UtcTime
from .table_parts import metadata, number

audit = Table(
    "audit",
    metadata,
    number(),
    Column("time", UtcTime, nullable=False, index=True),
    Column("user_name", Name, nullable=False),
    Column("door", Unicode(32), nullable=False),
    Column("operation", Unicode(64), nullable=False),
    Column("target", Note),
    Column("message", Note),
    Column("origin", Unicode(255)),
    Column("refusal", String(64), index=True),
    Column("times", Integer, nullable=False, server_default="1"),
    Column("link", BigInteger, index=True),
    Column("previous", String(64)),
    Column("changes", Document),
)
"""``link`` is the number of a record in its chain, ``previous`` the hash of the one before it; ``changes``
are the objects that were changed, as JSON (:mod:`jams.database.audit_telling`)."""

audit_object = Table(
    "audit_object",
    metadata,
    number(),
    Column("link", BigInteger, nullable=False, index=True),
    Column("kind", Unicode(32), nullable=False),
    Column("object_id", BigInteger, index=True),
    Column("name_key", PathKey, nullable=False, index=True),
)
"""By which objects records of the chain of what was done are found: an index to what ``changes`` says."""

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("link", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("gone", BigInteger, nullable=False),
    Column("gone_hash", String(64), nullable=False),
    Column("told", BigInteger, nullable=False),
)
"""A row for each chain: its head, the last record that a purge has removed, and up to which number its
records were passed on to the system's log."""
