"""The chains of the audit trail; what is in it already is chained in the order in which it was written."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0029"
branch_labels = None
depends_on = None

_PIECE = 1000
_EPOCH = datetime(1970, 1, 1)
_HASHED = (
    "time",
    "user_name",
    "door",
    "operation",
    "origin",
    "target",
    "message",
    "refusal",
    "times",
)
_audit = sa.table(
    "audit", sa.column("id"), sa.column("link"), sa.column("previous"), *map(sa.column, _HASHED)
)


def upgrade() -> None:
    op.add_column("audit", sa.Column("link", sa.BigInteger(), nullable=True))
    op.add_column("audit", sa.Column("previous", sa.String(64), nullable=True))
    chain = op.create_table(
        "audit_chain",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("link", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=False),
        sa.Column("gone_hash", sa.String(64), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_audit_chain"),
    )
    heads = _chained(op.get_bind())
    op.create_index("ix_audit_link", "audit", ["link"])
    op.bulk_insert(
        chain,
        [
            {"name": name, "link": link, "hash": hash, "gone": 0, "gone_hash": "0" * 64, "told": link}
            for name, (link, hash) in heads.items()
        ],
    )


def _chained(c: sa.Connection) -> dict[str, tuple[int, str]]:
    heads = {"done": (0, "0" * 64), "refused": (0, "0" * 64)}
    change = (
        sa.update(_audit)
        .where(_audit.c.id == sa.bindparam("its"))
        .values(link=sa.bindparam("number"), previous=sa.bindparam("before"))
    )
    query = sa.select(_audit.c.id, *(_audit.c[name] for name in _HASHED)).order_by(_audit.c.id).limit(_PIECE)
    last = 0
    while rows := c.execute(query.where(_audit.c.id > last)).all():
        last = rows[-1].id
        changes = []
        for row in rows:
            name = "done" if row.refusal is None else "refused"
            link, before = heads[name][0] + 1, heads[name][1]
            changes.append({"its": row.id, "number": link, "before": before})
            heads[name] = (link, _hash(row, name, link, before))
        c.execute(change, changes)
    return heads


def _hash(row: Any, name: str, link: int, before: str) -> str:
    time = row.time
    if isinstance(time, datetime):
        past = time - _EPOCH
        time = (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
    values = (name, link, before, time, *(getattr(row, column) for column in _HASHED[1:]))
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
