"""The outbox: what is still to be told to people and programs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jams.database.migrations.versions.r0001_first import CHOICE, NAME, NUMBER, PATH, TEXT, TIME

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("way", CHOICE, nullable=False),
        sa.Column("state", CHOICE, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("try_from", TIME, nullable=False),
        sa.Column("next_try", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("job_name", NAME, nullable=False),
        sa.Column("folder_name", PATH, nullable=False),
        sa.Column("recipients", TEXT, nullable=False),
        sa.Column("delivered", TEXT, nullable=False),
        sa.Column("last_error", TEXT, nullable=True),
        sa.Column("done", TIME, nullable=True),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_way_state_next_try_id", "outbox", ["way", "state", "next_try", "id"])
    op.create_index("ix_outbox_state_done", "outbox", ["state", "done"])
