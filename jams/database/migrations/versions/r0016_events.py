"""The stream of events, which begins with the upgrade."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import NAME, NUMBER, PATH, TIME

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=False),
        sa.Column("folder", PATH, nullable=True),
        sa.Column("name", PATH, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("submitted_by", NAME, nullable=True),
        sa.Column("state", sa.String(32), nullable=True),
        sa.Column("severity", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_time", "event", ["time"])
    count = op.create_table(
        "event_count",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event_count"),
    )
    op.execute(sa.insert(count).values(id=1, last=0, gone=0))
